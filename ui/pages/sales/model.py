"""The lines of a document as Qt knows them: a table with a row for each line, for the sum of a group, and for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import SalesLine
from ui.look.plain import as_tip
from ui.look.wording import written_decimal, written_money
from ui.pages.sales import cells
from ui.pages.sales.cells import CODE, GRIP, NAME, PLACE, QUANTITY, STOCK, TOTAL, TYPED
from ui.pages.sales.lines import ADD, LINE, SUM, Line, Lines, Row, Wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from PySide6.QtWidgets import QWidget

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE, FLAG = Qt.ItemDataRole, Qt.ItemFlag
READS = FLAG.ItemIsSelectable | FLAG.ItemIsEnabled
TYPES = READS | FLAG.ItemIsEditable
SIDES = dict.fromkeys(cells.RIGHT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class LinesModel(QAbstractTableModel):
    """The table over the lines. What is typed into a cell is read here; what cannot be read stays with its reason."""

    repriced = Signal(int)
    """the quantity of the line at this place is another one now"""
    named = Signal(int, str)
    """this was typed as the name of the line at this place; -1 for the row where more is typed"""

    def __init__(self, lines: Lines, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines = lines
        self.stock: dict[int, int | None] = {}
        """how much there is of each product, in thousandths"""
        self.rates: Callable[[], Mapping[str, int]] = dict
        """what is taken, by the name of the tax class"""
        self.why: Callable[[Line], str] = lambda line: ""
        """which rule made the price of a line"""
        lines.changed.append(self._changed)

    # The rows

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines.rows) - self.lines.locked

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(cells.TITLES)

    def row(self, index: AnyIndex | int) -> Row:
        """What stands in a row."""
        return self.lines.rows[index if isinstance(index, int) else index.row()]

    def line(self, index: AnyIndex | int) -> Line | None:
        """The line in a row; None where it is a sum or the last row."""
        row = self.row(index)
        return self.lines.lines[row.place] if row.kind == LINE else None

    def lock(self, on: bool) -> None:
        """Let it only be read, or be typed into again."""
        if on != self.lines.locked:
            self.beginResetModel()
            self.lines.locked = on
            self.endResetModel()

    def _changed(self, places: Collection[int] | None) -> None:
        if places is None:
            self.beginResetModel()
            self.endResetModel()
            return
        heads = {head for place in places if (head := self.lines.heading_of(place)) is not None}
        rows = {self.lines.row_of(place) for place in places} | {self.lines.sum_row_of(head) for head in heads}
        for at in sorted(rows - {-1}):
            self.dataChanged.emit(self.index(at, 0), self.index(at, GRIP))

    # The cells

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == ROLE.TextAlignmentRole:
            return SIDES.get(section)
        if role == ROLE.AccessibleTextRole:
            return _(cells.SAID[section])
        return (_(cells.TITLES[section]) if cells.TITLES[section] else "") if role == ROLE.DisplayRole else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return TYPES if self.can_type(index.row(), index.column()) else READS

    def can_type(self, row: int, column: int) -> bool:
        """Whether somebody may type there."""
        if self.lines.locked or not 0 <= row < len(self.lines.rows):
            return False
        held = self.lines.rows[row]
        if held.kind != LINE:
            return held.kind == ADD and column == NAME
        return column == NAME or (column in TYPED and self.lines.lines[held.place].is_item)

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> object:
        if role in (ROLE.DisplayRole, ROLE.EditRole):
            return self.text(index.row(), index.column())
        if role == ROLE.ToolTipRole:
            return as_tip(self.tip(index.row(), index.column()))
        if role == ROLE.AccessibleTextRole:
            return self.text(index.row(), index.column()) or _(cells.SAID[index.column()])
        if role == ROLE.AccessibleDescriptionRole:
            wrong = self.wrong(index.row(), index.column())
            return wrong.why if wrong else ""
        return None

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        held = self.row(row)
        if held.kind != LINE:
            return self._of_sum(held.place, column) if held.kind == SUM else ""
        line = self.lines.lines[held.place]
        wrong = self.lines.wrong.get((line.id, cells.NAMES[column])) if self.lines.wrong else None
        return wrong.text if wrong is not None else self._of_line(held.place, line, column)

    def _of_line(self, place: int, line: Line, column: int) -> str:
        if column == PLACE:
            return str(self.lines.counted[place] or "")
        if column == STOCK:
            return self._stock_said(line)
        if column == TOTAL and line.is_heading:
            return written_money(self.lines.sums[place], QLocale()) if line.id in self.lines.folded else ""
        return cells.said(line, column, self.lines.totals.items[place] if column == TOTAL else 0)

    def _of_sum(self, heading: int, column: int) -> str:
        if column == TOTAL:
            return written_money(self.lines.sums[heading], QLocale())
        return self.lines.lines[heading].name if column == NAME else ""

    def _stock_said(self, line: Line) -> str:
        held = self.stock.get(line.product or 0)
        return "" if held is None else written_decimal(SalesLine.kind("quantity").exact(held))  # type: ignore[attr-defined]

    def is_short(self, line: Line) -> bool:
        """Whether there is less in stock than the line wants."""
        held = self.stock.get(line.product or 0)
        return line.is_item and held is not None and held < (line.quantity or 0)

    def wrong(self, row: int, column: int) -> Wrong | None:
        """What is wrong with a cell."""
        line = self.line(row)
        return self.lines.wrong.get((line.id, cells.NAMES[column])) if line is not None else None

    def tip(self, row: int, column: int) -> str:
        """What is said about a cell: why it is wrong, whose price it is, how much is missing, the longer text."""
        line = self.line(row)
        if line is None:
            return ""
        if wrong := self.wrong(row, column):
            return wrong.why
        if column == cells.PRICE and line.product:
            return self.why(line)
        if column == STOCK and self.is_short(line):
            return self.short_said(line)
        if column == NAME and line.description:
            return f"{line.name}\n{line.description}"
        return self.text(row, column) if column in (NAME, CODE) else ""

    def short_said(self, line: Line) -> str:
        """That there is too little of it."""
        if (self.stock.get(line.product or 0) or 0) <= 0:
            return _("{name} is not in stock.").format(name=line.name)
        return _("Only {count} of {name} are in stock.").format(count=self._stock_said(line), name=line.name)

    # Typing

    def setData(self, index: AnyIndex, value: object, role: int = ROLE.EditRole) -> bool:
        row, column, text = self.row(index), index.column(), str(value)
        if not self.can_type(index.row(), column):
            return False
        if row.kind == ADD:
            if text.strip():
                self.named.emit(-1, text.strip())
            return True
        line = self.lines.lines[row.place]
        if text == self.text(index.row(), column):
            return True
        return self._take(row.place, line, column, text)

    def _take(self, place: int, line: Line, column: int, text: str) -> bool:
        name = cells.NAMES[column]
        if column == NAME and not text.strip() and line.is_item and not line.product:
            text = ""
        try:
            values = cells.read(column, text, self.rates())
        except Mistake as mistake:
            self.lines.is_wrong(place, name, Wrong(text, mistake.message))
            return False
        self.lines.wrong.pop((line.id, name), None)
        if all(getattr(line, each) == held for each, held in values.items()):
            self._changed((place,))
            return True
        self.lines.put(place, **values)
        if column == QUANTITY:
            self.repriced.emit(place)
        return True
