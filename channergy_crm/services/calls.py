"""Calls: a number is handed to the telephone, and how the call went is written down (BX-1, BX-2)."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records import CallRule, Lead, Operator
from channergy_crm.records.calls import ENDING, SPOKEN, Meaning, rules
from channergy_crm.records.lookups import choices
from channergy_crm.services import call_log, calling_hours, gate, leads, office, retrying, rights, saving, team_notices
from channergy_crm.services.call_log import Line
from channergy_crm.services.campaigns import becoming
from channergy_crm.settings import POOL, WHEN_REACHED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.dialing import Bridge, Clipboard, Dialed
    from channergy_crm.records.call_log import Called
    from channergy_crm.work.record import Record

MOST_IN_BLOCK = 9
MOST_SHOWN = 10
"""tries in a preview"""
CODES, TRIES = ("CRMLeads", "CallCode"), ("CRMLeads", "CallTry")
"""the lists of the office"""


def dial(
    text: str, by: str, *, bridge: Bridge, clipboard: Clipboard | None = None, record: Record | None = None,
    override: str = "", noted: bool = True,
) -> Dialed:  # fmt: skip
    """Dial the number in this text for this lead, contact, account or customer (CH-45, CH-70, CH-83).

    `NotCalled` when the gate refuses it (BX-5, BX-6, BX-43). With `override`, a reason, it is dialed all the same for
    who may do so, and stands in the call log with it. While the server is gone nobody can be asked: a number somebody
    sees, which they were allowed to, is dialed all the same. Where no result will be `noted` the call log says at once
    that it was dialed (BX-7).
    """
    from channergy_crm import dialing  # wanted when somebody dials, not to say who must not be called

    logged = None
    with suppress(Surroundings):
        rights.require(by, "dial")
        held = gate.barred(text, by, record=record)
        if held is not None and not (held.may_override and override.strip()):
            raise gate.NotCalled(held)
        logged = call_log.write_override(text, override, by, record, bridge.name) if held is not None else None
    dialed = dialing.dial(text, region=office.region(), bridge=bridge, clipboard=clipboard)
    with suppress(Surroundings):
        gate.note(text, by, record if isinstance(record, Lead) else None)
        if dialed.sent and not noted and logged is None:
            logged = call_log.write_dialed(text, by, record, bridge.name)
    return replace(dialed, logged=logged)


def refused(text: str, by: str) -> str:
    """Why the number in this text is never dialed: somebody who has it asked for it, or the register says so (BX-6).

    "" when it may be; hours do not count here.
    """
    rights.require(by, "dial")
    return gate.refusal(text, by)


def forbidden(lead: Lead) -> str:
    """The result by which this one is not to be called any more, such as “Do Not Call”; "" when none was noted."""
    return gate.forbidden(lead)


# ---------------------------------------------------------------- what a call can come to


@dataclass(frozen=True)
class Result:
    """One way a call can end: its code and name, its digit (0: under “other”), and what follows from it."""

    code: str
    label: str
    digit: int
    meaning: Meaning
    status: str
    delay: int | None
    most_tries: int | None
    exhausted: str = ""
    other_part: bool = False
    weekdays: bool = False
    next_number: bool = False

    @property
    def reached(self) -> bool:
        """Whether somebody was spoken to."""
        return self.meaning in SPOKEN


def results(by: str) -> list[Result]:
    """Every result somebody may choose: those with a digit by their digits, then the others in their order (BX-2).

    A code of the office without a rule stands under “other” and means that somebody was reached.
    """
    rights.require(by, "choose", CallRule)
    known = {rule.code: rule for rule in rules()}
    offered = {choice.value: choice for choice in choices(*CODES) if not choice.retired}
    reached = next((rule.status for rule in rules() if rule.meaning == Meaning.REACHED), "")
    found, taken = [], set[int]()
    for code in [*(code for code in known if code in offered), *(code for code in offered if code not in known)]:
        rule = known.get(code) or CallRule(code=code, meaning=Meaning.REACHED.value, status=reached)
        digit = rule.digit if rule.digit and rule.digit not in taken else 0
        taken.add(digit)
        found.append(
            Result(
                code,
                offered[code].description,
                digit,
                Meaning(rule.meaning),
                rule.status,
                rule.delay,
                rule.most_tries,
                rule.exhausted or "",
                bool(rule.other_part),
                bool(rule.weekdays),
                bool(rule.next_number),
            )
        )
    return sorted(found, key=lambda result: result.digit or MOST_IN_BLOCK + 1)


class Tried(NamedTuple):
    """How often a lead will have been called with this call: the value of Call Try, the number, and of how many."""

    value: str
    number: int
    most: int | None


def tried(lead: Lead, result: Result | None, by: str) -> Tried:
    """What this call counts as. Without a result it is counted as the last one would be, or as nobody answering."""
    known = results(by)
    last = next((each for each in known if each.code == lead.call_code and each.most_tries), None)
    usual = next((each for each in known if each.meaning == Meaning.NO_ANSWER and each.most_tries), None)
    rule = result or last or usual
    value = _next_value(lead.call_try or "")
    values = _values_of_tries()
    number = int(value) if value.isdecimal() else values.index(value) + 1 if value in values else 1
    return Tried(value, number, rule.most_tries if rule else None)


def _values_of_tries() -> list[str]:
    return [choice.value for choice in choices(*TRIES) if not choice.retired]


def _next_value(held: str) -> str:
    """The value that follows in the list of Call Try; the last one stays. A number goes on without a list as well."""
    values = _values_of_tries()
    if held in values:
        return values[min(values.index(held) + 1, len(values) - 1)]
    if held.isdecimal():
        return str(int(held) + 1) if not values else held
    first = values[1:2] if values[:1] == ["0"] else values[:1]
    return next(iter(first), "1")


class Proposal(NamedTuple):
    """When to try again, or why nothing is proposed."""

    at: datetime | None
    why: str = ""


def proposed_try(result: Result, lead: Lead, now: datetime, by: str) -> Proposal:
    """When the rule of this result says to try again: never outside the hours in which one calls, where they live."""
    if over := nothing_more(result, tried(lead, result, by)):
        return Proposal(None, over)
    if result.delay is None:
        return Proposal(_promised(lead, now))
    return Proposal(by_rule(result, lead, lead.time_zone or "", now))


def nothing_more(result: Result, this: Tried) -> str:
    """Why nobody is tried again after this result; "" when they may be."""
    if result.meaning in ENDING:
        return _("Nothing more is planned.")
    if this.most and this.number >= this.most:
        return _("That was try {number} of {most}.").format(number=this.number, most=this.most)
    return ""


def by_rule(result: Result, record: Called, zone: str, now: datetime) -> datetime:
    """When the rule of this result says to try them again: never while nobody is called where they live."""
    at = _by_rule(result, zone, now, retrying.tried_parts(record, zone, now))
    return calling_hours.open_from(calling_hours.place(record.phone, record), at)


def _by_rule(result: Result, zone: str, now: datetime, tried_parts: Mapping[str, int]) -> datetime:
    """When the rule says to try again, by the parts of the day that were tried (BX-42)."""
    moment = retrying.full(now + timedelta(minutes=result.delay or 0))
    if result.weekdays:
        moment = retrying.on_a_working_day(moment, zone)
    if result.other_part:
        return retrying.in_another_part(moment, zone, tried_parts, weekdays=result.weekdays)
    return moment


class Preview(NamedTuple):
    """What a rule would do: which try of how many comes when; None for no more, and the status it brings then."""

    number: int
    most: int | None
    at: datetime | None
    status: str = ""


def preview(result: Result, now: datetime, by: str) -> list[Preview]:
    """What this rule would do with a lead whose first try is made now, and every later one when it is due (BX-3)."""
    rights.require(by, "choose", CallRule)
    if result.meaning in ENDING or result.delay is None:
        return [Preview(1, result.most_tries, None, result.status)]
    found: list[Preview] = []
    parts = Counter({retrying.part_of(now): 1})
    for number in range(2, min(result.most_tries or MOST_SHOWN, MOST_SHOWN) + 1):
        now = calling_hours.open_from(calling_hours.at_home(), _by_rule(result, "", now, parts))
        parts[retrying.part_of(now)] += 1
        found.append(Preview(number, result.most_tries, now))
    if result.most_tries and result.most_tries <= MOST_SHOWN:
        found.append(Preview(result.most_tries, result.most_tries, None, result.exhausted or result.status))
    return found


def _promised(lead: Lead, now: datetime) -> datetime | None:
    """A reminder that is still to come stays."""
    if lead.reminder_date is None:
        return None
    at = datetime.combine(lead.reminder_date, lead.reminder_time or time(9))
    return at if at > now else None


# ---------------------------------------------------------------- writing it down


class Call(NamedTuple):
    """How a call went, as somebody has just noted it; `next_try` on the office's clock, None for none.

    A call that `counts` is one more try of the lead; another number of the same person, dialed at once, is none
    (BX-41). With `anyone` whoever is free calls back, otherwise who promised it (BX-44). Where none was `made`, because
    somebody asked for that otherwise, none stands in the call log.
    """

    code: str
    note: str = ""
    next_try: datetime | None = None
    line: Line = Line()
    counts: bool = True
    anyone: bool = False
    made: bool = True


def write_call(lead: Lead, call: Call, by: str) -> Lead:
    """Write down how a call to this lead went, with what was typed into it: one unit, taken back in one step (BX-2).

    `Clash` when somebody else has changed what was typed here too. The note is put below the notes there are by now.
    """
    rights.require(by, "create" if lead.is_new else "edit", lead)
    result = next((each for each in results(by) if each.code == call.code), None)
    if result is None:
        raise Mistake(_("That result is not offered any more; choose another one."))
    deed = N_("Note the call to {name}: {result}")
    with work.unit(deed, by=by, name=lead.caption(), result=result.label):
        if lead.is_new or lead.changes():
            leads.save(lead, by)
        held = Lead.find(lead.key)
        if held is None:
            raise Mistake(_("Lead {number} is not there any more.").format(number=lead.key))
        if held.removed and call.next_try:
            said = _("{name} was removed or converted: a next try would never come up. Choose None, or bring it back.")
            raise Mistake(said.format(name=held.caption()), "next_try")
        this = tried(held, result, by)
        held.call_date = clock.today() if call.made else held.call_date
        held.call_try = this.value if call.counts else held.call_try
        held.call_code = result.code
        held.call_status = _status(result, this, call) or held.call_status
        held.notes = _below(held.notes, call.note, result, by)
        held.reminder_date = call.next_try.date() if call.next_try else None
        held.reminder_time = call.next_try.time().replace(second=0, microsecond=0) if call.next_try else None
        _give(held, result, call, by)
        saving.save(held, by)
        if result.meaning == Meaning.DO_NOT_CALL:
            gate.put_on_register(held, result.label, by)
        if call.made:
            call_log.write(held, call.line, by, code=result.code, note=call.note, reached=result.reached)
            becoming.called(held, call.line.list_name, result.code)
        if result.meaning == Meaning.WON:
            team_notices.sale(held, by)
    return held


def _status(result: Result, this: Tried, call: Call) -> str:
    """The Call Status this result brings; after the last try the one that says so (BX-3)."""
    used_up = bool(this.most and this.number >= this.most and call.next_try is None)
    return result.exhausted or result.status if used_up else result.status


def _give(lead: Lead, result: Result, call: Call, by: str) -> None:
    """Whose the lead is from now on: one out of a pool is theirs who reached somebody; who promised calls back."""
    promised = call.next_try is not None and result.meaning == Meaning.CALL_BACK and not call.anyone
    lead.promised_by = by if promised else None
    if result.reached and not call.anyone and office.get(POOL, by) == WHEN_REACHED and _is_pool(lead.owner):
        lead.owner = by


def _is_pool(owner: str) -> bool:
    held = Operator.find(owner)
    return held is not None and held.group


def _below(notes: str, note: str, result: Result, by: str) -> str:
    """The notes with one more: when, who, how it went and what was said."""
    if not note.strip():
        return notes
    line = f"{clock.now():%Y-%m-%d %H:%M} {by} · {result.label}: {note.strip()}"
    return f"{notes.rstrip()}\n{line}" if notes.strip() else line


# ---------------------------------------------------------------- what the results mean


def entries(by: str) -> list[CallRule]:
    """The rule of every call code the office offers, also of one that has none yet, in the order of the call bar."""
    rights.require(by, "see", CallRule)
    held = {rule.code: rule for rule in CallRule.select()}
    return [
        held.get(each.code) or CallRule(code=each.code, digit=0, meaning=each.meaning.value, status=each.status)
        for each in results(by)
    ]


def save_rule(rule: CallRule, by: str) -> CallRule:
    """Keep what a result means. A digit belongs to one result: whichever had it goes under “other”."""
    rights.require(by, "edit", rule)
    with work.unit("Change what {name} means", by=by, name=rule.caption()):
        if rule.is_new and rule.sort is None:
            rule.sort = max((other.sort or 0 for other in CallRule.select()), default=-1) + 1
        rule.save()
        for other in CallRule.select().where((CallRule.digit == rule.digit) & (CallRule.number != rule.number)):
            if rule.digit:
                other.digit = 0
                other.save()
    return rule


def reorder(codes: list[str], by: str) -> None:
    """Put the results into this order: it is that of “other”."""
    rights.require(by, "edit", CallRule)
    held = {rule.code: rule for rule in CallRule.select()}
    with work.unit("Order the results of calls", by=by):
        for place, code in enumerate(codes):
            rule = held.get(code)
            if rule is not None and rule.sort != place:
                rule.sort = place
                rule.save()
