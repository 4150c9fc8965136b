"""What the office has fixed for a field holds for files too: no record is made with another value (SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.work.record import at_odds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.work.record import Record


def fields(record: type[Record]) -> list[str]:
    """The fields of which some process of the office takes the values from a list, by python name."""
    follows = record.about.in_form
    return list(follows.anywhere()) if follows is not None else []


def unfit(record: type[Record], names: Sequence[str], held: Mapping[str, object]) -> tuple[str, str] | None:
    """The first of these fields of a new record that holds what it may not, and a sentence; None where all is well.

    A row about a deal that is there may say what stands in it: that stays.
    """
    found = ((name, at_odds(record.kind(name), held)) for name in names)
    return next(((name, sentence) for name, sentence in found if sentence), None)
