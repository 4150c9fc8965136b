"""What an event makes: follow-ups, which are tasks, each exactly once for a record and an occurrence (K18, VS-3).

Whatever happens is written down as a follow-up at once; where its receiver has enough for the day it waits without a
task. Two workstations never make the same one: they come in one after the other, and the table has a unique key.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import peewee

from channergy_crm import work
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Task
from channergy_crm.records.events import FollowUp
from channergy_crm.services.events import subjects, when
from channergy_crm.services.events.about import one_of
from channergy_crm.services.events.receiving import Dealing, Given
from channergy_crm.services.events.removing import take_away
from channergy_crm.services.events.wording import Wording
from channergy_crm.store import database
from channergy_crm.work import bulk, key_field
from channergy_crm.work.long_lists import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from channergy_crm.records.events import Event
    from channergy_crm.services.events.subjects import Subject
    from channergy_crm.services.events.triggers import Hit

    Happened = tuple[str, object, str]
    """table, number of the record, occurrence: a `Hit` is one"""
    Step = Callable[[int, int, str], object]

T = TypeVar("T")
H = TypeVar("H", bound="Happened")

ONE_AT_A_TIME = 0x4348464F
"""the name of the lock under which follow-ups are made"""
AT_ONCE = 2_000


class Made(NamedTuple):
    """How many follow-ups were made, and how many wait because whoever gets them has enough for the day."""

    made: int
    waiting: int


def make(event: Event, hits: Iterable[Happened], now: datetime, step: Step | None = None) -> Made:
    """Make the follow-ups of what has happened, within the current unit of work. What was made before is left out.

    `step(done, total, said)` is called between; what it raises ends it.
    """
    bulk.alone(ONE_AT_A_TIME)
    run = _Run(event, now)
    hits = list(hits)
    with uncollected():
        for start in range(0, len(hits), AT_ONCE):
            if step:
                step(start, len(hits), _("Making follow-ups"))
            run.take(hits[start : start + AT_ONCE])
    return Made(run.made, run.waiting)


def make_waiting(event: Event, now: datetime, most: int = AT_ONCE) -> int:
    """Make those that waited and whose receivers have room again today, so many at the most, within the current unit;
    how many.
    """
    ours = (FollowUp.event == event.number) & FollowUp.task.is_null()
    if not FollowUp.select().where(ours).limit(1).exists():
        return 0
    bulk.alone(ONE_AT_A_TIME)
    run = _Run(event, now)
    for receiver in list(FollowUp.select(FollowUp.receiver).where(ours).distinct().scalars()):
        held = FollowUp.select().where(ours & (FollowUp.receiver == receiver)).order_by(FollowUp.number)
        while (room := min(run.room(receiver), AT_ONCE, most - run.made)) > 0:
            waiting = list(held.limit(room))
            if not waiting or not run.begin(waiting):
                break
    return run.made


def every_new_of(event: Event, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Those of many that nothing was made of yet."""
    for start in range(0, len(hits), AT_ONCE):
        yield from new_of(event, hits[start : start + AT_ONCE])


def new_of(event: Event, hits: Sequence[H]) -> Iterator[H]:
    """The same of some hundreds, each once."""
    seen: set[tuple[str, str, str]] = set()
    for table, part in groupby(hits, itemgetter(0)):
        those = list(part)
        asked = (FollowUp.event == event.number) & (FollowUp.table == table)
        asked &= one_of(FollowUp.of, [str(key) for _table, key, _occurrence in those])
        rows = database.proxy.execute(FollowUp.select(FollowUp.of, FollowUp.occurrence).where(asked))
        seen.update((table, of, said) for of, said in rows)
        for each in those:
            this = (table, str(each[1]), each[2])
            if this not in seen:
                seen.add(this)
                yield each


class _Run:
    """One go of making follow-ups of an event."""

    def __init__(self, event: Event, now: datetime) -> None:
        self.event, self.now = event, now
        self.made = self.waiting = 0
        self._dealing, self._wording = Dealing(event), Wording(event)
        self._due = when.due(event, now)
        self._tasks, self._follow_ups = bulk.Many(Task), bulk.Many(FollowUp)
        self._today = Counter(made_today(event, now)) if event.most_a_day else Counter[str]()

    def room(self, receiver: str) -> int:
        """How many more somebody may get today."""
        most = self.event.most_a_day
        return AT_ONCE if not most else max(0, most - self._today[receiver])

    def take(self, hits: Sequence[Happened]) -> None:
        """Make, or let wait, what of these is new."""
        fresh = list(new_of(self.event, hits))
        rows: list[tuple[dict[str, object], dict[str, object] | None]] = []
        pairs = list(self._subjects(fresh))
        self._wording.learn(pairs)
        for subject, occurrence in pairs:
            given = self._dealing.to(subject.owner)
            follow_up = {
                "event": self.event.number, "table": subject.table, "of": str(subject.key), "occurrence": occurrence,
                "made": self.now, "receiver": given.receiver, "fell": given.fell,
            }  # fmt: skip
            rows.append((follow_up, self._task(subject, occurrence, given.receiver)))
        self._write(rows)

    def begin(self, waiting: Sequence[FollowUp]) -> int:
        """Make the tasks of follow-ups that waited; how many. What is about a record that is gone goes as well."""
        gone = {each.number for each in waiting}
        pairs = list(self._subjects((each.table, _number(each.table, each.of), each) for each in waiting))
        self._wording.learn((subject, held.occurrence) for subject, held in pairs)
        tasks: list[dict[str, object]] = []
        changed: list[FollowUp] = []
        for subject, held in pairs:
            gone.discard(held.number)
            given = self._still(held, subject)
            held.receiver, held.fell = given
            if (task := self._task(subject, held.occurrence, given.receiver)) is not None:
                tasks.append(task)
                held.made = self.now
                changed.append(held)
            elif "receiver" in held.changes():
                held.save()
        for held, number in zip(changed, self._insert_tasks(tasks), strict=True):
            held.task = number
        work.current().save_many(changed)
        take_away(work.current(), FollowUp, sorted(gone))
        self.made += len(changed)
        return len(changed) + len(gone)

    def _still(self, held: FollowUp, subject: Subject) -> Given:
        """Who it was dealt to, if they are at work still."""
        known = Given(held.receiver, held.fell)
        return known if self._dealing.works(held.receiver) else self._dealing.to(subject.owner)

    def _subjects(self, those: Iterable[tuple[str, object, T]]) -> Iterator[tuple[Subject, T]]:
        for table, part in groupby(those, itemgetter(0)):
            pairs = [(key, said) for _table, key, said in part]
            held = subjects.read(table, list(dict.fromkeys(key for key, _said in pairs)), self._wording.wanted)
            yield from ((held[key], said) for key, said in pairs if key in held)

    def _task(self, subject: Subject, occurrence: str, receiver: str) -> dict[str, object] | None:
        """The values of its task; None where it has to wait."""
        if not receiver or not self.room(receiver):
            return None
        self._today[receiver] += 1
        action, notes = self._wording.said(subject, occurrence, receiver)
        day, at = self._due
        return {
            **subject.links(), "action": action, "notes": notes, "priority": self.event.priority or "",
            "owner": receiver, "is_crm": True, "reminder_date": day, "reminder_time": at, "created_on": self.now,
        }  # fmt: skip

    def _write(self, rows: Sequence[tuple[dict[str, object], dict[str, object] | None]]) -> None:
        numbers = iter(self._insert_tasks([task for _follow_up, task in rows if task is not None]))
        held = [values | {"task": next(numbers) if task is not None else None} for values, task in rows]
        many = self._follow_ups
        reserved = bulk.reserve(FollowUp, len(held)) if held else ()
        many.insert(work.current(), [many.row(values) for values in held], reserved)
        made = sum(task is not None for _values, task in rows)
        self.made, self.waiting = self.made + made, self.waiting + len(rows) - made

    def _insert_tasks(self, tasks: Sequence[dict[str, object]]) -> Sequence[int]:
        if not tasks:
            return ()
        numbers = bulk.reserve(Task, len(tasks))
        self._tasks.insert(work.current(), [self._tasks.row(values) for values in tasks], numbers)
        return numbers


def made_today(event: Event, now: datetime) -> dict[str, int]:
    """How many follow-ups everybody got today of this event, by ID; whoever has their tasks by now."""
    since = datetime.combine(now.date(), time())
    today = (FollowUp.event == event.number) & (FollowUp.made >= since) & FollowUp.task.is_null(False)
    counted = FollowUp.select(FollowUp.receiver, peewee.fn.COUNT(FollowUp.number)).where(today)
    return dict(counted.group_by(FollowUp.receiver).tuples().execute())


def _number(table: str, of: str) -> object:
    """The number of a record as its table keeps it."""
    return int(of) if key_field(BY_TABLE[table]).numeric else of
