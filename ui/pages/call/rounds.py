"""Calling through a list: the next one is there as soon as the call is saved, and everything is one key (BX-4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from channergy_crm import clock, work
from channergy_crm.language import _
from channergy_crm.records import Lead
from channergy_crm.services import queue, retrying
from channergy_crm.services.calling_round import MOST_COUNTED, Called, Feed, Round
from channergy_crm.settings import ALT_KEYS, COUNTDOWN
from ui.lists.record_stepper import Steps
from ui.pages.call.countdown import Countdown
from ui.pages.call.reading import Reading
from ui.pages.call.round_line import VERBS, RoundLine
from ui.pages.call.round_pane import RoundPane
from ui.pages.call.verbs import Verbs
from ui.pages.call.words import follow_up, to_something_instead
from ui.pages.page import come_back
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.calls import Call, Result
    from channergy_crm.services.queue import LeftOut
    from ui.pages.call.room import Room
    from ui.pages.record_page import RecordPage

ON_THE_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class Caller(Protocol):
    """What notes the calls, as a queue needs it."""

    room: Room
    instead: str

    @property
    def is_open(self) -> bool:
        """Whether a call is being noted."""

    def fill_dial(self, on: bool) -> None:
        """Dial is the filled button, or one of the others."""

    def hint(self, on: bool) -> None:
        """Say the keys in the bar."""

    def choose(self, code: str) -> None:
        """Say how the call went."""

    def save_and_next(self) -> None:
        """Save the call, and on."""


class Rounds(QObject):
    """Runs a queue on the page of leads: hands out the next lead, keeps count, and steps back with Ctrl+Z."""

    def __init__(self, calling: Caller, page: RecordPage) -> None:
        super().__init__(page)
        self.calling, self._page, self._panel, self._session = calling, page, page.panel, page.session
        self._round: Round | None = None
        self.lead: Lead | None = None
        """who is called now, or next"""
        self.paused = ""
        """why nobody is called just now, and since when"""
        self._holder = uuid4().hex
        self._feed = ""
        self._modifier = "Ctrl+Alt" if self._session.station.get(ALT_KEYS) else "Alt"  # unsaid: keys
        self.pane = RoundPane(page, self._session)
        self.line = RoundLine(self._panel, self._modifier)
        self.line.hide()
        self._panel.over_commands.addWidget(self.line)
        self._page.place.addWidget(self.pane)
        self.reading = Reading(self.line, self.pane, self.calling.room, page)
        self.countdown = Countdown(self.line, self._dial_by_itself)
        self.verbs = Verbs(self, page)
        self._tell_soon = later(self, self.tell, 0)
        self._keys = self._make_keys()
        self._connect()

    def _connect(self) -> None:
        self.line.wanted.connect(self.verbs.do)
        self.pane.pause_wanted.connect(self.verbs.pause)
        self.pane.end_wanted.connect(self.end)
        self.pane.list.wanted.connect(self._take_this)
        self._session.brought_back.connect(self._step_back)
        for before_closing in (self._give_back, self.verbs.go_on, self._tell_soon.stop):
            self._session.closing.connect(before_closing)
        self._session.operator_changed.connect(self.end)

    def _make_keys(self) -> list[QAction]:
        made = []
        for name, letter in [(name, letter) for name, _word, _sign, letter in VERBS] + [("pause", "P")]:
            action = QAction(self)
            action.setShortcut(QKeySequence(f"{self._modifier}+{letter}"))
            action.setShortcutContext(ON_THE_PAGE)
            action.setAutoRepeat(False)
            action.triggered.connect(lambda _on=False, name=name: self.verbs.do(name))
            made.append(action)
        stop = QAction(self)
        stop.setShortcut(QKeySequence("Esc"))
        stop.setShortcutContext(ON_THE_PAGE)
        stop.triggered.connect(self._escape)
        self._stop = stop
        return made

    # From the first to the last

    @property
    def is_running(self) -> bool:
        """Whether somebody calls through a list."""
        return self._round is not None

    @property
    def list_name(self) -> str:
        """The list the one who is called now comes from; "" outside a queue."""
        return self._feed if self._round is not None else ""

    def start(self, feeds: Sequence[Feed]) -> None:
        """Begin with the first of them."""
        if not self._page.leave():
            return
        self._round = Round(list(feeds), self._session.by, self._holder, clock.now())
        self.verbs.go_on()
        for action in self._keys:
            self._page.addAction(action)
        self._page.place.setCurrentWidget(self.pane)
        self.line.show()
        self.reading.begin()
        self.calling.room.make(in_a_call=True)
        self.advance()
        self.tell()
        self._count_beside()

    def _count_beside(self) -> None:
        """Who is left out is counted beside the window: in a long list that takes a moment."""
        held = self._round
        if held is None or held.total > MOST_COUNTED:
            return
        counting = Round(held.feeds, held.by, held.holder, held.began, done=set(held.done))

        def counted(_nothing: object) -> None:
            if self._round is held:
                held.left_out = {**counting.left_out, **held.left_out}
                self.tell()

        self._session.work(
            lambda progress: counting.count(progress.step), label=_("Looking through the list"), done=counted,
            failed=lambda _error: None,
        )  # fmt: skip

    def advance(self, aside: LeftOut | None = None) -> None:
        """The next one is on the screen, and Enter dials; `aside` is why who was there until now is not called."""
        held = self._round
        if held is None:
            return
        if aside is not None and self.lead is not None:
            held.put_aside(self.lead.number, aside)
        self._give_back()
        taken = self._session.attempt(held.take)
        if taken is None:
            self._nobody()
            return
        lead, self._feed = taken
        self._show(lead)

    def _show(self, lead: Lead) -> None:
        self.lead = lead
        self.line.offer_verbs(True)
        self.reading.show_lead(lead, self._feed)
        self._page.come_to(lead.number)
        self._stop_key(on=True)
        self.line.say(follow_up(lead.number, self._session))
        self._tell_soon.start()  # who comes after that is asked when this one is on the screen
        self.ready()

    def ready(self) -> None:
        """Dial has the focus, or it is dialed by itself in a moment."""
        self.calling.fill_dial(False)  # the one in the line of the queue stands out
        self.line.offer_dial(True)
        self.take_focus()
        if (seconds := self._session.station.get(COUNTDOWN)) and not self.paused:
            self.countdown.start(seconds)

    def take_focus(self) -> None:
        """The keys go to Dial, so Enter dials; to what can be done now where that is not possible."""
        if self.lead is None:
            self.pane.list.setFocus()
            return
        able = self._panel.commands.named("dial").isEnabled() and not self.paused
        self.line.dial.setEnabled(able)
        (self.line.dial if able else self.pane.pause if self.paused else self.line.buttons["skip"]).setFocus()

    def _dial_by_itself(self) -> None:
        somewhere_else = not self._page.isVisible() or QApplication.activeModalWidget() is not None
        if self.lead is not None and not self.calling.is_open and not somewhere_else:
            self._panel.commands.run("dial")

    def _nobody(self) -> None:
        """Nobody can be called now: some may be later, and come by themselves then."""
        held, self.lead = self._round, None
        if held is None:
            return
        self.line.offer_dial(False)
        self.line.offer_verbs(False)
        self.reading.show_nobody()
        self.tell()
        waiting = sum(count for why, count in held.reasons().items() if why in queue.FOR_NOW)
        said = _("Nobody is left to call in this list.")
        if waiting:
            said = _("Nobody can be called just now; {count:,} may be later, and come by themselves.")
        instead = (
            (_("Something to do…"), partial(to_something_instead, self.end, self._page))
            if not waiting
            else (_("End calling"), self.end)
        )
        self._session.notices.say(said.format(count=waiting), action=instead, level="news")
        self.take_focus()

    def saved(self, lead: Lead, result: Result, call: Call) -> None:
        """A call was saved: it counts, and the next one comes; or the next number of the same person (BX-41)."""
        held = self._round
        if held is None:
            return
        seconds = int((call.line.ended - call.line.started).total_seconds()) if (
            call.line.ended and call.line.started
        ) else None  # fmt: skip
        held.called.append(
            Called(
                lead.number,
                lead.caption(),
                lead.company,
                result.label,
                clock.now(),
                seconds,
                result.reached and call.made,
            )
        )
        by = self._session.by
        other = self._session.attempt(lambda: retrying.next_number(lead, call.line.number, held.began, by))
        if result.next_number and other:
            self.calling.instead = other
            self._page.come_to(lead.number)
            self.line.say(_("Enter dials {number}, which was not tried yet").format(number=other))
            self.tell()
            self.ready()
            return
        self.advance()

    def _take_this(self, key: int) -> None:
        held = self._round
        if held is None or not self._panel.leave():
            return
        self._give_back(held)
        lead = self._session.attempt(lambda: held.take_this(key))
        if lead is None:
            self._session.notices.say(_("That lead is with a colleague just now, or cannot be called."))
            self.advance()
        else:
            self._show(lead)

    def end(self) -> None:
        """Back to the list; what was done stays done."""
        held = self._round
        if held is None or not self._panel.leave():
            return
        self.countdown.stop()
        self.verbs.go_on()
        self._give_back()
        self._round, self.lead, self.calling.instead = None, None, ""
        for action in self._keys:
            self._page.removeAction(action)
        self._stop_key(on=False)
        self.line.hide()
        self.calling.fill_dial(True)
        self.reading.end()
        _hold_steps(self._page, "", "")
        self.calling.room.make(in_a_call=False)
        self._page.place.setCurrentIndex(0)
        self._stand_in_the_list()
        self._page.table.set_stale()
        said = _("{called:,} called, {reached:,} reached.")
        again = (_("Go on calling"), partial(self.start, held.feeds))
        self._session.notices.say(said.format(called=len(held.called), reached=held.reached()), action=again)
        self._page.take_focus()

    def _stand_in_the_list(self) -> None:
        """The row of the list and the record are one again: of who was called last."""
        held = self._panel.record
        if held is not None and not held.is_new:
            self._page.open(held.key)
            come_back(self._page.table, held.key)

    def _give_back(self, into: Round | None = None) -> None:
        """Nobody is held here any more; where somebody else is called first they come next in this round."""
        if self.lead is not None:
            if into is not None:
                into.put_back(self.lead.number)
            by, key = self._session.by, self.lead.number
            self._session.attempt(lambda: queue.release(by, self._holder, key))

    def tick(self) -> None:
        """A minute has gone by: who was left out may be called by now, and what this window has taken stays its own."""
        held = self._round
        if held is None:
            return
        by = self._session.by
        self._session.attempt(lambda: queue.renew(by, self._holder))
        self._session.attempt(held.look_again)
        if self.lead is None and self._page.isVisible():  # on another page the keys stay where they are
            self.advance()
        else:
            self.tell()

    def tell(self) -> None:
        """Say how the queue stands."""
        held = self._round
        if held is not None:
            upcoming = self._session.attempt(held.upcoming) or []
            self.pane.tell(held, self.lead, upcoming, paused=self.paused)
            place = _("{place:,} of {count:,}").format(place=len(held.called) + 1, count=held.total)
            _hold_steps(
                self._page, place if self.lead is not None else "–", _("Skip brings the next one of the queue.")
            )
            self._page.table.counted.emit()  # the status line says how far it is

    def standing(self) -> str:
        """How far it is, and whom Enter dials after saving, for the status line."""
        held = self._round
        if held is None:
            return ""
        said = _("Calling {name} · {called:,} of {total:,} · {ahead:,} left")
        words = said.format(name=held.feeds[0].name, called=len(held.called), total=held.total, ahead=held.ahead)
        following = next((row for row in self.pane.list.entries.rows if row.note), None)
        if following is None:
            return words
        return _("{words} · after saving, Enter dials {name}").format(words=words, name=following.title)

    def _escape(self) -> None:
        if self.countdown.is_running:
            self.countdown.stop()
        else:
            self.end()

    def in_a_call(self, on: bool) -> None:
        """While the bar is open Esc belongs to it."""
        self.countdown.stop()
        self._stop_key(on=not on)
        self.line.offer_dial(not on and self.lead is not None)
        self.calling.hint(on and self.is_running)

    def _stop_key(self, *, on: bool) -> None:
        if on and self.is_running:
            self._page.addAction(self._stop)
            for command in ("cancel",):
                self._panel.commands.named(command).setShortcuts([])
        else:
            self._page.removeAction(self._stop)
            if not self.calling.is_open:
                self._panel.commands.named("cancel").setShortcuts([QKeySequence("Esc")])

    # Back

    def _step_back(self, done: Any) -> None:
        """Ctrl+Z took a call of this queue back: its lead is called again (BX-4)."""
        held = self._round
        if held is None or not isinstance(done, work.Done):
            return
        known = {call.key for call in held.called}
        key = next((each.key for each in done.changes if each.table == "CRMLeads" and each.key in known), None)
        if key is None or not self._panel.leave():
            return
        held.forget(int(str(key)))
        self.calling.instead = ""
        self._give_back(held)
        lead = self._session.attempt(lambda: held.take_this(int(str(key))))
        if lead is None:
            lead = self._session.find(Lead, key)
        if lead is not None:
            self._show(lead)


def _hold_steps(page: RecordPage, place: str, why_not: str) -> None:
    pager = page.findChild(Steps)
    if pager is not None:
        pager.hold(place, why_not)
