"""What stands in the place of the columns while there is no deal, and a way to the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from channergy_crm.services.board import Asked


class Nothing(QWidget):
    """One sentence, *Show everything* where something is left out, and *Go to Accounts*."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = Remark("", self)
        self._said.setObjectName("board.empty")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.all = named(Button(_("Show everything"), self), "board.show_all", _("Show everything"))
        self.start = named(Button(_("Go to Accounts"), self), "board.start", _("Go to Accounts"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.all)
        row.addWidget(self.start)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addLayout(row)
        column.addStretch(2)

    def explain(self, asked: Asked) -> None:
        """Say why there is nothing: it is left out, or there is none yet."""
        narrowed = bool(asked.text.strip() or asked.first or asked.project or asked.owner)
        said = _("No deals here. Show everything to see those of other days, people and projects.")
        first = _("No deals yet. Convert a lead, or create an opportunity in its account: here it has its card.")
        self._said.say(said if narrowed else first, "muted")
        self.all.setVisible(narrowed)
