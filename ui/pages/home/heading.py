"""What Home says above its blocks: the day, who works here and in which groups."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.services import groups, operators
from ui.session.within import project_name

if TYPE_CHECKING:
    from ui.look.plain import Label
    from ui.session.session import Session

DAY = N_("{weekday} {day} {month}")
NAME, GROUPS = "name", "groups"  # unsaid: properties


def say(session: Session, title: Label, whose: Label) -> str:
    """Today, and who it is for; the groups of this operator, in words. While nobody answers it stays as it is."""
    title.setText(_day())
    name, names = whose.property(NAME) or session.by, whose.property(GROUPS) or ""
    with suppress(Surroundings):  # said by the blocks
        by = session.by
        name = next((each.name for each in operators.everybody(by, retired=True) if each.id == by), by)
        held = groups.of_operator(by, by)
        names = _("group {names}").format(names=", ".join(group.name for group in held)) if held else ""
    whose.setProperty(NAME, name)
    whose.setProperty(GROUPS, names)
    whose.setText(" · ".join(part for part in (name, names, project_name(session)) if part))
    return str(names)


def _day() -> str:
    today, locale = clock.today(), QLocale()
    shown = QDate(today.year, today.month, today.day)
    month = locale.monthName(today.month, QLocale.FormatType.LongFormat)
    weekday = locale.dayName(shown.dayOfWeek(), QLocale.FormatType.LongFormat)
    return _(DAY).format(weekday=weekday, day=today.day, month=month)


def standing(session: Session, groups: str) -> str:
    """For the status line."""
    own = _("own records and {groups}").format(groups=groups) if groups else _("own records")
    now = _("as of {time}").format(time=f"{clock.now():%H:%M}")
    return " · ".join(part for part in (_("Home"), own, project_name(session), now) if part)
