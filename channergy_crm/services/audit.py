"""The audit trail: what was done in the office, by whom and when; and who took which records out (DP-12, VT-61, BX-32).

Administrators see what everybody did; the others what they did themselves, if the office lets them.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
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
LAST, ASKED_TOGETHER = 2**31 - 1, 200
FIRST_LOOK, LONGEST_LOOK = 5_000, 200_000
"""units that are looked through for words in one go"""
FEW = """SELECT * FROM (SELECT "UnitNo", "TableName", "RecordNo" FROM "CRMChanges"
    WHERE "UnitNo" = {sign} LIMIT {most}) AS t{place}"""


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
    for units in _batches(asked, before, limit):
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
    if _has_days(asked):
        wanted &= _within(UnitRow.done, asked)
    for word in asked.words.split():
        wanted &= _says(word)
    return wanted


def _says(word: str) -> Any:
    """The units in whose action this word stands, in the language of whoever asks."""
    named = [name for name in _messages() if any(way in folded for folded in ways(_(name)) for way in ways(word))]
    sentences = UnitRow.parameters.is_null() & letters.holds(UnitRow.name, word)  # before parameters were kept
    return UnitRow.name.in_(named) | _held_in_parameters(word) | sentences


def _held_in_parameters(word: str) -> Any:
    """A server folds a million texts in more than a second; those of plain letters alone are lowered instead, sign by
    sign as the order "C" has it: the server's own language would be asked for every one.
    """
    text, whole = UnitRow.parameters, letters.holds(UnitRow.parameters, word)
    if not database.on_server():
        return whole
    plain = peewee.fn.OCTET_LENGTH(text) == peewee.fn.LENGTH(text)
    small = peewee.fn.LOWER(peewee.NodeList((text, peewee.SQL('COLLATE "C"'))))
    lowered = reduce(or_, (letters.contains(small, way) for way in ways(word)))
    return (lowered & plain) | (~plain & whole)


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


def _batches(asked: Asked, before: int | None, limit: int) -> Iterator[list[UnitRow]]:
    """Units from the newest on, some at once, until whoever asks has enough."""
    if asked.table:
        yield from _of_a_type(asked, before, limit)
    elif asked.words and not _has_days(asked) and database.on_server():
        yield from _with_words(asked, before)
    else:
        yield _of_any_type(asked, before, limit)


def _with_words(asked: Asked, before: int | None) -> Iterator[list[UnitRow]]:
    """Looked through from the newest on, more and more at once: a server would look through all of them first."""
    wanted, many = _condition(asked), FIRST_LOOK
    high = before or (UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0) + 1
    while high > 0:
        here = (UnitRow.number < high) & (UnitRow.number >= high - many)
        yield list(UnitRow.select().where(wanted & here).order_by(UnitRow.number.desc()))
        high, many = high - many, min(4 * many, LONGEST_LOOK)


def _has_days(asked: Asked) -> bool:
    return asked.first is not None or asked.last is not None


def _of_any_type(asked: Asked, before: int | None, limit: int) -> list[UnitRow]:
    """The next page of units; of some days by their time, as the index of that has them."""
    wanted, order = _condition(asked), [UnitRow.number.desc()]
    at = UnitRow.get_or_none(UnitRow.number == before) if before is not None and _has_days(asked) else None
    if at is not None:
        wanted &= (UnitRow.done < at.done) | ((UnitRow.done == at.done) & (UnitRow.number < before))
    elif before is not None:
        wanted &= UnitRow.number < before
    if _has_days(asked):
        order.insert(0, UnitRow.done.desc())
    return list(UnitRow.select().where(wanted).order_by(*order).limit(limit + 1))


def _of_a_type(asked: Asked, before: int | None, limit: int) -> Iterator[list[UnitRow]]:
    """Units that touched records of one type, as the index has them: the newest first, more and more at once."""
    wanted, many = _condition(asked), 2 * limit
    low, high = _ends(asked) if _has_days(asked) else (0, LAST)
    high = min(high, before - 1) if before is not None else high
    while True:
        of_it = (ChangeRow.table == asked.table) & ChangeRow.unit.between(low, high)
        query = ChangeRow.select(ChangeRow.unit).where(of_it).distinct().order_by(ChangeRow.unit.desc())
        numbers = list(query.limit(many).scalars())
        if not numbers:
            return
        yield list(UnitRow.select().where(wanted & UnitRow.number.in_(numbers)).order_by(UnitRow.number.desc()))
        high, many = numbers[-1] - 1, min(4 * many, AT_ONCE)


def _ends(asked: Asked) -> tuple[int, int]:
    """The first and the last unit of those days, by number."""
    ends = UnitRow.select(peewee.fn.MIN(UnitRow.number), peewee.fn.MAX(UnitRow.number))
    held: Any = ends.where(_within(UnitRow.done, asked)).tuples().get()
    return held[0] or 0, held[1] or 0


# ---------------------------------------------------------------- what is said of them


def _deeds(units: Sequence[UnitRow]) -> list[Deed]:
    types, called, ends = areas.every_table(), history.names(unit.by for unit in units), chains.ends(units)
    touched = _touched([unit.number for unit in units])
    return [
        _deed(unit, called[unit.by], chains.standing(unit, ends[unit.number])[0], types, touched.get(unit.number, []))
        for unit in units
    ]


def _touched(numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The records each unit touched, the first of many; asked for in one go, for a server is another trip away."""
    found: dict[int, dict[tuple[str, str], None]] = {}
    for start in range(0, len(numbers), ASKED_TOGETHER):
        some = numbers[start : start + ASKED_TOGETHER]
        sign, most = database.proxy.obj.param, COUNTED + 1
        asked = " UNION ALL ".join(FEW.format(sign=sign, most=most, place=place) for place in range(len(some)))
        for number, table, key in database.proxy.execute_sql(asked, some).fetchall():  # sql: FEW, with our own names
            found.setdefault(number, {})[table, key] = None
    return {number: list(held) for number, held in found.items()}


def _deed(
    unit: UnitRow, who: str, undone: bool, types: Mapping[str, type[Record]], touched: Sequence[tuple[str, str]]
) -> Deed:  # fmt: skip
    tables = list(dict.fromkeys(table for table, _key in touched))
    opens = None
    if len(touched) == 1 and tables[0] in types:
        opens = tables[0], int(touched[0][1]) if key_field(types[tables[0]]).numeric else touched[0][1]
    records = _records(touched, tables, types)
    return Deed(unit.number, unit.done, unit.by, who, chains.said(unit), records, undone, opens)


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
