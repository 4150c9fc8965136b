"""How often somebody has done a thing in the portal, kept in the store: a restart forgets nothing, and two portals of
an office count together (VT-177).

What is kept is one moment for a hash: when they may do it as often as ever again. Then it is forgotten.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import peewee

from channergy_crm.records.people import Contact
from channergy_crm.records.portal import PortalRate
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from channergy_crm.services.rights import Program


def take(held: str, most: int, seconds: int, now: float, by: Program) -> int:
    """Do it once more, where that is not more often than so many times in so many seconds: 0 then, else after how many
    seconds it would be. Of two portals that ask at the same moment for the last time, one is told to wait.
    """
    rights.require(by, "see", Contact)
    step = seconds / most
    still = PortalRate.until > now
    later = peewee.Case(None, [(still, PortalRate.until + step)], now + step)
    fits = (PortalRate.held == held) & (PortalRate.until <= now + seconds - step + TOGETHER)
    with database.writing(), translated(), database.proxy.obj.atomic():
        PortalRate.insert(held=held, until=now).on_conflict_ignore().execute()
        taken = PortalRate.update(until=later).where(fits).execute()
    return 0 if taken else max(1, wait(held, most, seconds, now, by))


TOGETHER = 1e-3
"""seconds that count as none: steps of a third are summed up"""


def wait(held: str, most: int, seconds: int, now: float, by: Program) -> int:
    """After how many seconds it may be done again, without doing it."""
    rights.require(by, "see", Contact)
    until = PortalRate.select(PortalRate.until).where(PortalRate.held == held).scalar()
    over = 0.0 if until is None else until - (now + seconds - seconds / most)
    return 0 if over <= TOGETHER else math.ceil(over - TOGETHER)


def forget(now: float, by: Program) -> None:
    """Whoever may do everything as often as ever is nobody that is remembered."""
    rights.require(by, "see", Contact)
    with database.writing(), translated():
        PortalRate.delete().where(PortalRate.until <= now).execute()
