"""What may follow a `;`, an `@` or a `{{` in a text: a short list of snippets, people or fields (BX-26, BX-48, BX-51).

It never takes the keys: Up, Down, Enter, Tab and Esc are its own only while it is there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from ui.look import theme
from ui.widgets.dialog import named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

NAMES_PEOPLE = "names_people"  # unsaid: a property
"""set on a text in which people can be named"""
TAKES_FIELDS = "takes_fields"  # unsaid: a property
"""set on a text into which fields are put, to be filled in later"""
FIELD = re.compile(r"\{\{ ?[\w.]{0,60}$")
SIGNS = ";@{ "
TYPED = re.compile(r"(?:^|(?<=[\s(\[“„\"']))([;@])([\w-]{0,30})$")
MOST, WIDE, ROW = 7, 340, 26


class Offer(NamedTuple):
    """One line: what it is called, what it says behind that, and what is written when it is taken."""

    word: str
    about: str
    written: str

    def fits(self, typed: str) -> bool:
        """Whether somebody who has typed this may mean it."""
        wanted = fold(typed)
        return any(fold(part).startswith(wanted) for part in (self.word, *self.about.split()))


class Offers(QListWidget):
    """The list itself, a child of the window somebody types in."""

    taken = Signal(object, str, int)
    """the text, what is written, and how many letters it takes the place of"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        calm(named(self, "text.offers", _("What may follow")))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda _item: self._take())
        self._text: QPlainTextEdit | None = None
        self._typed, self._moved, self._put_away = "", False, ""
        self.hide()

    def show_for(self, text: QPlainTextEdit, typed: str, offers: Sequence[Offer]) -> None:
        """Offer these for what was typed, sign and all; nothing where none fits."""
        wanted = typed.lstrip(SIGNS)
        fitting = [each for each in offers if each.fits(wanted)]
        fitting.sort(key=lambda each: not fold(each.word).startswith(fold(wanted)))
        if not fitting or (self._put_away and typed.startswith(self._put_away)):
            self.hide()
            return
        self._text, self._typed, self._moved, self._put_away = text, typed, False, ""
        self.clear()
        for each in fitting[:MOST]:
            item = QListWidgetItem(f"{each.word}   {each.about}" if each.about else each.word, self)
            item.setData(Qt.ItemDataRole.UserRole, each.written)
            item.setSizeHint(QSize(0, theme.px(ROW, self)))
        self.setCurrentRow(0)
        self._stand_under(text)

    def put_away(self) -> None:
        """No sign stands before the cursor any more; the next one is offered something again."""
        self._put_away = ""
        self.hide()

    def _stand_under(self, text: QPlainTextEdit) -> None:
        window = text.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.resize(theme.px(WIDE, self), self.count() * theme.px(ROW, self) + 4)
        here = text.cursorRect()
        at = text.viewport().mapTo(window, here.bottomLeft()) + QPoint(0, 4)
        if at.y() + self.height() > window.height():
            at = text.viewport().mapTo(window, here.topLeft()) - QPoint(0, self.height() + 4)
        self.move(max(0, min(at.x(), window.width() - self.width())), max(0, at.y()))
        self.show()
        self.raise_()

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key that was pressed in the text is for the list."""
        if self.isHidden() or event.modifiers():
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._put_away = self._typed
            self.hide()
            return True
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._moved = True
            step = 1 if key == Qt.Key.Key_Down else -1
            self.setCurrentRow((self.currentRow() + step) % self.count())
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab) and (self._moved or len(self._typed) > 1):
            self._take()
            return True
        return False

    def _take(self) -> None:
        item = self.currentItem()
        self.hide()
        if item is not None and self._text is not None:
            self.taken.emit(self._text, str(item.data(Qt.ItemDataRole.UserRole)), len(self._typed))


def typed_in(text: QPlainTextEdit) -> str:
    """The sign and the letters that stand before the cursor, such as ";pri" or "{{ lead.fi"; "" for none."""
    cursor = text.textCursor()
    if cursor.hasSelection() or text.isReadOnly():
        return ""
    before = cursor.block().text()[: cursor.positionInBlock()]
    if text.property(TAKES_FIELDS) and (field := FIELD.search(before[-70:])):
        return field[0]
    found = TYPED.search(before[-40:])
    if found is None or (found[1] == "@" and not text.property(NAMES_PEOPLE)):
        return ""
    return found[1] + found[2]
