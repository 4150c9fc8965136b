"""The flow of a call on a page: dialed, noted, saved, on to the next; nothing typed on the way is lost (BX-1, BX-2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.services.call_log import Line
from ui.pages.call.call_keys import CallKeys
from ui.pages.call.next_try import in_words
from ui.pages.call.noted import Noted, forget, keep, left_behind
from ui.session.hanging_up import can_hang_up, hang_up
from ui.widgets.controls import Button
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QVBoxLayout

    from channergy_crm.dialing import Dialed
    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call, Result
    from ui.forms.record_panel import RecordPanel
    from ui.pages.call.bar import CallBar
    from ui.pages.page import ListPage

DRAFT_PAUSE_MS = 700
GIVEN_UP = ("save_and_next", "cancel")
"""the commands whose keys the bar has while it is open"""
NO_RESULT = N_("The call has no result yet; the note is kept.")


class CallTo(NamedTuple):
    """Whom to call from another page: the record by its key, another number than its first one; or the row of the call
    log that a call of theirs has already.
    """

    key: object
    number: str = ""
    logged: int | None = None


class CallFlow(QObject):
    """Opens the call bar over the commands of a record when somebody is dialed, and takes care of what is noted there.

    Each page says whom it shows, how a call is stored, and what comes next.
    """

    def __init__(self, page: ListPage, panels: Sequence[RecordPanel], over: QVBoxLayout) -> None:
        super().__init__(page)
        self._page, self._panel, self._over, self._session = page, panels[0], over, page.session
        self._made: CallBar | None = None
        self._kept: dict[tuple[type, object], Noted] = {}
        self._called: Called | None = None
        self._came_from: QWidget | None = None
        self._keys = CallKeys(page, panels, GIVEN_UP)
        self._dialed: Dialed | None = None
        self._logged: int | None = None
        self._elsewhere = False
        self.back = ""
        """the page to go back to when the call is saved; "" to stay"""
        self._draft_later = later(self, lambda: keep(self._session, self._open_bar, self._called), DRAFT_PAUSE_MS)
        self._panel.commands.named("dial").setAutoRepeat(False)  # held down a little too long, it is pressed once
        self._panel.settling.append(self.settle)
        self._panel.turned.connect(self._turned)

    # What each page says itself

    def shows(self, called: Called) -> Called | None:
        """This one as it stands now, if the page shows it; None otherwise."""
        raise TypeError("each page says whom it shows")

    def show_again(self, called: Called) -> Called | None:
        """Come back to this one; None where that cannot be."""
        raise TypeError("each page says how it comes back")

    def store(self, call: Call, again: Callable[[], object]) -> bool:
        """Write the call down; False when something keeps it from that, which is said."""
        raise TypeError("each page says how a call is stored")

    def save_and_next(self) -> None:
        """Save the call, and on to the next one of the list."""
        raise TypeError("each page says who comes next")

    def verb(self) -> str:
        """What saving does, as its button says it."""
        return _("Save call, next lead")

    def opened(self, on: bool) -> None:
        """The bar has come, or goes."""

    def saved(self, called: Called, result: Result, call: Call) -> None:
        """The call is written down."""

    def noted(self, call: Call) -> Call:
        """The call with what the page knows of it."""
        return call

    # Dialing

    def call(self, called: Called, number: str) -> None:
        """Dial this number of theirs; the bar is open before anybody answers."""
        bar = self._bar()
        if bar.is_open and self._called is not None and not _same(self._called, called) and not self.settle():
            return
        if bar.is_open:
            bar.dial_again(number)
        else:
            held = self._kept.pop((type(called), called.key), None)
            self.open(called, number, held or left_behind(self._session, called))
        bar.results.setFocus()
        self.opened(True)
        self._session.dial(number, heard=partial(self._heard, called), record=called)

    def log(self, called: Called | None, number: str) -> None:
        """Note a call that was made elsewhere, with another telephone: nothing is dialed (BX-7)."""
        if called is None or (self.is_open and not self.settle()):
            return
        self.open(called, number, self._kept.pop((type(called), called.key), None))
        self._elsewhere = True
        self._bar().calling.setText(_("Call with"))
        self._bar().results.setFocus()
        self.opened(True)

    def answer(self, called: Called, to: CallTo) -> None:
        """They are on the line: the bar opens, and what is noted completes the row their call has (BX-7)."""
        if self.is_open and not self.settle():
            return
        self.open(called, to.number, self._kept.pop((type(called), called.key), None), to.logged)
        self._bar().results.setFocus()
        self.opened(True)

    def _heard(self, called: Called, dialed: Dialed | None) -> None:
        """What became of dialing; by then somebody may be with another one."""
        if called is self._called and self._open_bar is not None:
            self._dialed = dialed
            self._open_bar.heard(dialed, can_hang_up=can_hang_up(self._session, dialed))

    @property
    def is_open(self) -> bool:
        """Whether a call is being noted."""
        return self._open_bar is not None

    def _bar(self) -> CallBar:
        if self._made is None:
            from ui.pages.call.bar import CallBar

            self._made = CallBar(self._over.parentWidget() or self._page)
            self._over.addWidget(self._made)
            self._made.saved.connect(self.save_and_next)
            self._made.noted.connect(self._draft_later.start)
            self._made.hang_up.clicked.connect(lambda: hang_up(self._session, self._dialed, self._bar().hung_up))
        return self._made

    @property
    def _open_bar(self) -> CallBar | None:
        return self._made if self._made is not None and self._made.is_open else None

    def open(self, called: Called, number: str, noted: Noted | None = None, logged: int | None = None) -> None:
        """Open the bar for them, with what was noted before; `logged` is the row a call of theirs has already."""
        focus = QApplication.focusWidget()
        self._came_from = focus if focus is not None and self._page.isAncestorOf(focus) else None
        self._called, self._dialed, self._logged, self._elsewhere = called, None, logged, False
        if noted is not None and noted.number != number and number:
            noted.number, noted.since = number, clock.now()
        from ui.pages.call.bar import say_save

        self._bar().begin(called, number, self._session.by, noted, comes_in=logged is not None)
        say_save(self._bar(), self.verb())
        run = ((("Ctrl+Return", "Ctrl+Enter"), self.save_and_next), (("Esc",), self.leave))  # unsaid: keys
        self._keys.take(run, self._bar().results.choose_digit)
        self.fill_dial(False)

    def _close(self) -> Noted:
        bar = self._bar()
        had_focus = bar.isAncestorOf(QApplication.focusWidget() or self._page)
        noted = bar.end()
        self._draft_later.stop()
        self._keys.give_back()
        self.fill_dial(True)
        self._called = None
        self.opened(False)
        back = self._came_from
        if had_focus and back is not None and back.isVisible() and back.isEnabled():
            back.setFocus()
        elif had_focus:
            self._page.take_focus()
        return noted

    def fill_dial(self, on: bool) -> None:
        """Dial is the filled button, or one of the others."""
        for button in self._page.findChildren(Button, f"{self._panel.prefix}.dial"):
            button.loud(on)

    # Saving

    def write(self, again: Callable[[], object], told: str = "") -> bool:
        """Write down how the call went; False when something keeps it from that.

        `again` is what *Retry* does, where the surroundings were to blame.
        """
        bar, called = self._bar(), self._called
        call, result = bar.call(), bar.results.result
        if call is None or result is None or called is None:
            self._session.notices.warn(_("Say first how the call went: press 1 to 9, or 0 for the others."))
            bar.results.setFocus()
            return False
        if problem := bar.next_try.editor.text_problem():
            self._session.notices.warn(problem)
            bar.next_try.say_problem()
            bar.next_try.editor.setFocus()
            return False
        key, name = called.key, called.caption()
        call = self.noted(call._replace(line=_line(bar, self._dialed, self._logged, elsewhere=self._elsewhere)))
        call = call if self._logged is None else call._replace(counts=False)

        def retry() -> None:  # long after as well: only while it is still this call that is noted
            if self._open_bar is not None and self._called is called:
                again()

        if not self.store(call, retry):
            return False
        self._kept.pop((type(called), key), None)
        forget(self._session, type(called), key)
        self._close()
        said = _("{name}: {result}. Next try {when}.") if call.next_try else _("{name}: {result}.")
        when = in_words(call.next_try, clock.now()) if call.next_try else ""
        self._session.say_done(said.format(name=name, result=result.label, when=when))
        if told:
            self._session.notices.add(told)
        back, self.back = self.back, ""
        if back:
            self._session.go_to(back)
        self.saved(called, result, call)
        return True

    # Leaving

    def leave(self) -> None:
        """Esc: leave without a result; the note is kept, and Undo brings the bar back."""
        if self._open_bar is not None:
            self._set_aside(_("Left without a result; the note is kept."), _("Left without a result."))

    def settle(self) -> bool:
        """The page is left some other way: a result that was chosen is written, a note without one is kept."""
        bar = self._open_bar
        if bar is None:
            return True
        if bar.results.result is not None:
            return self.write(self.settle)
        self._set_aside(_(NO_RESULT), "")
        return True

    def _set_aside(self, with_note: str, without: str) -> None:
        called = self._called
        assert called is not None  # noqa: S101  the bar is open for somebody
        keep(self._session, self._open_bar, called)
        key = called.key
        noted, self.back = self._close(), ""
        if noted.note:
            self._kept[type(called), key] = noted
        said = with_note if noted.note else without
        if said:
            self._session.notices.say(said, undo=partial(self._bring_back, called, noted))

    def _bring_back(self, called: Called, noted: Noted) -> None:
        held = self.shows(called) or (self.show_again(called) if called.key is not None else None)
        if held is None or self._open_bar is not None:
            return
        self._kept.pop((type(called), called.key), None)
        self.open(held, noted.number, noted)
        self.opened(True)
        self._bar().results.setFocus()

    def _turned(self) -> None:
        """Another record is shown, or the same one as it is now."""
        bar, called = self._open_bar, self._called
        if bar is None or called is None:
            return
        held = self.shows(called)
        if held is not None:
            bar.tell(held)
        else:
            self._set_aside(_(NO_RESULT), "")


def _same(one: Any, other: Any) -> bool:
    return one is other or (type(one) is type(other) and one.key is not None and one.key == other.key)


def _line(bar: CallBar, dialed: Dialed | None, logged: int | None, *, elsewhere: bool) -> Line:
    """What is known of the call: the telephone tells no end, so it is the time at the desk until a result."""
    wrap_up = int((clock.now() - bar.ended).total_seconds()) if bar.ended else None
    sent = dialed.bridge if dialed is not None and dialed.sent else ""
    logged = dialed.logged if dialed is not None else logged
    line = Line(*bar.dialed, bar.ended, sent, wrap_up=wrap_up, logged=logged)
    return line._replace(started=line.ended, wrap_up=None) if elsewhere else line  # nobody knows how long that took
