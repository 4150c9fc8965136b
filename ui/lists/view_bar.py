"""The tools above a list: which view of it is shown, how many that are, the pinned ones, and a menu for the rest."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from channergy_crm.language import _, figures, many
from channergy_crm.query import spelling
from channergy_crm.records import ListView
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.records.tags import Tag, Tagging
from channergy_crm.services import reading, views
from ui.lists.row_layout import NARROW
from ui.lists.tool_row import ShownBox, SortButton, ViewPill
from ui.lists.watching import Watched, offer_watching
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.widgets.controls import IconButton
from ui.widgets.menu import Menu
from ui.widgets.timers import later
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work import Done
    from ui.lists.table import RecordTable
    from ui.session.session import Session

COUNTED_BY = {record._meta.table_name for record in (Gathered, GatheredRow, Tag, Tagging)}
"""the lists and the tags somebody has put on records, which a view may ask for"""
COUNT_PAUSE_MS = 700


class ViewBar(QWidget):
    """The views of one list. The list opens with the view that was chosen for that, otherwise with all its rows."""

    def __init__(
        self, table: RecordTable, session: Session, parent: QWidget, shows: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(parent)
        self._table, self._session = table, session
        self._screen = table.name
        self._views: list[ListView] = []
        self._chips: dict[int | None, ViewPill] = {}
        self._chosen: int | None = None
        everything = _("All {records}").format(records=many(table.called))
        self._bases = [(value, _(text)) for value, text in shows] or [("all", everything)]
        self._base = self._bases[0][0]
        self.which = ShownBox(self._screen, self)
        self.which.setAccessibleName(_("Which {records} are shown").format(records=many(table.called)))
        self.which.currentIndexChanged.connect(self._turned)
        self.watched = Watched(table, session, self.which)
        self._count_said = Label(parent=self)
        self._count_said.setObjectName(f"{self._screen}.count")
        self._count_said.setFont(theme.small(self.font()))
        self._lay_out()
        self._count_later = later(self, self._count, COUNT_PAUSE_MS)
        table.counted.connect(self._tell_count)
        session.operator_changed.connect(self.read)
        session.done.connect(self._something_done)
        self.read()

    def _lay_out(self) -> None:
        """What is shown, how many, what it is sorted by and the rest; the pills below, if there are any.

        Over a wide list the first of these stands beside the filter.
        """
        self._pills = QWidget(self)
        self._row = WrappingRow(self._pills, one_line=0)  # many views make more lines, never a wider list
        self._row.setContentsMargins(0, 0, 0, 2)
        self._row.setSpacing(6)
        self._line = QWidget(self)
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.which)
        line.addWidget(self._count_said)
        line.addStretch(1)
        line.addWidget(SortButton(self._table, self))
        line.addWidget(self._more_button())
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self._pills)
        self._table.resized.connect(self._fit)  # its grid has no size of its own while the list is empty

    def _fit(self) -> None:
        wide = self._table.width() >= theme.px(NARROW, self._table)
        if wide == (self._line.parentWidget() is self):
            if wide:
                self._table.stand_beside_filter(self._line)
            else:
                self._column.insertWidget(0, self._line)
                self._table.stand_beside_filter(None)
        self.setVisible(not wide or len(self._chips) > 1)

    def _more_button(self) -> IconButton:
        """What else can be done with the list as a whole (VT-106)."""
        more = IconButton(self)
        more.setObjectName(f"{self._screen}.views")
        more.setAccessibleName(_("More for this list"))
        more.setToolTip(as_tip(_("Views, columns, import, export, print")))
        more.setIcon(icon("more", more))
        more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = Menu(self)  # a part of that of the list
        self._menu.setObjectName(f"{self._screen}.views_menu")
        self._menu.aboutToShow.connect(self._fill_menu)
        more.setMenu(self._table.page_menu())
        return more

    def _turned(self, place: int) -> None:
        """Another entry of the drop-down was chosen: a part of the list, or a view of it."""
        held = self.which.itemData(place)
        if isinstance(held, int):
            self.choose(held)
            return
        self._base = held
        if self._chosen is not None:
            self.choose(None)
        else:
            self._mark()

    def show_base(self, value: str) -> None:
        """Show this part of the list, without a word to anybody: a record of it is being opened."""
        self._base, self._chosen = value, None
        self._mark()

    def _tell_count(self) -> None:
        records, marks = self._table.model.parts.records, self._table.marks
        said = _("{count:,} marked").format(count=marks) if marks else f"{records:,}"
        self._count_said.setText(said)

    def read(self) -> None:
        """Show the views this operator may use, and open the list with the one chosen for that."""
        by = self._session.by
        self._views = self._session.attempt(lambda: views.of_list(self._screen, by)) or []
        self._make_chips()
        opening = self._session.attempt(lambda: views.opening(self._screen, by)) if self._views else None
        if opening is not None:
            self.choose(opening.number)
        elif self._chosen is not None:
            self.choose(None)

    def choose(self, number: int | None) -> None:
        """Look at the list through a view; None is all of it."""
        self._chosen = number
        view = next((view for view in self._views if view.number == number), None)
        if view is None:
            self._table.take_view("", [], [], [])
        else:
            text = spelling.by_labels(self._table.record, view.filter_text)
            self._table.take_view(text, view.column_names(), view.sort_order(), view.colour_rules())
        self._mark()

    def _make_chips(self) -> None:
        at = next((number for number, chip in self._chips.items() if chip.hasFocus()), -1)
        for chip in self._chips.values():
            self._row.removeWidget(chip)
            chip.hide()
            chip.setParent(None)
            chip.deleteLater()
        while self._row.count():
            self._row.takeAt(0)
        self._chips = {None: self._chip(None, _("All"))}
        for view in self._views:
            if view.pinned:
                self._chips[view.number] = self._chip(view.number, view.name)
        for chip in self._chips.values():
            self._row.addWidget(chip)
        self._pills.setVisible(len(self._chips) > 1)
        self._fit()
        self._fill_box()
        self.watched.tell(self._chips)
        self._mark()
        if at != -1:
            self._chips.get(at, self._chips[None]).setFocus()
        self._count_later.start()

    def _fill_box(self) -> None:
        self.which.blockSignals(True)
        self.which.clear()
        for value, text in self._bases:
            self.which.addItem(text, value)
        if self._views:
            self.which.insertSeparator(self.which.count())
        for view in self._views:
            self.which.addItem(view.name, view.number)
        self.which.blockSignals(False)

    def _chip(self, number: int | None, text: str) -> ViewPill:
        chip = ViewPill(self)
        chip.setObjectName(f"{self._screen}.view_{number or 'all'}")
        chip.name = text
        chip.setText(unmarked(text))
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(partial(self.choose, number))
        return chip

    def _mark(self) -> None:
        for number, chip in self._chips.items():
            chip.setChecked(number == self._chosen)
        self.which.blockSignals(True)
        self.which.setCurrentIndex(self.which.findData(self._base if self._chosen is None else self._chosen))
        self.which.blockSignals(False)
        all_of_it = self._chosen is None and self._base == "all"
        self._table.view = "" if all_of_it else self.which.currentText()
        self.which.updateGeometry()
        self.which.update()
        self.watched.look_at(self._chosen)

    # Counting

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._count_later.start()

    def _something_done(self, done: Done) -> None:
        if ListView._meta.table_name in done.tables:
            before, self._views = self._view(), views.of_list(self._screen, self._session.by)
            self._make_chips()
            if self._chosen is not None and self._view() is None:
                self.choose(None)
            elif done.elsewhere and self._looks_otherwise(before):
                self.choose(self._chosen)
        if {self._table.record._meta.table_name, *COUNTED_BY} & done.tables:
            self._count_later.start()

    def _view(self) -> ListView | None:
        """The view that is chosen, or None for all of the list."""
        return next((view for view in self._views if view.number == self._chosen), None)

    def _looks_otherwise(self, before: ListView | None) -> bool:
        """Whether the chosen view was changed, and nobody has typed another filter meanwhile."""
        after = self._view()
        if before is None or after is None:
            return False
        shows = ("filter_text", "columns", "order", "colours")
        changed = any(before.__data__.get(name) != after.__data__.get(name) for name in shows)
        typed = self._table.search.text().strip()
        return changed and typed == spelling.by_labels(self._table.record, before.filter_text).strip()

    def _count(self) -> None:
        pinned = [view for view in self._views if view.pinned]
        if not pinned or not self.isVisible():
            return
        queries = {view.number: self._table.query_for(view.filter_text) for view in pinned}
        by = self._session.by
        self._session.work(
            lambda _progress: reading.counts(queries, by), label=_("Counting"), done=self._counted,
            failed=lambda _error: None, progress=False,  # nobody asked, so nobody is told
        )  # fmt: skip

    def _counted(self, counts: dict[int, int]) -> None:
        for view in self._views:
            chip = self._chips.get(view.number)
            if chip is not None and view.number in counts:
                chip.setText(unmarked(f"{view.name}  {figures(counts[view.number])}"))

    # The menu

    def _fill_menu(self) -> None:
        self._menu.clear()
        for value, text in self._bases:
            self._entry(text, partial(self.which.setCurrentIndex, self.which.findData(value)))
        for view in self._views:
            owner = "" if view.owner == self._session.by else f"  ({view.owner})"
            self._entry(f"{view.name}{owner}", partial(self.choose, view.number))
        self._menu.addSeparator()
        self._entry(_("Keep this list as a view…"), self._keep, "save", "keep_view")
        held = self._view()
        if held is not None:
            change, delete = _("Change “{name}”…").format(name=held.name), _("Delete “{name}”").format(name=held.name)
            self._entry(change, partial(self._change, held), "edit", "change_view")
            self._entry(delete, partial(self._delete, held), "remove", "delete_view")
            offer_watching(self._menu, held, self._session, self.watched.tell_again)

    def _entry(self, text: str, what: Callable[[], object], sign: str = "", name: str = "") -> None:
        action = QAction(unmarked(text), self._menu)
        if sign:
            action.setIcon(icon(sign, self._menu))
        action.setObjectName(f"{self._screen}.{name}" if name else "")
        action.triggered.connect(lambda: what())
        self._menu.addAction(action)

    def _keep(self) -> None:
        table = self._table
        view = views.start(
            self._screen, self._session.by, table.search.text().strip(), table.model.columns, table.order
        )
        self._ask(view)

    def _change(self, view: ListView) -> None:
        held = self._session.find(ListView, view.number)
        if held is not None:
            self._ask(held)

    def _ask(self, view: ListView) -> None:
        from ui.lists.view_dialog import ViewDialog

        columns = self._table.columns.offered(view.column_names())
        dialog = ViewDialog(view, self._table.record, columns, self._session, self)
        if dialog.exec():
            number = view.number
            self.read()
            self.choose(number)
            self._session.say_done(_("View “{name}” kept.").format(name=view.name))

    def _delete(self, view: ListView) -> None:
        def deleted() -> bool:
            views.remove(view.number, self._session.by)
            return True

        if self._session.attempt(deleted):
            self._session.say_done(_("View “{name}” deleted.").format(name=view.name))
