"""Anonymising many people one after the other: whom the law makes the office keep stays, and is told (SI-40, DP-5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.errors import Mistake, Refused
from channergy_crm.records.privacy import ErasureRow
from channergy_crm.services import rights
from channergy_crm.services.privacy import anonymising

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.privacy.age import Who
    from channergy_crm.services.privacy.anonymising import Erased

SAID = 8
"""reasons that are told one by one"""


class Outcome(NamedTuple):
    """How many are anonymised by now, how many were kept, why the first of these were, and how many are left over
    because it was stopped.
    """

    done: int
    kept: int
    why: Sequence[str]
    left: int


def forget(
    people: Sequence[Who], why: str, by: str, *, along: bool = True,
    after: Callable[[Erased], object] = lambda _done: None, goes_on: Callable[[int], bool] = lambda _place: True,
) -> Outcome:  # fmt: skip
    """Anonymise these for good, each in a step of its own; who went along with somebody before them is not done twice.

    `after` hears of each one who was anonymised; `goes_on` is asked before each with their place, and stops it between
    two people.
    """
    rights.require(by, "see")
    if reason := rights.may_erase(by):
        raise Refused(reason)
    done, kept, reasons = 0, 0, list[str]()
    for place, one in enumerate(people):
        if not goes_on(place):
            return Outcome(done, kept, reasons, len(people) - place)
        if _is_forgotten(one):
            done += 1
            continue
        try:
            after(anonymising.anonymise(one.record, one.key, why, by, along=along))
            done += 1
        except (Refused, Mistake) as refused:
            kept += 1
            if kept <= SAID:
                reasons.append(refused.message)
    return Outcome(done, kept, reasons, 0)


def _is_forgotten(one: Who) -> bool:
    here = (ErasureRow.table == one.record._meta.table_name) & (ErasureRow.key == str(one.key))
    return bool(ErasureRow.select().where(here).exists())
