"""The verbs that give a text its form: bold, slanted, points of a list, a link, by button and by key (BX-26)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from channergy_crm.language import _
from ui.editors.offers import TAKES_FIELDS
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.outgoing.put_in_snippet import PutInSnippet
from ui.setup.scripts.put_in import PutIn
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session.session import Session

POINT = "- "
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Marking(QWidget):
    """A line of verbs over a text; fields and snippets go to where somebody was last: the text or its subject."""

    def __init__(self, name: str, text: QPlainTextEdit, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        text.setProperty(TAKES_FIELDS, True)
        text.installEventFilter(self)
        self._keys: dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]] = {
            (Qt.Key.Key_B, CTRL): partial(self.wrap, "**"), (Qt.Key.Key_I, CTRL): partial(self.wrap, "*"),
            (Qt.Key.Key_8, CTRL | SHIFT): self.points, (Qt.Key.Key_U, CTRL | SHIFT): self.link,
        }  # fmt: skip
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        verbs: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("bold", _("Bold (Ctrl+B)"), partial(self.wrap, "**")),
            ("italic", _("Italic (Ctrl+I)"), partial(self.wrap, "*")),
            ("list", _("Points of a list (Ctrl+Shift+8)"), self.points),
            ("link", _("Link (Ctrl+Shift+U)"), self.link),
        )
        for word, said, deed in verbs:
            button = named(IconButton(self), f"{name}.{word}", said)
            button.setIcon(icon(word, button))
            button.setToolTip(as_tip(said))
            button.clicked.connect(lambda _on=False, deed=deed: deed())
            line.addWidget(button)
        self.put_in, self.snippet = PutIn(name, session, self), PutInSnippet(name, session, self)
        for drop in (self.put_in, self.snippet):
            line.addWidget(drop)
        line.addStretch(1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the text these keys are its own, before the window takes them."""
        if not isinstance(event, QKeyEvent):
            return False
        deed = self._keys.get((Qt.Key(event.key()), event.modifiers()))
        if deed is None or self._text.isReadOnly():
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            deed()
        return event.type() == QEvent.Type.KeyPress

    def wrap(self, sign: str) -> None:
        """Put a sign before and behind what is selected, or take it away again; without a selection write both."""
        cursor = self._text.textCursor()
        said = cursor.selectedText()
        around = len(sign)
        if len(said) >= 2 * around and said.startswith(sign) and said.endswith(sign):
            cursor.insertText(said[around:-around].replace("\u2029", "\n"))
        else:
            cursor.insertText(f"{sign}{said}{sign}".replace("\u2029", "\n"))
        if not said:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, around)
        self._end(cursor)

    def points(self) -> None:
        """Every line that is selected becomes a point of a list; where all of them are, none is any more."""
        cursor = self._text.textCursor()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        cursor.setPosition(first)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        lines = cursor.selectedText().split("\u2029")
        are = all(line.startswith(POINT) for line in lines)
        cursor.insertText("\n".join(line.removeprefix(POINT) if are else f"{POINT}{line}" for line in lines))
        self._end(cursor)

    def link(self) -> None:
        """What is selected leads somewhere; where to is selected then, to be typed over."""
        cursor = self._text.textCursor()
        said, where = cursor.selectedText() or _("here"), "https://"
        cursor.insertText(f"[{said}]({where})")
        cursor.setPosition(cursor.position() - 1)
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(where))
        self._end(cursor)

    def _end(self, cursor: QTextCursor) -> None:
        self._text.setTextCursor(cursor)
        self._text.setFocus()
