"""The round: every active event looks for what has happened since it looked last, and makes its follow-ups (VS-3).

The journal is read once for all events. What an event makes and how far it has looked are written together: ended in
the middle, the next round goes on there. Of two that look at the same moment one writes. After a long sleep a round
makes its share, the oldest of each event first, and leaves the others to the next one.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Order
from channergy_crm.records.events import Event, EventState, FollowUp, LookRow
from channergy_crm.records.jobs import JobRow
from channergy_crm.services import rights
from channergy_crm.services.events import ending, happened, making, triggers
from channergy_crm.services.events.news import MAKING, News
from channergy_crm.services.rights import Program
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import ChangeRow, UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from channergy_crm.services.events.triggers import Hit

    Progress = Callable[[int, int, str], object]

JOB = "events"
"""the name of the job that does it"""
EVERY = timedelta(minutes=5)
SHARE = 10_000
"""follow-ups that one round makes: some seconds, then others have their turn"""


class Last(NamedTuple):
    """The rounds before: when the last one was, how many follow-ups were made, when the next one is due, and whether
    more is being made just now.
    """

    when: datetime
    made: int
    next: datetime | None
    more: bool = False


class Looked(NamedTuple):
    """What a round has done: how many follow-ups it made, and whether more waits for the next round."""

    made: int
    more: bool


class _Seen(NamedTuple):
    """How far an event has looked now."""

    looked: datetime
    unit: int
    last: int


def begin(event: Event, now: datetime) -> None:
    """From this moment on the event looks: what was before is known. Within the unit that activates it."""
    held = BY_TABLE[happened.counted(event)]
    LookRow.delete().where(LookRow.event == event.number).execute()
    LookRow.insert(
        event=event.number,
        looked=now,
        unit=UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0,
        last=held.select(peewee.fn.MAX(key_field(held))).scalar() or 0,
        order=Order.select(peewee.fn.MAX(Order.number)).scalar() or 0,
    ).execute()


def is_wanted() -> bool:
    """Whether an event is active: without one nobody looks."""
    return bool(Event.select().where(Event.state == EventState.ACTIVE.value).exists())


def last(by: str) -> Last | None:
    """How the round before went; None where there was none yet."""
    rights.require_events(by)
    ours = JobRow.select().where((JobRow.job == JOB) & JobRow.started.is_null(False))
    begun = ours.where(JobRow.state.in_(["running", "waiting"])).order_by(JobRow.due.desc()).first()
    if begun is not None and (made := _made_between(begun.due, clock.now())):
        return Last(clock.now(), made, None, more=True)
    row = ours.where(JobRow.state == "done").order_by(JobRow.finished.desc()).first()
    if row is None:
        return None
    return Last(row.finished, _made_between(row.due, row.finished), row.due + EVERY if is_wanted() else None)


def _made_between(first: datetime, last: datetime) -> int:
    made = FollowUp.task.is_null(False) & (FollowUp.made >= first) & (FollowUp.made <= last)
    return int(FollowUp.select().where(made).count())


def round(now: datetime, step: Progress | None = None) -> Looked:
    """Every active event looks once, until the round has made its share. The next one goes on there, as it does where
    this one has ended in the middle.

    An event that cannot look keeps no other from it; then a `Mistake` says why, as soon as no more waits.
    """
    events = list(Event.select().where(Event.state == EventState.ACTIVE.value).order_by(Event.number))
    this = _Round(events, _looks(events, now), now, step or (lambda done, total, said: None))
    for place, event in enumerate(events):
        if this.more:
            break
        this.step(place, len(events), event.caption())
        this.look(event)
    this.keep()
    if this.failed and not this.more:
        raise Mistake(" ".join(this.failed))
    return Looked(this.made, this.more)


def _looks(events: Sequence[Event], now: datetime) -> dict[int, LookRow]:
    """How far each of them has looked; one that has been activated again by undo or redo begins now."""
    there = {row.event: row for row in LookRow.select()}
    numbers = [event.number for event in events]
    new = [event for event in events if event.number not in there]
    if new or there.keys() - set(numbers):
        with database.writing(), translated(), database.proxy.atomic():
            LookRow.delete().where(LookRow.event.not_in(numbers)).execute()
            for event in new:
                begin(event, now)
        there = {row.event: row for row in LookRow.select()}
    return there


class _Round:
    """One round: what is new, what was made, and how far each event has looked."""

    def __init__(self, events: Sequence[Event], looks: dict[int, LookRow], now: datetime, step: Progress) -> None:
        self.step, self.made, self.failed = step, 0, list[str]()
        self._left = SHARE
        self._looks, self._now = looks, now
        self._quiet: list[tuple[LookRow, _Seen]] = []
        told = [happened.wanted(event) for event in events]
        fields = [pair for each in told for pair in each[0]]
        beside = [pair for each in told for pair in each[1]]
        self._news = News(min((row.unit for row in looks.values()), default=0), fields, beside)
        self._undone: set[tuple[int, str, str, str]] | None = None

    @property
    def more(self) -> bool:
        """Whether the round has made its share, and more may wait."""
        return self._left <= 0

    def look(self, event: Event) -> None:
        """One event looks; what it cannot do is said in the end."""
        look = self._looks[event.number]
        try:
            triggers.check(event)
            ending.end(event, look, self._now)
            seen = self._seen(event, look)  # what is written from here on is for the next round
            hits = self._new(event, happened.since(event, look, self._now, self._news))
            if hits or _waits(event):
                self._make(event, self._in_turn(event, hits), look, seen)
            else:
                self._quiet.append((look, seen))
        except CRMError as error:
            self.failed.append(_("{event}: {reason}").format(event=event.caption(), reason=error.message))

    def keep(self) -> None:
        """Put down how far those have looked that had nothing to do."""
        moved = [(look, seen) for look, seen in self._quiet if _moved(look, seen)]
        if moved:
            with database.writing(), translated(), database.proxy.atomic():
                for look, seen in moved:
                    _advance(look, seen)

    def _seen(self, event: Event, look: LookRow) -> _Seen:
        unit = self._news.reaches(look.unit, self._now)
        return _Seen(self._now, unit, self._news.upto(happened.counted(event), look.last))

    def _in_turn(self, event: Event, hits: list[Hit]) -> list[Hit]:
        """Where they are more than this round makes still: without those of which an earlier one has made something,
        the oldest first.
        """
        if len(hits) <= self._left:
            return hits
        return happened.oldest_first(event, making.every_new_of(event, hits))

    def _make(self, event: Event, hits: list[Hit], look: LookRow, seen: _Seen) -> None:
        """Some at a time, each a unit, so that nobody waits for long who wants to write, until the round has made its
        share. How far the event has looked is put down with the last of all: ended before, the next round finds the
        others again.
        """
        done, is_last = 0, False
        while not is_last and not self.more:
            part = hits[done : done + min(making.AT_ONCE, self._left)]
            self.step(done, len(hits), _("Making follow-ups"))
            done += len(part)
            is_last = done >= len(hits)
            with work.unit(MAKING, by=Program.EVENTS, event=event.caption()):
                if not _is_active(event) or not (_advance(look, seen) if is_last else _is_as_it_was(look)):
                    return  # switched off, or another round was quicker
                found = making.make(event, part, self._now) if part else making.Made(0, 0)
                room = self._left - found.made - found.waiting
                again = making.make_waiting(event, self._now, room) if is_last else 0
            self.made += found.made + again
            self._left = room - again

    def _new(self, event: Event, hits: list[Hit]) -> list[Hit]:
        """Without those whose follow-up somebody has taken back by undo."""
        if hits and self._undone is None:
            self._undone = _taken_back(self._news.since)
        undone = self._undone or set()
        return [hit for hit in hits if (event.number, hit.table, str(hit.key), hit.occurrence) not in undone]


def _waits(event: Event) -> bool:
    """Whether a follow-up waits to be made."""
    return bool(FollowUp.select().where((FollowUp.event == event.number) & FollowUp.task.is_null()).exists())


def _moved(look: LookRow, seen: _Seen) -> bool:
    """Whether that is further: a look of the same day that has seen nothing new need not be put down."""
    return (look.looked.date(), look.unit, look.last) != (seen.looked.date(), seen.unit, seen.last)


def _is_active(event: Event) -> bool:
    active = (Event.number == event.number) & (Event.state == EventState.ACTIVE.value)
    return bool(Event.select().where(active).exists())


def _advance(look: LookRow, seen: _Seen) -> bool:
    """Put down how far an event has looked; False where another round has done so meanwhile."""
    put = LookRow.update(looked=seen.looked, unit=seen.unit, last=seen.last)
    return bool(put.where(_as_it_was(look)).execute())


def _is_as_it_was(look: LookRow) -> bool:
    """Whether no other round has put down meanwhile how far an event has looked."""
    return bool(LookRow.select().where(_as_it_was(look)).exists())


def _as_it_was(look: LookRow) -> peewee.ColumnBase:
    same: peewee.ColumnBase = (LookRow.looked == look.looked) & (LookRow.unit == look.unit)
    return (LookRow.event == look.event) & same & (LookRow.last == look.last)


def _taken_back(since: int) -> set[tuple[int, str, str, str]]:
    """The follow-ups that were taken back, or have ended since a unit while they waited: event, table, record and
    occurrence.
    """
    ended = (UnitRow.number > since) & (UnitRow.by == Program.EVENTS.value) & (UnitRow.name != MAKING)
    undone = UnitRow.select(UnitRow.number).where((UnitRow.mode == "undo") | ended)
    gone = (ChangeRow.table == FollowUp._meta.table_name) & (ChangeRow.verb == "delete") & ChangeRow.unit.in_(undone)
    held = (json.loads(text) for text in ChangeRow.select(ChangeRow.before).where(gone).scalars() if text)
    return {(each["event"], each["table"], each["of"], each["occurrence"]) for each in held}
