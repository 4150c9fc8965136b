"""How a template reads for a real record: a lead, a contact or an account, one after the other (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Lead
from channergy_crm.records.templates import TemplateKind
from channergy_crm.services import filling, preferences, templates
from channergy_crm.text.placeholders import Filled
from ui.look.wording import spoken
from ui.outgoing.read_through import ReadThrough
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from channergy_crm.records import Template
    from channergy_crm.work.record import Record
    from ui.session.session import Session

SHOWN: tuple[type[Record], ...] = (Lead, Contact, Account)


class Reading(QWidget):
    """Read through with the latest records somebody sees; what is not known is marked before anything leaves."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._template: Template | None = None
        self._records: list[Record] | None = None
        self.whom = named(Segments(self), "templates.reads_with", _("Read through with"))
        self.whom.offer([(record, _(record.plural)) for record in SHOWN], Lead)
        self.whom.currentChanged.connect(lambda _place: self._anew())
        self.through = ReadThrough("templates", self)
        self.through.turned.connect(lambda _place: self._show())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.whom)
        column.addWidget(self.through, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """With the records there are now."""
        super().showEvent(event)
        self._anew()

    def show_template(self, template: Template | None) -> None:
        """Show how this one reads, typed or saved."""
        self._template = template
        self._show()

    def _anew(self) -> None:
        self._records = None
        self.through.place = 0
        self._show()

    def _those(self) -> list[Record]:
        if self._records is None:
            record: Any = self.whom.value()
            self._records = self._session.attempt(lambda: templates.samples(record, self._session.by))
        return self._records or []

    def _show(self) -> None:
        template, by = self._template, self._session.by
        if template is None or not self.isVisible():
            return
        records = self._those()
        if not records:
            self.through.show_nobody(_("There is nobody of these yet to read it through with."))
            return
        self.through.set_count(len(records))
        record: Any = records[self.through.place]
        read = self._session.attempt(lambda: templates.preview(template, record, by, spoken))
        labels = {each.name: each.label for each in self._session.attempt(lambda: filling.offered(by)) or []}
        if read is None:
            return
        mail = template.what == TemplateKind.MAIL
        own = self._session.attempt(lambda: preferences.of(by, by)) if mail else None
        signature = f"-- \n{own.signature}" if own is not None and own.signature else ""
        subject = read.subject if mail else Filled(())
        self.through.show_one(record.caption(), record.email or "", subject, read.body, labels, signature)
