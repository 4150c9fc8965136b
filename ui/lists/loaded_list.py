"""A list being read: its first rows at once, the rest behind the scroll bar, kept right while people work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _, counted
from channergy_crm.query.listing import FIRST, Listing, ListQuery, Row, all_fit
from channergy_crm.services import reading
from ui.lists.empty_word import EmptyWord
from ui.lists.filter_line import FilterLine
from ui.lists.grid import Grid
from ui.lists.loader import Loader
from ui.lists.look_kept import look_again, look_at
from ui.lists.outage import Outage
from ui.lists.table_model import RecordModel
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.language import Named
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record
    from ui.lists.columns import Order

TYPING_PAUSE_MS = 10
MARKED = 900
"""marked records that stay marked when the list is read anew; who has marked more begins again"""
FEW = 5
"""records changed at once that keep their rows; more are read anew"""


class ReadingList(QWidget):
    """Reads the rows that belong here (`condition`) and match the filter, and keeps the place somebody is at."""

    settled = Signal(object)
    """the list was read; this is the record it stands on now, or None"""
    counted = Signal()
    """the whole list is known, or another number of its rows is marked: what is said of it may be told anew"""
    refused = Signal(str)
    remarked = Signal(str)
    """something about this list that belongs to what was just said"""
    called: type[Named]
    """what its records are called in sentences: a list may show one kind of them"""
    within: Callable[[], str] = staticmethod(lambda: "")
    """the name of the project whose rows alone are listed; "" for those of all"""

    def __init__(
        self, name: str, record: type[Record], columns: Sequence[str], *, office: Office,
        condition: Callable[[], object], order: Order, empty: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName(f"{name}.list")
        self.record, self.called, self._name = record, record, name
        self._condition, self._order, self._empty_text = condition, order, empty
        self._wanted: object = None
        self._held: object = None
        """the record somebody was on when the first rows of another filter or order came without it"""
        self._returned: Sequence[object] = ()
        """records that an undo has brought back: they are marked as soon as they are read"""
        self._request, self._quiet, self._writing = 0, False, False
        self._arrived = 0
        self._query: ListQuery | None = None
        self.colours: list[tuple[str, str]] = []
        self.by: Callable[[], str] = lambda: ""
        self.may_move: Callable[[], bool] = lambda: True
        """whether the list may come to another record by itself"""
        self._stale, self._older = True, False
        self.loader = Loader(office, self)
        self.model = RecordModel(record, columns, self)
        self.search = FilterLine(name, record, self)
        self.search.by = lambda: self.by()
        self.grid = Grid(f"{name}.grid", self)
        self.grid.setModel(self.model)
        self._empty = EmptyWord(name, self.grid, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.grid)
        self.stack.addWidget(self._empty)
        self._pause = later(self, self.refresh, TYPING_PAUSE_MS)
        self.loader.first.connect(self._first_came)
        self.loader.built.connect(self._all_came)
        self._outage = Outage(self.stack, self.grid, self._empty, self.refresh, self.refused.emit)
        self._outage.watch(self.model)
        self.loader.failed.connect(self._failed)
        self.model.refused.connect(self.refused)
        self._empty.clear.connect(self.search.clear)
        self._after_typing = later(self, self._read_what_changed, 0)

    def _failed(self, number: int, error: CRMError) -> None:
        if number == self._request:
            self._arrived, self._stale = number, True
            self._outage.failed(error)

    def query(self) -> ListQuery:
        """The list as it is wanted now."""
        text, sections = self.search.text().strip(), self.model.sectioning
        return ListQuery(
            self.record, tuple(self.model.columns), self._condition(), text, list(self._order), self.colours, self.by(),
            tuple(self.model.beside()), *((sections.conditions(), sections.along) if sections else ()),
        )  # fmt: skip

    def query_for(self, text: str) -> ListQuery:
        """The rows of this list that another filter finds, in no order."""
        return ListQuery(self.record, (), self._condition(), text, by=self.by())

    def refresh(self) -> None:
        """Read the list anew, keeping the record somebody is on and the place in the list."""
        if not self.search.readable():
            return
        self._stale = self._older = False
        query = self.query()
        if not _may_read(query, self._outage.failed):
            return
        self._query = query
        self._request = self.loader.request(self._query, self._keep())

    def show_beginning(self) -> None:
        """The first rows, there when this returns; the list stays stale until somebody asks for the rest."""
        query = self.query()
        if not _may_read(query, self._outage.failed):
            return
        self._query = query
        try:
            rows = self.loader.first_now(query)
        except CRMError as error:
            self._outage.failed(error)
            return
        self._show(lambda: self.model.show_first(query, rows))
        self._settle()

    def refresh_now(self) -> None:
        """The same, there when this returns: for the first list on the screen and for lists of one account."""
        if not self.search.readable():
            return
        self._stale = self._older = False
        self._pause.stop()
        query = self.query()
        if not _may_read(query, self._outage.failed):
            return
        self._query = query
        try:
            self._request, listing = self.loader.read_now(query)
        except CRMError as error:
            self._outage.failed(error)
            return
        self._arrived = self._request
        self._show(lambda: self.model.show_all(query, listing))
        self._finish()

    def set_stale(self) -> None:
        """Read anew when somebody looks next; not under the hands of somebody who is typing into a cell."""
        if self._writing:
            return
        self._stale = True
        self._read_what_changed()

    def take_in(self, keys: Sequence[object]) -> None:
        """These records were changed. Those of the list stay where they are, whatever the filter and the order say
        now, until the list is read again: the next one is still the next one (BX-18)."""
        if (
            self._stale
            or self.is_editing
            or self._request != self._arrived
            or len(keys) > FEW
            or any(self.model.number_of(key) < 0 for key in keys)
            or not all_fit(self.record, keys, self._condition())
        ):
            self.set_stale()
            return
        self._older = True
        self.model.look_again(keys)

    def _read_what_changed(self) -> None:
        if self._stale and self.isVisible() and not self.is_editing:
            self.refresh()

    def _read_what_was_written(self) -> None:
        """What is being read just now may be older than the cell that was just written: read it once more."""
        if self.is_reading:
            self.refresh()

    @property
    def is_editing(self) -> bool:
        """Whether a cell is open."""
        return self.grid.state() == QAbstractItemView.State.EditingState

    @property
    def is_reading(self) -> bool:
        """Whether the list is on its way still."""
        return self._request != self._arrived

    @property
    def is_stale(self) -> bool:
        """Whether the list is older than what is known."""
        return self._stale or self._older

    def _first_came(self, number: int, rows: list[Row]) -> None:
        query = self._query
        if number == self._request and query is not None and not self.is_editing:
            keep = self.current()
            if self._keeps_marks:
                return  # all that is marked is found again in the whole list only
            here = any(row.key == keep for row in rows)
            at_top = self.grid.verticalScrollBar().value() == 0 and here
            many = len(rows) >= FIRST  # fewer are the whole list, which comes as soon as they are shown
            turned = many and self._wanted is None and not here and not self.model.shows(query.text, query.order)
            if not self.model.rowCount() or keep is None or at_top or turned:
                self._held = keep if keep is not None and turned else self._held
                self._show(lambda: self.model.show_first(query, rows))
                if rows:
                    self._outage.over()
                    self.stack.setCurrentIndex(0)

    def _all_came(self, number: int, listing: Listing) -> None:
        query = self._query
        if number != self._request or query is None:
            return
        self._arrived = number
        if self.is_editing:
            self._stale = True  # it is read once more when the cell has gone, or when somebody looks again
            return
        self.loader.taken()
        self._show(lambda: self.model.show_all(query, listing))
        self._finish()

    def _show(self, show: Callable[[], None]) -> None:
        self.grid.marks_stay = self.grid.marks_stay and self._keeps_marks
        wanted, marked = self._keep(), self.marked() if self._keeps_marks else self._returned
        row, column = self.grid.currentIndex().row(), self.grid.currentIndex().column()
        look, comes_yet = look_at(self.grid, self.model), self._held is not None and self.is_reading
        self._quiet = True
        try:
            show()
            place = self.model.number_of(wanted) if wanted is not None else -1
            if place >= 0:
                there = 0 <= column < self.model.columnCount()
                index = self.model.index(place, column if there else max(0, self._first_shown()))
                self.grid.stand_on(index)
                if self._wanted is None:
                    look_again(self.grid, self.model, look)
                else:
                    self.grid.scrollTo(index)
            elif wanted is not None and self.model.rowCount() and self._wanted is None and not comes_yet:
                near = self.model.parts.nearest(max(0, min(row, self.model.rowCount() - 1)))
                if near >= 0:
                    self.grid.stand_on(self.model.index(near, max(0, self._first_shown())))
            if marked:
                self.grid.mark(self.model.numbers_of(marked))
            if self.grid.marks_stay and not self.grid.marked_count():
                self.grid.take_marks_off()  # the marked ones have gone
        finally:
            self._quiet = False

    def marked(self) -> list[Any]:
        """The numbers of the marked records, however many: whole runs of rows are asked for at once."""
        return [key for run in self.grid.marked() for key in self.model.keys(run.start, len(run))]

    @property
    def _keeps_marks(self) -> bool:
        """Whether several rows are marked, few enough to be marked again; who goes to another record leaves them."""
        return self._wanted is None and self.grid.several and self.grid.marked_count() <= MARKED

    def _keep(self) -> object:
        """The record somebody is on, or wants to come to."""
        found = (each for each in (self._wanted, self.current(), self._held) if each is not None)
        return next(found, None)

    def _first_shown(self) -> int:
        return self.grid.horizontalHeader().logicalIndex(0)

    def _finish(self) -> None:
        """The whole list stands: say that it is empty, tell the count, settle on a record."""
        self._wanted = self._held = None
        returned, self._returned = self._returned, ()
        if hidden := len(returned) - len(self.model.numbers_of(returned)):
            self.remarked.emit(_("The filter hides {records}.").format(records=counted(self.called, hidden)))
        self.counted.emit()
        self._settle()

    def _settle(self) -> None:
        self._outage.over()
        empty = not self.model.rowCount()
        if empty:  # before it is seen: the keys the list had go to the first button there is
            self._empty.say(self._empty_text, filtered=self.search.text().strip(), project=self.within())
        self.stack.setCurrentIndex(int(empty))
        self.settled.emit(self.current())

    def current(self) -> Any:
        """The number of the record somebody is on."""
        index = self.grid.currentIndex()
        return self.model.key(index.row()) if index.isValid() and self.model.rowCount() else None

    def close_list(self) -> None:
        """Stop reading; the window is going."""
        self._outage.close()
        self._pause.stop()
        self._after_typing.stop()
        self._request = -1  # what was read and is still on its way here comes too late
        self.loader.close()


def _may_read(query: ListQuery, refuse: Callable[[CRMError], object]) -> bool:
    """Whether who looks may see this list; otherwise it is told why not, and nothing is read."""
    try:
        reading.begin(query)
    except CRMError as error:
        refuse(error)
        return False
    return True
