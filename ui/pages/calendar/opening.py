"""How the calendar opens for an operator: as a day, a week, a month or a list (VT-64), and with whose entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records.preferences import Preferences
from channergy_crm.services import preferences
from ui.pages.calendar.words import VIEWS

if TYPE_CHECKING:
    from ui.session.session import Session

FIELD = "calendar_view"
WHOSE = "calendar.whose"
USUAL = "week"


def first_view(session: Session) -> str:
    """The view somebody has chosen to begin with, else a week."""
    held: Any = None
    if FIELD in Preferences.kinds():
        mine = session.attempt(lambda: preferences.of(session.by, session.by))
        held = getattr(mine, FIELD, None)
    else:
        held = session.station.recall(f"calendar.first.{session.by}", "")
    chosen = str(held or "").casefold()
    return chosen if chosen in VIEWS else USUAL


def choose_first(session: Session, view: str) -> bool:
    """From now on the calendar of this operator opens so; False where that could not be kept, which is said."""
    if FIELD not in Preferences.kinds():
        session.station.remember(f"calendar.first.{session.by}", view)
        return True
    mine = session.attempt(lambda: preferences.of(session.by, session.by))
    if mine is None:
        return False
    setattr(mine, FIELD, view)
    return session.attempt(lambda: preferences.save(mine, session.by)) is not None


def people(session: Session) -> tuple[str, ...]:
    """Whose entries were looked at last; one's own at first."""
    held = session.station.recall(f"{WHOSE}.{session.by}", [session.shown])
    return tuple(str(each) for each in held) or (session.shown,)


def keep_people(session: Session, owners: tuple[str, ...]) -> None:
    """Remember whose entries are looked at."""
    session.station.remember(f"{WHOSE}.{session.by}", list(owners))
