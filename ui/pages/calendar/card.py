"""The small card of an entry that was clicked: what it is, and what can be done with it; its day can be typed there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.services import dated
from ui.editors.dates import DateEditor, TimeEditor
from ui.look import theme
from ui.look.plain import Label
from ui.pages.calendar import words
from ui.pages.calendar.guest_lines import GuestLines
from ui.pages.calendar.over import Over
from ui.pages.calendar.places import Slot, has_day, minute_of
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.calendar.entries import Entry
    from ui.session.session import Session

WIDE, SIDE = 340, 16
VERBS = {
    "open": N_("Open"), "done": N_("Done"), "dial": N_("Dial Phone"), "move": N_("Move to…"),
    "guests": N_("Guests…"), "duplicate": N_("Duplicate"), "remove": N_("Remove"),
}  # fmt: skip


class EntryCard(Over):
    """`wanted` tells as the views do what is to be done with the entry it is about."""

    wanted = Signal(str, object, object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("calendar.card", _("The entry"), parent)
        self.entry: Entry | None = None
        self.title = Label("", self)
        self.title.setWordWrap(True)
        self.title.setFont(theme.section(self.font()))
        self.lines = Label("", self)
        self.lines.setWordWrap(True)
        self.lines.wear("muted")
        self.verbs = {word: self._verb(word, _(said)) for word, said in VERBS.items()}
        self._moving = self._move_line()
        self.said = named(Remark("", self, ink="overdue"), "calendar.card_said", _("About the day"))
        self.guests = GuestLines(session, self)
        self.guests.answered.connect(lambda answer: self._tell("answer", answer))
        self.guests.invited.connect(lambda people: self._tell("invite", people))
        self.guests.settled.connect(self.stay_inside)
        below = WrappingRow(held := QWidget(self), WIDE - 2 * SIDE)
        below.setContentsMargins(0, 0, 0, 0)
        for button in self.verbs.values():
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 12, SIDE, 12)
        column.setSpacing(8)
        for part in (self.title, self.lines):
            column.addWidget(part)
        column.addWidget(self.guests)
        column.addWidget(held)
        column.addWidget(self._moving)
        column.addWidget(self.said)
        self.setFixedWidth(theme.px(WIDE, self))

    def _verb(self, word: str, said: str) -> Button:
        button = named(Button(said, self), f"calendar.card_{word}", said)
        button.quiet(word == "remove")
        button.clicked.connect(lambda: self._press(word))
        return button

    def _move_line(self) -> QWidget:
        line = QWidget(self)
        self.day = named(DateEditor(line), "calendar.move_day", _("Day"))
        self.at = named(TimeEditor(line), "calendar.move_time", _("Time"))
        self.day.goes_with(self.at)
        self.at.setPlaceholderText(_("no time"))
        self.go = named(Button(_("Move"), line), "calendar.move", _("Move the entry"))
        self.go.loud()
        self.go.clicked.connect(lambda: self._move())
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.day, 3)
        row.addWidget(self.at, 2)
        row.addWidget(self.go)
        return line

    def show_entry(self, entry: Entry) -> None:
        """Be about this entry."""
        self.entry = entry
        self.title.setText(entry.title or words.kind_said(entry.kind))
        state = _(words.STATES[entry.state]) if entry.state in words.STATES else ""
        guests, whose = words.guests_said(entry) if entry.guests else "", words.invited_said(entry) or entry.owner
        kind = " · ".join(part for part in (words.kind_said(entry.kind), state, guests, whose) if part)
        self.lines.setText("\n".join(part for part in (words.when(entry), entry.about, entry.place, kind) if part))
        self.verbs["done"].setText(_("Reopen") if entry.state == "done" else _("Done"))
        self.verbs["done"].setAccessibleName(self.verbs["done"].text())
        activity = dated.source(entry.kind) is None
        for word in ("done", "remove", "guests", "duplicate"):
            self.verbs[word].setVisible(activity)
        self.guests.show_entry(entry, activity=activity)
        mine = words.why_not(entry)
        planned = _("This turn of the series has not come yet.") if entry.planned else ""
        offer(self.verbs["done"], mine or planned)
        offer(self.verbs["remove"], mine)
        offer(self.verbs["move"], mine)
        offer(self.verbs["guests"], mine)
        self._moving.hide()
        self.said.say("")

    def ask_move(self) -> None:
        """Type the day and the time."""
        entry = self.entry
        if entry is None or not entry.may_edit:
            return
        self._moving.show()
        self.day.set_value(entry.day if has_day(entry) else clock.today())
        self.at.set_value(entry.at)
        self.settle()
        self.day.setFocus()
        self.day.selectAll()

    def _press(self, word: str) -> None:
        if word == "move":
            self.ask_move()
        elif word == "guests":
            self.guests.ask()
        else:
            self._tell(word, None)

    def _tell(self, word: str, more: object) -> None:
        if self.entry is not None:
            self.wanted.emit(word, self.entry, more)

    def _move(self) -> None:
        problem = self.day.text_problem() or self.at.text_problem()
        day, at = self.day.value(), self.at.value()
        if not problem and day is None:
            problem = _("Say on which day.")
        self.said.say(problem or "")
        if problem or self.entry is None:
            self.settle()
            (self.at if self.at.text_problem() else self.day).setFocus()
            return
        self.wanted.emit("move", self.entry, Slot(day, None if at is None else minute_of(at), self.entry.owner))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._moving.isVisible():
            self._move()
        else:
            super().keyPressEvent(event)
