"""Two to five records side by side, made one in one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, counted
from ui.session.beside import Told

if TYPE_CHECKING:  # what merging needs is loaded when somebody merges
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.duplicates.merging import Merged
    from channergy_crm.work.record import Record
    from ui.session.session import Session

AT_ONCE = 200  # records that move before anybody could notice a pause


def ask(
    record: type[Record], keys: Sequence[object], session: Session, parent: QWidget, then: Callable[[Merged], object]
) -> None:
    """Show records side by side and merge them as somebody chooses; `then` is told what came of it."""
    from channergy_crm.services.duplicates.merging import merge
    from channergy_crm.services.duplicates.proposal import propose
    from ui.duplicates.merge_dialog import MergeDialog

    by = session.by
    proposal = session.attempt(lambda: propose(record, keys, by))
    if proposal is None:
        return
    dialog = MergeDialog(proposal, parent, session.station)
    if not dialog.exec():
        return
    keep, choice = dialog.keep(), dialog.choice()

    def told(merged: Merged) -> Told:
        said = _("{record} merged into {name}.") if merged.others == 1 else _("{records} merged into {name}.")
        text = said.format(record=record.singular, records=counted(record, merged.others), name=merged.record.caption())
        return Told(text, merged.unit)

    session.work(
        lambda _progress: merge(proposal, keep, choice, by), label=_("Merging"), told=told, done=then,
        at_once=proposal.moving(keep).total() <= AT_ONCE,
    )  # fmt: skip
