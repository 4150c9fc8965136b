"""Light and dark: a dozen named colours, four sizes of text, and the little style sheet Fusion needs on top."""

from __future__ import annotations

from functools import cache
from string import Template
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from channergy_crm.resources import data

Choice = Literal["system", "light", "dark"]

STEP = 4
"""Every gap and margin is a multiple of this many pixels."""


class Theme(NamedTuple):
    """The colours by what they mean. Text on window, base, alternate and notice has a contrast of 4.5 : 1 or more."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    line: str
    """Between things; too faint for the edge of something to click."""
    border: str
    """The edge of what can be typed in or pressed; 3 : 1 or more."""
    accent: str
    on_accent: str
    overdue: str
    soon: str
    done: str
    notice: str
    """The ground of notices and tooltips."""


LIGHT = Theme(
    window="#f2f4f7",
    base="#ffffff",
    alternate="#f7f9fb",
    text="#1d2229",
    muted="#545d69",
    line="#d5dae1",
    border="#858d99",
    accent="#1f5fbf",
    on_accent="#ffffff",
    overdue="#b3261e",
    soon="#855300",
    done="#1b6e3a",
    notice="#e3ecf9",
)

DARK = Theme(
    window="#22252a",
    base="#191b1f",
    alternate="#1e2125",
    text="#e4e7eb",
    muted="#a7aeb9",
    line="#3a3f47",
    border="#7b838f",
    accent="#82b1ff",
    on_accent="#0c1a2e",
    overdue="#ff9085",
    soon="#e9b44c",
    done="#74cb93",
    notice="#2c394b",
)


def apply(app: QApplication, choice: str) -> Theme:
    """Dress the program in "light", "dark" or what the system has, which is then followed; tells the theme chosen."""
    return _follower(app).choose(choice)


def apply_colours(app: QApplication, choice: str) -> None:
    """The colours alone, before there is a window. Made without a style sheet it is made in half the time."""
    _follower(app).choose(choice, sheet=False)


@cache
def _follower(app: QApplication) -> Follower:
    """The one of this program. Looked for among the children of `app`, the style would be made known to Python."""
    return Follower(app)


def theme_of(source: QPalette | QWidget) -> Theme:
    """The theme a palette was made from."""
    palette = source.palette() if isinstance(source, QWidget) else source
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(source: QPalette | QWidget, name: str) -> QColor:
    """A colour by its meaning ("overdue") in the theme of that widget or palette."""
    return QColor(getattr(theme_of(source), name))


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Set a mark the style sheet knows: `main` for the one filled button, `problem` for a field with a wrong value."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def small(base: QFont) -> QFont:
    """For remarks and counts."""
    return _sized(base, 0.88)


def normal(base: QFont) -> QFont:
    """For nearly everything."""
    return _sized(base, 1)


def strong(base: QFont) -> QFont:
    """For the titles of sections and what must be seen first in a line."""
    return _sized(base, 1, QFont.Weight.DemiBold)


def title(base: QFont) -> QFont:
    """For the name of the record."""
    return _sized(base, 1.4, QFont.Weight.DemiBold)


def _sized(base: QFont, times: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * times)
    else:
        font.setPixelSize(round(base.pixelSize() * times))
    font.setWeight(weight)
    return font


class Follower(QObject):
    """Turns the program light or dark when the system does, as long as "system" is chosen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: str = "system"
        self._worn = False
        self._came_dark = theme_of(app.palette()) == DARK
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    def choose(self, choice: str, *, sheet: bool = True) -> Theme:
        """Wear this from now on."""
        self._choice = choice
        hints = self._app.styleHints()
        schemes = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
        hints.setColorScheme(schemes.get(choice, Qt.ColorScheme.Unknown))  # for the title bar, which is the system's
        theme = {"light": LIGHT, "dark": DARK}.get(choice) or self._like(hints.colorScheme())
        self._wear(theme, sheet=sheet)
        return theme

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self._choice == "system":
            # the platform hands out its own palette right after this signal: ours has to come last
            QTimer.singleShot(0, self, lambda: self._wear(self._like(scheme)))

    def _like(self, scheme: Qt.ColorScheme) -> Theme:
        dark = self._came_dark if scheme == Qt.ColorScheme.Unknown else scheme == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    def _wear(self, theme: Theme, *, sheet: bool = True) -> None:
        palette, wanted = palette_of(theme), style_sheet(theme) if sheet else ""
        if self._app.palette() != palette:
            if self._worn:  # the program starts in that style
                self._app.setStyle("Fusion")  # unsaid: a style of Qt's
            self._worn = True
            self._app.setPalette(palette)
            QToolTip.setPalette(palette)
        if self._app.styleSheet() != wanted:
            self._app.setStyleSheet(wanted)


def palette_of(theme: Theme) -> QPalette:
    """The theme as Qt's roles."""
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette(QColor(theme.window))
    roles = {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.base,
        role.AlternateBase: theme.alternate,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted,
        role.Button: theme.base,
        role.ButtonText: theme.text,
        role.BrightText: theme.on_accent,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.notice,
        role.ToolTipText: theme.text,
        role.Mid: theme.border,
        role.Midlight: theme.line,
    }
    for one, value in roles.items():
        palette.setColor(one, QColor(value))
    palette.setColor(group.Inactive, role.Highlight, _mixed(theme.accent, theme.base, 0.25))
    palette.setColor(group.Inactive, role.HighlightedText, QColor(theme.text))
    faint = _mixed(theme.text, theme.window, 0.5)
    for one in (role.Text, role.WindowText, role.ButtonText, role.PlaceholderText, role.HighlightedText):
        palette.setColor(group.Disabled, one, faint)
    palette.setColor(group.Disabled, role.Base, QColor(theme.window))
    palette.setColor(group.Disabled, role.Highlight, QColor(theme.line))
    return palette


def _mixed(ink: str, ground: str, share: float) -> QColor:
    one, other = QColor(ink), QColor(ground)
    parts = zip((one.red(), one.green(), one.blue()), (other.red(), other.green(), other.blue()), strict=True)
    return QColor(*(round(front * share + back * (1 - share)) for front, back in parts))


def style_sheet(theme: Theme) -> str:
    """What Fusion cannot be told by colours: flat edges of 3 : 1, a focus that is seen, the filled button, the line."""
    names = theme._asdict()
    names["hover"] = _mixed(theme.accent, theme.base, 0.1).name()
    names["pressed"] = _mixed(theme.accent, theme.base, 0.2).name()
    names["accent_hover"] = _mixed(theme.accent, theme.text, 0.85).name()
    names["faint"] = _mixed(theme.text, theme.window, 0.5).name()
    drawings = data("resources") / "icons"
    names["drop_down"] = (drawings / "drop_down.svg").as_posix()
    names["checked"] = (drawings / ("checked_dark.svg" if theme == DARK else "checked_light.svg")).as_posix()
    return SHEET.substitute(names)


SHEET = Template("""
QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit {
    border: 1px solid $border; border-radius: 4px; background: $base; color: $text;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit, QAbstractSpinBox { padding: 3px 5px; min-height: 20px; }
QComboBox { padding: 3px 5px 3px 7px; min-height: 20px; combobox-popup: 0; }
QPlainTextEdit, QTextEdit { padding: 1px 3px; }
QLineEdit:focus, QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border: 2px solid $accent;
}
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
QLineEdit:focus, QAbstractSpinBox:focus { padding: 2px 4px; }
QComboBox:focus, QComboBox:on { padding: 2px 4px 2px 6px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 0 2px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
    border-color: $line; background: $window; color: $faint;
}
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"], QComboBox[readOnly="true"] {
    background: $window; border-color: $line;
}
QLineEdit[readOnly="true"]:focus, QPlainTextEdit[readOnly="true"]:focus, QTextEdit[readOnly="true"]:focus,
QComboBox[readOnly="true"]:focus { border-color: $accent; }
*[problem="true"], *[problem="true"]:focus { border-color: $overdue; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$drop_down"); width: 12px; height: 12px; }
QComboBox[readOnly="true"]::down-arrow { image: none; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit:focus {
    border: none; padding: 0; min-height: 0; background: transparent;
}
QComboBox QAbstractItemView { border: 1px solid $border; background: $base; outline: none; }
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 3px; }
QComboBox QAbstractItemView::item:selected { background: $accent; color: $on_accent; }
QFrame[popup="true"] { border: 1px solid $border; }
QAbstractItemView QLineEdit, QAbstractItemView QComboBox, QAbstractItemView QAbstractSpinBox {
    border-radius: 0; min-height: 0; padding: 0 3px;
}

QPushButton {
    border: 1px solid $border; border-radius: 4px; background: $base; color: $text;
    padding: 3px 12px; min-height: 20px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 2px 11px; }
QPushButton:disabled { border-color: $line; background: $window; color: $faint; }
QPushButton[main="true"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[main="true"]:hover, QPushButton[main="true"]:pressed { background: $accent_hover; }
QPushButton[main="true"]:focus { border: 2px solid $text; }
QPushButton[main="true"]:disabled { background: $line; border-color: $line; color: $faint; }

QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked, QToolButton:open { background: $pressed; }
QToolButton:focus { border: 2px solid $accent; padding: 2px; }
QLineEdit QToolButton, QLineEdit QToolButton:hover { border: none; padding: 0; }

QCheckBox, QRadioButton { spacing: 7px; min-height: 22px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $border; border-radius: 3px; background: $base;
}
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$checked");
}
QCheckBox::indicator:indeterminate { background: $line; border-color: $accent; }
QRadioButton::indicator:checked { width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent; }
QCheckBox:focus, QRadioButton:focus { outline: none; color: $accent; text-decoration: underline; }
QCheckBox::indicator:focus { border: 2px solid $accent; width: 12px; height: 12px; }
QCheckBox::indicator:checked:focus { border: 2px solid $text; }
QRadioButton::indicator:focus { border-color: $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: $window; }

QHeaderView { background: $window; border: none; }
QHeaderView::section {
    background: $window; color: $muted; padding: 3px 6px; border: none;
    border-right: 1px solid $line; border-bottom: 1px solid $line;
}
QHeaderView::section:hover { background: $hover; color: $text; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-position: top center; width: 9px; height: 7px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { padding: 5px 12px; border: 1px solid transparent; border-bottom: 3px solid transparent; color: $muted; }
QTabBar::tab:hover { background: $hover; color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 1px solid $accent; border-bottom: 3px solid $accent; }
QTabBar::tab:disabled { color: $faint; }

QSplitter::handle:vertical { height: 5px; background: $accent; }
QSplitter::handle:vertical:hover { background: $accent_hover; }
QSplitter::handle:horizontal { width: 5px; background: $line; }
QSplitter::handle:horizontal:hover { background: $accent; }

QToolTip { border: 1px solid $border; background: $notice; color: $text; padding: 3px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $window; }
QCalendarWidget QToolButton { color: $text; padding: 3px 8px; }
QCalendarWidget QAbstractItemView { border: none; }
""")
