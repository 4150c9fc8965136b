"""The office's own lists behind the drop-downs: edited, renamed, retired (CH-149…CH-154)."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, one
from channergy_crm.records import ALL
from channergy_crm.records.lookups import CustomLookup, choices
from channergy_crm.records.sales import Opportunity
from channergy_crm.records.sync import stage_renamed
from channergy_crm.services import areas, rights, saving
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.fields.lists import Choice
    from channergy_crm.work.record import Record


def fields(by: str) -> list[tuple[str, str, str]]:
    """Every list of the office: table name, field name, and what people call it."""
    rights.require(by, "see", CustomLookup)
    known: dict[tuple[str, str], str] = {}
    for record in ALL:
        for kind in record.kinds().values():
            if kind.list_key and kind.list_key[0] in ("All", record._meta.table_name):
                whose = _("All") if kind.list_key[0] == "All" else record.plural
                known[kind.list_key] = f"{whose}: {kind.label}"
    stored = CustomLookup.select(CustomLookup.table, CustomLookup.field).distinct()
    for table, field in stored.tuples().execute():
        known.setdefault((table, field), f"{table}: {field}")
    return sorted(((table, field, label) for (table, field), label in known.items()), key=lambda row: fold(row[2]))


def entries(table: str, field: str, by: str) -> list[CustomLookup]:
    """The values of one list as they are stored, retired ones too, in the order of the drop-down."""
    rights.require(by, "see", CustomLookup)
    return _entries(table, field)


def offered(table: str, field: str, by: str) -> list[Choice]:
    """What a drop-down offers: the values of one list that are not retired, in its order."""
    rights.require(by, "choose", CustomLookup)
    return [choice for choice in choices(table, field) if not choice.retired]


def _entries(table: str, field: str) -> list[CustomLookup]:
    place = {choice.value: place for place, choice in enumerate(choices(table, field))}
    held = CustomLookup.select().where((CustomLookup.table == table) & (CustomLookup.field == field))
    return sorted(held, key=lambda entry: place.get(entry.value, len(place)))


def add(table: str, field: str, value: str, by: str, *, description: str = "", sort: int | None = None) -> CustomLookup:
    """A new value of a list, also straight from a drop-down."""
    rights.require(by, "create", CustomLookup)
    value = value.strip()
    _refuse_double(table, field, value)
    return saving.save(
        CustomLookup(table=table, field=field, value=value, description=description.strip() or value, sort=sort), by
    )


def _refuse_double(table: str, field: str, value: str) -> None:
    there = next((choice for choice in choices(table, field) if choice.value == value), None)
    if there is not None:
        retired = _("“{value}” is in this list already, retired; bring it back.")
        said = retired if there.retired else _("“{value}” is in this list already.")
        raise Mistake(said.format(value=value), "value")


def holders(entry: CustomLookup, value: str, by: str) -> int:
    """How many rows hold this value."""
    rights.require(by, "count", entry)
    return _holders(entry, value)


def _holders(entry: CustomLookup, value: str) -> int:
    return sum(record.select().where(kind.holding(value)).count() for record, kind in _users(entry) if not kind.tells)


def affected(entry: CustomLookup, by: str) -> int:
    """How many rows hold the name a value had before it was renamed. A Mistake when its new name cannot be."""
    rights.require(by, "count", entry)
    renamed = entry.changes().get("value")
    if renamed is None:
        return 0
    if sentence := entry.problems().get("value"):
        raise Mistake(sentence, "value")
    _refuse_double(entry.table, entry.field, entry.value)
    return _holders(entry, renamed[0])


def _users(entry: CustomLookup) -> list[tuple[type[Record], Any]]:
    return [
        (record, kind)
        for record in areas.every_record()
        for kind in record.kinds().values()
        if kind.list_key == (entry.table, entry.field)
    ]


def save(entry: CustomLookup, by: str, *, change_rows: bool = False) -> CustomLookup:
    """Save one value of a list. When it was renamed, `change_rows` also changes the rows that hold the old value."""
    rights.require(by, "edit", entry)
    renamed = entry.changes().get("value")
    if renamed:
        _refuse_double(entry.table, entry.field, entry.value)
    with work.unit("Save lookup value {name}", by=by, name=entry.caption()) as unit:
        entry.save()
        if renamed:
            told = [] if change_rows or not _holders(entry, renamed[0]) else _told(entry, renamed[0])
            _forget(entry, renamed[1])
            _rename_rows(unit, entry, *renamed, all_of_them=change_rows)
            if change_rows and (entry.table, entry.field) == Opportunity.kind("stage").list_key:
                stage_renamed(*renamed)
            for each in told:
                each.save()
    return entry


def _told(entry: CustomLookup, value: str) -> list[Record]:
    """What is known about a value once more, for the rows that keep it: who asked not to be called still has."""
    found: list[Record] = []
    for record, kind in _users(entry):
        if kind.tells:
            left_out = (work.key_field(record).name, record.version.name)
            rows = record.select().where(kind == value)
            found += [record(**{k: v for k, v in row.__data__.items() if k not in left_out}) for row in rows]
    return found


def _forget(entry: CustomLookup, value: str) -> None:
    """What was known about a name that another value takes."""
    for record, kind in _users(entry):
        for row in record.select().where(kind == value) if kind.tells else ():
            row.delete_instance()


def _rename_rows(unit: work.Unit, entry: CustomLookup, old: str, new: str, *, all_of_them: bool) -> None:
    """Other people's work on these rows goes on; that they were worked on last is not said of them either."""
    for record, kind in _users(entry):
        if not (all_of_them or kind.tells):
            continue
        if kind.several or kind.along:
            _rename_among(unit, record, [kind, *(record.kind(name) for name in kind.along)], old, new)
            continue
        key = work.key_field(record)
        values = {kind: new, record.version: record.version + 1}
        for (number,) in record.update(values).where(kind == old).returning(key).tuples().execute():
            unit.note(record, number, "update", {kind.name: old}, {kind.name: new})


def _rename_among(unit: work.Unit, record: type[Record], kinds: Sequence[Any], old: str, new: str) -> None:
    """In every row whose fields hold it among others, or have held it: what changes in one row is one change."""
    rows: dict[tuple[str, ...], list[list[object]]] = {}
    holding = reduce(or_, (kind.holding(old) for kind in kinds))
    found = work.held_fast(record.select(work.key_field(record), *kinds).where(holding), record)
    for number, *values in list(found.tuples()):
        pairs = [(kind.name, held, kind.renamed(held, old, new)) for kind, held in zip(kinds, values, strict=True)]
        before = {name: held for name, held, now in pairs if now != held}
        after = {name: now for name, held, now in pairs if now != held}
        if after:  # a database may take capitals for small letters
            unit.note(record, number, "update", before, after)
            rows.setdefault(tuple(after), []).append([*after.values(), number])
    for names, changed in rows.items():
        unit.update_many(record, names, changed)


def reorder(numbers: Sequence[int], by: str) -> None:
    """Put the values of a list into this order, by their sort numbers (CH-154)."""
    _sort({number: place for place, number in enumerate(numbers)}, by)


def alphabetical(table: str, field: str, by: str) -> None:
    """Sort a list by what people read: no value has a sort number any more."""
    rights.require(by, "edit", CustomLookup)
    _sort({entry.number: None for entry in _entries(table, field)}, by)


def _sort(places: Mapping[int, int | None], by: str) -> None:
    rights.require(by, "edit", CustomLookup)
    held = list(CustomLookup.select().where(CustomLookup.number.in_(list(places))))
    with work.unit("Sort the list {list}", by=by, list=held[0].field if held else ""):
        for entry in held:
            if entry.sort != places[entry.number]:
                entry.sort = places[entry.number]
                entry.save()


def bring_back(number: int, by: str) -> CustomLookup:
    """Offer a retired value again."""
    entry = CustomLookup.find(number)
    rights.require(by, "edit", entry)
    if entry is None:
        raise Mistake(_("That value is not there any more."))
    entry.retired = False
    return saving.save(entry, by)


def remove(number: int, by: str) -> str:
    """Take a value out of its list: deleted when no row holds it, retired when one does. Says which in a sentence."""
    entry = CustomLookup.find(number)
    rights.require(by, "remove", entry)
    if entry is None:
        raise Mistake(_("That value is not there any more."))
    if _holders(entry, entry.value):
        with work.unit("Retire lookup value {name}", by=by, name=entry.caption()):
            entry.retired = True
            entry.save()
        return _("{name} is in use and is retired: no longer offered, still readable where it stands.").format(
            name=entry.caption()
        )
    with work.unit("Delete {record} {name}", by=by, record=one(entry), name=entry.caption()):
        entry.delete_instance()
        for record, kind in _users(entry):
            for telling in record.select().where(kind == entry.value) if kind.tells else ():
                telling.delete_instance()
    return _("{name} is deleted.").format(name=entry.caption())
