"""*More Information* of a campaign: its members, how it stands with each, and what is done with them (VT-141)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead
from channergy_crm.records.campaigns import Status
from channergy_crm.services.calling_round import Feed
from channergy_crm.services.campaigns import members
from ui.lists.add_to_campaign import all_of
from ui.lists.bulk_commands import previewed
from ui.lists.empty_word import Way
from ui.lists.grid_bar import GridBar, a_row
from ui.outgoing.mail import write_mail
from ui.outgoing.send import send_sms
from ui.pages.list_for import cell_writer, list_for
from ui.pages.page import ListPage
from ui.paper.letters import write_letters
from ui.screen import Command
from ui.screens.campaigns import MEMBERS
from ui.session.allowed import hidden, refused, uses
from ui.session.beside import Told

if TYPE_CHECKING:
    from channergy_crm.services.campaigns.members import Changed
    from ui.session.session import Session

SHOWS = {"phone": ("phone", "phone"), "email": ("email", "email"), "city": ("city", "mailing_city"),
         "company": ("company", "")}  # fmt: skip
"""what a column shows of a lead, and of a contact"""
PEOPLE = {Lead._meta.table_name, Contact._meta.table_name}


class MembersGrid(ListPage):
    """A grid typed into, with its tool bar below: ＋ adds, Del takes out, Ctrl+Shift+R notes that they responded."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(session, parent)
        self.campaign: Campaign | None = None
        self.table = list_for(MEMBERS, session, self.condition, self)
        self.table.columns.hidden = self._hidden
        self.table.why_refused = self._why_refused
        self.table.write_with(cell_writer(CampaignMember, members.save, session))
        self.table.offer_ways(Way(_("Add members…"), self.add, "add", self.why_none))
        self.table.grid.removed.connect(self.remove)
        self.table.opened.connect(lambda _key: self._open_cell())
        self.bar = GridBar(MEMBERS.name, self.table, self._commands(), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.bar)
        session.done.connect(self._heard)

    def _commands(self) -> list[Command]:
        return [
            Command("create", N_("Add members…"), lambda _bar: self.add(), "add", "Ctrl+N",
                    lambda _bar: self.why_none()),
            Command("set_status", N_("Status…"), lambda _bar: self._ask_status(), "edit", "", a_row),
            Command("send_mail", N_("E-mail…"), lambda _bar: self._mail(), "email", "", self._somebody),
            Command("send_sms", N_("SMS…"), lambda _bar: self._sms(), "note", "", self._somebody),
            Command("letters", N_("Letters to members…"), lambda _bar: self._letters(), "print", "", self._somebody),
            Command("call", N_("Call…"), lambda _bar: self._call(), "play", "Ctrl+F9", self._somebody),
            Command("responded", N_("Responded"), lambda _bar: self.set_status(Status.RESPONDED), "check",
                    "Ctrl+Shift+R", a_row, "labelled"),
            Command("go_to", N_("Go To"), lambda _bar: self._go(), "goto", "Ctrl+G", a_row, "menu"),
            Command("dial", N_("Dial Phone"), lambda _bar: self._dial(), "phone", "F9", a_row, "menu"),
            Command("delete", N_("Take out"), lambda _bar: self.remove(), "remove", "", a_row, "danger"),
        ]  # fmt: skip

    # ---------------------------------------------------------------- what is shown

    def condition(self) -> object:
        """The members of the campaign that is open."""
        number = self.campaign.number if self.campaign is not None else None
        return members.condition(number, self.session.by)

    def show_campaign(self, campaign: Campaign | None) -> None:
        """Show the members of this one."""
        before = self.campaign.number if self.campaign is not None else None
        self.campaign = campaign
        if before != (campaign.number if campaign is not None else None):
            self.table.set_stale()
        self.table.look_at_ways()
        self.bar.commands.refresh()
        if self.isVisible() and self.table.is_stale:
            self.table.refresh()

    def _heard(self, done: Any) -> None:
        """Somebody was renamed, removed or brought back."""
        if PEOPLE & done.tables:
            self.table.set_stale()

    def _hidden(self) -> frozenset[str]:
        """A column is not shown whose field of leads or of contacts is not."""
        leads, contacts = hidden(self.session, Lead), hidden(self.session, Contact)
        return frozenset(name for name, (lead, contact) in SHOWS.items() if lead in leads or contact in contacts)

    def _why_refused(self, verb: str) -> str:
        """Whoever may not change campaigns changes no members; whoever may not export people exports none from here."""
        if verb == "export":
            return refused(self.session, verb, Lead) or refused(self.session, verb, Contact)
        return refused(self.session, "remove" if verb == "delete" else verb, self.campaign or Campaign)

    # ---------------------------------------------------------------- whom it is about

    def why_none(self) -> str | None:
        """Nobody is added to a campaign that is not there yet."""
        if self.campaign is None or self.campaign.is_new:
            return _("Save the campaign first; members are added to it then.")
        if not (uses(self.session, Lead) or uses(self.session, Contact)):
            return _("Your role shows you neither leads nor contacts.")
        return refused(self.session, "edit_cell", self.campaign) or None

    def _somebody(self, _bar: GridBar) -> str | None:
        return None if self.table.model.rowCount() else _("Nobody is in this campaign yet.")

    def _marked(self) -> list[int]:
        return self.table.marked() or [key for key in [self.table.current()] if key is not None]

    def _whom(self) -> list[tuple[Any, Any]]:
        """The marked ones; where none are, all the list shows."""
        if self.campaign is None:
            return []
        number, by, keys = self.campaign.number, self.session.by, None
        if self.table.grid.several:
            keys = self.table.marked()
        elif self.table.search.text().strip():
            keys = all_of(self.table)
        return self.session.attempt(lambda: members.gather(number, by, keys)) or []

    def _member(self) -> CampaignMember | None:
        return self.found(CampaignMember, self.table.current())

    # ---------------------------------------------------------------- what is done

    def add(self) -> None:
        """Choose leads and contacts out of their lists."""
        from ui.pages.campaigns.add_dialog import AddDialog

        if (why_not := self.why_none()) or self.campaign is None:
            self.session.notices.warn(why_not or "")
            return
        AddDialog(self.campaign, self.session, self).exec()
        self.table.grid.setFocus()

    def set_status(self, status: Status) -> None:
        """Say how it stands with the marked members."""
        keys, by, session, word = self._marked(), self.session.by, self.session, _(status.value)

        def told(done: Changed) -> Told:
            said = ngettext("{count:,} member: {status}.", "{count:,} members: {status}.", done.records)
            return Told(said.format(count=done.records, status=word), done.unit or None)

        session.work(
            lambda progress: members.set_status(keys, status, by, progress.step), label=_("Status of the members"),
            told=told, cancelled=_("Stopped; nothing was changed."),
        )  # fmt: skip

    def _ask_status(self) -> None:
        from ui.lists.choose_dialog import ChooseDialog

        count = len(self._marked())
        who = ngettext("{count:,} member", "{count:,} members", count).format(count=count)
        dialog = ChooseDialog(
            "member_status", _("Status of {records}").format(records=who), _("Status"),
            [(each.value, _(each.value)) for each in Status], _("Set"),
            lambda status: _("{records}: {status}.").format(records=who, status=_(status)),
            first=_("Choose how it stands with them."), parent=self, station=self.session.station,
        )  # fmt: skip
        if dialog.exec():
            self.set_status(Status(dialog.chosen()))

    def remove(self) -> None:
        """Take the marked members out; they themselves stay."""
        keys, by = self._marked(), self.session.by
        becomes = _("{records} leave the campaign; the people stay. Undo brings them back.")
        if not keys or not previewed(self.table, "remove_marked", _("Take out"), _("Take out {records}"), becomes):
            return
        done = self.session.attempt(lambda: members.remove(keys, by))
        if done is not None and done.records:
            said = ngettext("{count:,} member taken out.", "{count:,} members taken out.", done.records)
            self.session.say_done(said.format(count=done.records))

    def _mail(self) -> None:
        campaign = self.campaign.number if self.campaign is not None else None
        write_mail(self.session, self._whom(), self.window(), campaign=campaign)

    def _sms(self) -> None:
        campaign = self.campaign.number if self.campaign is not None else None
        send_sms(self.session, self._whom(), self.window(), campaign=campaign)

    def _letters(self) -> None:
        """Whoever gets one is *Written to* when it is noted on the timelines."""
        campaign = self.campaign.number if self.campaign is not None else None
        write_letters(self.session, self._whom(), self.window(), campaign=campaign)

    def _call(self) -> None:
        """Call through the leads among them; a contact is called out of its account."""
        whom = self._whom()
        keys = [key for record, key in whom if record is Lead]
        if not keys or self.campaign is None:
            self.session.notices.warn(_("There is no lead among them. A contact is called with F9 on its row."))
            return
        self.session.go_to("calling", Feed(self.campaign.caption(), keys))
        if others := len(whom) - len(keys):
            said = ngettext(
                "{count:,} contact is not in this round: F9 on its row calls it out of its account.",
                "{count:,} contacts are not in this round: F9 on their rows calls them out of their accounts.", others,
            )  # fmt: skip
            self.session.notices.say(said.format(count=others))

    def _go(self) -> None:
        if (held := self._member()) is not None:
            record, key = held.person
            self.session.go_to(record.about.target, key)

    def _dial(self) -> None:
        if (held := self._member()) is not None:
            record, key = held.person
            self.session.go_to("call_lead" if record is Lead else "call_contact", key)

    def _open_cell(self) -> None:
        index = self.table.grid.currentIndex()
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.table.grid.edit(index)
        else:
            self._go()
