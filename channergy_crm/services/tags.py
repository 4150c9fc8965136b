"""Tags on records: put on and taken off, one or many at once; counted for the cloud; kept in order (BX-40, VT-29).

A tag is the office's or somebody's own. Own tags of others are never seen, counted or found. Whoever may change a
record puts tags of the office on it; an own tag goes on whatever its owner may see.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, Message, _, counted
from channergy_crm.records import Tag, Tagging, those
from channergy_crm.records.tags import COLOURS, GREY, LONGEST, can_be_tagged, usable
from channergy_crm.services import preferences, rights
from channergy_crm.services.bulk_changes import CHUNK, Changed
from channergy_crm.text.folding import fold
from channergy_crm.work import bulk, key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from channergy_crm.access import Deed
    from channergy_crm.work.record import Record
    from channergy_crm.work.undo import Progress

IN_THE_CLOUD = 16
MAKING = 0x54414753  # the name of the lock under which tags are made on PostgreSQL
ONE_TAG = MAKING << 24  # and with the number of a tag that under which it is put on


class Weighed(NamedTuple):
    """A tag and how many records wear it, of those that whoever asks may see; most of them are of the type `most`."""

    tag: Tag
    count: int  # type: ignore[assignment]
    counts: Mapping[type[Record], int]

    @property
    def most(self) -> type[Record] | None:
        """The record type that wears it most often; None when none does."""
        return max(self.counts, key=lambda record: (self.counts[record], -record.about.rank), default=None)


def record_types() -> list[type[Record]]:
    """The record types tags can be put on, in the order in which people read them."""
    return those(can_be_tagged)


def every(by: str) -> list[Tag]:
    """The tags this operator may use: the own ones and those of the office, by name."""
    rights.require(by, "see", Tag)
    return sorted(Tag.select().where(usable(_whose(by))), key=lambda tag: (fold(tag.name), not tag.shared))


def of(record: Record, by: str) -> list[Tag]:
    """The tags of one record, by name, as far as this operator may see them."""
    rights.require(by, "see", record)
    if record.is_new or not can_be_tagged(type(record)):
        return []
    here = _at(type(record), [record.key])
    on_it = Tagging.select(Tagging.tag).where(here)
    found = Tag.select().where(Tag.number.in_(on_it) & usable(_whose(by)))
    return sorted(found, key=lambda tag: (fold(tag.name), not tag.shared))


def on_all(record: type[Record], keys: Sequence[int], by: str) -> set[int]:
    """The numbers of the tags all of these records wear; of more than a few hundred it is not asked."""
    rights.require(by, "see", record)
    wanted = set(keys)
    if not wanted or len(wanted) > CHUNK:
        return set()
    mine = Tag.select(Tag.number).where(usable(_whose(by)))
    worn = Counter(Tagging.select(Tagging.tag).where(_at(record, [*wanted]) & Tagging.tag.in_(mine)).scalars())
    return {number for number, count in worn.items() if count == len(wanted)}


# ---------------------------------------------------------------- on records


def put_on(
    record: type[Record], keys: Sequence[int], name: str, by: str, progress: Progress | None = None, *,
    colour: str = "", shared: bool = True,
) -> Changed:  # fmt: skip
    """Put the tag of that name on records; it is made if there is none. What wears it already wears it once.

    Two workstations that make the same tag at the same moment end with one.
    """
    rights.require(by, "edit", Tag)
    name = readable(name)
    deed = Message(N_("Tag {records} with “{tag}”"), {"records": counted(record, len(keys)), "tag": name})
    with work.unit(deed, by=by) as unit:
        tag, added = _held_or_made(name, by, colour, shared), 0
        for part in _parts(keys, progress, _("Put on")):
            added += _wear(unit, record, _reached(record, part, by, tag), tag)
    return Changed(added, unit.number)


def wear(record: type[Record], keys: Sequence[int], name: str, by: str) -> None:
    """Within a unit that was asked for, such as an import: its records wear a tag of the office."""
    unit, tag = work.current(), _held_or_made(readable(name), by, "", True)
    for part in _parts(keys, None, ""):
        _wear(unit, record, part, tag)


def _wear(unit: work.Unit, record: type[Record], keys: Sequence[int], tag: Tag) -> int:
    """How many of these did not wear it before."""
    there = set(Tagging.select(Tagging.record).where(_at(record, keys) & (Tagging.tag == tag.number)).scalars())
    fresh = [key for key in keys if key not in there]
    numbers = bulk.reserve(Tagging, len(fresh)) if fresh else ()
    table = record._meta.table_name
    rows = [(number, tag.number, table, key, 1) for number, key in zip(numbers, fresh, strict=True)]
    if rows:
        unit.insert_many(Tagging, ("number", "tag", "table", "record", "version"), rows)
    return len(fresh)


def take_off(
    record: type[Record], keys: Sequence[int], name: str, by: str, progress: Progress | None = None
) -> Changed:
    """Take a tag off records; the tag itself stays, for whatever else wears it."""
    rights.require(by, "edit", Tag)
    held = [tag for tag in every(by) if fold(tag.name) == fold(name.strip())]
    if not held:
        raise Mistake(_("There is no tag “{name}”.").format(name=name.strip()))
    gone = 0
    deed = Message(N_("Take tag “{tag}” off {records}"), {"records": counted(record, len(keys)), "tag": held[0].name})
    with work.unit(deed, by=by) as unit:
        for part in _parts(keys, progress, _("Taken off")):
            for tag in held:
                reached = _reached(record, part, by, tag)
                gone += _delete(unit, list(Tagging.select().where(_at(record, reached) & (Tagging.tag == tag.number))))
    return Changed(gone, unit.number)


def unite(record: type[Record], kept: int, others: Sequence[int]) -> None:
    """Within a unit: records that have become one wear all their tags, each once (C13)."""
    rows = list(Tagging.select().where(_at(record, [kept, *others])).order_by(Tagging.number))
    there = {row.tag for row in rows if row.record == kept}
    for row in (row for row in rows if row.record != kept):
        if row.tag in there:
            row.delete_instance()
            continue
        there.add(row.tag)
        row.record = kept
        row.save()


def carry(source: Record, *targets: Record | None) -> None:
    """Within a unit: what a record has become wears its tags too, as a converted lead's opportunity does (CH-40)."""
    worn = list(Tagging.select(Tagging.tag).where(_at(type(source), [source.key])).scalars())
    for target in targets if worn else ():
        if target is None or not can_be_tagged(type(target)):
            continue
        there = set(Tagging.select(Tagging.tag).where(_at(type(target), [target.key])).scalars())
        for tag in (tag for tag in worn if tag not in there):
            Tagging.create(tag=tag, table=type(target)._meta.table_name, record=target.key)


# ---------------------------------------------------------------- counted


def counts(by: str) -> dict[int, dict[type[Record], int]]:
    """How many records of each type wear each tag, by its number, of those this operator may see in lists."""
    rights.require(by, "count")
    mine = Tag.select(Tag.number).where(usable(_whose(by)))
    found: dict[int, dict[type[Record], int]] = {}
    for record in record_types():
        if rights.may(by, "count", record):
            continue
        key, listed = key_field(record), record.listed()
        asked = rights.rows(record, by, Tagging.tag, peewee.fn.COUNT(key))
        asked = asked.join(Tagging, on=(Tagging.record == key)).where(
            (Tagging.table == record._meta.table_name) & Tagging.tag.in_(mine)
        )
        asked = asked if listed is None else asked.where(listed)
        rows: Any = asked.group_by(Tagging.tag).tuples()
        for number, count in rows:
            found.setdefault(number, {})[record] = int(count)
    return found


def weighed(by: str) -> list[Weighed]:
    """Every tag this operator may use, by name, and how often it is worn."""
    rights.require(by, "count", Tag)
    held = counts(by)
    return [Weighed(tag, sum(held.get(tag.number, {}).values()), held.get(tag.number, {})) for tag in every(by)]


def cloud(by: str, limit: int = IN_THE_CLOUD) -> list[Weighed]:
    """The tags that are worn most often, at most so many, by name (VT-29)."""
    rights.require(by, "count", Tag)
    worn = sorted((each for each in weighed(by) if each.count), key=lambda each: -each.count)[:limit]
    return sorted(worn, key=lambda each: fold(each.tag.name))


def shows_cloud(by: str) -> bool:
    """Whether this operator wants to see the cloud (VT-56)."""
    rights.require(by, "see", Tag)
    return bool(preferences.of(by, by).tag_cloud)


# ---------------------------------------------------------------- kept in order


def why_not_mine(tag: Tag, by: str) -> str | None:
    """None when this one may change a tag, or the sentence why not: it is its owner's, or an administrator's."""
    if reason := rights.may(by, "edit", Tag):
        return reason
    if tag.owner == by or (tag.shared and not rights.may(by, "administer")):
        return None
    said = _("Tag {name} belongs to {operator}; only they or an administrator may change it.")
    return said.format(name=tag.caption(), operator=tag.owner)


def rename(number: int, name: str, by: str) -> Tag:
    """Call a tag otherwise, wherever it is worn."""
    tag, name = _mine(number, by), readable(name)
    with work.unit("Rename tag “{tag}” to “{name}”", by=by, tag=tag.name, name=name):
        bulk.alone(MAKING)
        _refuse_twin(tag, name, shared=bool(tag.shared), by=by)
        tag.name = name
        tag.save()
    return tag


def recolour(number: int, colour: str, by: str) -> Tag:
    """Give a tag another colour."""
    tag = _mine(number, by)
    with work.unit("Colour tag “{tag}”", by=by, tag=tag.name):
        tag.colour = _colour(colour)
        tag.save()
    return tag


def share(number: int, shared: bool, by: str) -> Tag:
    """Let the office use an own tag, or keep it for oneself again."""
    tag = _mine(number, by)
    with work.unit(N_("Share tag “{tag}”") if shared else N_("Keep tag “{tag}” to oneself"), by=by, tag=tag.name):
        bulk.alone(MAKING)
        _refuse_twin(tag, str(tag.name), shared=shared, by=by)
        tag.shared = shared
        tag.save()
    return tag


def merge(number: int, into: int, by: str, progress: Progress | None = None) -> Changed:
    """Make two tags one: what wore the first wears the second from now on, once (BX-40)."""
    tag, kept = _mine(number, by), _mine(into, by)
    if tag.number == kept.number:
        raise Mistake(_("Choose another tag to merge it into."))
    if tag.shared and not kept.shared:
        said = _("Tag {name} is the office's; within {own}, which is yours alone, nobody else would find it any more.")
        raise Mistake(said.format(name=tag.caption(), own=kept.caption()))
    with work.unit("Merge tag “{tag}” into “{name}”", by=by, tag=tag.name, name=kept.name) as unit:
        for each in sorted((tag.number, kept.number)):
            bulk.alone(ONE_TAG + each)
        rows = list(Tagging.select().where(Tagging.tag == tag.number))
        for start in range(0, len(rows), CHUNK):
            _wear_instead(unit, rows[start : start + CHUNK], kept.number)
            if progress:
                progress(min(start + CHUNK, len(rows)), len(rows), _("Merging"))
        tag.delete_instance()
    return Changed(len(rows), unit.number)


def remove(number: int, by: str, progress: Progress | None = None) -> Changed:
    """Take a tag away, off everything that wears it; undo brings all of it back."""
    tag = _mine(number, by)
    with work.unit("Remove tag “{tag}”", by=by, tag=tag.name) as unit:
        bulk.alone(ONE_TAG + tag.number)
        rows = list(Tagging.select().where(Tagging.tag == tag.number))
        for start in range(0, len(rows), CHUNK):
            _delete(unit, rows[start : start + CHUNK])
            if progress:
                progress(min(start + CHUNK, len(rows)), len(rows), _("Taken off"))
        tag.delete_instance()
    return Changed(len(rows), unit.number)


def readable(name: str) -> str:
    """A name as it is kept: without signs that end a value of a filter, or part two tags in a file."""
    name = " ".join(name.replace('"', " ").replace(",", " ").replace(";", " ").split())
    if not name:
        raise Mistake(_("Give the tag a name."), "name")
    if len(name) > LONGEST:
        raise Mistake(_("The name of a tag has at most {longest} letters.").format(longest=LONGEST), "name")
    return name


# ---------------------------------------------------------------- parts of it


def _whose(by: str) -> str:
    return "" if isinstance(by, rights.Program) else by


def _at(record: type[Record], keys: Sequence[object]) -> peewee.ColumnBase:
    found: peewee.ColumnBase = (Tagging.table == record._meta.table_name) & Tagging.record.in_(list(keys))
    return found


def _named(name: str, by: str) -> Tag | None:
    """The tag of that name: an own one before one of the office."""
    held = [tag for tag in every(by) if fold(tag.name) == fold(name)]
    return min(held, key=lambda tag: bool(tag.shared), default=None)


def _held_or_made(name: str, by: str, colour: str, shared: bool) -> Tag:
    """The tag of that name, which nobody else puts on or makes until the unit ends."""
    held = _named(name, by)
    if held is None:
        bulk.alone(MAKING)
        held = _named(name, by)  # another workstation may have been quicker
    held = held or Tag.create(name=name, colour=_colour(colour or GREY), owner=by, shared=shared)
    bulk.alone(ONE_TAG + int(held.number))
    return held


def _colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Mistake(_("There is no such colour: {colour}.").format(colour=colour), "colour")
    return colour


def _mine(number: int, by: str) -> Tag:
    rights.require(by, "edit", Tag)
    tag = Tag.find(number)
    if tag is None or (not tag.shared and tag.owner != by):  # own tags of others are never told of
        raise Mistake(_("That tag is not there any more."))
    if reason := why_not_mine(tag, by):
        raise Refused(reason)
    return tag


def _refuse_twin(tag: Tag, name: str, *, shared: bool, by: str) -> None:
    twins = [one for one in every(by) if fold(one.name) == fold(name) and one.number != tag.number]
    if any(bool(one.shared) == shared for one in twins):
        raise Mistake(_("There is a tag “{name}” already. Merge the two instead.").format(name=name), "name")


def _parts(keys: Sequence[int], progress: Progress | None, said: str) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield list(dict.fromkeys(keys[start : start + CHUNK]))
        if progress:
            progress(min(start + CHUNK, len(keys)), len(keys), said)


def _reached(record: type[Record], keys: Sequence[int], by: str, tag: Tag) -> list[int]:
    """These records, as far as they are there. `Refused` when one of them is beyond the rights of whoever asks."""
    deed: Deed = "edit" if tag.shared else "see"
    rights.require(by, deed, record)
    key = key_field(record)
    there = set(record.select(key).where(key.in_(list(keys))).scalars())
    seen = set(rights.rows(record, by, key).where(key.in_(list(keys))).scalars())
    beyond = (there - seen) or (rights.beyond(record, list(keys), by) if tag.shared else set())
    for each in beyond:
        rights.require(by, deed, record.find(each))
    return [each for each in keys if each in there]


def _wear_instead(unit: work.Unit, rows: Sequence[Tagging], tag: int) -> None:
    """These wear another tag from now on, or only that where they did already."""
    for table in {row.table for row in rows}:
        held = [row for row in rows if row.table == table]
        both = (Tagging.tag == tag) & (Tagging.table == table) & Tagging.record.in_([row.record for row in held])
        there = set(Tagging.select(Tagging.record).where(both).scalars())
        _delete(unit, [row for row in held if row.record in there])
        moved = [row for row in held if row.record not in there]
        for row in moved:
            unit.note(Tagging, row.number, "update", {"tag": row.tag}, {"tag": tag})
        if moved:
            unit.update_many(Tagging, ("tag",), [(tag, row.number) for row in moved])


def _delete(unit: work.Unit, rows: Sequence[Tagging]) -> int:
    """Many at once, each in the journal, so that undo brings it back."""
    if rows:
        Tagging.delete().where(Tagging.number.in_([row.number for row in rows])).execute()
    for row in rows:
        unit.note(Tagging, row.number, "delete", before=dict(row.__data__))
    return len(rows)
