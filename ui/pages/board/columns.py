"""The columns of the board side by side: where the cursor stands, which card goes where, what is seen of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from channergy_crm.services.board import UNPROCESSED
from ui.look import theme
from ui.pages.board.column import ColumnView
from ui.widgets.controls import ScrollBar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.services.board import Board, Card
    from channergy_crm.services.board_cards import Face

SEEN = 14
"""cards of each column whose faces are read at once"""


class Columns(QScrollArea):
    """One view for each column. `moving` tells what a card is about, its number and the stage it is to go to; `opened`
    a card.
    """

    moving = Signal(str, int, str)
    opened = Signal(object)
    asked_for_menu = Signal(object, object)
    typed = Signal(str)

    def __init__(self, faces: Callable[[Sequence[Card]], dict[tuple[str, int], Face]], parent: QWidget) -> None:
        super().__init__(parent)
        self._read = faces
        self.views: list[ColumnView] = []
        self._known: dict[tuple[str, int], Face] = {}
        self._path: list[str] = []
        self._inside = QWidget(self)
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(12)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBar(ScrollBar(Qt.Orientation.Horizontal, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.stand_on(self._inside, "base")

    def show_columns(self, held: Board, *, anew: bool = True) -> None:
        """Show its columns; those that are there already keep their cursor and their place.

        Unless all is read `anew`, what cards say is what they said.
        """
        columns, self._path = held.columns, [stage for stage, _title in held.path]
        if anew:
            self._known = self._read([card for column in columns for card in column.cards[:SEEN]])
        before = {view.stage: view for view in self.views}
        self.views = [self._view(before, column.stage) for column in columns]
        for view in before.values():
            if view not in self.views:
                self._row.removeWidget(view)
                view.hide()
                view.deleteLater()
        for place, (view, column) in enumerate(zip(self.views, columns, strict=True)):
            if self._row.indexOf(view) != place:
                self._row.insertWidget(place, view, 1)
            view.cards.takes = column.stage in self._path
            view.show_column(column, self._known)

    def _view(self, held: dict[str, ColumnView], stage: str) -> ColumnView:
        if stage in held:
            return held[stage]
        view = ColumnView(self._read, self._inside)
        cards = view.cards
        cards.dropped.connect(lambda those, view=view: self._let_go(view, those))
        cards.stepped.connect(lambda step, move, view=view: self._step(view, step, move=move))
        cards.typed.connect(self.typed)
        cards.activated.connect(lambda index, view=view: self._open(view))
        cards.doubleClicked.connect(lambda index, view=view: self._open(view))
        cards.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        cards.customContextMenuRequested.connect(partial(self._menu, view))
        return view

    # ---------------------------------------------------------------- hands

    def _open(self, view: ColumnView) -> None:
        if (card := view.current()) is not None:
            self.opened.emit(card)

    def _menu(self, view: ColumnView, at: object) -> None:
        if (card := view.current()) is not None:
            self.asked_for_menu.emit(card, view.cards.viewport().mapToGlobal(at))  # type: ignore[call-overload]

    def _let_go(self, view: ColumnView, those: Sequence[tuple[str, int]]) -> None:
        for record, number in those:
            if view.model.row_of(number, record) < 0:  # let go where it was taken up, it stays there
                self.moving.emit(record, number, view.stage)

    def _step(self, view: ColumnView, step: int, *, move: bool) -> None:
        """To the column beside this one; with the card, to the next one it can stand in."""
        if move:
            self._move_beside(view, step)
            return
        place = self.views.index(view) + step
        row = max(0, view.cards.currentIndex().row())
        while 0 <= place < len(self.views) and not self.views[place].model.cards:
            place += step
        if 0 <= place < len(self.views):
            other = self.views[place]
            other.stand_on(min(row, len(other.model.cards) - 1))
            other.cards.setFocus()
            self.ensureWidgetVisible(other)

    def _move_beside(self, view: ColumnView, step: int) -> None:
        """To the stage before or after, whether its column is shown or not; from outside the process to its first."""
        card = view.current()
        if card is None or (card.stage == UNPROCESSED and step < 0):
            return
        place = self._path.index(card.stage) + step if card.stage in self._path else 0
        if 0 <= place < len(self._path):
            self.moving.emit(card.record, card.number, self._path[place])

    # ---------------------------------------------------------------- where somebody stands

    def here(self) -> ColumnView | None:
        """The column somebody stands in: the one with the focus, or that had it last; else the first with a cursor."""
        had = self._inside.focusWidget()
        focused = next((view for view in self.views if view.cards is had and view.model.cards), None)
        chosen = next((view for view in self.views if view.current() is not None), None)
        filled = next((view for view in self.views if view.model.cards), None)
        return focused or chosen or filled

    def current(self) -> Card | None:
        """The card somebody stands on."""
        view = self.here()
        return view.current() if view is not None else None

    def stand_on(self, number: int, record: str = "opportunity") -> bool:
        """Stand on the card of a deal or a customer, with the focus; False where it is not on the board."""
        for view in self.views:
            if (row := view.model.row_of(number, record)) >= 0:
                view.stand_on(row)
                view.cards.setFocus()
                self.ensureWidgetVisible(view)
                return True
        return False

    def name_of(self, number: int, record: str = "opportunity") -> str:
        """What a deal or a customer on the board is called."""
        for view in self.views:
            if (row := view.model.row_of(number, record)) >= 0:
                return view.model.said(row).subject
        return str(number)

    def take_focus(self) -> None:
        """The keys go to the cards."""
        view = self.here() or next(iter(self.views), None)
        if view is not None:
            view.cards.setFocus()
