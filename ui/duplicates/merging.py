"""Two to five records side by side, made one in one step that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what merging needs is loaded when somebody merges
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.duplicates.merging import Merged
    from channergy_crm.work.record import Record
    from ui.session.background import Progress
    from ui.session.session import Session

AT_ONCE = 200  # records that move before anybody could notice a pause


def ask(
    record: type[Record], keys: Sequence[Any], session: Session, parent: QWidget, then: Callable[[Merged], object]
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

    def done(merged: Merged) -> None:
        what = record.singular.lower() if merged.others == 1 else f"{merged.others} {record.plural.lower()}"
        text = f"{what} merged into {merged.record.caption()}."
        session.notices.say(text[0].upper() + text[1:], undo=lambda: session.undo_unit(merged.unit), level="done")
        then(merged)

    def beside(progress: Progress) -> Merged:
        with session.office.borrowed():
            return merge(proposal, keep, choice, by)

    if proposal.moving(keep).total() <= AT_ONCE:
        if merged := session.attempt(lambda: merge(proposal, keep, choice, by)):
            done(merged)
        return
    session.background.run(
        beside, label="Merging", done=done, failed=lambda error: session.notices.say(error.message, level="warning")
    )
