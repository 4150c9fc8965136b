"""How a sentence calls a record: what it is and its caption, and no word twice (F-63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, one

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.language import Named
    from channergy_crm.work.record import Record


def names_itself(record: Record) -> bool:
    """Whether its caption begins with what it is, so that no sentence says it once more: “Visit 1”."""
    if record.is_called_by_kind:
        return True
    word, caption = one(record).casefold(), record.caption().casefold()
    return caption.startswith(word) and not caption[len(word) : len(word) + 1].isalnum()


def among(record: type[Record], keys: Sequence[object]) -> type[Named]:
    """What just these records are called inside a sentence: all of one kind by that, “2 quotes”."""
    return record.about.among(keys) if record.about.among is not None else record


def deed(record: Record, named: str, short: str) -> str:
    """What is done to a record, for the journal; the short one where its name says what it is."""
    return short if names_itself(record) else named


def called(record: Record) -> str:
    """The record at the beginning of a sentence: “Lead Kofi Grünwald”."""
    caption = record.caption()
    return caption if names_itself(record) else _("{record} {name}").format(record=record.singular, name=caption)
