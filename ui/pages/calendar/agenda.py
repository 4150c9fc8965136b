"""The calendar as a list: the same entries in rows, one below the other (VT-64)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal

from channergy_crm.language import _
from ui.history.sheet import Column, Line, Sheet
from ui.look.wording import day_in_words
from ui.pages.calendar import copying, words
from ui.pages.calendar.standing import ANSWERS, DEEDS, DONE, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry

STATE = 6
"""the column that says how an entry stands"""


class Agenda(Sheet):
    """The list; `wanted` tells as the painted views do what somebody wants."""

    wanted = Signal(str, object, object)

    def __init__(self, parent: QWidget) -> None:
        columns = [
            Column(_("Day"), 110), Column(_("Time"), 110), Column(_("What"), 220, True), Column(_("Kind"), 90),
            Column(_("About"), 180), Column(_("Location"), 130), Column(_("Status"), 84), Column(_("Whose"), 84),
        ]  # fmt: skip
        super().__init__("calendar.list", _("Calendar as a list"), columns, parent)
        self.nothing = ""
        self.opened.connect(lambda: self._tell("open"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._asked)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; the cursor stays on what it stood on."""
        before = self.current()
        self.show_lines([_line(each) for each in entries])
        if before is not None:
            self.stand_on_task(before.task)

    def current(self) -> Entry | None:
        """The entry somebody stands on."""
        found: Entry | None = self.about()
        return found

    def stand_on_task(self, number: int) -> bool:
        """Stand on the entry of this task; False when it is not among these."""
        held = [line.about for line in self.rows.lines]
        place = next((place for place, each in enumerate(held) if each.task == number), None)
        if place is not None:
            self.selectRow(place)
        return place is not None

    def stand_on(self, entry: Entry) -> None:
        """Stand on this entry."""
        key = key_of(entry)
        place = next((place for place, line in enumerate(self.rows.lines) if key_of(line.about) == key), None)
        if place is not None:
            self.selectRow(place)

    def _asked(self, _at: QPoint) -> None:
        self._tell("card")

    def _tell(self, deed: str, more: str | None = None) -> None:
        entry = self.current()
        if entry is not None:
            self.wanted.emit(deed, entry, "keys" if deed == "card" else more)

    def event(self, event: QEvent) -> bool:
        """What pastes elsewhere in the window pastes entries here."""
        if copying.is_asked(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if word := copying.wanted(event):
            self.wanted.emit(word, self.current(), None)
        elif key in DEEDS and not held:
            self.wanted.emit(*DEEDS[key], None)
        elif key in ANSWERS and not held:
            self._tell("answer", ANSWERS[key])
        elif key in DONE and not held:
            self._tell(DONE[key])
        else:
            super().keyPressEvent(event)


def _line(entry: Entry) -> Line:
    at = "" if entry.at is None else f"{entry.at:%H:%M}"
    if entry.at is not None and entry.minutes:
        at = _("{time} to {until}").format(time=at, until=f"{entry.ends:%H:%M}")
    state = _(words.STATES[entry.state]) if entry.state in words.STATES else ""
    said = (day_in_words(entry.day), at, entry.title, words.kind_said(entry.kind), entry.about, entry.place, state,
            entry.owner)  # fmt: skip
    return Line(
        said,
        entry,
        words.heard(entry),
        entry.state == "done",
        (STATE, entry.state) if entry.state in ("overdue", "soon") else (-1, ""),
    )
