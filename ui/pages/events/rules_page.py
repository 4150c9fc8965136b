"""*Rules*: the list at the left, the rule that is open at the right, and what it would make (VS-7…VS-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget
from shiboken6 import isValid

from channergy_crm.language import _, ngettext
from channergy_crm.records import Account
from channergy_crm.records.events import Event, EventState, FollowUp
from channergy_crm.services import rights
from channergy_crm.services.events import counts, looking, shelf, writing
from channergy_crm.services.rights import Program
from channergy_crm.settings import ASK, LEAVING
from ui.forms.leave_dialog import ask_to_save
from ui.look import theme
from ui.pages.counting.nothing import Nothing
from ui.pages.events import words
from ui.pages.events.deeds import Deeds
from ui.pages.events.finding import Finding
from ui.pages.events.giving_up import give_up
from ui.pages.events.pane import Pane
from ui.pages.events.rows import line_of
from ui.pages.events.rule_list import RuleList
from ui.setup.rights.part import Column
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from channergy_crm.services.events.counts import Standing
    from channergy_crm.services.events.looking import Last
    from channergy_crm.work import Done
    from ui.session.background import Progress
    from ui.session.session import Session

EVENTS = Event._meta.table_name
MADE = {FollowUp._meta.table_name, "CustServ"}
WIDTHS = ((1400, 392), (1180, 360), (0, 296))
"""from which width of the page on the list is how wide"""
USUAL = (Account._meta.table_name, "created")
"""what a new rule begins with"""
SOON_MS, STANDINGS_MS = 150, 800
TRAY = 46
"""pixels over the list for the tray of the page"""


class RulesPage(QWidget):
    """Another rule is shown only when what is typed could be saved or was given up."""

    changed = Signal()
    """how many there are, or how they stand, is otherwise now"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self.events: list[Event] = []
        self._new: Event | None = None
        self.standings: dict[int, Standing] = {}
        self._fallen: dict[int, str] = {}
        self._now: dict[int, int] = {}
        self._last: Last | None = None
        self._stale = self._first = True
        self._left = Column(392, self, "side", "right")
        self._left.lines.setContentsMargins(0, theme.px(TRAY, self), 1, 0)
        self._left.lines.setSpacing(0)
        self.finding = Finding(session, self._left)
        self.grid = RuleList(session.station, self._left)
        for part in (self.finding, self.grid):
            self._left.lines.addWidget(part)
        self.pane = Pane(session, self)
        self.form = self.pane.form
        self.nothing = Nothing("events", self)
        self._ways = [
            self.nothing.way("begin", _("Create rule"), lambda: self.begin(""), "add"),
            self.nothing.way("shelf", _("Ready rules…"), lambda: self.finding.create_button.click()),
        ]
        self.stack = QStackedWidget(self)
        for each in (self.pane, self.nothing):
            self.stack.addWidget(each)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self.stack, 1)
        self._soon = later(self, self.reload, SOON_MS)
        self._standings_soon = later(self, self._count_standings, STANDINGS_MS)
        self._connect()

    def _connect(self) -> None:
        self.pane.furnish(self)
        self.deeds = Deeds(self)
        self.grid.turned.connect(self._come)
        self.grid.entered.connect(lambda: self.form.editors["name"].setFocus())
        self.grid.removed.connect(lambda: self.pane.commands.run("remove"))
        self.grid.typed.connect(self.finding.look_for)
        self.finding.filtered.connect(lambda _text: self._show_lines(self.grid.number()))
        self.finding.filtered.connect(lambda _text: self._come())
        self.finding.left.connect(self.grid.setFocus)
        self.finding.begun.connect(self.begin)
        self.finding.new_key(self)
        self.form.saved.connect(self._saved)
        self.form.edited.connect(self.pane.tell_edited)
        self.form.given_up.connect(lambda: give_up(self))
        self.pane.counted.connect(self._counted)
        self.session.done.connect(self._heard)
        self.session.brought_back.connect(self._brought_back)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list is narrower in a narrow window."""
        self._left.setFixedWidth(list_width(self))
        super().resizeEvent(event)

    # ---------------------------------------------------------------- what is shown

    def activate(self) -> None:
        """Somebody looks at this page; the first time in an office the shelf of ready rules is put out (VS-6)."""
        if self._stale:
            self.reload()
            if not self.events and self._put_out():
                self.reload()

    def _put_out(self) -> bool:
        """The program does it, so that nobody's Undo takes it back."""
        first, self._first = self._first, False
        allowed = self.stack.currentWidget() is self.nothing and not self._left.isHidden()
        return first and allowed and bool(self.session.attempt(lambda: shelf.put_out(Program.EVENTS)))

    def reload(self, wanted: int | None = None) -> None:
        """The rules as they are now; the one looked at stays, and what is typed into it, or one that is wanted."""
        if not isValid(self):
            return  # the tab was closed meanwhile
        by = self.session.by
        if refused := self.session.attempt(lambda: rights.may_lead_events(by) or ""):
            for part in (self._left, *self._ways):
                part.hide()
            self.nothing.say(refused)
            self.stack.setCurrentWidget(self.nothing)
            return
        found = self.session.attempt(lambda: writing.every(by))
        if found is None:
            return
        for part in (self._left, *self._ways):
            part.show()
        self._stale, self.events = False, found
        self._show_lines(wanted if wanted is not None else self.grid.number())
        self._show_rule()
        self._count_standings()

    def _show_lines(self, stand_on: int | None) -> None:
        every = [*self.events, *([self._new] if self._new is not None else [])]
        standings, now = self.standings, self._now
        lines = self.session.attempt(
            lambda: [
                (str(each.state), line_of(each, standings.get(each.number), now.get(each.number))) for each in every
            ]
        )
        if lines is None:
            return
        self.grid.show_lines(lines, self.finding.line.text(), stand_on)
        self.changed.emit()

    def _show_rule(self) -> None:
        """The one the cursor stands on; what is typed stays."""
        row = self._chosen()
        if row is None and not self.form.is_edited:
            self.form.show_row(None)
            filtered = bool(self.finding.line.text().strip()) and bool(self.events)
            self.nothing.say(_("No rule matches the filter.") if filtered else _(
                "No rule yet. A rule makes follow-ups by itself: when something happens to a record, somebody gets a "
                "task. Begin with an empty one, or with a ready one from the shelf."))  # fmt: skip
            self.stack.setCurrentWidget(self.nothing)
            return
        self.stack.setCurrentWidget(self.pane)
        if not self.form.is_edited:
            self.pane.show_rule(row)
        self._tell_standing()

    def _chosen(self) -> Event | None:
        number = self.grid.number()
        return self._new if number == 0 else next((each for each in self.events if each.number == number), None)

    def _count_standings(self) -> None:
        by = self.session.by

        def count(_progress: Progress) -> tuple[dict[int, Standing], dict[int, str], Last | None]:
            return counts.standings(by), counts.fallen(by), looking.last(by)

        def show(found: tuple[dict[int, Standing], dict[int, str], Last | None]) -> None:
            if not isValid(self):
                return  # the tab was closed meanwhile
            self.standings, self._fallen, self._last = found
            self._show_lines(self.grid.number())
            self._tell_standing()

        self.session.work(count, label=_("Counting open follow-ups"), done=show, progress=False)

    def _tell_standing(self) -> None:
        if (row := self.form.row) is not None:
            self.pane.show_standing(self.standings.get(row.number), self._fallen.get(row.number, ""))

    def _counted(self, follow_ups: int) -> None:
        row = self.form.row
        if row is not None and row.number and self._now.get(row.number) != follow_ups:
            self._now[row.number] = follow_ups
            self._show_lines(self.grid.number())

    def _heard(self, done: Done) -> None:
        if EVENTS in done.tables or MADE & done.tables:
            self._stale = self._stale or not self.isVisible()
            if self.isVisible():  # what a rule would make is counted anew only where a rule has changed
                (self._soon if EVENTS in done.tables else self._standings_soon).start()

    def _brought_back(self, done: Done) -> None:
        keys = [key for key in done.keys(EVENTS) if isinstance(key, int)]
        if keys and self.isVisible():
            self.reload(min(keys))

    # ---------------------------------------------------------------- from rule to rule

    def _come(self) -> None:
        """Another rule: what is typed is saved first; where it cannot be, one stays."""
        row, held = self._chosen(), self.form.row
        if row is None:
            self._show_rule()
        if row is None or (held is not None and _key(held) == _key(row)):
            return
        if held is not None and not self.settle():
            before = self.grid.blockSignals(True)
            self.grid.go_to(held.number or 0)
            self.grid.blockSignals(before)
            return
        if self._new is not None and row is not self._new:
            self._new = None
            self._show_lines(row.number)
        self._show_rule()

    def settle(self) -> bool:
        """Save what is typed, or ask first where this workstation does; False when somebody stays with it."""
        if not self.form.is_edited:
            return True
        if self.session.station.get(LEAVING) == ASK:
            name = self.form.editors["name"].value() or _("the new rule")
            answer = ask_to_save(name, self)
            if answer == "discard":
                give_up(self)
            if answer != "save":
                return answer == "discard"
        return self.form.save()

    def leave(self) -> bool:
        """Whether the page may be left; what is in the way is said, and the way out with it."""
        if self.settle():
            if self._new is not None:
                self.forget_new()
            return True
        said = _("The rule is not saved yet: something in it cannot be kept as it is.")
        self.session.notices.say(said, action=(_("Discard what is typed"), lambda: give_up(self)), level="warning")
        return False

    def begin(self, shelf_name: str) -> None:
        """A new rule, empty or from the shelf by its name there; it is in the office once it is saved."""
        if not self.settle():
            return
        begun = self.session.attempt(lambda: writing.start(self.session.by, shelf_name))
        if begun is None:
            return
        begun.table, begun.trigger = begun.table or USUAL[0], begun.trigger or USUAL[1]
        self.finding.line.clear()
        if begun.is_new:
            self._new = begun
            self._show_lines(0)
        else:
            self.reload(begun.number)
        self._show_rule()
        ready = self.finding.ready(shelf_name)
        self.pane.head.said.say(ready.lacks if ready is not None else "", "soon")
        self.form.editors["name"].setFocus()

    def show_again(self, row: Event) -> bool:
        """Show a rule that was given up, also one that was never kept; False where it is gone meanwhile."""
        if row.is_new:
            self._new = row
            self._show_lines(0)
            self._show_rule()
        else:
            self.reload(row.number)
        return self.form.row is not None and _key(self.form.row) == _key(row)

    def forget_new(self) -> None:
        """There is no new rule any more."""
        self._new = None
        self.form.show_row(None)
        self._show_lines(None)
        self._show_rule()

    def _saved(self, row: Event) -> None:
        self._new = None
        self.reload(row.number)

    # ---------------------------------------------------------------- what the page says of itself

    def parts(self) -> Sequence[QWidget]:
        """The list, the head, the form, what it would make."""
        if self.stack.currentWidget() is self.nothing:
            return [self._left, self.nothing]
        return [self.grid, self.pane.head, self.form, self.pane.preview]

    def in_order(self) -> list[QWidget]:
        """What Tab goes through: what stands over the list, the list, the rule that is open."""
        return [self.finding.line, self.finding.create_button, self.grid, *self.pane.in_order()]

    def take_focus(self) -> None:
        """The keys go to the list, or to where the first rule is made."""
        if self.events or self._new is not None:
            self.grid.setFocus()
        else:
            self.nothing.findChildren(QWidget, "events.begin")[0].setFocus()

    def standing(self) -> str:
        """How many rules there are, and how many of them are active."""
        every, active = len(self.events), sum(each.state == EventState.ACTIVE for each in self.events)
        rules = ngettext("{count:,} rule", "{count:,} rules", every).format(count=every)
        said = [_("{rules} · {count:,} active").format(rules=rules, count=active)]
        return " · ".join([*said, *(words.last_run(self._last) if self._last is not None else [])])


def list_width(page: QWidget) -> int:
    """How wide the list is in a page as wide as this one."""
    return theme.px(next(wide for least, wide in WIDTHS if page.width() >= theme.px(least, page)), page)


def _key(row: Event) -> int:
    return row.number or 0
