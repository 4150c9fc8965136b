"""The list of a timeline: painted rows as high as what they say, walked through by key, opened, pinned, copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QScrollArea, QWidget

from channergy_crm.language import _
from ui.timeline.painter import EntryPainter
from ui.timeline.rows import ROW, Rows
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent

    from channergy_crm.services.timeline.sources import Entry

NAME = "timeline.list"
"""what it is called while it is seen; there may be one on each page"""


class EntryList(QListView):
    """What happened, the newest first. It scrolls by itself, or is as high as all its rows."""

    opened = Signal()
    """Enter or a double click on an entry"""
    pinned = Signal()
    """P, Space or a press on the pin of a note"""
    removed = Signal()
    """Delete"""
    changed = Signal()
    """F2: the note is to be written anew"""
    turned = Signal()
    """the cursor stands on another entry, or on none"""
    more_wanted = Signal()
    """somebody has come to the end"""

    def __init__(self, hidden_name: str, parent: QWidget, name: str = NAME) -> None:
        super().__init__(parent)
        self._hidden_name, self._name, self._scrolls = hidden_name, name, True
        named(self, hidden_name, _("Timeline"))
        self.rows = Rows(self)
        self.setModel(self.rows)
        self._painter = EntryPainter(self)
        self.setItemDelegate(self._painter)
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
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def stand_flush(self) -> None:
        """Begin at the very edge, below what stands there."""
        self._painter.side = 0

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

    def show_entries(self, pinned: Sequence[Entry], entries: Sequence[Entry], *, older: bool = False) -> None:
        """Show these, or put them below what is there; the cursor stays on its entry."""
        held = self.entry()
        if older:
            self.rows.add(entries)
        else:
            self._painter.forget()
            self.rows.show(pinned, entries)
        self.stand_on(held)
        self.fit()
        self.turned.emit()

    def stand_on(self, entry: Entry | None) -> None:
        """The cursor comes to this entry, or to the first one."""
        if (row := self.rows.row_of(entry)) >= 0:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.rows.index(row), flags)

    def entry(self) -> Entry | None:
        """The entry the cursor stands on."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.entry if row is not None else None

    def fit(self) -> None:
        """As high as all rows are at this width, where it does not scroll."""
        if self._scrolls:
            return
        rows = range(self.rows.rowCount())
        high = sum(self.sizeHintForIndex(self.rows.index(row)).height() for row in rows)
        if high != self.height():
            self.setFixedHeight(high)

    def copy(self) -> None:
        """The entry with all it says onto the clipboard."""
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
        while 0 <= row < self.rows.rowCount() and self.rows.rows[row].entry is None:
            row += way
        return self.rows.index(row) if 0 <= row < self.rows.rowCount() else self.currentIndex()

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
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        keys = {
            Qt.Key.Key_Return: self.opened, Qt.Key.Key_Enter: self.opened, Qt.Key.Key_P: self.pinned,
            Qt.Key.Key_Space: self.pinned, Qt.Key.Key_Delete: self.removed, Qt.Key.Key_F2: self.changed,
        }  # fmt: skip
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif bare and (what := keys.get(Qt.Key(event.key()))) is not None:
            what.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press on the pin of a note pins it."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        entry = self.entry() if index.isValid() and index == self.currentIndex() else None
        if entry is None or entry.kind != "note" or event.button() != Qt.MouseButton.LeftButton:
            return
        if self._painter.pin_room(self.visualRect(index)).contains(at):
            self.pinned.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            QTimer.singleShot(0, self, self.fit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._painter.renew()
            self.scheduleDelayedItemsLayout()
            self.fit()

    def showEvent(self, event: QShowEvent) -> None:
        self.setObjectName(self._name)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.setObjectName(self._hidden_name)
        super().hideEvent(event)
