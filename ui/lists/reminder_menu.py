"""*Set reminder*: the moments people mostly mean, any other one typed, and none; for one row or for all marked ones."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted
from ui.lists.submenus import Submenu, offer_entry
from ui.look.wording import day_in_words
from ui.screen import Command

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from ui.lists.table import RecordTable
    from ui.session.session import Session

MORNING = time(9)
FRIDAY, MONDAY = 5, 1
"""of the week, as `isoweekday` counts"""


def offer_reminders(table: RecordTable, session: Session) -> None:
    """Give a list of records one can be reminded of *Set reminder*."""
    ask = partial(_ask, session=session)
    table.add_command(Command("set_reminder", N_("Set reminder…"), lambda table: ask(table), "reminder"))
    table.submenus["set_reminder"] = Submenu(lambda: _("Set reminder"), "reminder", partial(_fill, table, session))


def moments(now: datetime) -> list[tuple[date, time]]:
    """When people mostly want to be reminded: in an hour, tomorrow morning, on Friday and on Monday; each once."""
    soon = (now + timedelta(hours=1)).replace(second=0, microsecond=0)
    days = [now.date() + timedelta(days=1), _next(FRIDAY, now.date()), _next(MONDAY, now.date())]
    return [(soon.date(), soon.time()), *((day, MORNING) for day in dict.fromkeys(days))]


def _next(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.isoweekday() - 1) % 7 + 1)


def _fill(table: RecordTable, session: Session, menu: QMenu, keys: list[int]) -> None:
    for place, (day, at) in enumerate(moments(clock.now())):
        text = _when(day, at) if place else _("In 1 hour, {time}").format(time=f"{at:%H:%M}")
        offer_entry(menu, text, partial(_set, table, session, keys, day, at), name=str(place))
    menu.addSeparator()
    offer_entry(menu, _("Another day…"), partial(_ask, table, session), name="other")
    offer_entry(menu, _("None"), partial(_set, table, session, keys, None, None), name="none")


def _when(day: date, at: time | None) -> str:
    return f"{day_in_words(day)} {at:%H:%M}" if at else day_in_words(day)


def _ask(table: RecordTable, session: Session) -> None:
    """Any moment somebody types, as in the field of a form."""
    keys = [key for key in table.marked() or [table.current()] if key is not None]
    if not keys:
        session.notices.warn(_("Choose a row first."))
        return
    from ui.editors.dates import typed_moment
    from ui.look.plain import ask_for_a_line

    what = counted(table.called, len(keys))
    title = _("Set reminder of {records}").format(records=what)
    typed = ask_for_a_line(table, title, _("When? Such as “tomorrow 3pm”, “fri 10” or “+3”"))
    if typed is None or not typed.strip():
        return
    try:
        day, at = typed_moment(typed, clock.now(), QLocale())
    except Mistake as mistake:
        session.notices.warn(mistake.message)
        return
    _set(table, session, keys, day, at)


def _set(table: RecordTable, session: Session, keys: list[int], day: date | None, at: time | None) -> None:
    from channergy_crm.services import bulk_changes
    from ui.lists.bulk_commands import on_many

    by = session.by

    def told(count: int) -> str:
        said = _("{records} without a reminder now.") if day is None else _("Reminder of {records}: {when}.")
        return said.format(records=counted(table.called, count), when=_when(day, at) if day else "")

    on_many(session, keys, lambda tell: bulk_changes.set_reminder(table.record, keys, day, at, by, tell), told)
