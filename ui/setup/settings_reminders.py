"""The topic Reminders: whether and when they come up at this workstation, and when the working day begins (BX-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.services import rights
from channergy_crm.settings import DAY_BEGINS, MINUTES_BEFORE, POP_UP, POP_UP_SOUND
from channergy_crm.text.clocks import read_time
from ui.editors.base import FlagEditor, LineEditor, NumberEditor
from ui.setup.settings_rows import SHORT, TopicPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.chosen import Chosen

LONGEST_BEFORE = 120


def reminders(chosen: Chosen, parent: QWidget) -> TopicPage:
    """What holds at this workstation, and for the whole office."""
    page = TopicPage(_("Reminders"), chosen, parent)
    page.begin(_("At their minute"))
    page.add(
        POP_UP, FlagEditor(_("In a small window"), page),
        hint=_("It takes no keys, and stays until it is answered. Ctrl+R goes to it."),
    )  # fmt: skip
    page.add(POP_UP_SOUND, FlagEditor(_("With a sound"), page))
    page.add(
        MINUTES_BEFORE, NumberEditor(page, minimum=0, maximum=LONGEST_BEFORE), check=_minutes_problem, width=SHORT,
        hint=_("0 is at their minute."),
    )  # fmt: skip
    page.begin(_("The office"))
    if refused := rights.may(chosen.session.by, "administer"):
        page.add_word(refused, "overdue")
    page.add(
        DAY_BEGINS, LineEditor(page, max_length=8), check=_time_problem, width=SHORT,
        hint=_("A reminder with a day but no time comes up then."),
    )  # fmt: skip
    page.close_up()
    return page


def _minutes_problem(value: int | None) -> str | None:
    said = _("Type a number of minutes from 0 to {most}.")
    return said.format(most=LONGEST_BEFORE) if value is None else None


def _time_problem(text: str) -> str | None:
    try:
        return None if read_time(text) else _("Type a time such as 9:00.")
    except Mistake as mistake:
        return mistake.message
