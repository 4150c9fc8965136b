"""What stands in the calendar: tasks with a day, the days to come of those that come again, what one is invited to.

Entries are read for the screen by a few queries however long the time is; days and times are those of the wall.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.records.activities import Task
from channergy_crm.records.guests import NO
from channergy_crm.services import rights
from channergy_crm.services.calendar import rows, whose
from channergy_crm.text import repeats, series
from channergy_crm.text.activities import KINDS, TASK

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from channergy_crm.services.calendar.rows import Row

NO_LENGTH = 30
"""minutes for which one is painted of which nobody has said how long it lasts"""
SOON = timedelta(hours=1)
NOBODY: Mapping[str, str] = MappingProxyType({})
AHEAD = 31
"""days in which what is upcoming is looked for"""


class Entry(NamedTuple):
    """One entry of the calendar.

    `task` is its number; `day` and `at` stand on the office's wall, `at` None for one without a time; `minutes` is how
    long it lasts, 0 where nobody has said, and 1,440 a day for one that lasts several days. `kind` is "call",
    "meeting", "task" or a word of the office's own list. `about` is who it is about, `owner` an operator's or a group's
    ID: of something one is only invited to, whoever is invited. `state` is "done", "overdue", "soon" or "". A `planned`
    one is the day of a series that is no record yet. `also` are the others of those asked for who are invited; `guest`
    says that it stands with somebody who is only invited to it. `answers` are what those asked for have answered.
    `after` is how many days after its first one it is shown on, where it goes on past midnight.
    """

    task: int
    day: date
    at: time | None
    minutes: int
    kind: str
    title: str
    about: str
    place: str
    owner: str
    state: str
    planned: bool
    guests: int
    may_edit: bool
    repeats: bool = False
    also: tuple[str, ...] = ()
    guest: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    after: int = 0

    @property
    def answer(self) -> str:
        """What whoever it stands with has answered, who is invited: "", "yes", "no", "maybe"."""
        return dict(self.answers).get(self.owner, "") if self.guest else ""

    @property
    def begins(self) -> datetime:
        """When it begins; at midnight without a time."""
        return datetime.combine(self.day, self.at or time())

    @property
    def ends(self) -> datetime:
        """When it is over; without a time at the end of its last day."""
        if self.at is None:
            return datetime.combine(self.day, time()) + timedelta(minutes=max(self.minutes, 24 * 60))
        return self.begins + timedelta(minutes=self.minutes or NO_LENGTH)


def between(first: date, last: date, owners: Sequence[str], by: str, kinds: Collection[str] = ()) -> list[Entry]:
    """What stands there from one day to another, both included, of these operators and groups as far as this one may
    see them; only of these kinds, where some are named. In the order of day, time and number.
    """
    rights.require(by, "see")
    asked = _Asked(owners, by)
    found = [entry for entry in asked.entries(first, last) if not kinds or entry.kind in kinds]
    return sorted(found, key=_order)


def not_in(owners: Sequence[str], by: str) -> list[Entry]:
    """What stands beside the calendar: open ones that are overdue, the oldest first, then those without a day."""
    rights.require(by, "see")
    asked = _Asked(owners, by)
    found = [asked.entry(row) for row in rows.left_over(asked.owners, by)]
    return sorted(found, key=lambda entry: (entry.day == date.max, _order(entry)))


def pending(owners: Sequence[str], by: str, limit: int, project: int | None = None) -> list[Entry]:
    """Pending is what is overdue and not closed (VT-27): the oldest first; with a project what belongs to it."""
    rights.require(by, "see")
    asked = _Asked(owners, by, project)
    found = (asked.entry(row) for row in rows.overdue(asked.owners, by, limit, project))
    return sorted((entry for entry in found if entry.state == "overdue"), key=_order)[:limit]


def upcoming(
    owners: Sequence[str], by: str, limit: int, project: int | None = None, days: int = AHEAD
) -> list[Entry]:  # fmt: skip
    """What comes next and is open, within so many days: the first first (VT-27). Of a series it is the turn that is
    next; with a project what belongs to it.
    """
    rights.require(by, "see")
    asked, today = _Asked(owners, by, project), clock.today()
    found = asked.next_ones(today, today + timedelta(days=days), limit)
    return sorted((each for each in found if each.state in ("", "soon") and each.answer != NO), key=_order)[:limit]


def of_record(record: str, key: int, by: str) -> list[Entry]:
    """The calls, meetings and tasks linked to a record, by the name of its link in a task: "lead", "account",
    "opportunity" (VT-162). Open ones first, by their day; then those that are done, the latest first.
    """
    rights.require(by, "see")
    asked = _Asked((), by)
    held = sorted((asked.entry(row) for row in rows.linked(record, key, by)), key=_order)
    done = [entry for entry in held if entry.state == "done"]
    return [entry for entry in held if entry.state != "done"] + done[::-1]


def one(task: int, by: str) -> Entry | None:
    """A single entry as it stands now; None where there is none that this one may see."""
    rights.require(by, "see")
    asked = _Asked((by,), by)
    return next((asked.entry(row) for row in rows.of_number(task, by)), None)


def _order(entry: Entry) -> tuple[date, time, int]:
    return entry.day, entry.at or time(), entry.task


def _goes_on(row: Row) -> int:
    """On how many days after its first one something still lasts."""
    begins = row.at.hour * 60 + row.at.minute if row.at is not None else 0
    return max(0, (begins + row.minutes - 1) // (24 * 60))


@lru_cache(maxsize=1_024)
def _is_sound(rule: str) -> bool:
    """Another program may have written anything: what nobody can count by comes once."""
    return series.is_by_rule(rule) and repeats.problem(rule) is None


class _Asked:
    """One question about the calendar: whose entries, who asks, what they may change, and what time it is."""

    def __init__(self, owners: Sequence[str], by: str, project: int | None = None) -> None:
        self.by, self.now, self._project = by, clock.now(), project
        self._today = self.now.date()
        self.owners = whose.seen_of(owners, by) if rights.may(by, "see", Task) is None else []
        self.asked = dict.fromkeys(owners)
        self._editable = whose.reaching(by, "edit")

    def entries(self, first: date, last: date) -> Iterable[Entry]:
        """All of that time: the rows themselves, the days to come of series, and what they are invited to."""
        invited = rows.invited(self._asked_for(), first, last, self.by, self._project)
        theirs = set[int]()
        for row in rows.dated(self.owners, first, last, self.by, self._project):
            theirs.add(row.number)
            yield from self._itself(row, first, last, invited.of.get(row.number, {}))
        for row in rows.repeating(self.owners, last, self.by, self._project):
            theirs.add(row.number)
            yield from self._planned(row, first, last, invited.of.get(row.number, {}))
        for row in invited.rows:
            if row.number not in theirs:
                answers = invited.of[row.number]
                one, *also = answers
                for each in (*self._itself(row, first, last, answers), *self._planned(row, first, last, answers)):
                    yield each._replace(owner=one, guest=True, also=tuple(also))

    def _asked_for(self) -> list[str]:
        """Whose invitations are read: also one's own where one may see no tasks."""
        return list(dict.fromkeys([*self.owners, *(owner for owner in self.asked if owner == self.by)]))

    def next_ones(self, first: date, last: date, limit: int) -> Iterable[Entry]:
        """Those of theirs that come first, and what they are invited to, without the days to come of series."""
        theirs = {row.number: row for row in rows.coming(self.owners, first, last, self.by, limit, self._project)}
        for row in theirs.values():
            yield from self._itself(row, first, last, {})
        invited = rows.invited(self._asked_for(), first, last, self.by, self._project)
        for row in invited.rows:
            if row.number not in theirs and not row.closed and row.owner not in self.owners:
                for each in self._itself(row, first, last, invited.of[row.number]):
                    yield each._replace(owner=next(iter(invited.of[row.number])), guest=True)

    def _itself(self, row: Row, first: date, last: date, answers: Mapping[str, str]) -> Iterable[Entry]:
        if row.day is None or row.day > last:
            return ()
        entry = self.entry(row, answers)
        lasts_until_then = bool(row.minutes) and entry.ends > datetime.combine(first, time())
        return (entry,) if row.day >= first or lasts_until_then else ()

    def _planned(self, row: Row, first: date, last: date, answers: Mapping[str, str]) -> Iterable[Entry]:
        """Its days to come; what has gone by without being done is not made up."""
        begun = row.planned or row.day
        if row.closed or begun is None or not _is_sound(row.repeats):
            return
        entry, goes_on = self.entry(row, answers), timedelta(days=_goes_on(row))
        earliest = max(first - goes_on, self.now.date() - goes_on)
        for day in series.coming(row.repeats, begun, earliest, last, series.left_out(row.left_out)):
            if day + goes_on >= max(first, self.now.date()):
                yield entry._replace(day=day, planned=True, state=self._state(False, day, row.at, row.minutes))

    def entry(self, row: Row, answers: Mapping[str, str] = NOBODY) -> Entry:
        """A row as an entry; one without a day stands on the last there is."""
        may_edit = row.mine and (self._editable is None or row.owner in self._editable)
        day = row.day or date.max
        return Entry(
            row.number, day, row.at, row.minutes, row.kind or TASK, row.title, row.about, row.place,
            row.owner, self._state(row.closed, day, row.at, row.minutes), False, row.guests, may_edit,
            bool(row.repeats), tuple(answers), False, tuple(answers.items()),
        )  # fmt: skip

    def _state(self, closed: bool, day: date, at: time | None, minutes: int) -> str:
        if closed:
            return "done"
        today = self._today
        if day > today:
            return ""
        if at is None:
            over = day < today and day + timedelta(days=max(0, minutes // (24 * 60) - 1)) < today
            return "overdue" if over else "soon"
        begins = datetime.combine(day, at)
        if begins + timedelta(minutes=minutes) <= self.now:
            return "overdue"
        return "soon" if begins - self.now <= SOON else ""


def kinds(by: str) -> list[tuple[str, str]]:
    """The kinds of entries, as they are kept and as people read them: call, meeting, task, what the office added."""
    rights.require(by, "choose")
    held = [(choice.value, choice.description) for choice in rows.known_kinds() if not choice.retired]
    there = {value for value, _said in held}
    return held + [(kind, kind) for kind in KINDS if kind not in there]
