"""The list of a history: painted rows as high as what they say, walked through by key, copied, undone from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QWidget

from channergy_crm.language import _
from ui.history.lines import ROW, Lines
from ui.history.painter import EntryPainter
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

    from channergy_crm.services.history import Entry

NAME = "history.grid"
"""what it is called while it is seen; there may be one on each page"""


class HistoryGrid(QListView):
    """What was done, the newest first. It scrolls by itself, or is as high as all its rows."""

    turned = Signal()
    """the cursor stands on another entry, or on none"""
    more_wanted = Signal()
    """somebody has come to the end"""

    def __init__(self, hidden_name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._hidden_name, self._scrolls = hidden_name, True
        named(self, hidden_name, _("History"))
        self.lines = Lines(self)
        self.setModel(self.lines)
        self.setItemDelegate(EntryPainter(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setBackgroundRole(self.backgroundRole())
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def scroll_by_itself(self, on: bool) -> None:
        """Have a bar of its own, or be as high as all its rows in a page that scrolls."""
        self._scrolls = on
        wanted = Qt.ScrollBarPolicy.ScrollBarAsNeeded if on else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)
        if on:
            self.setMinimumHeight(0)
            self.setMaximumHeight(16777215)
        else:
            self.fit()

    def show_entries(self, entries: list[Entry], *, older: bool = False) -> None:
        """Show these, or put them below what is there; the cursor stays on its entry."""
        unit = held.unit if (held := self.entry()) is not None else None
        if older:
            self.lines.add(entries)
        else:
            self.lines.show(entries)
        row = self.lines.row_of(unit)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.lines.index(row), flags)
        self.fit()
        self.turned.emit()

    def entry(self) -> Entry | None:
        """The entry the cursor stands on."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.entry if row is not None else None

    def fit(self) -> None:
        """As high as all rows are at this width, where it does not scroll."""
        if self._scrolls:
            return
        rows = range(self.lines.rowCount())
        high = sum(self.sizeHintForIndex(self.lines.index(row)).height() for row in rows)
        if high != self.height():
            self.setFixedHeight(high)

    def copy(self) -> None:
        """The entry with all its fields onto the clipboard."""
        if self.entry() is not None:
            QGuiApplication.clipboard().setText(str(self.currentIndex().data()))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Come into sight, also where the page scrolls and not the list."""
        super().currentChanged(current, previous)
        if not self._scrolls and self.hasFocus():
            self._show_in_page()
        self.turned.emit()

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Up and down from entry to entry; the headings are passed."""
        way = {QAbstractItemView.CursorAction.MoveDown: 1, QAbstractItemView.CursorAction.MoveUp: -1}.get(action)
        if way is None:
            return super().moveCursor(action, modifiers)
        row = self.currentIndex().row() + way
        while 0 <= row < self.lines.rowCount() and self.lines.rows[row].entry is None:
            row += way
        return self.lines.index(row) if 0 <= row < self.lines.rowCount() else self.currentIndex()

    def _show_in_page(self) -> None:
        page: QWidget | None = self.parentWidget()
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        body = page.widget() if page is not None else None
        if page is not None and body is not None:
            room = self.visualRect(self.currentIndex())
            at = self.viewport().mapTo(body, room.center())
            page.ensureVisible(at.x(), at.y(), 0, room.height() // 2 + 24)

    def _scrolled(self, value: int) -> None:
        if self._scrolls and value >= self.verticalScrollBar().maximum() - 200:
            self.more_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self.fit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            painter = self.itemDelegate()
            if isinstance(painter, EntryPainter):
                painter.renew()
                self.scheduleDelayedItemsLayout()
                self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        self.setObjectName(NAME)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.setObjectName(self._hidden_name)
        super().hideEvent(event)
