"""The page of the tab Calendar: activities, and other records by their day, as day, week, month and list (VT-42)."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.services import dated
from channergy_crm.services.calendar.entries import Entry
from ui.look import theme
from ui.pages.calendar import opening, places, words
from ui.pages.calendar.acting import Acting
from ui.pages.calendar.agenda import Agenda
from ui.pages.calendar.filtering import Filtering
from ui.pages.calendar.following import Following
from ui.pages.calendar.hours import HoursView
from ui.pages.calendar.month import MonthView
from ui.pages.calendar.reading import Asked, Read, read
from ui.pages.calendar.side import Side
from ui.pages.calendar.tools import ACTIVITIES, Tools
from ui.pages.calendar.turning import Turning
from ui.pages.calendar.where import Where
from ui.pages.page import PlainPage
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from ui.editors.base import LineEditor
    from ui.session.session import Session

QUICK_MS = 40
"""milliseconds up to which it is read at once"""
NARROW, WIDE, WIDEST = 1180, 1400, 1800
SIDES = ((WIDEST, 300), (WIDE, 272), (NARROW, 240))
WORKED = 8 * 60 + 30
"""minutes of a working day"""


class CalendarPage(PlainPage):
    """`anchor` is the day that is looked at; what is shown follows from it, the view and the width."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        named(self, "calendar.page", _("Calendar"))
        self.held: Read | None = None
        self.view, self.anchor, self.begins = opening.first_view(session), clock.today(), 9 * 60
        self.owners = opening.people(session)
        self._asked, self.stale = 0, True
        self._come: int | None = None
        self.tools, self.side = Tools(self), Side(self)
        day = HoursView("calendar.day", _("Calendar of a day"), self, rows=6)
        week = HoursView("calendar.week", _("Calendar of a week"), self)
        month = MonthView("calendar.month", _("Calendar of a month"), self)
        self.views: dict[str, Any] = {"day": day, "week": week, "month": month, "list": Agenda(self)}
        self._stack = QStackedWidget(self)
        for view in self.views.values():
            self._stack.addWidget(view)
        self.turning = Turning(self, self)
        self.acting = Acting(self, self)
        self.filtering = Filtering(self)
        self._lay_out()
        self.where = Where(self, self)
        self.following = Following(self, self)
        self._connect()

    def _lay_out(self) -> None:
        days = QHBoxLayout()
        days.setSpacing(0)
        days.addWidget(self._stack, 1)
        days.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tools)
        column.addWidget(self.filtering)
        column.addWidget(self.acting.which)
        column.addLayout(days, 1)

    def _connect(self) -> None:
        for part in (self.tools, self.side.list, *self.views.values()):
            part.wanted.connect(self.take)
        self.filtering.changed.connect(self.show_entries)
        self.filtering.left.connect(self.take_focus)
        new, dial = _("Create entry"), _("Dial Phone")
        keys = (("new_key", new, "Ctrl+N", lambda: self.take("new", None, 0)), ("dial", dial, "F9", self._dial))
        for name, said, key, run in keys:
            action = QAction(said, self)
            action.setObjectName(f"calendar.{name}")
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(lambda _on=False, run=run: run())
            self.addAction(action)

    # ---------------------------------------------------------------- what the window asks of a page

    def activate(self) -> None:
        """Somebody looks at this page."""
        if self.stale or self.held is None:
            self.reload()

    def leave(self) -> bool:
        """A question that was not answered moves nothing; a new entry that is typed is saved or given up first."""
        self.acting.which.give_up()
        self.acting.put_away()
        if self.acting.form.is_begun:
            self.session.notices.say(_("Save the new entry first, or press Esc in it."))
            self.acting.form.title.setFocus()
            return False
        return True

    def take_focus(self) -> None:
        """The keys go to the days."""
        (self.acting.form.title if self.acting.form.isVisible() else self.views[self.view]).setFocus()

    def parts(self) -> Sequence[QWidget]:
        """The head, the question, the days, what stands beside them."""
        return [self.tools, self.filtering, self.acting.which, self._stack, self.side]

    def filter_line(self) -> LineEditor:
        """Ctrl+F: where what is shown is filtered."""
        line = self.filtering.asked()
        self.tell_filter()
        return line

    def refresh(self) -> None:
        """F5: read it anew."""
        self.reload()

    def tick(self) -> None:
        """A minute has gone by: the line of now, and what is late."""
        self.following.soon.start()

    def standing(self) -> str:
        """Which days, whose, how many, how many are late."""
        if self.held is None or not self.turning.days:
            return _("Calendar")
        return words.standing(self.view, self.turning.named(), self.owners, self.held.entries)

    def show_target(self, what: str, key: object) -> None:
        """Come here to look at other records by their day, at a day, or at an entry."""
        source = dated.source(what.removeprefix("calendar_"))
        wanted = ACTIVITIES if what == "calendar_activities" else source.key if source is not None else ""
        if wanted not in ("", self.tools.source):
            self.take("source", wanted, None)
        if isinstance(key, date):
            self.anchor = key
            self.reload()
        elif isinstance(key, int):
            self.come_to(key, self.following.day_of(key))
        else:
            self.activate()

    # ---------------------------------------------------------------- reading

    def come_to(self, number: int, day: date | None = None) -> None:
        """Read anew and stand on the entry of this task; `day` is turned to where it is not shown."""
        self._come = number
        if day is not None and day not in self.turning.days:
            self.anchor = day
        self.reload()

    def reload(self) -> None:
        """Read what is asked for and show it; what takes long beside the window."""
        self.following.soon.stop()
        self._asked += 1
        first, last = self.turning.span()
        asked = Asked(first, last, self.owners, frozenset(self.tools.kinds), self.tools.source)
        by, quick = self.session.by, self.held is not None and self.held.took < QUICK_MS
        self.session.work(
            lambda _progress: read(asked, by), label=_("Reading the calendar"), progress=False, at_once=quick,
            done=partial(self._show, self._asked),
        )  # fmt: skip

    def _show(self, asked: int, held: Read) -> None:
        if asked != self._asked:
            return
        self.held, self.stale, self.begins = held, False, held.begins
        known = {each.id for each in held.offered}
        kept = tuple(owner for owner in self.owners if owner in known) or (self.session.by,)
        self.tools.offer_people(held.offered, kept)
        self.tools.known_kinds, self.tools.sources = held.kinds, held.sources
        self.tools.say_shown()
        self.tools.first = opening.first_view(self.session)
        if kept != self.owners:
            self.owners = kept
            self.reload()
            return
        self.show_entries()

    def show_entries(self) -> None:
        """Show what was read, in the view that is chosen."""
        if self.held is None:
            return
        self.turning.lay(self.held.entries)
        self.tools.show_view(self.view, words.title(self.view, self.turning.named()))
        view, entries = self.views[self.view], self.filtering.passed(self.held.entries)
        view.nothing = words.nothing(self.tools.source, filtered=self.filtering.is_on)
        if isinstance(view, HoursView):
            view.begins, view.ends = self.begins, min(self.begins + WORKED, 24 * 60)
            entries = places.spread(entries, self.turning.days, self.owners)
        if isinstance(view, MonthView):
            view.month = self.anchor.replace(day=1)
        if isinstance(view, MonthView):
            entries = places.spread(entries, self.turning.days, ())
        if isinstance(view, Agenda):
            view.show_entries(entries)
        else:
            view.show_entries(entries, self.turning.days, self.owners)
        self.side.show_entries(self.filtering.passed(self.beside), filtered=self.filtering.is_on)
        self.tell_filter()
        self._stack.setCurrentWidget(view)
        come, self._come = self._come, None
        if come is not None:
            view.stand_on_task(come)
        self.turning.land(view)
        self.tell_window()

    def tell_filter(self) -> None:
        """How many of how many are shown, on the days and beside them."""
        every = [*self.entries, *self.beside]
        known = {(each.task, each.day, each.owner): each for each in every}
        self.filtering.tell(len(self.filtering.passed(list(known.values()))), len(known))

    @property
    def entries(self) -> list[Entry]:
        """What stands on the days."""
        return self.held.entries if self.held is not None else []

    @property
    def beside(self) -> list[Entry]:
        """What stands in no day: late, or without a date."""
        return self.held.beside if self.held is not None else []

    def put(self, entry: Entry, instead: Entry | None) -> None:
        """Show at once what has become of an entry; what the store says of it comes with the next reading."""
        if self.held is None or self.held.took < QUICK_MS:
            return
        others = [each for each in self.held.entries if each != entry]
        self.held = self.held._replace(entries=others + ([instead] if instead is not None else []))
        self.show_entries()

    def _dial(self) -> None:
        entry = (self.side.list if self.side.list.hasFocus() else self.views[self.view]).current()
        if entry is not None:
            self.take("dial", entry, None)

    # ---------------------------------------------------------------- what is wanted

    def take(self, word: str, what: object, more: object) -> None:
        """Do what a part of the page wants; of an entry that is shown on several days all of it is meant."""
        what = places.whole(what) if isinstance(what, Entry) else what
        if word != "card":
            self.acting.card.hide()
        deed = self.acting.does.get(word) or self.turning.does.get(word)
        if deed is not None:
            deed(what, more)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.acting.card.isVisible():
            self.acting.card.hide()
        elif event.key() == Qt.Key.Key_Escape and self.filtering.isVisible():
            self.filtering.give_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.acting.stay_inside()

    def fit(self) -> None:
        """How wide the side is, and how many days a week shows."""
        wide = self.width()
        self.tools.fit(wide)
        side = next((pixels for least, pixels in SIDES if wide >= theme.px(least, self)), 0)
        self.side.setVisible(self.tools.source == ACTIVITIES and (bool(side) or self.tools.side.isChecked()))
        self.side.setFixedWidth(theme.px(side or SIDES[-1][1], self))
        if self.turning.widen(narrow=not side, whole=wide >= theme.px(WIDEST, self)) and self.held is not None:
            self.reload()
