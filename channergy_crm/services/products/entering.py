"""Prices put into a book many at once: typed one after the other, or pasted from a spreadsheet (VT-142)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.fields.scaled import read_typed
from channergy_crm.language import N_, _
from channergy_crm.records.products import Price, PriceBook, Product
from channergy_crm.services import rights
from channergy_crm.services.products import offered
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

MOST = 2_000
"""rows that are taken at once"""
LARGEST, LONGEST = 1_000_000, 2_000
"""letters of all of it; letters of a row that are looked at"""
COLUMNS = ("product", "quantity", "price")
WORDS = {
    "product": "product,product number,product no,product code,code,sku,item,"  # unsaid: titles of columns
               "item number,article,artikel,artikelnr,"  # unsaid: the same
               "artikelnummer,produkt,produktnummer,nr",  # unsaid: the same
    "quantity": "quantity,from quantity,from,qty,menge,ab menge,ab,anzahl",  # unsaid: the same
    "price": "price,unit price,preis,einzelpreis,verkaufspreis",  # unsaid: the same
}  # fmt: skip
"""how the columns are called in files"""
SAID = {"product": N_("Product"), "quantity": N_("From Quantity"), "price": N_("Price")}


class Entry(NamedTuple):
    """What a product costs from a quantity on."""

    product: int
    quantity: int
    price: int


class Wrong(NamedTuple):
    """A row that cannot be taken: where it stands, what it says, and why."""

    line: int
    text: str
    why: str


class Pasted(NamedTuple):
    """What was understood of what was pasted."""

    entries: list[Entry]
    wrong: list[Wrong]


class _Row(NamedTuple):
    line: int
    text: str
    cells: Mapping[str, str]


def read(text: str, by: str, point: str = ".") -> Pasted:
    """The rows of a spreadsheet: product number or name, from quantity, price; with or without titles. `point` is the
    decimal sign of whoever pastes.
    """
    rights.require(by, "see", Product)
    rows = _rows(text) if len(text) <= LARGEST else []
    if len(rows) > MOST or len(text) > LARGEST:
        raise Mistake(_("Paste at most {count:,} rows at once.").format(count=MOST))
    names = [row.cells.get("product", "") for row in rows]
    found, again = _products(names, by), set[tuple[int, int]]()
    entries, wrong = [], []
    for row in rows:
        try:
            entry = _entry(row.cells, found, point)
            if entry[:2] in again:
                raise Mistake(_("This product stands there twice from the same quantity on."))
        except Mistake as mistake:
            wrong.append(Wrong(row.line, row.text, mistake.message))
            continue
        again.add(entry[:2])
        entries.append(entry)
    return Pasted(entries, wrong)


def put(book: int, entries: Sequence[Entry], by: str) -> int:
    """Put prices into a book: what stands there for the same product and quantity is replaced. One undo takes all of
    it back. How many.
    """
    rights.require(by, "edit", PriceBook)
    into = PriceBook.find(book)
    if into is None:
        raise Mistake(_("The price book is gone."))
    asked: Any = Price.select().where(Price.book == book)
    held = {(each.__data__["product"], each.quantity or 0): each for each in asked}
    with work.unit("Put prices into {name}", by=by, name=into.caption()):
        for entry in entries:
            price = held.get(entry[:2]) or Price(book=book, product=entry.product, quantity=entry.quantity)
            price.price = entry.price
            price.save()
    return len(entries)


def _rows(text: str) -> list[_Row]:
    apart = "\t" if "\t" in text else ";"
    lines = [(place, line) for place, line in enumerate(text.replace("\0", "").splitlines(), 1) if line.strip()]
    cells = [
        [cell.strip() for cell in next(csv.reader(io.StringIO(line[:LONGEST]), delimiter=apart))]
        for _place, line in lines
    ]
    names = _titles(cells[0]) if cells else []
    if names:
        lines, cells = lines[1:], cells[1:]
    return [
        _Row(place, line, dict(zip(names or _by_count(row), row, strict=False)))
        for (place, line), row in zip(lines, cells, strict=True)
    ]


def _titles(row: Sequence[str]) -> list[str]:
    """What the columns of a first row are that says so; nothing where it says none."""
    names = []
    for cell in row:
        said = fold(cell)
        names.append(next((name for name in COLUMNS if said in {*WORDS[name].split(","), fold(_(SAID[name]))}), ""))
    return names if {"product", "price"} <= set(names) else []


def _by_count(row: Sequence[str]) -> Sequence[str]:
    return ("product", "price") if len(row) == 2 else COLUMNS


def _entry(cells: Mapping[str, str], found: Mapping[str, int | None], point: str) -> Entry:
    named = cells.get("product", "")
    if not named:
        raise Mistake(_("The product is missing."))
    product = found.get(fold(named), 0)
    if product is None:
        raise Mistake(_("More than one product is called “{name}”; give its number.").format(name=named))
    if not product:
        raise Mistake(_("There is no product “{name}”.").format(name=named))
    quantity: Any = Price.kind("quantity")
    price: Any = Price.kind("price")
    many: Any = read_typed(quantity, cells.get("quantity", ""), point) or 0
    cents: Any = price.read(cells.get("price", ""))
    if cents is None:
        raise Mistake(_("The price is missing."))
    if why_not := quantity.check(many) or price.check(cents):
        raise Mistake(why_not)
    return Entry(product, int(many), int(cents))


def _products(names: Collection[str], by: str) -> dict[str, int | None]:
    """The products that are numbered or called so, by the folded word; None where a name is that of several."""
    words = sorted({fold(name) for name in names if name})
    found: dict[str, int | None] = {}
    folded: Any = Product.kind("name_folded")
    for at in range(0, len(words), offered.AT_ONCE):
        asked = rights.rows(Product, by).where(folded.in_(words[at : at + offered.AT_ONCE]) & ~Product.inactive)
        for each in asked:
            word = fold(each.name)
            found[word] = None if word in found else each.number
    return {**found, **offered.with_codes(words, by)}
