"""Several lines of text: notes, descriptions, objections."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from channergy_crm.language import _
from ui.widgets.fields import TextArea

WRAP = QTextOption.WrapMode
LONGEST_WORD = 2_000
"""letters without a blank; what has more is no word, and its lines are broken anywhere"""
MOST_SHOWN = 200_000
"""letters; twice what a note may have. Only another program writes more: its beginning is shown, and all of it kept"""


class TextEditor(TextArea):
    """Several lines. Tab goes on to the next field, Ctrl+Tab writes a tab; it grows with its text up to a height."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None, *, lines: int = 3, most_lines: int = 10) -> None:
        super().__init__(parent)
        self._lines, self._most_lines, self._quiet = lines, max(lines, most_lines), False
        self._shown_lines = lines
        self._whole, self._only_read = "", False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def value(self) -> str:
        """The text, without the blanks at its end."""
        return (self._whole or self.toPlainText()).rstrip()

    def set_value(self, value: str | None) -> None:
        """Show this text."""
        text = value or ""
        if text == (self._whole or self.toPlainText()):
            return
        self._whole = text if len(text) > MOST_SHOWN else ""
        self._quiet = True
        try:
            self.setWordWrapMode(WRAP.WrapAnywhere if _endless(text) else WRAP.WrapAtWordBoundaryOrAnywhere)
            self.setPlainText(_beginning(text) if self._whole else text)
        finally:
            self._quiet = False
        self.setReadOnly(self._only_read or bool(self._whole))

    def set_read_only(self, on: bool) -> None:
        """Let it be read and copied, not changed."""
        self._only_read = on
        self.setReadOnly(on or bool(self._whole))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted may hold the longest of words."""
        if _endless(source.text()):
            self.setWordWrapMode(WRAP.WrapAnywhere)
        super().insertFromMimeData(source)

    def text_problem(self) -> str | None:
        """Any text can be read."""
        return None

    def sizeHint(self) -> QSize:
        """As high as its lines, within its bounds."""
        frame = self.contentsMargins()
        margins = 2 * self.document().documentMargin() + frame.top() + frame.bottom()
        height = self._shown_lines * self.fontMetrics().lineSpacing() + round(margins) + 2
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        """Never squeezed below its lines."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Ctrl+Tab belongs to the text while somebody writes, not to the tabs of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_tab(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write a tab at Ctrl+Tab."""
        if self._is_tab(event) and not self.isReadOnly():
            self.insertPlainText("\t")
            return
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text():
            event.ignore()  # Alt+C belongs to the dialer and must not leave a letter in the notes
            return
        super().keyPressEvent(event)

    def _is_tab(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.ControlModifier

    def _grow(self) -> None:
        rows = min(max(round(self.document().size().height()), self._lines), self._most_lines)
        if rows != self._shown_lines:
            self._shown_lines = rows
            self.updateGeometry()

    def _text_changed(self) -> None:
        if not self._quiet:
            self.changed.emit()


def _endless(text: str) -> bool:
    """Lines are broken between words; looking for the end of a word that has none takes minutes."""
    return len(text) > LONGEST_WORD and max(map(len, text.split()), default=0) > LONGEST_WORD


def _beginning(text: str) -> str:
    more = _("… and {count:,} more letters, which only an export shows.").format(count=len(text) - MOST_SHOWN)
    return f"{text[:MOST_SHOWN]}\n{more}"
