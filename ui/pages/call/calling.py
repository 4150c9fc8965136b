"""The flow of a call on the page of leads: one lead after the other, or through a list (BX-1, BX-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records import Lead
from channergy_crm.services import calls
from channergy_crm.settings import HINTS
from ui.pages.call.flow import GIVEN_UP, CallFlow
from ui.pages.call.room import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call, Result
    from ui.pages.call.rounds import Rounds
    from ui.pages.record_page import RecordPage

KEYS = [
    ("F9", N_("Dial: the call bar opens, the keys go to the results")),
    ("1 … 9, 0", N_("The result of the call; 0 is for the others")),
    ("Alt+1 … Alt+9, Alt+0", N_("The same from the note or from any field")),
    ("+ −", N_("The next, the previous time to try again")),
    ("T", N_("Type when to try again")),
    ("Ctrl+Enter", N_("Save call, next lead")),
    ("Esc", N_("Leave without a result; the note is kept")),
    ("Ctrl+Shift+F9", N_("To the call that comes in")),
]
"""for the sheet of keys"""


class Calling(CallFlow):
    """Calls leads: what was typed into the lead is saved with the call, in one step."""

    def __init__(self, page: RecordPage) -> None:
        self._leads = page
        super().__init__(page, [page.panel], page.panel.over_commands)
        self.room = Room(page)
        self.instead = ""
        """another number of the same person, to be dialed instead of the first one (BX-41)"""
        self._rounds: Rounds | None = None
        self._panel.dial = self.dial
        self._panel.log_call = lambda: self.log(self._panel.record, str(getattr(self._panel.record, "phone", "") or ""))
        for name in GIVEN_UP:
            self._panel.commands.named(name).setAutoRepeat(False)

    def dial(self, number: str) -> None:
        """Dial this number of the lead that is open."""
        lead = self._panel.record
        self.call(lead, self.instead if self.instead and number == lead.phone else number)

    @property
    def rounds(self) -> Rounds:
        """Calling through a list; made when somebody wants to."""
        if self._rounds is None:
            from ui.pages.call.rounds import Rounds

            self._bar()  # the line of the queue stands under it
            self._rounds = Rounds(self, self._leads)
        return self._rounds

    @property
    def is_in_a_round(self) -> bool:
        """Whether somebody calls through a list."""
        return self._rounds is not None and self._rounds.is_running

    def hint(self, on: bool) -> None:
        """Say the keys in the bar, as long as the workstation wants that."""
        self._bar().hint(on and self._session.station.get(HINTS))

    def choose(self, code: str) -> None:
        """Say how the call went."""
        self._bar().results.choose_code(code)

    def opened(self, on: bool) -> None:
        """The bar has come, or goes."""
        self.room.make(in_a_call=on or self.is_in_a_round)
        if self._rounds is not None:
            self._rounds.in_a_call(on)

    # Whom the page shows

    def shows(self, called: Called) -> Called | None:
        """The lead that is open, if it is this one."""
        held = self._panel.record
        mine = held is not None and (held is called or (held.key is not None and held.key == called.key))
        return held if mine else None

    def show_again(self, called: Called) -> Called | None:
        """Open this lead again."""
        self._leads.show_target("", called.key)
        return self.shows(called)

    # Saving

    def save_and_next(self) -> None:
        """Save call, next lead: the next row of the list, even though this one may leave the filter."""
        if self.is_in_a_round:
            self.write(self.save_and_next)
            return
        page = self._leads
        table, row = page.table, page.table.grid.currentIndex().row()
        key = table.model.key(row + 1) if 0 <= row < table.model.rowCount() - 1 else None
        if not self.write(self.save_and_next, told=_("That was the last lead of the list.") if key is None else ""):
            return
        if key is None or page.isHidden():
            return
        if table.model.number_of(key) == row + 1:
            table.go_to_row(row + 1)
        else:
            page.open(key)
            table.go_to(key)

    def noted(self, call: Call) -> Call:
        """The call with the list it came out of; another number of the same person is no try of its own."""
        line = call.line._replace(list_name=self._rounds.list_name if self._rounds is not None else "")
        return call._replace(line=line, counts=not self.instead)

    def saved(self, called: Called, result: Result, call: Call) -> None:
        """The call is written down: a queue goes on."""
        self.instead = ""
        if self._rounds is not None and isinstance(called, Lead):
            self._rounds.saved(called if called.key is not None else self._panel.record, result, call)

    def store(self, call: Call, again: Callable[[], object]) -> bool:
        """Write the call down together with what was typed."""
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
