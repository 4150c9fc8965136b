"""Entries of the calendar go to another day or time, each in one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Task
from channergy_crm.services import rights
from channergy_crm.work.called import deed

if TYPE_CHECKING:
    from datetime import date, time


def move(task: int, day: date, at: time | None, by: str, *, planned: date | None = None) -> Task:
    """Put an entry on another day or time; of a series only the turn `planned` for that day."""
    held = _found(task, by)
    if planned is not None:
        raise Mistake(_("One turn of a series cannot be moved by itself yet."))
    with work.unit(deed(held, N_("Move {record} {name}"), N_("Move {name}")), by=by, name=held.caption()):
        held.reminder_date, held.reminder_time = day, at
        held.save()
    return held


def move_all(task: int, day: date, at: time | None, by: str, *, planned: date | None = None) -> Task:
    """Move a whole series from this turn on."""
    return move(task, day, at, by)


def lengthen(task: int, minutes: int, by: str, *, planned: date | None = None) -> Task:
    """Say how long an entry is."""
    held = _found(task, by)
    if "minutes" not in Task.kinds():
        raise Mistake(_("How long it takes cannot be kept here yet."))
    with work.unit(deed(held, N_("Change {record} {name}"), N_("Change {name}")), by=by, name=held.caption()):
        setattr(held, "minutes", minutes)  # noqa: B010
        held.save()
    return held


def _found(task: int, by: str) -> Task:
    held: Task | None = Task.find(task)
    rights.require(by, "edit", held or Task)
    if held is None:
        raise Mistake(_("This entry is not there any more."))
    return held
