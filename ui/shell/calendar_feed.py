"""The calendar of whoever works here: a new event is handed over once, their file is kept up to date (SI-31)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import Account, Lead, OfficeSetting, Task
from channergy_crm.settings import HAND_OVER
from ui.session.beside import Told
from ui.widgets.timers import later

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.transfer.calendars.feed import Keeper
    from channergy_crm.work import Done
    from ui.session.background import Job
    from ui.session.chosen import Chosen
    from ui.shell.window import MainWindow

EVENTS = frozenset(record._meta.table_name for record in (Task, Lead))
SAID = EVENTS | {Account._meta.table_name, OfficeSetting._meta.table_name}
"""what stands in the file is read from these tables"""
AFTER_CHANGES_MS, FIRST_LOOK_MS = 1_000, 3_000


class CalendarFeed(QObject):
    """For as long as the window is there; what takes its time is done beside it."""

    def __init__(self, window: MainWindow, chosen: Chosen) -> None:
        super().__init__(window)
        self._session = window.session
        self._keeper: Keeper | None = None
        self._writing: Job | None = None
        self._again = self._changed = False
        self._complained = ""
        self._soon = later(self, self.keep, AFTER_CHANGES_MS)
        self._session.done.connect(self._follow)
        self._session.operator_changed.connect(self._soon.start)
        self._session.closing.connect(self._stop)
        chosen.changed.connect(self._soon.start)
        self._soon.start(FIRST_LOOK_MS)

    def _follow(self, done: Done) -> None:
        if done.tables & SAID:
            self._changed = True
            self._soon.start(AFTER_CHANGES_MS)
        mine = done.number and not done.elsewhere and done.by == self._session.by
        if mine and done.tables & EVENTS and self._session.station.get(HAND_OVER.of(self._session.by)):
            self._hand_over(done)

    def _hand_over(self, done: Done) -> None:
        from channergy_crm.transfer.calendars import hand_over

        number, by = done.number, self._session.by
        with suppress(CRMError):  # the step itself is done; said by whatever asks the store next
            if hand_over.stands_among(done, by):
                self._session.work(
                    lambda _progress: hand_over.handed(number, by), label=_("Handing over"), progress=False,
                    done=self._open,
                )  # fmt: skip

    def _open(self, path: Path | None) -> None:
        from PySide6.QtGui import QDesktopServices

        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            said = _("No calendar program answers on this workstation. Settings › Calendar says what else there is.")
            self._session.notices.warn(said)

    def keep(self) -> None:
        """Bring the file up to date beside the window, where somebody wants one."""
        by = self._session.by
        keeper, self._changed = self._made(), False
        if not keeper.is_wanted(by):
            return
        if self._writing is not None:
            self._again = True
            return
        self._writing = self._session.work(
            lambda _progress: keeper.keep(by), label=_("Writing the calendar file"), progress=False, finishes=True,
            done=self._kept, failed=self._failed, cancelled=self._ended,
        )  # fmt: skip

    def _stop(self) -> None:
        """The window goes; what was done in its last second is written all the same."""
        self._soon.stop()
        if self._changed and self._made().is_wanted(self._session.by):
            with suppress(CRMError):
                self._made().keep(self._session.by)

    def _made(self) -> Keeper:
        if self._keeper is None:
            from channergy_crm.transfer.calendars import hand_over
            from channergy_crm.transfer.calendars.feed import Keeper

            hand_over.clear(hand_over.STAYS_S)
            self._keeper = Keeper(self._session.office, self._session.station)
        return self._keeper

    def _kept(self, _path: Path | None) -> None:
        self._complained = ""
        self._ended()

    def _failed(self, error: CRMError) -> None:
        """Said once, not after every step; it is tried again after the next one. That the store does not answer is
        said by whatever else asks it.
        """
        from channergy_crm.transfer.calendars.hand_over import Unwritable

        if isinstance(error, Unwritable) and error.message != self._complained:
            self._complained = error.message
            self._session.tell(Told(error.message, action=(_("Retry"), self.keep), level="warning"))
        self._ended()

    def _ended(self) -> None:
        self._writing = None
        if self._again:
            self._again = False
            self._soon.start()
