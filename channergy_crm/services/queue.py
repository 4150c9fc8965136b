"""Calling through a list: who may be called now, who is left out and why, and who has taken whom (BX-4, BX-46)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import N_
from channergy_crm.records import Lead, Operator, PhoneCall
from channergy_crm.records.call_log import ClaimRow, DialRow, Direction
from channergy_crm.records.calls import ENDING, Meaning, rules
from channergy_crm.records.preferences import Absence
from channergy_crm.services import gate, office, register, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import CALL_BACK_WAIT, COOL_DOWN, POOL, WHEN_GIVEN
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.store.seconds import now as this_second

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.records import CallRule

HELD_FOR = 900
"""seconds a lead stays taken; the window that has it renews that"""
START_OF_DAY = time(0)
MOST_DUE, LONGEST_LIST = 50, 80


class LeftOut(StrEnum):
    """Why somebody is not called now."""

    GONE = N_("no longer in the list")
    NO_NUMBER = N_("no phone number")
    DO_NOT_CALL = N_("Do Not Call")
    CLOSED = N_("closed")
    TRIES = N_("tries used up")
    PROMISED = N_("promised for later")
    COLLEAGUE = N_("promised by a colleague")
    TAKEN = N_("with a colleague just now")
    JUST_CALLED = N_("just called")
    HOURS = N_("outside their hours")
    OFTEN = N_("called too often today")
    FULL = N_("their list is full for today")
    SKIPPED = N_("skipped")


FOR_NOW = frozenset(
    {LeftOut.PROMISED, LeftOut.COLLEAGUE, LeftOut.TAKEN, LeftOut.JUST_CALLED, LeftOut.HOURS, LeftOut.OFTEN}
)
"""who is left out for these comes later, perhaps today"""

BARRED = {
    "do_not_call": LeftOut.DO_NOT_CALL, "register": LeftOut.DO_NOT_CALL, "hours": LeftOut.HOURS,
    "often": LeftOut.OFTEN,
}  # fmt: skip


class Standing(NamedTuple):
    """How one lead stands in a queue: why it is left out (None when it may be called), and whether it is due."""

    key: int
    lead: Lead | None
    left_out: LeftOut | None
    due: bool = False


class Limits(NamedTuple):
    """What a list of its own asks: so many tries at the most, so many minutes until the next one, and so many calls a
    day, by everybody together (BX-46).
    """

    most_tries: int | None = None
    cool_down: int | None = None
    most_a_day: int | None = None


def standings(
    keys: Sequence[int], by: str, holder: str, *, at: datetime | None = None, limits: Limits = Limits()
) -> list[Standing]:
    """How these leads stand, a few hundred at most, in the order in which they are given.

    `holder` is the window that asks: what it has taken itself is not with a colleague.
    """
    rights.require(by, "see", Lead)
    moment = at or clock.now()
    query = rights.rows(Lead, by).where(Lead.number.in_(list(keys)) & Lead.working())
    leads = {lead.number: lead for lead in query}
    pause = limits.cool_down if limits.cool_down is not None else office.whole(COOL_DOWN, Program.ITSELF)
    wait = timedelta(minutes=office.whole(CALL_BACK_WAIT, Program.ITSELF))
    asked = _Asked(
        by, moment, limits.most_tries, timedelta(minutes=pause), wait,
        _taken(leads, holder), _dialed(leads), _away(leads, moment),
    )  # fmt: skip
    found = [_standing(key, leads.get(key), asked) for key in keys]
    barred = _barred([each.lead for each in found if each.lead is not None and each.left_out is None], by, moment)
    return [each._replace(left_out=barred.get(each.key, each.left_out)) for each in found]


class _Asked(NamedTuple):
    """What is known of all of them before they are looked at one by one: not again within `pause`, what was promised
    is anyone's after `wait`."""

    by: str
    now: datetime
    most_tries: int | None
    pause: timedelta
    wait: timedelta
    taken: frozenset[int]
    dialed: Mapping[int, datetime]
    away: frozenset[str]


def _standing(key: int, lead: Lead | None, asked: _Asked) -> Standing:
    if lead is None:
        return Standing(key, None, LeftOut.GONE)
    at = promised(lead)
    due = at is not None and at <= asked.now
    return Standing(key, lead, _why_not(lead, asked, due=due), due)


def _why_not(lead: Lead, asked: _Asked, *, due: bool) -> LeftOut | None:  # noqa: PLR0911
    rule = next((rule for rule in rules() if rule.code == lead.call_code), None)
    if not (lead.phone or lead.other_phone or lead.more_phones):
        return LeftOut.NO_NUMBER
    if rule is not None and rule.meaning == Meaning.DO_NOT_CALL:
        return LeftOut.DO_NOT_CALL
    if lead.number in asked.taken:
        return LeftOut.TAKEN
    at = promised(lead)
    if at is not None and not due:
        return LeftOut.PROMISED
    if at is not None and lead.promised_by not in (None, asked.by, *asked.away) and asked.now - at < asked.wait:
        return LeftOut.COLLEAGUE  # until they let it pass for so long that anyone does it (BX-44)
    if not due and rule is not None:
        if rule.meaning in ENDING:
            return LeftOut.CLOSED
        if _used_up(lead, rule, asked.most_tries):
            return LeftOut.TRIES
    return _just_called(lead, at, asked)


def _just_called(lead: Lead, at: datetime | None, asked: _Asked) -> LeftOut | None:
    """Not again within the hour, unless a time was agreed in the last call that has come."""
    last = asked.dialed.get(lead.number)
    if last is None or asked.now - last >= asked.pause or (at is not None and at > last):
        return None
    return LeftOut.JUST_CALLED


def _used_up(lead: Lead, rule: CallRule, most: int | None) -> bool:
    most = most if most is not None else rule.most_tries
    tries = lead.call_try or ""
    return bool(most) and tries.isdecimal() and int(tries) >= int(most or 0)


def due(by: str, *, at: datetime | None = None, limit: int = MOST_DUE, project: int | None = None) -> list[int]:
    """The leads in the lists of this operator that are to be called again by now, the longest promised first; with a
    project those that belong to it.
    """
    rights.require(by, "see", Lead)
    moment = at or clock.now()
    today = (Lead.reminder_date == moment.date()) & (
        Lead.reminder_time.is_null() | (Lead.reminder_time <= moment.time())
    )
    query = Lead.select(Lead.number).where(
        rights.visible(Lead, by, project) & Lead.working() & ((Lead.reminder_date < moment.date()) | today)
    )
    # in the words of the index over what is promised, so that the first of a million are read out of it
    order = (Lead.reminder_date.is_null(), Lead.reminder_date, Lead.reminder_time.is_null(), Lead.reminder_time)
    return list(query.order_by(*order).limit(limit).scalars())


def promised(lead: Lead) -> datetime | None:
    """When this lead is to be called again, on the office's clock; a day without a time is promised from its start."""
    if lead.reminder_date is None:
        return None
    return datetime.combine(lead.reminder_date, lead.reminder_time or START_OF_DAY)


def _taken(leads: Mapping[int, Lead], holder: str) -> frozenset[int]:
    """Whom another window has, also by the number they share: two operators never get the same one (C22)."""
    others = (ClaimRow.holder != holder) & (ClaimRow.until > this_second())
    held = set(ClaimRow.select(ClaimRow.lead).where(others).scalars())  # one for each window
    numbers = {_key(lead) for lead in Lead.select().where(Lead.number.in_(list(held)))} - {""} if held else set()
    return frozenset(key for key, lead in leads.items() if key in held or (numbers and _key(lead) in numbers))


def _key(lead: Lead) -> str:
    return register.key(gate.first_number(lead))


def _dialed(leads: Mapping[int, Lead]) -> dict[int, datetime]:
    """When each of them was dialed last."""
    latest = peewee.fn.MAX(DialRow.dialed)
    query: Any = DialRow.select(DialRow.lead, latest).where(DialRow.lead.in_(list(leads))).group_by(DialRow.lead)
    rows: Any = query.tuples()
    return {lead: datetime.fromisoformat(at) if isinstance(at, str) else at for lead, at in rows}


def _away(leads: Mapping[int, Lead], moment: datetime) -> frozenset[str]:
    """Which of those who promised to call are away today, or work here no more."""
    whose = {lead.promised_by for lead in leads.values() if lead.promised_by}
    if not whose:
        return frozenset()
    absent = (Absence.first <= moment.date()) & (Absence.last >= moment.date()) & Absence.operator.in_(whose)
    retired = Operator.select(Operator.id).where(Operator.id.in_(whose) & ~Operator.active).scalars()
    return frozenset(row.operator for row in Absence.select().where(absent)) | frozenset(retired)


def _barred(leads: Sequence[Lead], by: str, moment: datetime) -> dict[int, LeftOut]:
    """Who must not be called now, by the rules of the office."""
    return {key: BARRED[each.kind] for key, each in gate.barred_many(leads, by, moment).items()} if leads else {}


# ---------------------------------------------------------------- who has whom


def untaken(keys: Sequence[int], by: str, holder: str) -> list[int]:
    """Those of these leads no other window has just now; whether they may be called is looked at as they are taken."""
    rights.require(by, "see", Lead)
    others = (ClaimRow.holder != holder) & (ClaimRow.until > this_second())
    taken = set(ClaimRow.select(ClaimRow.lead).where(ClaimRow.lead.in_(list(keys)) & others).scalars())
    return [key for key in keys if key not in taken]


def is_full(list_name: str, most: int | None, by: str, *, more: int = 1) -> bool:
    """Whether so many calls a day were made out of this list by now, or are being made, that no more may be begun.

    `more` are those of them that are just begun by who asks.
    """
    rights.require(by, "dial")
    if most is None:
        return False
    today, list_name = datetime.combine(clock.now().date(), START_OF_DAY), list_name[:LONGEST_LIST]
    made = PhoneCall.select().where(
        (PhoneCall.started >= today) & (PhoneCall.list_name == list_name) & (PhoneCall.direction == Direction.OUT.value)
    )
    begun = ClaimRow.select().where((ClaimRow.list_name == list_name) & (ClaimRow.until > this_second()))
    return made.count() + begun.count() + more > most


def claim(
    key: int, by: str, holder: str, *, limits: Limits = Limits(), list_name: str = "", this_one: bool = False
) -> Standing:
    """Take a lead for this window: nobody else gets it until it is given back, or 15 minutes are over.

    The lead as it is stored now; left out when somebody else has it, or it is nobody's to call any more, or its list
    is full for today, unless somebody chose this very one (`this_one`).
    """
    rights.require(by, "dial")
    until = peewee.Expression(this_second(), "+", HELD_FOR)
    with database.writing(), translated():
        wanted = {ClaimRow.by: by, ClaimRow.holder: holder, ClaimRow.until: until,
                  ClaimRow.list_name: list_name[:LONGEST_LIST]}  # fmt: skip
        free = (ClaimRow.until <= this_second()) | (ClaimRow.holder == holder)
        taking = ClaimRow.insert({ClaimRow.lead: key, **wanted}).on_conflict(
            conflict_target=[ClaimRow.lead], update=wanted, where=free
        )
        taken = taking.as_rowcount().execute()
    if not taken:
        return Standing(key, None, LeftOut.TAKEN)
    standing = standings([key], by, holder, limits=limits)[0]
    if not this_one and is_full(list_name, limits.most_a_day, by, more=0):  # it is among those begun
        standing = standing._replace(left_out=standing.left_out or LeftOut.FULL)
    if standing.left_out is not None:
        release(by, holder, key)
        return standing
    return standing._replace(lead=_handed_out(standing.lead, by))


def _handed_out(lead: Lead | None, by: str) -> Lead | None:
    """A lead out of a pool belongs to whoever it is handed to, where the office wants it so (BX-47)."""
    if lead is None or office.get(POOL, Program.ITSELF) != WHEN_GIVEN:
        return lead
    held = Operator.find(lead.owner)
    if held is None or not held.group:
        return lead
    from channergy_crm.services import leads

    lead.owner = by
    return leads.save(lead, by)


def renew(by: str, holder: str) -> None:
    """This window still has what it has taken."""
    rights.require(by, "dial")
    until = peewee.Expression(this_second(), "+", HELD_FOR)
    with database.writing(), translated():
        ClaimRow.update(until=until).where(ClaimRow.holder == holder).execute()


def release(by: str, holder: str, key: int | None = None) -> None:
    """Give back a lead, or all this window has taken; what nobody has renewed goes with it."""
    rights.require(by, "dial")
    theirs = ClaimRow.holder == holder
    with database.writing(), translated():
        given = theirs if key is None else theirs & (ClaimRow.lead == key)
        ClaimRow.delete().where(given | (ClaimRow.until <= this_second())).execute()
