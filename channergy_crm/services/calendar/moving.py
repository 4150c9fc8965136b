"""Entries are moved, lengthened and copied: one alone, a series from one of its days on, or all of it.

A day of a series that is no record yet becomes a task of its own when it is moved, and the series leaves that day out.
Each is one step with one undo. Whoever moves what somebody else has moved meanwhile is told so, and nothing is lost.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import access, clock, work
from channergy_crm.errors import Clash, Difference, Mistake
from channergy_crm.language import _
from channergy_crm.records import Guest, Operator, Task
from channergy_crm.records.guests import of_record
from channergy_crm.services import reading, repeating, rights
from channergy_crm.text import repeats, series
from channergy_crm.text.activities import LONGEST

if TYPE_CHECKING:
    from channergy_crm.work import Unit

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Stood = tuple["date | None", "time | None"]


class Moved(NamedTuple):
    """What stands there now: the number of the task, and the step that Undo takes back."""

    task: int
    unit: int


def move(
    task: int, day: date | None, at: time | None, by: str, *, planned: date | None = None, stood: Stood | None = None,
    owner: str = "",
) -> Moved:  # fmt: skip
    """Put one entry on another day and time; `at` None for all day, `day` None to take it off the calendar.

    `planned` names a day of a series: only this one is moved. `stood` is where it stood for whoever moves it; `Clash`
    when somebody else has moved it since. Of a series the one that is next may be put off to another day; with another
    time it stands alone from then on, and the series goes on without it. With an `owner` it is theirs from now on.
    """
    rights.require(by, "edit", Task)
    with work.unit("Move {name}", by=by) as unit:
        held = _held(task, by, unit)
        if planned is not None:
            held = _on_its_own(held, planned)
        elif stood is not None:
            _require_there(held, stood, (day, at))
        alone = held.reminder_time != at or day is None or _is_given(held, owner)
        if planned is None and _goes_on_alone(held) and alone:
            _go_on_without(held)
        _place(held, day, at)
        _give(held, owner)
        held.save()
    return Moved(held.number, unit.number)


def move_all(
    task: int, day: date, at: time | None, by: str, *, planned: date | None = None, stood: Stood | None = None
) -> Moved:  # fmt: skip
    """Move a whole series by as much as this one of its days is moved; all of it has that time from then on."""
    rights.require(by, "edit", Task)
    with work.unit("Move the series {name}", by=by) as unit:
        held = _held(task, by, unit)
        if planned is not None:
            _require_day(held, planned)
        elif stood is not None:
            _require_there(held, stood, (day, at))
        by_days = day - (planned or held.reminder_date or day)
        begun = held.planned_on or held.reminder_date or day
        if held.repeats:
            held.repeats = _shifted(held.repeats, by_days)
            held.left_out = series.kept(each + by_days for each in series.left_out(held.left_out or ""))
        _place(held, (held.reminder_date or day - by_days) + by_days, at)
        if held.repeats:
            held.planned_on = begun + by_days
        held.save()
    return Moved(held.number, unit.number)


def move_following(
    task: int, day: date, at: time | None, by: str, *, planned: date, owner: str = ""
) -> Moved:  # fmt: skip
    """Move this day of a series and all that follow: the series ends before it, and a new one begins there, somebody
    else's with an `owner`.
    """
    rights.require(by, "edit", Task)
    with work.unit("Move the series {name}", by=by) as unit:
        held = _held(task, by, unit)
        _require_day(held, planned)
        begun, rule, by_days = held.planned_on or held.reminder_date or planned, held.repeats, day - planned
        later = (each + by_days for each in series.left_out(held.left_out or "") if each > planned)
        made = repeating.like(
            held, reminder_date=day, reminder_time=at, planned_on=day, left_out=series.kept(later),
            repeats=_shifted(series.going_on(rule, begun, planned), by_days),
        )  # fmt: skip
        held.repeats = series.ending_before(rule, planned)
        held.save()
        if _is_given(made, owner):
            _give(made, owner)
            made.save()
    return Moved(made.number, unit.number)


def lengthen(task: int, minutes: int, by: str, *, planned: date | None = None, lasted: int | None = None) -> Moved:
    """Let one entry last so many minutes; 0 where nobody says how long. `lasted` is how long it did for whoever
    changes it. Of a series only this one does.
    """
    rights.require(by, "edit", Task)
    _require_length(minutes)
    with work.unit("Change how long {name} lasts", by=by) as unit:
        held = _held(task, by, unit)
        if planned is not None:
            held = _on_its_own(held, planned)
        elif lasted is not None and lasted != (held.minutes or 0) != minutes:
            raise Clash(held.caption(), [_differs(held, "minutes", lasted, minutes)], _who(held))
        elif _goes_on_alone(held) and minutes != (held.minutes or 0):
            _go_on_without(held)
        held.minutes = minutes or None
        held.save()
    return Moved(held.number, unit.number)


def lengthen_all(task: int, minutes: int, by: str) -> Moved:
    """Let all of a series last so many minutes."""
    rights.require(by, "edit", Task)
    _require_length(minutes)
    with work.unit("Change how long {name} lasts", by=by) as unit:
        held = _held(task, by, unit)
        held.minutes = minutes or None
        held.save()
    return Moved(held.number, unit.number)


def copy_to(
    task: int, day: date, at: time | None, by: str, *, planned: date | None = None, owner: str = ""
) -> Moved:  # fmt: skip
    """One like it, with the same guests, on another day, and somebody else's with an `owner`; it is open, and does not
    come again.
    """
    rights.require(by, "create", Task)
    held = reading.find(Task, task, by)
    if held is None or not held.is_crm:
        raise _gone(task)
    with work.unit("Copy {name}", by=by, name=held.caption()) as unit:
        if planned is not None:
            _require_day(held, planned)
        theirs = {"owner": _at_work(owner)} if _is_given(held, owner) else {}
        made = repeating.like(
            held, reminder_date=day, reminder_time=at, repeats="", planned_on=None, left_out="", **theirs
        )
        _is_no_guest(made)
    return Moved(made.number, unit.number)


def single_out(task: int, planned: date, by: str) -> Moved:
    """Make this day of a series a task of its own, where it stands, to be changed by itself."""
    rights.require(by, "edit", Task)
    with work.unit("Take {name} out of its series", by=by) as unit:
        made = _on_its_own(_held(task, by, unit), planned)
    return Moved(made.number, unit.number)


def take_out(task: int, planned: date | None, by: str) -> Moved:
    """Take one day off a series, of which nothing is made: one that is planned; without a day the next one, and the one
    after it takes its place.
    """
    rights.require(by, "edit", Task)
    with work.unit("Leave out a day of {name}", by=by) as unit:
        held = _held(task, by, unit)
        if planned is not None:
            _require_day(held, planned)
            _leave_out(held, planned)
        elif not _advance(held):
            raise Mistake(_("No day of this series follows; delete it instead."))
        held.save()
    return Moved(held.number, unit.number)


def end_before(task: int, planned: date, by: str) -> Moved:
    """Let a series end before this one of its days."""
    rights.require(by, "edit", Task)
    with work.unit("End the series {name}", by=by) as unit:
        held = _held(task, by, unit)
        _require_day(held, planned)
        held.repeats = series.ending_before(held.repeats, planned)
        held.save()
    return Moved(held.number, unit.number)


# ---------------------------------------------------------------- what is done within a step


def _held(task: int, by: str, unit: Unit) -> Task:
    """The task as it is stored, which nobody else changes until the step ends."""
    held = next(iter(work.locked(Task, Task.number == task)), None)
    if held is None or not held.is_crm:
        raise _gone(task)
    rights.require(by, "edit", held)
    if not unit.message.parameters:
        unit.say(unit.message.text, name=held.caption())
    return held


def _gone(task: int) -> Mistake:
    return Mistake(_("{record} {number} is not there any more.").format(record=Task.singular, number=task))


def _place(held: Task, day: date | None, at: time | None) -> None:
    held.reminder_date, held.reminder_time = day, at if day is not None else None


def _is_given(held: Task, owner: str) -> bool:
    return bool(owner) and owner != held.__data__.get("owner")


def _give(held: Task, owner: str) -> None:
    """It is somebody else's from now on, who is no guest of it any more."""
    if _is_given(held, owner):
        held.owner = _at_work(owner)
        _is_no_guest(held)


def _at_work(owner: str) -> str:
    if all(each.id != owner for each in access.owners()):
        raise Mistake(_("There is no active operator {operator}.").format(operator=owner), "owner")
    return owner


def _is_no_guest(held: Task) -> None:
    """Whose it is comes anyway."""
    mine = of_record(Operator, [held.__data__.get("owner")])
    for guest in Guest.select().where((Guest.task == held.number) & mine):
        guest.delete_instance()


def _on_its_own(held: Task, planned: date) -> Task:
    """A task of its own for this day of the series."""
    _require_day(held, planned)
    _leave_out(held, planned)
    held.save()
    return repeating.like(held, reminder_date=planned, repeats="", planned_on=None, left_out="")


def _leave_out(held: Task, planned: date) -> None:
    held.left_out = series.kept([*series.left_out(held.left_out or ""), planned])


def _goes_on_alone(held: Task) -> bool:
    return bool(held.repeats) and series.is_by_rule(held.repeats) and not held.closed and held.reminder_date is not None


def _next(held: Task) -> tuple[date, str] | None:
    """The next day of the series after this one, and its rule from there."""
    begun = held.planned_on or held.reminder_date
    if begun is None:
        return None
    earliest = max(begun + timedelta(days=1), min(clock.today(), begun + timedelta(days=1)))
    return series.following(held.repeats, begun, earliest, series.left_out(held.left_out or ""))


def _go_on_without(held: Task) -> None:
    """The series goes on as a task of its own, and this one comes once."""
    if (found := _next(held)) is not None:
        day, rule = found
        later = (each for each in series.left_out(held.left_out or "") if each > day)
        repeating.like(held, reminder_date=day, planned_on=day, repeats=rule, left_out=series.kept(later))
    held.repeats, held.left_out = "", ""


def _advance(held: Task) -> bool:
    found = _next(held) if _goes_on_alone(held) else None
    if found is None:
        return False
    held.reminder_date, held.repeats = found
    held.planned_on = held.reminder_date
    return True


def _shifted(rule: str, by_days: timedelta) -> str:
    """The rule of a series that was moved by so many days."""
    plain, (until, count) = series.apart(rule)
    ends = series.Ends(until + by_days if until is not None else None, count)
    weekly, _semicolon, those = plain.partition(";BYDAY=")
    if not by_days or "BY" not in plain:
        return series.joined(plain, ends)
    names = those.split(",")
    if plain == repeats.WORKDAYS or not weekly.startswith("FREQ=WEEKLY") or not set(names) <= set(WEEK):
        said = _("“{turn}” cannot be moved to other days; change how it repeats.")
        raise Mistake(said.format(turn=repeats.words(plain)), "repeats")
    moved = sorted((WEEK.index(name) + by_days.days) % 7 for name in names)
    return series.joined(f"{weekly};BYDAY={','.join(WEEK[each] for each in moved)}", ends)


# ---------------------------------------------------------------- what somebody else has changed


def _require_day(held: Task, planned: date) -> None:
    """The series still has that day: nobody has moved it, taken it off or done it meanwhile."""
    begun = held.planned_on or held.reminder_date
    but = series.left_out(held.left_out or "")
    is_open = bool(held.repeats) and not held.closed and begun is not None
    if not is_open or not series.coming(held.repeats, begun or planned, planned, planned, but):
        said = _("{name} does not come on {day:%Y-%m-%d} any more: it was moved or taken off meanwhile.")
        raise Mistake(said.format(name=held.caption(), day=planned))


def _require_there(held: Task, stood: Stood, wanted: Stood) -> None:
    found = []
    for name, was, mine in zip(("reminder_date", "reminder_time"), stood, wanted, strict=True):
        if getattr(held, name) not in (was, mine):
            found.append(_differs(held, name, was, mine))
    if found:
        raise Clash(held.caption(), found, _who(held))


def _differs(held: Task, name: str, was: object, mine: object) -> Difference:
    return Difference(name, Task.kind(name).label, was, mine, getattr(held, name))


def _who(held: Task) -> str:
    unit = work.latest_unit(Task._meta.table_name, held.number)
    return unit.by if unit is not None else ""


def _require_length(minutes: int) -> None:
    if not 0 <= minutes <= LONGEST:
        said = _("{field} must be between {least:,} and {most:,}.")
        raise Mistake(said.format(field=Task.kind("minutes").label, least=0, most=LONGEST), "minutes")
