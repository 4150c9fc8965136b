"""A quote, order or invoice at work: what may be changed of it, what it says, what can be done with it (VT-86)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records.sales_documents import LIVING
from ui.forms.form import as_shown
from ui.look import theme
from ui.look.plain import unmarked
from ui.pages.sales import deeds, usual_texts
from ui.pages.sales.cells import NAMES
from ui.pages.sales.sheet_panel import SheetPanel
from ui.screens import sales_deeds
from ui.widgets.controls import Button
from ui.widgets.strip import NARROW, NARROW_SIDES, SIDES

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from channergy_crm.records import SalesDocument
    from channergy_crm.work.record import Record


class DocumentPanel(SheetPanel):
    """The document with its verbs."""

    _leads = False
    until_said = ""
    """what the field of the last day is called, where that is not its own name"""

    def do(self, name: str) -> None:
        """Do one of the verbs over the document."""
        deeds.do(name, self)
        if self.isVisible() and not self.grid.is_typing:  # the verb may be gone with the state it fitted
            self.grid.setFocus()

    def why_not(self, name: str) -> str | None:
        """None when it can be done, or the sentence why not."""
        return deeds.why_not(name, self)

    def go_to_cell(self, number: int, field: str) -> None:
        """The cursor into a cell of the line with this number."""
        place = next((place for place, line in enumerate(self.lines.lines) if line.number == number), -1)
        if place >= 0:
            self.grid.go_to(place, NAMES.index(field), edit=True)

    def add_line(self) -> None:
        """The cursor into a new line."""
        self.grid.add()

    def describe_line(self) -> None:
        """The cursor into the longer text of the current line."""
        self.grid.settle()
        if self.grid.can_describe:
            self.grid.describe()
        else:
            self.session.notices.warn(_("Go to a line with a product first: a longer text belongs to one."))

    def why_no_line(self) -> str | None:
        """None when a line may be added, or the sentence why not."""
        return _("The lines can only be read.") if self.lines.locked else None

    def look_at_rights(self) -> None:
        """What is issued is only read, save what the law leaves free; and it says why."""
        super().look_at_rights()
        record: SalesDocument | None = self.record
        issued = record is not None and record.is_issued
        why = ""
        if record is not None and issued:
            why = _("{name} is issued: what is on its paper stays as it is.").format(name=record.caption())
            if not self.following.only_read.sentence:
                self.following.only_read.say(f"{why} {self.way_out(record)}".strip())
        elif not self.form.is_only_read:
            self.following.only_read.say("")
        free = LIVING | {"number"}
        self.form.elsewhere = {name: why for name in self.form.rows if name not in free} if issued else {}
        for name, row in self.form.rows.items():
            if not row.kind.system:
                row.editor.set_read_only(self.form.is_only_read or name in self.form.elsewhere)
        self.cells_lock(on=record is None or issued or self.form.is_only_read)
        self.say_usual()
        if self.until_said:
            row = self.form.rows["until"]
            row.label.setText(unmarked(_(self.until_said)))
            row.editor.setAccessibleName(_(self.until_said))

    def say_usual(self) -> None:
        """In the empty fields of the texts stands what the paper will say there."""
        document = self.as_typed()
        texts = self.session.attempt(lambda: usual_texts.of(document, self.by)) if document is not None else None
        for part in usual_texts.PARTS:
            self.form.rows[part].editor.setPlaceholderText((texts or {}).get(part, ""))

    def way_out(self, record: SalesDocument) -> str:
        """What somebody does who wants it otherwise."""
        return ""

    def tell(self) -> None:
        """Say above the document what it is and comes to; offer what can be done with it."""
        record = self.record
        if record is not None and self.strip is not None and self._summarise is not None:
            self.strip.show_summary(self._summarise(as_shown(self.as_typed() or record, self.form)))
            self.commands.refresh()
        else:
            super().tell()
        self.sheet.tell()

    def show_fitting(self) -> None:
        """Show the verbs that fit the kind and the state of the document; the first of them is the filled one."""
        record: SalesDocument | None = self.record
        loud = ""
        for command in self.commands.all:
            if command.name not in sales_deeds.WHERE:
                continue
            there = record is not None and sales_deeds.fits(command.name, record)
            for button in self.command_bar.findChildren(Button, f"{self.prefix}.{command.name}"):
                button.setVisible(there)
                first = there and command.role == "first" and not loud
                loud = command.name if first else loud
                if command.role == "first":
                    button.loud(first)

        self._leads = bool(loud)
        self._stand_under_title()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The verbs begin where the title does."""
        super().resizeEvent(event)
        self._stand_under_title()

    def _stand_under_title(self) -> None:
        side = NARROW_SIDES if self.width() < theme.px(NARROW, self) else SIDES
        self.command_bar.lead(side if self._leads else 0)

    def new(self, record: Record | None = None, focus: str = "") -> None:
        """Start a document; where it is known for whom, the cursor is in its first line."""
        super().new(record, focus)
        held: SalesDocument | None = self.record
        if held is not None and held.is_new and (held.__data__.get("account") or held.__data__.get("vendor")):
            self.grid.add()
