"""*Follow-up Override* of CRM Management: somebody else does what an operator had to do (VS-15, VS-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.records import Operator, Task
from channergy_crm.records.events import FollowUp, Rerouting
from channergy_crm.records.preferences import Absence
from channergy_crm.services.events import overriding, to_reroute
from channergy_crm.services.events.to_reroute import SHOWN
from ui.look import theme
from ui.pages.events.override_grid import ToReroute
from ui.pages.events.override_head import LENT, Head
from ui.pages.events.override_pane import Pane
from ui.pages.page import PlainPage
from ui.session.allowed import concerns_rights
from ui.session.beside import Told
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.errors import CRMError
    from channergy_crm.services.events.overriding import Done
    from channergy_crm.services.events.to_reroute import Found, Giver, Row
    from channergy_crm.work import Done as UnitDone
    from ui.session.background import Progress
    from ui.session.session import Session

    Read = tuple[list[Giver], str, list[tuple[Operator, date | None]], Found, list[Row]]

FOLLOWED = {record._meta.table_name for record in (Task, Rerouting, Absence, Operator, FollowUp)}
SOON_MS = 300


class OverridePage(PlainPage):
    """One operator's open work, and whom it goes to; read beside the window, anew when something of it has changed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._times, self._reading = session, 0, False
        self._found: Found | None = None
        self._asked: tuple[str, str] | None = None
        named(self, "override.page", _("Follow-up Override"))
        self.head = Head(self)
        self.grid = ToReroute(self)
        self.pane = Pane(self)
        self._soon = later(self, self.reload, SOON_MS)
        self._lay_out()
        self.head.turned.connect(self.reload)
        self.head.all.clicked.connect(lambda: self.mark_all())
        self.head.take_back.clicked.connect(lambda: self.take_back())
        self.grid.marked_now.connect(self._tell)
        self.grid.opened.connect(self.open_row)
        self.grid.more_wanted.connect(self._read_on)
        self.pane.changed.connect(self._tell)
        self.pane.wanted.connect(self.reroute)
        session.done.connect(self._heard)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.grid, 1)
        below.addWidget(self.pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(below, 1)
        theme.stand_on(self, "base")

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        self.reload()

    def take_focus(self) -> None:
        """The keys go to the list, or to whose it is."""
        (self.grid if self.grid.rows.lines else self.head.giver).setFocus()

    def show_target(self, what: str, key: object) -> None:
        """Come here from another page, for somebody's work by their ID."""
        if isinstance(key, str) and key:
            self.head.want(key)
        self.reload()

    def parts(self) -> Sequence[QWidget]:
        """Whose, the list, to whom."""
        shown = [self.head, self.grid]
        return shown if self.head.what() == LENT else [*shown, self.pane]

    def refresh(self) -> None:
        """Read it anew."""
        self.reload()

    def standing(self) -> str:
        """How many there are."""
        count = len(self._found.numbers) if self._found is not None else 0
        said = ngettext("{count:,} follow-up", "{count:,} follow-ups", count).format(count=count)
        return " · ".join(filter(None, (_("Follow-up Override"), self.head.said_who(), said)))

    # ---------------------------------------------------------------- reading

    def reload(self) -> None:
        """Read whose work there is, and what of the chosen one's, beside the window."""
        self._times += 1
        self._reading = True
        times, by, wanted, lent = self._times, self._session.by, self.head.wanted(), self.head.what() == LENT
        count = max(SHOWN, len(self.grid.rows.lines))

        def work(_progress: Progress) -> Read:
            givers = to_reroute.givers(by)
            ids = [each.id for each in givers]
            giver = wanted if wanted in ids else ids[0] if ids else ""
            found = (to_reroute.find_lent if lent else to_reroute.find)(giver, by)
            rows = to_reroute.rows(found.numbers[:count], giver, by)
            return givers, giver, to_reroute.receivers(giver, by), found, rows

        self._session.work(work, label=_("Reading follow-ups"), done=lambda read: self._show(times, read),
                           failed=lambda error: self._fail(times, error), progress=False)  # fmt: skip

    def _show(self, times: int, read: Read) -> None:
        if times != self._times:
            return
        givers, giver, receivers, self._found, rows = read
        self._reading = False
        asked = giver, self.head.what()
        self.head.show_givers(givers, giver)
        if self._asked is None or self._asked[0] != giver:
            self.pane.begin(self.head.away_until())
        kept = self.grid.marked() if asked == self._asked else []
        self._asked = asked
        lent = self.head.what() == LENT
        self.pane.setVisible(not lent)
        self.pane.offer_receivers(receivers)
        self.grid.show_found(self._found.numbers, rows, kept)
        self.grid.show_receivers(lent)
        self._tell()
        self.tell_window()

    def _read_on(self) -> None:
        found, start, by = self._found, len(self.grid.rows.lines), self._session.by
        if self._reading or found is None or self._asked is None or start >= len(found.numbers):
            return
        self._reading = True
        times, giver = self._times, self._asked[0]

        def show(rows: list[Row]) -> None:
            if times == self._times:
                self._reading = False
                self.grid.show_more(rows)

        self._session.work(lambda _progress: to_reroute.rows(found.numbers[start : start + SHOWN], giver, by),
                           label=_("Reading follow-ups"), done=show, progress=False)  # fmt: skip

    def _fail(self, times: int, error: CRMError) -> None:
        if times == self._times:
            self._found, self._reading = None, False
            self.grid.show_found((), ())
            self.head.say(error.message, "overdue")

    def _heard(self, done: UnitDone) -> None:
        if self.isVisible() and (done.tables & FOLLOWED or concerns_rights(done)):
            self._soon.start()

    # ---------------------------------------------------------------- what is said

    def _tell(self) -> None:
        found = self._found
        if found is None:
            return
        marked = self.grid.marked()
        self.head.tell(found, len(marked), all_marked=self.grid.all_marked)
        people = self.pane.chosen()
        why_not = self.pane.problem() or ("" if found.numbers else _("There is nothing to reroute."))
        why_not = why_not or ("" if marked else _("Mark rows first: Space marks one, Ctrl+A all of them."))
        why_not = why_not or ("" if people else _("Tick who gets them."))
        shares = None
        if not why_not:
            shares = self._session.attempt(lambda: overriding.preview(len(marked), people, self._session.by))
        self.pane.say(len(marked), shares or {}, why_not)

    # ---------------------------------------------------------------- what can be done

    def mark_all(self) -> None:
        """Mark all there are, those not read yet among them."""
        self.grid.mark_all()
        self.grid.setFocus()

    def open_row(self) -> None:
        """Go to the task under the cursor."""
        row: Row | None = self.grid.about()
        if row is not None:
            self._session.go_to(*Task.opened_at(row.task, row.action))

    def reroute(self) -> None:
        """Give the marked ones to those who are ticked, beside the window; the notice can undo it."""
        if self._asked is None:
            return
        giver, by, marked, people = self._asked[0], self._session.by, self.grid.marked(), self.pane.chosen()
        until, note = self.pane.day(), self.pane.note.value()

        def told(done: Done) -> Told:
            text = ngettext("{count:,} follow-up rerouted to {people}.", "{count:,} follow-ups rerouted to {people}.",
                            done.tasks).format(count=done.tasks, people=", ".join(people))  # fmt: skip
            return Told(f"{text} {_left_out(done)}".strip(), done.unit or None)

        self._session.work(
            lambda progress: overriding.reroute(marked, giver, people, by, until, note, progress.step),
            label=_("Rerouting follow-ups"), told=told, failed=self._refused,
            cancelled=_("Stopped; nothing was changed."),
        )  # fmt: skip

    def take_back(self) -> None:
        """Give the marked ones back to whom they were rerouted from."""
        if self._asked is None:
            return
        giver, by, marked = self._asked[0], self._session.by, self.grid.marked()

        def told(done: Done) -> Told:
            text = ngettext("{count:,} follow-up taken back.", "{count:,} follow-ups taken back.", done.tasks)
            return Told(f"{text.format(count=done.tasks)} {_left_out(done)}".strip(), done.unit or None)

        self._session.work(lambda _progress: overriding.take_back(marked, giver, by),
                           label=_("Taking follow-ups back"), told=told, failed=self._refused)  # fmt: skip

    def _refused(self, error: CRMError) -> None:
        self.head.say(error.message, "overdue")
        if isinstance(error, Mistake) and error.field == "until":
            self.pane.until.setFocus()


def _left_out(done: Done) -> str:
    said = ngettext("{count:,} was left out: done meanwhile, or not yours to change.",
                    "{count:,} were left out: done meanwhile, or not yours to change.", done.left_out)  # fmt: skip
    return said.format(count=done.left_out) if done.left_out else ""
