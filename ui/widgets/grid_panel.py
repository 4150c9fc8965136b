"""A short list in a dialog: the grid, what can be done to its rows, what happened, and a line for a new row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from channergy_crm import work
from channergy_crm.errors import Clash, CRMError
from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.editable_grid import CellGrid, Cells, Row
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QHideEvent, QShowEvent

    from channergy_crm.work import Done

AGAIN_MS = 250
"""until it is looked again whether somebody has left the cell"""

R = TypeVar("R", bound=Row)
T = TypeVar("T")


class GridPanel(QWidget, Generic[R]):
    """What the lists edited in place have alike; each says where its rows come from and what its verbs do.

    While it is seen it follows what is done to its rows at other windows, but not under the hands of who is typing.
    """

    _heard = Signal(object)

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._grid: CellGrid[R] = CellGrid(f"{name}.grid", said, self)
        self._cells: Cells[R]
        self._said = named(Remark("", self), f"{name}.said", _("What happened"))
        self._heard.connect(self._something_done)
        self._deaf: Callable[[], None] = lambda: None
        self._soon = later(self, self._follow, AGAIN_MS)

    # What each list says for itself

    def _entries(self) -> Sequence[R]:
        """The rows as the office has them now."""
        raise TypeError("each list says where its rows come from")

    def _offer(self) -> None:
        """Enable the verbs the current row allows."""
        raise TypeError("each list says what its rows allow")

    def _add(self) -> None:
        """Store what stands in the line for a new row."""
        raise TypeError("each list says how a row is added")

    def _remove(self) -> None:
        """Delete or retire the current row."""
        raise TypeError("each list says how a row is removed")

    def _saved(self) -> None:
        """A cell was stored."""
        self._say(_("Saved."))
        self._offer()

    def _movable(self) -> list[R]:
        """The rows whose order can be changed."""
        return self._cells.rows

    def _reorder(self, rows: list[R]) -> None:
        """Store this order of the movable rows."""
        raise TypeError("a list whose rows can be moved says how their order is stored")

    # How it is built

    def _put_together(self, widths: Sequence[int], stretched: int, *parts: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in parts:
            column.addWidget(part, 1 if part is self._grid else 0)
        self._grid.edit_with(self._cells, widths, stretched)
        self._cells.refused.connect(self._refuse)
        self._cells.stored.connect(self._saved)
        self._grid.removed.connect(self._remove)
        self._grid.moved.connect(self._offer)

    def _strip(self, *parts: QWidget | None) -> QWidget:
        """Buttons in a line; None is the room between those at its two ends."""
        strip = QWidget(self)
        row = QHBoxLayout(strip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in parts:
            if part is None:
                row.addStretch(1)
            else:
                row.addWidget(part)
        return strip

    def _new_line(self, tip: str, *parts: tuple[QWidget, int]) -> QWidget:
        """The line for a new row: its parts, each with its share of the room, and *Add*, which Enter presses too."""
        line = self._strip(*(part for part, _share in parts), self._button("add", _("Add"), tip, self._add))
        row = line.layout()
        for place, (part, share) in enumerate(parts):
            if isinstance(row, QHBoxLayout):
                row.setStretch(place, share)
            if isinstance(part, QLineEdit):
                part.returnPressed.connect(self._add)
        return line

    def _button(self, word: str, text: str, tip: str, deed: Callable[[], object]) -> QPushButton:
        button = named(Button(text, self), f"{self._name}.{word}", text)
        button.setToolTip(as_tip(tip))
        button.clicked.connect(lambda: deed())
        return button

    def _up_and_down(self, up: str, down: str) -> tuple[QPushButton, QPushButton]:
        """The two buttons that move a row, with their tips and their keys."""
        self._up = self._button("up", _("Move up"), up, lambda: self._move(-1))
        self._down = self._button("down", _("Move down"), down, lambda: self._move(1))
        self._grid.shifts = True
        self._grid.shifted.connect(lambda by: (self._up if by < 0 else self._down).click())
        QShortcut(QKeySequence("Alt+Up"), self, self._up.click)
        QShortcut(QKeySequence("Alt+Down"), self, self._down.click)
        return self._up, self._down

    # What is shown

    def _start(self) -> None:
        """Show a list from its first row; what could not be stored before is forgotten."""
        self._say("")
        self._cells.forget_typed()
        self._reload()
        self._grid.go_to(None)

    def _reload(self, key: object = None, column: int | None = None) -> None:
        """Read the rows anew and stay where one is, or go to the row of this key."""
        current = self._grid.current()
        column = max(self._grid.currentIndex().column(), 0) if column is None else column
        self._cells.show(self._entries())
        self._grid.go_to(key if key is not None else current.key if current is not None else None, column)
        self._offer()

    def _refresh(self) -> None:
        """Read the rows anew, but not under the hands of who is typing."""
        if self._grid.state() != CellGrid.State.EditingState:
            self._attempt(self._reload)

    def _offer_moving(self) -> None:
        entry, rows = self._grid.current(), self._movable()
        place = rows.index(entry) if entry is not None and entry in rows else -1
        stays = "" if place >= 0 else _("This row has its fixed place.")
        offer(self._up, stays or ("" if place > 0 else _("This is the first one.")))
        offer(self._down, stays or ("" if place < len(rows) - 1 else _("This is the last one.")))

    def _say(self, text: str, ink: str = "muted") -> None:
        self._said.say(text, ink)

    def _refuse(self, error: CRMError) -> None:
        self._say(error.message, "overdue")
        if isinstance(error, Clash):
            self._reload()

    # What others do

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._deaf()
        self._deaf = work.listen(self._heard.emit)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._deaf()
        self._soon.stop()

    def _something_done(self, done: Done) -> None:
        if done.elsewhere and self._cells.table in done.tables:
            self._follow()

    def _follow(self) -> None:
        """Read the rows anew; the row somebody is in and the place in the list stay."""
        if self._cells.locked or self._grid.state() == CellGrid.State.EditingState:
            self._soon.start()
            return
        row, bar = self._grid.currentIndex().row(), self._grid.verticalScrollBar()
        held, place = self._grid.current(), bar.value()
        self._attempt(self._reload)
        rows = self._cells.rows
        if held is not None and rows and held.key not in {each.key for each in rows}:
            self._grid.go_to(rows[min(row, len(rows) - 1)].key, max(self._grid.currentIndex().column(), 0))
        bar.setValue(place)

    # What is done

    def _attempt(self, deed: Callable[[], T]) -> T | None:
        """Do something; what keeps it from being done is said, until something is done."""
        try:
            done = deed()
        except CRMError as error:
            self._refuse(error)
            return None
        self._say("")
        return done

    def _move(self, by: int) -> None:
        entry, rows = self._grid.current(), list(self._movable())
        if entry is None:
            return
        place = rows.index(entry)
        rows.insert(place + by, rows.pop(place))
        self._attempt(lambda: self._reorder(rows))
        self._reload()
