"""The rows that cannot be taken, as a table to mend: every cell can be typed anew and is checked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from channergy_crm.language import N_, _
from ui.look.plain import as_tip
from ui.look.theme import colour
from ui.widgets.titled_rows import TitledRows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QWidget

    from channergy_crm.transfer.importing.checking import Checked, Failing

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE, FLAG = Qt.ItemDataRole, Qt.ItemFlag
FIXED = (N_("What is wrong"),)


class Problems(QAbstractTableModel):
    """What is wrong, then the cells: columns in which something is wrong first, those that go nowhere last."""

    mended = Signal(object, int, str)
    """a row, the place of a cell in it, and what stood there before"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = parent
        self.checked: Checked | None = None
        self._places: list[int] = []

    @property
    def rows(self) -> list[Failing]:
        """The rows, from top to bottom."""
        return self.checked.failing if self.checked else []

    def show(self, checked: Checked) -> None:
        """Show these problems; when they are of the same rows, an open cell stays open."""
        plan = checked.plan
        width = max([len(plan.source.header), *(len(row.cells) for row in checked.failing)])
        if [row.number for row in checked.failing] == [row.number for row in self.rows] and self._places:
            self.checked = checked
            self.tell_all()
            return
        wrong = {place for row in checked.failing for place in row.wrong}
        places = sorted(range(width), key=lambda place: (place not in wrong, place not in plan.columns))
        self.beginResetModel()
        self.checked, self._places = checked, places
        self.endResetModel()

    def tell_all(self) -> None:
        """Everything may look different now."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def wrong_cells(self) -> Iterator[QModelIndex]:
        """The cells that are wrong, from top to bottom; of a row that is wrong as a whole its first one."""
        columns = {place: column for column, place in enumerate(self._places, len(FIXED))}
        for number, row in enumerate(self.rows):
            for place in sorted(row.wrong, key=lambda each: columns.get(each, 0)):
                yield self.index(number, columns.get(place, len(FIXED)))

    def cell(self, index: AnyIndex) -> tuple[Failing, int]:
        """The row and the place a cell is of; -1 is none."""
        column = index.column() - len(FIXED)
        return self.rows[index.row()], self._places[column] if column >= 0 else -1

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() or not self.checked else len(FIXED) + len(self._places)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        if role != ROLE.DisplayRole or not self.checked:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self.rows[section].number
        if section < len(FIXED):
            return _(FIXED[section])
        return self.checked.plan.title(self._places[section - len(FIXED)])

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        able = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
        return able | FLAG.ItemIsEditable if index.column() >= len(FIXED) else able

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:  # noqa: PLR0911
        row, place = self.cell(index)
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            if index.column() == 0:
                return row.said or _("✓ It will be taken.")
            text = row.cell(place)
            return text if role == ROLE.EditRole else " ".join(text[:300].split())
        if role == ROLE.ToolTipRole:
            return as_tip(row.wrong.get(place) or (row.said if index.column() == 0 else row.cell(place))) or None
        if role == ROLE.AccessibleTextRole and place in row.wrong and index.column():
            return f"{row.cell(place)}: {row.wrong[place]}"
        if role == ROLE.BackgroundRole and place in row.wrong and index.column():
            ground = colour(self._view, "overdue")
            ground.setAlpha(40)
            return ground
        if role == ROLE.ForegroundRole and not index.column():
            return colour(self._view, "overdue" if row.wrong else "done")
        return None

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        row, place = self.cell(index)
        before, text = row.cell(place), str(value)
        if self.checked is None or text == before:
            return False
        self.checked.mend(row, place, text)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), self.columnCount() - 1))
        self.mended.emit(row, place, before)
        return True


class Remarks(TitledRows):
    """Sentences about rows, read only; however many there are, only those on the screen are looked at."""

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        if role not in (ROLE.DisplayRole, ROLE.ToolTipRole):
            return None
        text = str(self.rows[index.row()][index.column()])
        return as_tip(text) if role == ROLE.ToolTipRole else text
