"""A block of Home: its head with title, count and a quiet verb, what it holds, the way to all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

HEAD, SIDE = 44, 16
"""pixels: how high the head is, the edge"""
STEPS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


class Badge(Label):
    """How many are late, on the colour of what is late."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        paint.box(painter, room, ground=theme.colour(self, "overdue"), round_by=room.height() / 2)
        painter.setFont(theme.strong(self.font()))
        painter.setPen(theme.colour(self, "base"))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())

    def sizeHint(self) -> QSize:
        high = theme.px(19, self)
        return QSize(max(high, self.fontMetrics().horizontalAdvance(self.text()) + 12), high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Block(QWidget):
    """One block. Ctrl with an arrow moves it to where there is room in that direction (VT-15)."""

    moved = Signal(str, int, int)
    """by key: its key, steps to the right, steps down"""
    taken_off = Signal(str)

    def __init__(self, key: str, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = key
        named(self, f"home.block.{key}", title)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._held: QWidget | None = None
        self.title = Label(title, self)
        self.title.setFont(theme.section(self.font()))
        self._count = Label("", self)
        self._count.muted()
        self._count.setFont(theme.small(self.font()))
        self.badge = Badge("", self)
        self.badge.setFont(theme.small(self.font()))
        self.badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.badge.hide()
        self._said = Remark("", self)
        self._said.setObjectName(f"home.block.{key}.said")
        self._said.setContentsMargins(SIDE, 0, SIDE, 8)
        self._said.hide()
        self._lay_out()
        self._add_foot()
        self.arranging(False)

    def _lay_out(self) -> None:
        self.head = QHBoxLayout()
        self.head.setContentsMargins(SIDE, 0, 10, 0)
        self.head.setSpacing(8)
        self.grip = self._small("grip", _("Move this block (drag it, or Ctrl with an arrow)"), "grip")
        self.grip.setCursor(Qt.CursorShape.OpenHandCursor)
        self._off = self._small("take_off", _("Take this block off Home"), "close")
        self._off.clicked.connect(lambda: self.taken_off.emit(self.key))
        for part in (self.grip, self.title, self.badge, self._count):
            self.head.addWidget(part)
        self.head.addStretch(1)
        self.head.addWidget(self._off)
        self._line = QWidget(self)
        self._line.setFixedHeight(theme.px(HEAD, self))
        self._line.setLayout(self.head)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 8)
        self.column.setSpacing(0)
        self.column.addWidget(self._line)
        self.column.addWidget(self._said)

    def _add_foot(self) -> None:
        self._all = named(Button("", self), f"home.block.{self.key}.all", self.accessibleName())
        self._all.quiet()
        self._all.setIcon(icon("goto", self._all))
        self._more = Label("", self)
        self._more.muted()
        self._more.setFont(theme.small(self.font()))
        self._foot = QWidget(self)
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(6, 4, SIDE, 0)
        row.addWidget(self._all)
        row.addStretch(1)
        row.addWidget(self._more)
        self._foot.hide()
        self.column.addWidget(self._foot)
        self._run: Callable[[], object] = lambda: None
        self._all.clicked.connect(lambda: self._run())

    def _small(self, word: str, said: str, drawing: str) -> IconButton:
        button = named(IconButton(self), f"home.block.{self.key}.{word}", said)
        button.setIcon(icon(drawing, button))
        button.setToolTip(as_tip(said))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def hold(self, widget: QWidget, *, side: int = 0) -> None:
        """What the block is about; keys that move the block are heard there."""
        self._held = widget
        if side:
            room = QWidget(self)
            row = QHBoxLayout(room)
            row.setContentsMargins(side, 0, side, 0)
            row.addWidget(widget)
            self.column.insertWidget(2, room)
        else:
            self.column.insertWidget(2, widget)
        widget.installEventFilter(self)

    def verb(self, name: str, text: str, run: Callable[[], object]) -> Button:
        """The quiet verb in its head."""
        button = named(Button(unmarked(text), self), f"home.block.{self.key}.{name}", text)
        button.quiet()
        button.clicked.connect(lambda: run())
        self.head.insertWidget(self.head.count() - 1, button)
        button.installEventFilter(self)
        return button

    def say_count(self, text: str) -> None:
        """How many there are, small behind the title."""
        self._count.setText(text)

    def say_late(self, count: int) -> None:
        """How many are late, as a badge behind the title."""
        self.badge.setText(f"{count:n}")
        self.badge.updateGeometry()
        self.badge.setVisible(bool(count))

    def say(self, text: str, ink: str = "muted") -> None:
        """A sentence in the place of what it holds, or over it; "" for none."""
        self._said.say(text, ink)

    def offer_all(self, text: str, run: Callable[[], object], more: str = "") -> None:
        """*All 12 in …* at its foot, and a remark at the right; nothing where both are empty."""
        self._run = run
        self._all.setText(unmarked(text))
        self._all.setAccessibleName(text)
        self._all.setVisible(bool(text))
        self._all.updateGeometry()
        self._more.setText(more)
        self._foot.setVisible(bool(text or more))

    def arranging(self, on: bool) -> None:
        """Show the grip it is dragged by and the cross that takes it off, or hide both."""
        self.grip.setVisible(on)
        self._off.setVisible(on)

    def stop(self) -> QWidget:
        """Where Tab comes to it."""
        held = self._held
        if held is not None and not held.isHidden() and held.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return held
        inside = held.findChildren(QWidget) if held is not None else []
        found = (each for each in [*inside, *self.findChildren(Button)]
                 if not each.isHidden() and each.focusPolicy() & Qt.FocusPolicy.TabFocus)  # fmt: skip
        return next(found, self.grip)

    def stops(self) -> list[QWidget]:
        """All of it that Tab comes to, in reading order."""
        verbs = self._line.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        first = [each for each in sorted(verbs, key=self.head.indexOf) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        held = self._held
        inside = [] if held is None else [held, *held.findChildren(QWidget)]
        body = [each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        return [*first, *body, self._all]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl with an arrow, before the list or the chart takes the arrow."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._moves(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._moves(event):
            super().keyPressEvent(event)

    def _moves(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = STEPS.get(Qt.Key(event.key())) if modifiers == Qt.KeyboardModifier.ControlModifier else None
        if step is not None:
            self.moved.emit(self.key, *step)
        return step is not None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "side"), round_by=paint.DIALOG)
