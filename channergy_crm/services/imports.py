"""Imports that were made: listed, and taken back as a whole; and the presets by which files are imported."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.clock import now
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.transfers import ImportPreset, ImportRun
from channergy_crm.services import areas, rights
from channergy_crm.text.folding import fold
from channergy_crm.work import ChangeRow, UnitRow, undo

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from peewee import ColumnBase

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record


@dataclass
class Run:
    """One import. `unit` is the unit of work that did it; `rejected` says that it was taken back."""

    record: type[Record]
    file: str
    by: str
    created: int
    updated: int
    skipped: int
    refused: int
    number: int = 0
    unit: int = 0
    done: datetime | None = None
    rejected: bool = False

    def note(self, unit: work.Unit) -> None:
        """Put it down together with its unit of work, so that there is never one without the other."""
        self.unit, self.done = unit.number, now()
        self.number = ImportRun.insert(
            unit=self.unit, table=self.record._meta.table_name, file=self.file, by=self.by, done=self.done,
            created=self.created, updated=self.updated, skipped=self.skipped, refused=self.refused,
        ).execute()  # fmt: skip


class Rejected(NamedTuple):
    """What came of rejecting an import: the unit that took it back, of how many records, and what was kept and why."""

    unit: int
    records: int
    kept: Sequence[str]


def runs(by: str) -> list[Run]:
    """The imports of the office, the latest first."""
    rights.require(by, "see")
    return _runs()


def _runs() -> list[Run]:
    query = ImportRun.select().order_by(ImportRun.number.desc())
    reversed_ones = UnitRow.select(UnitRow.number).where(
        UnitRow.number.in_(ImportRun.select(ImportRun.unit)) & UnitRow.reversed_by.is_null(False)
    )
    rejected = set(reversed_ones.scalars())
    return [
        Run(BY_TABLE[row.table], row.file, row.by, row.created, row.updated, row.skipped, row.refused,
            row.number, row.unit, row.done, row.unit in rejected)
        for row in query if row.table in BY_TABLE
    ]  # fmt: skip


def run(number: int, by: str) -> Run:
    """One import by its number. `Mistake` when there is none."""
    rights.require(by, "see")
    return _run(number)


def _run(number: int) -> Run:
    found = next((each for each in _runs() if each.number == number), None)
    if found is None:
        raise Mistake(_("There is no import {number}.").format(number=number))
    return found


def came(record: type[Record], unit: int) -> ColumnBase:
    """The condition for the records that a unit of work made or changed."""
    key: Kind[object] = work.key_field(record)
    noted = ChangeRow.key.cast("INTEGER") if key.numeric else ChangeRow.key
    changed = (ChangeRow.unit == unit) & (ChangeRow.table == record._meta.table_name)
    return key.in_(ChangeRow.select(noted).where(changed))


def reject(number: int, by: str = "", progress: undo.Progress | None = None) -> Rejected:
    """Take back everything an import did, updated values too, now or a week later (VT-111).

    What somebody has worked on since stays, and is told. Without `by`, the one who imported takes it back.
    """
    made = _run(number)
    by = by or made.by
    rights.require(by, "import", made.record)
    if refused := rights.may_take_back(by, made.by, [made.record._meta.table_name]):
        raise Refused(refused)
    if made.rejected:
        raise Mistake(_("Import {number} has been taken back already.").format(number=number))
    kept: list[str] = []
    done = undo.reverse(made.unit, by=by, records=areas.every_table(), progress=progress, kept=kept)
    return Rejected(done.number if done else 0, len(done.changes) if done else 0, list(dict.fromkeys(kept)))


# ---------------------------------------------------------------- presets


@dataclass(frozen=True)
class Preset:
    """How files that look alike are imported: a plan without its file, under a name."""

    name: str
    record: type[Record]
    plan: Mapping[str, Any]
    built_in: bool = False


def save_preset(preset: Preset, columns: Sequence[str], by: str) -> Preset:
    """Keep a preset for the office; one of the same name for the same records is replaced."""
    name = " ".join(preset.name.split())
    if not name or len(name) > 80:
        raise Mistake(_("A preset needs a name of at most 80 characters."), "name")
    rights.require(by, "import", preset.record)
    table = preset.record._meta.table_name
    held = (ImportPreset.table == table) & (ImportPreset.name == name)
    with work.unit("Save import preset {name}", by=by, name=name):
        ImportPreset.delete().where(held).execute()
        ImportPreset.insert(table=table, name=name, columns=_signature(columns), plan=json.dumps(preset.plan)).execute()
    return replace(preset, name=name)


def delete_preset(name: str, record: type[Record], by: str) -> None:
    """Forget a preset."""
    rights.require(by, "import", record)
    held = (ImportPreset.table == record._meta.table_name) & (ImportPreset.name == name)
    with work.unit("Delete import preset {name}", by=by, name=name):
        ImportPreset.delete().where(held).execute()


def presets(record: type[Record], by: str, columns: Sequence[str] | None = None) -> list[Preset]:
    """The presets the office saved for these records, by name; only those for a file with these columns, if given."""
    rights.require(by, "import", record)
    query = ImportPreset.select().where(ImportPreset.table == record._meta.table_name).order_by(ImportPreset.name)
    wanted = None if columns is None else _signature(columns)
    rows: list[ImportPreset] = [row for row in query if wanted in (None, row.columns)]
    return [Preset(str(row.name), record, json.loads(str(row.plan))) for row in rows]


def _signature(columns: Sequence[str]) -> str:
    return "\n".join(sorted(fold(title.strip()) for title in columns))
