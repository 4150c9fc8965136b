"""What happens in the office while the calendar is looked at: it is read anew, and what was taken back is stood on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from channergy_crm.records import Account, Contact, Lead, OfficeSetting, Operator, Opportunity, Task
from channergy_crm.services import dated, reading
from ui.pages.calendar import opening
from ui.session.allowed import concerns_rights
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.work import Done
    from ui.pages.calendar.host import Host

TASKS = Task._meta.table_name
FOLLOWED = {each._meta.table_name for each in (Task, Account, Contact, Lead, Opportunity, Operator, OfficeSetting)}
SOON_MS = 120


class Following(QObject):
    """Listens to the session for the page."""

    def __init__(self, page: Host, over: QWidget) -> None:
        super().__init__(over)
        self._page, self._over = page, over
        self.soon = later(self, self._reload_if_seen, SOON_MS)
        page.session.done.connect(self._heard)
        page.session.operator_changed.connect(self._other_operator)
        page.session.brought_back.connect(self._brought_back)

    def _heard(self, done: Done) -> None:
        if done.tables & (FOLLOWED | {"CRMGuests"}) or concerns_rights(done):
            self._page.stale = True
            if self._over.isVisible():
                self.soon.start()

    def _reload_if_seen(self) -> None:
        self._page.stale = True
        if self._over.isVisible():
            self._page.reload()

    def _other_operator(self) -> None:
        self._page.owners = opening.people(self._page.session)
        self.soon.start()

    def _brought_back(self, done: Done) -> None:
        """What was taken back is stood on, wherever it is now."""
        source = dated.source(self._page.tools.source)
        table = TASKS if source is None else source.record._meta.table_name
        numbers = [number for number in done.keys(table) if isinstance(number, int)]
        if numbers and self._over.isVisible():
            self._page.come_to(numbers[0], self.day_of(numbers[0]))

    def day_of(self, number: int) -> date | None:
        """On which day an activity, or a record of the source that is shown, stands now; None for a series, which
        stands on many.
        """
        session, source = self._page.session, dated.source(self._page.tools.source)
        record, field = (Task, "reminder_date") if source is None else (source.record, source.day)
        found: Any = session.attempt(lambda: [reading.find(record, number, session.by)])
        held: Any = found[0] if found else None
        if held is None or (source is None and held.repeats):
            return None
        day: date | None = getattr(held, field, None)
        return day.date() if isinstance(day, datetime) else day
