"""Settings > Support: how soon tickets are answered and solved, who is warned, what customers hear (VT-173)."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.lookups import choices
from channergy_crm.services import rights
from channergy_crm.settings import (
    TICKET_ANSWER_HOURS,
    TICKET_SOLVE_HOURS,
    TICKET_TELLS,
    TICKET_WARN_MINUTES,
    TICKET_WORK_DAYS,
    TICKET_WORK_ENDS,
)
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.setup.settings_rows import SHORT, TopicPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Setting
    from ui.session.chosen import Chosen

PREFIX = "settings.support"  # unsaid: a name
MOST_HOURS, MOST_MINUTES = 2_000, 10_000
TELLS = [("on", N_("yes")), ("off", N_("no"))]
WEEKS = [("1,2,3,4,5", N_("Monday to Friday")), ("1,2,3,4,5,6", N_("Monday to Saturday")),
         ("1,2,3,4,5,6,7", N_("every day")), ("7,1,2,3,4", N_("Sunday to Thursday"))]  # fmt: skip


class SupportTopic(TopicPage):
    """What an office promises its customers after the sale."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__(_("Support"), chosen, parent, PREFIX)
        if refused := rights.may(chosen.session.by, "administer"):
            self.add_word(refused, "overdue")
        self.begin(_("Time limits"))
        example = _("Working hours by priority, such as {example}. One that is not named has no limit.")
        self.add(TICKET_ANSWER_HOURS, LineEditor(self, max_length=250), check=_hours_problem,
                 hint=example.format(example=TICKET_ANSWER_HOURS.default))  # fmt: skip
        self.add(TICKET_SOLVE_HOURS, LineEditor(self, max_length=250), check=_hours_problem,
                 hint=_("Counted from the moment a ticket is opened."))  # fmt: skip
        self.add(TICKET_WARN_MINUTES, LineEditor(self, max_length=5), check=_minutes_problem, width=SHORT,
                 hint=_("Whoever has the ticket gets a notice then, once."))  # fmt: skip
        self.begin(_("Working time"))
        self.add(TICKET_WORK_DAYS, _choice(WEEKS, TICKET_WORK_DAYS, self),
                 hint=_("The day begins when the day of the office does; holidays do not count."))  # fmt: skip
        self.add(TICKET_WORK_ENDS, LineEditor(self, max_length=5), check=_hour_problem, width=SHORT)
        self.begin(_("Customers"))
        self.add(TICKET_TELLS, _choice(TELLS, TICKET_TELLS, self), width=SHORT,
                 hint=_("Whoever wants no e-mail gets none, and a single ticket can be quiet."))  # fmt: skip
        self.close_up()


def _choice(offered: list[tuple[str, str]], setting: Setting[str], parent: QWidget) -> ChoiceEditor:
    return ChoiceEditor([(one, _(said)) for one, said in offered], parent, allow_empty=False)


def _hours_problem(value: object) -> str | None:
    """Names of priorities with whole hours."""
    known = {each.value for each in choices("CRMTickets", "Priority")}  # unsaid: a list
    for part in str(value or "").split(";"):
        name, sign, said = (each.strip() for each in part.partition("="))
        if not (name or sign or said):
            continue
        if not said.isdecimal() or not 0 < int(said) <= MOST_HOURS:
            return _("Write a priority, =, and whole hours, such as {example}.").format(example="High=4; Low=24")
        if name not in known:
            return _("“{name}” is no priority. There are: {names}.").format(name=name, names=", ".join(sorted(known)))
    return None


def _minutes_problem(value: object) -> str | None:
    said = str(value or "").strip()
    right = said.isdecimal() and int(said) <= MOST_MINUTES
    return None if right else _("Minutes are a whole number such as 60; 0 warns nobody before.")


def _hour_problem(value: object) -> str | None:
    try:
        time.fromisoformat(str(value or "").strip())
    except ValueError:
        return _("Write the hour as 17:00.")
    return None
