"""The office's own lists behind the drop-downs (CH-149…CH-154, C20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSplitter, QWidget

from channergy_crm.language import _, closing
from channergy_crm.services import lookups
from channergy_crm.services.rights import Program
from ui.setup.list_of_lists import ListOfLists
from ui.setup.lookup_values import Values
from ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office


class LookupsDialog(Dialog):
    """Left the lists, right the values of one. What is changed is saved at once and can be undone afterwards.

    With `table` and `field` it opens at that list, ready for a new value, and `typed` stands there already. With the
    office at hand many rows are changed beside the window.
    """

    def __init__(
        self,
        station: Station,
        by: str,
        parent: QWidget | None = None,
        table: str | None = None,
        field: str | None = None,
        *,
        typed: str = "",
        office: Office | None = None,
    ) -> None:
        super().__init__("lookups", _("Lookups"), parent, station, size=(900, 560))
        self._lists = ListOfLists(lookups.fields(Program.ITSELF), self)  # everybody sees them in the drop-downs
        self._values = Values(by, office, self)
        self._lists.chosen.connect(self._open)
        self._values.waiting.connect(self._lists.setDisabled)
        halves = QSplitter(self)
        halves.setObjectName("lookups.halves")
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._lists)
        halves.addWidget(self._values)
        halves.setStretchFactor(1, 1)
        halves.setSizes([250, 650])
        self.body.addWidget(halves, 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))
        self._lists.announce()
        self._lists.setFocus()
        if table is not None and field is not None:
            self._lists.go_to(table, field)
            self._values.begin(typed)

    def reject(self) -> None:
        """Esc first takes back a rename that waits for its answer; while rows are being changed it waits itself."""
        if not self._values.busy and not self._values.take_back():
            super().reject()

    def _open(self, table: str, field: str) -> None:
        self._values.open(table, field, self._lists.label())
