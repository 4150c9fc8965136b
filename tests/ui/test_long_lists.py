"""A list of a hundred thousand rows, all of them marked: nothing is asked of every single row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.lists import grid as grids
from ui.lists.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS = 100_000
MARK = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class Long(QAbstractTableModel):
    """Numbers, and how often somebody asked what can be done with a row."""

    asked = 0

    def rowCount(self, parent: Any = QModelIndex()) -> int:
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent: Any = QModelIndex()) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return f"{index.row()}.{index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: Any) -> Qt.ItemFlag:
        self.asked += 1
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@pytest.fixture
def grid(qtbot: Any) -> Iterator[Grid]:
    room = QWidget()
    qtbot.addWidget(room)
    room.resize(800, 400)
    grid = Grid("long.grid", room)
    grid.setModel(Long(grid))
    grid.resize(800, 400)
    room.show()
    qtbot.waitExposed(room)
    yield grid
    room.close()


def mark(grid: Grid, first: int, last: int) -> None:
    """As Shift+click would."""
    model = grid.model()
    grid.selectionModel().select(QItemSelection(model.index(first, 0), model.index(last, 0)), MARK)


def test_bx14_all_rows_are_marked_and_painted_without_asking_each(grid: Grid) -> None:
    model: Any = grid.model()
    grid.selectAll()
    grid.repaint()
    assert grid.marked() == [range(ROWS)]
    assert model.asked < ROWS / 100


def test_bx14_marked_rows_come_in_runs_from_top_to_bottom_each_once(grid: Grid) -> None:
    for first, last in ((500, 600), (3, 3), (550, 700)):
        mark(grid, first, last)
    assert [row for run in grid.marked() for row in run] == [3, *range(500, 701)]


def test_more_rows_than_the_clipboard_takes_are_not_copied_and_it_says_what_to_do(
    grid: Grid, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    grid.refused.connect(said.append)
    monkeypatch.setattr(grids, "MOST_COPIED", 2)
    mark(grid, 0, 1)
    grid.copy()
    assert QGuiApplication.clipboard().text().splitlines()[1] == "1.0\t1.1\t1.2\t1.3"
    grid.selectAll()
    grid.copy()
    assert said == ["100,000 rows are too many for the clipboard; export them, or mark up to 2."]
    assert QGuiApplication.clipboard().text().count("\n") == 1, "what was copied before is still there"
