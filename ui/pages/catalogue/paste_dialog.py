"""*Paste prices…*: what was copied in a spreadsheet, with the rows that are wrong named beside it (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy

from channergy_crm.errors import CRMError
from channergy_crm.language import _, ngettext
from channergy_crm.services.products import entering
from ui.editors.lines import TextEditor
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.catalogue.parts import PartsGrid

PAUSE_MS, LEAST = 250, 180


class PastePricesDialog(Dialog):
    """The rows on the left can be mended; on the right stands what is wrong with which. The right ones are put in as
    one step, the wrong ones stay to be mended.
    """

    def __init__(self, grid: PartsGrid, put: Callable[[list[entering.Entry]], bool], text: str) -> None:
        name = grid.whole.caption() if grid.whole is not None else ""
        title = _("Paste prices into {book}").format(book=name)
        super().__init__("paste_prices", title, grid, grid.session.station, size=(760, 460))
        self._grid, self._put, self._found = grid, put, entering.Pasted([], [])
        self.body.addWidget(Remark(_("A row for each price: product number, from quantity, price."), self))
        self.text = self.named(TextEditor(self, lines=10, most_lines=10), "text", _("Rows from the spreadsheet"))
        self.wrong = self.named(QListWidget(self), "wrong", _("Rows that are wrong"))
        self.wrong.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        for part, wide in ((self.text, 3), (self.wrong, 2)):
            part.setMinimumHeight(LEAST)
            part.setMaximumHeight(16_777_215)
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            row.addWidget(part, wide)
        self.body.addLayout(row, 1)
        self.said = self.named(Remark("", self), "said", _("What it will do"))
        self.body.addWidget(self.said)
        self.main = self.button("put", _("Put in"))
        self.finish_with(self.main, self.button("cancel", _("Close"), _("Change nothing (Esc)")))
        self._look_later = later(self, self.look, PAUSE_MS)
        self.text.setPlainText(text)
        self.look()
        self.text.textChanged.connect(self._look_later.start)
        self.text.setFocus()

    def look(self) -> None:
        """Read the rows as they stand, and say which of them are wrong."""
        self._look_later.stop()
        self.wrong.clear()
        try:
            self._found = entering.read(self.text.toPlainText(), self._grid.session.by, self.locale().decimalPoint())
        except CRMError as error:
            self._found = entering.Pasted([], [])
            self._tell(error.message, "overdue")
            return
        for each in self._found.wrong:
            self.wrong.addItem(_("Row {number}: {reason}").format(number=each.line, reason=each.why))
        if not self._found.wrong:
            self.wrong.addItem(_("Nothing is wrong."))
        count = len(self._found.entries)
        said = ngettext("{count:,} price is put in.", "{count:,} prices are put in.", count).format(count=count)
        self._tell(said if count else _("There are no prices in it yet. Copy rows in a spreadsheet, paste them here."))

    def _tell(self, sentence: str, ink: str = "muted") -> None:
        self.said.say(sentence, ink)
        offer(self.main, "" if self._found.entries else sentence)

    def accept(self) -> None:
        """Put in what is right; the rows that are wrong stay to be mended."""
        self.look()
        count = len(self._found.entries)
        if not count or not self._put(self._found.entries):
            return
        done = ngettext("{count:,} price put in.", "{count:,} prices put in.", count).format(count=count)
        self._grid.session.say_done(done)
        if not self._found.wrong:
            super().accept()
            return
        self.text.setPlainText("\n".join(each.text for each in self._found.wrong))
        self.look()
        self._tell(_("{done} The rows that are left here are not: mend them, or close.").format(done=done))
        self.text.setFocus()
