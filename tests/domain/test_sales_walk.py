"""A long way through orders, bills, credits and payments, beside a model that reckons alone (VT-86)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.records import SalesDocument
from channergy_crm.services.sales_documents import drafts, flow, issuing, payments
from tests.domain.selling import BY, DAY, again, customer, draft, in_stock, product, vendor

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")
STEPS = 80
PRICES = (10_00, 2_50)
TAX = 10


class Walk:
    """What was done, and what must be true by that. Quantities are whole pieces, by order and place."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.account = customer().number
        self.goods = [product(list_price=price, name=f"Thing {price}") for price in PRICES]
        for each in self.goods:
            vendor(each, f"Vendor {each.number}", 1_00)
        self.stock = [100, 100]
        self.orders: dict[int, list[int]] = {}
        self.billed: dict[int, list[int]] = {}
        self.bills: dict[int, dict[str, Any]] = {}
        self.bought: dict[int, tuple[int, int]] = {}
        self.numbers: dict[str, int] = {}

    def count(self, document: SalesDocument) -> None:
        self.numbers[document.what] = self.numbers.get(document.what, 0) + 1
        assert document.count == self.numbers[document.what]

    def order(self) -> None:
        quantities = [self.dice.randint(1, 9) for _each in self.goods]
        made = draft("sales_order", *zip(self.goods, quantities, strict=True), account=self.account)
        self.count(issuing.issue(made.number, BY))
        self.orders[made.number], self.billed[made.number] = quantities, [0, 0]

    def bill(self) -> None:
        number = self.dice.choice(list(self.orders))
        left = [all_ - done for all_, done in zip(self.orders[number], self.billed[number], strict=True)]
        wanted = [self.dice.randint(0, 6) for _each in left]
        keys = [line.number for line in drafts.lines(number, BY)]
        chosen = {key: each * 1_000 for key, each in zip(keys, wanted, strict=True)}
        if not any(wanted) or any(each > most for each, most in zip(wanted, left, strict=True)):
            with pytest.raises(Mistake):
                flow.to_invoice(number, BY, chosen)
            return
        made = issuing.issue(flow.to_invoice(number, BY, chosen).number, BY)
        self.count(made)
        net = sum(price * each for price, each in zip(PRICES, wanted, strict=True))
        self.bills[made.number] = {"order": number, "of": wanted, "back": [0, 0], "total": net + net * TAX // 100,
                                   "paid": 0, "credited": 0}  # fmt: skip
        self.moved(wanted, -1)
        self.billed[number] = [done + each for done, each in zip(self.billed[number], wanted, strict=True)]

    def pay(self) -> None:
        number = self.dice.choice(list(self.bills))
        amount = self.dice.choice((1_00, 11_00, -50))
        if self.whole(self.bills[number]) and amount > 0:
            with pytest.raises(Mistake):
                payments.pay(number, amount, DAY, BY)
            return
        made = payments.pay(number, amount, DAY, BY)
        if self.dice.random() < 0.3:
            payments.take_back(made.number, BY)
        else:
            self.bills[number]["paid"] += amount

    def credit(self) -> None:
        number = self.dice.choice(list(self.bills))
        bill = self.bills[number]
        wanted = [self.dice.randint(0, 3) for _each in self.goods]
        lines = drafts.lines(number, BY)
        places = [place for place, each in enumerate(bill["of"]) if each]
        chosen = {line.number: wanted[place] * 1_000 for place, line in zip(places, lines, strict=True)}
        wanted = [each if place in places else 0 for place, each in enumerate(wanted)]
        left = [each - back for each, back in zip(bill["of"], bill["back"], strict=True)]
        if not any(wanted) or any(each > most for each, most in zip(wanted, left, strict=True)):
            with pytest.raises(Mistake):
                flow.credit(number, BY, chosen)
            return
        self.count(issuing.issue(flow.credit(number, BY, chosen).number, BY))
        net = sum(price * each for price, each in zip(PRICES, wanted, strict=True))
        bill["credited"] += net + net * TAX // 100
        bill["back"] = [back + each for back, each in zip(bill["back"], wanted, strict=True)]
        self.moved(wanted, 1)
        if self.whole(bill):
            done = self.billed[bill["order"]]
            self.billed[bill["order"]] = [all_ - each for all_, each in zip(done, bill["of"], strict=True)]

    def buy(self) -> None:
        number = self.dice.choice(list(self.orders))
        if flow.why_not_to_purchase_orders(again(SalesDocument(number=number)), BY):
            return
        for place, made in enumerate(flow.to_purchase_orders(number, BY)):
            self.count(issuing.issue(made.number, BY))
            self.bought[made.number] = (place, self.orders[number][place])

    def receive(self) -> None:
        if self.bought:
            number = self.dice.choice(list(self.bought))
            place, quantity = self.bought.pop(number)
            flow.receive(number, BY)
            self.stock[place] += quantity

    def moved(self, quantities: list[int], sign: int) -> None:
        self.stock = [held + sign * each for held, each in zip(self.stock, quantities, strict=True)]

    def whole(self, bill: dict[str, Any]) -> bool:
        return bool(bill["of"] == bill["back"])

    def holds(self) -> None:
        """What the store says is what the model says."""
        assert [in_stock(each) for each in self.goods] == self.stock
        held = {each.number: each for each in SalesDocument.select()}
        for number, ordered in self.orders.items():
            assert held[number].state == ("done" if ordered == self.billed[number] else "open")
        for number, bill in self.bills.items():
            left = bill["total"] - bill["paid"] - bill["credited"]
            state = "cancelled" if self.whole(bill) else "open" if left > 0 else "paid"
            found = held[number]
            assert (found.total, found.paid, found.open_amount, found.state) == (
                bill["total"], bill["paid"], left, state,
            )  # fmt: skip


def test_vt86_whatever_is_billed_paid_and_credited_agrees_with_a_model(office: Office) -> None:
    walk = Walk(86)
    walk.order()
    walk.bill()
    for step in range(STEPS):
        deeds = [walk.order, walk.bill, walk.bill, walk.buy, walk.receive]
        if walk.bills:
            deeds += [walk.pay, walk.pay, walk.credit]
        walk.dice.choice(deeds)()
        if step % 8 == 0:
            walk.holds()
    walk.holds()
    assert len(walk.bills) > 5
