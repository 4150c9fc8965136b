"""A task is done and the next step is known: what it is, and in how many days (BX-21)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, counted
from channergy_crm.records import Task
from channergy_crm.services import reading, tasks
from channergy_crm.services.due import next_working_day
from channergy_crm.text.periods import moved
from ui.editors.for_kind import editor_for
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.widgets.controls import Pill
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from ui.session.session import Session

USUAL = (
    ("day", N_("1 day"), 1, "day"), ("days", N_("3 days"), 3, "day"), ("week", N_("1 week"), 1, "week"),
    ("weeks", N_("2 weeks"), 2, "week"), ("month", N_("1 month"), 1, "month"),
)  # fmt: skip
MORE = 2
"""the place of what stands there at first"""


class NextStepDialog(Dialog):
    """What is to be done next, and when: a pill for the usual days, any other one typed. Enter closes the task."""

    def __init__(self, keys: Sequence[int], session: Session, parent: QWidget) -> None:
        super().__init__("next_step", _("Close, next step"), parent, session.station, size=(520, 290))
        self._keys, self._session = list(keys), session
        self.count, self.day = 0, clock.today()
        by = session.by
        held = reading.find(Task, self._keys[0], by) if len(self._keys) == 1 else None
        if held is not None:
            said = _("“{name}” is done. What comes next, and when?").format(name=held.caption())
        else:
            said = _("{name}: done. What comes next, and when?").format(name=counted(Task, len(self._keys)))
        self.body.addWidget(Remark(said, self, ink="text"))
        self._action = self.named(editor_for(Task.kind("action"), self, by=lambda: by), "action", _("Next step"))
        self._action.set_value(held.action if held is not None else "")
        self._day: Any = self.named(editor_for(Task.kind("reminder_date"), self, by=lambda: by), "day", _("Day"))
        self._lay_out()
        self._said = self.named(Remark("", self), "said", _("What is missing"))
        self._said.say("" if held is not None else _("Without a text each comes again as it is."))
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        do = self.button("do", _("Close, next step"))
        self.finish_with(do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._put(MORE)
        self._day.setFocus()

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.addWidget(Plain(_("Next step"), self), 0, 0)
        grid.addWidget(self._action, 0, 1)
        grid.addWidget(Plain(_("In"), self), 1, 0)
        line = QHBoxLayout()
        line.setSpacing(6)
        for place, (name, text, *_more) in enumerate(USUAL):
            pill = self.named(Pill(_(text), self), f"in_{name}", _("In {time}").format(time=_(text)))
            pill.setAutoDefault(False)
            pill.setToolTip(as_tip(day_in_words(_in(place))))
            pill.clicked.connect(partial(self._put, place))
            line.addWidget(pill)
        line.addStretch(1)
        grid.addLayout(line, 1, 1)
        grid.addWidget(Plain(_("Day"), self), 2, 0)
        grid.addWidget(self._day, 2, 1)
        self.body.addLayout(grid)

    def _put(self, place: int, _on: bool = False) -> None:
        self._day.set_value(_in(place))

    def accept(self) -> None:
        """Close and make the next one, or say what is wrong."""
        problem, day = self._day.text_problem(), self._day.value()
        if problem or day is None:
            self._said.say(problem or _("Choose a day."), "overdue")
            self._day.setFocus()
            return
        try:
            self.count = tasks.close_and_go_on(self._keys, day, self._session.by, self._action.value() or "")
        except CRMError as error:
            self._said.say(error.message, "overdue")
            return
        self.day = day
        super().accept()


def _in(place: int) -> date:
    """So long from now, on a day on which people work."""
    _name, _text, count, unit = USUAL[place]
    return next_working_day(moved(clock.today(), count, unit) - timedelta(days=1))
