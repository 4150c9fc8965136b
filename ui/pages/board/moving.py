"""A card goes to another column: at once, or after what has to be known for that was asked in place (K22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.services import deals
from ui.look.wording import shown
from ui.pages.board.answer import AnswerLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.deals import Answer
    from ui.pages.board.columns import Columns
    from ui.session.session import Session


class Moving(QWidget):
    """Holds the line that asks; without a question nothing is seen of it."""

    def __init__(self, session: Session, columns: Columns, moved: Callable[[int], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._columns, self._moved = session, columns, moved
        self._waiting: tuple[int, str] | None = None
        self.answer = AnswerLine(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.answer)
        self.answer.answered.connect(self._answered)
        self.answer.given_up.connect(self._stay)
        self.hide()

    def begin(self, number: int, stage: str) -> None:
        """Move a deal to a stage."""
        by = self._session.by
        asked = self._session.attempt(lambda: deals.asks(number, stage, by))
        if asked is None:
            self._go(number, stage, None)
            return
        self._waiting = number, stage
        self.show()
        self.answer.ask(asked, self._columns.name_of(number), shown(Opportunity.kind("stage"), stage))

    def give_up(self) -> None:
        """Nobody answers any more: the card stays where it is."""
        self._waiting = None
        self.answer.hide()
        self.hide()

    def _answered(self, answer: Answer) -> None:
        if self._waiting is not None:
            number, stage = self._waiting
            self.give_up()
            self._go(number, stage, answer)

    def _stay(self) -> None:
        number = self._waiting[0] if self._waiting else 0
        self.give_up()
        if not self._columns.stand_on(number):
            self._columns.take_focus()

    def _go(self, number: int, stage: str, answer: Answer | None) -> None:
        moved = self._session.attempt(partial(deals.move, number, stage, self._session.by, answer))
        if moved is None:
            return
        self._moved(number)
        where = shown(Opportunity.kind("stage"), stage)
        self._session.say_done(_("{name} is in {stage}.").format(name=moved.caption(), stage=where))
        if not self._columns.stand_on(number):
            self._columns.take_focus()
