"""A list on the screen, ready to be laid out: the marked rows, or all the filter finds, in the columns it shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _, counted
from channergy_crm.query import sentence
from channergy_crm.query.listing import Listing, ListQuery, Row, label
from channergy_crm.services import reading
from ui.look.wording import right_aligned
from ui.paper.list_pages import Column, Heading, Table, Tell
from ui.paper.written import by_whom, office_name, on_paper

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.store.database import Office
    from ui.lists.table import RecordTable
    from ui.session.session import Session

MOST = 10_000
"""rows; who wants more exports them"""
AT_ONCE = 150
"""rows that are laid out before anybody notices"""
BLOCK = 500
ONE_LINE = {"day", "time", "moment"}
"""by the word a kind has for how it is written: what never goes on in a second line, beside numbers and phones"""


class Wanted(NamedTuple):
    """What of a list goes onto paper; with `keys` these records only."""

    query: ListQuery
    keys: Sequence[object] | None
    total: int
    heading: Heading
    by: str


def wanted(table: RecordTable, session: Session) -> Wanted:
    """What would be printed now. Raises Mistake when that is nothing, or too much for paper."""
    marked = table.marked() if table.grid.several and table.grid.marked_count() <= MOST else None
    count = table.grid.marked_count() if marked else table.model.rowCount()
    if not count:
        raise Mistake(_("The list is empty; there is nothing to print."))
    if count > MOST:
        raise Mistake(
            _("{count:,} rows are too many for paper; mark or filter up to {most:,}, or export them.").format(
                count=count, most=MOST
            )
        )
    header, columns = table.grid.horizontalHeader(), table.model.columns
    shown = tuple(columns[header.logicalIndex(place)] for place in range(header.count()))
    query = replace(table.query(), columns=shown, colours=(), beside=())
    return Wanted(query, marked, count, _heading(table, session, count, marked is not None), session.by)


def _heading(table: RecordTable, session: Session, count: int, marked: bool) -> Heading:
    told = sentence.sentence(table.record, table.search.text().strip(), table.called)
    records = counted(table.called, count)
    about = _("{filter} · {records} marked") if marked else _("{filter} · {records}")
    title = table.windowTitle() or table.record.plural
    return Heading(office_name(session), title, about.format(filter=told, records=records), by_whom(session))


def table_of(office: Office, what: Wanted, tell: Tell) -> Table:
    """The words of every row, read beside the window."""
    reading.begin(what.query)
    record, extras = what.query.record, what.query.record.extras()
    kinds = [extras[name] if name in extras else record.kind(name) for name in what.query.columns]
    columns = [
        Column(label(record, name), right_aligned(kind), _stays_whole(kind))
        for name, kind in zip(what.query.columns, kinds, strict=True)
    ]
    rows = [
        tuple(on_paper(kind, value) for kind, value in zip(kinds, row.values, strict=True))
        for row in _rows(office, what, tell)
    ]
    return Table(what.heading, columns, rows)


def _stays_whole(kind: Any) -> bool:
    """What is computed for a list has none of these words."""
    return right_aligned(kind) or getattr(kind, "dialed", False) or getattr(kind, "written_as", "") in ONE_LINE


def _rows(office: Office, what: Wanted, tell: Tell) -> Iterator[Row]:
    listing = Listing(office.reader())
    try:
        keys = what.keys
        if keys is None:
            keys = listing.keys(what.query, 0, listing.build(what.query))
        for start in range(0, len(keys), BLOCK):
            tell(0, 1)
            some = keys[start : start + BLOCK]
            found = {row.key: row for row in listing.some(what.query, some)}
            yield from (found[key] for key in some if key in found)
    finally:
        listing.close()
