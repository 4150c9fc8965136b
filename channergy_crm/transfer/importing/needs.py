"""What new records need, and what of it a plan leaves out (VT-109, VT-120)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing.beginnings import always
from channergy_crm.transfer.importing.mending import checked
from channergy_crm.transfer.reading.cells import Reading, reader

if TYPE_CHECKING:
    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.work.record import Record


def needed(record: type[Record]) -> list[str]:
    """The fields that every new record needs and the program does not fill in itself (VT-109, VT-120)."""
    given = always(record, "")
    return [name for name, kind in record.kinds().items() if kind.required and name not in given]


def lacking(plan: Plan) -> list[str]:
    """What new records need and neither a column nor a default gives, in words (VT-109)."""
    there = {*plan.columns.values(), *plan.defaults}
    kinds = plan.record.kinds()
    if any(kind.counted for name, kind in kinds.items() if name in plan.columns.values()):
        return []  # it names records that are there
    about = plan.record.about
    full = {"first_name", "last_name"} if FULL_NAME in there else set()
    lacks = [kinds[name].label for name in needed(plan.record) if name not in there and name not in about.one_of]
    lacks += [kinds[name].label for name in plan.needs if name not in there | full]
    if about.one_of and not there & {*about.one_of, FULL_NAME}:
        lacks.append(about.one_of_said)
    return lacks


def default_problem(plan: Plan, name: str, text: str) -> str:
    """Why a field cannot be filled with this where the file says nothing; '' when it can. Links are looked up later."""
    kind = plan.record.kind(name)
    try:
        if kind.linked_to is None:
            checked(kind, reader(kind, Reading(plan.order, plan.sign))(text))
    except Mistake as mistake:
        return mistake.message
    return ""
