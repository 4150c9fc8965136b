"""How a list is arranged: its columns and their widths, what it is sorted by, and the views that bring all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from channergy_crm.language import _
from ui.lists.columns import Columns, Order
from ui.lists.loaded_list import ReadingList
from ui.lists.room import Room
from ui.look.icons import icon
from ui.widgets.menu import Menu
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record
    from ui.lists.empty_word import Way
    from ui.lists.submenus import Submenu


class ArrangedList(ReadingList):
    """Remembers on this workstation how somebody arranged the list; a view arranges it for the moment."""

    choose_columns = Signal()

    def __init__(
        self, name: str, record: type[Record], columns: Sequence[str], *, office: Office, station: Station,
        condition: Callable[[], object], order: Order, empty: str, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self.columns = Columns(name, record, station, columns)
        self._usual_order = order
        super().__init__(
            name, record, self.columns.shown(), office=office, condition=condition, order=self.columns.order(order),
            empty=empty, parent=parent,
        )  # fmt: skip
        self.submenus: dict[str, Submenu] = {}
        """what opens to the side in the menu of a row, by its verb"""
        self.only_read = False
        self.why_refused: Callable[[str], str] = lambda _verb: ""
        """why a command may not be done here at all"""
        """whether nothing is changed from this list: the menu of a row leads on, and copies"""
        self.view = ""
        """the part of the list, or the view of it, that is looked at; "" for all of it"""
        self._marks = 0
        self._room = Room(self.grid, self.model, self.columns)
        self._column_moved = later(self, self._keep_moved)

    @property
    def name(self) -> str:
        """What the widgets of this list are named after."""
        return self._name

    @property
    def is_typed_into(self) -> bool:
        """Whether Enter opens the cell somebody is on."""
        return self.grid.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers

    def say_when_empty(self, text: str) -> None:
        """What is said from now on when no row belongs here."""
        self._empty_text = text

    def offer_ways(self, *ways: Way) -> None:
        """The buttons an empty list offers, the usual one first."""
        self._empty.offer(*ways)

    def look_at_ways(self) -> None:
        """Something has changed on which it depends whether they can be gone."""
        self._empty.look()

    def watch_header(self) -> None:
        """Sort at a click, remember what is dragged, offer the menu of the columns."""
        header = self._header()
        header.sectionClicked.connect(self._sort_by)
        header.sectionMoved.connect(lambda: self._column_moved.start())
        header.customContextMenuRequested.connect(self._header_menu)

    def _header(self) -> QHeaderView:
        return self.grid.horizontalHeader()

    def show_columns(self, names: Sequence[str]) -> None:
        """Show these columns in this order, and remember it."""
        if list(names) == self.model.columns:
            return
        self.columns.choose(names)
        self._lay_columns(names)

    def _lay_columns(self, names: Sequence[str]) -> None:
        header = self._header()
        self.model.columns = list(names)
        self.refresh_now()
        header.blockSignals(True)
        for place in range(header.count()):
            header.moveSection(header.visualIndex(place), place)
        header.blockSignals(False)
        self._arrange()

    def _arrange(self) -> None:
        """Give the column sorted by its arrow, and every column its room."""
        self.columns.sign(self._header(), self.model.columns, self._order)
        self._room.fit()

    @property
    def marks(self) -> int:
        """How many rows are marked; who stands on a single one has marked none."""
        return self.grid.marked_count() if self.grid.several else 0

    def _count_marks(self) -> None:
        if self.marks != self._marks:
            self._marks = self.marks
            self.counted.emit()

    def read_at(self, key: object) -> None:
        """Read it now, and stand on this record if it is there."""
        self._wanted = key
        self.refresh_now()

    def go_past(self, keys: Sequence[object]) -> None:
        """Come to the next record after these, at the end to the one before: they are about to go elsewhere."""
        rows = self.model.numbers_of(keys)
        if not rows:
            return
        parts = self.model.parts
        after = next((row for row in range(max(rows) + 1, parts.rows) if parts.place(row) >= 0), -1)
        before = next((row for row in range(min(rows) - 1, -1, -1) if parts.place(row) >= 0), -1)
        if (row := after if after >= 0 else before) >= 0:
            self.grid.stand_on(self.model.index(row, max(0, self._first_shown())))

    def minute_passed(self) -> None:
        """Show how reminders stand now, and what the clock shows elsewhere."""
        if "local_time" in self.model.columns:
            self.model.read_again()
        self.grid.viewport().update()

    def show_folded(self) -> None:
        """Show the same rows; other sections are folded now."""
        self._show(self.model.show_anew)
        self._settle()

    def take_view(
        self, text: str, columns: Sequence[str], order: Sequence[object], colours: list[tuple[str, str]]
    ) -> None:
        """Look at the list through a view; what it leaves open stays as this workstation had it."""
        known = {name for name, _label in self.columns.all()}
        names = [name for name in columns if name in known] or self.columns.shown()
        self.colours = colours
        self._order = self.columns.known_order(order) or self.columns.order(self._usual_order)
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        if names != self.model.columns:
            self._lay_columns(names)
        else:
            self._arrange()
            self.set_stale()

    def refit(self) -> None:
        """The office has other fields now, or calls them otherwise."""
        names = self.columns.left_of(self.model.columns)
        self._order = self.columns.known_order(self._order) or self.columns.order(self._usual_order)
        if names != self.model.columns:
            self._lay_columns(names)
        else:
            self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(names) - 1)

    def _keep_moved(self) -> None:
        header = self._header()
        self.show_columns([self.model.columns[header.logicalIndex(place)] for place in range(header.count())])

    def _sort_by(self, section: int) -> None:
        name = self.model.columns[section]
        descending = dict(self._order).get(name) is False
        more = bool(QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        before = [pair for pair in self._order if pair[0] != name] if more else []
        self.sort_by([*before, (name, descending)])

    def sort_by(self, order: Order) -> None:
        """Sort by these columns, first to last, and remember it; Shift+click adds one."""
        self._order = order
        self.columns.keep_order(order)
        self._arrange()
        self.refresh()

    @property
    def order(self) -> Order:
        """What the list is sorted by."""
        return list(self._order)

    def _header_menu(self, at: QPoint) -> None:
        menu = Menu(self)
        choose = QAction(icon("columns", menu), _("Choose columns…"), menu)
        choose.triggered.connect(self.choose_columns)
        menu.addAction(choose)
        menu.popup(self.grid.horizontalHeader().mapToGlobal(at))
