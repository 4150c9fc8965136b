"""Many seats issue invoices at once and some are killed while they do: no number is left out, none is given twice.

`python -m tests.benchmarks.bench_numbers [sqlite|postgres|ADDRESS] [PROCESSES] [KILLS] [SECONDS]` prints JSON. Each
seat is a process of its own that drafts and issues invoices, every other one for the same order; one that is killed
is started again. All begin together, at the first number of the year.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any, NoReturn

from channergy_crm import work
from channergy_crm.errors import CRMError
from channergy_crm.records import Account, Customer, Product, SalesDocument, SalesLine, StockMove
from channergy_crm.records.sales_documents import NumberCircle
from channergy_crm.services.sales_documents import drafts, flow, issuing
from channergy_crm.store.database import open_database
from tests.benchmarks.bench_kill import office

PROCESSES, KILLS, SECONDS = 20, 40, 20.0
BY = "ADMIN"
ORDERED = 1_000_000


def fill() -> tuple[int, int]:
    """A customer, goods in stock, and an order that all seats bill bit by bit; the numbers of order and line."""
    with work.unit("Make", by=BY):
        customer = Customer(company="Miller")
        customer.save()
        account = Account(name="Miller", customer=customer.number, owner=BY)
        account.save()
        candle = Product(name="Candle", list_price=10_00, in_stock=ORDERED)
        candle.save()
    document = drafts.start("sales_order", BY, account=account.number)
    drafts.save(document, [drafts.line_for(candle.number, document, ORDERED, BY)], BY)
    order = issuing.issue(document.number, BY)
    return order.number, drafts.lines(order.number, BY)[0].number


def seat(url: str, begin: float, order: int, line: int, seed: int) -> NoReturn:
    """Bill a little of the order, or something nobody has ordered, and issue that, until killed."""
    dice = random.Random(seed)
    open_database(url)
    while time.monotonic() < begin:
        pass
    while True:
        with suppress(CRMError):  # somebody was in the way for too long: again
            quantity = dice.choice((1, 2, 3))
            made = flow.to_invoice(order, BY, {line: quantity}) if dice.random() < 0.5 else alone(quantity)
            issuing.issue(made.number, BY)


def alone(quantity: int) -> SalesDocument:
    """A draft that waits for no order."""
    document = drafts.start("invoice", BY, account=Account.select(Account.number).scalar())
    product = Product.select(Product.number).scalar()
    return drafts.save(document, [drafts.line_for(product, document, quantity, BY)], BY)


def started(url: str, begin: float, order: int, line: int, seed: int) -> int:
    """The number of the process in which another seat works."""
    pid = os.fork()
    if pid:
        return pid
    try:
        seat(url, begin, order, line, seed)
    finally:
        os._exit(1)


def killed(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "a seat ended by itself"


def compete(url: str, processes: int, kills: int, seconds: float) -> dict[str, Any]:
    """Let them all work and kill some at random; what is found afterwards."""
    dice = random.Random(15)
    opened = open_database(url)
    order, line = fill()
    opened.close()
    begin = time.monotonic() + 1.0
    seats = [started(url, begin, order, line, dice.getrandbits(32)) for _each in range(processes)]
    end, nothing = begin + seconds, threading.Event()
    for turn in range(kills):
        nothing.wait(max(0.0, begin + seconds * (turn + dice.random()) / kills - time.monotonic()))
        place = dice.randrange(len(seats))
        killed(seats[place])
        seats[place] = started(url, 0.0, order, line, dice.getrandbits(32))
    nothing.wait(max(0.0, end - time.monotonic()))
    for pid in seats:
        killed(pid)
    opened = open_database(url)
    try:
        return found(kills, processes) | {"engine": opened.engine_version(), "seconds": seconds}
    finally:
        opened.close()


def found(kills: int, processes: int) -> dict[str, Any]:
    """Whether the numbers are all there, each once, and what they say of stock and order."""
    issued = (SalesDocument.what == "invoice") & SalesDocument.issued_on.is_null(False)
    counts = [count for (count,) in SalesDocument.select(SalesDocument.count).where(issued).tuples()]
    last = max((row.last for row in NumberCircle.select().where(NumberCircle.what == "invoice")), default=0)
    lines: Any = SalesLine.select(SalesLine.quantity).join(SalesDocument).where(issued)
    billed = sum(quantity for (quantity,) in lines.tuples())
    stock = Product.select(Product.in_stock).scalar()
    moved = sum(quantity for (quantity,) in StockMove.select(StockMove.quantity).tuples())
    gaps, doubles = len(set(range(1, last + 1)) - set(counts)), len(counts) - len(set(counts))
    passes = not gaps and not doubles and stock == ORDERED - billed == ORDERED + moved and bool(counts)
    return {"passes": passes, "issued": len(counts), "last": last, "gaps": gaps, "doubles": doubles, "billed": billed,
            "processes": processes, "kills": kills}  # fmt: skip


def main(where: str = "sqlite", processes: str = "", kills: str = "", seconds: str = "") -> int:
    with office({"postgres": "postgresql"}.get(where, where)) as url:
        said = compete(url, int(processes or PROCESSES), int(kills or KILLS), float(seconds or SECONDS))
    print(json.dumps(said))
    return 0 if said["passes"] else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
