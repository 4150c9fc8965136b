"""What one key does in a queue: skip, pause, snooze, do not call, a task, convert (BX-4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from channergy_crm import clock
from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import Lead, Task
from channergy_crm.records.calls import Meaning
from channergy_crm.records.pauses import REASONS
from channergy_crm.services import accounts, calls, pauses, reminders
from channergy_crm.services.calls import Call
from ui.lists.row_words import joined
from ui.pages.call.round_line import DIAL
from ui.pages.snooze import Put, offered
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.calls import Result
    from ui.pages.call.countdown import Countdown
    from ui.pages.call.round_line import RoundLine
    from ui.pages.call.round_pane import RoundPane
    from ui.pages.record_page import RecordPage


class Noting(Protocol):
    """The bar in which a call is noted."""

    @property
    def is_open(self) -> bool:
        """Whether a call is being noted."""

    def choose(self, code: str) -> None:
        """Say how the call went."""

    def save_and_next(self) -> None:
        """Save the call, and on."""


class Turns(Protocol):
    """The queue whose turn it is."""

    lead: Lead | None
    paused: str
    pane: RoundPane
    line: RoundLine
    countdown: Countdown

    @property
    def calling(self) -> Noting:
        """The bar in which a call is noted."""

    def advance(self) -> None:
        """The next one."""

    def ready(self) -> None:
        """Enter dials."""

    def tell(self) -> None:
        """Say how the queue stands."""

    def saved(self, lead: Lead, result: Result, call: Call) -> None:
        """A call was saved."""


class Verbs:
    """Does them for the one who is called now."""

    def __init__(self, rounds: Turns, page: RecordPage) -> None:
        self._rounds, self._page, self._panel, self._session = rounds, page, page.panel, page.session
        self._pause: tuple[int, str] | None = None

    def do(self, name: str) -> None:
        """One of the verbs; those that lead on take the next one."""
        deeds: dict[str, Callable[[], object]] = {
            "skip": self.skip, "pause": self.pause, "snooze": self.snooze, "do_not_call": self.refuse,
            "task": self.task, **{each: partial(self._panel.commands.run, each) for each in (DIAL, "convert")},
        }  # fmt: skip
        self._rounds.countdown.stop()
        if self._rounds.lead is not None or name == "pause":
            deeds[name]()

    def skip(self) -> None:
        """The next one, without a call; a note that was begun is kept with the lead."""
        if self._panel.leave():
            self._rounds.advance()

    def pause(self) -> None:
        """Pause with a reason, or go on."""
        if self._rounds.paused:
            self.go_on()
            self._rounds.tell()
            self._rounds.ready()
            return
        menu = Menu(self._rounds.pane)
        menu.setObjectName("call.pause_menu")
        for key, reason in REASONS.items():
            menu.addAction(_(reason), partial(self._pause_for, key, _(reason)))
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self._rounds.pane.pause.mapToGlobal(self._rounds.pane.pause.rect().bottomLeft()))

    def go_on(self) -> None:
        """The pause is over, however it ends: it is kept for the figures."""
        self._rounds.paused = ""
        pause, self._pause = self._pause, None
        if pause is not None:
            self._session.attempt(lambda: pauses.end(*pause))

    def _pause_for(self, key: str, reason: str) -> None:
        by = self._session.by
        pause = self._session.attempt(lambda: pauses.begin(key, by))
        self._pause = (pause, by) if pause is not None else None
        self._rounds.paused = _("Paused: {reason}, since {time}").format(reason=reason, time=f"{clock.now():%H:%M}")
        self._rounds.tell()
        if not self._rounds.calling.is_open:
            self._rounds.ready()  # Enter dials nobody meanwhile

    def snooze(self) -> None:
        """Call this one later: the usual times, one letter each."""
        menu = Menu(self._rounds.line)
        menu.setObjectName("call.snooze_menu")
        for place, put in enumerate(offered(clock.now()), 1):
            menu.addAction(f"&{place}  {put.text}", partial(self._snooze_to, put))
        menu.setActiveAction(menu.actions()[0])
        button = self._rounds.line.buttons["snooze"]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _snooze_to(self, put: Put) -> None:
        lead, by = self._rounds.lead, self._session.by
        if lead is None or not self._panel.leave():
            return
        if self._session.attempt(lambda: reminders.snooze(Lead, [lead.number], put.day, by, put.at)):
            said = _("{name} snoozed to {when}.")
            self._session.say_done(said.format(name=lead.caption(), when=joined(put.day, put.at)))
            self._rounds.advance()

    def refuse(self) -> None:
        """Nobody calls there any more: the result that means so is saved at once, with Undo."""
        lead, by = self._rounds.lead, self._session.by
        known = self._session.attempt(lambda: calls.results(by)) or []
        result = next((each for each in known if each.meaning == Meaning.DO_NOT_CALL), None)
        if lead is None or result is None:
            return
        if self._rounds.calling.is_open:
            self._rounds.calling.choose(result.code)
            self._rounds.calling.save_and_next()
            return
        call = Call(result.code, counts=False, made=False)
        try:
            held = calls.write_call(self._panel.record, call, by)
        except CRMError as error:
            self._session.notices.warn(error.message)
            return
        self._session.say_done(_("{name}: {result}.").format(name=held.caption(), result=result.label))
        self._rounds.saved(held, result, call)

    def task(self) -> None:
        """Something to do for this one, beside the call."""
        from ui.forms.new_record_dialog import NewRecordDialog

        lead, by = self._rounds.lead, self._session.by
        if lead is None:
            return
        dialog = NewRecordDialog(Task, "", self._session, self._page, start=lambda: _task_for(lead, by))
        if dialog.exec():
            self._session.say_done(_("Task created."))


def _task_for(lead: Lead, by: str) -> Task:
    """A task for a lead, called like what is usually meant: Enter is enough."""
    task = accounts.start_task(by, lead=lead)
    task.action = _("Follow up: {name}").format(name=lead.caption())
    return task
