"""What a move needs to know, asked in place: the value and the day of a won deal, the reason of a lost one (K22), and
what the first deal of a customer is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Opportunity
from channergy_crm.records.projects import Means
from channergy_crm.services.deals import Answer
from ui.editors.base import LineEditor, MoneyEditor
from ui.editors.choices import ChoiceEditor, SuggestEditor
from ui.editors.dates import DateEditor
from ui.look import paint, theme
from ui.look.plain import Label
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Container

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.services.deals import Asked

LONGEST = 40
"""letters of a name in the question"""


class Customer(NamedTuple):
    """Who is to have a deal ("account" or "lead"), in which stage; the account and the owner that somebody chose."""

    record: str
    number: int
    stage: str
    account: int | None = None
    owner: str | None = None


class AnswerLine(QWidget):
    """A line over the columns. `answered` tells what was said, `given_up` that the card stays where it is."""

    answered = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.answer")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._asked: Asked | None = None
        self.about = Label("", self)
        self.about.setFont(theme.strong(self.font()))
        self.about.setContentsMargins(0, 0, 8, 0)
        self.said = Remark("", self, ink="overdue")
        self.said.setObjectName("board.answer_said")
        self._line = QWidget(self)
        self._line.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._row = WrappingRow(self._line)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.about)
        self._parts = self._fields(self._line)
        self.go = named(Button(_("Move"), self._line), "board.answer_move", _("Move the deal"))
        self.go.loud()
        self.stay = named(Button(_("Cancel"), self._line), "board.answer_cancel", _("Leave the deal where it is"))
        self.stay.quiet()
        for button in (self.stay, self.go):
            self._row.add_last(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        column.addWidget(self._line)
        column.addWidget(self.said)
        self.go.clicked.connect(self._answer)
        self.stay.clicked.connect(self._give_up)
        self.hide()

    def _fields(self, held: QWidget) -> dict[str, tuple[QWidget, Label]]:
        name, most = _("Subject"), Opportunity.name.limit
        self.subject = named(LineEditor(held, max_length=most), "board.answer_subject", name)
        self.fixed = named(ChoiceEditor((), held, allow_empty=False), "board.answer_fixed", name)
        self.amount = named(MoneyEditor(held), "board.answer_amount", _("Actual Amount"))
        self.on = named(DateEditor(held, past=True), "board.answer_on", _("Close Dt 2"))
        self.reason = named(SuggestEditor((), held), "board.answer_reason", _("Lost/Won Reason"))
        return {
            "subject": self._part(name, self.subject, 220), "fixed": self._part(name, self.fixed, 220),
            "amount": self._part(_("Actual Amount"), self.amount, 120), "on": self._part(_("Closed on"), self.on, 132),
            "reason": self._part(_("Reason"), self.reason, 260),
        }  # fmt: skip

    def _part(self, said: str, editor: QWidget, wide: int) -> tuple[QWidget, Label]:
        """A field behind its word, which stay together."""
        part = QWidget(self._line)
        label = Label(said, part)
        editor.setParent(part)
        editor.setFixedWidth(theme.px(wide, self))
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(editor)
        self._row.addWidget(part)
        return part, label

    def walk(self) -> list[QWidget]:
        """What the Tab key comes to, in reading order."""
        return [self.subject, self.fixed, self.amount, self.on, self.reason, self.stay, self.go]

    def ask(self, asked: Asked, name: str, stage: str) -> None:
        """Ask for what this move needs; the hand is where something is typed."""
        self._asked = asked
        self.about.setText(_question(asked).format(name=_short(name), stage=stage))
        self.subject.set_value(asked.subject)
        self.fixed.set_choices([(each, each) for each in asked.subjects])
        self.fixed.set_value(asked.subject if asked.subject in asked.subjects else next(iter(asked.subjects), None))
        self.amount.set_value(asked.amount)
        self.on.set_value(asked.on)
        self.reason.set_suggestions(list(asked.reasons))
        self.reason.set_value("")
        self.said.say("")
        self._mark(())
        self._word(asked)
        first, means = asked.subject is not None, asked.means
        shown = {
            "subject": first and not asked.subjects, "fixed": first and bool(asked.subjects),
            "amount": means is not Means.LOST, "on": means is not Means.OPEN, "reason": means is Means.LOST,
        }  # fmt: skip
        for word, (part, _label) in self._parts.items():
            part.setVisible(shown[word])
        self.show()
        editors = {"subject": self.subject, "fixed": self.fixed, "amount": self.amount, "reason": self.reason}
        first_asked = next(editor for word, editor in editors.items() if shown[word])
        first_asked.setFocus()
        if isinstance(first_asked, QLineEdit):
            first_asked.selectAll()

    def _word(self, asked: Asked) -> None:
        """What the fields and buttons are called: a deal is moved, or the first one of a customer made."""
        worth = _("Amount") if asked.means is Means.OPEN else _("Actual Amount")
        self._parts["amount"][1].setText(worth)
        self.amount.setAccessibleName(worth)
        moves = asked.subject is None
        self.go.setText(_("Move") if moves else _("Create"))
        self.go.setAccessibleName(_("Move the deal") if moves else _("Create the deal"))
        left = _("Leave the deal where it is") if moves else _("Leave the customer without a deal")
        self.stay.setAccessibleName(left)

    def _answer(self) -> None:
        subject = self._subject()
        problems = {part: said for part in self._typed() if (said := part.text_problem())}
        if not problems and subject == "":
            problems = {self.subject: _("Say what the deal is about.")}
        self._mark(problems)
        if problems:
            first, said = next(iter(problems.items()))
            self.said.say(said)
            first.setFocus()
            return
        self.hide()
        self.answered.emit(Answer(self.amount.value(), self.on.value(), self.reason.value() or "", subject or ""))

    def _typed(self) -> tuple[LineEditor, MoneyEditor, DateEditor]:
        return self.subject, self.amount, self.on

    def _mark(self, wrong: Container[QWidget]) -> None:
        """Give each field that cannot be read the edge of a wrong one."""
        for part in self._typed():
            theme.mark(part, "problem", part in wrong)

    def _subject(self) -> str | None:
        """What the deal is to be called; None where that is not asked."""
        if self._asked is None or self._asked.subject is None:
            return None
        return str(self.fixed.value() or "") if self._asked.subjects else self.subject.value()

    def _give_up(self) -> None:
        self.hide()
        self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._answer()
        elif event.key() == Qt.Key.Key_Escape:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        painter.fillRect(self.rect(), theme.colour(self, "tile"))
        painter.fillRect(QRectF(0, 0, self.width(), 2), theme.colour(self, "accent"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), worn.line)


def _question(asked: Asked) -> str:
    if asked.means is Means.WON:
        return _("“{name}” is won ({stage})")
    if asked.means is Means.LOST:
        return _("“{name}” is lost ({stage})")
    return _("A deal with “{name}” ({stage})")


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
