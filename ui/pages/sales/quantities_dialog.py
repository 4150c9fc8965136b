"""How much of each line: what is billed, received or credited now, out of what is still open (VT-86, VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.records import SalesLine
from channergy_crm.services.sales_documents import open_lines
from ui.editors.base import DecimalEditor
from ui.look.wording import shown
from ui.widgets.dialog import Dialog, Plain, Remark, scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records import SalesDocument
    from channergy_crm.services.sales_documents.open_lines import OpenLine
    from ui.forms.record_panel import RecordPanel

WIDE = 96


class QuantitiesDialog(Dialog):
    """A row for each line with all that is open filled in; fewer makes a part. What is wrong is said below."""

    def __init__(
        self, name: str, title: str, verb: str, document: int, panel: RecordPanel,
        deed: Callable[[dict[int, int]], SalesDocument],
    ) -> None:  # fmt: skip
        super().__init__(name, title, panel, panel.session.station, size=(640, 420))
        self._deed = deed
        self.made: SalesDocument | None = None
        held = panel.session.attempt(lambda: open_lines.still_open(document, panel.by)) or []
        self.editors: dict[int, DecimalEditor] = {}
        self._open = {each.line.number: each.open for each in held}
        self.body.addWidget(Plain(_("All that is still open is filled in; fewer makes a part."), self))
        rows = QWidget(self)
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setColumnStretch(0, 1)
        for column, word in enumerate((_("Line"), _("In all"), _("Done"), _("Now"))):
            title_ = Remark(word, rows)
            title_.setAlignment(Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(title_, 0, column)
        for place, each in enumerate(held, 1):
            self._row(grid, rows, place, each)
        grid.setRowStretch(len(held) + 1, 1)
        self.body.addWidget(scrolling(rows), 1)
        self.said = self.named(Remark("", self, ink="overdue"), "said", _("What is wrong"))
        self.said.hide()
        self.body.addWidget(self.said)
        self._finish(verb)

    def _finish(self, verb: str) -> None:
        none = self.button("none", _("Nothing"), _("Empty all, to type what is meant"))
        none.clicked.connect(lambda: self._fill(everything=False))
        every = self.button("all", _("All that is open"))
        every.clicked.connect(lambda: self._fill(everything=True))
        box = self.finish_with(self.button("do", verb), self.button("cancel", _("Back"), _("Change nothing (Esc)")))
        for button in (every, none):
            button.setAutoDefault(False)
            box.addButton(button, box.ButtonRole.ResetRole)
        first = next((editor for number, editor in self.editors.items() if self._open[number]), None)
        if first is not None:
            first.setFocus()
            first.selectAll()

    def _row(self, grid: QGridLayout, rows: QWidget, place: int, each: OpenLine) -> None:
        kind: Any = SalesLine.kind("quantity")
        line = each.line
        said = " ".join(part for part in (line.code, line.name) if part)
        grid.addWidget(Plain(said, rows), place, 0)
        for column, value in ((1, line.quantity), (2, each.done)):
            label = Plain(shown(kind, value or 0), rows)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, place, column)
        editor = self.named(DecimalEditor(kind, rows), f"quantity_{place}", _("Now of {name}").format(name=said))
        editor.setFixedWidth(WIDE)
        editor.set_value(each.open)
        editor.setReadOnly(not each.open)
        self.editors[line.number] = editor
        grid.addWidget(editor, place, 3)

    def _fill(self, *, everything: bool) -> None:
        for number, editor in self.editors.items():
            editor.set_value(self._open[number] if everything else 0)

    def accept(self) -> None:
        """Do it with what was typed."""
        try:
            self.made = self._deed(self._typed())
        except CRMError as error:
            self.said.say(error.message)
            return
        super().accept()

    def _typed(self) -> dict[int, int]:
        found = {}
        for number, editor in self.editors.items():
            if problem := editor.text_problem():
                editor.setFocus()
                raise Mistake(problem)
            if value := editor.value():
                found[number] = int(value)
        if not found:
            raise Mistake(_("Enter how much of a line is meant."))
        return found
