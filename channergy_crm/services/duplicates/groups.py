"""Who looks alike in a whole list; and pairs of whom somebody has said that they are not the same (C13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import peewee

from channergy_crm import work
from channergy_crm.language import _, counted
from channergy_crm.records import Apart
from channergy_crm.services import rights
from channergy_crm.services.duplicates.look_alikes import Signs
from channergy_crm.text.likeness import SAME_EMAIL, SAME_NAME, SAME_PHONE, Block, Look, blocks, reasons
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from channergy_crm.store.reader import Reader

R = TypeVar("R", bound=Record)
LARGEST = 40  # a block in which everybody is compared with everybody
NEIGHBOURS = 12  # in a larger one: with those that come next, in the order of their names
EVERY = 2_000  # rows or blocks between two words about the progress
ORDER = (SAME_PHONE, SAME_EMAIL, SAME_NAME)

Progress = Callable[[int, int, str], object]
Pair = tuple[int, int]


class Group(NamedTuple):
    """Records that look alike, and what speaks for it."""

    keys: tuple[int, ...]
    reasons: tuple[str, ...]


def groups(
    reader: Reader, record: type[Record], by: str, progress: Progress = lambda done, total, text: None
) -> list[Group]:
    """All who look alike among the records of one type, the surest first. Nobody is compared with everybody.

    `progress` is told how far it is; what it raises stops the search.
    """
    rights.require(by, "search", record)
    looks = dict(_looks(reader, record, by, progress))
    apart = _apart(reader, record)
    found: dict[Pair, tuple[str, ...]] = {}
    shared = _blocks(looks)
    for number, (block, keys) in enumerate(shared.items()):
        if number % EVERY == 0:
            progress(len(looks) + number, len(looks) + len(shared), _("Comparing"))
        for pair in _pairs(block, keys, looks):
            if pair not in found and pair not in apart and (why := reasons(looks[pair[0]], looks[pair[1]])):
                found[pair] = why
    return _grouped(found)


def _looks(reader: Reader, record: type[Record], by: str, progress: Progress) -> Iterator[tuple[int, Look]]:
    signs, listed = Signs(record), record.listed()
    query = rights.rows(record, by, work.key_field(record), *signs.columns())
    count = rights.rows(record, by, peewee.fn.COUNT(work.key_field(record)))
    total = reader.rows(*(count if listed is None else count.where(listed)).sql())[0][0]
    done = 0
    for rows in reader.stream(*(query if listed is None else query.where(listed)).sql(), size=EVERY):
        yield from ((row[0], signs.look(row[1:])) for row in rows)
        done += len(rows)
        progress(done, 2 * total, _("Reading"))


def _apart(reader: Reader, record: type[Record]) -> set[Pair]:
    here = Apart.select(Apart.one, Apart.other).where(Apart.table == record._meta.table_name)
    return {(one, other) for one, other in reader.rows(*here.sql())}


def _blocks(looks: Mapping[int, Look]) -> dict[Block, list[int]]:
    found: dict[Block, list[int]] = defaultdict(list)
    for key, look in looks.items():
        for block in blocks(look):
            found[block].append(key)
    return {block: keys for block, keys in found.items() if len(keys) > 1}


def _pairs(block: Block, keys: Sequence[int], looks: Mapping[int, Look]) -> Iterator[Pair]:
    """Those of a block that are worth a look, the smaller number first."""
    if len(keys) <= LARGEST:
        yield from combinations(sorted(keys), 2)
        return
    near = sorted(keys, key=lambda key: (looks[key].company, looks[key].person, key))
    reach = NEIGHBOURS if block[0] == "name" else 1
    for place, key in enumerate(near):
        yield from ((min(key, other), max(key, other)) for other in near[place + 1 : place + 1 + reach])


def _grouped(pairs: Mapping[Pair, tuple[str, ...]]) -> list[Group]:
    """Who looks like somebody who looks like a third belongs to all of them."""
    heads: dict[int, int] = {}

    def head(key: int) -> int:
        while (above := heads.setdefault(key, key)) != key:
            heads[key] = key = heads[above]
        return key

    for one, other in pairs:
        heads[head(other)] = head(one)
    members: dict[int, set[int]] = defaultdict(set)
    why: dict[int, set[str]] = defaultdict(set)
    for pair, told in pairs.items():
        members[head(pair[0])].update(pair)
        why[head(pair[0])].update(told)
    found = [
        Group(tuple(sorted(keys)), tuple(each for each in ORDER if each in why[top])) for top, keys in members.items()
    ]
    return sorted(found, key=lambda group: (-len(group.reasons), len(group.keys), group.keys))


def not_the_same(record: type[Record], keys: Sequence[int], by: str) -> work.Unit:
    """Remember that none of these is any other of them; the office is not asked about them again."""
    rights.require(by, "edit", record)
    table = record._meta.table_name
    known = {(pair.one, pair.other) for pair in Apart.select().where((Apart.table == table) & Apart.one.in_(keys))}
    with work.unit("Tell apart {records}", by=by, records=counted(record, len(keys))) as unit:
        for one, other in combinations(sorted(keys), 2):
            if (one, other) not in known:
                Apart.create(table=table, one=one, other=other)
    return unit


def members(record: type[R], found: Sequence[Group], by: str) -> dict[int, R]:
    """The records of these groups by their numbers."""
    rights.require(by, "see", record)
    keys, key = [number for group in found for number in group.keys], work.key_field(record)
    rows: dict[int, R] = {}
    for start in range(0, len(keys), 500):
        rows.update((row.key, row) for row in rights.rows(record, by).where(key.in_(keys[start : start + 500])))
    return rows
