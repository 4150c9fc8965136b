"""The Leads page: the list beside the record (CH-17…CH-46)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import bulk_changes, call_lists, calls, leads
from channergy_crm.services.calling_round import Feed
from channergy_crm.services.queue import Limits
from ui.lists.bulk_commands import offer, on_many, previewed
from ui.lists.empty_word import Way
from ui.look.wording import day_in_words, shown
from ui.pages import facts
from ui.pages.call.calling import Calling
from ui.pages.call.flow import CallTo
from ui.pages.record_page import RecordPage
from ui.screens.people import LEADS
from ui.session.allowed import refused
from ui.session.within import mine
from ui.transfer import start_import
from ui.widgets.summary import Summary

if TYPE_CHECKING:
    from ui.forms.record_panel import RecordPanel
    from ui.lists.table import RecordTable
    from ui.session.session import Session

NONE = {"removed": N_("No lead has been removed."), "converted": N_("No lead has been converted yet."),
        "lost": N_("No lead is lost.")}  # fmt: skip
"""what is said in place of an empty list, where it is not the one people work with"""
WORKING, LOST, REMOVED, CONVERTED = "working", "lost", "removed", "converted"
SHOWN = [(WORKING, N_("Working leads")), (LOST, N_("Lost leads")), (REMOVED, N_("Removed leads")),
         (CONVERTED, N_("Converted leads"))]  # fmt: skip


class LeadsPage(RecordPage):
    """The operator's leads. Removed and converted ones can be shown and brought back."""

    shows = SHOWN

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        self._filled: tuple[Lead | None, str] = (None, "")  # the lead that got its zone from its number, and the zone
        super().__init__(LEADS, session, parent)
        self.calling = Calling(self)
        offer_removal = partial(_offer_removal, self.panel)
        offer_removal()
        self._offer_bringing_back()
        self._offer_calling()
        self.panel.turned.connect(offer_removal)
        self.panel.form.left.connect(self._left)

    def _offer_calling(self) -> None:
        """*Start calling* stands at the foot of the list: it is about all that is listed, or marked."""
        self.panel.commands.take_over("start_calling", self.start_calling, partial(_nobody_to_call, self))
        self.table.counted.connect(self.panel.commands.refresh)
        self.panel.commands.take_over("call_lists", partial(_call_lists, self), partial(_no_lists, self))
        self.table.add_foot(*(
            self.panel.commands.button(command, self.table, small=command.name == "call_lists")
            for command in self.panel.commands.having("foot")
        ))  # fmt: skip

    def start_calling(self) -> None:
        """Call through the marked leads, or through the whole list as it is shown (BX-4)."""
        several = self.table.grid.several
        keys = self.table.marked() if several else self.table.model.keys(0, self.table.model.rowCount())
        name = self.table.view or dict(SHOWN)[self._shown()]
        said = _("{name}, marked") if several and name in dict(SHOWN).values() else "{name}"
        asked = (
            self.session.attempt(lambda: call_lists.limits_named(name, self.session.by)) if self.table.view else None
        )
        self._call_through(said.format(name=_(name)), keys, asked or Limits())

    def _call_through(self, name: str, keys: Any, limits: Limits = Limits()) -> None:
        self.calling.rounds.start([Feed(name, keys, limits)])

    def _call_from_elsewhere(self, to: CallTo) -> None:
        """Dial the lead somebody came to for that; afterwards they are where they came from."""
        record = self.panel.record
        if record is None or record.key != to.key:
            return
        if to.logged is not None:
            self.calling.answer(record, to)
        elif to.number:
            self.calling.call(record, to.number)
        else:
            self.calling.back = "" if self.session.came_from == "leads" else self.session.came_from
            self.panel.commands.run("dial")

    def activate(self) -> None:
        """Somebody looks at this page; whoever may be called by now comes."""
        super().activate()
        if self.calling.is_in_a_round:
            self.calling.rounds.tick()

    def take_focus(self) -> None:
        """The keys go to the list now; in the queue to what Enter does next."""
        if self.calling.is_in_a_round and not self.calling.is_open and self.isVisible():
            self.calling.rounds.take_focus()
        else:
            super().take_focus()

    def tick(self) -> None:
        """A minute has gone by, in the queue as well."""
        super().tick()
        if self.calling.is_in_a_round:
            self.calling.rounds.tick()

    def standing(self) -> str:
        """What is listed; while somebody calls through it, how far they are."""
        return self.calling.rounds.standing() if self.calling.is_in_a_round else super().standing()

    def remove_marked(self) -> None:
        """Remove, or Del: the lead that is open, or all that are marked (F-68)."""
        if not self.table.grid.several:
            self._remove_one(self.panel)
            return
        becomes = _("{records} leave the list and stand under “Removed leads”. Undo brings them back.")
        if not previewed(self.table, "remove_marked", _("Remove"), _("Remove {records}"), becomes):
            return
        keys, by = self.table.marked(), self.session.by
        on_many(self.session, keys, lambda tell: bulk_changes.remove_leads(keys, by, tell), _removed)

    def _offer_bringing_back(self) -> None:
        text = N_("Bring back the marked leads")
        self._bring_back = offer(self.table, self.session, "restore_marked", text, "restore", self._restore_marked)
        self._bring_back.setVisible(False)
        self.view_bar.which.currentIndexChanged.connect(self._which_turned)
        self._offer_ways(WORKING)

    def _which_turned(self) -> None:
        which = self._shown()
        self.table.say_when_empty(_(NONE[which]) if which in NONE else LEADS.empty)
        self._offer_ways(which)
        self._bring_back.setVisible(which == REMOVED)
        self.table.refresh()

    def _shown(self) -> str:
        """Which leads are listed; through a view it is the working ones."""
        bar = getattr(self, "view_bar", None)  # a view may be looked through before the page is built
        held = bar.which.currentData() if bar is not None else WORKING
        return held if held in NONE else WORKING

    def _offer_ways(self, which: str) -> None:
        create = Way(_("Create Lead"), self.panel.new, "add", self._why_no_new)
        back = Way(_("Show the working leads"), lambda: self.view_bar.which.setCurrentIndex(0), "lead")
        imports = Way(_("Import a file"), lambda: start_import.begin(self.session, self.window(), Lead), "import",
                      lambda: refused(self.session, "import", Lead) or None)  # fmt: skip
        self.table.offer_ways(*((back,) if which in NONE else (create, imports)))

    def _restore_marked(self, table: RecordTable, session: Session, keys: list[int]) -> None:
        becomes = _("{records} come back to the list of working leads.")
        if not previewed(table, "restore_marked", _("Bring back"), _("Bring back {records}"), becomes):
            return
        by = session.by
        on_many(self.session, keys, lambda tell: bulk_changes.restore_leads(keys, by, tell), _back)

    def condition(self) -> object:
        own = mine(self.session, Lead)
        shown = self._shown()
        if shown == REMOVED:
            return own & Lead.removed
        if shown == LOST:
            return own & Lead.listed() & Lead.lost
        return own & (Lead.converted if shown == CONVERTED else Lead.working())

    def start(self) -> Lead:
        return leads.start(self.session.by, project=self.session.project)

    def save(self, record: Lead, by: str) -> Lead:
        return leads.save(record, by)

    def summary(self, record: Lead) -> Summary:
        tag, meaning, line = self._standing(record)
        told = [facts.phone(record.phone, forbidden=calls.forbidden(record)),
                facts.their_time(record.time_zone or "", "time_zone", record.phone, record),
                facts.next_reminder(record.reminder_date, record.reminder_time, "reminder_date")]  # fmt: skip
        return Summary(record.caption(), line or _line(record), _last_call(record), tag, meaning,
                       [fact for fact in told if fact is not None])  # fmt: skip

    def show_in_list(self, record: Lead) -> None:
        standing = ((REMOVED, record.removed), (CONVERTED, record.converted), (LOST, record.lost))
        wanted = next((word for word, holds in standing if holds), WORKING)
        if wanted != self._shown():
            self.view_bar.show_base(wanted)
            self._which_turned()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page: to a lead, or to a new one of an account or with these values."""
        if what == "calling" and isinstance(key, Feed):
            self.calling.rounds.start([key])
        elif what == "calling":
            self._call_through(_("Due reminders"), key)
        elif what == "call_lead":
            to = key if isinstance(key, CallTo) else CallTo(key)
            super().show_target("", to.key)
            self._call_from_elsewhere(to)
        elif what != "new_lead":
            super().show_target(what, key)
        elif self.panel.leave():
            self._start(key)

    def _start(self, given: Any) -> None:
        """A new lead: of an account by its number, or filled in with what somebody copied."""
        values = given if isinstance(given, dict) else {}
        session = self.session
        lead = leads.start(session.by, account=None if values else given, project=session.project)
        self.panel.new(lead, "description")
        if values:
            self.panel.form.put(values)
            self._fill_zone()

    def _standing(self, lead: Lead) -> tuple[str, str, str]:
        """How the last call went; or that it is removed, or what it became, and where that is."""
        if lead.removed:
            return _("Removed"), "overdue", ""
        held = self.found(Opportunity, lead.opportunity) if lead.converted else None
        if held is None:
            return shown(Lead.kind("call_code"), lead.call_code), "", ""
        account = self.found(Account, lead.account)
        said = _("opportunity {number} of {account}") if account else _("opportunity {number}")
        return _("Converted"), "done", said.format(number=held.number, account=account.name if account else "")

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
            rows["time_zone"].say(_("Filled in from the phone number."), wrong=False)


def _line(lead: Lead) -> str:
    who = [part for part in (lead.title, lead.company) if part and part != lead.caption()]
    return " · ".join(who) or (lead.description if lead.description != lead.caption() else "")


def _last_call(lead: Lead) -> tuple[str, str]:
    if not lead.call_date:
        return "", ""
    said = {"day": day_in_words(lead.call_date, inside=True), "count": lead.call_try}
    day = day_in_words(lead.call_date)
    if not lead.call_try:
        return _("Last call {day}").format(**said), day
    tried = _("try {count}").format(count=lead.call_try)
    return _("Last call {day}, try {count}").format(**said), f"{day}, {tried}"


def _removed(count: int) -> str:
    return ngettext("{count:,} lead removed.", "{count:,} leads removed.", count).format(count=count)


def _back(count: int) -> str:
    return ngettext("{count:,} lead is back.", "{count:,} leads are back.", count).format(count=count)


def _offer_removal(panel: RecordPanel) -> None:
    lead = panel.record
    removed = lead is not None and lead.removed
    converted = lead is not None and lead.converted
    shown = {"restore": removed, "remove": not removed, "convert": not converted, "open_opportunity": converted}
    for name, on in shown.items():
        button = panel.findChild(QPushButton, f"leads.{name}")
        if button is not None:
            button.setVisible(on)


def _nobody_to_call(page: LeadsPage) -> str | None:
    return None if page.table.model.rowCount() else _("There is nobody in this list to call.")


def _call_lists(page: LeadsPage) -> None:
    """Call through several lists, in order of priority (BX-46)."""
    from ui.pages.call import lists_dialog

    lists_dialog.ask(page.session, page, page.calling.rounds.start)


def _no_lists(page: LeadsPage) -> str | None:
    """Where there are no leads at all, no view has any."""
    filtered = page.table.view not in ("", *dict(SHOWN).values()) or bool(page.table.search.text())
    return None if page.table.model.rowCount() or filtered else _("There is nobody in this list to call.")
