"""Who is reached by a campaign: put in, taken out, and how it stands with each (VT-141).

Whoever sees a campaign and a person sees that they are a member; whoever may change the campaign changes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, Message, _, counted, ngettext
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead
from channergy_crm.records.campaigns import Status
from channergy_crm.services import reading, rights
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

PEOPLE: dict[type[Record], Any] = {Lead: CampaignMember.lead, Contact: CampaignMember.contact}
"""who can be a member, and the field that says so"""
CHUNK = 500
ONE_CAMPAIGN = 7_300_000_000
"""with the number of a campaign: the lock of whoever puts people into it"""


class Added(NamedTuple):
    """How many became members, how many had been it already, and the unit (0 when none did)."""

    records: int
    already: int
    unit: int


class Changed(NamedTuple):
    """How many members were changed, and by which unit (0 when none was)."""

    records: int
    unit: int


# ---------------------------------------------------------------- who is in it


def condition(campaign: int | None, by: str) -> Any:
    """The condition for the members of a campaign this operator is shown: nobody who was removed, and nobody whose
    lead or contact their role does not show.
    """
    rights.require(by, "see", Campaign)
    here = CampaignMember.campaign == (campaign if campaign is not None else -1)
    return here & shown(by)


def shown(by: str) -> Any:
    """The condition for the members of any campaign whose lead or contact this operator is shown."""
    rights.require(by, "see", Campaign)
    removed = Lead.select(peewee.SQL("1")).where((Lead.number == CampaignMember.lead) & Lead.removed)
    found = ~peewee.fn.EXISTS(removed)
    for record, field in PEOPLE.items():
        reached = rights.seen(record, by)
        if rights.may(by, "see", record) is not None:
            found &= field.is_null()
        elif reached is not None:
            found &= field.is_null() | field.in_(record.select(work.key_field(record)).where(reached))
    return found


def gather(campaign: int, by: str, keys: Sequence[int] | None = None) -> list[tuple[type[Record], object]]:
    """The people of a campaign by type and number, in the order they came in: whom a mail, an SMS, a letter or labels
    go to, or who is called. With `keys`, the numbers of members, only these.
    """
    _seen(campaign, by)
    asked: Any = CampaignMember.select(CampaignMember.lead, CampaignMember.contact)
    asked = asked.where(condition(campaign, by)).order_by(CampaignMember.number)
    found: list[tuple[type[Record], object]] = []
    for part in [None] if keys is None else _parts(keys):
        rows = asked if part is None else asked.where(CampaignMember.number.in_(part))
        found += [(Lead, lead) if lead is not None else (Contact, contact) for lead, contact in rows.tuples()]
    return found


def named(name: str, by: str) -> Campaign | None:
    """The campaign of that name, as a list of calls is called by it; None where there is none, or none is seen."""
    rights.require(by, "see", Campaign)
    return next(iter(rights.rows(Campaign, by).where(Campaign.name == name.strip()).limit(1)), None)


# ---------------------------------------------------------------- in and out


def add(campaign: int, record: type[Record], keys: Sequence[int], by: str, progress: Progress | None = None) -> Added:
    """Put leads or contacts into a campaign: marked ones, or all of a view. Who is in it already stays once; one step,
    taken back in one step.
    """
    held = _changeable(campaign, by)
    if record not in PEOPLE:
        raise Mistake(_("Only leads and contacts can be members of a campaign."))
    rights.require(by, "see", record)
    added = already = done = 0
    what = counted(record, len(keys))
    with work.unit("Add {records} to campaign {name}", by=by, records=what, name=held.caption()) as unit:
        bulk.alone(ONE_CAMPAIGN + campaign)
        for part in _parts(keys):
            reached = _reached(record, part, by)
            there = _there(campaign, record, reached)
            _put_in(unit, campaign, record, [key for key in reached if key not in there])
            added, already, done = added + len(reached) - len(there), already + len(there), done + len(part)
            if progress:
                progress(done, len(keys), _("Added to the campaign"))
    return Added(added, already, unit.number)


def put_in(campaign: int, record: type[Record], keys: Iterable[int]) -> int:
    """Within a unit that was asked for, such as an import: these are members from now on; how many became it."""
    unit, added = work.current(), 0
    for part in _parts(list(keys)):
        there = _there(campaign, record, part)
        fresh = [key for key in part if key not in there]
        _put_in(unit, campaign, record, fresh)
        added += len(fresh)
    return added


def _put_in(unit: work.Unit, campaign: int, record: type[Record], keys: Sequence[int]) -> None:
    if not keys:
        return
    planned, since = Status.PLANNED.value, clock.now()
    numbers = bulk.reserve(CampaignMember, len(keys))
    rows = [(number, campaign, key, planned, since, 1) for number, key in zip(numbers, keys, strict=True)]
    unit.insert_many(CampaignMember, ("number", "campaign", PEOPLE[record].name, "status", "since", "version"), rows)


def remove(numbers: Sequence[int], by: str, progress: Progress | None = None) -> Changed:
    """Take members out of their campaign; they themselves stay. Undo brings them back with how it stood."""
    rows = list(_loaded(numbers, by))
    if not rows:
        return Changed(0, 0)
    deed = _deed(N_("Take {records} out of campaign {name}"), rows)
    with work.unit(deed, by=by) as unit:
        for part in _parts([row.number for row in rows]):
            CampaignMember.delete().where(CampaignMember.number.in_(part)).execute()
            if progress:
                progress(len(part), len(rows), _("Taken out of the campaign"))
        for row in rows:
            unit.note(CampaignMember, row.number, "delete", before=dict(row.__data__))
    return Changed(len(rows), unit.number)


# ---------------------------------------------------------------- how it stands


def set_status(numbers: Sequence[int], status: str, by: str, progress: Progress | None = None) -> Changed:
    """Say how it stands with these members. Whoever responds does so today, unless a day stands there."""
    if status not in set(Status):
        raise Mistake(_("There is no such status of a member: {status}.").format(status=status), "status")
    rows = [row for row in _loaded(numbers, by) if row.status != status]
    if not rows:
        return Changed(0, 0)
    deed = _deed(N_("Status of {records} in {name}: {status}"), rows, status=_(Status(status).value))
    with work.unit(deed, by=by) as unit:
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            for row in part:
                become(row, status)
            unit.save_many(part)
            if progress:
                progress(start + len(part), len(rows), _("Status of the members"))
    return Changed(len(rows), unit.number)


def become(row: CampaignMember, status: str) -> None:
    """Change a member that is about to be saved."""
    row.status, row.since = status, clock.now()
    if status == Status.RESPONDED and row.responded_on is None:
        row.responded_on = clock.today()


def save(row: CampaignMember, by: str) -> CampaignMember:
    """Keep what was typed into a member: its status, when they responded, a note."""
    held = _changeable(row.campaign, by)
    if "status" in row.changes():
        become(row, row.status)
    elif row.responded_on is not None and "responded_on" in row.changes():
        become(row, Status.RESPONDED.value)
    with work.unit("Save {name} in campaign {campaign}", by=by, name=row.caption(), campaign=held.caption()):
        row.save()
    return row


# ---------------------------------------------------------------- parts of it


def _deed(text: str, rows: Sequence[CampaignMember], **said: object) -> Message:
    """What is done with these members, as a sentence: how many, and of which campaign."""
    who = ngettext("{count:,} member", "{count:,} members", len(rows)).format(count=len(rows))
    held = Campaign.find(rows[0].__data__["campaign"])
    return Message(text, {"records": who, "name": held.caption() if held is not None else "", **said})


def _loaded(numbers: Sequence[int], by: str) -> Iterator[CampaignMember]:
    """These members, in the order everybody takes hold of them; of one campaign they may change."""
    rights.require(by, "edit", Campaign)
    asked = set[int]()
    for part in _parts(sorted(numbers)):
        for row in CampaignMember.select().where(CampaignMember.number.in_(part)).order_by(CampaignMember.number):
            campaign = int(row.__data__["campaign"])
            if campaign not in asked:
                _changeable(campaign, by)
                asked.add(campaign)
            yield row


def _seen(campaign: int, by: str) -> Campaign:
    rights.require(by, "see", Campaign)
    held = reading.find(Campaign, campaign, by)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=Campaign.singular, number=campaign))
    return held


def _changeable(campaign: int, by: str) -> Campaign:
    rights.require(by, "edit", Campaign)
    held = _seen(campaign, by)
    rights.require(by, "edit", held)
    return held


def _reached(record: type[Record], keys: Sequence[int], by: str) -> list[int]:
    """Those of these that are there, not removed, and shown to whoever puts them in."""
    key = work.key_field(record)
    fits = key.in_(list(keys))
    if record is Lead:
        fits &= ~Lead.removed
    found = set(rights.rows(record, by, key).where(fits).tuples())
    return [each for each in keys if (each,) in found]


def _there(campaign: int, record: type[Record], keys: Sequence[int]) -> set[int]:
    field = PEOPLE[record]
    held: Any = CampaignMember.select(field).where((CampaignMember.campaign == campaign) & field.in_(list(keys)))
    return {row[0] for row in held.tuples()}


def _parts(keys: Sequence[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield list(dict.fromkeys(keys[start : start + CHUNK]))
