"""The Leads page: the list beside the record (CH-17…CH-46)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import bulk_changes, leads, reminders, rights
from ui.forms.record_panel import RecordPanel
from ui.lists.bulk_commands import offer, offer_changes, on_many, previewed
from ui.lists.record_stepper import Steps
from ui.lists.view_bar import ViewBar
from ui.look.wording import day_in_words, shown
from ui.pages.list_for import list_for, offer_cell
from ui.screens.people import LEADS
from ui.widgets.splitter import BlueLine
from ui.widgets.summary import Fact, Summary

if TYPE_CHECKING:
    from ui.lists.table import RecordTable
    from ui.session.session import Session

WORKING, REMOVED, CONVERTED = "working", "removed", "converted"
SHOWN = [(WORKING, "Working leads"), (REMOVED, "Removed leads"), (CONVERTED, "Converted leads")]


class LeadsPage(QWidget):
    """The operator's leads. Removed and converted ones can be shown and brought back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._guest: Any = None  # a lead of another operator that somebody came to: it stays open, in no list
        self._filled: tuple[Lead | None, str] = (None, "")  # the lead that got its zone from its number, and the zone
        self.table = list_for(LEADS, session, self._condition, self, keeps_place=True)
        self.panel = RecordPanel(
            LEADS, session, save=leads.save, start=lambda: leads.start(session.by), summary=summary,
            nothing="No lead is open.", parent=self,
        )  # fmt: skip
        self._add_steps()
        self.which = self._which_box()
        self.table.tools.addWidget(self.which)
        self.table.offer_to_make("Create Lead", self.panel.new)
        offer_cell(self.table, session, leads.save, self.leave)
        offer_changes(self.table, session)
        self.table.add_bar(ViewBar(self.table, session, self.table))
        self._line = BlueLine("leads.line", Qt.Orientation.Horizontal, session.station, (5, 7))
        self.table.setContentsMargins(12, 8, 6, 8)
        self._line.hold(self.table, self.panel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self._offer_removal()
        self._offer_bringing_back()
        self._connect()

    def _add_steps(self) -> None:
        assert self.panel.strip is not None  # noqa: S101  it has a summary
        self.panel.strip.buttons.insertWidget(0, Steps(self.table, self.panel.strip))

    def _which_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("leads.show")
        box.setAccessibleName("Which leads are shown")
        for value, text in SHOWN:
            box.addItem(text, value)
        return box

    def _connect(self) -> None:
        self.panel.commands.reach_from(self.table)
        self.table.chosen.connect(self._chosen)
        self.table.settled.connect(self._settled)
        self.table.opened.connect(lambda _: self.panel.form.focus("description"))
        self.table.grid.removed.connect(self._remove_marked)
        self.which.currentIndexChanged.connect(lambda: self.table.refresh())
        self.panel.saved.connect(lambda key: self.table.go_to(key))
        self.panel.given_up.connect(lambda: self.open(self.table.current()))
        self.panel.turned.connect(self._offer_removal)
        self.panel.asked_back.connect(partial(self.take_up, self.panel))
        self.panel.form.left.connect(self._left)
        self.session.operator_changed.connect(lambda: self.panel.show_record(None))

    def _remove_marked(self) -> None:
        """Del: the lead that is open, or all that are marked."""
        if self.table.grid.marked_count() < 2:
            self.panel.commands.run("remove")
            return
        becomes = "leave the list and stand under “Removed leads”. Undo brings them back."
        if not previewed(self.table, "remove_marked", "Remove", becomes):
            return
        keys, by = self.table.marked(), self.session.by
        on_many(self.session, keys, lambda tell: bulk_changes.remove_leads(keys, by, tell), "{count:,} leads removed.")

    def _offer_bringing_back(self) -> None:
        text = "Bring back the marked leads"
        bring_back = offer(self.table, self.session, "restore_marked", text, "restore", self._restore_marked)
        bring_back.setVisible(False)
        self.which.currentIndexChanged.connect(lambda: bring_back.setVisible(self.which.currentData() == REMOVED))

    def _restore_marked(self, table: RecordTable, session: Session, keys: list[Any]) -> None:
        if not previewed(table, "restore_marked", "Bring back", "come back to the list of working leads."):
            return
        by = session.by
        on_many(
            self.session, keys, lambda tell: bulk_changes.restore_leads(keys, by, tell), "{count:,} leads are back."
        )

    def _condition(self) -> Any:
        mine = rights.visible(Lead, self.session.by)
        if self.which.currentData() == REMOVED:
            return mine & Lead.removed
        return mine & (Lead.converted if self.which.currentData() == CONVERTED else Lead.listed())

    # Moving

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self.table.is_stale:
            self.table.refresh()

    def _chosen(self, key: Any) -> None:
        held = self.panel.record
        if held is not None and held.key == key:
            return
        edited = self.panel.is_edited
        if not self.panel.leave():
            if not held.is_new:
                self.table.go_to(held.key)
            return
        self.open(key)
        if edited:  # saving has moved the list to what was saved
            self.table.go_to(key)

    def _settled(self, key: Any) -> None:
        held = self.panel.record
        if self.panel.is_edited or (held is not None and held.is_new):
            return
        if held is not None and held.key == self._guest:
            return
        if key is None and not self.table.model.rowCount():
            self.open(None)
        elif key is None:
            self.table.go_to_row(0)
        elif held is None or held.key != key:
            self.open(key)

    def open(self, key: Any) -> None:
        """Show this lead; none for an empty list."""
        self._guest = None
        self.panel.show_record(Lead.find(key) if key is not None else None)

    def show_target(self, what: str, key: Any) -> None:
        """Come here from another page: to a lead, or to a new one of an account or with these values."""
        if not self.panel.leave():
            return
        if what == "new_lead":
            self._start(key)
            return
        lead = Lead.find(key)
        if lead is None:
            self.session.notices.say(f"Lead {key} is not there any more.", level="warning")
            return
        wanted = REMOVED if lead.removed else CONVERTED if lead.converted else WORKING
        self.which.blockSignals(True)
        self.which.setCurrentIndex(self.which.findData(wanted))
        self.which.blockSignals(False)
        self.open(key)
        own = rights.visible(Lead, self.session.by) & (Lead.number == key)
        self._guest = None if Lead.select().where(own).exists() else key
        self.table.refresh()
        self.table.go_to(key)

    def _start(self, given: Any) -> None:
        """A new lead: of an account by its number, or filled in with what somebody copied."""
        values = given if isinstance(given, dict) else {}
        self.panel.new(leads.start(self.session.by, account=None if values else given), "description")
        if values:
            self.panel.form.put(values)
            self._fill_zone()

    def take_up(self, panel: RecordPanel, key: Any, values: dict[str, Any]) -> None:
        """Go on with what was typed before, in the very lead."""
        if key is None:
            panel.take_up(None, values)
            return
        self.show_target("lead", key)
        if panel.record is not None and panel.record.key == key:
            panel.form.put(values)

    def leave(self) -> bool:
        """Whether the page may be left: unsaved changes are settled."""
        return self.panel.leave()

    def _offer_removal(self) -> None:
        lead = self.panel.record
        removed = lead is not None and lead.removed
        converted = lead is not None and lead.converted
        shown = {"restore": removed, "remove": not removed, "convert": not converted, "open_opportunity": converted}
        for name, on in shown.items():
            button = self.panel.findChild(QPushButton, f"leads.{name}")
            if button is not None:
                button.setVisible(on)

    # What the number tells

    def _left(self, name: str) -> None:
        if name == "phone":
            self._fill_zone()

    def _fill_zone(self) -> None:
        """A valid number fills an empty Time Zone, visibly; what somebody chose stays."""
        rows, lead = self.panel.form.rows, self.panel.record
        zone = leads.zone_shown(str(rows["phone"].editor.value()), self.session.by)
        now = rows["time_zone"].editor.value() or ""
        filled = self._filled[1] if self._filled[0] is lead else ""
        if zone and now in ("", filled) and now != zone and "phone" in self.panel.form.changes():
            self._filled = (lead, zone)
            self.panel.form.put({"time_zone": zone})
            rows["time_zone"].say("Filled in from the phone number.", wrong=False)


def summary(lead: Lead) -> Summary:
    """Who, what number, how late it is there, and how things stand."""
    return Summary(lead.caption(), _line(lead), lead.phone, [*_standing(lead), *_facts(lead)])


def _line(lead: Lead) -> str:
    who = [part for part in (lead.title, lead.company) if part and part != lead.caption()]
    return " · ".join(who) or (lead.description if lead.description != lead.caption() else "")


def _facts(lead: Lead) -> list[Fact]:
    facts = []
    if local := leads.local_time(lead):
        facts.append(Fact("Local time", local))
    if lead.call_date:
        tried = f", try {lead.call_try}" if lead.call_try else ""
        facts.append(Fact("Last call", f"{day_in_words(lead.call_date)}{tried}"))
    if lead.call_code:
        facts.append(Fact("Result", shown(Lead.kind("call_code"), lead.call_code)))
    if lead.reminder_date:
        state = reminders.state(lead.reminder_date, lead.reminder_time)
        at = f" {lead.reminder_time:%H:%M}" if lead.reminder_time else ""
        ink = {"overdue": "overdue", "due": "soon", "today": "soon"}.get(state or "", "")
        facts.append(Fact("Reminder", f"{day_in_words(lead.reminder_date)}{at}", ink))
    return facts


def _standing(lead: Lead) -> list[Fact]:
    if lead.removed:
        return [Fact("", "Removed", "overdue")]
    if lead.converted:
        held = Opportunity.find(lead.opportunity) if lead.opportunity else None
        account = Account.find(lead.account) if lead.account else None
        name = f" of {account.name}" if account else ""
        return [Fact("Converted to", f"opportunity {held.number}{name}", "done")] if held else []
    return []
