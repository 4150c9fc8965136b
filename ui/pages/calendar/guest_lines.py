"""On the card of an entry: who is invited and what they have answered; one's own answer; who else is to be invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Operator
from channergy_crm.records.guests import INVITED, MAYBE, NO, YES
from channergy_crm.services.calendar import making
from channergy_crm.services.calendar_people import Person
from ui.look.plain import Label
from ui.pages.calendar import words
from ui.pages.calendar.below import Below
from ui.pages.calendar.people_line import PeopleLine
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.calendar.entries import Entry
    from channergy_crm.services.calendar.making import Invited
    from ui.session.session import Session

OPERATORS, MOST = Operator._meta.table_name, 8
"""guests that are named"""
WAYS = {YES: N_("I come"), MAYBE: N_("I may come"), NO: N_("I do not come")}


class GuestLines(QWidget):
    """`answered` tells one's own answer, `invited` the guests there are to be; `settled` that more or less is seen."""

    answered = Signal(str)
    invited = Signal(object)
    settled = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._guests: list[Invited] = []
        self.names = Label("", self)
        self.names.setWordWrap(True)
        self.names.setObjectName("calendar.card_guests")
        self.ways = {word: self._way(word, _(said)) for word, said in WAYS.items()}
        self.line = named(PeopleLine(session, self, guests=True, several=True), "calendar.invite", _("Guests"))
        self.keep = named(Button(_("Invite"), self), "calendar.invite_save", _("Save who is invited"))
        self.keep.clicked.connect(lambda: self.save())
        self.below = Below(self, self.settled.emit)
        self._own, self._asking = self._row(*self.ways.values()), self._row(self.line, self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.names, self._own, self._asking, self.below.under("guests", self.line)):
            column.addWidget(part)

    def _way(self, word: str, said: str) -> Button:
        button = named(Button(said, self), f"calendar.card_{word}", said)
        button.clicked.connect(lambda: self.answered.emit(word))
        return button

    def _row(self, *parts: QWidget) -> QWidget:
        held = QWidget(self)
        row = QHBoxLayout(held)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part)
        return held

    def show_entry(self, entry: Entry, *, activity: bool) -> None:
        """Say who is invited to it, and offer an answer to whoever looks and is."""
        by = self._session.by
        asked = activity and (entry.guests or entry.guest or entry.also)
        self._guests = (self._session.attempt(lambda: making.guests_of(entry.task, by)) or []) if asked else []
        mine = next((each for each in self._guests if each.person == (OPERATORS, by)), None)
        self.names.setText(self._said())
        self.names.setVisible(bool(self._guests))
        self._own.setVisible(mine is not None)
        for word, button in self.ways.items():
            button.loud(mine is not None and mine.answer == word)
        self._asking.hide()
        self.below.say({})
        self.setVisible(bool(self._guests))

    def _said(self) -> str:
        said = [
            _("{name}: {answer}").format(name=each.name, answer=words.answer_said(each.answer))
            for each in self._guests[:MOST]
        ]
        if len(self._guests) > MOST:
            count = len(self._guests) - MOST
            said.append(ngettext("{count:,} more", "{count:,} more", count).format(count=count))
        return "\n".join(said)

    def ask(self) -> None:
        """Type who is invited."""
        records = {record._meta.table_name: record for record in INVITED}
        self.line.show_people([Person(each.name, records[each.table], each.key) for each in self._guests])
        self.show()
        self._asking.show()
        self.settled.emit()
        self.line.setFocus()
        self.line.end(False)

    @property
    def is_asking(self) -> bool:
        """Whether somebody types who is invited."""
        return self._asking.isVisible()

    def save(self) -> None:
        """Invite those that stand there, or say whom nobody knows."""
        unknown = self.line.unknown()
        said = _("Nobody here is called “{name}”. Choose from what is offered, or leave it empty.")
        self.below.say({"guests": said.format(name=unknown[0])} if unknown else {})
        if not unknown:
            people = self.line.people()
            self.invited.emit([making.Person(each.record._meta.table_name, each.key) for each in people])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)
