"""What happens to members by what happens elsewhere: a mail or a letter has gone or was answered, a call was noted, a
lead was converted (VT-141).

Nothing is guessed: that somebody was written to, called or has answered a mail is known; all else a person says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.language import ngettext
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead
from channergy_crm.records.campaigns import ANSWERED, Status
from channergy_crm.records.messages import BatchRow, MessageRow, State
from channergy_crm.services import rights
from channergy_crm.services.campaigns.members import CHUNK, PEOPLE, become
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.records import Opportunity
    from channergy_crm.work.record import Record

    Named = tuple[str, str]

WENT = (State.SENT.value, State.DELIVERED.value)
OPEN = [Status.PLANNED.value, Status.CALLED.value]
"""what a mail or a letter that has gone changes"""


def written_to(by: Program) -> int:
    """Whoever was sent a mail or an SMS of a campaign since their status was set was written to; how many that are.

    Asked after each round of sending; what was sent before the program was ended is found the next time.
    """
    rights.require(by, "edit", Campaign)
    asked: Any = BatchRow.select(BatchRow.campaign).where(BatchRow.campaign.is_null(False)).distinct()
    return sum(_written(campaign) for (campaign,) in list(asked.tuples()))


def _written(campaign: int) -> int:
    batches = BatchRow.select(BatchRow.key).where(BatchRow.campaign == campaign)
    numbers: list[int] = []
    for record, field in PEOPLE.items():
        waits = (CampaignMember.campaign == campaign) & CampaignMember.status.in_(OPEN)
        went = (
            MessageRow.batch.in_(batches) & (MessageRow.table == record._meta.table_name)
            & (MessageRow.key == field.cast("TEXT")) & MessageRow.state.in_(WENT)
            & (CampaignMember.since.is_null() | (MessageRow.changed >= CampaignMember.since))
        )  # fmt: skip
        rows: Any = CampaignMember.select(CampaignMember.number).join(MessageRow, on=went).where(waits).distinct()
        numbers += [number for (number,) in rows.tuples()]
    if not numbers:
        return 0
    held = Campaign.find(campaign)
    who = ngettext("{count:,} member", "{count:,} members", len(numbers)).format(count=len(numbers))
    name = held.caption() if held is not None else ""
    with work.unit("Written to {records} of campaign {name}", by=Program.ITSELF, records=who, name=name) as unit:
        for start in range(0, len(numbers), CHUNK):
            part = work.locked(CampaignMember, CampaignMember.number.in_(numbers[start : start + CHUNK]))
            rows = [row for row in part if row.status in OPEN]
            for row in rows:
                row.status, row.since = Status.WRITTEN.value, clock.now()
            unit.save_many(rows)
    return len(numbers)


def posted(campaign: int, people: Sequence[tuple[type[Record], object]]) -> None:
    """Within the unit in which letters are noted: those of these people who are in this campaign were written to.
    Whoever has answered stays as they are.
    """
    unit = work.current()
    for record, field in PEOPLE.items():
        keys = [key for kind, key in people if kind is record]
        for start in range(0, len(keys), CHUNK):
            those = field.in_(keys[start : start + CHUNK]) & (CampaignMember.campaign == campaign)
            rows = [row for row in work.locked(CampaignMember, those) if row.status in OPEN]
            for row in rows:
                row.status, row.since = Status.WRITTEN.value, clock.now()
            unit.save_many(rows)


def called(lead: Lead, list_name: str, code: str) -> None:
    """Within the unit in which a call is noted: who was called out of a campaign was called, with that result. Whoever
    has answered stays as they are.
    """
    if not list_name:
        return
    those = Campaign.select(Campaign.number).where(Campaign.name == list_name)
    here = (CampaignMember.lead == lead.number) & CampaignMember.campaign.in_(those)
    for row in list(CampaignMember.select().where(here)):
        row.result = code
        if row.status not in ANSWERED:
            row.status, row.since = Status.CALLED.value, clock.now()
        row.save()


def responded(message: int, to: Named, day: date) -> None:
    """Within the unit in which an answer to a mail of ours is filed with this record, by table and number: whoever that
    mail was sent to out of a campaign has responded on that day. Whoever has answered stays as they are.
    """
    sent = MessageRow.get_or_none(MessageRow.number == message)
    batch = BatchRow.get_or_none(BatchRow.key == sent.batch) if sent is not None else None
    if sent is None or batch is None or batch.campaign is None:
        return
    asked = dict.fromkeys([(sent.table, sent.key), to])
    row = next((held for each in asked if (held := _member(batch.campaign, *each)) is not None), None)
    if row is not None and row.status not in ANSWERED:
        row.responded_on = row.responded_on or min(day, clock.today())
        become(row, Status.RESPONDED.value)
        row.save()


def _member(campaign: int, table: str, key: str) -> CampaignMember | None:
    """Who of a campaign a record is; a lead that was converted meanwhile is the contact it became."""
    field = next((field for record, field in PEOPLE.items() if record._meta.table_name == table), None)
    if field is None or not key.isdecimal():
        return None
    here = CampaignMember.campaign == campaign
    held = work.locked(CampaignMember, here & (field == int(key)))
    if not held and field is CampaignMember.lead:
        customer = Lead.select(Lead.customer).where((Lead.number == int(key)) & Lead.converted)
        contacts = Contact.select(Contact.number).where(Contact.customer.in_(customer))
        held = work.locked(CampaignMember, here & CampaignMember.contact.in_(contacts))
    return held[0] if len(held) == 1 else None


def converted(lead: Lead, contact: Contact | None, deal: Opportunity) -> None:
    """Within the unit in which a lead is converted: it is its contact who is a member now, and the deal comes from the
    campaign it was in. Of several it is the one it responded to last; where that is none, nobody guesses.
    """
    rows = list(CampaignMember.select().where(CampaignMember.lead == lead.number).order_by(CampaignMember.number))
    if not rows:
        return
    answered = [row for row in rows if row.status == Status.RESPONDED]
    from_there = rows[0] if len(rows) == 1 else max(answered, key=lambda row: row.since or clock.now(), default=None)
    if from_there is not None and deal.__data__.get("campaign") is None:
        deal.campaign = from_there.__data__["campaign"]
        deal.save()
    if contact is None:
        return
    there = set(
        CampaignMember.select(CampaignMember.campaign).where(CampaignMember.contact == contact.number).scalars()
    )
    for row in rows:
        if row.__data__["campaign"] in there:
            row.delete_instance()
            continue
        row.lead, row.contact = None, contact.number
        row.save()


def unite(kept: Lead | Contact, others: Sequence[object]) -> None:
    """Within a unit: people who have become one are members once, and it stands with them as with who was farthest."""
    field = PEOPLE[type(kept)]
    order = {each.value: place for place, each in enumerate(Status)}
    rows = list(CampaignMember.select().where(field.in_([kept.key, *others])).order_by(CampaignMember.number))
    for row in (row for row in rows if row.__data__[field.name] == kept.key):
        same = [each for each in rows if each.__data__["campaign"] == row.__data__["campaign"]]
        best = max(same, key=lambda each: (order.get(each.status, -1), each is row))
        if best is not row:
            for name in ("status", "since", "responded_on", "result"):
                setattr(row, name, getattr(best, name))
            row.note = row.note or best.note
            row.save()
