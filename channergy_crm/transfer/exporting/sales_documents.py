"""Documents with their lines and payments out into a file, from which they come back without a difference (VT-112)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _
from channergy_crm.records import Account, Opportunity, Payment, Product, SalesDocument, SalesLine, Vendor
from channergy_crm.services import rights
from channergy_crm.transfer import sales_columns
from channergy_crm.transfer.exporting.counted import Lines, Taken, write
from channergy_crm.transfer.sales_columns import COLUMNS, Column

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from channergy_crm.records.sales_documents import DocumentKind
    from channergy_crm.store.reader import Row
    from channergy_crm.transfer.exporting.text import Style
    from channergy_crm.work.undo import Progress

Sql = Any
"""a question for the store, or what it answers"""
BATCH = 200
"""documents that are read at once"""
NAMED = {"account": Account, "vendor": Vendor, "deal": Opportunity}


def export_documents(
    path: Path, by: str, kinds: Sequence[DocumentKind] = (), style: Style | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a CSV file or a workbook, by its ending: a row for each line and payment. How many rows."""
    rights.require(by, "export", SalesDocument)
    kept = _hidden(by)
    columns = [column for column in COLUMNS if column.key not in kept]
    typed = {place: column.kind for place, column in enumerate(columns) if not column.how}
    titles = [column.title for column in columns]
    lines = Lines(titles, _batches(columns, kinds, by), kinds=_with_payments(typed, columns), progress=progress)
    return write(Taken(SalesDocument, kinds, by, _("Documents")), lines, path, style)


def _hidden(by: str) -> set[str]:
    """The columns this one is not shown."""
    kept = {record: rights.hidden(record, by) for record in {column.record for column in COLUMNS}}
    return {column.key for column in COLUMNS if column.field in kept[column.record]}


def _with_payments(typed: dict[int, Sql], columns: Sequence[Column]) -> dict[int, Sql]:
    """A row that is a payment says so in the column of what a line is, in a word no line has."""
    return {place: kind for place, kind in typed.items() if columns[place].key != "SalesLine.what"}


def _batches(columns: Sequence[Column], kinds: Sequence[DocumentKind], by: str) -> Iterator[list[Row]]:
    last = 0
    while True:
        asked: Sql = rights.rows(SalesDocument, by).where(SalesDocument.number > last)
        if kinds:
            asked = asked.where(SalesDocument.what.in_([kind.value for kind in kinds]))
        documents = list(asked.order_by(SalesDocument.number).limit(BATCH))
        if not documents:
            return
        last = documents[-1].number
        yield list(_rows(documents, columns, by))


def _rows(documents: Sequence[SalesDocument], columns: Sequence[Column], by: str) -> Iterator[Row]:
    numbers, names = [each.number for each in documents], _names(documents, by)
    lines, payments = _parts(SalesLine, numbers, SalesLine.place), _parts(Payment, numbers, Payment.paid_on)
    products = _products([line for held in lines.values() for line in held], by)
    for document in documents:
        head = _head(document, names)
        parts: list[dict[str, object]] = [_line(line, products) for line in lines.get(document.number, [])]
        parts += [_payment(payment) for payment in payments.get(document.number, [])]
        for part in parts or [{}]:
            values = {**head, **part}
            yield tuple(values.get(column.key) for column in columns)


def _parts(record: Sql, documents: Sequence[object], order: object) -> dict[object, list[Sql]]:
    found: dict[object, list[Sql]] = {}
    for each in record.select().where(record.document.in_(list(documents))).order_by(order, record.number):
        found.setdefault(each.__data__["document"], []).append(each)
    return found


def _head(document: SalesDocument, names: dict[str, dict[object, str]]) -> dict[str, object]:
    held: dict[str, object] = {column.key: document.__data__.get(column.field) for column in sales_columns.HEAD}
    for field, known in names.items():
        held[field] = known.get(document.__data__.get(field), "")
    held["number"] = str(document.number)
    return held


def _line(line: SalesLine, products: dict[object, str]) -> dict[str, object]:
    held: dict[str, object] = {column.key: line.__data__.get(column.field) for column in sales_columns.LINES}
    held["SalesLine.product"] = products.get(line.__data__.get("product"), "")
    held["SalesLine.what"] = SalesLine.kind("what").show(line.what)
    return held


def _payment(payment: Payment) -> dict[str, object]:
    held: dict[str, object] = {column.key: payment.__data__.get(column.field) for column in sales_columns.PAYMENTS}
    return {**held, "SalesLine.what": _("Payment"), "SalesLine.price": payment.amount}


def _names(documents: Sequence[SalesDocument], by: str) -> dict[str, dict[object, str]]:
    """What the accounts, vendors and deals are called that this one may see."""
    found: dict[str, dict[object, str]] = {}
    for field, record in NAMED.items():
        wanted = {each.__data__.get(field) for each in documents} - {None}
        found[field] = _called(record, wanted, by)
    return found


def _products(lines: Sequence[SalesLine], by: str) -> dict[object, str]:
    return _called(Product, {line.__data__.get("product") for line in lines} - {None}, by)


def _called(record: Sql, wanted: set[object], by: str) -> dict[object, str]:
    if not wanted or rights.may(by, "see", record) or "name" in rights.hidden(record, by):
        return {}
    asked = rights.rows(record, by, record.number, record.name).where(record.number.in_(list(wanted)))
    return {number: name or "" for number, name in asked.tuples()}
