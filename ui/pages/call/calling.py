"""The flow of a call on the page of leads: dialed, noted, saved, on to the next; nothing typed on the way is lost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records import Lead
from channergy_crm.services import calls
from ui.pages.call.next_try import in_words
from ui.pages.call.noted import Noted
from ui.pages.call.room import Room
from ui.widgets.controls import Button
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.dialing import Dialed
    from ui.pages.call.bar import CallBar
    from ui.pages.record_page import RecordPage

DRAFT = "call"
DRAFT_PAUSE_MS = 700
ON_THE_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut
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
        self._keys: dict[str, list[QKeySequence]] = {}
        self._own: list[QAction | QShortcut] = []
        self._room = Room(page)
        self._draft_later = later(self, self._keep_draft, DRAFT_PAUSE_MS)
        self._panel.dial = self.dial
        for name in ("dial", *GIVEN_UP):  # a key that is held down a little too long is pressed once
            self._panel.commands.named(name).setAutoRepeat(False)
        self._panel.settling.append(self.settle)
        self._panel.turned.connect(self._turned)

    # Dialing

    def dial(self, number: str) -> None:
        """Dial this number of the lead that is open; the bar is open before anybody answers."""
        lead = self._panel.record
        bar = self._bar()
        if bar.is_open:
            bar.dial_again(number)
        else:
            self._open(lead, number, self._kept.pop(lead.key, None) or self._left_behind(lead))
        bar.results.setFocus()
        self._session.dial(number, heard=partial(self._heard, lead), record=lead)

    def _heard(self, lead: Lead, dialed: Dialed | None) -> None:
        """What became of dialing; by then somebody may be with another lead."""
        if lead is self._lead and self._open_bar is not None:
            self._open_bar.heard(dialed)

    def _bar(self) -> CallBar:
        if self._made is None:
            from ui.pages.call.bar import CallBar

            self._made = CallBar(self._panel)
            self._panel.over_commands.addWidget(self._made)
            self._made.saved.connect(self.save_and_next)
            self._made.noted.connect(self._draft_later.start)
        return self._made

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
        self._room.make(in_a_call=True)
        self._take_keys()
        self._fill_dial(False)

    def _close(self) -> Noted:
        bar = self._bar()
        had_focus = bar.isAncestorOf(QApplication.focusWidget() or self._page)
        noted = bar.end()
        self._room.make(in_a_call=False)
        self._draft_later.stop()
        self._give_keys_back()
        self._fill_dial(True)
        self._lead = None
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

    def _fill_dial(self, on: bool) -> None:
        for button in self._panel.findChildren(Button, f"{self._panel.prefix}.dial"):
            button.loud(on)

    # Keys

    def _take_keys(self) -> None:
        for name in GIVEN_UP:
            action = self._panel.commands.named(name)
            self._keys[name] = action.shortcuts()
            action.setShortcuts([])
        for keys, run in ((("Ctrl+Return", "Ctrl+Enter"), self.save_and_next), (("Esc",), self.leave)):
            action = QAction(self._panel)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(ON_THE_PAGE)
            action.setAutoRepeat(False)
            action.triggered.connect(lambda _on=False, run=run: run())
            self._page.addAction(action)
            self._own.append(action)
        for digit in range(10):
            shortcut = QShortcut(QKeySequence(f"Alt+{digit}"), self._page)
            shortcut.setContext(ON_THE_PAGE)
            shortcut.activated.connect(partial(self._bar().results.choose_digit, digit))
            self._own.append(shortcut)

    def _give_keys_back(self) -> None:
        for own in self._own:
            if isinstance(own, QAction):
                self._page.removeAction(own)
            own.setEnabled(False)
            own.deleteLater()
        self._own = []
        for name, keys in self._keys.items():
            self._panel.commands.named(name).setShortcuts(keys)
        self._keys = {}

    # Saving

    def save_and_next(self) -> None:
        """Save call, next lead: the next row of the list, even though this one may leave the filter."""
        table, row = self._page.table, self._page.table.grid.currentIndex().row()
        key = table.model.key(row + 1) if 0 <= row < table.model.rowCount() - 1 else None
        if not self._write(self.save_and_next, told=_("That was the last lead of the list.") if key is None else ""):
            return
        if key is None:
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
            bar.next_try.editor.setFocus()
            return False
        lead, result = self._panel.record, bar.results.result
        key, name = lead.key, lead.caption()
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
        if bar.has_result:
            return self._write(self.settle)
        self._set_aside(_("The call has no result yet; the note is kept."), "")
        return True

    def _set_aside(self, with_note: str, without: str) -> None:
        lead = self._lead
        key = lead.key if lead is not None else None
        self._keep_draft()
        noted = self._close()
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

    # Kept on the disk

    def _keep_draft(self) -> None:
        """What is noted is kept in case the program ends without a word."""
        bar, lead = self._open_bar, self._lead
        if bar is None or lead is None:
            return
        note = bar.note.toPlainText().strip()
        if note:
            self._session.drafts.put(DRAFT, lead, {"notes": note})
        else:
            self._session.drafts.drop(DRAFT)

    def _left_behind(self, lead: Lead) -> Noted | None:
        """A note that was kept when the program ended."""
        held = self._session.drafts.get(DRAFT, Lead)
        if held is None or held[0] is None or held[0] != lead.key:
            return None
        self._session.drafts.take(DRAFT)
        return Noted("", clock.now(), str(held[1].get("notes") or ""))
