"""The page of the tab Viper: how the sync stands, and its lists (VP-1, VP-6, BX-34)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from channergy_crm.jobs import viper
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records.sync import TABLES
from channergy_crm.services import rights
from channergy_crm.settings import VIPER, VIPER_ADDRESS
from channergy_crm.sync import status
from ui.pages.counting.nothing import Nothing
from ui.pages.page import PlainPage
from ui.pages.sync.disputes import DisputesList
from ui.pages.sync.head import StatusHead
from ui.pages.sync.one_sided import OneSidedList
from ui.pages.sync.report_list import ReportList
from ui.pages.sync.waiting import WaitingList
from ui.session.allowed import concerns_rights
from ui.session.beside import Told
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Parts
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLineEdit

    from channergy_crm.errors import CRMError
    from channergy_crm.sync.status import Status
    from channergy_crm.sync.tally import Tally
    from channergy_crm.work import Done
    from ui.pages.sync.listed import Listed
    from ui.session.background import Job, Progress
    from ui.session.session import Session

SOON_MS, SIDE = 400, 16
"""until it is read anew; pixels left of all that stands here"""
WAITING, CONFLICTS, APART, REPORT = "waiting", "conflicts", "apart", "report"  # unsaid: names
TITLES = {WAITING: N_("What waits"), CONFLICTS: N_("Conflicts"), APART: N_("Deleted or merged"),
          REPORT: N_("Report")}  # fmt: skip
FOLLOWED = frozenset((*TABLES, "CRMSettings"))  # unsaid: tables
OFF = N_(
    "Clients and what is planned with them can be kept alike here and on the Viper site of your company. That is off."
)


class SyncPage(PlainPage):
    """Read beside the window, and anew when a client was changed, a round was done, or a minute has gone by."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._times = session, 0
        self._held: tuple[Status, str] | None = None
        self._job: Job | None = None
        self._wanted = False
        """whether the keys are to go to what is shown when it is"""
        named(self, "sync.page", VIPER.label)
        self._head = StatusHead(self)
        self._parts = Parts("sync.parts", VIPER.label, self)
        self._parts.tray.INDENT = SIDE
        self._listed: dict[str, Listed] = {
            WAITING: WaitingList(session, self), CONFLICTS: DisputesList(session, self),
            APART: OneSidedList(session, self), REPORT: ReportList(session, self),
        }  # fmt: skip
        self._soon = later(self, self.reload, SOON_MS)
        for name, part in self._listed.items():
            self._parts.addTab(part, _(TITLES[name]))
            part.counted.connect(self.tell_window)
            part.acted.connect(self._soon.start)
        self._nothing = Nothing("sync", self)
        self._way = self._nothing.way("set_up", _("Set it up in Settings > Viper"), self._set_up, "settings")
        self._lay_out()
        self._head.asked.connect(self.sync)
        self._head.wanted.connect(self.show_part)
        self._head.settings.clicked.connect(self._set_up)
        self._parts.currentChanged.connect(lambda _place: self._read_list())
        session.done.connect(self._heard)

    def _lay_out(self) -> None:
        whole = QWidget(self)
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(self._head)
        inside.addWidget(self._parts, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(whole)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._nothing.say("")
        self._way.hide()
        self._stack.setCurrentIndex(1)
        for part in self._listed.values():
            for before, after in pairwise([*part.tool_widgets(), part.grid]):
                QWidget.setTabOrder(before, after)

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the list that is shown, or to the way to set it up."""
        there = self._way if self._stack.currentIndex() else self._shown.grid
        self._wanted = there.isHidden()  # nothing is read yet
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def parts(self) -> Sequence[QWidget]:
        """How it stands, the list that is shown; or what to do while it is off."""
        return [self._nothing] if self._stack.currentIndex() else [self._head, self._parts]

    def refresh(self) -> None:
        """Read it anew."""
        self.reload()

    def filter_line(self) -> QLineEdit | None:
        """Where clients are looked for in the report."""
        if self._stack.currentIndex():
            return None
        self.show_part(REPORT)
        report = self._listed[REPORT]
        return report.words if isinstance(report, ReportList) else None

    def show_target(self, what: str, key: object) -> None:
        """Come here from elsewhere, to one of the lists by its name."""
        if key in self._listed:
            self.show_part(str(key))
        self.reload()

    def tick(self) -> None:
        """A minute has gone by: the sync is done beside all windows."""
        if self.isVisible() and self._job is None:
            self.reload()

    def standing(self) -> str:
        """How many records are synced."""
        if self._held is None:
            return ""
        if not self._held[0].on:
            return _("The sync with Viper is off.")
        count = self._held[0].counts.synced
        return ngettext("{count:,} record synced", "{count:,} records synced", count).format(count=count)

    @property
    def _shown(self) -> Listed:
        return self._listed[list(self._listed)[self._parts.currentIndex()]]

    def show_part(self, name: str) -> None:
        """Show one of the lists."""
        self._parts.setCurrentIndex(list(self._listed).index(name))

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        """Read how it stands, and the list that is shown."""
        self._times += 1
        times, by = self._times, self._session.by
        self._session.work(
            lambda _progress: (status.read(by), rights.may(by, "administer") or ""), label=VIPER.label,
            done=lambda found: self._show(times, found), failed=lambda error: self._fail(times, error),
            progress=False,
        )  # fmt: skip

    def _show(self, times: int, found: tuple[Status, str]) -> None:
        if times != self._times:
            return
        self._held = found
        held, refused = found
        had_focus = self._wanted or self._way.hasFocus()
        if not held.on:
            self._say_off(refused)
            return
        if self._stack.currentIndex():
            self._stack.setCurrentIndex(0)
            if had_focus:
                self.take_focus()
        for name in (WAITING, CONFLICTS, APART):
            self._listed[name].looked = held.last is not None
        self._head.show_status(held)
        self._head.settings.setVisible(held.failed is not None and not refused)
        self._offer()
        counts = held.counts
        for place, count in enumerate((counts.held + counts.refused, counts.conflicts, counts.apart)):
            meaning = "overdue" if counts.refused and not place else "soon"
            self._parts.tray.set_count(place, count, meaning if count else "")
        self._read_list()
        self.tell_window()

    def _say_off(self, refused: str) -> None:
        way = _("An administrator sets it up in Settings > Viper.") if refused else ""
        self._nothing.say(" ".join(part for part in (_(OFF), way) if part))
        self._way.setVisible(not refused)
        self._stack.setCurrentIndex(1)
        if self._wanted and not refused:
            self.take_focus()
        self.tell_window()

    def _fail(self, times: int, error: CRMError) -> None:
        if times != self._times:
            return
        if self._held is None or self._stack.currentIndex():
            self._nothing.say(error.message, "overdue")
            self._way.hide()
            self._stack.setCurrentIndex(1)
        else:
            self._head.say(error.message)

    def _read_list(self) -> None:
        if self._held is not None and self._held[0].on:
            self._shown.reload()

    def _heard(self, done: Done) -> None:
        if self.isVisible() and self._job is None and (done.tables & FOLLOWED or concerns_rights(done)):
            self._soon.start()

    def _set_up(self) -> None:
        self._session.go_to("setting", f"viper.{VIPER_ADDRESS.name.rpartition('.')[2]}")

    # ---------------------------------------------------------------- sync now

    def _offer(self) -> None:
        here = self._held is not None and self._held[0].here
        why_not = _("No password is kept on this workstation: another one does it. Type it in Settings > Viper.")
        self._head.offer("" if here else why_not, runs=self._job is not None)

    def sync(self) -> None:
        """One round now, beside the window; pressed again it is cancelled, between two steps."""
        if self._job is not None:
            self._job.cancel()
            return
        office = self._session.office

        def work(progress: Progress) -> Tally | None:
            return viper.now(office, progress.step)

        self._job = self._session.work(
            work, label=_("Syncing with Viper"), done=lambda tally: self._done(_told(tally)),
            failed=lambda error: self._done(None, error.message),
            cancelled=lambda: self._done(Told(_("Stopped; what was begun goes on with the next sync."), level="news")),
        )  # fmt: skip
        self._offer()

    def _done(self, told: Told | None, failed: str = "") -> None:
        self._job = None
        if told is not None:
            self._session.tell(told)
        self._offer()
        if failed:
            self._head.fail(failed)
            self._session.notices.warn(failed, self.sync)
        self.reload()


def _told(tally: Tally | None) -> Told:
    if tally is None:
        return Told(_("Viper is being synced just now, by another workstation or by itself."), level="news")
    return Told(tally.said())
