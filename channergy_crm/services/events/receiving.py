"""Who gets a follow-up: who owns the record, their supervisor, one operator, a group, or somebody in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records.events import Event


class Given(NamedTuple):
    """Who gets a follow-up ("" for nobody), and which way it fell where the first choice has nobody at work
    (a `FellTo`, "" where it did not).
    """

    receiver: str
    fell: str = ""


def receivers(event: Event, table: str, keys: Sequence[object], by: str) -> dict[object, Given]:
    """Who gets the follow-ups of these records, by their number. A turn goes on where it stopped."""
    raise NotImplementedError
