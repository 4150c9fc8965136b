"""*From an older document…*: lines of what was offered, ordered or billed before, taken over (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from channergy_crm.language import _
from channergy_crm.services.sales_documents import drafts, older
from ui.look.plain import kept_to_itself
from ui.look.wording import day_in_words, written_money
from ui.pages.sales import cells
from ui.pages.sales.lines import Line, of_record
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField
from ui.widgets.timers import later
from ui.widgets.views import calm

if TYPE_CHECKING:
    from channergy_crm.records import SalesDocument
    from ui.session.session import Session

KEY, CHECKED = Qt.ItemDataRole.UserRole, Qt.CheckState.Checked
PAUSE_MS = 150


class OlderDialog(Dialog):
    """Documents of the same customer first; the lines of the chosen one, each with a tick."""

    def __init__(self, document: SalesDocument, session: Session, parent: QWidget) -> None:
        super().__init__("older", _("Lines from an older document"), parent, session.station, size=(640, 520))
        self._document, self._session = document, session
        self.lines: list[Line] = []
        self._offered: list[Line] = []
        self.search = self.named(LineField(self), "search", _("Number, customer or subject"))
        self.search.setPlaceholderText(_("Number, customer or subject"))
        self.documents = self.named(calm(QListWidget(self)), "documents", _("Older documents"))
        self.said = self.named(Remark("", self), "said", _("What is there"))
        self.offered = self.named(calm(QListWidget(self)), "lines", _("Lines"))
        for part, share in ((self.search, 0), (self.documents, 2), (self.said, 0)):
            self.body.addWidget(part, share)
        self.body.addWidget(Plain(_("Lines to take over; Space ticks one."), self))
        self.body.addWidget(self.offered, 3)
        self._soon = later(self, self.look, PAUSE_MS)
        self.search.textEdited.connect(lambda _text: self._soon.start())
        self.documents.currentItemChanged.connect(lambda *_: self._show())
        self.finish_with(self.button("take", _("Take over")), self.button("cancel", _("Cancel"), _("Esc")))
        self.search.setFocus()
        self.look()

    def look(self) -> None:
        """The documents in which the words stand."""
        text, by = self.search.text(), self._session.by
        found = self._session.attempt(lambda: older.find(self._document, text, by)) or []
        self.documents.clear()
        for each in found:
            day, total = day_in_words(each.dated) if each.dated else "", written_money(each.total or 0, QLocale())
            said = " · ".join(part for part in (each.caption(), each.name, day, total) if part)
            item = QListWidgetItem(kept_to_itself(said), self.documents)
            item.setData(KEY, each.number)
        self.said.say("" if found else _("Nothing like that was written before."))
        if found:
            self.documents.setCurrentRow(0)
        else:
            self._show()

    def _show(self) -> None:
        item = self.documents.currentItem()
        number = item.data(KEY) if item is not None else None
        held = self._session.attempt(lambda: drafts.lines(number, self._session.by)) if number is not None else []
        self._offered = [of_record(each) for each in held or []]
        self.offered.clear()
        for line in self._offered:
            parts = [cells.said(line, cells.QUANTITY), line.unit, line.code, line.name,
                                cells.said(line, cells.PRICE)]  # fmt: skip
            shown = QListWidgetItem(kept_to_itself("  ".join(part for part in parts if part)), self.offered)
            shown.setCheckState(CHECKED)

    def accept(self) -> None:
        """Take over what is ticked, at the prices of then."""
        taken = [line for row, line in enumerate(self._offered) if self.offered.item(row).checkState() == CHECKED]
        if not taken:
            self.said.say(_("Tick at least one line."), "overdue")
            return
        self.lines = [line._replace(number=None, came_from=None) for line in taken]
        super().accept()
