"""Who gets what becomes due while somebody is away: none, one or several of those at work (BX-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import absences, operators
from ui.editors.multi_choice import SeveralEditor
from ui.look.plain import as_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class ReceiversEditor(SeveralEditor):
    """The operators at work but the one who is away; those that are checked get it in turn."""

    def __init__(self, id: str, by: str, parent: QWidget) -> None:
        known = [(each.id, each.name) for each in absences.receivers_offered(id, by)]
        super().__init__(known, str.split, parent)

    def chosen(self) -> list[str]:
        """Their IDs, in the order in which they were checked."""
        return list(self._values)

    def clear_all(self) -> None:
        """Nobody gets it."""
        self.set_value("")

    def _fill(self) -> None:
        super()._fill()
        self.removeItem(self.count() - 1)  # nobody is added to the office here

    def _tell(self) -> None:
        super()._tell()
        self.setToolTip(as_tip(self.currentText() or explained()))


def explained() -> str:
    """What happens while somebody is away, in a sentence or two."""
    return _(
        "Whoever is chosen gets the tasks that become due meanwhile, in turn; what is not done comes back after the "
        "last day. Reminders of leads stay, and are offered to whoever may take them over."
    )


def names(ids: Sequence[str], by: str) -> str:
    """What these operators are called, for a line of text."""
    known = {each.id: each.name for each in operators.everybody(by, retired=True)}
    return ", ".join(known.get(id, id) for id in ids)
