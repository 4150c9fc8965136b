"""An event is switched on and off: what it would do is shown first, and undo takes back its first run (VS-9, VS-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from channergy_crm.records.events import Event
    from channergy_crm.services.bulk_changes import Changed
    from channergy_crm.work.undo import Progress

FIRST = 10
"""follow-ups that are shown one by one"""


class Share(NamedTuple):
    """How many follow-ups an operator or group would get now."""

    id: str
    name: str
    count: int  # type: ignore[assignment]


class Planned(NamedTuple):
    """A follow-up that would be made: for which record, what people call that, what it would say, who would get it."""

    table: str
    key: object
    who: str
    said: str
    receiver: str


class Preview(NamedTuple):
    """What an event would do if it were activated now.

    `records` is how many records it is about; `a_week` how many more are to be expected (None: nothing can be said).
    `why_not` says why it cannot be activated, "" when it can.
    """

    follow_ups: int
    records: int
    a_week: int | None
    people: tuple[Share, ...]
    most_a_day: int | None
    first: tuple[Planned, ...]
    why_not: str


def preview(event: Event, by: str, step: Progress | None = None) -> Preview:
    """What would be made now. `step(done, total, said)` is called often; what it raises ends it."""
    raise NotImplementedError


def activate(number: int, by: str, existing: bool, step: Progress | None = None) -> Changed:
    """Switch an event on, in one step with its first run where existing records count."""
    raise NotImplementedError


def deactivate(number: int, by: str, withdraw: bool) -> Changed:
    """Switch an event off; what is open is kept or withdrawn, in one step."""
    raise NotImplementedError


def try_on(event: Event, key: object, by: str) -> Planned | None:
    """What the event would make for one record; None where it makes nothing for that one."""
    raise NotImplementedError
