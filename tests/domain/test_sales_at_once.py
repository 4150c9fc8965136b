"""Two seats bill the last piece of an order at the same moment: one gets it, the other is told (VT-86)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import CRMError
from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_documents import drafts, flow, issuing
from tests.domain.selling import BY, again, billed, issued, product

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

TURNS = 3


def at_once(office: Office, *deeds: Callable[[], object]) -> tuple[list[object], list[str]]:
    """Each is done on a connection of its own, all beginning together: what came of them, and what was said."""
    begin, made, told = threading.Barrier(len(deeds), timeout=20), list[object](), list[str]()

    def run(deed: Callable[[], object]) -> None:
        with office.borrowed():
            begin.wait()
            try:
                made.append(deed())
            except CRMError as error:
                told.append(error.message)

    seats = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for seat in seats:
        seat.start()
    for seat in seats:
        seat.join()
    return made, told


@pytest.mark.parametrize("kind", ["sales_order", "quote"])
def test_vt86_two_seats_that_bill_the_last_piece_get_it_once(office: Office, fixed_clock: object, kind: str) -> None:
    candle = product()
    for turn in range(TURNS):
        order = issued(kind, (candle, 3))
        line = drafts.lines(order.number, BY)[0].number
        billed(order, {line: 2_000})

        def bill(number: int = order.number) -> SalesDocument:
            return issuing.issue(flow.to_invoice(number, BY).number, BY)

        made, told = at_once(office, bill, bill)
        assert (len(made), len(told)) == (1, 1), told
        name = order.caption()
        assert told[0] in (f"All of {name} is on invoices already.", f"{name} is Done already.")
        bills = SalesDocument.select().where((SalesDocument.came_from == order.number) & (SalesDocument.total > 0))
        assert sorted(each.total for each in bills) == [11_00, 22_00]
        assert again(order).state == ("done" if kind == "sales_order" else "accepted"), turn


def test_vt86_an_order_and_an_invoice_of_one_quote_at_once_take_it_once(office: Office, fixed_clock: object) -> None:
    candle = product()
    for _turn in range(TURNS):
        quote = issued("quote", (candle, 3))
        made, told = at_once(
            office, lambda number=quote.number: flow.to_order(number, BY),
            lambda number=quote.number: flow.to_invoice(number, BY),
        )  # fmt: skip
        assert (len(made), len(told)) == (1, 1)
        assert "came from it" in told[0] or "is on invoices already" in told[0]


def test_vt86_the_same_draft_issued_at_two_seats_has_one_number(office: Office, fixed_clock: object) -> None:
    order = issued("sales_order", (product(), 1))
    bill = flow.to_invoice(order.number, BY)
    made, told = at_once(office, *[lambda: issuing.issue(bill.number, BY)] * 2)
    assert len(made) == 1 and "is issued already" in told[0] and again(bill).count == 1
