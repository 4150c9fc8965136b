"""The audit trail: what was done in the office, by whom and when; and who took which records out (DP-12, VT-61, BX-32).

Administrators see what everybody did; the others what they did themselves, if the office lets them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Refused
from channergy_crm.language import _, counted, ngettext
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import areas, history, office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import AUDIT_TRAIL, OWN
from channergy_crm.store import database, letters
from channergy_crm.store.complaints import ReadOnly
from channergy_crm.text.folding import ways
from channergy_crm.work import ChangeRow, UnitRow, chains, key_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from channergy_crm.work.record import Record

PAGE, AT_ONCE, COUNTED = 100, 2_000, 20
"""rows of a page; units looked at in one go; records of a unit that are counted"""


@dataclass(frozen=True)
class Asked:
    """What of the trail is wanted; nothing in a part of it is everything."""

    who: str = ""
    table: str = ""
    first: date | None = None
    last: date | None = None
    words: str = ""


class Deed(NamedTuple):
    """One line of the trail: what was done, when and by whom. `opens` is the record, where it was done to one alone."""

    number: int
    done: datetime
    by: str
    who: str
    said: str
    records: str
    undone: bool
    opens: tuple[str, object] | None


class Page(NamedTuple):
    """Some lines, the newest first; `before` is where the next page goes on, None at the end."""

    deeds: Sequence[Deed]
    before: int | None


class Taken(NamedTuple):
    """What was put on paper: records of which type, which of them, how many, by which filter, which columns."""

    record: type[Record]
    what: str
    rows: int
    search: str = ""
    columns: Sequence[str] = ()


def why_not(by: str) -> str | None:
    """None when this operator may look through the trail, be it only their own part; otherwise the sentence."""
    if reason := rights.may(by, "see"):
        return reason
    reason = rights.may(by, "administer")
    return None if reason is None or office.get(AUDIT_TRAIL, Program.ITSELF) == OWN else reason


def trail(asked: Asked, by: str, *, before: int | None = None, limit: int = PAGE) -> Page:
    """What was done, the newest first, a page at a time."""
    asked = _allowed(asked, by)
    found: list[UnitRow] = []
    for units in _batches(_condition(asked), asked.table, before, limit):
        found += units
        if len(found) > limit:
            break
    more = len(found) > limit
    return Page(_deeds(found[:limit]), found[limit - 1].number if more else None)


def taken_out(asked: Asked, by: str, *, before: int | None = None, limit: int = PAGE) -> Page:
    """Who exported and printed what, the newest first, a page at a time."""
    asked = _allowed(asked, by)
    wanted = _within(ExportRow.done, asked) & (ExportRow.number < (before or 2**31))
    if asked.who:
        wanted &= ExportRow.by == asked.who
    if asked.table:
        wanted &= ExportRow.table == asked.table
    for word in asked.words.split():
        wanted &= letters.holds(ExportRow.file, word) | letters.holds(ExportRow.search, word)
    rows = list(ExportRow.select().where(wanted).order_by(ExportRow.number.desc()).limit(limit + 1))
    called = history.names(row.by for row in rows)
    types = areas.every_table()
    deeds = [_taken(row, called[row.by], types) for row in rows[:limit]]
    return Page(deeds, rows[limit - 1].number if len(rows) > limit else None)


def log_paper(printed: Taken, form: str, file: str, by: str) -> None:
    """Put down that records were printed ("paper") or kept as a file for it ("pdf")."""
    rights.require(by, "see", printed.record)
    with suppress(ReadOnly), work.unit("Print", by=by):  # whoever may only read the office cannot put it down
        ExportRow.insert(
            by=by, done=clock.now(), table=printed.record._meta.table_name, what=printed.what, search=printed.search,
            columns=", ".join(printed.columns), rows=printed.rows, form=form, file=file,
        ).execute()  # fmt: skip


# ---------------------------------------------------------------- which


def _allowed(asked: Asked, by: str) -> Asked:
    if reason := why_not(by):
        raise Refused(reason)
    return asked if rights.may(by, "administer") is None else replace(asked, who=by)


def _within(moment: Any, asked: Asked) -> Any:
    """The condition for the days that were asked for."""
    wanted = moment.is_null(False)
    if asked.first is not None:
        wanted &= moment >= datetime.combine(asked.first, time())
    if asked.last is not None:
        wanted &= moment < datetime.combine(asked.last + timedelta(days=1), time())
    return wanted


def _condition(asked: Asked) -> Any:
    wanted: Any = UnitRow.number > 0
    if asked.who:
        wanted &= UnitRow.by == asked.who
    if asked.first is not None or asked.last is not None:
        ends = UnitRow.select(peewee.fn.MIN(UnitRow.number), peewee.fn.MAX(UnitRow.number))
        held: Any = ends.where(_within(UnitRow.done, asked)).tuples().get()
        first, last = held
        wanted &= UnitRow.number.between(first or 0, last or 0) & _within(UnitRow.done, asked)
    for word in asked.words.split():
        wanted &= _says(word)
    return wanted


def _says(word: str) -> Any:
    """The units in whose action this word stands, in the language of whoever asks."""
    named = [name for name in _messages() if any(way in folded for folded in ways(_(name)) for way in ways(word))]
    return UnitRow.name.in_(named) | letters.holds(UnitRow.parameters, word) | _old(word)


def _old(word: str) -> Any:
    """What was written before the journal kept its parameters is a whole sentence."""
    return UnitRow.parameters.is_null() & letters.holds(UnitRow.name, word)


_known: dict[str, None] = {}
_seen = 0


def _messages() -> list[str]:
    """Every action the journal knows with parameters, as it was written; looked up once, then only what is new."""
    global _seen
    last = UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0
    if last > _seen:
        new = UnitRow.select(UnitRow.name).where((UnitRow.number > _seen) & UnitRow.parameters.is_null(False))
        _known.update(dict.fromkeys(new.distinct().scalars()))
        _seen = last
    return list(_known)


def _forget() -> None:
    global _seen
    _known.clear()
    _seen = 0


database.when_opened.append(_forget)


def _batches(wanted: Any, table: str, before: int | None, limit: int) -> Iterator[list[UnitRow]]:
    """Units from the newest on; of one record type, as the index knows them, some thousand at once."""
    if not table:
        query = UnitRow.select().where(wanted & (UnitRow.number < (before or 2**62)))
        yield list(query.order_by(UnitRow.number.desc()).limit(limit + 1))
        return
    while True:
        of_it = (ChangeRow.table == table) & (ChangeRow.unit < (before or 2**31 - 1))
        asked = ChangeRow.select(ChangeRow.unit).where(of_it).distinct().order_by(ChangeRow.unit.desc())
        numbers = list(asked.limit(AT_ONCE).scalars())
        if not numbers:
            return
        yield list(UnitRow.select().where(wanted & UnitRow.number.in_(numbers)).order_by(UnitRow.number.desc()))
        before = numbers[-1]


# ---------------------------------------------------------------- what is said of them


def _deeds(units: Sequence[UnitRow]) -> list[Deed]:
    types, called, ends = areas.every_table(), history.names(unit.by for unit in units), chains.ends(units)
    return [_deed(unit, called[unit.by], chains.standing(unit, ends[unit.number])[0], types) for unit in units]


def _deed(unit: UnitRow, who: str, undone: bool, types: Mapping[str, type[Record]]) -> Deed:
    columns = ChangeRow.select(ChangeRow.table, ChangeRow.key).where(ChangeRow.unit == unit.number)
    rows: Any = columns.limit(COUNTED + 1).tuples()
    touched = list(dict.fromkeys(rows))
    tables = list(dict.fromkeys(table for table, _key in touched))
    opens = None
    if len(touched) == 1 and tables[0] in types:
        opens = tables[0], int(touched[0][1]) if key_field(types[tables[0]]).numeric else touched[0][1]
    return Deed(
        unit.number, unit.done, unit.by, who, chains.said(unit), _records(touched, tables, types), undone, opens
    )


def _records(touched: Sequence[tuple[str, str]], tables: Sequence[str], types: Mapping[str, type[Record]]) -> str:
    """One record by its number, several of a type by how many there are, otherwise of which types."""
    if len(touched) == 1 and tables[0] in types:
        return _("{record} {number}").format(record=types[tables[0]].singular, number=touched[0][1])
    if len(tables) == 1 and len(touched) <= COUNTED and tables[0] in types:
        return str(counted(types[tables[0]], len(touched)))
    return ", ".join(types[table].plural if table in types else table for table in tables)


def _taken(row: ExportRow, who: str, types: Mapping[str, type[Record]]) -> Deed:
    record = types.get(row.table)
    forms = {"paper": _("Printed"), "pdf": _("Saved as PDF for paper: {file}")}
    said = forms.get(row.form, _("Exported to {file}")).format(file=row.file)
    if row.search:
        said = _("{said} · filter: {filter}").format(said=said, filter=row.search)
    lines = ngettext("{count:,} line of the audit trail", "{count:,} lines of the audit trail", row.rows)
    records = str(counted(record, row.rows)) if record is not None else lines.format(count=row.rows)
    return Deed(row.number, row.done, row.by, who, said, records, False, None)
