"""Pauses in a queue: begun with a reason, ended by going on, counted for the figures (BX-4, BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.records.pauses import REASONS, PauseRow
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime


class Paused(NamedTuple):
    """How often somebody paused for this reason, and how many seconds it took together."""

    reason: str
    label: str
    times: int
    seconds: int


def begin(reason: str, by: str) -> int:
    """This operator pauses from now on, for one of `REASONS`; the pause by its number."""
    rights.require(by, "dial")
    if reason not in REASONS:
        raise Mistake(_("“{reason}” is no reason for a pause.").format(reason=reason))
    with database.writing(), translated():
        return int(PauseRow.insert(by=by, reason=reason, began=clock.now()).execute())


def end(pause: int, by: str) -> None:
    """Go on. A pause ends once; how long it was is what the office's clock says, never less than nothing."""
    rights.require(by, "dial")
    mine = (PauseRow.number == pause) & (PauseRow.by == by) & PauseRow.ended.is_null()
    held, now = PauseRow.get_or_none(mine), clock.now()
    if held is not None:
        seconds = max(0, int((now - held.began).total_seconds()))
        with database.writing(), translated():
            PauseRow.update(ended=now, seconds=seconds).where(mine).execute()


def between(begun: datetime, ended: datetime, whose: Collection[str] | None, by: str) -> list[Paused]:
    """The pauses that began in this time, those of these operators or of all, by reason; the longest first.

    One whose end is not known counts, but takes no time.
    """
    rights.require(by, "count", PhoneCall)
    if (whose is None or set(whose) != {by}) and not rights.views_all(by):
        raise Refused(_("Your role shows you only your own figures."))
    wanted = (PauseRow.began >= begun) & (PauseRow.began < ended)
    if whose is not None:
        wanted &= PauseRow.by.in_(list(whose))
    sums = peewee.fn.COUNT(PauseRow.number), peewee.fn.COALESCE(peewee.fn.SUM(PauseRow.seconds), 0)
    rows: Any = PauseRow.select(PauseRow.reason, *sums).where(wanted).group_by(PauseRow.reason).tuples()
    found = [Paused(reason, _(REASONS.get(reason, reason)), times, int(seconds)) for reason, times, seconds in rows]
    return sorted(found, key=lambda each: (-each.seconds, -each.times, each.label))
