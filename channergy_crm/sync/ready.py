"""What a client must have before it is sent, declared once (VP-13…VP-27). What lacks something is held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


class Lack(NamedTuple):
    """What keeps a record from being sent: the requirement, the sentence, and where it is filled in (table, number and
    field; the field is "" where a whole record is missing).
    """

    name: str
    field: str
    sentence: str
    table: str
    key: object


def lacks(record: Record) -> Lack | None:
    """The first thing a saved record lacks; None for one that can be sent."""
    return None


def sort_out() -> None:
    """At the beginning of a round: what waits and lacks something is held, and what no longer lacks it waits again.
    Program's own writing; cost follows what has changed since and what is held for another record's sake.
    """
