"""How the follow-ups of events stand, and which tasks are some."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.language import _, ngettext
from channergy_crm.records import Task
from channergy_crm.records.events import Event, FellTo, FollowUp
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

AT_ONCE = 500


class Standing(NamedTuple):
    """How many follow-ups of an event are open, how many of those are late, and how many wait to be made."""

    open: int
    late: int
    waiting: int


def standings(by: str) -> dict[int, Standing]:
    """How the follow-ups of each event stand, by its number."""
    rights.require_events(by)
    now = clock.now()
    timed = (Task.reminder_date == now.date()) & (Task.reminder_time > "")
    late = (Task.reminder_date < now.date()) | (timed & (Task.reminder_time < f"{now:%H:%M}"))
    columns = (peewee.fn.COUNT(FollowUp.number), peewee.fn.SUM(peewee.Case(None, [(late, 1)], 0)))
    found = FollowUp.select(FollowUp.event, *columns).join(Task, on=(FollowUp.task == Task.number))
    standing = {
        event: Standing(count, int(delayed or 0), 0)
        for event, count, delayed in found.where(~Task.closed).group_by(FollowUp.event).tuples().execute()
    }
    waiting = FollowUp.select(FollowUp.event, peewee.fn.COUNT(FollowUp.number)).where(FollowUp.task.is_null())
    for event, count in waiting.group_by(FollowUp.event).tuples().execute():
        standing[event] = standing.get(event, Standing(0, 0, 0))._replace(waiting=count)
    return standing


def of_task(task: int, by: str) -> Event | None:
    """The event a task comes from, None where somebody made it by hand."""
    rights.require(by, "see", Task)
    joined = Event.select().join(FollowUp, on=(FollowUp.event == Event.number))
    found: Event | None = joined.where(FollowUp.task == task).first()
    return found


def events_of(tasks: Collection[int], by: str) -> dict[int, str]:
    """The names of the events these tasks come from, by the number of the task."""
    rights.require(by, "see", Task)
    numbers: Sequence[int] = list(tasks)
    found: dict[int, str] = {}
    for start in range(0, len(numbers), AT_ONCE):
        rows = FollowUp.select(FollowUp.task, Event.name).join(Event, on=(FollowUp.event == Event.number))
        found.update(rows.where(FollowUp.task.in_(numbers[start : start + AT_ONCE])).tuples().execute())
    return found


def fallen(by: str) -> dict[int, str]:
    """For each event of which open follow-ups went elsewhere, because nobody of the first choice is at work: a
    sentence that says so.
    """
    rights.require_events(by)
    columns = FollowUp.event, FollowUp.fell, peewee.fn.COUNT(FollowUp.number)
    rows = FollowUp.select(*columns).join(Task, on=(FollowUp.task == Task.number))
    open_ones = rows.where(~Task.closed & (FollowUp.fell != "")).group_by(FollowUp.event, FollowUp.fell)
    found: dict[int, list[str]] = {}
    for event, fell, count in open_ones.tuples().execute():
        found.setdefault(event, []).append(_fell(fell, count))
    nobody = FollowUp.select(FollowUp.event, peewee.fn.COUNT(FollowUp.number))
    lost = nobody.where(FollowUp.task.is_null() & (FollowUp.receiver == "")).group_by(FollowUp.event)
    for event, count in lost.tuples().execute():
        said = ngettext("{count:,} waits, because nobody who could get it is at work.",
                        "{count:,} wait, because nobody who could get them is at work.", count)  # fmt: skip
        found.setdefault(event, []).append(said.format(count=count))
    return {event: " ".join(said) for event, said in found.items()}


def _fell(fell: str, count: int) -> str:
    said = {
        FellTo.ELSE: ngettext("{count:,} went to whoever is named instead, for nobody else is at work.",
                              "{count:,} went to whoever is named instead, for nobody else is at work.", count),
        FellTo.OWNER: ngettext("{count:,} went to the owner of the record, for nobody else is at work.",
                               "{count:,} went to the owners of the records, for nobody else is at work.", count),
        FellTo.WRITER: ngettext("{count:,} went to who wrote the rule, for nobody else is at work.",
                                "{count:,} went to who wrote the rule, for nobody else is at work.", count),
    }  # fmt: skip
    return said.get(FellTo(fell), _("Some went elsewhere.")).format(count=count)
