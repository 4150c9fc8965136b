"""Saving, deleting and taking back, the same for every record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from channergy_crm import clock, work
from channergy_crm.errors import Clash, CRMError, Refused
from channergy_crm.language import N_, _, counted, one
from channergy_crm.services import areas, rights
from channergy_crm.work import undo
from channergy_crm.work.called import among, deed, names_itself
from channergy_crm.work.clashes import take_theirs
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

R = TypeVar("R", bound=Record)


def start(record: type[R], by: str, project: int | None = None) -> R:
    """A new record, not yet saved, that this operator has begun and owns; it belongs to the project they work in."""
    rights.require(by, "create", record)
    fields = record._meta.fields
    values: dict[str, object] = {name: by for name in ("owner", "created_by") if name in fields}
    if "created_on" in fields:
        values["created_on"] = clock.now() if fields["created_on"].field_type == "DATETIME" else clock.today()
    if project is not None and "project" in fields:
        values["project"] = project
    return record(**values)


def save(record: R, by: str) -> R:
    """Write a new or changed record. Other people's changes to other fields are kept; `Clash` when both changed one."""
    from channergy_crm.services import team_notices

    new = record.is_new
    rights.require(by, "create" if new else "edit", record)
    if not new:
        rights.require_shown(type(record), record.changes(), by)
    made, saved = (N_("Create {record} {name}"), N_("Create {name}")), (N_("Save {record} {name}"), N_("Save {name}"))
    was_won = team_notices.was_won(record)
    with work.unit(deed(record, *(made if new else saved)), by=by, record=one(record), name=record.caption()):
        record.save()
        if not was_won and team_notices.is_won(record):
            team_notices.sale(record, by)
    return record


def settle_clash(
    record: R, clash: Clash, choice: dict[str, object], by: str, write: Callable[[R, str], object] = save
) -> R:
    """Save a record two people changed: `choice` holds the value somebody chose for each field in question.

    What a third one has saved since, while both versions were looked at, is a `Clash` again: nobody has seen it yet.
    Where nothing is saved, nothing is chosen: the record holds what was typed. `write` is the service that writes it,
    which may write something else in the same step.
    """
    rights.require(by, "edit", record)
    typed = record.held()
    try:
        for each in clash.differences:
            take_theirs(record, each.name, each.theirs)
            setattr(record, each.name, choice.get(each.name, each.mine))
        write(record, by)
    except CRMError as error:
        record.hold(typed)
        if isinstance(error, Clash):
            anew = {each.name for each in error.differences}
            error.differences += [each for each in clash.differences if each.name not in anew]
        raise
    return record


def delete(record: Record, by: str) -> None:
    """Delete a record; undo brings it back."""
    from channergy_crm.records import guests, sold

    rights.require(by, "remove", record)
    sold.require_free([record])
    done = deed(record, N_("Delete {record} {name}"), N_("Delete {name}"))
    with work.unit(done, by=by, record=one(record), name=record.caption()):
        guests.let_go([record])
        record.delete_instance()


def delete_all(records: Sequence[Record], by: str) -> str:
    """Delete records of one type in one step; undo brings all of them back. What was deleted, in words."""
    from channergy_crm.records import guests, sold

    rights.require(by, "remove", records[0])
    first, count = records[0], len(records)
    if count == 1:
        delete(first, by)
        said = "{name}" if names_itself(first) else _("{record} {name}")
        return said.format(record=one(first), name=first.caption())
    sold.require_free(records)
    said = counted(among(type(first), [record.key for record in records]), count)
    with work.unit("Delete {records}", by=by, records=said):
        guests.let_go(records)
        for record in records:
            record.delete_instance()
    return said


def undoable(by: str) -> undo.Entry | None:
    """What Ctrl+Z of this operator would take back."""
    rights.require(by, "undo")
    return undo.undoable(by)


def redoable(by: str) -> undo.Entry | None:
    """What Ctrl+Shift+Z of this operator would do again."""
    rights.require(by, "undo")
    return undo.redoable(by)


def size(number: int, by: str) -> int:
    """How many records one unit of work changed."""
    rights.require(by, "undo")
    return undo.size(number)


def undo_latest(by: str) -> work.Done | None:
    """Take back the latest thing this operator did; what was taken back, or None when there is nothing."""
    entry = undoable(by)
    return reverse(entry.number, by) if entry else None


def redo_latest(by: str) -> work.Done | None:
    """Do again what was taken back last."""
    entry = redoable(by)
    return reverse(entry.number, by) if entry else None


def reverse(number: int, by: str, progress: undo.Progress | None = None) -> work.Done | None:
    """Take back one particular unit, or do again what was taken back."""
    from channergy_crm.services.products import stock

    rights.require(by, "undo")
    tables = stock.asked_for(number, undo.tables(number))
    if refused := rights.may_take_back(by, undo.whose(number), tables):
        raise Refused(refused)
    return undo.reverse(number, by=by, records=areas.every_table(), progress=progress)
