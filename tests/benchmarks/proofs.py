"""What an office must be after many have worked in it at once: its journal tells how every row came to be as it is.

Each entry begins where the one before it has ended, so nobody has written over what he has not seen; and the rows are
what the last entries say, so nothing was written past the journal.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.records import BY_TABLE, Lead, Opportunity
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from channergy_crm.store.database import Office

    Values = dict[str, Any]

TOGETHER = 500


class Replayed(NamedTuple):
    """What was found while the journal was read from its beginning."""

    entries: int
    torn: list[str]
    """entries that do not begin where the one before them has ended: something was lost"""
    unlike: list[str]
    """rows that are not what the journal says"""


class _Row(NamedTuple):
    table: str
    key: str
    values: Values | None
    """what it holds at the end; None when it is gone"""


def replay(office: Office) -> Replayed:
    """Read the journal and compare it with itself and with the rows."""
    found = Replayed(0, [], [])
    entries = 0
    waiting: list[_Row] = []
    there: Counter[str] = Counter()
    for (table, key), steps in groupby(_entries(office), key=lambda step: step[:2]):
        if table not in BY_TABLE:
            continue
        history = list(steps)
        entries += len(history)
        waiting.append(_Row(table, key, _followed(table, key, history, found.torn)))
        there[table] += waiting[-1].values is not None
        if len(waiting) == TOGETHER or waiting[0].table != table:
            found.unlike.extend(_unlike(waiting))
            waiting = []
    found.unlike.extend(_unlike(waiting))
    for table in ("CRMLeads", "CRMAccounts", "CRMOpportunities", "Customers", "CustomerContacts", "CustServ"):
        if (rows := BY_TABLE[table].select().count()) != there[table]:
            found.unlike.append(f"{table}: {rows} rows, {there[table]} in the journal")
    return found._replace(entries=entries)


def _entries(office: Office) -> Iterator[tuple[str, str, str, str | None, str | None]]:
    changes = work.ChangeRow
    query = changes.select(changes.table, changes.key, changes.verb, changes.before, changes.after)
    reader = office.reader()
    try:
        for rows in reader.stream(*query.order_by(changes.table, changes.key, changes.number).sql()):
            yield from rows
    finally:
        reader.close()


def _followed(table: str, key: str, history: Iterable[Any], torn: list[str]) -> Values | None:
    """What one row holds after all that was done to it."""
    cls, held = BY_TABLE[table], None
    for _table, _key, verb, before, after in history:
        was, becomes = unpacked(cls, before), unpacked(cls, after)
        for name, value in was.items():
            if held is not None and name != "version" and not _same(held.get(name), value):
                torn.append(
                    f"{table} {key}, {name}: {held.get(name)!r} was followed by {value!r} → {becomes.get(name)!r}"
                )
        if verb == "insert":
            held = becomes
        elif verb == "delete":
            held = None
        elif held is not None:
            held = {**held, **becomes, "version": held.get("version", 1) + 1}
    return held


def _unlike(rows: list[_Row]) -> Iterator[str]:
    for table, several in groupby(rows, key=lambda row: row.table):
        cls = BY_TABLE[table]
        key = work.key_field(cls)
        told = {key.python_value(row.key): row.values for row in several}
        stored = {one.key: one.__data__ for one in cls.select().where(key.in_(list(told)))}
        for number, values in told.items():
            row = stored.get(number)
            if (row is None) != (values is None):
                yield f"{table} {number}: {'not ' if row is None else ''}there"
            elif row is not None and values is not None:
                names = [name for name in row if not _same(row[name], values.get(name))]
                yield from (f"{table} {number}, {name}: {row[name]!r} is not {values.get(name)!r}" for name in names)


def _same(one: object, other: object) -> bool:
    return one == other or (one in (None, "", False) and other in (None, "", False))


def missing(tokens: Iterable[tuple[int, str, int]]) -> list[str]:
    """What was reported as saved into the notes of a lead and does not stand there."""
    notes = dict(Lead.select(Lead.number, Lead.notes).tuples())
    return [f"{token} in lead {number}" for number, token, _unit in tokens if token not in (notes.get(number) or "")]


def half_converted() -> list[str]:
    """Leads that were converted twice, or not entirely."""
    made = Opportunity.select(Opportunity.originating_lead, Opportunity.number)
    rows = list(made.where(Opportunity.originating_lead.is_null(False)).tuples())
    held = {number: (opportunity, converted) for number, opportunity, converted in Lead.select(
        Lead.number, Lead.opportunity, Lead.converted).where(Lead.opportunity.is_null(False)).tuples()}  # fmt: skip
    wrong = [f"opportunity {number} of lead {lead}" for lead, number in rows if held.get(lead) != (number, True)]
    return wrong + [f"lead {lead}" for lead, (opportunity, _) in held.items() if (lead, opportunity) not in set(rows)]
