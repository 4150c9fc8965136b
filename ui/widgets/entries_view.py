"""A list of entries under headings: rows as high as what they say, walked through by key, copied, read on at its end.

It scrolls by itself, or is as high as all its rows in a page that scrolls.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QStyledItemDelegate, QWidget

from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent

ROW = Qt.ItemDataRole.UserRole
"""what a row of the model is: it has an `entry`, or it is a heading"""


class EntriesView(QListView):
    """What lists of entries have alike. While it is seen it has a name that stands on each page once."""

    turned = Signal()
    """the cursor stands on another entry, or on none"""
    more_wanted = Signal()
    """somebody has come to the end"""

    _renew: Callable[[], object] | None = None  # Qt tells of fonts before there is a painter

    def __init__(self, model: QAbstractItemModel, names: tuple[str, str], said: str, parent: QWidget) -> None:
        """`names` are the ones it has while it is hidden, and while it is seen."""
        super().__init__(parent)
        self._hidden_name, self._seen_name = names
        self._scrolls = True
        named(self, self._hidden_name, said)
        self.setModel(model)
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

    def paint_with(self, painter: QStyledItemDelegate, renew: Callable[[], object]) -> None:
        """The rows are painted by this one; `renew` tells it that letters or colours are others now."""
        self._renew = renew
        self.setItemDelegate(painter)

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

    def stand_on_row(self, row: int) -> None:
        """The cursor comes to this row; nowhere for none."""
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)

    def current_entry(self) -> Any:
        """The entry the cursor stands on, or None."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.entry if row is not None else None

    def fit(self) -> None:
        """As high as all rows are at this width, where it does not scroll."""
        if self._scrolls:
            return
        model = self.model()
        high = sum(self.sizeHintForIndex(model.index(row, 0)).height() for row in range(model.rowCount()))
        if high != self.height():
            self.setFixedHeight(high)

    def copy(self) -> None:
        """The entry with all it says onto the clipboard."""
        if self.current_entry() is not None:
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
        model, row = self.model(), self.currentIndex().row() + way
        while 0 <= row < model.rowCount() and model.index(row, 0).data(ROW).entry is None:
            row += way
        return model.index(row, 0) if 0 <= row < model.rowCount() else self.currentIndex()

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
        worn = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
        if event.type() in worn and self._renew is not None:
            self._renew()
            self.scheduleDelayedItemsLayout()
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        self.setObjectName(self._seen_name)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.setObjectName(self._hidden_name)
        super().hideEvent(event)
