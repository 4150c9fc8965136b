"""The question under a list of values: one was renamed that rows hold; shall they change too? (C20)"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, named


class RenameQuestion(QWidget):
    """Asks whether rows follow a renamed value: one line and its answers."""

    answered = Signal(bool)
    """Whether the rows change too."""
    taken_back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._line = Plain("", self)
        self._rows = self._button("lookups.change_rows", _("Change the rows too"))
        self._only = self._button("lookups.only_the_list", _("Only the list"))
        self._back = self._button("lookups.take_back", _("Keep the old name"))
        self._rows.loud()
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
        said = ngettext(
            "“{old}” is called “{new}” now. {count:,} row holds “{old}”.",
            "“{old}” is called “{new}” now. {count:,} rows hold “{old}”.", count,
        )  # fmt: skip
        self._line.setText(said.format(old=old, new=new, count=count))
        too = ngettext("Change {count:,} row too", "Change {count:,} rows too", count)
        self._rows.setText(too.format(count=count))
        self._rows.setAccessibleName(self._rows.text())
        self.show()
        self._rows.setFocus()

    def _button(self, name: str, text: str) -> Button:
        return named(Button(text, self), name, text)
