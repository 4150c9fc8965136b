"""Whose calendars somebody may look at."""

from __future__ import annotations

from typing import NamedTuple

from channergy_crm.records import Task
from channergy_crm.services import groups, operators, rights


class Whose(NamedTuple):
    """An operator or a group."""

    id: str
    name: str
    is_group: bool


def owners(by: str) -> list[Whose]:
    """Operators and groups whose entries this one may see, this one first."""
    rights.require(by, "see", Task)
    if rights.is_secured() and not rights.views_all(by):
        return [Whose(by, by, False)]
    held = {each.id: Whose(each.id, each.name, False) for each in operators.owners(by)}
    of_groups = {each.id: Whose(each.id, each.name, True) for each in groups.every(by)}
    mine = held.pop(by, Whose(by, by, False))
    return [mine, *(each for id, each in held.items() if id not in of_groups), *of_groups.values()]
