"""*Add to campaign…*: the marked rows of a list, or all that its view and its filter show (VT-141)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, counted, ngettext
from channergy_crm.records import Campaign
from channergy_crm.services.campaigns import members
from channergy_crm.text.folding import fold
from ui.screen import Command
from ui.session.allowed import refused
from ui.session.beside import Told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.campaigns.members import Added
    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session


def offer_campaign(table: RecordTable, session: Session) -> None:
    """Give a list of people *Add to campaign…*."""
    if table.record in members.PEOPLE:
        run = partial(ask, session=session)
        table.add_command(Command("add_to_campaign", N_("Add to campaign…"), run, "campaign"))


def ask(table: RecordTable, session: Session) -> None:
    """Ask for the campaign, known or new, and whether all of the list is meant; then put them in."""
    from ui.lists.choose_dialog import ChooseDialog

    if why_not := refused(session, "edit_cell", Campaign):
        session.notices.warn(why_not)
        return
    every, marked = table.model.parts.records, table.marked() or [key for key in [table.current()] if key is not None]
    if not every:
        session.notices.warn(_("Nobody is in this list. Choose another view, or clear the filter."))
        return
    from channergy_crm.services.campaigns import keeping

    held = session.attempt(lambda: keeping.offered(session.by)) or []
    known = {fold(row.name or ""): row for row in held}
    what = counted(table.called, len(marked))

    def say(name: str) -> str:
        if fold(name) in known:
            return _("{records} become members of “{campaign}”. Who is in it already stays once.").format(
                records=what, campaign=name
            )
        return _("{records} become members of “{campaign}”. This campaign is begun.").format(
            records=what, campaign=name
        )

    dialog = ChooseDialog(
        "add_to_campaign", _("Add {records} to a campaign").format(records=what), _("Campaign"),
        [(row.name, row.name) for row in held], _("Add"), say, new=True,
        option=_("All {records} of the list").format(records=counted(table.called, every)),
        first=_("Choose a campaign, or type the name of a new one."), parent=table, station=session.station,
        wrong=lambda name: Campaign.kind("name").check(name) or "",
    )  # fmt: skip
    if not dialog.exec():
        return
    keys = all_of(table) if dialog.ticked() else marked
    campaign = known.get(fold(dialog.chosen())) or session.attempt(lambda: _begun(dialog.chosen(), session.by))
    if campaign is not None:
        put_in(session, campaign, table.record, keys)


def all_of(table: RecordTable) -> list[Any]:
    """The numbers of all that a list shows."""
    return [key for key in table.model.keys(0, table.model.rowCount()) if key is not None]


def _begun(name: str, by: str) -> Campaign:
    from channergy_crm.services.campaigns import keeping

    held = keeping.start(by)
    held.name = name
    return keeping.save(held, by)


def put_in(session: Session, campaign: Campaign, record: type[Record], keys: Sequence[Any]) -> None:
    """Make them members, beside the window, and say how many had been it already."""
    number, by, name = campaign.number, session.by, campaign.caption()

    def told(done: Added) -> Told:
        said = _("{records} added to {campaign}.").format(records=counted(record, done.records), campaign=name)
        if done.already:
            were = ngettext("{count:,} was in it already.", "{count:,} were in it already.", done.already)
            said = _("{added} {already}").format(added=said, already=were.format(count=done.already))
        show = (_("Open"), partial(session.go_to, "campaign_members", number))
        return Told(said, done.unit or None, action=show)

    session.work(
        lambda progress: members.add(number, record, keys, by, progress.step),
        label=_("Adding {records} to a campaign").format(records=counted(record, len(keys))), told=told,
        cancelled=_("Stopped; nothing was changed."),
    )  # fmt: skip
