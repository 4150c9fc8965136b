"""Lines as text of a spreadsheet: what is copied, and what is understood of what is pasted (VT-142)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

COLUMNS = ("code", "name", "quantity", "unit", "price", "discount", "rate")
WORDS = {
    "code": "code,product code,sku,item number,article,artikelnr,artikelnummer,nr",  # unsaid: titles of columns
    "name": "name,product,text,description,item,article name,produkt,bezeichnung,artikel",  # unsaid: the same
    "quantity": "quantity,qty,count,amount,menge,anzahl",  # unsaid: the same
    "unit": "unit,uom,einheit",  # unsaid: the same
    "price": "price,unit price,preis,einzelpreis,e-preis",  # unsaid: the same
    "discount": "discount,rebate,rabatt",  # unsaid: the same
    "rate": "tax,vat,tax %,ust,mwst,steuer",  # unsaid: the same
}
"""how the columns are called in files"""
KNOWN_ELSEWHERE = ("", "#", "no", "no.", "pos", "pos.", "total", "sum", "gesamt", "summe", "stock")  # unsaid: too
"""columns that are left out because they follow from the others"""
MOST = 2_000
BY_COUNT = {
    2: ("name", "quantity"),
    3: ("name", "quantity", "price"),
    4: ("code", "name", "quantity", "price"),
    5: ("code", "name", "quantity", "unit", "price"),
}


class Table(NamedTuple):
    """What was pasted: the cells of each row by their column, and the columns nobody understands."""

    rows: list[dict[str, str]]
    unknown: list[str]
    more: int = 0
    """rows beyond what is taken at once"""


def read(text: str, is_code: Callable[[Collection[str]], Collection[str]]) -> Table:
    """The rows of a spreadsheet. Its first row may say what the columns are; otherwise they are told by their number,
    and by whether what stands first are codes of products.
    """
    held = csv.reader(io.StringIO(text.replace("\0", "")), delimiter="\t", strict=False)
    rows = [[cell.strip() for cell in row] for row in held if any(cell.strip() for cell in row)]
    if not rows:
        return Table([], [])
    names, unknown = _titles(rows[0])
    if names:
        rows = rows[1:]
    else:
        names = _by_count(rows, is_code)
    taken = [{name: cell for name, cell in zip(names, row, strict=False) if name and cell} for row in rows[:MOST]]
    return Table([row for row in taken if row], unknown, max(len(rows) - MOST, 0))


def _titles(row: Sequence[str]) -> tuple[list[str], list[str]]:
    own = {name: {fold(_(said)) for said in (SAID[name],)} for name in COLUMNS}
    names, unknown = [], []
    for cell in row:
        said = fold(cell)
        name = next((name for name, words in WORDS.items() if said in words.split(",") or said in own[name]), "")
        if not name and said not in KNOWN_ELSEWHERE:
            unknown.append(cell)
        names.append("" if name in names else name)
    found = [name for name in names if name]
    is_title = len(found) >= 2 or (len(found) == 1 and len(row) == 1)
    return (names, unknown) if is_title else ([], [])


def _by_count(rows: Sequence[Sequence[str]], is_code: Callable[[Collection[str]], Collection[str]]) -> list[str]:
    width = max(len(row) for row in rows)
    if width > 5:
        return list(COLUMNS)
    first = {row[0] for row in rows if row[0]}
    codes = bool(is_code(first))
    if width == 1:
        return ["code" if codes else "name"]
    names = list(BY_COUNT[width])
    if codes and width < 4:
        names[0] = "code"
    elif not codes and width == 4:
        names = ["name", "quantity", "unit", "price"]
    elif not codes and width == 5:
        names = ["name", "quantity", "unit", "price", "discount"]
    return names


def written(rows: Sequence[Sequence[str]]) -> str:
    """Rows of cells as a spreadsheet takes them."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(rows)
    return out.getvalue()


SAID = {
    "code": N_("Code"), "name": N_("Product"), "quantity": N_("Quantity"), "unit": N_("Unit"), "price": N_("Price"),
    "discount": N_("Discount"), "rate": N_("Tax"),
}  # fmt: skip
"""how the columns are called here"""
