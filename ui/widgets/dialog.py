"""What every dialog has in common: a name, a size that is remembered, quiet remarks, buttons named after verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.look.plain import Label, as_tip, titled
from ui.look.theme import strong
from ui.widgets.controls import Button
from ui.widgets.naming import named as named
from ui.widgets.remark import Remark as Remark
from ui.widgets.views import calm

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

    from channergy_crm.settings import Station

W = TypeVar("W", bound=QWidget)
OWN_TIP = "own_tip"  # unsaid: a property


class Dialog(QDialog):
    """A small window over the one it belongs to. With a station it opens in the size it was left in."""

    def __init__(
        self, name: str, title: str, parent: QWidget | None, station: Station | None = None, *, size: tuple[int, int]
    ) -> None:
        super().__init__(parent)
        self._name, self._remembering = name, station
        self.setObjectName(f"{name}.dialog")
        self.setAccessibleName(title)
        self.setWindowTitle(titled(title))
        self.setModal(True)
        QShortcut(QKeySequence("F1"), self).activated.connect(self._ask_for_help)
        self.resize(self._remembered(size))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)

    def named(self, widget: W, word: str, said: str) -> W:
        """Give a widget its name, `lookups.add`, and what a screen reader says for it."""
        return named(widget, f"{self._name}.{word}", said)

    def button(self, word: str, text: str, tip: str = "") -> Button:
        """A button of this dialog."""
        button = self.named(Button(text, self), word, text.replace("&", ""))
        button.setToolTip(as_tip(tip))
        return button

    def finish_with(self, main: Button | None, other: QPushButton) -> QDialogButtonBox:
        """The last line: the verb, pressed by Enter, and the way out, pressed by Esc, in the order of the system."""
        box = QDialogButtonBox(self)
        if main is not None:
            box.addButton(main, QDialogButtonBox.ButtonRole.AcceptRole)
            main.loud()
            main.setDefault(True)
            box.accepted.connect(self.accept)
        else:
            for button in self.findChildren(QPushButton):
                button.setAutoDefault(False)  # otherwise Qt would choose one for Enter
        box.addButton(other, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        self.body.addWidget(box)
        return box

    def exec(self) -> int:
        """Ask, and go away afterwards; the answer can be read until the caller goes on to something else."""
        result = super().exec()
        self.deleteLater()
        return result

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button the focus is on, also where no button is the main one."""
        pressed = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(pressed, QPushButton):
            pressed.click()
        else:
            super().keyPressEvent(event)

    def _ask_for_help(self) -> None:
        """The window behind everything knows the page that is about this (VT-13)."""
        behind: QWidget = self
        while (before := behind.parentWidget()) is not None:
            behind = before
        if (action := behind.findChild(QAction, "main.help")) is not None:
            action.trigger()

    def showEvent(self, event: QShowEvent) -> None:
        """Tall enough for every line of it, also where it was left smaller when it had less to say."""
        super().showEvent(event)
        needed = self.body.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), min(needed, self.screen().availableSize().height()))

    def done(self, result: int) -> None:
        """Close, and remember the size."""
        if self._remembering is not None:
            self._remembering.remember(f"dialog.{self._name}.size", [self.width(), self.height()])
        super().done(result)

    def _remembered(self, usual: tuple[int, int]) -> QSize:
        held = self._remembering.recall(f"dialog.{self._name}.size", list(usual)) if self._remembering else usual
        fits = len(held) == 2 and all(isinstance(side, int) and side > 0 for side in held)
        size = QSize(*(held if fits else usual))
        return size.boundedTo(self.screen().availableSize())


def offer(button: QAbstractButton, why_not: str = "") -> None:
    """Let it be pressed, or say in its tip why it cannot be now; its own tip comes back with it."""
    own = button.property(OWN_TIP)
    if own is None:
        own = button.toolTip()
        button.setProperty(OWN_TIP, own)
    button.setEnabled(not why_not)
    button.setToolTip(as_tip(why_not or own))


class Plain(Label):
    """Words as they were typed, never as markup."""

    def __init__(self, text: str, parent: QWidget | None = None, *, bold: bool = False) -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        if bold:
            self.setFont(strong(self.font()))


def scrolling(content: QWidget) -> QScrollArea:
    """Content that may be longer than the dialog; wider it never gets."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    calm(area)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
