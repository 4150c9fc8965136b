"""Handing over: everything of somebody who leaves goes to one or several others, in turn or by share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import access, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Opportunity, Task
from channergy_crm.records.operators import Operator
from channergy_crm.services import bulk_changes, operators, rights
from channergy_crm.work.record import assigning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

Dealt = dict[object, str]
"""who gets each record, by its number"""


class Share(NamedTuple):
    """What one of them would get: how many records of which type."""

    record: type[Record]
    owner: str
    records: int


def plan(id: str, shares: Mapping[str, int], by: str) -> list[Share]:
    """What would go to whom; nothing is changed."""
    rights.require(by, "administer")
    _require(id, shares)
    return [
        Share(record, owner, sum(each == owner for each in dealt.values()))
        for record, dealt in _deal(id, shares).items() for owner in shares
    ]  # fmt: skip


def hand_over(
    id: str, shares: Mapping[str, int], by: str, *, retire: bool = False, progress: Progress | None = None
) -> bulk_changes.Changed:
    """Do it, as one unit that undo takes back; `retire` takes the operator out of the office as well.

    The opportunities and tasks of an account go where the account goes, and the contacts that were given to them.
    """
    rights.require(by, "administer")
    leaver = _require(id, shares)
    changed = 0
    with work.unit("Hand over the records of {name}", by=by, name=leaver.caption()) as unit:
        for record, dealt in _deal(id, shares).items():
            if dealt:
                changed += bulk_changes.give(record, dealt, by, progress).records
        if retire:
            leaver.active = False
            operators.save(leaver, by)
    return bulk_changes.Changed(changed, unit.number)


def _require(id: str, shares: Mapping[str, int]) -> Operator:
    held: Operator | None = Operator.find(id)
    if held is None:
        raise Mistake(_("There is no operator {id}.").format(id=id))
    if id in shares:
        raise Mistake(_("{name} hands over and cannot get them.").format(name=held.caption()), "owner")
    bulk_changes.in_turn(shares, 0)
    return held


def _deal(id: str, shares: Mapping[str, int]) -> dict[type[Record], Dealt]:
    """Who gets which record: in turn, but what hangs on an account goes along with it."""
    dealt: dict[type[Record], Dealt] = {}
    owned = [(record, kind) for record in access.governed() if (kind := assigning(record)) is not None]
    for record, kind in sorted(owned, key=lambda pair: pair[0] is not Account):
        key, theirs = work.key_field(record), kind == id
        along: Dealt = {}
        if record in (Opportunity, Task, Contact):
            goes = dealt[Account]
            along = {number: goes[account] for number, account in _accounts(record, theirs) if account in goes}
        keys = [number for number in record.select(key).where(theirs).order_by(key).scalars() if number not in along]
        dealt[record] = {**along, **dict(zip(keys, bulk_changes.in_turn(shares, len(keys)), strict=True))}
    return dealt


def _accounts(record: Any, theirs: Any) -> Any:
    """By number of a record, the account it hangs on."""
    if record is not Contact:
        return record.select(work.key_field(record), record.kind("account")).where(theirs).tuples()
    of_it = Contact.select(Contact.number, Account.number).join(Account, on=(Account.customer == Contact.customer))
    return of_it.where(theirs).tuples()
