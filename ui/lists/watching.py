"""The entry of a list's menu with which somebody watches a view: told when rows come or go (VT-144)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from channergy_crm.language import _
from channergy_crm.services import watched_views
from ui.look.icons import icon

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from channergy_crm.records import ListView
    from ui.session.session import Session


def offer_watching(menu: QMenu, view: ListView, session: Session) -> None:
    """Put it there, with its check, for a view of a list that can be watched."""
    if not watched_views.can(view.screen):
        return
    known = session.attempt(lambda: watched_views.watched(session.by))
    if known is None:
        return
    entry = QAction(icon("reminder", menu), _("Tell me when rows come or go"), menu)
    entry.setObjectName(f"{view.screen}.watch_view")
    entry.setCheckable(True)
    entry.setChecked(view.number in known)
    entry.toggled.connect(lambda on: _turn(view, session, on=on))
    menu.addAction(entry)


def _turn(view: ListView, session: Session, *, on: bool) -> None:
    def turned() -> bool:
        (watched_views.watch if on else watched_views.leave)(view.number, session.by)
        return True

    if session.attempt(turned):
        said = _("You will be told when rows come into “{name}” or leave it.") if on else (
            _("You are told no more of “{name}”."))  # fmt: skip
        back = (_("Watch it again"), partial(_turn, view, session, on=True))
        stop = (_("Stop"), partial(_turn, view, session, on=False))
        session.notices.say(said.format(name=view.name), action=stop if on else back)
