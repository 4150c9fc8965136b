"""*Put in a field*: what a rule waits for, the fields of its record, and of the records that one leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services.events import facts, wording
from channergy_crm.services.filling import offered
from channergy_crm.text import placeholders
from ui.look.plain import unmarked
from ui.setup.scripts.put_in import PutIn

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QWidget

    from ui.session.session import Session


class PutInto(PutIn):
    """Drops down what a follow-up may say; for which table and trigger is asked (`about`) when it drops down."""

    def __init__(self, session: Session, about: Callable[[], tuple[str, str]], parent: QWidget) -> None:
        super().__init__("events", session, parent)
        self._about = about
        self.quiet()

    def _fill(self) -> None:
        self._menu.clear()
        table, trigger = self._about()
        known = set(wording.known(table, trigger))
        groups: dict[str, QMenu] = {}
        for each in [*facts.offered(trigger), *(self._session.attempt(lambda: offered(self._session.by)) or [])]:
            if each.name not in known:
                continue
            menu = groups.get(each.group)
            if menu is None:
                menu = groups[each.group] = self._menu.addMenu(unmarked(each.group))
            action = menu.addAction(unmarked(each.label))
            action.triggered.connect(lambda _on=False, name=each.name: self.chosen.emit(placeholders.written(name)))
