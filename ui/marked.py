"""What can be done with many marked rows of a list: previewed, one step, one undo, with progress and Cancel."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QAction, QKeySequence

from channergy_crm.services import marked
from channergy_crm.undo import Progress as Tell
from ui.desk import Desk
from ui.icons import icon
from ui.table import RecordTable
from ui.tasks import Progress

Work = Callable[[Tell], marked.Changed]


def offer_set_field(table: RecordTable, desk: Desk) -> None:
    """Give a list *Set a field…* for its marked rows (Ctrl+E and the menu of the row)."""
    action = QAction(icon("edit", table), "Set a field…", table)
    action.setObjectName(f"{table.name}.set_field")
    action.setShortcut(QKeySequence("Ctrl+E"))
    action.triggered.connect(lambda: _set_field(table, desk))
    table.addAction(action)


def _set_field(table: RecordTable, desk: Desk) -> None:
    from ui.dialogs.set_field import SetFieldDialog

    keys = table.marked()
    if not keys:
        desk.notices.say("Mark the rows first: click, Shift+click, or Ctrl+A for all.", level="warning")
        return
    dialog = SetFieldDialog(table.record, keys, table, desk.station)
    if not dialog.exec():
        return
    name, value = dialog.chosen()
    by = desk.by
    on_many(
        desk, keys, lambda tell: marked.set_field(table.record, keys, name, value, by, tell),
        f"{table.record.kind(name).label} set on {{count:,}} {table.record.plural.lower()}.",
    )  # fmt: skip


def on_many(desk: Desk, keys: Sequence[Any], work: Work, told: str) -> None:
    """Do something to many records beside the window; `told` says how many it changed, with Undo."""

    def beside(progress: Progress) -> marked.Changed:
        with desk.office.borrowed():
            return work(progress.step)

    def done(changed: marked.Changed) -> None:
        undo = partial(desk.undo_unit, changed.unit) if changed.unit else None
        desk.notices.say(told.format(count=changed.records), undo=undo, level="done")

    desk.tasks.run(
        beside, label=f"Changing {len(keys):,} records", done=done,
        failed=lambda error: desk.notices.say(error.message, level="warning"),
        cancelled=lambda: desk.notices.say("Stopped; nothing was changed."),
    )  # fmt: skip
