"""A document of three pages, and one of 1,000 lines, laid out and written, beside a bare painter that draws the same
(BX-26).

`python -m tests.benchmarks.bench_sales_paper [LINES]` prints JSON. No screen and no office are needed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.bench_letters import bare, nobody
from tests.benchmarks.measure import figure, show, timed

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.sales_paper import OnPaper
    from ui.paper.sheet import Paper

LINES, OF_THREE_PAGES, TURNS = 1_000, 30, 5
MOST_THREE_PAGES_MS = 300.0
"""milliseconds: to lay out and write a document of three pages, and no more than so many times the bare painter"""
MOST_TIMES = 3.0
"""what a document may cost, laid out and written: times the bare painter"""


def document(count: int) -> OnPaper:
    """An invoice of so many lines, in groups, with descriptions and two rates of tax."""
    from channergy_crm.money.totals import reckon
    from channergy_crm.records import SalesDocument, SalesLine
    from channergy_crm.services.sales_paper import Letterhead, OnPaper, Person

    held = SalesDocument(what="invoice", document_no="2026-118", addressee="Harbor Gifts\n1 Main St\nBoston, MA 02110",
                         language="en", dated=date(2026, 11, 26), currency="EUR", issued_on=datetime(2026, 11, 26),
                         revision=1, discount=5_00, owner="ANN")  # fmt: skip
    lines: list[SalesLine] = []
    for number in range(count):
        if number % 25 == 0:
            lines.append(SalesLine(what="heading", name=f"Group {number // 25}"))
        lines.append(SalesLine(what="item", name=f"Candle {number}", code=f"CS-{number}", quantity=1_000 + number,
                               price=24_00, rate=19_00 if number % 2 else 7_00, unit="set",
                               description="Beeswax, poured by hand." if number % 3 else ""))  # fmt: skip
    head = Letterhead("Harbor Office", "1 Harbor St\nBoston, MA 02110", "US", iban="DE89370400440532013000")
    return OnPaper(held, lines, reckon([line.item for line in lines], held.way), head, Person("Ann Hill"), "10042")


def best(what: Callable[[], object]) -> float:
    """Milliseconds of the quickest of some turns."""
    return min(timed(what) for _turn in range(TURNS))


def measured(folder: Path, count: int) -> list[dict[str, object]]:
    """What it takes, as figures."""
    from ui.paper import painting
    from ui.paper.sales import pages

    small, large = document(OF_THREE_PAGES), document(count)
    laid: list[Paper] = []
    pages.laid_out(small, {}, nobody)
    small_paper = pages.laid_out(small, {}, nobody)
    laid.append(pages.laid_out(large, {}, nobody))
    path = folder / "bare.pdf"
    floor, floor_of_three = best(lambda: bare(laid[0], path)), best(lambda: bare(small_paper, path))
    three = best(lambda: painting.pdf(pages.laid_out(small, {}, nobody), nobody))
    whole = best(lambda: painting.pdf(pages.laid_out(large, {}, nobody), nobody))
    sizes = (len(small_paper.pages), len(laid[0].pages))
    return [
        figure(
            f"{OF_THREE_PAGES} lines laid out and written",
            three,
            min(MOST_THREE_PAGES_MS, MOST_TIMES * floor_of_three),
            floor_of_three,
            pages=sizes[0],
        ),
        figure(f"{count} lines laid out and written", whole, MOST_TIMES * floor, floor, pages=sizes[1]),
    ]


def main(arguments: list[str]) -> int:
    """Measure, print, and say with the exit code whether the limits were kept."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication([])
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), int(arguments[0]) if arguments else LINES)
    application.quit()
    return show("sales_paper", figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
