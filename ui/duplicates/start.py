"""Merging from a list: the marked rows side by side, made one in one step that can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import source
from channergy_crm.records import Account, Lead
from channergy_crm.records.different import RECORDS
from ui.duplicates import merging

if TYPE_CHECKING:  # what merging needs is loaded when somebody merges
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.duplicates.merging import Merged
    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session


def offer_merging(table: RecordTable, session: Session) -> None:
    """Give a list *Merge…* for its marked rows and *Find duplicates…*, where merging has a meaning."""
    if table.record in RECORDS:
        table.add_command("merge", "Merge…", "merge", lambda: merge_marked(table, session), "Ctrl+M", here=True)
        find = partial(find_duplicates, table.record, session, table)
        table.add_command("find_duplicates", "Find duplicates…", "duplicates", find)


def find_duplicates(record: type[Record], session: Session, parent: QWidget) -> None:
    """Look for those who look alike in a whole list, and settle them one by one."""
    from ui.duplicates.duplicates_dialog import DuplicatesDialog

    window: Any = parent.window()
    if window.may_leave():
        DuplicatesDialog(record if record in RECORDS else Lead, session, parent).exec()


def merge_marked(table: RecordTable, session: Session) -> None:
    """Ctrl+M: make one of the two to five that are marked."""
    from channergy_crm.services.duplicates.proposal import MOST

    keys = table.marked() if table.grid.marked_count() <= MOST else []
    if len(keys) < 2:
        name = table.record.plural.lower()
        session.notices.say(f"Mark two to {MOST} {name} first: Ctrl+click or Shift+click.", level="warning")
        return
    window: Any = table.window()
    if window.may_leave():
        merging.ask(table.record, keys, session, table, lambda merged: _show(table, session, merged))


def _show(table: RecordTable, session: Session, merged: Merged) -> None:
    """Come to the one that was kept."""
    if table.record in (Lead, Account):
        session.go_to(source(table.record, "singular").lower(), merged.record.key)
    else:
        table.go_to(merged.record.key)
