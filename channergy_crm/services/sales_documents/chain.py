"""What came from what: the quote, its versions, its orders, invoices and credit notes, one after the other (VT-137)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.records import SalesDocument
from channergy_crm.services import reading, rights

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 500


class Linked(NamedTuple):
    """A document of the chain. `depth` is how many stand before it; `came_from` the one it came from or replaces."""

    number: int
    what: str
    caption: str
    state: str
    dated: object
    total: int
    depth: int
    came_from: int | None


def chain(number: int, by: str) -> list[Linked]:
    """All documents that came from the same beginning, in the order in which they came; only what may be seen."""
    if reading.find(SalesDocument, number, by) is None:
        return []
    found: dict[int, int] = {}
    depth = 0
    step = [_beginning(number)]
    while step and len(found) < MOST:
        found.update({key: depth for key in step if key not in found})
        step = [key for key in _after(step) if key not in found]
        depth += 1
    rows = rights.rows(SalesDocument, by).where(SalesDocument.number.in_(list(found)))
    return [
        Linked(each.number, each.what, each.caption(), each.state, each.dated, int(each.total or 0),
               found[each.number], _before(each))
        for each in sorted(rows, key=lambda each: (found[each.number], each.number))
    ]  # fmt: skip


def _before(document: SalesDocument) -> int | None:
    held = document.__data__
    before = held.get("replaces") or held.get("came_from")
    return int(before) if before is not None else None


def _beginning(number: int) -> int:
    seen = {number}
    while (held := SalesDocument.find(number)) is not None:
        before = _before(held)
        if before is None or before in seen:
            break
        number = before
        seen.add(number)
    return number


def _after(numbers: Iterable[int]) -> list[int]:
    those = list(numbers)
    asked = SalesDocument.select(SalesDocument.number).where(
        SalesDocument.came_from.in_(those) | SalesDocument.replaces.in_(those)
    )
    return list(asked.order_by(SalesDocument.number).limit(MOST).scalars())
