"""The entry of a list's menu with which somebody watches a view: told when rows come or go (VT-144)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from channergy_crm.language import _
from channergy_crm.services import watched_views
from ui.look.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QMenu

    from channergy_crm.records import ListView
    from ui.lists.tool_row import ViewPill
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


def tell_watched(pills: Mapping[int | None, ViewPill], session: Session) -> None:
    """The pill of a view that is watched has its bell."""
    known = watched(session) if len(pills) > 1 else set()
    for number, pill in pills.items():
        pill.say_watched(number in known)


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
