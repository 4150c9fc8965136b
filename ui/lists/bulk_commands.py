"""What can be done with many marked rows of a list: previewed, one step, one undo, with progress and Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.screen import Command
from ui.session.beside import Told

if TYPE_CHECKING:  # the first list is on the screen before any of its rows is marked
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QAction

    from channergy_crm.services import bulk_changes
    from channergy_crm.work.undo import Progress as Tell
    from ui.lists.table import RecordTable
    from ui.session.session import Session

    Work = Callable[[Tell], bulk_changes.Changed]

MARK_FIRST = "Mark the rows first: click, Shift+click, or Ctrl+A for all."


def offer_changes(table: RecordTable, session: Session) -> None:
    """Give a list *Set a field…* (Ctrl+E) and *Give to another operator…* for its marked rows (VT-158, VT-159)."""
    offer(table, session, "set_field", "Set a field…", "edit", _set_field, "Ctrl+E")
    if table.record.owner_kind() is not None:
        offer(table, session, "reassign", "Give to another operator…", "operator", _reassign)


def offer_lists(table: RecordTable, session: Session) -> None:
    """Give a list *Put on a list…* and *Take off a list…* for its marked rows."""
    offer(table, session, "put_on_list", "Put on a list…", "add", _put_on_list)
    offer(table, session, "take_off_list", "Take off a list…", "remove", _take_off_list)


def offer(
    table: RecordTable, session: Session, name: str, text: str, sign: str,
    what: Callable[[RecordTable, Session, list[object]], None], key: str = "",
) -> QAction:  # fmt: skip
    """Give a list a command for its marked rows; without any it says how rows are marked."""

    def run(table: RecordTable) -> None:
        if keys := table.marked():
            what(table, session, keys)
        else:
            session.notices.warn(MARK_FIRST)

    return table.add_command(Command(name, text, run, sign, key))


def counted(table: RecordTable, count: int) -> str:
    """So many of what the list shows: “1 lead”, “30 leads”."""
    return f"{count:,} {(table.record.singular if count == 1 else table.record.plural).lower()}"


def _set_field(table: RecordTable, session: Session, keys: list[object]) -> None:
    from channergy_crm.services import bulk_changes
    from ui.lists.set_field_dialog import SetFieldDialog

    dialog = SetFieldDialog(table.record, keys, table, session.station, by=session.by)
    if not dialog.exec():
        return
    name, value = dialog.chosen()
    by = session.by
    on_many(
        session, keys, lambda tell: bulk_changes.set_field(table.record, keys, name, value, by, tell),
        f"{table.record.kind(name).label} set on {{count:,}} {table.record.plural.lower()}.",
    )  # fmt: skip


def _reassign(table: RecordTable, session: Session, keys: list[object]) -> None:
    from channergy_crm.services import bulk_changes, operators
    from ui.lists.choose_dialog import ChooseDialog

    who = {operator.id: operator.caption() for operator in operators.everybody(session.by)}
    what = counted(table, len(keys))
    dialog = ChooseDialog(
        "reassign", f"Give {what} to another operator", "Operator", list(who.items()), "Give",
        lambda id: f"{what} go to {who[id]} and leave your list.", first="Choose who works on them from now on.",
        parent=table, station=session.station,
    )  # fmt: skip
    if dialog.exec():
        owner, by = dialog.chosen(), session.by
        on_many(
            session, keys, lambda tell: bulk_changes.reassign(table.record, keys, owner, by, tell),
            f"{{count:,}} {table.record.plural.lower()} given to {who[owner]}.",
        )  # fmt: skip


def _put_on_list(table: RecordTable, session: Session, keys: list[Any]) -> None:
    from channergy_crm.services import hand_lists
    from ui.lists.choose_dialog import ChooseDialog

    names = [(held.name, held.name) for held in hand_lists.of(table.record, session.by)]
    known, what = {name.casefold() for name, _ in names}, counted(table, len(keys))

    def say(name: str) -> str:
        begins = "" if name.casefold() in known else " This list is begun."
        return f'{what} are put on “{name}”; the filter list:"{name}" finds them.{begins}'

    dialog = ChooseDialog(
        "put_on_list", f"Put {what} on a list", "List", names, "Put on list", say, new=True,
        option="A new list is shared with the office", first="Choose a list, or type the name of a new one.",
        parent=table, station=session.station,
    )  # fmt: skip
    if dialog.exec():
        name, shared, by = dialog.chosen(), dialog.ticked(), session.by
        on_many(
            session, keys, lambda tell: hand_lists.put_on(table.record, keys, name, by, tell, shared=shared),
            f"{{count:,}} {table.record.plural.lower()} put on “{name}”.",
        )  # fmt: skip


def _take_off_list(table: RecordTable, session: Session, keys: list[Any]) -> None:
    from channergy_crm.services import hand_lists
    from ui.lists.choose_dialog import ChooseDialog

    names = [(held.name, held.name) for held in hand_lists.of(table.record, session.by)]
    if not names:
        session.notices.warn(f"There is no list of {table.record.plural.lower()} yet.")
        return
    what = counted(table, len(keys))
    dialog = ChooseDialog(
        "take_off_list", f"Take {what} off a list", "List", names, "Take off",
        lambda name: f"Those of the {what} that are on “{name}” are taken off it. They stay as they are.",
        parent=table, station=session.station,
    )  # fmt: skip
    if dialog.exec():
        name, by = dialog.chosen(), session.by
        on_many(
            session, keys, lambda tell: hand_lists.take_off(table.record, keys, name, by, tell),
            f"{{count:,}} {table.record.plural.lower()} taken off “{name}”.",
        )  # fmt: skip


def previewed(table: RecordTable, name: str, verb: str, becomes: str) -> bool:
    """Tell what is about to become of several rows: “4 leads leave the list.”; whether it shall. One simply goes."""
    count = table.grid.marked_count()
    if count < 2:
        return True
    from ui.lists.preview_dialog import PreviewDialog

    what = counted(table, count)
    return bool(PreviewDialog(name, f"{verb} {what}", f"{what} {becomes}", verb, table).exec())


def on_many(session: Session, keys: Sequence[Any], work: Work, told: str) -> None:
    """Do something to many records beside the window; `told` says how many it changed, with Undo."""

    session.work(
        lambda progress: work(progress.step), label=f"Changing {len(keys):,} records",
        told=lambda changed: Told(told.format(count=changed.records), changed.unit),
        cancelled="Stopped; nothing was changed.",
    )  # fmt: skip
