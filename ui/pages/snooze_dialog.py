"""Putting a reminder off to any day and time (F-51)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Task
from ui.editors.for_kind import editor_for
from ui.pages.snooze import Put
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from channergy_crm.settings import Station


class SnoozeDialog(Dialog):
    """Asks for any day and time."""

    def __init__(self, what: str, by: str, parent: QWidget, station: Station) -> None:
        title = _("Snooze {records}").format(records=what)
        super().__init__("snooze", title, parent, station, size=(480, 200))
        self._day = self.named(editor_for(Task.kind("reminder_date"), self, by=lambda: by), "day", _("Day"))
        self._time = self.named(editor_for(Task.kind("reminder_time"), self, by=lambda: by), "time", _("Time"))
        self._day.goes_with(self._time)
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        for place, (label, editor) in enumerate(((_("Day"), self._day), (_("Time"), self._time))):
            grid.addWidget(Plain(label, self), place, 0)
            grid.addWidget(editor, place, 1)
        self.body.addLayout(grid)
        self._problem = self.named(Remark(_("Without a time each keeps its own."), self), "said", _("What is missing"))
        self.body.addWidget(self._problem)
        self.body.addStretch(1)
        self.finish_with(self.button("snooze", _("Snooze")), self.button("cancel", _("Cancel")))
        self._day.set_value(clock.today() + timedelta(days=1))
        self._day.setFocus()

    def chosen(self) -> Put:
        """The day, and the time if one was given."""
        return Put("", self._day.value(), self._time.value())

    def accept(self) -> None:
        """Only with a day that can be read."""
        problem = self._day.text_problem() or self._time.text_problem()
        if problem or self._day.value() is None:
            self._problem.say(problem or _("Choose a day."), "overdue")
            return
        super().accept()
