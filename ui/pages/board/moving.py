"""A card goes to another column: at once, or after what has to be known for that was asked in place (K22).

A deal is moved, a customer without one gets it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.services import deals
from ui.look.wording import shown
from ui.pages.board.answer import AnswerLine, Customer

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.deals import Answer
    from ui.pages.board.columns import Columns
    from ui.session.session import Session


class Moving(QWidget):
    """Holds the line that asks; without a question nothing is seen of it."""

    def __init__(
        self, session: Session, columns: Columns, moved: Callable[[int, bool], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._columns, self._moved = session, columns, moved
        self._waiting: tuple[int, str] | Customer | None = None
        self.answer = AnswerLine(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.answer)
        self.answer.answered.connect(self._answered)
        self.answer.given_up.connect(self.stay)
        self.hide()

    def take(self, record: str, number: int, stage: str) -> None:
        """Take a card to a stage: move the deal, or make one of the customer."""
        if record == "opportunity":
            self.begin(number, stage)
        else:
            self._begin_with(Customer(record, number, stage))

    def why_not(self, record: str, number: int) -> str:
        """Why a card stays where it is, whoever wants to move it; "" where it may be moved."""
        if record != "opportunity":
            return ""
        return self._session.attempt(lambda: deals.why_not_moved(number, self._session.by)) or ""

    def begin(self, number: int, stage: str) -> None:
        """Move a deal to a stage."""
        by = self._session.by
        found = self._session.attempt(lambda: [deals.asks(number, stage, by)])
        if found is None:  # which is said
            self._stand_on(number)
            return
        asked = found[0]
        if asked is None:
            self._go(number, stage, None)
            return
        self._waiting = number, stage
        self.show()
        self.answer.ask(asked, self._columns.name_of(number), shown(Opportunity.kind("stage"), stage))

    def _begin_with(self, customer: Customer) -> None:
        """Make a deal of a customer who has none."""
        from ui.pages.board import beginning  # converting a lead is not needed before

        begun = beginning.look(customer, self._session, self)
        if begun is None:
            self._stand_on(customer.number, customer.record)
            return
        if begun.answer is not None:
            self._made(begun.customer, begun.answer)
            return
        self._waiting = begun.customer
        self.show()
        name = self._columns.name_of(customer.number, customer.record)
        self.answer.ask(begun.asked, name, shown(Opportunity.kind("stage"), customer.stage))

    def give_up(self) -> None:
        """Nobody answers any more: the card stays where it is."""
        self._waiting = None
        self.answer.hide()
        self.hide()

    def _answered(self, answer: Answer) -> None:
        waiting = self._waiting
        self.give_up()
        if isinstance(waiting, Customer):
            self._made(waiting, answer)
        elif waiting is not None:
            self._go(*waiting, answer)

    def stay(self) -> None:
        """The card stays where it is, and so does the cursor on it."""
        held = self._waiting
        self.give_up()
        if isinstance(held, Customer):
            self._stand_on(held.number, held.record)
        elif held is not None:
            self._stand_on(held[0])

    def _go(self, number: int, stage: str, answer: Answer | None) -> None:
        moved = self._session.attempt(partial(deals.move, number, stage, self._session.by, answer))
        if moved is None:
            return
        self._moved(number, False)
        where = shown(Opportunity.kind("stage"), stage)
        self._session.say_done(_("{name} is in {stage}.").format(name=moved.caption(), stage=where))
        self._stand_on(number)

    def _made(self, customer: Customer, answer: Answer) -> None:
        from ui.pages.board import beginning

        made = beginning.begin(customer, answer, self._session)
        if made is not None:
            self._moved(made.number, True)
            self._stand_on(made.number)
        else:
            self._stand_on(customer.number, customer.record)

    def _stand_on(self, number: int, record: str = "opportunity") -> None:
        if not self._columns.stand_on(number, record):
            self._columns.take_focus()
