"""Merging from a list: the marked rows side by side, made one in one step that can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _, many
from channergy_crm.records import Lead
from ui.duplicates import merging
from ui.screen import Command

if TYPE_CHECKING:  # what merging needs is loaded when somebody merges
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.duplicates.merging import Merged
    from channergy_crm.work.record import Record
    from ui.lists.table import RecordTable
    from ui.session.session import Session


def offer_merging(table: RecordTable, session: Session) -> None:
    """Give a list *Merge…* for its marked rows and *Find duplicates…*, where merging has a meaning."""
    if table.record.about.twice:
        merge = partial(merge_marked, session=session)
        find = partial(find_duplicates, table.record, session)
        table.add_command(Command("merge", N_("Merge…"), merge, "merge", "Ctrl+M"), here=True)
        table.add_command(Command("find_duplicates", N_("Find duplicates…"), find, "duplicates"))


def find_duplicates(record: type[Record], session: Session, parent: QWidget) -> None:
    """Look for those who look alike in a whole list, and settle them one by one."""
    from ui.duplicates.duplicates_dialog import DuplicatesDialog

    window: Any = parent.window()
    if window.may_leave():
        DuplicatesDialog(record if record.about.twice else Lead, session, parent).exec()


def merge_marked(table: RecordTable, session: Session) -> None:
    """Ctrl+M: make one of the two to five that are marked."""
    from channergy_crm.services.duplicates.proposal import MOST

    keys = table.marked() if table.grid.marked_count() <= MOST else []
    if len(keys) < 2:
        session.notices.warn(
            _("Mark two to {most} {records} first: Ctrl+click or Shift+click.").format(
                most=MOST, records=many(table.called)
            )
        )
        return
    window: Any = table.window()
    if window.may_leave():
        merging.ask(table.record, keys, session, table, lambda merged: _show(table, session, merged))


def _show(table: RecordTable, session: Session, merged: Merged) -> None:
    """Come to the one that was kept."""
    if table.record.about.page:
        session.go_to(table.record.about.target, merged.record.key)
    else:
        table.go_to(merged.record.key)
