"""The fields an office has added to its records, and what it calls the built-in ones (VT-91, VT-96, CH-114).

A custom field is a column of its own in the table of its records. When an office is opened, the records get these
columns as kinds; from then on everything that asks a record for its fields finds them like the built-in ones.
"""

from __future__ import annotations

import re
import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.fields import Date, Flag, Kind, LongText, Lookup, Money, Number, Percent, RecordNumber, Text
from channergy_crm.fields.multi_lookup import MultiLookup
from channergy_crm.language import N_, Own, quoted, source
from channergy_crm.store import database
from channergy_crm.work.about import ADMINISTRATORS, About
from channergy_crm.work.record import Record, fields_changed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class CustomField(Record):
    """A field an administrator has added, or what one has changed about a built-in field."""

    number = RecordNumber("Field #", column_name="FieldNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=64)
    column = Text("Column", column_name="ColumnName", required=True, system=True, limit=64)
    label = Text("Name", column_name="Label", limit=60)
    kind_name = Text("Kind", column_name="FieldKind", limit=20)
    hint = Text("Hint", column_name="Hint", limit=120, width=40)
    place = Number("Place", column_name="SortNo")
    off_form = Flag("Not in forms", column_name="IsHidden")
    retired = Flag("Retired", column_name="IsRetired")

    singular = "Field"
    plural = "Fields"
    about = About(rights=ADMINISTRATORS)

    class Meta:
        table_name = "CustomFields"
        indexes = ((("table", "column"), True),)

    def caption(self) -> str:
        return quoted(self.label or self.column)


class KindOfField(NamedTuple):
    """What an administrator chooses from: how it is called, how it is made, and the type of its column."""

    caption: str
    make: Callable[..., Kind[Any]]
    column_type: str


_TEXT = "TEXT DEFAULT ''"
KINDS = {
    "text": KindOfField(N_("Text"), lambda label, **options: Text(label, searched=True, **options), _TEXT),
    "long_text": KindOfField(
        N_("Long text"), lambda label, **options: LongText(label, searched=True, **options), _TEXT
    ),
    "number": KindOfField(
        N_("Number"), lambda label, **options: Number(label, least=-Number().most, **options), "INTEGER"
    ),
    "money": KindOfField(N_("Money"), Money, "BIGINT"),
    "percent": KindOfField(N_("Percent"), Percent, "INTEGER"),
    "date": KindOfField(N_("Date"), Date, "DATE"),
    "flag": KindOfField(N_("Flag"), Flag, "BOOLEAN DEFAULT FALSE NOT NULL"),
    "lookup": KindOfField(N_("Lookup"), Lookup, _TEXT),
    "multi_lookup": KindOfField(N_("Multi-lookup"), MultiLookup, _TEXT),
}


def name_of(column: str) -> str:
    """The python name of the field behind a column: CustomFavouriteColour is custom_favourite_colour."""
    return re.sub(r"(?<=[^_])(?=[A-Z])", "_", column).lower()


class _Said(NamedTuple):
    """What a definition says, to be compared with what it said before."""

    label: str
    kind_name: str
    hint: str
    place: int
    off_form: bool
    retired: bool


_worn: dict[tuple[str, str], _Said] = {}
_dressed: set[str] = set()
"""the tables whose records were given anything since the office was opened"""
_one_at_a_time = threading.Lock()


def fit(records: Mapping[str, type[Record]]) -> set[str]:
    """Give the records the fields this office has defined by now; the tables in which that changed something."""
    with _one_at_a_time:
        said = {
            (row.table, row.column): _Said(
                row.label, row.kind_name, row.hint, row.place or 0, row.off_form, row.retired
            )
            for row in CustomField.select() if row.table in records
        }  # fmt: skip
        changed = {place[0] for place in said.keys() | _worn.keys() if said.get(place) != _worn.get(place)}
        _dressed.update(changed)
        for table in changed:
            _dress(records[table], {column: held for (name, column), held in said.items() if name == table})
        _worn.clear()
        _worn.update(said)
    if changed:
        fields_changed()
    return changed


def _dress(record: type[Record], said: Mapping[str, _Said]) -> None:
    for column, held in said.items():
        if held.kind_name in KINDS and column not in record._meta.columns:
            _add(record, column, held)
    for kind in record._meta.sorted_fields:
        held_now = said.get(kind.column_name)
        if kind.own:
            # One that is taken back stays until the office is closed: a list may be reading it just now.
            kind.hidden = held_now is None
        if held_now is not None:
            _wear(kind, held_now)
        elif kind.declared:
            _undress(kind)


def _wear(kind: Kind[Any], said: _Said) -> None:
    if kind.own:
        kind.label, kind.hint, kind.place = Own(said.label), Own(said.hint), said.place
    else:
        kind.declared = kind.declared or source(kind, "label")
        kind.label = Own(said.label) if said.label else kind.declared
        kind.called_before = (kind.declared,)
    free = not kind.required and not kind.primary_key
    kind.off_form, kind.retired = said.off_form and free, said.retired and free


def _undress(kind: Kind[Any]) -> None:
    kind.label, kind.declared, kind.called_before = kind.declared, "", ()
    kind.off_form = kind.retired = False


def _add(record: type[Record], column: str, said: _Said) -> None:
    """Others may be going through the fields just now, so these are exchanged and not changed."""
    kind = KINDS[said.kind_name].make(Own(said.label), column_name=column)
    kind.own = True
    kind.called_before = tuple(filter(None, [column.removeprefix("Custom")]))
    meta = record._meta
    meta.fields, meta.columns, meta.combined = dict(meta.fields), dict(meta.columns), dict(meta.combined)
    meta.add_field(name_of(column), kind)


def undress(records: Mapping[str, type[Record]]) -> None:
    """Take off everything the office before had defined."""
    touched = False
    with _one_at_a_time:
        for table in _dressed & records.keys():
            record = records[table]
            for kind in list(record._meta.sorted_fields):
                touched = touched or kind.own or bool(kind.declared)
                if kind.own:
                    record._meta.remove_field(kind.name)
                    delattr(record, kind.name)
                elif kind.declared:
                    _undress(kind)
        _dressed.clear()
        _worn.clear()
    if touched:
        fields_changed()


def watch(records: Mapping[str, type[Record]]) -> None:
    """From now on the records have the fields of the office that is open."""

    def opened() -> None:
        if _dressed:  # otherwise the records need not even be known yet
            undress(records)
        fit(records)

    def changed(done: work.Done) -> None:
        if CustomField._meta.table_name in done.tables:
            fit(records)

    database.when_opened.append(opened)
    work.listen(changed)
