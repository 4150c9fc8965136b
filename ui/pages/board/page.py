"""The page of the tab Sales Board: the pipeline as columns of cards (SI-12…SI-22, BX-25)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.records import (
    Account,
    Lead,
    OfficeSetting,
    Opportunity,
    Process,
    ProcessStage,
    Project,
    Task,
)
from channergy_crm.services import board, board_cards
from ui.pages.board import verbs
from ui.pages.board.columns import Columns
from ui.pages.board.months import Months
from ui.pages.board.moving import Moving
from ui.pages.board.nothing import Nothing
from ui.pages.board.tools import Tools
from ui.pages.page import PlainPage
from ui.session.allowed import concerns_rights
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from channergy_crm.services.board import Board, Card
    from channergy_crm.services.board_cards import Face
    from channergy_crm.work import Done
    from ui.session.session import Session

FOLLOWED = {each._meta.table_name for each in (Opportunity, Account, Lead, Task, Project, Process, ProcessStage,
                                               OfficeSetting)}  # fmt: skip
SOON_MS = 120


class BoardPage(PlainPage):
    """Read anew when something of it has changed; a card that is moved stays under the cursor."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        named(self, "board.page", _("Sales Board"))
        self.held: Board | None = None
        self._stale = True
        self._walked: list[QWidget] = []
        self.tools = Tools(session, self)
        self.months = Months(self)
        self.columns = Columns(self._faces, self)
        self.moving = Moving(session, self.columns, self._moved, self)
        self.nothing = Nothing(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.columns)
        self._stack.addWidget(self.nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.tools, self.moving, self.months):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        self._soon = later(self, self._reload_if_seen, SOON_MS)
        self._connect()

    def _connect(self) -> None:
        self.tools.changed.connect(self.reload)
        self.tools.pressed.connect(self._pressed)
        self.tools.filtered.connect(self.take_focus)
        self.columns.moving.connect(self.moving.take)
        self.columns.opened.connect(self._open)
        self.columns.typed.connect(self._filter)
        self.columns.asked_for_menu.connect(self._show_menu)
        self.months.opened.connect(self.tools.show_months)
        self.session.done.connect(self._heard)
        self.session.operator_changed.connect(self._soon.start)
        self.session.brought_back.connect(lambda _done: self._soon.start())
        self.nothing.all.clicked.connect(lambda: self.tools.show_all())
        self.nothing.start.clicked.connect(lambda: self.session.go_to("accounts"))
        action = QAction(self)
        action.setObjectName("board.dial")
        action.setShortcut(QKeySequence("F9"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _on=False: self._dial())
        self.addAction(action)

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self._stale or self.held is None:
            self.tools.offer_all()
            self.reload()

    def leave(self) -> bool:
        """A move that was not answered does not happen."""
        self.moving.give_up()
        return True

    def take_focus(self) -> None:
        """The keys go to the cards, or to the filter while there are none."""
        if self._stack.currentIndex() == 0:
            self.columns.take_focus()
        else:
            self.tools.owner.setFocus()

    def parts(self) -> Sequence[QWidget]:
        """The head, the question, the chart, the cards."""
        return [self.tools, self.moving, self.months, self._stack]

    def refresh(self) -> None:
        """F5: read it anew."""
        self.reload()

    def filter_line(self) -> QLineEdit | None:
        """Ctrl+F: the typed filter."""
        return self.tools.search

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.moving.isVisible():
            self.moving.stay()  # from wherever somebody has gone meanwhile
        else:
            super().keyPressEvent(event)

    def tick(self) -> None:
        """A minute has gone by: what is overdue may have changed at midnight, and reminders."""
        self._soon.start()

    def standing(self) -> str:
        """How many deals, whose, which days."""
        if self.held is None:
            return _("Sales Board")
        count = sum(column.count for column in self.held.columns)
        cards = ngettext("{count:,} card", "{count:,} cards", count).format(count=count)
        return f"{cards} · {self.tools.said()}"

    # ---------------------------------------------------------------- reading

    def _heard(self, done: Done) -> None:
        if done.tables & FOLLOWED or concerns_rights(done):
            self._stale = True
            if self.isVisible():
                self._soon.start()

    def _reload_if_seen(self) -> None:
        self._stale = True
        if self.isVisible():
            self.tools.offer_all()
            self.reload()

    def reload(self) -> None:
        """Read what is asked for and show it."""
        by, asked = self.session.by, self.tools.asked()
        held = self.session.attempt(lambda: board.read(asked, by))
        if held is None:
            return
        self._show(held, anew=True)

    def _show(self, held: Board, *, anew: bool) -> None:
        self.held, self._stale = held, False
        self.tools.show_sums(held)
        self.months.show_months(held, wanted=self.tools.verbs["months"].isChecked())
        if any(column.count for column in held.columns):
            self._stack.setCurrentIndex(0)
            self.columns.show_columns(held, anew=anew)
        else:
            self.nothing.explain(self.tools.asked())
            self._stack.setCurrentIndex(1)
        self._walked = walk(self, self._walked)
        self.tell_window()

    def _moved(self, number: int, first: bool) -> None:
        """Only that one is read anew; what its move has told everybody is on the screen with it."""
        by, asked, before = self.session.by, self.tools.asked(), self.held
        if before is not None and (held := self.session.attempt(
            lambda: board.after(before, number, asked, by, first=first)
        )):  # fmt: skip
            self._show(held, anew=first)
        self._soon.stop()

    def _faces(self, cards: Sequence[Card]) -> dict[tuple[str, int], Face]:
        return self.session.attempt(lambda: board_cards.faces(cards, self.session.by)) or {}

    # ---------------------------------------------------------------- a card, and all of them out

    def _open(self, card: Card) -> None:
        """Go to the deal in its account, or to the customer without one."""
        self.session.go_to(card.record, card.number)

    def _dial(self) -> None:
        """F9: call the contact of the deal, the customer or the lead somebody stands on."""
        card = self.columns.current()
        if card is not None:
            self.session.go_to(f"call_{card.record}", card.number)

    def _pressed(self, word: str) -> None:
        if word == "months":
            self.tools.remember()
            if self.held is not None:
                self.months.show_months(self.held, wanted=self.tools.verbs["months"].isChecked())
                self._walked = walk(self, self._walked)
        else:
            self._take_out(word)

    def _take_out(self, word: str) -> None:
        from ui.pages.board import outputs  # paper, files and messages are not needed before

        asked, session = self.tools.asked(), self.session
        if word == "export":
            outputs.export(asked, session, self)
        elif word == "print":
            outputs.print_(asked, self.tools.said(), session, self)
        else:
            outputs.sms(asked, session, self)

    def deeds(self) -> verbs.Deeds:
        """What can be done with a card."""
        return verbs.Deeds(self._open, self._dial, self.moving.take)

    def _show_menu(self, card: Card, at: QPoint) -> None:
        stages = self.held.path if self.held is not None else []
        verbs.menu(self, card, stages, self.deeds(), self.moving.why_not(card.record, card.number)).popup(at)

    def _filter(self, text: str) -> None:
        """Typing letters on the board filters it, as in a list."""
        self.tools.search.begin(text)
        self.tools.search.textEdited.emit(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.tools.fit(event.size().width())


def walk(page: BoardPage, walked: list[QWidget]) -> list[QWidget]:
    """The Tab key goes as one reads, whatever was made later; `walked` is how it went before."""
    chart = [page.months.bars] if page.months.layout() is not None else []
    cards = [view.cards for view in page.columns.views]
    order = [*page.tools.walk(), *page.moving.answer.walk(), *chart, *cards]
    if order != walked:
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)
    return order
