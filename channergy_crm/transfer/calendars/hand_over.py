"""A new event is handed to the system's calendar, once: as a small file that its program opens (SI-31)."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from channergy_crm import kept
from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE, Lead, Task
from channergy_crm.services import rights
from channergy_crm.settings import home
from channergy_crm.transfer.calendars.events import TABLES, text, told
from channergy_crm.work.journal import ChangeRow, UnitRow
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work import Done

MOST = 50
"""events of one step: what changes more of them is no reminder somebody has just set"""
STAYS_S = 3600
"""seconds for which such a file may be read"""
DAY_GIVEN = '%"reminder_date": "%'  # unsaid: how the journal keeps it


class Unwritable(Surroundings):
    """A calendar file cannot be written where it is to lie."""


def stands_among(changed: Done, by: str) -> bool:
    """Whether a step has touched a reminder with the box; asked at once after every step, so it looks no further."""
    rights.require(by, "see")
    for record in (Task, Lead):
        keys = list(changed.keys(record._meta.table_name))
        if 0 < len(keys) <= MOST and record.select().where(record.number.in_(keys) & record.in_calendar).exists():
            return True
    return False


def new_in(unit: int, by: str) -> list[Task | Lead]:
    """The reminders that this step of this operator has put into their calendar: they were not there before it.

    What is taken back or done again is none of them, nor what goes on with another reminder in the same step: the next
    one of a task that comes again, or the task of a lead that is converted.
    """
    rights.require(by, "see")
    row = UnitRow.get_or_none((UnitRow.number == unit) & (UnitRow.by == by) & (UnitRow.mode == "do"))
    if row is None:
        return []
    mine = (ChangeRow.unit == unit) & ChangeRow.table.in_(list(TABLES))
    changes = list(ChangeRow.select().where(mine).order_by(ChangeRow.number).limit(MOST + 1))
    if len(changes) > MOST:
        return []
    goes_on = any(change.verb == "update" for change in changes)
    fresh = dict.fromkeys(
        (change.table, int(change.key)) for change in changes
        if _may_be_new(change) and not (goes_on and change.verb == "insert")
    )  # fmt: skip
    held = [_held(BY_TABLE[table], number, by) for table, number in fresh]
    return [one for one in held if one is not None]


def _may_be_new(change: ChangeRow) -> bool:
    """Whether the box was ticked, or a ticked one given its first day."""
    before, after = (unpacked(BY_TABLE[change.table], held) for held in (change.before, change.after))
    if change.verb == "delete" or not (after.get("in_calendar") or after.get("reminder_date")):
        return False
    if after.get("in_calendar") and not before.get("in_calendar"):
        return True
    same = (ChangeRow.table == change.table) & (ChangeRow.key == change.key) & (ChangeRow.unit < change.unit)
    return (
        not before.get("reminder_date") and not ChangeRow.select().where(same & (ChangeRow.after**DAY_GIVEN)).exists()
    )


def _held(record: type[Any], number: int, by: str) -> Task | Lead | None:
    """The record, where it stands in the calendar now."""
    open_ones = ~Task.closed if record is Task else Lead.working()
    stands = record.in_calendar & record.reminder_date.is_null(False) & open_ones
    found: Task | Lead | None = rights.rows(record, by).where((record.number == number) & stands).first()
    return found


def lie_in() -> Path:
    """The folder of what was handed over: only this user can read it."""
    return home() / "calendar"


def handed(unit: int, by: str) -> Path | None:
    """The file of what this step has put into the calendar, for the system's program; None where that is nothing."""
    fresh = new_in(unit, by)
    if not fresh:
        return None
    clear(STAYS_S)
    path = lie_in() / f"{plain(fresh[0].caption())}.ics"
    put(path, text(told(fresh, by), by))
    return path


def put(path: Path, said: str) -> None:
    """Write a calendar file, whole or not at all; `Unwritable` says why that cannot be."""
    try:
        kept.write_whole(path, said, newline="")
    except OSError as error:
        why = _("The calendar file {file} cannot be written: {reason}.")
        raise Unwritable(why.format(file=path, reason=error.strerror or error)) from error


def plain(text: str) -> str:
    """A text as a part of a file's name, on every system."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "_" for sign in text)[:60].strip("_") or "_"


def clear(seconds: float = 0) -> None:
    """What was handed over longer ago than this goes from the disk."""
    with suppress(OSError):
        for path in lie_in().glob("*.ics"):
            if seconds == 0 or path.stat().st_mtime < time.time() - seconds:
                path.unlink()
