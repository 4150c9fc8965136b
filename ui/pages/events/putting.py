"""*Put in a field*: those of the record a rule is about, and of the records it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services.events import wording
from channergy_crm.services.filling import offered
from channergy_crm.text import placeholders
from ui.look.plain import unmarked
from ui.setup.scripts.put_in import PutIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QWidget

    from ui.session.session import Session


class PutInto(PutIn):
    """Drops down the fields a follow-up may say; `table` is asked when it drops down."""

    def __init__(self, session: Session, table: Callable[[], str], parent: QWidget) -> None:
        super().__init__("events", session, parent)
        self._table = table
        self.quiet()

    def _fill(self) -> None:
        self._menu.clear()
        known = set(wording.known(self._table()))
        groups: dict[str, QMenu] = {}
        for each in self._session.attempt(lambda: offered(self._session.by)) or []:
            if each.name not in known:
                continue
            menu = groups.get(each.group)
            if menu is None:
                menu = groups[each.group] = self._menu.addMenu(unmarked(each.group))
            action = menu.addAction(unmarked(each.label))
            action.triggered.connect(lambda _on=False, name=each.name: self.chosen.emit(placeholders.written(name)))
