"""The cells of document lines: what stands in each, and what is understood of what people type into it (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QLocale

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import SalesLine
from channergy_crm.text.folding import fold
from ui.look.wording import shown, written_money

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ui.pages.sales.lines import Line

PLACE, CODE, NAME, STOCK, QUANTITY, UNIT, PRICE, DISCOUNT, TAX, TOTAL, GRIP = range(11)
NAMES = ("place", "code", "name", "stock", "quantity", "unit", "price", "discount", "rate", "total", "grip")
TITLES = ("", N_("Code"), N_("Product"), N_("In stock"), N_("Quantity"), N_("Unit"), N_("Price"), N_("Discount"),
          N_("Tax"), N_("Total"), "")  # fmt: skip
SAID = (N_("Place"), *TITLES[1:10], N_("Move"))
"""for the screen reader"""
RIGHT = {STOCK, QUANTITY, PRICE, DISCOUNT, TAX, TOTAL}
TYPED = (NAME, QUANTITY, UNIT, PRICE, DISCOUNT, TAX)
"""the columns somebody types into, in the order of Tab"""
WIDTHS = {PLACE: 36, CODE: 96, STOCK: 104, QUANTITY: 92, UNIT: 76, PRICE: 108, DISCOUNT: 96, TAX: 92, TOTAL: 132,
          GRIP: 36}  # fmt: skip
NARROW = {PLACE: 30, CODE: 84, STOCK: 84, QUANTITY: 74, UNIT: 62, PRICE: 84, DISCOUNT: 70, TAX: 66, TOTAL: 98,
          GRIP: 24}  # fmt: skip
TINY = {PLACE: 28, CODE: 76, STOCK: 76, QUANTITY: 64, UNIT: 62, PRICE: 74, DISCOUNT: 70, TAX: 60, TOTAL: 88,
        GRIP: 20}  # fmt: skip
LEAST_NAME = 200
KINDS = {QUANTITY: "quantity", UNIT: "unit", PRICE: "price", TAX: "rate", NAME: "name"}


STEPS: tuple[tuple[dict[int, int], tuple[int, ...]], ...] = (
    (WIDTHS, ()), (WIDTHS, (STOCK,)), (NARROW, (STOCK,)), (NARROW, (STOCK, CODE)), (TINY, (STOCK, CODE)),
)  # fmt: skip
"""what is tried, one after the other, where there is less room"""


class Fitting(NamedTuple):
    """How wide each column is, and which ones there is no room for."""

    widths: dict[int, int]
    left_out: tuple[int, ...]


def fit(room: int) -> Fitting:
    """The columns in so many pixels: the stock goes first, then the code, then air (VT-142)."""
    widths, left_out = WIDTHS, tuple[int, ...]()
    for widths, left_out in STEPS:
        taken = sum(wide for column, wide in widths.items() if column not in left_out)
        if room - taken >= LEAST_NAME:
            break
    return Fitting({**widths, NAME: max(room - taken, 60)}, left_out)


def said(line: Line, column: int, total: int = 0) -> str:
    """What stands in a cell of a line."""
    if column == NAME or not line.is_item:
        return line.name if column == NAME else ""
    if column in SHOWN:
        return SHOWN[column](line)
    if column == TOTAL:
        return written_money(total, QLocale())
    name = KINDS.get(column)
    return shown(SalesLine.kind(name), getattr(line, name)) if name else ""


def discount_said(line: Line) -> str:
    """10 %, 5.00, or both where a document from elsewhere has both."""
    parts = [shown(SalesLine.kind("discount"), line.discount)] if line.discount else []
    parts += [written_money(line.less, QLocale())] if line.less else []
    return " + ".join(parts)


def tax_said(rate: int | None) -> str:
    """8.25 %; where nothing is taken, so; nothing where nobody has said."""
    return shown(SalesLine.kind("rate"), rate) if rate else "" if rate is None else _("none")


def read(column: int, text: str, rates: Mapping[str, int]) -> dict[str, Any]:
    """What a line shall hold where this is typed; `Mistake` with a sentence when it cannot be read."""
    if column == DISCOUNT:
        return _discount(text)
    if column == TAX:
        return {"rate": _tax(text, rates)}
    kind = SalesLine.kind(KINDS[column])
    return {kind.name: _checked(kind, text)}


def _checked(kind: Any, text: str) -> Any:
    typed = getattr(kind, "typed", None)  # only quantities and rates mind the decimal sign of the place
    value = typed(text, QLocale().decimalPoint()) if typed is not None else kind.read(text)
    if why_not := kind.check(value):
        raise Mistake(why_not, kind.name)
    return value


def _discount(text: str) -> dict[str, Any]:
    bare = text.strip()
    if not bare:
        return {"discount": None, "less": None}
    try:
        if bare.endswith("%"):
            return {"discount": _checked(SalesLine.kind("discount"), bare) or None, "less": None}
        return {"discount": None, "less": _checked(SalesLine.kind("less"), bare) or None}
    except Mistake as wrong:
        if bare.endswith("%"):
            raise
        raise Mistake(_("A discount is a share such as 10 %, or an amount such as 5.00."), wrong.field) from None


def _tax(text: str, rates: Mapping[str, int]) -> int | None:
    wanted = fold(text.strip())
    if wanted in ("", fold(_("none"))):
        return 0 if wanted else None
    if wanted in rates:
        return rates[wanted]
    try:
        return int(_checked(SalesLine.kind("rate"), text) or 0)
    except Mistake:
        names = ", ".join(sorted(rates)) or _("none")
        raise Mistake(
            _("Tax is a rate such as 8.25 %, or the name of a tax class: {names}.").format(names=names), "rate"
        ) from None


SHOWN: dict[int, Callable[[Line], str]] = {
    CODE: lambda line: line.code, DISCOUNT: discount_said, TAX: lambda line: tax_said(line.rate),
}  # fmt: skip
