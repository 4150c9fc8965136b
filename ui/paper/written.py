"""What values say on paper: the day itself, because nobody knows when a sheet is read."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import office
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME
from ui.editors.dates import written_date
from ui.look.plain import kept_to_itself
from ui.look.wording import operator_choices, shown

if TYPE_CHECKING:
    from ui.session.session import Session


def on_paper(kind: Any, value: object) -> str:
    """A value in a list or beside its label, on one line."""
    if isinstance(value, datetime):
        return f"{written_date(value.date(), QLocale())} {value:%H:%M}"
    if isinstance(value, date):
        return written_date(value, QLocale())
    return shown(kind, value)


def whole_text(kind: Any, value: object) -> str:
    """The same with the lines somebody wrote, for long texts."""
    if isinstance(value, str) and kind.edited_by == "lines":
        return "\n".join(kept_to_itself(line.rstrip()) for line in value.strip().splitlines())
    return on_paper(kind, value)


def office_name(session: Session) -> str:
    """Whose paper it is."""
    return office.get(OFFICE_NAME, session.by)


def by_whom(session: Session) -> str:
    """Who printed it, and when."""
    name = dict(operator_choices(Program.ITSELF)).get(session.by, session.by)
    said = _("{operator} · {day}")
    return said.format(operator=" ".join(name.split()), day=written_date(clock.today(), QLocale()))
