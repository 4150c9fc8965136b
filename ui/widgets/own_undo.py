"""What a field takes back by itself, and where Ctrl+Z means the office's Undo instead (F-56)."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget


def text_of(widget: QWidget | None) -> QLineEdit | QPlainTextEdit | None:
    """Where somebody types in this field; None where nobody can."""
    line = widget.lineEdit() if isinstance(widget, QComboBox) else widget
    return line if isinstance(line, (QLineEdit, QPlainTextEdit)) else None


def forget(widget: QWidget) -> None:
    """What was typed here is settled: the field takes nothing of it back. Its text and the cursor stay."""
    text = text_of(widget)
    if isinstance(text, QPlainTextEdit):
        text.document().clearUndoRedoStacks()
    elif text is not None and (text.isUndoAvailable() or text.isRedoAvailable()):
        at, marked, length = text.cursorPosition(), text.selectionStart(), text.selectionLength()
        text.setText(text.text())
        text.setCursorPosition(at)
        if marked >= 0:
            text.setSelection(marked, length)


class UndoOfFields(QObject):
    """Ctrl+Z is the field's own as long as something typed there can be taken back, otherwise the office's."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._at: QWidget | None = None

    def follow(self, now: QWidget | None) -> None:
        """The focus is there now."""
        with suppress(RuntimeError):  # the field is gone
            if self._at is not None:
                self._at.removeEventFilter(self)
        self._at = now if text_of(now) is not None else None
        if self._at is not None:
            self._at.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that has nothing to take back leaves the key to the window."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        text = text_of(watched) if isinstance(watched, QWidget) else None
        if text is None or _has_own(text, event):
            return False
        event.ignore()
        return True


def _has_own(text: QLineEdit | QPlainTextEdit, event: QKeyEvent) -> bool:
    """Whether this is another key, or there is something to take back or to do again."""
    held = text.document() if isinstance(text, QPlainTextEdit) else text
    if event.matches(QKeySequence.StandardKey.Undo):
        return held.isUndoAvailable()
    return not event.matches(QKeySequence.StandardKey.Redo) or held.isRedoAvailable()
