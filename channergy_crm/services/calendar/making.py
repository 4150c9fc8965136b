"""New entries of the calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Task
from channergy_crm.services import rights, saving, tasks

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time


def start(by: str, day: date, at: time | None, minutes: int, kind: str, owner: str = "") -> Task:
    """A new entry, not yet saved."""
    task = saving.start(Task, by)
    task.reminder_date, task.reminder_time, task.is_crm = day, at, True
    task.owner = owner or by
    return task


def save(task: Task, guests: Sequence[object], by: str) -> Task:
    """Keep a new or changed entry with its guests."""
    rights.require(by, "create" if task.is_new else "edit", task)
    return tasks.save(task, by)
