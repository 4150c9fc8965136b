"""What stands in the call bar: taken away with it, and brought back with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Lead

if TYPE_CHECKING:
    from datetime import datetime

    from ui.session.session import Session

DRAFT = "call"


@dataclass
class Noted:
    """What stands in the bar: taken away with it, and brought back with it."""

    number: str
    since: datetime
    note: str = ""
    code: str = ""
    next_try: datetime | None = None
    chosen_by_hand: bool = False


def keep(session: Session, note: str | None, lead: Lead | None) -> None:
    """What is noted is kept on the disk in case the program ends without a word; None when nothing is noted now."""
    if note is None or lead is None:
        return
    if note.strip():
        session.drafts.put(DRAFT, lead, {"notes": note.strip()})
    else:
        session.drafts.drop(DRAFT)


def left_behind(session: Session, lead: Lead) -> Noted | None:
    """A note that was kept when the program ended."""
    held = session.drafts.get(DRAFT, Lead)
    if held is None or held[0] is None or held[0] != lead.key:
        return None
    session.drafts.take(DRAFT)
    return Noted("", clock.now(), str(held[1].get("notes") or ""))
