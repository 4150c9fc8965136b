"""Whose entries somebody may look at: operators and groups; and whose they may change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import access
from channergy_crm.records import Task
from channergy_crm.services import rights
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Sequence


class Whose(NamedTuple):
    """An operator or a group whose entries may be looked at: its ID, what it is called."""

    id: str
    name: str
    is_group: bool


def owners(by: str) -> list[Whose]:
    """The operators and groups whose entries this one may see: oneself first, then others by ID, then groups."""
    rights.require(by, "see", Task)
    reached = reaching(by, "view")
    found = [
        Whose(each.id, each.name or each.id, bool(each.group))
        for each in access.owners() if reached is None or each.id in reached
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each.id != by, each.is_group, each.id))


def seen_of(wanted: Sequence[str], by: str) -> list[str]:
    """Those of these IDs whose entries this one may see; each once."""
    rights.require(by, "see", Task)
    reached = reaching(by, "view")
    return [each for each in dict.fromkeys(wanted) if reached is None or each in reached]


def reaching(by: str, right: access.Right) -> set[str] | None:
    """The IDs of those whose tasks a right of this one reaches; None for everybody's."""
    if isinstance(by, Program):
        return None
    scope = access.reach_of(by, right, Task) if access.is_secured() else "all"
    if scope == "all":
        return None
    if scope == "none":
        return set()
    return set(access.colleagues(by) if scope == "group" else [by, *access.groups_of(by)])
