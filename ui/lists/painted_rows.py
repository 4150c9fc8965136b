"""What painted lists have alike: rows that say in words what is painted, and a delegate that paints them.

A list of comments, of answers or of a queue adds how one of its rows looks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QStyledItemDelegate

from ui.lists.row_ink import Inked
from ui.widgets.entries_view import ROW

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QAbstractItemView

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Row(NamedTuple):
    """What stands in a row; `entry` is None where the cursor never stands on it, such as a heading."""

    entry: Any
    held: Any


class PaintedRows(QAbstractListModel, Generic[T]):
    """The rows as they are now. `words` says one as it is read out and copied, `stands` whether the cursor may stand on
    it.
    """

    def __init__(
        self, words: Callable[[T], str], parent: QObject | None = None, stands: Callable[[T], bool] = lambda _row: True
    ) -> None:
        super().__init__(parent)
        self._words, self._stands = words, stands
        self.rows: list[T] = []

    def show(self, rows: Sequence[T]) -> None:
        """These and nothing else."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        held = self.rows[index.row()]
        if role == ROW:
            return Row(held if self._stands(held) else None, held)
        return self._words(held) if role in WORDS else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The cursor stands on what can be chosen only."""
        if index.isValid() and not self._stands(self.rows[index.row()]):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(Inked, QStyledItemDelegate):
    """Paints the rows of one list with fonts and colours that are made once."""

    grid: QAbstractItemView

    def __init__(self, grid: QAbstractItemView) -> None:
        super().__init__(grid)
        self.grid = grid
