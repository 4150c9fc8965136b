"""What somebody wants of an entry on the page: its card, the form of a new one, a question about a series, the deed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from channergy_crm import clock
from channergy_crm.language import _
from ui.pages.calendar import words
from ui.pages.calendar.card import EntryCard
from ui.pages.calendar.copying import Copying
from ui.pages.calendar.deeds import Deeds
from ui.pages.calendar.form import EntryForm
from ui.pages.calendar.places import Slot, minute_of
from ui.pages.calendar.tools import ACTIVITIES
from ui.pages.calendar.which import Which

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from channergy_crm.records import Task
    from channergy_crm.services.calendar.entries import Entry
    from channergy_crm.services.calendar.making import Person
    from ui.pages.calendar.host import Host

HOUR = 60


class Acting(QObject):
    """Holds the panes over the days, and does what is wanted."""

    def __init__(self, page: Host, over: QWidget) -> None:
        super().__init__(over)
        self._page, self._deeds = page, Deeds(page.session)
        self.copying = Copying(page, self._deeds)
        self.card = EntryCard(page.session, over)
        self.form = EntryForm(page.session, over)
        self.which = Which(over)
        self.card.wanted.connect(page.take)
        self.card.given_up.connect(self._back)
        self.form.given_up.connect(self._back)
        self.form.made.connect(self._made)
        self.which.answered.connect(self._answered)
        self.which.given_up.connect(self._back)
        self.does: dict[str, Callable[[Any, Any], object]] = {
            "open": lambda entry, _more: self._deeds.open(entry), "card": self._card,
            "dial": lambda entry, _more: self._deeds.dial(entry), "done": self._done, "remove": self._remove,
            "move": self._move, "give": self._give, "lengthen": self._lengthen, "new": self._new,
            "dropped": self._dropped, "answer": self._answer, "invite": self._invite,
            "copy": self.copying.copy, "paste": self.copying.paste, "duplicate": self._twice,
            "fixed": lambda entry, _more: page.session.notices.say(words.why_not(entry)),
        }  # fmt: skip

    def put_away(self) -> None:
        """No card any more, nor a form in which nothing was typed."""
        self.card.hide()
        if not self.form.is_begun:
            self.form.hide()

    def stay_inside(self) -> None:
        """The page has another size."""
        self.card.stay_inside()
        self.form.stay_inside()

    def _back(self) -> None:
        self.card.hide()
        self.form.hide()
        self._page.take_focus()

    # ---------------------------------------------------------------- the panes

    def _card(self, entry: Entry, more: str | None) -> None:
        self.form.hide()
        self.card.show_entry(entry)
        self.card.stand_beside(self._page.where.room_of(entry))
        if more == "move":
            room = self._page.where.room_of(entry)
            self.card.ask_move()
            self.card.stand_beside(room)
        elif more == "keys":
            self.card.verbs["open"].setFocus()

    def _new(self, slot: Slot | None, minutes: int) -> None:
        self.card.hide()
        if self._page.tools.source != ACTIVITIES:
            self._page.session.notices.say(_("Here are other records by their day. Activities begin in the calendar."))
            return
        slot = slot or self.usual_slot()
        if self.form.is_begun:
            self.form.title.setFocus()
            return
        self.form.begin(slot, minutes, self._page.tools.known_kinds)
        self.form.stand_beside(self._page.where.room_at(slot))
        self.form.title.setFocus()

    def usual_slot(self) -> Slot:
        """Where a new entry begins if nobody has said: in the place somebody stands on, else in the next full hour."""
        page, now = self._page, clock.now()
        place = page.where.place()
        if place is not None and place.minute is not None:
            return place
        day = place.day if place is not None else page.anchor
        minute = minute_of(now.time()) // HOUR * HOUR + HOUR if day == now.date() else page.begins
        return Slot(day, min(minute, 23 * HOUR), place.owner if place is not None else page.owners[0])

    def _made(self, task: Task) -> None:
        self.form.hide()
        self._page.session.say_done(_("{name} stands in the calendar.").format(name=task.caption()))
        self._page.come_to(task.number, task.reminder_date)
        self._page.take_focus()

    # ---------------------------------------------------------------- the deeds

    def _done(self, entry: Entry, _more: Any) -> None:
        self.card.hide()
        if self._deeds.done(entry):
            self._page.come_to(entry.task)

    def _twice(self, entry: Entry | None, more: Any) -> None:
        self.card.hide()
        self.copying.duplicate(entry, more)
        self._page.take_focus()

    def _answer(self, entry: Entry, answer: str) -> None:
        self.card.hide()
        if self._deeds.answer(entry, answer):
            self._page.come_to(entry.task)
        self._page.take_focus()

    def _invite(self, entry: Entry, guests: list[Person]) -> None:
        if self._deeds.invite(entry, guests):
            self.card.hide()
            self._page.come_to(entry.task)
            self._page.take_focus()

    def _remove(self, entry: Entry, _more: Any) -> None:
        self.card.hide()
        if not entry.may_edit:
            self._page.session.notices.say(words.why_not(entry))
        elif entry.planned:
            self.which.ask(entry, None)
        else:
            self._removed(entry, every=False)

    def _removed(self, entry: Entry, *, every: bool) -> None:
        if self._deeds.remove(entry, every=every):
            self._page.put(entry, None)
            self._page.reload()

    def _move(self, entry: Entry, slot: Slot) -> None:
        self.card.hide()
        if not entry.may_edit:
            self._page.session.notices.say(words.why_not(entry))
        elif entry.guest and slot.owner not in ("", entry.owner):
            said = _("{owner} is only invited to this. It is given away where it stands with whom it belongs to.")
            self._page.session.notices.say(said.format(owner=entry.owner))
        elif entry.planned:
            self.which.ask(entry, slot)
        else:
            self._moved(*self._itself(entry, slot), every=False)

    def _give(self, entry: Entry, by: int) -> None:
        """To whom stands in the next column."""
        page = self._page
        at = page.owners.index(entry.owner) + by if entry.owner in page.owners else -1
        if page.view not in ("day", "week") or len(page.owners) < 2:
            page.session.notices.say(_("Choose several people above: an entry is given to whom stands beside."))
        elif 0 <= at < len(page.owners):
            minute = None if entry.at is None else minute_of(entry.at)
            self._move(entry, Slot(entry.day, minute, page.owners[at]))

    def _itself(self, entry: Entry, slot: Slot) -> tuple[Entry, Slot]:
        """One that was taken where it stands with a guest stays whose it is."""
        itself = next((each for each in self._page.entries if each.task == entry.task and not each.planned), entry)
        return itself, slot._replace(owner=itself.owner) if slot.owner == entry.owner else slot

    def _moved(self, entry: Entry, slot: Slot, *, every: bool) -> None:
        number = self._deeds.move(entry, slot, every=every)
        if number is not None:
            self._page.put(entry, entry._replace(day=slot.day, at=slot.at, owner=slot.owner or entry.owner))
            self._page.come_to(number)
        self._page.take_focus()

    def _answered(self, entry: Entry, slot: Slot | None, every: bool) -> None:
        if slot is None:
            self._removed(entry, every=every)
            self._page.take_focus()
        else:
            self._moved(entry, slot, every=every)

    def _lengthen(self, entry: Entry, minutes: int) -> None:
        self.card.hide()
        if not entry.may_edit:
            self._page.session.notices.say(words.why_not(entry))
        elif (number := self._deeds.lengthen(entry, minutes)) is not None:
            self._page.put(entry, entry._replace(minutes=minutes))
            self._page.come_to(number)

    def _dropped(self, number: int, slot: Slot) -> None:
        found = next((each for each in self._page.beside if each.task == number), None)
        if found is not None:
            side_by_side = self._page.view in ("day", "week")
            self._move(found, slot if side_by_side else slot._replace(owner=found.owner))
