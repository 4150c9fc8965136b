"""The sales board with 10,000 open deals in six columns: first paint, a filter, a drag from the drop to the right sums.

`python -m tests.benchmarks.bench_board [postgresql] [DEALS]` on a display. The floor is what bare SQL takes to read the
same columns of the same rows.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from datetime import timedelta
from typing import Any

from channergy_crm import clock
from channergy_crm.records import Account, Opportunity
from channergy_crm.records.projects import course
from channergy_crm.services import board, processes
from channergy_crm.store import database
from channergy_crm.work import bulk, unit
from tests.benchmarks import measure
from tests.benchmarks.bench_history import made

DEALS, ACCOUNTS, TIMES = 10_000, 2_000, 15
PAINT, FILTER, DRAG, FRAME = 100.0, 100.0, 50.0, 16.0
"""milliseconds that were promised"""
STAGES = ("Prospect", "Contact", "Demo", "Offer", "Trial", "Negotiation")


def fill(deals: int) -> None:
    """Six open stages, and as many deals in them as asked for, of the one operator."""
    held = course(None)
    assert held is not None
    for stage in STAGES:
        if held.stage(stage) is None:
            processes.add_stage(held.number, stage, "ADMIN")
    dice = random.Random(12)
    accounts, many = bulk.Many(Account), bulk.Many(Opportunity)
    with unit("Make", by="ADMIN") as done:
        rows = [accounts.row({"name": f"Customer {number}", "owner": "ADMIN"}) for number in range(ACCOUNTS)]
        keys = bulk.reserve(Account, ACCOUNTS)
        accounts.insert(done, rows, keys)
        day = clock.today()
        rows = [
            many.row({
                "account": dice.choice(keys), "name": f"Deal {number} for {dice.choice(['parkas', 'candles', 'tea'])}",
                "owner": "ADMIN", "stage": dice.choice(STAGES), "amount": dice.randrange(10_000_000),
                "created_on": day - timedelta(days=dice.randrange(200)),
                "close_date_1": day + timedelta(days=dice.randrange(-60, 200)),
            })
            for number in range(deals)
        ]  # fmt: skip
        many.insert(done, rows, bulk.reserve(Opportunity, deals))


def bare() -> None:
    """The same rows, as SQL alone reads them."""
    sql = 'SELECT "OpportunityNo", "Stage", "ProjectNo", "Amount", "Probability", "CloseDt1" FROM "CRMOpportunities"'
    database.proxy.execute_sql(sql).fetchall()


def shown(url: str) -> Any:
    """The window with the board in it, not yet read."""
    from PySide6.QtWidgets import QApplication

    from ui.application import open_office
    from ui.pages.board.page import BoardPage

    app: Any = QApplication(["bench", "-style", "Fusion"])
    window = open_office(url, "ADMIN")
    window.resize(1440, 900)
    window.show()
    app.processEvents()
    window.go_to("board")
    app.processEvents()
    return app, window, window.findChild(BoardPage)


def painted(app: Any, page: Any, what: Any) -> float:
    """Until what was done is on the screen."""

    def whole() -> None:
        what()
        page.grab()  # all of it is painted, at once

    took = measure.timed(whole)
    app.processEvents()
    return took


def main(engine: str, deals: int) -> int:
    """Measure each of them several times."""
    os.environ["CHANNERGY_CRM_HOME"] = tempfile.mkdtemp()
    with made(engine) as url:
        office = database.open_database(url)
        fill(deals)
        office.close()
        app, window, page = shown(url)
        floor = measure.median([measure.timed(bare) for _turn in range(TIMES)])
        figures = list(_figures(app, page, floor))
        sums = board.read(page.tools.asked(), "ADMIN").sums.projected
        window.close()
    return measure.show("board", figures, engine=engine, deals=deals, projected=sums)


def _figures(app: Any, page: Any, floor: float) -> Any:
    read = [measure.timed(lambda: board.read(page.tools.asked(), "ADMIN")) for _turn in range(TIMES)]
    yield measure.figure("reading all of it", measure.median(read), PAINT, floor)
    paint = [painted(app, page, page.reload) for _turn in range(TIMES)]
    yield measure.figure("first paint: read, put in order, painted", measure.median(paint), PAINT, floor)

    def filtered(text: str) -> None:
        page.tools.search.setText(text)
        page.reload()

    yield measure.figure("a filter", measure.median(
        [painted(app, page, lambda turn=turn: filtered("candles" if turn % 2 else "tea")) for turn in range(TIMES)]
    ), FILTER, floor)  # fmt: skip
    page.tools.search.clear()
    page.reload()
    app.processEvents()

    def drag(turn: int) -> None:
        views = page.columns.views
        card = views[turn % 3].model.cards[turn]
        page.moving.begin(card.number, views[3].stage)

    yield measure.figure("a drag: dropped, saved, the sums right", measure.median(
        [painted(app, page, lambda turn=turn: drag(turn)) for turn in range(TIMES)]
    ), DRAG, floor)  # fmt: skip
    yield from _frames(app, page, floor)


def _frames(app: Any, page: Any, floor: float) -> Any:
    view = page.columns.views[0].cards

    def scroll(turn: int) -> None:
        view.verticalScrollBar().setValue(turn * 120)
        view.grab()  # all of it is painted, at once

    for _turn in range(100):
        app.processEvents()  # the rest of the cards get their places
    scroll(0)  # what is seen the first time is read then
    frames = [measure.timed(lambda turn=turn: scroll(turn)) for turn in range(60)]
    yield measure.figure("a frame while scrolling, the slowest of 60", max(frames), FRAME, floor,
                         median_ms=measure.median(frames))  # fmt: skip
    over = page.columns.views[3].cards

    def hover(turn: int) -> None:
        over._lie_over(bool(turn % 2))  # as the pointer carries a card over the column and away
        over.parentWidget().grab()

    hovered = [measure.timed(lambda turn=turn: hover(turn)) for turn in range(60)]
    yield measure.figure("a frame while a card is dragged over a column, the slowest of 60", max(hovered), FRAME, floor,
                         median_ms=measure.median(hovered))  # fmt: skip


if __name__ == "__main__":
    wanted = [each for each in sys.argv[1:] if not each.isdigit()]
    count = next((int(each) for each in sys.argv[1:] if each.isdigit()), DEALS)
    raise SystemExit(main(wanted[0] if wanted else "sqlite", count))
