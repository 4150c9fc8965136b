"""Views somebody watches (VT-144): the entry of the list's menu, the bells, and how many rows are new to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from channergy_crm.language import _, ngettext
from channergy_crm.services import watched_views
from ui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenu

    from channergy_crm.records import ListView
    from channergy_crm.services.watched_views import News
    from ui.lists.table import RecordTable
    from ui.lists.tool_row import ShownBox, ViewPill
    from ui.session.session import Session


def offer_watching(menu: QMenu, view: ListView, session: Session, turned: Callable[[], object]) -> None:
    """Put it there, with its check, for a view of a list that can be watched; `turned` hears when that changes."""
    if not watched_views.can(view.screen):
        return
    known = watched(session)
    entry = QAction(icon("reminder", menu), _("Tell me when rows come or go"), menu)
    entry.setObjectName(f"{view.screen}.watch_view")
    entry.setCheckable(True)
    entry.setChecked(view.number in known)
    entry.toggled.connect(lambda on: _turn(view, session, turned, on=on))
    menu.addAction(entry)


def watched(session: Session) -> set[int]:
    """The views whoever works here watches, by number."""
    return session.attempt(lambda: watched_views.watched(session.by)) or set()


class Watched:
    """The watched views of one list: those of pills have a bell, and rows that came since somebody looked at a view are
    counted on its pill, in the drop-down and on it, until it is looked at.
    """

    def __init__(self, table: RecordTable, session: Session, box: ShownBox) -> None:
        self._table, self._session, self._box = table, session, box
        self._pills: Mapping[int | None, ViewPill] = {}
        self._news: dict[int, News] = {}
        self._at: int | None = None
        box.appeared.connect(self._look)

    def tell(self, pills: Mapping[int | None, ViewPill]) -> None:
        """Say it on these pills, and in the drop-down with its entries of now."""
        self._pills = pills
        self.tell_again()

    def tell_again(self) -> None:
        """Look which there are now; to whoever looks at a view nothing in it is new."""
        name, session = self._table.name, self._session
        places = {number: place for place in range(self._box.count())
                  if isinstance(number := self._box.itemData(place), int)}  # fmt: skip
        known = watched(session) if places else set()
        held = session.attempt(lambda: watched_views.unseen(name, session.by)) if known else None
        self._news = held or {}
        if self._at is not None and self._table.isVisible():
            self._take(self._at)
        for number, pill in self._pills.items():
            pill.say_watched(number in known, self._new(number))
        for number, place in places.items():
            self._box.say_watched(place, number in known, self._new(number))
        told = [each for number, each in self._news.items() if number not in self._pills]
        self._box.say_news(sum(each.came for each in told), "\n".join(map(said, told)))

    def _new(self, number: int | None) -> int:
        return self._news[number].came if number in self._news else 0

    def look_at(self, number: int | None) -> None:
        """The list is looked at through this view, None for all of it; what is new in it can be shown alone."""
        if number != self._at:
            self._at = number
            self._look()

    def _look(self) -> None:
        told = self._news.get(self._at) if self._at is not None else None
        if told is None or not self._table.isVisible():
            return
        self.tell_again()
        show = (_("Show what is new"), lambda: self.show_alone(told)) if watched_views.filter_of(told) else None
        self._session.notices.say(said(told), action=show)

    def take(self, number: int) -> None:
        """This view is looked at: nothing in it is new any more."""
        self._take(number)
        self.tell_again()

    def _take(self, number: int) -> None:
        if self._news.pop(number, None) is not None:
            self._session.attempt(lambda: watched_views.look_at(number, self._session.by))

    def show_alone(self, told: News) -> None:
        """The rows that are new and no other, where they are known one by one and not too many."""
        if text := watched_views.filter_of(told):
            self._table.search.setText(text)


def said(news: News) -> str:
    """What has changed in a view, in one sentence."""
    came = ngettext("{count:,} new row in “{name}”.", "{count:,} new rows in “{name}”.", news.came)
    left = ngettext("{count:,} row has left “{name}”.", "{count:,} rows have left “{name}”.", news.left)
    if news.came and news.left:
        both = _("{came:,} new in “{name}”, {left:,} have left.")
        return both.format(came=news.came, left=news.left, name=news.name)
    return (came if news.came else left).format(count=news.came or news.left, name=news.name)


def _turn(view: ListView, session: Session, turned: Callable[[], object], *, on: bool) -> None:
    def done() -> bool:
        (watched_views.watch if on else watched_views.leave)(view.number, session.by)
        return True

    if session.attempt(done):
        turned()
        said = _("You will be told when rows come into “{name}” or leave it.") if on else (
            _("You are told no more of “{name}”."))  # fmt: skip
        back = (_("Watch it again"), lambda: _turn(view, session, turned, on=True))
        stop = (_("Stop"), lambda: _turn(view, session, turned, on=False))
        session.notices.say(said.format(name=view.name), action=stop if on else back)
