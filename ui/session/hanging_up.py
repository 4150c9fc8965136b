"""Ending a call from here, where the way it was dialed can do that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import dialing
from channergy_crm.language import _
from channergy_crm.services import office

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.dialing import Bridge, Dialed
    from ui.session.session import Session


def can_hang_up(session: Session, dialed: Dialed | None) -> bool:
    """Whether this call can be ended from here."""
    return dialed is not None and dialed.sent and _bridge(session).can_hang_up


def hang_up(session: Session, dialed: Dialed | None, done: Callable[[], object]) -> None:
    """End it, off the window's thread; `done` when it is over, otherwise why not is said."""
    bridge = _bridge(session)

    def ended(said: str) -> None:
        done()
        session.notices.say(said)

    session.work(lambda _progress: dialing.hang_up(bridge, dialed), label=_("Hanging up"), done=ended, progress=False)


def _bridge(session: Session) -> Bridge:
    return dialing.chosen(session.station, operator=session.by, region=office.region())
