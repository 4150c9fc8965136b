"""What is in stock: moved by documents, corrected by people with a reason (VT-7, VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.products import Product, StockMove
from channergy_crm.services import rights
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MOST_MOVES = 500


def move(
    product: Product, quantity: int, by: str, *, reason: str = "", document: str = "", line: int | None = None
) -> StockMove | None:
    """Within a unit: so much came in, or went out where it is below nothing. Services have no stock: None.

    Nobody is asked for a right to the product: what has moved follows from what its caller may do, as issuing does.
    """
    if product.service or not quantity:
        return None
    made = _noted(product, quantity, by, reason, document, line)
    with work.current().what_follows():
        (held,) = work.locked(Product, Product.number == product.number)
        held.in_stock = (held.in_stock or 0) + quantity
        held.save()
    product.in_stock = held.in_stock
    return made


def came(product: Product, quantity: int, by: str, *, document: str, line: int) -> StockMove | None:
    """Within a unit: so much of what was bought is there. Of a service only that is noted, it has no stock."""
    if product.service and quantity:
        return _noted(product, quantity, by, "", document, line)
    return move(product, quantity, by, document=document, line=line)


def _noted(product: Product, quantity: int, by: str, reason: str, document: str, line: int | None) -> StockMove:
    made = StockMove(
        product=product, quantity=quantity, moved=clock.now(), by=by, reason=reason, document=document, line=line
    )
    with work.current().what_follows():
        made.save()
    return made


def why_not(product: Product, by: str) -> str | None:
    """None when the stock of a product may be corrected, or the sentence why not."""
    if reason := rights.may(by, "edit", product):
        return reason
    if product.is_new:
        return _("Save the product first.")
    if product.service:
        return _("A service is not kept in stock.")
    return None


def correct(number: int, on_hand: int | None, reason: str, by: str) -> StockMove | None:
    """There is so much of a product, whatever was thought: the difference is noted with its reason. Undo takes it
    back.
    """
    rights.require(by, "edit", Product)
    product = Product.find(number)
    if product is None:
        raise Mistake(_("The product is gone."))
    rights.require(by, "edit", product)
    if sentence := why_not(product, by):
        raise Mistake(sentence)
    if on_hand is None:
        raise Mistake(_("Say how much there is."), "in_stock")
    if not reason.strip():
        raise Mistake(_("Say why, such as: counted, broken, given away."), "reason")
    with work.unit("Correct the stock of {name}", by=by, name=product.caption()):
        (held,) = work.locked(Product, Product.number == number)
        return move(held, on_hand - (held.in_stock or 0), by, reason=reason.strip())


def moves(number: int, by: str) -> Sequence[StockMove]:
    """What came in and went out of a product, the latest first."""
    rights.require(by, "see", Product)
    if not rights.rows(Product, by).where(Product.number == number).exists():
        return []
    asked: Any = StockMove.select().where(StockMove.product == number)
    return list(asked.order_by(StockMove.moved.desc(), StockMove.number.desc()).limit(MOST_MOVES))


def runs_low(product: Product) -> bool:
    """Whether it is time to order more."""
    return not product.service and product.reorder_at is not None and (product.in_stock or 0) <= product.reorder_at


def asked_for(unit: int, tables: Collection[str]) -> Collection[str]:
    """Of the tables a unit changed, those whose rights count when it is taken back: goods that went with a document
    come back with it, though whoever takes it back may not change a product.
    """
    if StockMove._meta.table_name not in tables:
        return tables
    asked: Any = work.ChangeRow.select(work.ChangeRow.before, work.ChangeRow.after).where(
        (work.ChangeRow.unit == unit) & (work.ChangeRow.table == StockMove._meta.table_name)
    )
    moved = [unpacked(StockMove, after or before) for before, after in asked.tuples()]
    if not all(move.get("document") for move in moved):
        return tables
    return set(tables) - {StockMove._meta.table_name, Product._meta.table_name}
