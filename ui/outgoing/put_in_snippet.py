"""*Put in a snippet*: the texts of the office and one's own, with their fields still in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import snippets
from ui.look.plain import unmarked
from ui.setup.scripts.put_in import PutIn
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

SHOWN = 40
"""letters of a text in the menu"""


class PutInSnippet(PutIn):
    """Drops down the snippets; `chosen` tells the text of the one that was chosen."""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(name, session, parent)
        self.setText(_("Put in a snippet"))
        named(self, f"{name}.put_in_snippet", _("Put in a snippet"))

    def _fill(self) -> None:
        self._menu.clear()
        rows = self._session.attempt(lambda: snippets.every(self._session.by)) or []
        for row in rows:
            text = str(row.text or "")
            said = " ".join(text.split())[:SHOWN]
            action = self._menu.addAction(unmarked(f";{row.word}   {said}"))
            action.triggered.connect(lambda _on=False, text=text: self.chosen.emit(text))
        if not rows:
            self._menu.addAction(_("There is no snippet yet; Settings has them.")).setEnabled(False)
