"""Telling the others something: to everybody, a group or one operator, for as long as it matters (BX-50)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.services import operators, team_notices
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

ALL = "*"
HOUR, TONIGHT, TOMORROW, WEEK = "hour", "tonight", "tomorrow", "week"
STANDS = [(HOUR, N_("for one hour")), (TONIGHT, N_("until tonight")), (TOMORROW, N_("until tomorrow night")),
          (WEEK, N_("for a week"))]  # fmt: skip
EVERYBODY = N_("Everybody")


def stands_until(choice: str, now: datetime) -> datetime:
    """The moment of the office's clock until which a notice stands."""
    if choice == HOUR:
        return now + timedelta(hours=1)
    days = {TONIGHT: 0, TOMORROW: 1, WEEK: 7}[choice]
    return datetime.combine(now.date() + timedelta(days=days), time(23, 59, 59))


class NoticeDialog(Dialog):
    """The text, for whom, until when. It is shown within two seconds, once to each; Undo takes back what nobody saw."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("notice", _("Send a notice"), parent, session.station, size=(480, 280))
        self._session = session
        said = _("It appears in the windows of the others within two seconds, once for each of them.")
        self.body.addWidget(Remark(said, self))
        self._text = self.named(TextEditor(self, lines=3, most_lines=5), "text", _("What to tell"))
        self._text.setPlaceholderText(_("What to tell"))
        self.body.addWidget(self._text)
        who = [(owner.id, f"{owner.id}  {owner.name}") for owner in operators.owners(session.by)]
        others = [choice for choice in who if choice[0] != session.by]
        self._to = self.named(ChoiceEditor([(ALL, _(EVERYBODY)), *others], self, allow_empty=False), "to", _("For"))
        self._until = self.named(
            ChoiceEditor([(value, _(text)) for value, text in STANDS], self, allow_empty=False), "until", _("Stands")
        )
        self._to.set_value(ALL)
        self._until.set_value(TONIGHT)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, editor) in enumerate(((_("For"), self._to), (_("Stands"), self._until))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(editor, place, 1)
        self.body.addLayout(grid)
        self._problem = self.named(Remark("", self, ink="overdue"), "said", _("What is missing"))
        self._problem.say("")
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.finish_with(self.button("send", _("Send")), self.button("cancel", _("Cancel")))
        self._text.setFocus()

    def accept(self) -> None:
        """Send it, or say what is missing."""
        text, until = self._text.value(), self._until.value() or TONIGHT
        to = self._to.value() or ALL
        try:
            team_notices.send(text, "" if to == ALL else to, self._session.by, stands_until(until, clock.now()))
        except Mistake as mistake:
            self._problem.say(mistake.message)
            (self._to if mistake.field == "to" else self._text).setFocus()
            return
        self._session.say_done(_("The notice is on its way."))
        super().accept()
