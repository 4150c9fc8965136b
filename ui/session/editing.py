"""Who is typing into which record: told to the other windows, and heard from them. A hint, not a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal

from channergy_crm.language import _
from channergy_crm.services import editing
from ui.session.remembered import station_name
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.records.edited import Typing
    from channergy_crm.work.record import Record
    from ui.session.beside import Beside
    from ui.session.elsewhere import Others

SETTLED_MS = 700
"""nobody else need know of what is typed and saved within that"""


class Editing(QObject):
    """What is typed into in this window, by panel; and what others type into."""

    changed = Signal()

    def __init__(self, others: Others, work: Beside, by: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._by, self._holder = work, by, uuid4().hex
        self._here: dict[str, tuple[type[Record], object]] = {}
        self._told: set[tuple[type[Record], object]] = set()
        self._others: Sequence[Typing] = ()
        self._busy = False
        self._soon = later(self, self._tell, SETTLED_MS)
        self._again = QTimer(self)
        self._again.setInterval(editing.RENEWED_EVERY * 1000)
        self._again.timeout.connect(lambda: self._tell(still=True))
        others.typing.connect(self._heard)

    def note(self, panel: str, record: type[Record], key: object) -> None:
        """In this panel somebody types into this record; None when it is saved or given up."""
        before = self._here.get(panel)
        if key is None:
            self._here.pop(panel, None)
        else:
            self._here[panel] = (record, key)
        if self._here.get(panel) != before:
            self._soon.start()

    def said(self, record: type[Record], key: object) -> str:
        """Who else is typing into a record, in a sentence; "" for nobody."""
        table, number = record._meta.table_name, str(key)
        there = [each for each in self._others if (each.table, each.key) == (table, number)]
        names = dict.fromkeys(f"{each.who} ({each.station})" if each.station else each.who for each in there)
        return _("Being edited by {names} just now.").format(names=", ".join(names)) if names else ""

    def _tell(self, *, still: bool = False) -> None:
        records = set(self._here.values())
        if self._busy or (records == self._told and not (still and records)):
            return
        self._busy, self._told = True, records
        by, holder = self._by(), self._holder
        self._work(
            lambda _progress: editing.hold(records, holder, station_name(), by), label="", progress=False,
            done=lambda _nothing: self._was_told(), failed=lambda _error: self._was_told(), finishes=True,
        )  # fmt: skip

    def _was_told(self) -> None:
        self._busy = False
        (self._again.start if self._told else self._again.stop)()
        if set(self._here.values()) != self._told:
            self._soon.start()

    def _heard(self, typing: Sequence[Typing]) -> None:
        others = [each for each in typing if each.holder != self._holder]
        if others != self._others:
            self._others = others
            self.changed.emit()
