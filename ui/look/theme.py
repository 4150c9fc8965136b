"""Light, dark and two of high contrast: colours by what they mean, sizes of text, the grounds that things stand on.

Fusion, a palette and what widgets paint themselves: there is no style sheet. Every colour is asked for while painting,
so a theme that turns leaves nothing of the old one behind.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

Choice = Literal["system", "light", "dark", "high_light", "high_dark"]

STEP = 4
"""Every gap and margin is a multiple of this many pixels."""
DRAWN_AT = 12
"""pixels of the letters that all sizes in pixels are meant for; larger letters make everything larger"""


class Theme(NamedTuple):
    """The colours by what they mean."""

    chrome: str
    """header, tabs, status line"""
    side: str
    """lists, tool rows, section heads, the selected tab"""
    base: str
    """the record, tables, dialogs"""
    field: str
    """inside of what is typed into, ground of buttons with an edge"""
    tile: str
    """facts, call bar, read-only fields"""
    soft: str
    """the row under the cursor with the focus, the chosen pill"""
    idle: str
    """the row under the cursor while the focus is elsewhere; the tray of the sub-tabs"""
    hover: str
    """pointer over a row or a quiet button"""
    chip: str
    chip_text: str
    """tags"""
    line: str
    """between regions; too faint for the edge of something to press"""
    hair: str
    """between rows"""
    text: str
    muted: str
    """labels, second lines, counts"""
    faint: str
    """disabled only"""
    border: str
    """the edge of what can be typed in or pressed, scroll thumbs, the bar of an idle row; 3 : 1 or more"""
    accent: str
    on_accent: str
    accent_text: str
    """words on soft, the sign of a required field"""
    overdue: str
    overdue_soft: str
    soon: str
    soon_soft: str
    done: str
    done_soft: str
    edge: str
    """what Fusion is told so that the edge it draws comes out as `border`"""

    @property
    def dark(self) -> bool:
        """Whether light letters stand on dark grounds."""
        return self in (DARK, HIGH_DARK)

    @property
    def high(self) -> bool:
        """Whether it is one of high contrast: 7 : 1 for all that is read, and edges where others have grounds."""
        return self in (HIGH_LIGHT, HIGH_DARK)

    @property
    def ring(self) -> int:
        """How thick the edge is of what has the focus or is chosen, in pixels."""
        return 3 if self.high else 2


LIGHT = Theme(
    chrome="#e7ebf2", side="#f4f6fa", base="#ffffff", field="#ffffff", tile="#f1f4f9",
    soft="#dbe7fb", idle="#e4e8ee", hover="#eaeff7", chip="#e6eaf1", chip_text="#3b4552",
    line="#d9dfe8", hair="#e6eaf1", text="#1a2028", muted="#535d6b", faint="#8f97a3", border="#78818e",
    accent="#1c5cc8", on_accent="#ffffff", accent_text="#174fae",
    overdue="#b3261e", overdue_soft="#fdeeeb", soon="#825000", soon_soft="#fcefd2", done="#1a6b38", done_soft="#dff2e5",
    edge="#a8b5c7",
)  # fmt: skip

DARK = Theme(
    chrome="#15181c", side="#1c1f24", base="#23272d", field="#1b1e23", tile="#2b3037",
    soft="#2a3f63", idle="#313740", hover="#2d333c", chip="#373d47", chip_text="#d3d8df",
    line="#383e47", hair="#2d323a", text="#e6e9ee", muted="#a9b2be", faint="#767f8b", border="#808a97",
    accent="#82b1ff", on_accent="#0a1a33", accent_text="#a5c7ff",
    overdue="#ff9d92", overdue_soft="#3d2a2c", soon="#f0bd58", soon_soft="#42351a", done="#7dd39f", done_soft="#1f3f2c",
    edge="#b3c1d3",
)  # fmt: skip

HIGH_LIGHT = Theme(
    chrome="#e9e9e9", side="#f6f6f6", base="#ffffff", field="#ffffff", tile="#f1f1f1",
    soft="#d3e3ff", idle="#dedede", hover="#e6eefc", chip="#e4e4e4", chip_text="#000000",
    line="#595959", hair="#8c8c8c", text="#010101", muted="#303030", faint="#4a4a4a", border="#404040",
    accent="#00338f", on_accent="#ffffff", accent_text="#00297a",
    overdue="#7d0a05", overdue_soft="#fff0ee", soon="#523200", soon_soft="#fff5dd", done="#00441c", done_soft="#e9f9ee",
    edge="#5a5a5a",
)  # fmt: skip

HIGH_DARK = Theme(
    chrome="#000000", side="#0a0a0a", base="#000000", field="#000000", tile="#161616",
    soft="#0c2d5c", idle="#2c2c2c", hover="#1b2b42", chip="#262626", chip_text="#ffffff",
    line="#a0a0a0", hair="#707070", text="#fefefe", muted="#dcdcdc", faint="#a8a8a8", border="#b6b6b6",
    accent="#9cc9ff", on_accent="#000000", accent_text="#c4dfff",
    overdue="#ffbdb5", overdue_soft="#3a0d09", soon="#ffd98a", soon_soft="#332300", done="#a5f0bf", done_soft="#0a2e17",
    edge="#ffffff",
)  # fmt: skip

WORN = {"light": LIGHT, "dark": DARK, "high_light": HIGH_LIGHT, "high_dark": HIGH_DARK}
"""the themes, as they are chosen"""
OTHERS = {LIGHT: DARK, DARK: LIGHT, HIGH_LIGHT: HIGH_DARK, HIGH_DARK: HIGH_LIGHT}


def apply(app: QApplication, choice: str) -> Theme:
    """Dress the program in one of `WORN`, or in what the system has, which is then followed; tells the theme chosen."""
    return _follower(app).choose(choice)


def text_size(app: QApplication, percent: int) -> None:
    """How large letters are, beside what the system says; every height follows them."""
    _follower(app).write(percent)


@cache
def _follower(app: QApplication) -> Follower:
    """The one of this program. Looked for among the children of `app`, the style would be made known to Python."""
    return Follower(app)


def theme_of(source: QPalette | QWidget) -> Theme:
    """The theme a palette was made from."""
    palette = source.palette() if isinstance(source, QWidget) else source
    ink = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text)  # labels have inks of their own
    return _of_ink(ink.rgb())


@cache
def _of_ink(ink: int) -> Theme:
    """Each theme has a text colour of its own, none of them that of a palette that nobody has dressed yet."""
    by_ink = {QColor(each.text).rgb(): each for each in WORN.values()}
    return by_ink.get(ink, DARK if QColor(ink).lightness() > 128 else LIGHT)


def other(worn: Theme) -> Theme:
    """The other theme: what is said over everything stands out in it."""
    return OTHERS[worn]


def colour(source: QPalette | QWidget, name: str) -> QColor:
    """A colour by its meaning ("overdue") in the theme of that widget or palette."""
    return QColor(_colour(theme_of(source), name))  # whoever gets it may make it fainter


@cache
def _colour(worn: Theme, name: str) -> QColor:
    return QColor(getattr(worn, name))


OVER = "over"
_grounds: WeakKeyDictionary[QWidget, str] = WeakKeyDictionary()
"""what stands on a ground of its own, and on which"""


def stand_on(widget: QWidget, ground: str) -> None:
    """Let a widget, and what stands in it, stand on this ground ("chrome", "side") from now on.

    `OVER` is what stands over everything else: dark in the light theme, light in the dark one; it paints itself.
    """
    _grounds[widget] = ground
    widget.setAutoFillBackground(ground != OVER)
    _paint_ground(widget, ground)


def _paint_ground(widget: QWidget, ground: str) -> None:
    worn = theme_of(QApplication.palette())
    if ground == OVER:
        widget.setPalette(palette_of(other(worn)))
        return
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, _colour(worn, ground))
    widget.setPalette(palette)


def mark(widget: QWidget, name: str, on: bool) -> None:
    """Set a mark that painting asks for: `problem` for a field with a wrong value."""
    if bool(widget.property(name)) != on:
        widget.setProperty(name, on)
        widget.update()


def small(base: QFont) -> QFont:
    """For second lines, remarks and counts."""
    return _sized(base, 0.9)


def normal(base: QFont) -> QFont:
    """For nearly everything."""
    return _sized(base, 1)


def name(base: QFont) -> QFont:
    """For who it is, in the first line of a row."""
    return _sized(base, 1.1)


def section(base: QFont) -> QFont:
    """For the heads of sections."""
    return _sized(base, 1.1, QFont.Weight.Bold)


def strong(base: QFont) -> QFont:
    """For the selected tab, the main verb and what must be seen first in a line."""
    return _sized(base, 1, QFont.Weight.Bold)


def fact(base: QFont) -> QFont:
    """For the number, their time, what is promised."""
    return _sized(base, 1.35, QFont.Weight.Bold)


def title(base: QFont) -> QFont:
    """For the name of the record."""
    return _sized(base, 1.65, QFont.Weight.Bold)


def _sized(base: QFont, times: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont(base)
    if base.pointSizeF() > 0:
        font.setPointSizeF(base.pointSizeF() * times)
    else:
        font.setPixelSize(round(base.pixelSize() * times))
    font.setWeight(weight)
    return font


def px(pixels: float, widget: QWidget | None = None) -> int:
    """A size of look and feel, told in pixels at letters of 12, for the letters there are."""
    font = widget.font() if widget is not None else QApplication.font()
    return round(pixels * _letters(font.family(), font.pointSizeF(), font.pixelSize()) / DRAWN_AT)


@cache
def _letters(family: str, points: float, pixels: int) -> int:
    """How high letters of this font are, in pixels; it is told the one size or the other, and -1 for the other."""
    known = QFont(family)
    if points > 0:
        known.setPointSizeF(points)
    else:
        known.setPixelSize(pixels)
    return QFontInfo(known).pixelSize()


class Follower(QObject):
    """Turns the program light, dark or to high contrast when the system does, as long as "system" is chosen."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._choice: str = "system"
        self._came_dark = theme_of(app.palette()).dark
        self._came_written = QFont(app.font())
        self._hints = app.styleHints()
        self._asks = self._hints.accessibility()  # asked for again, Python would take the first one for gone
        self._hints.colorSchemeChanged.connect(self._scheme_changed)
        self._asks.contrastPreferenceChanged.connect(self._contrast_changed)

    def choose(self, choice: str) -> Theme:
        """Wear this from now on."""
        self._choice = choice
        schemes = {True: Qt.ColorScheme.Dark, False: Qt.ColorScheme.Light}
        chosen = WORN.get(choice)  # for the title bar, which is the system's
        self._hints.setColorScheme(schemes[chosen.dark] if chosen is not None else Qt.ColorScheme.Unknown)
        theme = chosen or self._like(self._hints.colorScheme(), self._asks.contrastPreference())
        self._wear(theme)
        return theme

    def write(self, percent: int) -> None:
        """Letters of this size from now on."""
        font = _sized(self._came_written, percent / 100)
        if font != self._app.font():
            self._app.setFont(font)

    def _scheme_changed(self, scheme: Qt.ColorScheme) -> None:
        self._follow(scheme, self._asks.contrastPreference())

    def _contrast_changed(self, contrast: Qt.ContrastPreference) -> None:
        self._follow(self._hints.colorScheme(), contrast)

    def _follow(self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> None:
        if self._choice == "system":
            # the platform hands out its own palette right after this signal: ours has to come last
            QTimer.singleShot(0, self, lambda: self._wear(self._like(scheme, contrast)))

    def _like(self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference) -> Theme:
        dark = self._came_dark if scheme == Qt.ColorScheme.Unknown else scheme == Qt.ColorScheme.Dark
        if contrast == Qt.ContrastPreference.HighContrast:
            return HIGH_DARK if dark else HIGH_LIGHT
        return DARK if dark else LIGHT

    def _wear(self, theme: Theme) -> None:
        palette = palette_of(theme)
        if self._app.palette() == palette:
            return
        self._app.setPalette(palette)
        for kind, roles in of_classes(theme).items():
            own = QPalette(palette)
            _put(own, roles)
            self._app.setPalette(own, kind)  # type: ignore[arg-type]  # the stub wants bytes, which Qt refuses
        QToolTip.setPalette(tips(theme))
        for widget, ground in list(_grounds.items()):
            if isValid(widget):
                _paint_ground(widget, ground)
            else:
                del _grounds[widget]


ROLE, GROUP = QPalette.ColorRole, QPalette.ColorGroup
Roles = dict[tuple[QPalette.ColorGroup, QPalette.ColorRole], str]


def palette_of(theme: Theme) -> QPalette:
    """The theme as Qt's roles."""
    palette = QPalette(QColor(theme.base))
    roles = {
        ROLE.Window: theme.base, ROLE.WindowText: theme.text, ROLE.Base: theme.field, ROLE.AlternateBase: theme.side,
        ROLE.Text: theme.text, ROLE.PlaceholderText: theme.muted, ROLE.Button: theme.field, ROLE.ButtonText: theme.text,
        ROLE.BrightText: theme.on_accent, ROLE.Highlight: theme.accent, ROLE.HighlightedText: theme.on_accent,
        ROLE.Accent: theme.accent, ROLE.Link: theme.accent, ROLE.LinkVisited: theme.accent,
        ROLE.ToolTipBase: theme.text, ROLE.ToolTipText: theme.base, ROLE.Mid: theme.border, ROLE.Midlight: theme.line,
    }  # fmt: skip
    _put(palette, {(GROUP.All, role): value for role, value in roles.items()})
    faint = (ROLE.Text, ROLE.WindowText, ROLE.ButtonText, ROLE.PlaceholderText, ROLE.HighlightedText)
    _put(palette, {(GROUP.Disabled, role): theme.faint for role in faint})
    _put(palette, {(GROUP.Disabled, ROLE.Base): theme.tile, (GROUP.Disabled, ROLE.Highlight): theme.line})
    return palette


def of_classes(theme: Theme) -> dict[str, Roles]:
    """What is otherwise for some classes of Qt's: the chosen row of a list is soft, the edge of a line comes out right.

    What a line is typed on is painted under it, so it has no ground of its own.
    """
    rows: Roles = {
        (GROUP.Active, ROLE.Highlight): theme.soft, (GROUP.Active, ROLE.HighlightedText): theme.text,
        (GROUP.Inactive, ROLE.Highlight): theme.idle, (GROUP.Inactive, ROLE.HighlightedText): theme.text,
    }  # fmt: skip
    menu = {**rows, (GROUP.All, ROLE.Window): theme.tile, (GROUP.All, ROLE.Base): theme.tile}
    return {
        "QAbstractItemView": rows,
        "QMenu": menu if theme.dark else rows,
        "QLineEdit": {(GROUP.All, ROLE.Window): theme.edge, (GROUP.All, ROLE.Base): "#00000000"},
        "QProgressBar": {(GROUP.All, ROLE.Highlight): theme.accent},
    }


def tips(theme: Theme) -> QPalette:
    """Tips and notices stand out: light on dark, dark on light."""
    palette = palette_of(other(theme))
    ground = QColor(theme.text)
    palette.setColor(ROLE.ToolTipBase, ground)
    palette.setColor(ROLE.ToolTipText, QColor(theme.base))
    return palette


def _put(palette: QPalette, roles: Roles) -> None:
    for (group, role), value in roles.items():
        palette.setColor(group, role, QColor(value))
