"""*Add members…*: leads and contacts out of their lists, filtered, marked, added (VT-141)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from channergy_crm.language import _, closing, counted
from channergy_crm.records import Lead
from ui.lists.add_to_campaign import all_of, put_in
from ui.lists.table import RecordTable
from ui.screens.campaigns import TO_ADD
from ui.session.allowed import hidden, uses
from ui.session.within import mine
from ui.widgets.dialog import Dialog, Remark, offer
from ui.widgets.tab_bars import Parts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import Campaign
    from channergy_crm.work.record import Record
    from ui.screen import Screen
    from ui.session.session import Session


class AddDialog(Dialog):
    """Two lists; Enter adds the marked rows of the one that is seen. It stays, so that more can be added."""

    def __init__(self, campaign: Campaign, session: Session, parent: QWidget) -> None:
        title = _("Add members to {campaign}").format(campaign=campaign.caption())
        super().__init__("campaign_add", title, parent, session.station, size=(820, 600))
        self._campaign, self._session = campaign, session
        said = Remark(_("Mark rows by click, Shift+click or Ctrl+A; the filter narrows the list."), self)
        self.body.addWidget(self.named(said, "said", _("How members are chosen")))
        self.parts = self.named(Parts("campaign_add.parts", _("Leads or contacts"), self), "parts", _("Whom"))
        self.tables: list[RecordTable] = []
        for screen in (each for each in TO_ADD if uses(session, each.record)):
            table = self._list(screen)
            table.grid.selectionModel().selectionChanged.connect(lambda *_: self._tell())
            table.counted.connect(self._tell)
            table.settled.connect(partial(self._settled, table))
            table.opened.connect(lambda _key: self.add())
            self.parts.addTab(table, screen.record.plural)
            self.tables.append(table)
        self.body.addWidget(self.parts, 1)
        self._add = self.button("add", _("Add"))
        self._all = self.button("add_all", _("Add all"))
        box = self.finish_with(self._add, self.button("close", closing(), _("Close (Esc)")))
        box.addButton(self._all, box.ButtonRole.ActionRole)
        self._all.setAutoDefault(False)
        self._all.clicked.connect(self.add_all)
        self.parts.currentChanged.connect(lambda _: self._look())
        self._look()

    def _list(self, screen: Screen) -> RecordTable:
        """A list that lives as long as the question."""
        session, record = self._session, screen.record
        table = RecordTable(
            screen.name, record, screen.columns, office=session.office, station=session.station,
            condition=lambda: self._condition(record), order=[screen.order], empty=screen.empty, parent=self,
        )  # fmt: skip
        table.by = lambda: session.by
        table.columns.hidden = lambda: hidden(session, record)
        table.refused.connect(session.notices.warn)
        table.only_read = True
        if session.secured:
            table.refit()
        return table

    def _condition(self, record: type[Record]) -> object:
        own = mine(self._session, record)
        return own & Lead.working() if record is Lead else own

    @property
    def table(self) -> RecordTable:
        """The list that is seen."""
        return self.tables[self.parts.currentIndex()]

    def _look(self) -> None:
        if self.table.is_stale:
            self.table.refresh()
        self._tell()
        self.table.grid.setFocus()

    def _settled(self, table: RecordTable, key: object) -> None:
        """The keys begin on the first row."""
        if key is None:
            table.go_to_row(0)
        self._tell()

    def _tell(self) -> None:
        record, marked, every = self.table.record, self.table.grid.marked_count(), self.table.model.parts.records
        self._add.setText(_("Add {records}").format(records=counted(record, max(marked, 1))))
        self._all.setText(_("Add all {records}").format(records=counted(record, every)))
        offer(self._add, "" if self.table.current() is not None else _("Mark a row first."))
        offer(self._all, "" if every else _("The list is empty."))

    def accept(self) -> None:
        """Add, by the button or by Enter."""
        self.add()

    def add(self) -> None:
        """Add the marked ones."""
        keys = self.table.marked() or [key for key in [self.table.current()] if key is not None]
        if keys:
            put_in(self._session, self._campaign, self.table.record, keys)

    def add_all(self) -> None:
        """Add all that the list shows."""
        if keys := all_of(self.table):
            put_in(self._session, self._campaign, self.table.record, keys)
