"""The question under a list of values: one was renamed that rows hold; shall they change too? (C20)"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui.look.theme import mark
from ui.widgets.dialog import Plain, named


class RenameQuestion(QWidget):
    """Asks whether rows follow a renamed value: one line and its answers."""

    answered = Signal(bool)
    """Whether the rows change too."""
    taken_back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = Plain("", self)
        self._rows = self._button("lookups.change_rows", "Change the rows too")
        self._only = self._button("lookups.only_the_list", "Only the list")
        self._back = self._button("lookups.take_back", "Keep the old name")
        mark(self._rows, "main", True)
        self._rows.clicked.connect(lambda: self.answered.emit(True))
        self._only.clicked.connect(lambda: self.answered.emit(False))
        self._back.clicked.connect(self.taken_back)
        buttons = QHBoxLayout()
        for button in (self._rows, self._only, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._line)
        column.addLayout(buttons)
        self.hide()

    def ask(self, old: str, new: str, count: int) -> None:
        """Ask about the rows that hold the old name."""
        rows = "1 row holds" if count == 1 else f"{count:,} rows hold"
        self._line.setText(f"“{old}” is called “{new}” now. {rows} “{old}”.")
        self._rows.setText("Change 1 row too" if count == 1 else f"Change {count:,} rows too")
        self._rows.setAccessibleName(self._rows.text())
        self.show()
        self._rows.setFocus()

    def _button(self, name: str, text: str) -> QPushButton:
        return named(QPushButton(text, self), name, text)
