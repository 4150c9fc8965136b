"""The areas people can work in: what a telephone office needs is always on, the others are switched on when wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm.language import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record


@translated("title", "sentence", "adds", "group")
@dataclass(frozen=True)
class Area:
    """A part of the program that is there as a whole or not at all (CH-4); what it shows is said in `ui/areas.py`.

    `records` imports its record types and hands them over: it is called only while the area is on, or when something
    must reach the rows it has stored. `adds` says in a line what is new in the window, `group` under which title it
    stands in Settings > Areas.
    """

    name: str
    title: str
    sentence: str
    records: Callable[[], Sequence[type[Record]]]
    needs: Sequence[str] = ()
    always: bool = False
    icon: str = "columns"
    adds: str = ""
    group: str = ""


def _telephone() -> Sequence[type[Record]]:
    from channergy_crm.records import activities, people, sales

    return [people.Lead, people.Account, people.Customer, people.Contact, sales.Opportunity, activities.Task]


TELEPHONE = Area(
    "telephone", "Telephone office", "Leads, accounts, contacts, opportunities, tasks and reminders.", _telephone,
    always=True, icon="phone",
)  # fmt: skip

AREAS: list[Area] = [TELEPHONE]
"""every area there is, in the order of their tabs"""
