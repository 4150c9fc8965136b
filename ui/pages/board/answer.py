"""What a move needs to know, asked in place: the value and the day of a won deal, the reason of a lost one (K22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.projects import Means
from channergy_crm.services.deals import Answer
from ui.editors.base import MoneyEditor
from ui.editors.choices import SuggestEditor
from ui.editors.dates import DateEditor
from ui.look import paint, theme
from ui.look.plain import Label
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.services.deals import Asked


class AnswerLine(QWidget):
    """A line over the columns. `answered` tells what was said, `given_up` that the card stays where it is."""

    answered = Signal(object)
    given_up = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("board.answer")
        self._asked: Asked | None = None
        self.about = Label("", self)
        self.about.setFont(theme.strong(self.font()))
        self.about.setMinimumWidth(0)
        self.amount = named(MoneyEditor(self), "board.answer_amount", _("Actual Amount"))
        self.on = named(DateEditor(self, past=True), "board.answer_on", _("Close Dt 2"))
        self.reason = named(SuggestEditor((), self), "board.answer_reason", _("Lost/Won Reason"))
        self.said = Plain("", self)
        self.said.setObjectName("board.answer_said")
        self.go = named(Button(_("Move"), self), "board.answer_move", _("Move the deal"))
        self.go.loud()
        self.stay = named(Button(_("Cancel"), self), "board.answer_cancel", _("Leave the deal where it is"))
        self.stay.quiet()
        self._labels = {word: Plain(said, self) for word, said in (
            ("amount", _("Actual Amount")), ("on", _("on")), ("reason", _("Reason")))}  # fmt: skip
        self._lay_out()
        self.go.clicked.connect(self._answer)
        self.stay.clicked.connect(self._give_up)
        self.hide()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.about)
        for word, editor, wide in (("amount", self.amount, 120), ("on", self.on, 132), ("reason", self.reason, 260)):
            row.addWidget(self._labels[word])
            editor.setFixedWidth(theme.px(wide, self))
            row.addWidget(editor)
        row.addWidget(self.said)
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.go)

    def ask(self, asked: Asked, name: str, stage: str) -> None:
        """Ask for what this move needs; the hand is where something is typed."""
        self._asked = asked
        won = asked.means is Means.WON
        shown = _("“{name}” is won ({stage})") if won else _("“{name}” is lost ({stage})")
        self.about.setText(shown.format(name=_short(name), stage=stage))
        self.amount.set_value(asked.amount)
        self.on.set_value(asked.on)
        self.reason.set_suggestions(list(asked.reasons))
        self.reason.set_value("")
        self.said.setText("")
        for word, editor in (("amount", self.amount), ("reason", self.reason)):
            for part in (editor, self._labels[word]):
                part.setVisible(won == (word == "amount"))
        self.show()
        (self.amount if won else self.reason).setFocus()

    def _answer(self) -> None:
        problem = next((said for part in (self.amount, self.on) if (said := part.text_problem())), "")
        if problem:
            self.said.setText(problem)
            return
        self.hide()
        self.answered.emit(Answer(self.amount.value(), self.on.value(), self.reason.value() or ""))

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
        painter, worn = paint.begin(self), theme.theme_of(self)
        painter.fillRect(self.rect(), theme.colour(self, "tile"))
        painter.fillRect(QRectF(0, 0, self.width(), 2), theme.colour(self, "accent"))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), worn.line)


def _short(name: str) -> str:
    return name if len(name) <= 40 else f"{name[:39]}…"
