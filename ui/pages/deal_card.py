"""Under the form of a deal: its contacts, the operators who take part in it, its follow-ups (SI-25, SI-29, SI-30)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from channergy_crm.language import N_, _
from channergy_crm.records import Contact, DealContact, DealOperator, Operator, Opportunity, Task
from channergy_crm.services import deal_people, reading
from ui.pages.deal_people import DealPeople
from ui.pages.open_work import OpenWork
from ui.session.allowed import concerns_rights, refused, uses
from ui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from channergy_crm.services.deal_people import Part
    from channergy_crm.work import Done
    from ui.forms.record_panel import RecordPanel

SIDE_BY_SIDE, GAP = 700, 14
TASKS_SHOWN = 8
WATCHED = {each._meta.table_name for each in (DealContact, DealOperator, Contact, Operator, Opportunity, Task)}
"""whoever writes these may change what is shown here"""
NOBODY = N_("No contact is linked yet. Type a name to add one.")
NO_CONTACTS = N_("The account has no contacts yet; add them on the part Contacts.")
UNSAVED = N_("Save the opportunity first; contacts and operators are linked to it then.")


class DealCard(SideBySide):
    """Who the deal is talked about with, who else works on it, what is to be done next."""

    turned = Signal()
    """others have a part in the deal now, or another one is shown"""

    def __init__(self, panel: RecordPanel) -> None:
        super().__init__(panel, SIDE_BY_SIDE, GAP, line=4)
        self._panel, self._session = panel, panel.session
        self._stale = True
        self.contacts = DealPeople("deal.contacts", _("Contacts"), DealContact, self._session, self)
        self.contacts.read, self.contacts.link = deal_people.contacts, deal_people.link_contact
        self.operators = DealPeople("deal.operators", _("Operators who take part"), DealOperator, self._session, self)
        self.contacts.picker.among = lambda: self._offered(deal_people.contacts_offered)
        self.operators.picker.among = lambda: self._offered(deal_people.operators_offered)
        self.contacts.picker.setPlaceholderText(_("Name of a contact of the account"))
        self.operators.picker.setPlaceholderText(_("Name or ID of an operator"))
        self.contacts.opened.connect(lambda key: self._session.go_to("contact", key))
        self.follow_ups = OpenWork("deal.follow_ups", self, {"account_task": N_("Follow-ups")})
        self.follow_ups.wanted.connect(self._session.go_to)
        self._lay_out()
        panel.turned.connect(self.refresh)
        panel.settling.append(self._settle)
        self._session.done.connect(self._something_done)
        self.refresh()

    def _lay_out(self) -> None:
        people = QVBoxLayout()
        people.setContentsMargins(0, 12, 0, 0)
        people.setSpacing(GAP)
        people.addWidget(self.contacts)
        people.addWidget(self.operators)
        people.addStretch(1)
        self.sides.setContentsMargins(0, 4, 0, 0)
        self.sides.addLayout(people, 3)
        self.sides.addWidget(self.follow_ups, 2)

    @property
    def first(self) -> Part | None:
        """Whom F9 dials: the first linked contact who has a number."""
        self._catch_up()
        return next((part for part in self.contacts.parts if part.phone), None)

    def _offered(self, condition: Any) -> object:
        return condition(self.contacts.deal, self._session.by)

    def _settle(self) -> bool:
        self.contacts.settle()
        self.operators.settle()
        return True

    # What is shown

    def refresh(self) -> None:
        """Show the deal that is open, as it is now; what nobody sees is read when somebody does."""
        self._stale = True
        self.setVisible(self._panel.record is not None)
        if self.isVisible():
            self._catch_up()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._catch_up()

    def _catch_up(self) -> None:
        if not self._stale:
            return
        self._stale = False
        record, before = self._panel.record, (self.contacts.deal, self.contacts.parts)
        there = record is not None and not record.is_new and self._session.find(type(record), record.key) is not None
        deal = record.key if there else 0
        only_read = there and bool(refused(self._session, "edit_cell", record))
        self.contacts.setVisible(uses(self._session, Contact))
        contacts = self._any(Contact, deal_people.contacts_offered, deal)
        others = self._any(Operator, deal_people.operators_offered, deal)
        nobody = (NOBODY if contacts else NO_CONTACTS) if deal else UNSAVED
        self.contacts.show_deal(deal, _(nobody), only_read=only_read, offers=contacts)
        self.operators.show_deal(deal, _("Nobody else works on this deal."), only_read=only_read, offers=others)
        self.operators.setVisible(bool(deal))
        todo = (self._session.attempt(lambda: deal_people.follow_ups(deal, self._session.by)) or []) if deal else []
        self.follow_ups.show_work([], todo[:TASKS_SHOWN], (0, len(todo)))
        self.follow_ups.setVisible(bool(deal))
        if before != (self.contacts.deal, self.contacts.parts):
            self.turned.emit()

    def _any(self, record: Any, condition: Any, deal: int) -> bool:
        """Whether there is somebody who can be linked."""
        by = self._session.by
        asked = bool(deal) and uses(self._session, record)
        return asked and bool(self._session.attempt(lambda: reading.exists(record, condition(deal, by), by)))

    def _something_done(self, done: Done) -> None:
        if "CustomLookup" in done.tables:
            self.contacts.refresh_roles()
            self.operators.refresh_roles()
        if WATCHED & done.tables or concerns_rights(done):
            self.refresh()

    def tick(self) -> None:
        """A minute has gone by: a follow-up may be late."""
        self.refresh()
