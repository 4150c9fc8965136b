"""How the follow-ups of events stand, and which tasks are some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

    from channergy_crm.records.events import Event


class Standing(NamedTuple):
    """How many follow-ups of an event are open, how many of those are late, and how many wait to be made."""

    open: int
    late: int
    waiting: int


def standings(by: str) -> dict[int, Standing]:
    """How the follow-ups of each event stand, by its number."""
    raise NotImplementedError


def of_task(task: int, by: str) -> Event | None:
    """The event a task comes from, None where somebody made it by hand."""
    raise NotImplementedError


def events_of(tasks: Collection[int], by: str) -> dict[int, str]:
    """The names of the events these tasks come from, by the number of the task."""
    raise NotImplementedError
