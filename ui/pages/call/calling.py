"""The flow of a call on the page of leads: dialed, noted, saved, on to the next; nothing typed on the way is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.services import calls
from channergy_crm.services.call_log import Line
from channergy_crm.settings import HINTS
from ui.pages.call.call_keys import CallKeys
from ui.pages.call.next_try import in_words
from ui.pages.call.noted import DRAFT, Noted, keep, left_behind
from ui.pages.call.room import Room
from ui.session.hanging_up import can_hang_up, hang_up
from ui.widgets.controls import Button
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.dialing import Dialed
    from channergy_crm.records import Lead
    from ui.pages.call.bar import CallBar
    from ui.pages.call.rounds import Rounds
    from ui.pages.record_page import RecordPage

DRAFT_PAUSE_MS = 700
GIVEN_UP = ("save_and_next", "cancel")
"""the commands whose keys the bar has while it is open"""
KEYS = [
    ("F9", N_("Dial: the call bar opens, the keys go to the results")),
    ("1 … 9, 0", N_("The result of the call; 0 is for the others")),
    ("Alt+1 … Alt+9, Alt+0", N_("The same from the note or from any field")),
    ("+ −", N_("The next, the previous time to try again")),
    ("T", N_("Type when to try again")),
    ("Ctrl+Enter", N_("Save call, next lead")),
    ("Esc", N_("Leave without a result; the note is kept")),
]
"""for the sheet of keys"""


class Calling(QObject):
    """Opens the call bar over the commands of a lead when it is dialed, and takes care of what is noted there."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page, self._panel, self._session = page, page.panel, page.session
        self._made: CallBar | None = None
        self._kept: dict[object, Noted] = {}
        self._lead: Lead | None = None
        self._came_from: QWidget | None = None
        self._keys = CallKeys(page, GIVEN_UP)
        self.room = Room(page)
        self.instead = ""
        """another number of the same person, to be dialed instead of the first one (BX-41)"""
        self.back = ""
        """the page to go back to when the call is saved; "" to stay"""
        self._dialed: Dialed | None = None
        self._rounds: Rounds | None = None
        self._draft_later = later(self, lambda: keep(self._session, self._note(), self._lead), DRAFT_PAUSE_MS)
        self._panel.dial = self.dial
        for name in ("dial", *GIVEN_UP):  # a key that is held down a little too long is pressed once
            self._panel.commands.named(name).setAutoRepeat(False)
        self._panel.settling.append(self.settle)
        self._panel.turned.connect(self._turned)

    # Dialing

    def dial(self, number: str) -> None:
        """Dial this number of the lead that is open; the bar is open before anybody answers."""
        lead = self._panel.record
        number = self.instead if self.instead and number == lead.phone else number
        bar = self._bar()
        if bar.is_open:
            bar.dial_again(number)
        else:
            self._open(lead, number, self._kept.pop(lead.key, None) or left_behind(self._session, lead))
        bar.results.setFocus()
        if self._rounds is not None:
            self._rounds.in_a_call(True)
        self._session.dial(number, heard=partial(self._heard, lead), record=lead)

    def _heard(self, lead: Lead, dialed: Dialed | None) -> None:
        """What became of dialing; by then somebody may be with another lead."""
        if lead is self._lead and self._open_bar is not None:
            self._dialed = dialed
            self._open_bar.heard(dialed, can_hang_up=can_hang_up(self._session, dialed))

    @property
    def rounds(self) -> Rounds:
        """Calling through a list; made when somebody wants to."""
        if self._rounds is None:
            from ui.pages.call.rounds import Rounds

            self._bar()  # the line of the queue stands under it
            self._rounds = Rounds(self, self._page)
        return self._rounds

    @property
    def is_in_a_round(self) -> bool:
        """Whether somebody calls through a list."""
        return self._rounds is not None and self._rounds.is_running

    @property
    def is_open(self) -> bool:
        """Whether a call is being noted."""
        return self._open_bar is not None

    def hint(self, on: bool) -> None:
        """Say the keys in the bar, as long as the workstation wants that."""
        self._bar().hint(on and self._session.station.get(HINTS))

    def choose(self, code: str) -> None:
        """Say how the call went."""
        self._bar().results.choose_code(code)

    def _bar(self) -> CallBar:
        if self._made is None:
            from ui.pages.call.bar import CallBar

            self._made = CallBar(self._panel)
            self._panel.over_commands.addWidget(self._made)
            self._made.saved.connect(self.save_and_next)
            self._made.noted.connect(self._draft_later.start)
            self._made.hang_up.clicked.connect(lambda: hang_up(self._session, self._dialed, self._bar().hung_up))
        return self._made

    def _note(self) -> str | None:
        bar = self._open_bar
        return bar.note.toPlainText() if bar is not None else None

    @property
    def _open_bar(self) -> CallBar | None:
        return self._made if self._made is not None and self._made.is_open else None

    def _open(self, lead: Lead, number: str, noted: Noted | None) -> None:
        focus = QApplication.focusWidget()
        self._came_from = focus if focus is not None and self._page.isAncestorOf(focus) else None
        self._lead = lead
        if noted is not None and noted.number != number and number:
            noted.number, noted.since = number, clock.now()
        self._bar().begin(lead, number, self._session.by, noted)
        self.room.make(in_a_call=True)
        run = ((("Ctrl+Return", "Ctrl+Enter"), self.save_and_next), (("Esc",), self.leave))  # unsaid: keys
        self._keys.take(run, self._bar().results.choose_digit)
        self.fill_dial(False)

    def _close(self) -> Noted:
        bar = self._bar()
        had_focus = bar.isAncestorOf(QApplication.focusWidget() or self._page)
        noted = bar.end()
        self.room.make(in_a_call=self.is_in_a_round)
        self._draft_later.stop()
        self._keys.give_back()
        self.fill_dial(True)
        self._lead = None
        if self._rounds is not None:
            self._rounds.in_a_call(False)
        if had_focus:
            self._go_back()
        return noted

    def _go_back(self) -> None:
        """The keys go where they went before the call."""
        back = self._came_from
        if back is not None and back.isVisible() and back.isEnabled():
            back.setFocus()
        else:
            self._page.take_focus()

    def fill_dial(self, on: bool) -> None:
        """Dial is the filled button, or one of the others."""
        for button in self._panel.findChildren(Button, f"{self._panel.prefix}.dial"):
            button.loud(on)

    # Saving

    def save_and_next(self) -> None:
        """Save call, next lead: the next row of the list, even though this one may leave the filter."""
        if self.is_in_a_round:
            self._write(self.save_and_next)
            return
        table, row = self._page.table, self._page.table.grid.currentIndex().row()
        key = table.model.key(row + 1) if 0 <= row < table.model.rowCount() - 1 else None
        if not self._write(self.save_and_next, told=_("That was the last lead of the list.") if key is None else ""):
            return
        if key is None or self._page.isHidden():
            return
        if table.model.number_of(key) == row + 1:
            table.go_to_row(row + 1)
        else:
            self._page.open(key)
            table.go_to(key)

    def _write(self, again: Callable[[], object], told: str = "") -> bool:
        """Write down how the call went, together with what was typed; False when something keeps it from that.

        `again` is what *Retry* does, where the surroundings were to blame.
        """
        bar = self._bar()
        call = bar.call()
        if call is None:
            self._session.notices.warn(_("Say first how the call went: press 1 to 9, or 0 for the others."))
            bar.results.setFocus()
            return False
        if problem := bar.next_try.editor.text_problem():
            self._session.notices.warn(problem)
            bar.next_try.say_problem()
            bar.next_try.editor.setFocus()
            return False
        lead, result = self._panel.record, bar.results.result
        key, name = lead.key, lead.caption()
        call = call._replace(
            line=_line(bar, self._dialed, self._rounds.list_name if self._rounds is not None else ""),
            counts=not self.instead,
        )
        if not self._store(call, partial(self._retry, self._lead, again)):
            return False
        self._kept.pop(key, None)
        self._session.drafts.drop(DRAFT)
        self._close()
        said = _("{name}: {result}. Next try {when}.") if call.next_try else _("{name}: {result}.")
        when = in_words(call.next_try, clock.now()) if call.next_try else ""
        self._session.say_done(said.format(name=name, result=result.label if result else "", when=when))
        if told:
            self._session.notices.add(told)
        self.instead, back, self.back = "", self.back, ""
        if back:
            self._session.go_to(back)
        if self._rounds is not None and result is not None:
            self._rounds.saved(lead if lead.key is not None else self._panel.record, result, call)
        return True

    def _retry(self, lead: Lead | None, again: Callable[[], object]) -> None:
        """*Retry*, long after as well: only while it is still this call that is noted."""
        if self._open_bar is not None and self._lead is lead:
            again()

    def _store(self, call: calls.Call, again: Callable[[], object]) -> bool:
        panel, written = self._panel, []

        def save(lead: Any, by: str) -> Lead:
            held = calls.write_call(lead, call, by)
            written.append(held.key)
            return lead if lead.key is not None else held

        if (panel.is_edited or panel.record.is_new) and not panel.save_changes(save, again=again):
            return False
        if written:
            return True
        try:
            save(panel.record, self._session.by)
        except CRMError as error:
            self._session.notices.warn(error.message, again if isinstance(error, Surroundings) else None)
            return False
        return True

    # Leaving

    def leave(self) -> None:
        """Esc: leave without a result; the note is kept, and Undo brings the bar back."""
        if self._open_bar is not None:
            self._set_aside(_("Left without a result; the note is kept."), _("Left without a result."))

    def settle(self) -> bool:
        """The lead is left some other way: a result that was chosen is written, a note without one is kept."""
        bar = self._open_bar
        if bar is None:
            return True
        if bar.results.result is not None:
            return self._write(self.settle)
        self._set_aside(_("The call has no result yet; the note is kept."), "")
        return True

    def _set_aside(self, with_note: str, without: str) -> None:
        lead = self._lead
        key = lead.key if lead is not None else None
        keep(self._session, self._note(), self._lead)
        noted, self.back = self._close(), ""
        if noted.note:
            self._kept[key] = noted
        said = with_note if noted.note else without
        if said:
            self._session.notices.say(said, undo=partial(self._bring_back, lead, key, noted))

    def _bring_back(self, lead: Lead | None, key: object, noted: Noted) -> None:
        held = self._panel.record
        if held is not lead and (held is None or held.key != key):
            if key is None:
                return
            self._page.show_target("", key)
            held = self._panel.record
        if held is None or held.key != key or self._open_bar is not None:
            return
        self._kept.pop(key, None)
        self._open(held, noted.number, noted)
        self._bar().results.setFocus()

    def _turned(self) -> None:
        """Another record is shown, or the same one as it is now."""
        bar = self._open_bar
        if bar is None:
            return
        record, lead = self._panel.record, self._lead
        if record is not None and lead is not None and (record is lead or record.key == lead.key):
            bar.tell(record)
        else:
            self._set_aside(_("The call has no result yet; the note is kept."), "")


def _line(bar: CallBar, dialed: Dialed | None, list_name: str) -> Line:
    """What is known of the call: the telephone tells no end, so it is the time at the desk until a result."""
    wrap_up = int((clock.now() - bar.ended).total_seconds()) if bar.ended else None
    sent = dialed.bridge if dialed is not None and dialed.sent else ""
    logged = dialed.logged if dialed is not None else None
    return Line(*bar.dialed, bar.ended, sent, list_name=list_name, wrap_up=wrap_up, logged=logged)
