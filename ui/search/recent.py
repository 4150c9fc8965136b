"""What was searched for before on this workstation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.settings import RECENT_SEARCHES

if TYPE_CHECKING:
    from ui.session.session import Session

KEPT = 10


def recent(session: Session) -> list[str]:
    """The texts, the latest first."""
    held = session.station.recall(RECENT_SEARCHES, [])
    return held if isinstance(held, list) else []


def remember(session: Session, text: str) -> None:
    """It was searched for just now."""
    others = [each for each in recent(session) if each != text]
    session.station.remember(RECENT_SEARCHES, [text, *others][:KEPT])
