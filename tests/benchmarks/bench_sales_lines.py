"""A document with 1,000 lines: a letter typed into a cell, a cell that is left, a line more, all of it reckoned.

`python -m tests.benchmarks.bench_sales_lines [LINES]`. The floor is a bare QTableView over a list of the same texts.
"""

from __future__ import annotations

import os
import sys
import tempfile
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from channergy_crm.money.totals import Way, reckon
from channergy_crm.records import Account, SalesDocument
from channergy_crm.services import accounts
from channergy_crm.work import unit
from tests.benchmarks import measure
from ui.application import open_office
from ui.pages.sales.cells import DISCOUNT, QUANTITY, TITLES
from ui.pages.sales.lines import Line, new_line
from ui.pages.sales.page import QuotesPage

LINES, TIMES = 1_000, 25
TYPED, RECKONED, OPENED = 16.0, 5.0, 250.0
"""milliseconds that were promised"""


class Bare(QAbstractTableModel):
    """Texts, and nothing else."""

    def __init__(self, texts: list[list[str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.texts = texts

    def rowCount(self, parent: Any = QModelIndex()) -> int:
        return len(self.texts)

    def columnCount(self, parent: Any = QModelIndex()) -> int:
        return len(TITLES)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole)
        return self.texts[index.row()][index.column()] if shown else None

    def setData(self, index: Any, value: Any, role: int = 0) -> bool:
        self.texts[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Any) -> Any:
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable


def some(count: int) -> list[Line]:
    """Lines in groups of twenty, some with a discount, in two rates of tax."""
    return [
        new_line(what="heading", name=f"Part {place // 20}") if place % 20 == 0 else
        new_line(name=f"Candle set {place}", code=f"CS-{place}", quantity=place * 1_000, price=2_400, unit="set",
                 rate=825 if place % 3 else 0, discount=1_000 if place % 7 == 0 else None, cost=1_500)
        for place in range(count)
    ]  # fmt: skip


def settle() -> None:
    """Until all that waits is painted."""
    for _turn in range(3):
        QApplication.processEvents()


def typing(view: QTableView, row: int, column: int) -> list[tuple[float, float]]:
    """Letters typed into a cell that is open, each until it is painted."""
    index = view.model().index(row, column)
    view.setCurrentIndex(index)
    view.setFocus()
    view.edit(index)
    settle()
    editor = view.viewport().focusWidget()
    times = []
    for turn in range(TIMES):

        def letter(turn: int = turn) -> None:
            QTest.keyClicks(editor, str(turn % 10))
            settle()

        times.append(measure.worked(letter))
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    settle()
    return times


def leaving(view: QTableView, column: int, rows: range) -> list[tuple[float, float]]:
    """A value put into a cell, until what follows from it is painted."""
    times = []
    for row in rows:
        index = view.model().index(row, column)

        def put(index: Any = index, row: int = row) -> None:
            view.model().setData(index, str(row + 3))
            settle()

        times.append(measure.worked(put))
    return times


def main() -> int:
    """Measure."""
    os.environ["CHANNERGY_CRM_HOME"] = tempfile.mkdtemp()
    count = next((int(each) for each in sys.argv[1:] if each.isdigit()), LINES)
    app = QApplication(["bench"])
    window = open_office(f"sqlite:///{tempfile.mkdtemp()}/office.db", "ADMIN", whole=False)
    account = accounts.make(Account(name="Millstone", owner="ADMIN"), "ADMIN")
    window.resize(1440, 900)
    window.show()
    window.go_to("new_quote", {"account": account.number})
    settle()
    page: QuotesPage = window.findChild(QuotesPage)
    panel, lines = page.panel, some(count)
    panel.lines.insert(0, lines)
    settle()
    items = [line.item for line in lines]
    reckoning = [measure.worked(lambda: reckon(items, Way())) for _turn in range(TIMES)]
    bare = QTableView()
    bare.setModel(Bare([[str(each) for each in line[:11]] for line in lines], bare))
    bare.resize(1100, 800)
    bare.show()
    settle()
    floor_typed, floor_left = typing(bare, 11, QUANTITY), leaving(bare, QUANTITY, range(5, 5 + TIMES))
    bare.close()
    figures = [
        measure.figure_of("reckoned", reckoning, RECKONED, 0.0),
        of("letter", typing(panel.grid, 11, QUANTITY), floor_typed),
        of("cell left", leaving(panel.grid, QUANTITY, range(3, 3 + TIMES)), floor_left),
        of("discount left", leaving(panel.grid, DISCOUNT, range(3, 3 + TIMES)), floor_left),
    ]
    figures += stored(window, page, lines)
    window.close()
    app.quit()
    return measure.show("sales_lines", figures, lines=count)


def stored(window: Any, page: QuotesPage, lines: list[Line]) -> list[dict[str, Any]]:
    """The document saved, and opened again."""
    panel = page.panel
    saved = measure.worked(panel.save_changes)
    record: SalesDocument = panel.record
    with unit("Make", by="ADMIN"):
        record.save()
    opened = []
    for _turn in range(3):
        panel.show_record(None)
        opened.append(measure.worked(lambda: (panel.show_record(SalesDocument.find(record.number)), settle())))
    more = [measure.worked(lambda: (panel.lines.insert(500, [new_line(name="One")]), settle())) for _turn in range(9)]
    return [
        measure.figure_of("saved", [saved], 3_000.0, 0.0),
        measure.figure_of("opened", opened, OPENED, 0.0),
        measure.figure_of("a line more", more, TYPED, 0.0),
    ]


def of(name: str, times: list[tuple[float, float]], floor: list[tuple[float, float]]) -> dict[str, Any]:
    """A figure beside that of the bare view."""
    return measure.figure_of(name, times, TYPED, measure.median(wall for wall, _work in floor))


if __name__ == "__main__":
    sys.exit(main())
