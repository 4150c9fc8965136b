"""Text of records where Qt would take it for markup or for a sign of its own: labels, tips, questions, buttons, titles.

Whatever people typed, or a file holds, is shown as it stands: no label, tip or box is made without this (F-12).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPalette
from PySide6.QtGui import Qt as Written
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from channergy_crm.errors import Mistake
from ui.look import theme
from ui.look.turned import kept_in_row

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPoint

T = TypeVar("T")
LONGEST_TIP = 2_000
"""letters; more of them no screen holds, and laying them out takes long"""
LONG_WORD = 24


OPENED_BY = {**dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"), **dict.fromkeys("\u2066\u2067\u2068", "\u2069")}
CLOSING, SEEN = "\u202c\u2069", "\ufffd"
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""signs that turn the direction of what follows them, also beyond the text they stand in"""


def kept_to_itself(text: str) -> str:
    """A text that turns the direction of its own letters only: a sign that would turn what follows is seen instead.

    What is opened and closed in the same text, as people write who write from right to left, stays as it is.
    """
    if text.isascii() or not TURNING.search(text):
        return text
    return "".join(map(_turning_seen, re.split("(\n)", text)))


def _turning_seen(line: str) -> str:
    signs, open_ = list(line), list[int]()
    for place, sign in enumerate(line):
        if sign in OPENED_BY:
            open_.append(place)
        elif sign in CLOSING and open_ and OPENED_BY[line[open_[-1]]] == sign:
            open_.pop()
        elif sign in CLOSING:
            signs[place] = SEEN
    for place in open_:
        signs[place] = SEEN
    return "".join(signs)


RICH = Qt.TextFormat.RichText


class Label(QLabel):
    """Words as they were typed, never as markup."""

    _ink = ""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Say this; what turns the direction of letters turns no other words."""
        said = kept_to_itself(text)
        super().setText(kept_in_row(said) if self.isRightToLeft() and self.textFormat() != RICH else said)

    def wear(self, ink: str) -> None:
        """Speak in the colour of what it means ("overdue"), in whichever theme."""
        self._ink = ink
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark."""
        super().changeEvent(event)
        if self._ink and event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ParentChange):
            self._draw()

    def _draw(self) -> None:
        wanted, role = theme.colour(self, self._ink), QPalette.ColorRole.WindowText
        if self.palette().color(role) != wanted:
            palette = self.palette()
            palette.setColor(role, wanted)
            self.setPalette(palette)

    def muted(self, on: bool = True) -> None:
        """Be a label or a second line, in the quieter ink of the theme there is."""
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText if on else QPalette.ColorRole.WindowText)

    def take_markup(self) -> None:
        """From now on what it says is put together as markup, with everything people typed escaped in it."""
        self.setTextFormat(Qt.TextFormat.RichText)


def breakable(text: str) -> str:
    """The same with places in it where a line may end, where a word, such as a long address, has none for itself."""
    return re.sub(rf"\S{{{LONG_WORD}}}(?=\S)", "\\g<0>\u200b", text)


def as_tip(text: str) -> str:
    """What a tip says so that it is shown as it was typed; what is very long is cut off."""
    shown = kept_to_itself(text if len(text) <= LONGEST_TIP else f"{text[:LONGEST_TIP]}…")
    return Written.convertFromPlainText(shown) if Written.mightBeRichText(shown) else shown


def show_tip(at: QPoint, text: str, widget: QWidget) -> None:
    """A text as a tip at a place of the screen, as it was typed; "" takes the tip away."""
    QToolTip.showText(at, as_tip(text) if text else "", widget)


def unmarked(text: str) -> str:
    """What a button, a menu or a tab says so that `&` stays `&` and underlines nothing."""
    return kept_to_itself(text).replace("&", "&&")


def titled(text: str) -> str:
    """What a window is called: on one line, and Qt's sign for unsaved changes is none."""
    return kept_to_itself(" ".join(text.split())).replace("[*]", "[*][*]")


def warn(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that has to be read before anything goes on."""
    from PySide6.QtWidgets import QMessageBox

    box = QMessageBox(QMessageBox.Icon.Warning, titled(title), "", QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.exec()


def ask_for_a_line(parent: QWidget, title: str, label: str, begun: str = "") -> str | None:
    """One line somebody types, going on from what was begun; None when it was called off."""
    from PySide6.QtWidgets import QInputDialog

    box = QInputDialog(parent)
    box.setWindowTitle(titled(title))
    box.setLabelText(label)
    box.setTextValue(begun)
    for words in box.findChildren(QLabel):
        words.setTextFormat(Qt.TextFormat.PlainText)
    taken = box.exec()
    box.deleteLater()
    return box.textValue() if taken else None


def ask_until_it_is_right(
    parent: QWidget, title: str, label: str, deed: Callable[[str], T], begun: str = ""
) -> T | None:
    """One line somebody types, and what becomes of it; None when it was called off.

    What is refused is asked for again, with what was typed and the sentence why not.
    """
    said, typed = label, ask_for_a_line(parent, title, label, begun)
    while typed is not None:
        try:
            return deed(typed)
        except Mistake as mistake:
            said = mistake.message
        typed = ask_for_a_line(parent, title, said, typed)
    return None
