"""*Show all*: the list of the records a rule would make a follow-up for now; Enter opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _, closing, figures
from channergy_crm.records import BY_TABLE
from channergy_crm.services.events import happened
from channergy_crm.work import key_field
from channergy_crm.work.record import is_one_of
from ui.pages.list_for import list_for
from ui.screen import Screen
from ui.screens.people import ACCOUNTS, CONTACTS, CUSTOMERS, LEADS
from ui.screens.sales import OPPORTUNITIES
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records.events import Event
    from ui.session.background import Progress
    from ui.session.session import Session

MOST, AT_ONCE = 5_000, 500
COLUMNS = {screen.record: screen.columns for screen in (LEADS, ACCOUNTS, CONTACTS, CUSTOMERS, OPPORTUNITIES)}


class AllRecords(Dialog):
    """At most some thousands; what is done in the list is done on the pages of the records."""

    def __init__(self, event: Event, keys: list[object], session: Session, parent: QWidget) -> None:
        record = BY_TABLE[event.table]
        title = _("{rule}: {records} it falls on now").format(rule=event.name, records=record.plural)
        super().__init__("events_records", title, parent, session.station, size=(860, 560))
        self._session = session
        self._said = self.named(Remark("", self), "said", _("About the list"))
        more = _("The first {count} are shown.").format(count=figures(MOST)) if len(keys) > MOST else ""
        self._said.say(more)
        self.body.addWidget(self._said)
        among = is_one_of(key_field(record), keys[:MOST] or [0])
        screen = Screen(record, "events.records", COLUMNS[record], empty=N_("Nothing falls under the rule any more."))
        self.table = list_for(screen, session, lambda: among, self, read_only=True)
        self.body.addWidget(self.table, 1)
        open_ = self.button("open", _("Open"), _("Opens the record (Enter)."))
        open_.clicked.connect(lambda: self._open(self.table.current()))
        box = self.finish_with(None, self.button("close", closing()))
        box.addButton(open_, box.ButtonRole.ActionRole)
        self.table.opened.connect(self._open)
        self.table.refresh()
        self.table.grid.setFocus()

    def _open(self, key: object) -> None:
        held = self._session.find(self.table.record, key) if key is not None else None
        if held is not None and held.about.target:
            self.accept()
            self._session.go_to(*held.opened_at(held.key, held.caption()))

    def done(self, result: int) -> None:
        """Nothing is read for the list any more."""
        self.table.close_list()
        super().done(result)


def show_all(event: Event, session: Session, parent: QWidget) -> None:
    """Look for the records beside the window, then list them."""
    by = session.by

    def keys(progress: Progress) -> list[object]:
        found: dict[object, None] = {}
        for hit in happened.existing(event, clock.now(), by):
            found[hit.key] = None
            if len(found) % AT_ONCE == 0:
                progress.step(len(found))
            if len(found) > MOST:
                break
        return list(found)

    session.work(
        keys, label=_("Looking for the records"),
        done=lambda found: AllRecords(event, found, session, parent).exec(),
    )  # fmt: skip
