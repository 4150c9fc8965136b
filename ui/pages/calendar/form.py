"""A new entry, typed in place: what it is, who it is about, when, how long, where, who comes, how often."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Lead, Operator, Task
from channergy_crm.services import accounts
from channergy_crm.services.calendar import making
from channergy_crm.text.activities import LONGEST
from ui.editors.base import LineEditor, NumberEditor
from ui.editors.dates import DateEditor, TimeEditor
from ui.editors.repeats import RepeatsEditor
from ui.forms.field_row import FIELD_HEIGHT
from ui.look import theme
from ui.look.plain import Label
from ui.pages.calendar.below import Below
from ui.pages.calendar.free_times import FreeTimes
from ui.pages.calendar.over import Over
from ui.pages.calendar.people_line import PeopleLine
from ui.pages.calendar.places import SHORTEST
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.tab_bars import Segments

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.services.calendar.free import Gap
    from channergy_crm.services.calendar_people import Person
    from ui.pages.calendar.places import Slot
    from ui.session.session import Session

WIDE, LABEL, MOST, USUAL = 460, 84, 4, {"call": 15, "meeting": 60, "task": 30}
"""pixels; kinds that have room; and minutes that an entry of a kind takes where nobody says otherwise"""


class EntryForm(Over):
    """`made` tells the task that was made."""

    made = Signal(object)

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("calendar.form", _("New entry"), parent)
        self._session, self._owner = session, ""
        self._account: int | None = None
        self._lead: Lead | None = None
        self.head = Label(_("New entry"), self)
        self.head.setFont(theme.section(self.font()))
        self.kind = named(Segments(self), "calendar.new_kind", _("Kind"))
        self.title = self._people("title", _("What"))
        self.about = self._people("about", _("About"))
        self.day = named(DateEditor(self), "calendar.new_day", _("Day"))
        self.at = named(TimeEditor(self), "calendar.new_time", _("Time"))
        self.day.goes_with(self.at)
        self.at.setPlaceholderText(_("no time"))
        self.minutes = named(NumberEditor(self, minimum=0, maximum=LONGEST), "calendar.new_minutes", _("Minutes"))
        self.minutes.set_unit(_("min"))
        self.place = named(LineEditor(self, max_length=250), "calendar.new_place", _("Location"))
        self.guests = self._people("guests", _("Guests"), guests=True)
        self.repeats = named(RepeatsEditor(self), "calendar.new_repeats", _("Repeats"))
        self.said = named(Remark("", self, ink="overdue"), "calendar.new_said", _("What is wrong"))
        self.save = named(Button(_("Save"), self), "calendar.new_save", _("Save the entry"))
        self.save.loud()
        self.cancel = named(Button(_("Cancel"), self), "calendar.new_cancel", _("Make no entry"))
        self.cancel.quiet()
        self.free = FreeTimes(session, self)
        self.below = Below(self, self._settle_if_shown)
        self._lay_out()
        self.kind.currentChanged.connect(lambda _place: self._kind_changed())
        self.title.picked.connect(self._picked)
        self.about.picked.connect(self._about_picked)
        self.free.asked.connect(self.find_free)
        self.free.taken.connect(self._take_time)
        self.free.settled.connect(self._settle_if_shown)
        self.save.clicked.connect(lambda: self.keep())
        self.cancel.clicked.connect(lambda: self.given_up.emit())

    def _people(self, word: str, said: str, *, guests: bool = False) -> PeopleLine:
        line = PeopleLine(self._session, self, guests=guests, several=guests)
        return named(line, f"calendar.new_{word}", said)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, theme.px(LABEL, self))
        grid.setColumnStretch(1, 1)
        when = QHBoxLayout()
        when.setSpacing(8)
        when.addWidget(self.day, 9)
        when.addWidget(self.at, 6)
        when.addWidget(self.minutes, 4)
        rows: list[tuple[str, Any, tuple[str, ...]]] = [
            (_("Kind"), self.kind, ()), (_("What"), self.title, ("action",)), (_("About"), self.about, ("about",)),
            (_("When"), when, ("reminder_date", "reminder_time", "minutes")),
            (_("Location"), self.place, ("place",)), (_("Guests"), self.guests, ("guests",)),
            (_("Repeats"), self.repeats, ("repeats",)),
        ]  # fmt: skip
        for row, (said, part, fields) in enumerate(rows):
            label = Label(said, self)
            label.wear("muted")
            label.setFixedHeight(theme.px(FIELD_HEIGHT, self))
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._cell(part, fields), row, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        self.said.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.head)
        column.addLayout(grid)
        column.addWidget(self.said)
        column.addLayout(foot)
        self.setFixedWidth(theme.px(WIDE, self))
        self._follow_each_other()

    def _follow_each_other(self) -> None:
        """Tab goes from one to the next as they are read."""
        parts = (self.kind, self.title, self.about, self.day, self.at, self.minutes, self.free.verb, self.free.times,
                 self.place, self.guests, self.repeats, self.cancel, self.save)  # fmt: skip
        for one, following in pairwise(parts):
            self.setTabOrder(one, following)

    def _cell(self, part: Any, fields: Sequence[str]) -> QVBoxLayout:
        """A part with the sentences about its fields."""
        cell = QVBoxLayout()
        cell.setSpacing(2)
        if isinstance(part, QHBoxLayout):
            cell.addLayout(part)
        else:
            cell.addWidget(part, 0, _side_of(part))
        for field in fields:
            cell.addWidget(self.below.under(field, self.fields[field]))
        if isinstance(part, QHBoxLayout):
            cell.addWidget(self.free)
        return cell

    def begin(self, slot: Slot, minutes: int, kinds: Mapping[str, str], kind: str = "call") -> None:
        """An empty one for this place; `kinds` are those there are, and what they are called."""
        self._owner, self._account, self._lead = slot.owner, None, None
        for line in (self.title, self.about, self.guests):
            line.show_people([])
        self.place.set_value("")
        self.repeats.set_value("")
        self.kind.offer(list(kinds.items())[:MOST], kind)
        self.day.set_value(slot.day)
        self.at.set_value(slot.at)
        self.minutes.set_value(minutes or USUAL.get(kind, 30))
        mine = self._owner in ("", self._session.by)
        self.head.setText(_("New entry") if mine else _("New entry for {owner}").format(owner=self._owner))
        self.said.say("")
        self.below.say({})
        self.free.put_away()

    def _kind_changed(self) -> None:
        if self.minutes.value() in USUAL.values():
            self.minutes.set_value(USUAL.get(str(self.kind.value()), 30))

    def _picked(self, person: Person) -> None:
        """A name taken in the title: the entry is about them."""
        self.about.show_people([person])
        self._about_picked(person)

    def _about_picked(self, person: Person) -> None:
        by = self._session.by
        self._account = self._lead = None
        if person.record is Account:
            self._account = int(str(person.key))
        elif person.record is Lead:
            self._lead = self._session.find(Lead, person.key)
        elif person.record is Contact:
            self._account = self._session.attempt(lambda: accounts.account_of("contact", person.key, by))
            self.guests.show_people([*self.guests.people(), person])

    @property
    def fields(self) -> dict[str, Any]:
        """The editors by the field of a task they are about, in the order in which they are walked through."""
        return {
            "action": self.title, "about": self.about, "reminder_date": self.day, "reminder_time": self.at,
            "minutes": self.minutes, "place": self.place, "guests": self.guests, "repeats": self.repeats,
        }  # fmt: skip

    def keep(self) -> None:
        """Save it, or say beside the fields what is wrong; what was typed stays then."""
        by = self._session.by
        self._complain("")
        self.below.say(problems := self._problems())
        if problems:
            return
        try:
            task = making.start(
                by, self.day.value(), self.at.value(), self.minutes.value() or 0, str(self.kind.value()), self._owner
            )
            self._fill(task)
            made = making.save(task, self._invited(), by)
        except CRMError as error:
            field = error.field if isinstance(error, Mistake) else None
            if field is not None and self.below.knows(field):
                self.below.say({field: error.message})
            else:
                self._complain(error.message)
            return
        self.made.emit(made)

    def find_free(self) -> None:
        """Offer the next times that whose it is and the guests of the office all have."""
        wrong = {field: said for field in ("reminder_date", "minutes") if (said := self.fields[field].text_problem())}
        self.below.say(wrong)
        if not wrong:
            guests = [str(each.key) for each in self.guests.people() if each.record is Operator]
            owners = dict.fromkeys([self._owner or self._session.by, *guests])
            self.free.offer(list(owners), self.day.value() or clock.today(), self.minutes.value() or SHORTEST)

    def _take_time(self, gap: Gap) -> None:
        self.day.set_value(gap.day)
        self.at.set_value(gap.at)
        self.below.say({})
        (self.save if self.title.text().strip() else self.title).setFocus()

    def _complain(self, said: str) -> None:
        self.said.say(said)
        self._settle_if_shown()

    def _settle_if_shown(self) -> None:
        if self.isVisible():
            self.settle()

    def _fill(self, task: Task) -> None:
        task.action = self.title.text().strip()
        about: Account | Lead | None = self._lead
        if self._account is not None:
            about = self._session.find(Account, self._account)
        if self.about.people() and about is not None:
            making.link_to(task, about, self._session.by)
        task.place, task.repeats = self.place.value() or "", self.repeats.value()

    def _invited(self) -> list[Any]:
        return [making.Person(each.record._meta.table_name, each.key) for each in self.guests.people()]

    def _problems(self) -> dict[str, str]:
        """What is wrong, by field."""
        found = {}
        if not self.title.text().strip():
            found["action"] = _("Say what it is about.")
        for field in ("reminder_date", "reminder_time", "minutes", "place", "repeats"):
            if said := self.fields[field].text_problem():
                found[field] = said
        if "reminder_date" not in found and self.day.value() is None:
            found["reminder_date"] = _("Say on which day.")
        for field in ("about", "guests"):
            if others := self.fields[field].unknown():
                said = _("Nobody here is called “{name}”. Choose from what is offered, or leave it empty.")
                found[field] = said.format(name=others[0])
        return found

    @property
    def is_begun(self) -> bool:
        """Whether something stands there that would be lost."""
        lines: tuple[Any, ...] = (self.title, self.about, self.guests, self.place)
        return self.isVisible() and any(line.text().strip() for line in lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            pressed = self.focusWidget()
            if isinstance(pressed, QPushButton):
                pressed.click()
            else:
                self.keep()
        else:
            super().keyPressEvent(event)


def _side_of(part: QWidget) -> Qt.AlignmentFlag:
    """A tray stands at the left, a line takes all there is."""
    return Qt.AlignmentFlag.AlignLeft if isinstance(part, Segments) else Qt.AlignmentFlag(0)
