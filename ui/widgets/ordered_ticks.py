"""A list with check boxes whose rows can be put into an order: by button, by Alt+Up and Alt+Down, or dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named, offer
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class Ticks(QStyledItemDelegate):
    """Draws the check boxes as they are everywhere: the system's own cannot be seen on a dark ground."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        drawn, view = QStyleOptionViewItem(option), self.parent()
        assert isinstance(view, QWidget)  # noqa: S101  the list
        if drawn.state & QStyle.StateFlag.State_Selected:
            here = view.hasFocus()
            paint.cursor(painter, view, drawn.rect, focus=here)
            drawn.state &= ~(QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        super().paint(painter, drawn, index)
        self.initStyleOption(drawn, index)
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        room = QRectF(view.style().subElementRect(part, drawn, view)).adjusted(0.5, 0.5, -0.5, -0.5)
        checked = drawn.checkState == CHECKED
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = theme.colour(view, "accent" if checked else "field")
        paint.box(painter, room, ground=ground, edge=theme.colour(view, "accent" if checked else "border"), round_by=3)
        if checked:
            paint.check(painter, room, theme.colour(view, "on_accent"))
        painter.restore()


class OrderedTicks(QWidget):
    """Every row with a check box, those that are checked first. `keys_for` is where Alt+Up and Alt+Down work."""

    changed = Signal()
    """something was checked, unchecked or moved, or another row is stood on"""

    def __init__(self, name: str, said: str, keys_for: QWidget) -> None:
        super().__init__(keys_for)
        self.list = named(calm(QListWidget(self)), f"{name}.list", said)
        self.list.setItemDelegate(Ticks(self.list))
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setFocusProxy(self.list)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.list, 1)
        self._up = self._mover(f"{name}.up", _("Move up"), "chevron_up", -1, "Alt+Up", keys_for)
        self._down = self._mover(f"{name}.down", _("Move down"), "chevron_down", 1, "Alt+Down", keys_for)
        movers = QVBoxLayout()
        movers.addWidget(self._up)
        movers.addWidget(self._down)
        movers.addStretch(1)
        row.addLayout(movers)
        self.list.itemChanged.connect(lambda _item: self._look())
        self.list.currentRowChanged.connect(lambda _row: self._look())

    def _mover(self, name: str, text: str, drawing: str, by: int, key: str, keys_for: QWidget) -> IconButton:
        button = named(IconButton(self), name, text)
        button.setIcon(icon(drawing, button))
        button.setToolTip(as_tip(f"{text} ({key_name(key)})"))
        button.clicked.connect(lambda: self.move_current(by))
        QShortcut(QKeySequence(key), keys_for, lambda: self.move_current(by))
        return button

    def fill(self, labels: dict[str, str], checked: Sequence[str]) -> None:
        """These rows, by their names; those that are checked come first, in their order."""
        self.list.clear()
        first = [name for name in checked if name in labels]
        for name in [*first, *(name for name in labels if name not in first)]:
            item = QListWidgetItem(labels[name], self.list)
            item.setData(NAME, name)
            item.setSizeHint(QSize(0, 26))
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled)
            item.setCheckState(CHECKED if name in first else UNCHECKED)
        self.list.setCurrentRow(0)
        self._look()

    def chosen(self) -> list[str]:
        """The names of the rows that are checked, in their order."""
        return [item.data(NAME) for item in self._items() if item.checkState() == CHECKED]

    def current(self) -> str:
        """The name of the row somebody stands on; "" for none."""
        item = self.list.currentItem()
        return str(item.data(NAME)) if item is not None else ""

    def relabel(self, name: str, label: str) -> None:
        """Call a row otherwise."""
        for item in self._items():
            if item.data(NAME) == name:
                item.setText(label)

    def move_current(self, by: int) -> None:
        """Move the row the cursor is on up (-1) or down (1)."""
        row = self.list.currentRow()
        if 0 <= row + by < self.list.count():
            self.list.insertItem(row + by, self.list.takeItem(row))
            self.list.setCurrentRow(row + by)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _look(self) -> None:
        row = self.list.currentRow()
        offer(self._up, "" if row > 0 else _("This is the first one."))
        offer(self._down, "" if 0 <= row < self.list.count() - 1 else _("This is the last one."))
        self.changed.emit()
