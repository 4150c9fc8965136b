"""What Home says above its blocks: the day, who works here and in which groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.services import groups, operators
from ui.session.within import project_name

if TYPE_CHECKING:
    from ui.look.plain import Label
    from ui.session.session import Session

DAY = N_("{weekday} {day} {month}")


def say(session: Session, title: Label, whose: Label) -> None:
    """Today, and who it is for."""
    title.setText(_day())
    whose.setText(_whose(session))


def _day() -> str:
    today, locale = clock.today(), QLocale()
    shown = QDate(today.year, today.month, today.day)
    month = locale.monthName(today.month, QLocale.FormatType.LongFormat)
    weekday = locale.dayName(shown.dayOfWeek(), QLocale.FormatType.LongFormat)
    return _(DAY).format(weekday=weekday, day=today.day, month=month)


def _whose(session: Session) -> str:
    by = session.by
    known = session.attempt(lambda: operators.everybody(by, retired=True)) or []
    name = next((each.name for each in known if each.id == by), by)
    return " · ".join(part for part in (name, _groups(session), project_name(session)) if part)


def _groups(session: Session) -> str:
    held = session.attempt(lambda: groups.of_operator(session.by, session.by)) or []
    names = ", ".join(group.name for group in held)
    return _("group {names}").format(names=names) if held else ""


def standing(session: Session) -> str:
    """For the status line."""
    own = _("own records and {groups}").format(groups=_groups(session)) if _groups(session) else _("own records")
    now = _("as of {time}").format(time=f"{clock.now():%H:%M}")
    return " · ".join(part for part in (_("Home"), own, project_name(session), now) if part)
