"""Merging from a list: the marked rows side by side, made one in one step that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from channergy_crm.records import Account, Lead
from channergy_crm.records.different import RECORDS
from channergy_crm.services.duplicates.merging import Merged, merge
from channergy_crm.services.duplicates.proposal import MOST, propose
from channergy_crm.work.record import Record
from ui.lists.table import RecordTable
from ui.session.background import Progress
from ui.session.session import Desk

AT_ONCE = 200  # records that move before anybody could notice a pause


def find_duplicates(record: type[Record], desk: Desk, parent: QWidget) -> None:
    """Look for those who look alike in a whole list, and settle them one by one."""
    from ui.duplicates.duplicates_dialog import DuplicatesDialog

    window: Any = parent.window()
    if window.may_leave():
        DuplicatesDialog(record if record in RECORDS else Lead, desk, parent).exec()


def merge_marked(table: RecordTable, desk: Desk) -> None:
    """Ctrl+M: make one of the two to five that are marked."""
    keys = table.marked() if table.grid.marked_count() <= MOST else []
    if len(keys) < 2:
        name = table.record.plural.lower()
        desk.notices.say(f"Mark two to {MOST} {name} first: Ctrl+click or Shift+click.", level="warning")
        return
    window: Any = table.window()
    if window.may_leave():
        ask(table.record, keys, desk, table, lambda merged: _show(table, desk, merged))


def _show(table: RecordTable, desk: Desk, merged: Merged) -> None:
    """Come to the one that was kept."""
    if table.record in (Lead, Account):
        desk.go_to(table.record.singular.lower(), merged.record.key)
    else:
        table.go_to(merged.record.key)


def ask(
    record: type[Record], keys: Sequence[Any], desk: Desk, parent: QWidget, then: Callable[[Merged], object]
) -> None:
    """Show records side by side and merge them as somebody chooses; `then` is told what came of it."""
    from ui.duplicates.merge_dialog import MergeDialog

    by = desk.by
    proposal = desk.attempt(lambda: propose(record, keys, by))
    if proposal is None:
        return
    dialog = MergeDialog(proposal, parent, desk.station)
    if not dialog.exec():
        return
    keep, choice = dialog.keep(), dialog.choice()

    def done(merged: Merged) -> None:
        what = record.singular.lower() if merged.others == 1 else f"{merged.others} {record.plural.lower()}"
        text = f"{what} merged into {merged.record.caption()}."
        desk.notices.say(text[0].upper() + text[1:], undo=lambda: desk.undo_unit(merged.unit), level="done")
        then(merged)

    def beside(progress: Progress) -> Merged:
        with desk.office.borrowed():
            return merge(proposal, keep, choice, by)

    if proposal.moving(keep).total() <= AT_ONCE:
        if merged := desk.attempt(lambda: merge(proposal, keep, choice, by)):
            done(merged)
        return
    desk.tasks.run(
        beside, label="Merging", done=done, failed=lambda error: desk.notices.say(error.message, level="warning")
    )
