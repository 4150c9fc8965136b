"""The grid of document lines: as high as its rows, worked by key and by grip (VT-142)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QPainter

from ui.look import theme
from ui.look.turned import turned
from ui.pages.sales import cells
from ui.pages.sales.cells import GRIP, NAME, PLACE
from ui.pages.sales.describing import Describing, MoreButton
from ui.pages.sales.lines import ADD, SUM
from ui.pages.sales.painter import LinesPainter
from ui.pages.sales.view import ONLY, ROW_HEIGHT, LinesView
from ui.pages.sales.ways import Said, Ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QModelIndex
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from ui.pages.sales.model import LinesModel
    from ui.pages.sales.product_cell import Products

STANDARD = QKeySequence.StandardKey
PLAIN = Qt.KeyboardModifier.NoModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTERS = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
OPENS = {*ENTERS, Qt.Key.Key_F2}
SHIFTS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class LinesGrid(LinesView):
    """The lines. What its keys mean for the document, the panel hears as signals."""

    copied = Signal()
    pasted = Signal()

    def __init__(self, name: str, cells_: LinesModel, products: Products, parent: QWidget) -> None:
        super().__init__(name, cells_, products, parent)
        self._dropping = self._dragged = -1
        self._drawn = LinesPainter(self)
        self.setItemDelegate(self._drawn)
        self.ways = self.verbs = Ways(self)
        self.said = Said(self)
        self.describing, self.more = Describing(self, parent), MoreButton(self)
        self.ways.add.clicked.connect(self.add)
        cells_.modelReset.connect(self._laid_out)
        cells_.dataChanged.connect(lambda *_: self.said.look())
        self.moved.connect(self.said.look)
        self.moved.connect(self.more.place)
        self.text_wanted.connect(self.describe)
        self._laid_out()

    def _laid_out(self) -> None:
        row = theme.px(ROW_HEIGHT, self)
        self.verticalHeader().setDefaultSectionSize(row)
        wanted = self.horizontalHeader().sizeHint().height() + self.cells.rowCount() * row
        if self.height() != wanted or self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
        self.executeDelayedItemsLayout()  # later it would be drawn a second time
        self.ways.place()
        self.more.place()
        self.said.look()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, higher rows; read from the other side, all at the other side."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange) and hasattr(self, "ways"):
            self._laid_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        share = theme.px(100, self) / 100
        fitting = cells.fit(int(self.viewport().width() / share))
        for column in range(self.cells.columnCount()):
            self.setColumnHidden(column, column in fitting.left_out)
            if column in fitting.widths:
                self.setColumnWidth(column, int(fitting.widths[column] * share))
        taken = sum(self.columnWidth(column) for column in range(self.cells.columnCount()) if column != NAME)
        self.setColumnWidth(NAME, max(self.viewport().width() - taken, 40))
        self.ways.place()
        self.more.place()
        self.said.look()
        self.describing.stand()

    def event(self, event: QEvent) -> bool:
        """What the lines do with a key themselves, the window does not take from them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.is_typing:
            super().keyPressEvent(event)
        elif (deed := self._deed(event)) is not None:
            deed()
        elif event.key() in ENTERS and held == Qt.KeyboardModifier.ShiftModifier:
            self.describe()
        elif event.key() in OPENS and not held:
            self._open()
        elif event.key() == Qt.Key.Key_Space and self._fold():
            event.accept()
        else:
            super().keyPressEvent(event)

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does to the lines; None where it does nothing to them."""
        if self.is_typing:
            return None
        if event.matches(STANDARD.Copy):
            return self.copied.emit
        return None if self.cells.lines.locked else self._changing(event)

    def _changing(self, event: QKeyEvent) -> Callable[[], object] | None:
        lines, key = self.cells.lines, Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        undo, redo = partial(self._back, again=False), partial(self._back, again=True)
        if event.matches(STANDARD.Cut):
            return self.cut
        standard = ((STANDARD.Paste, True, self.pasted.emit), (STANDARD.Undo, lines.can_undo, undo),
                    (STANDARD.Redo, lines.can_redo, redo))  # fmt: skip
        for meant, can, deed in standard:
            if event.matches(meant):
                return deed if can else None
        if held == ALT and key in SHIFTS:
            return partial(self.shift, SHIFTS[key])
        return {Qt.Key.Key_Delete: self.remove, Qt.Key.Key_Insert: self.add}.get(key) if held == PLAIN else None

    def _open(self) -> None:
        index = self.currentIndex()
        if index.isValid() and self.cells.row(index).kind != SUM:
            self.go_to(self.current_place(), index.column(), edit=True)

    def _fold(self) -> bool:
        line, place = self.cells.line(self.currentIndex()) if self.currentIndex().isValid() else None, 0
        if line is None or not line.is_heading:
            return False
        place = self.current_place()
        self.cells.lines.fold(place)
        self.go_to(place)
        return True

    @property
    def can_describe(self) -> bool:
        """Whether the current line has a longer text, or may get one."""
        place, lines = self.current_place(), self.cells.lines
        line = lines.lines[place] if 0 <= place < len(lines.lines) else None
        return line is not None and line.is_item and (not lines.locked or bool(line.description))

    def describe(self) -> None:
        """The cursor into the longer text of the current line."""
        self.settle()
        if self.can_describe:
            self.describing.open_at(self.current_place())

    def settle(self) -> None:
        """What stands in an open cell is taken; what is typed of a longer text is in its line already."""
        self.describing.close_it()
        super().settle()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the key of the menu at the current line, by the mouse at the line under it."""
        from ui.pages.sales import line_menu

        self.settle()
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
        else:
            index = self.indexAt(self.viewport().mapFromGlobal(at))
            if index.isValid() and self.cells.row(index).place not in self.places():
                self.go_to(self.cells.row(index).place)
        self.setFocus()
        deeds: dict[str, Callable[[], object]] = {
            "describe": self.describe, "copy": self.copied.emit, "cut": self.cut, "paste": self.pasted.emit,
            "add": self.add, "up": partial(self.shift, -1), "down": partial(self.shift, 1),
            "undo": partial(self._back, again=False), "remove": self.remove,
        }  # fmt: skip
        cannot = set() if self.places() else {"copy", "cut", "up", "down", "remove"}
        cannot |= set() if self.can_describe else {"describe"}
        cannot |= set() if self.cells.lines.can_undo else {"undo"}
        line_menu.show(self, at, deeds, cannot, reads=self.cells.lines.locked)

    def _back(self, *, again: bool) -> None:
        """Take the last change back, or do it again."""
        place, lines = self.current_place(), self.cells.lines
        (lines.redo if again else lines.undo)()
        if not self.currentIndex().isValid():
            self.go_to(max(min(place, len(lines.lines)), 0))

    def add(self) -> None:
        """The cursor into the row where more is typed."""
        self.go_to(len(self.cells.lines.lines), edit=True)

    def remove(self) -> None:
        """Take the chosen lines out; the next one is the current one."""
        places = self.places()
        if places:
            self.cells.lines.remove(places)
            self.go_to(min(places[0], len(self.cells.lines.lines)))

    def cut(self) -> None:
        """Copy the chosen lines, and take them out."""
        if self.places():
            self.copied.emit()
            self.remove()

    def shift(self, by: int) -> None:
        """Move the chosen lines up or down; they stay chosen."""
        lines = self.cells.lines
        moved = [lines.lines[place].id for place in self.places()]
        lines.shift(self.places(), by)
        self.choose([lines.place_of(each) for each in moved])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and event.button() == Qt.MouseButton.LeftButton and self._pressed(index):
            event.accept()
            return
        super().mousePressEvent(event)

    def _pressed(self, index: QModelIndex) -> bool:
        row, line = self.cells.row(index), self.cells.line(index)
        if row.kind == ADD:
            self.add()
            return True
        if line is not None and line.is_heading and index.column() == PLACE:
            self.selectionModel().setCurrentIndex(index, ONLY)
            return self._fold()
        if line is not None and index.column() == GRIP and not self.cells.lines.locked:
            if row.place not in self.places():
                self.go_to(row.place)
            self._dragged = row.place
            self.setFocus()
            return True
        return False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged < 0:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        self.drag_to(at)
        self.looked_at.emit(QRect(at - QPoint(0, ROW_HEIGHT), at + QPoint(0, ROW_HEIGHT)))

    def drag_to(self, at: QPoint) -> None:
        """The chosen lines would stand there."""
        row = self.rowAt(at.y() + theme.px(ROW_HEIGHT, self) // 2)
        lines = self.cells.lines
        self._dropping = lines.rows[row].place if row >= 0 else (0 if at.y() < 0 else len(lines.lines))
        if row >= 0 and lines.rows[row].kind == SUM:
            self._dropping = lines.group(lines.rows[row].place)[-1] + 1
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged < 0:
            super().mouseReleaseEvent(event)
            return
        places, to, lines = self.places(), self._dropping, self.cells.lines
        self._dragged = self._dropping = -1
        self.viewport().update()
        if to >= 0 and places:
            moved = [lines.lines[place].id for place in places]
            lines.move(places, to)
            self.choose([lines.place_of(each) for each in moved])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Row by row; the titles paint themselves."""
        painter = QPainter(self.viewport())
        self._drawn.draw(turned(painter, self.viewport()), event.rect())
        if self._dropping >= 0:
            row = self.cells.lines.row_of(self._dropping) if self._dropping < len(self.cells.lines.lines) else -1
            at = self.rowViewportPosition(row if row >= 0 else self.cells.rowCount() - 1)
            painter.fillRect(QRect(0, at - 1, self.viewport().width(), 2), theme.colour(self, "accent"))
        painter.end()
