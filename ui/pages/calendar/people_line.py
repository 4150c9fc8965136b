"""A line that completes names: of whom an entry is about, or of those who are invited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter

from channergy_crm.services import calendar_people
from ui.editors.base import QuietLine
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar_people import Person
    from ui.session.session import Session

PAUSE_MS, LEAST = 150, 2
"""how long nothing was typed, and how many letters are looked for"""


class PeopleLine(QuietLine):
    """Names, completed from the second letter on. One that takes `several` is a list with commas.

    `picked` tells who was taken from the completion.
    """

    picked = Signal(object)

    def __init__(self, session: Session, parent: QWidget, *, guests: bool = False, several: bool = False) -> None:
        super().__init__(parent)
        self._session, self._guests, self._several = session, guests, several
        self._offered: dict[str, Person] = {}
        self._taken: list[Person] = []
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWidget(self)
        completer.activated.connect(self._take)
        self.offers = completer
        self._soon = later(self, self.look, PAUSE_MS)
        self.textEdited.connect(lambda _text: self._soon.start())

    def people(self) -> list[Person]:
        """Who was taken and still stands there."""
        names = {part.strip() for part in self.text().split(",")}
        return [each for each in self._taken if each.name in names]

    def unknown(self) -> list[str]:
        """What stands there that nobody is called."""
        names = {each.name for each in self._taken}
        return [part.strip() for part in self.text().split(",") if part.strip() and part.strip() not in names]

    def show_people(self, people: Sequence[Person]) -> None:
        """Show these."""
        self._taken = list(people)
        self.setText(", ".join(each.name for each in people))

    def look(self) -> None:
        """Offer who is called like what is typed."""
        typed = self._typed_last()
        if len(typed) < LEAST:
            return
        by, guests = self._session.by, self._guests
        found = self._session.attempt(lambda: calendar_people.found(typed, by, guests=guests)) or []
        self._offered = {each.said: each for each in found}
        self._names.setStringList(list(self._offered))
        if found and self.hasFocus():
            self.offers.complete()

    def _typed_last(self) -> str:
        return self.text().rpartition(",")[2].strip() if self._several else self.text().strip()

    def _take(self, said: str) -> None:
        person = self._offered.get(said)
        if person is None:
            return
        before = self.text().rpartition(",")[0].strip() if self._several else ""
        self._taken = [*(self._taken if self._several else ()), person]
        self.setText(f"{before}, {person.name}, " if before else f"{person.name}, " if self._several else person.name)
        self.picked.emit(person)
