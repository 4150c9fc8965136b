"""The timeline of a record: its calls, tasks, notes and changes in one list, the newest first (BX-8, VT-82, VT-165).

What belongs to a record: to an account also its customer, its contacts, its opportunities and the leads it came from;
to an opportunity the lead it came from, so that a lead's calls and notes are there after it was converted. Rights hold
for each of them. Each source is read a piece at a time from where the page before ended, so a long timeline costs no
more than a short one.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple, get_args

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.services import rights
from channergy_crm.services.timeline.sources import SOURCES, Entry, Kind, Place, pinned
from channergy_crm.services.timeline.subjects import of as subjects_of
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from channergy_crm.work.record import Record

__all__ = ["KINDS", "Entry", "Kind", "Page", "of"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LIMIT = 50


class Page(NamedTuple):
    """Some entries, the newest first; `before` is where the next page goes on, None at the end.

    The first page has the `pinned` notes, which stand nowhere else, and how many entries of each kind there are.
    """

    entries: list[Entry]
    before: Mapping[Kind, Place] | None
    pinned: list[Entry]
    counts: Mapping[Kind, int]


def of(
    record: Record, by: str, *, kinds: Collection[Kind] | None = None, words: str = "",
    before: Mapping[Kind, Place] | None = None, limit: int = LIMIT,
) -> Page:  # fmt: skip
    """What stands on the timeline of a record: of these kinds, or of all of them, with all of these words in it."""
    rights.require(by, "see", type(record))
    held = record.find(record.key)
    if held is None:
        raise Mistake(_("{name} is not there any more.").format(name=record.caption()))
    rights.require(by, "see", held)
    subjects = subjects_of(held, by)
    wanted = [kind for kind in KINDS if kinds is None or kind in kinds]
    asked = [fold(word) for word in words.split()]
    places: dict[Kind, Place] = dict(before or {})
    streams = [SOURCES[kind].read(subjects, by, places.get(kind), limit + 1) for kind in wanted]
    entries: list[Entry] = []
    more = False
    for entry in heapq.merge(*streams, key=lambda each: each.at, reverse=True):
        if asked and not _holds(entry, asked):
            places[entry.kind] = entry.place
            continue
        if len(entries) == limit:
            more = True
            break
        places[entry.kind] = entry.place
        entries.append(entry)
    first = before is None
    on_top = [each for each in pinned(subjects, by) if _holds(each, asked)] if first and "note" in wanted else []
    counts = {kind: SOURCES[kind].counted(subjects, by) for kind in KINDS} if first else {}
    return Page(entries, places if more else None, on_top, counts)


def _holds(entry: Entry, words: list[str]) -> bool:
    said = fold(entry.said)
    return all(word in said for word in words)
