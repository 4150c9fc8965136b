"""The fields of the records as an administrator has them: added, renamed, ordered, hidden, retired (VT-91, VT-96)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import _, counted, many, ngettext
from channergy_crm.records import (
    BY_TABLE,
    custom_fields,
    those,
)
from channergy_crm.records.custom_fields import KINDS, CustomField, name_of
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.text.folding import fold
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

LONGEST_COLUMN = 40
CHANGED = ("label", "kind_name", "hint", "off_form", "retired")


@dataclass
class Described:
    """One field of a record type as it stands in the list of fields, to be changed there and saved."""

    record: type[Record]
    column: str
    label: str
    kind_name: str
    hint: str
    off_form: bool
    retired: bool
    own: bool
    needed: bool
    """no record can do without it: it can be renamed, not hidden"""

    def __post_init__(self) -> None:
        self._was = {name: getattr(self, name) for name in CHANGED}

    def rebase(self, now: Described) -> None:
        """What somebody else has changed meanwhile stays, where it was not changed here too."""
        for name, before in self._was.items():
            if getattr(self, name) == before:
                setattr(self, name, getattr(now, name))

    @property
    def key(self) -> str:
        """What tells it apart from the other fields of its record."""
        return self.column

    @property
    def caption(self) -> str:
        """How people call it in a sentence."""
        return _("“{field}” of {records}").format(field=self.label, records=many(self.record))

    @property
    def kind(self) -> Kind[Any]:
        """The field itself."""
        kind: Kind[Any] = self.record._meta.columns[self.column]
        return kind


def records() -> list[type[Record]]:
    """Those an administrator may add fields to."""
    return those(lambda record: record.about.extendable)


def of(record: type[Record], by: str) -> list[Described]:
    """The fields of a record type: the built-in ones, then the office's own in their order."""
    rights.require(by, "see", CustomField)
    named = {row.column: row.kind_name for row in _rows(record)}
    return [_described(record, kind, named.get(kind.column_name, "")) for kind in record.kinds().values()]


def _described(record: type[Record], kind: Kind[object], kind_name: str) -> Described:
    made_of = kind_name or re.sub(r"(?<!^)([A-Z])", r" \1", type(kind).__name__).capitalize()
    needed = kind.required or bool(kind.primary_key)
    return Described(record, kind.column_name, kind.label, made_of, kind.hint, kind.off_form, kind.retired, kind.own,
                     needed)  # fmt: skip


def find(record: type[Record], column: str, by: str) -> Described:
    """The field behind a column as it is now."""
    found = next((field for field in of(record, by) if field.column == column), None)
    if found is None:
        raise Mistake(_("{records} have no such field any more.").format(records=record.plural))
    return found


def _kinds() -> str:
    return ", ".join(_(kind.caption) for kind in KINDS.values())


def add(record: type[Record], label: str, kind_name: str, by: str, *, hint: str = "") -> Described:
    """A new field, after the others; it is empty in every record (VT-130)."""
    rights.require(by, "administer")
    if kind_name not in KINDS:
        raise Mistake(_("Choose what the field holds: {kinds}.").format(kinds=_kinds()), "kind_name")
    label = _readable(record, label)
    with work.unit("Add field “{field}” to {records}", by=by, field=label, records=many(record)):
        bulk.alone()
        rows = _rows(record)
        column = _add_column(record, label, kind_name)
        place = max((row.place or 0 for row in rows), default=0) + 1
        CustomField.create(table=record._meta.table_name, column=column, label=label, kind_name=kind_name,
                           hint=hint.strip(), place=place)  # fmt: skip
    return find(record, column, by)


def save(field: Described, by: str) -> Described:
    """Rename, hide, retire or bring back a field, or make it hold something else while no record holds a value."""
    rights.require(by, "administer")
    before = find(field.record, field.column, by)
    field.rebase(before)
    label = _readable(field.record, field.label, field.column) if field.label.strip() or field.own else ""
    if field.needed and (field.off_form or field.retired):
        raise Mistake(
            _("{field} is required in every record; it can be renamed, not hidden.").format(field=field.label)
        )
    with work.unit("Change field {name}", by=by, name=before.caption):
        row = _row(field)
        if field.own and field.kind_name != before.kind_name:
            _change_kind(row, field, before)
        row.label = label if field.own or label != (before.kind.declared or before.label) else ""
        row.hint, row.off_form, row.retired = field.hint.strip(), field.off_form, field.retired
        if not field.own and not (row.label or row.off_form or row.retired):
            if not row.is_new:
                row.delete_instance()
        else:
            row.save()
    return find(field.record, row.column, by)


def _change_kind(row: CustomField, field: Described, before: Described) -> None:
    """The old column stays as it is, unseen; the field gets another one."""
    if field.kind_name not in KINDS:
        raise Mistake(_("A field holds one of these: {kinds}.").format(kinds=_kinds()), "kind_name")
    if count := _holders(before):
        raise Mistake(
            ngettext(
                "{records} holds a value in {field}; only an empty field can hold something else. "
                "Retire it and add another.",
                "{records} hold a value in {field}; only an empty field can hold something else. "
                "Retire it and add another.", count,
            ).format(records=counted(field.record, count), field=before.label), "kind_name",
        )  # fmt: skip
    row.kind_name = field.kind_name
    row.column = _add_column(field.record, field.label, field.kind_name)


def reorder(record: type[Record], columns: Sequence[str], by: str) -> None:
    """Put the office's own fields of a record type into this order."""
    rights.require(by, "administer")
    places = {column: place for place, column in enumerate(columns, 1)}
    with work.unit("Order the fields of {records}", by=by, records=many(record)):
        for row in _rows(record):
            if row.column in places and row.place != places[row.column]:
                row.place = places[row.column]
                row.save()


def remove(field: Described, by: str) -> str:
    """Take an own field away: deleted when no record holds a value, retired when one does. Says which in a sentence."""
    rights.require(by, "administer")
    if not field.own:
        raise Mistake(_("{field} is built in; hide or retire it instead.").format(field=field.label))
    if count := _holders(field):
        field.retired = True
        save(field, by)
        said = ngettext(
            "{records} holds a value: {field} is retired, and can still be read.",
            "{records} hold a value: {field} is retired, and can still be read.", count,
        )  # fmt: skip
        return said.format(records=counted(field.record, count), field=field.caption)
    with work.unit("Delete field {name}", by=by, name=field.caption):
        _row(field).delete_instance()
    return _("{name} is deleted.").format(name=field.caption)


def holders(field: Described, by: str) -> int:
    """How many records hold a value in this field."""
    rights.require(by, "count", field.record)
    return _holders(field)


def _holders(field: Described) -> int:
    return int(field.record.select().where(field.kind.filled()).count())


def look(by: str) -> set[str]:
    """Take on what other workstations have changed about the fields; the tables it concerns. One small query."""
    rights.require(by, "see", CustomField)
    return custom_fields.fit(BY_TABLE)


def carried(source: Record, target: type[Record]) -> dict[str, object]:
    """What goes along when one record is made from another: values of own fields with the same name and kind (C12)."""
    ours = {(_plain(kind.label), type(kind)): kind.name for kind in type(source).own_fields()}
    theirs = {kind.name: ours.get((_plain(kind.label), type(kind))) for kind in target.own_fields()}
    return {name: getattr(source, held) for name, held in theirs.items() if held}


def _rows(record: type[Record]) -> list[CustomField]:
    return list(CustomField.select().where(CustomField.table == record._meta.table_name))


def _row(field: Described) -> CustomField:
    table = field.record._meta.table_name
    found: CustomField | None = CustomField.get_or_none(
        (CustomField.table == table) & (CustomField.column == field.column)
    )
    if found is None and field.own:
        raise Mistake(_("{name} is not there any more.").format(name=field.caption))
    return found or CustomField(table=table, column=field.column)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def _readable(record: type[Record], label: str, column: str = "") -> str:
    """The name, if no other field has it: filters, imports and people must know which one is meant."""
    label = " ".join(label.split())
    if sentence := CustomField.kind("label").check(label):
        raise Mistake(sentence, "label")
    if not _plain(label):
        raise Mistake(_("A field needs a name with a letter or a figure in it."), "label")
    taken = {_plain(text): kind.label for kind in record.kinds().values() if kind.column_name != column
             for text in (kind.label, kind.name, kind.declared)}  # fmt: skip
    taken |= {_plain(extra.label): extra.label for extra in record.extras().values()}
    if other := taken.get(_plain(label)):
        raise Mistake(
            _("{records} have a field {other} already. Choose another name.").format(
                records=record.plural, other=other
            ),
            "label",
        )
    return label


def _add_column(record: type[Record], label: str, kind_name: str) -> str:
    """A column nobody has used yet, also not for a field that was taken back."""
    table, db = record._meta.table_name, database.proxy.obj
    words: Iterable[str] = re.findall(r"[a-z0-9]+", fold(label))
    stem = f"Custom{''.join(word.capitalize() for word in words)}"[:LONGEST_COLUMN]
    taken = {column.name.lower() for column in db.get_columns(table)} | set(record._meta.fields)
    names = [stem, *(f"{stem}_{number}" for number in range(2, 1_000))]
    column = next(name for name in names if name.lower() not in taken and name_of(name) not in taken)
    database.add_column(table, column, KINDS[kind_name].column_type)
    return column
