"""Whose turn it is to sync, and how far the site was read: a round that was overtaken by another one writes nothing.

A workstation that slept for an hour in the middle of a round goes on with what it read then; meanwhile another one has
had the lease, and has sent and taken what is newer.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.records.sync import Cursor
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync.viper.answers import LONGEST_WAIT

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUND, WAITS, LAST = "round", "waits", "last"
"""what stands beside the cursors in the same table: whose turn it is, until when the site takes nothing, what the last
round has done, and when it was changed who stands for whom
"""


class Overtaken(Surroundings):
    """Another workstation syncs now: what this one still had to do is its business."""


class Turn:
    """One round, from its beginning until another one begins."""

    def __init__(self) -> None:
        self._token = uuid4().hex
        with database.writing(), translated(), database.proxy.atomic():
            keep(ROUND, self._token)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write the program's own notes, all of them or none, as long as it is this one's turn."""
        with database.writing(), translated(), database.proxy.atomic():
            self.hold()
            yield

    def hold(self) -> None:
        """Within a transaction: `Overtaken` where another round has begun; none begins until this one is written."""
        asked = Cursor.select(Cursor.cursor).where(Cursor.what == ROUND)
        if database.on_server():
            asked = asked.for_update()
        if asked.scalar() != self._token:
            raise Overtaken(_("Another workstation syncs with Viper now."))


def cursor(what: str) -> str:
    """How far a kind was read, or another of these notes; "" at the beginning."""
    return Cursor.select(Cursor.cursor).where(Cursor.what == what).scalar() or ""


def keep(what: str, text: str) -> None:
    """Within a transaction: it was read this far."""
    row = {"what": what, "cursor": text, "read": clock.now()}
    Cursor.insert(row).on_conflict(
        conflict_target=[Cursor.what], preserve=[Cursor.cursor, Cursor.read]
    ).execute()  # fmt: skip


def waits_until() -> datetime | None:
    """When the site may be asked again, where it said that it takes nothing before; None when that is over. What lies
    further off than any site may ask for was told by a clock that was wrong.
    """
    held, now = cursor(WAITS), clock.now()
    moment = datetime.fromisoformat(held) if held else now
    return moment if now < moment <= now + 2 * timedelta(seconds=LONGEST_WAIT) else None
