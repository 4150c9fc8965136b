"""Beside the days: what is overdue and what has no date; dragged into a day, or given one by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from channergy_crm import clock
from channergy_crm.language import _, figures
from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.pages.calendar import words
from ui.pages.calendar.carried import carry
from ui.pages.calendar.ink import SIGN, Worn
from ui.pages.calendar.places import has_day
from ui.widgets.controls import LEFT, RIGHT
from ui.widgets.dialog import named
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent

    from channergy_crm.services.calendar.entries import Entry

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
HIGH, TITLE, BETWEEN = 50, 30, 6
DEEDS: dict[Qt.Key, tuple[str, str | None]] = {
    Qt.Key.Key_Return: ("card", "move"), Qt.Key.Key_Enter: ("card", "move"), Qt.Key.Key_Menu: ("card", "keys"),
    Qt.Key.Key_Delete: ("remove", None), Qt.Key.Key_Space: ("done", None),
}  # fmt: skip


class _Rows(QStyledItemDelegate):
    """An entry is a tile of two lines with a grip; a title stands over each part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._worn = Worn()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        widget: Any = option.widget
        return QSize(100, theme.px(HIGH if index.data(ENTRY) is not None else TITLE, widget))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view: Any = option.widget
        ink, entry = self._worn.of(view), index.data(ENTRY)
        room = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        if entry is None:
            painter.setFont(ink.small_strong)
            late = index.data(ENTRY + 1)
            painter.setPen(ink.colour("overdue" if late else "text"))
            painter.drawText(room.adjusted(8, 4, -4, 0), LEFT, str(index.data()))
        else:
            here = bool(option.state & QStyle.StateFlag.State_Selected)
            self._tile(painter, room.adjusted(1, 1, -1, -BETWEEN), entry, ink, here=here, focus=view.hasFocus())
        painter.restore()

    def _tile(
        self, painter: QPainter, room: QRectF, entry: Entry, ink: Any, *, here: bool, focus: bool
    ) -> None:  # fmt: skip
        ground = ink.colour("soft" if here and focus else "idle" if here else "base")
        edge = ink.colour("accent" if here and focus else "line")
        paint.box(painter, room, ground=ground, edge=edge, width=ink.worn.ring if here and focus else 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink.colour("faint"))
        for place in range(6):
            at = QPointF(room.left() + 11 + 4 * (place % 2), room.center().y() - 5 + 5 * (place // 2))
            painter.drawEllipse(at, 0.9, 0.9)
        late = entry.state == "overdue"
        left, line = room.left() + 46, ink.line
        top = room.center().y() - (line if self._below(entry) else line / 2)
        style = "overdue" if late else "muted"
        sign = QPointF(room.left() + 25, top + (line - SIGN) / 2)
        painter.drawPixmap(sign, ink.picture(words.sign(entry), style))
        right = words.days_late(entry, clock.today()) if late and has_day(entry) else entry.owner
        painter.setFont(ink.small)
        painter.setPen(ink.colour("overdue" if late else "muted"))
        taken = ink.metrics.horizontalAdvance(right) + 14
        end = QRectF(left, top + (line if self._below(entry) else 0), room.right() - left - 8, line)
        painter.drawText(end, RIGHT, right)
        painter.setPen(ink.colour("text"))
        wide = int(room.right() - left - 8 - (0 if self._below(entry) else taken))
        painter.drawText(QRectF(left, top, wide, line), LEFT, ink.fitted(entry.title, wide))
        painter.setPen(ink.colour("muted"))
        wide = int(end.width() - taken)
        painter.drawText(QRectF(left, top + line, wide, line), LEFT, ink.fitted(self._below(entry), wide))

    def _below(self, entry: Entry) -> str:
        return entry.about or entry.place


class Waiting(QListWidget):
    """The entries; `wanted` tells as the views do what somebody wants: "card" and "move": its day is typed."""

    wanted = Signal(str, object, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "calendar.waiting", _("Not in the week yet"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_Rows(self))
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.itemDoubleClicked.connect(lambda _item: self._tell("open", None))

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """An entry in the hand."""
        entry = items[0].data(ENTRY) if items else None
        return carry(entry.task) if entry is not None else super().mimeData(items)

    def current(self) -> Entry | None:
        """The entry somebody stands on."""
        item = self.currentItem()
        found: Entry | None = item.data(ENTRY) if item is not None else None
        return found

    def _tell(self, deed: str, more: object) -> None:
        entry = self.current()
        if entry is not None:
            self.wanted.emit(deed, entry, more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if (deed := DEEDS.get(Qt.Key(event.key()))) is not None:
            self._tell(*deed)
        else:
            super().keyPressEvent(event)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, what is late first; the cursor stays on what it stood on."""
        before = self.current()
        self.clear()
        late = [each for each in entries if each.state == "overdue"]
        other = [each for each in entries if each.state != "overdue"]
        for title, held in ((_("Overdue"), late), (_("No date"), other)):
            if not held:
                continue
            head = QListWidgetItem(title, self)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setData(ENTRY + 1, held is late)
            for each in held:
                item = QListWidgetItem(words.heard(each), self)
                item.setData(ENTRY, each)
                item.setToolTip(as_tip(words.heard(each)))
                if before is not None and each.task == before.task:
                    self.setCurrentItem(item)
        if self.currentItem() is None and self.count() > 1 and before is not None:
            self.setCurrentRow(1)


class Side(QWidget):
    """The title with the count, one sentence, the list, and what the drawings mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "side")
        self.setObjectName("calendar.side")
        self.title = Label(_("Not in the week yet"), self)
        self.title.setFont(theme.strong(self.font()))
        self.count = Label("", self)
        self.count.wear("muted")
        self.hint = Label(_("Drag into a day, or Enter and type a time."), self)
        self.hint.setWordWrap(True)
        self.hint.setFont(theme.small(self.font()))
        self.hint.wear("muted")
        self.list = calm(Waiting(self))
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 8, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        column.addWidget(Legend(self))

    def show_entries(self, entries: Sequence[Entry], *, filtered: bool = False) -> None:
        """Show what stands in no day; where there is nothing, that is said, or that the filter lets nothing through."""
        self.count.setText(figures(len(entries)) if entries else "")
        nothing = words.nothing("", filtered=True) if filtered else _("Nothing is late, and all has a date.")
        self.hint.setText(_("Drag into a day, or Enter and type a time.") if entries else nothing)
        self.list.show_entries(entries)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin_turned(self).fillRect(QRectF(0, 0, 1, self.height()), theme.colour(self, "line"))


class Legend(QWidget):
    """What the drawings and grounds mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._worn = Worn()
        self.setFixedHeight(theme.px(88, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = paint.begin_turned(self), self._worn.of(self)
        painter.fillRect(QRectF(0, 0, self.width(), 1), ink.colour("line"))
        painter.setFont(ink.small)
        step = (self.height() - 12) / 3
        edges = {"call": ("base", "border"), "meeting": ("chip", ""), "task": ("base", "line")}
        for place, (kind, said) in enumerate(words.KINDS.items()):
            top = 10 + place * step
            ground, edge = edges[kind]
            spot = QRectF(2, top, 24, step - 5)
            paint.box(painter, spot, ground=ink.colour(ground), edge=ink.colour(edge) if edge else None)
            corner = QPointF(spot.center().x() - SIGN / 2, spot.center().y() - SIGN / 2)
            painter.drawPixmap(corner, ink.picture(words.SIGNS[kind], "muted"))
            painter.setPen(ink.colour("muted"))
            painter.drawText(QRectF(34, top, self.width() / 2 - 34, step - 5), LEFT, _(said))
        for place, (state, tone) in enumerate((("done", "done"), ("overdue", "overdue"), ("soon", "soon"))):
            top, left = 10 + place * step, self.width() / 2
            picture = ink.picture(words.STATE_SIGNS[state], tone)
            painter.drawPixmap(QPointF(left, top + (step - 5 - SIGN) / 2), picture)
            painter.setPen(ink.colour("muted"))
            painter.drawText(QRectF(left + 20, top, left - 20, step - 5), LEFT, _(words.STATES[state]))
