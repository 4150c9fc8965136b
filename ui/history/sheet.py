"""A table to read: the trail, what was removed. Its rows come a page at a time; the cursor is one row, wherever."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.lists.headings import PADDING, RIGHT, Headings
from ui.lists.row_ink import Ink
from ui.look import paint, theme
from ui.look.plain import as_tip, kept_to_itself
from ui.widgets.controls import LEFT, ScrollBar
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

AnyIndex = QModelIndex | QPersistentModelIndex
ROLE = Qt.ItemDataRole
HIGH, BAR, NEAR = 28, 4, 12
"""pixels of a row and of the cursor; rows from the end at which more are wanted"""
LEAST = 180
"""pixels of the column that takes what is left, before others go"""


class Column(NamedTuple):
    """A title, how wide it is at least, whether it takes what is left, whether it holds numbers, which stand at the
    right, and how many shares of what is left it gets; the one that takes the rest has shares to keep for itself.
    """

    title: str
    width: int
    takes_rest: bool = False
    right: bool = False
    shares: int = 0


class Line(NamedTuple):
    """A row: what stands in its columns, what it is about, the whole of it for the tip, whether it is over, and the
    colour of one column, by its place and what it means.
    """

    words: tuple[str, ...]
    about: Any
    tip: str = ""
    quiet: bool = False
    ink: tuple[int, str] = (-1, "")


class Rows(QAbstractTableModel):
    """What is read so far."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns, self.lines = columns, list[Line]()

    def show(self, lines: Sequence[Line]) -> None:
        """Show these and nothing else."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def add(self, lines: Sequence[Line]) -> None:
        """Put more below."""
        if lines:
            self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines) + len(lines) - 1)
            self.lines += lines
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = ROLE.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == ROLE.TextAlignmentRole and self.columns[section].right:
            return RIGHT
        return self.columns[section].title if across and role == ROLE.DisplayRole else None

    def data(self, index: AnyIndex, role: int = ROLE.DisplayRole) -> Any:
        line = self.lines[index.row()]
        if role in (ROLE.DisplayRole, ROLE.AccessibleTextRole):
            return line.words[index.column()]
        return as_tip(line.tip or line.words[index.column()]) if role == ROLE.ToolTipRole else None


class Sheet(QTableView):
    """The table; Enter and double-click open a row, Ctrl+C copies it."""

    opened = Signal()
    turned = Signal()
    more_wanted = Signal()

    def __init__(self, name: str, said: str, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        self.rows = Rows(columns, self)
        self.setModel(self.rows)
        self.setItemDelegate(LinePainter(self))
        self._dress()
        headings = Headings(self)
        self.setHorizontalHeader(headings)
        headings.setSortIndicatorShown(False)
        headings.setSectionsClickable(False)
        headings.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        headings.setStretchLastSection(False)
        headings.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        for place, column in enumerate(columns):
            rest = QHeaderView.ResizeMode.Stretch if column.takes_rest else QHeaderView.ResizeMode.Interactive
            headings.setSectionResizeMode(place, rest)
            self.setColumnWidth(place, theme.px(column.width, self))
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_ahead())

    def _dress(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(4)
        self.verticalHeader().setDefaultSectionSize(theme.px(HIGH, self))

    def show_lines(self, lines: Sequence[Line], *, more: bool = False) -> None:
        """Show these, or put them below; a list with rows has a cursor."""
        at = max(self.currentIndex().row(), 0)
        if more:
            self.rows.add(lines)
        else:
            self.rows.show(lines)
            if lines:
                self.selectRow(min(at, len(lines) - 1))
        self.turned.emit()

    def about(self) -> Any:
        """What the row under the cursor is about; None without rows."""
        row = self.currentIndex().row()
        return self.rows.lines[row].about if 0 <= row < len(self.rows.lines) else None

    def copy(self) -> None:
        """The row onto the clipboard, a tab between its columns."""
        row = self.currentIndex().row()
        if row >= 0:
            QGuiApplication.clipboard().setText("\t".join(self.rows.lines[row].words))

    def _look_ahead(self) -> None:
        if self.rowAt(self.viewport().height() - 1) < 0 or self.rowAt(0) > self.rows.rowCount() - 3 * NEAR:
            self.more_wanted.emit()

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Somebody walks through it."""
        super().currentChanged(current, previous)
        if current.row() >= self.rows.rowCount() - NEAR:
            self.more_wanted.emit()
        self.turned.emit()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the last columns go first."""
        super().resizeEvent(event)
        self.fit()

    def fit(self, kept_back: Collection[int] = ()) -> None:
        """Show what has room, but for what is kept back; what is left is shared out."""
        left = room = self.viewport().width()
        sharing: dict[int, int] = {}
        for place, column in enumerate(self.rows.columns):
            wide = theme.px(LEAST if column.takes_rest else column.width, self)
            room -= 0 if place in kept_back else wide
            late = room < -1 and place > 1 and not column.takes_rest
            self.setColumnHidden(place, place in kept_back or late)
            if not self.isColumnHidden(place):
                left -= wide
                sharing |= {place: column.shares} if column.shares else {}
        for place, shares in sharing.items():
            column = self.rows.columns[place]
            if not column.takes_rest:
                more = max(left, 0) * shares // sum(sharing.values())
                self.setColumnWidth(place, theme.px(column.width, self) + more)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            painter = self.itemDelegate()
            if isinstance(painter, LinePainter):
                painter.renew()
            self.verticalHeader().setDefaultSectionSize(theme.px(HIGH, self))


class LinePainter(QStyledItemDelegate):
    """Paints a cell: hairs below, the cursor at the left, what is over in the quieter ink."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self._ink: Ink | None = None

    def renew(self) -> None:
        """Letters or colours are others now."""
        self._ink = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        if self._ink is None:
            self._ink = Ink(self._sheet)
        ink, room, states = self._ink, QRect(option.rect), QStyle.StateFlag
        focus, first = self._sheet.hasFocus(), index.column() == 0
        if option.state & states.State_Selected:
            paint.cursor(painter, self._sheet, room, focus=focus, first=first, last=False)
        painter.fillRect(QRect(room.left(), room.bottom(), room.width(), 1), ink.colours["hair"])
        line = self._sheet.rows.lines[index.row()]
        words = kept_to_itself(" ".join(line.words[index.column()].split()))
        inside = room.adjusted(PADDING + (BAR if first else 0), 0, -PADDING, -1)
        painter.setFont(ink.fonts["normal"])
        column = self._sheet.rows.columns[index.column()]
        quiet = line.quiet or (first and not column.takes_rest)  # a name is no time of day
        meant, name = line.ink
        painter.setPen(ink.colours[name if meant == index.column() else "muted" if quiet else "text"])
        side = RIGHT if column.right else LEFT
        painter.drawText(inside, side, ink.shortened("normal", words, inside.width()))
