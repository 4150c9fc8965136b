"""Calls to whoever it is: how a call to a lead, an account, a contact or a customer is noted, and what follows (BX-1).

A lead keeps its tries and its next reminder itself; for the others the call log counts, and a task reminds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, CallRule, Contact, Customer, Lead, PhoneCall
from channergy_crm.records.call_log import zone_of
from channergy_crm.records.calls import Meaning
from channergy_crm.services import accounts, call_log, calls, gate, rights, saving, tasks, team_notices
from channergy_crm.services.calls import Proposal, Tried

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.records import Opportunity
    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call, Result


def tried(record: Called, result: Result | None, by: str) -> Tried:
    """What this call counts as; for all but leads the tries since somebody was reached, and this one."""
    if isinstance(record, Lead):
        return calls.tried(record, result, by)
    known = calls.results(by)
    usual = next((each for each in known if each.meaning == Meaning.NO_ANSWER and each.most_tries), None)
    made = PhoneCall.select().where(PhoneCall.concerning(record) & (PhoneCall.code != ""))
    reached = made.where(PhoneCall.reached).order_by(PhoneCall.started.desc()).first()
    number = made.where(PhoneCall.started > reached.started).count() if reached is not None else made.count()
    rule = result or usual
    return Tried("", number + 1, rule.most_tries if rule else None)


def proposed_try(result: Result, record: Called, now: datetime, by: str) -> Proposal:
    """When the rule of this result says to try again: never outside the hours in which one calls, where they live."""
    if isinstance(record, Lead):
        return calls.proposed_try(result, record, now, by)
    rights.require(by, "choose", CallRule)
    if over := calls.nothing_more(result, tried(record, result, by)):
        return Proposal(None, over)
    if result.delay is None:
        return Proposal(None)
    return Proposal(calls.by_rule(result, record, zone_of(record), now))


def write(record: Called, call: Call, by: str, about: Opportunity | None = None) -> Called:
    """Write down how a call went, in one unit that is taken back in one step (BX-7).

    A lead keeps all of it. For the others there is a row of the call log, and where it is to be tried again a task for
    whoever called, which comes up as their reminder; `about` is the opportunity that was spoken of.
    """
    if isinstance(record, Lead):
        return calls.write_call(record, call, by)
    rights.require(by, "dial", record)
    result = next((each for each in calls.results(by) if each.code == call.code), None)
    if result is None:
        raise Mistake(_("That result is not offered any more; choose another one."))
    deed = N_("Note the call to {name}: {result}")
    with work.unit(deed, by=by, name=record.caption(), result=result.label):
        call_log.write(record, call.line, by, code=result.code, note=call.note, reached=result.reached, about=about)
        if call.next_try is not None:
            _remind(record, call, by, call.next_try, about)
        if result.meaning == Meaning.DO_NOT_CALL:
            _forbid(record, result, by)
        if result.meaning == Meaning.WON and about is not None:
            team_notices.sale(about, by)
    return record


def _remind(record: Called, call: Call, by: str, at: datetime, about: Opportunity | None) -> None:
    """A task to call again."""
    account = record if isinstance(record, Account) else None
    if isinstance(record, (Contact, Customer)):
        customer = record.customer if isinstance(record, Contact) else record.key
        account = Account.select().where(Account.customer == customer).first() if customer else None
    task = accounts.start_task(by, account=account, opportunity=about)
    task.action = _("Call {name}").format(name=record.caption())
    task.reminder_date, task.reminder_time = at.date(), at.time().replace(second=0, microsecond=0)
    task.notes = call.note.strip()
    tasks.save(task, by)


def _forbid(record: Called, result: Result, by: str) -> None:
    """They asked not to be called: it stands with them, and their numbers stand on the register (BX-6)."""
    holder = Customer.find(record.customer) if isinstance(record, Account) and record.customer else record
    if isinstance(holder, (Contact, Customer)) and rights.may(by, "edit", holder) is None:
        holder.do_not_call = True
        saving.save(holder, by)
    gate.put_on_register(record, _("{result}, {day}").format(result=result.label, day=f"{clock.today():%Y-%m-%d}"), by)
