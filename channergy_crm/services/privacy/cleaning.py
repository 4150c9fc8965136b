"""The office's file is cleared of whoever was anonymised as soon as nobody works in it: by itself (DP-4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import peewee

from channergy_crm import clock
from channergy_crm.records.edited import EditedRow
from channergy_crm.records.privacy import ErasureRow
from channergy_crm.services import rights
from channergy_crm.store import database, shredding
from channergy_crm.store.complaints import translated
from channergy_crm.store.seconds import now
from channergy_crm.work import UnitRow

if TYPE_CHECKING:
    from channergy_crm.services.rights import Program

IDLE = timedelta(minutes=5)
"""how long nobody has saved anything, until the file is written anew"""
SMALL = 64 * 1024 * 1024
"""bytes of a file that is written anew before anybody notices, whoever works in it"""
WAITS = timedelta(hours=1)


def due(last: datetime | None, moment: datetime) -> list[datetime]:
    """When it was due: at the latest anonymising that is still in the file, once nobody is at work."""
    latest = ErasureRow.select(peewee.fn.MAX(ErasureRow.done)).where(ErasureRow.cleaned.is_null()).scalar()
    if latest is None or not _is_idle(moment):
        return []
    erased = datetime.fromisoformat(latest) if isinstance(latest, str) else latest
    if last is None or erased > last:
        return [min(erased, moment)]
    return [moment] if moment > last + WAITS else []  # what came within the very second of what was cleared


def clean(by: Program) -> int:
    """Clear the file of what was anonymised until now; how many records that were."""
    rights.require(by, "remove")
    waiting = ErasureRow.select(ErasureRow.number).where(ErasureRow.cleaned.is_null())
    numbers = list(waiting.scalars())
    if numbers:
        shredding.clear()
        with database.writing(), translated():
            ErasureRow.update(cleaned=clock.now()).where(ErasureRow.number.in_(numbers)).execute()
    return len(numbers)


def _is_idle(moment: datetime) -> bool:
    if shredding.size() < SMALL:
        return True
    done = UnitRow.select(UnitRow.done).order_by(UnitRow.number.desc()).limit(1).scalar()
    busy = done is not None and moment - IDLE < done <= moment
    return not busy and not EditedRow.select().where(EditedRow.until > now()).exists()
