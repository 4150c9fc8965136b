"""The week itself: each day people sign in, do what the plan says, and go; by the evening nothing has complained."""

from __future__ import annotations

import time as stopwatch
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtTest import QTest

from channergy_crm import clock
from tests.journeys.week import book, entering, looking, selling, writing
from tests.journeys.week.office import furnish
from tests.secured import PASSWORD
from tests.ui.gestures import activate
from tests.ui.hands import opened
from ui.outgoing import mail_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.journeys.week.book import Book, Desk
    from tests.journeys.week.noise import Noise
    from tests.journeys.week.plan import Visit

HOLD_SECONDS = 0.2
"""how long a mail can be taken back: long enough for the script, which never does"""
FOR_MARKS = 3
"""leads that are there to be marked, whatever becomes of the others"""
A_DEED = timedelta(minutes=1)
"""by the clock of the office, which moves from deed to deed"""


def deed(name: str) -> Callable[[Desk], None]:
    """What one of the words of the plan means."""
    found: Any = next(getattr(each, name) for each in (looking, entering, selling, writing) if hasattr(each, name))
    return found  # type: ignore[no-any-return]


def live(
    bot: Any, url: str, days: list[list[Visit]], held: Book, noise: Noise,
    told: Callable[[str, float], object] = lambda _name, _seconds: None,
) -> None:  # fmt: skip
    """Live through it. `told` hears how long each deed took."""
    furnish(url, held, max(len(visit.deeds) for visits in days for visit in visits) + FOR_MARKS)
    before = book.counted(url)
    mail_out.HOLD_SECONDS, usual = HOLD_SECONDS, mail_out.HOLD_SECONDS
    try:
        for visits in days:
            for visit in visits:
                _come(bot, url, visit, held, noise, told)
            assert not noise.lines, f"On {visits[0].at:%A} something complained:\n" + "\n".join(noise.lines)
    finally:
        mail_out.HOLD_SECONDS = usual
    reckoned(url, before, held)


def _come(bot: Any, url: str, visit: Visit, held: Book, noise: Noise, told: Callable[[str, float], object]) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the window of whoever was there before
    with clock.fixed(visit.at), opened(bot, url, visit.by, password=PASSWORD) as hands:
        hands.window.resize(1280, 900)
        for place, name in enumerate(visit.deeds):
            began = stopwatch.perf_counter()
            try:
                with clock.fixed(visit.at + place * A_DEED):
                    hands.window._minute.timeout.emit()
                    QTest.mouseMove(hands.window.windowHandle(), QPoint(40 + place % 2, 10))  # somebody is there
                    activate(bot, hands.window)  # what a window manager does when a dialog or a tool has gone
                    deed(name)(book.Desk(hands, visit.by, held))
            except Exception as error:
                said = [notice.text for notice in hands.window.notices.recent()][:3]
                error.add_note(f"{visit.by} on {visit.at:%A %H:%M}: {name}; said before: {said}")
                raise
            told(name, stopwatch.perf_counter() - began)
            held.deeds[name] += 1
        warned = [notice.text for notice in hands.window.notices.recent() if notice.level == "warning"]
        noise.lines += [f"{visit.by} was warned: {text}" for text in warned]


def reckoned(url: str, before: Any, held: Book) -> None:
    """The store holds what was done, by a connection of its own, and the server has each mail once."""
    after = book.counted(url)
    grown = {name: after[name] - before[name] for name in book.COUNTED}
    wrong = {name: (count, held.done[name]) for name, count in grown.items() if count != held.done[name]}
    assert not wrong, f"in the store, and by the script: {wrong}"
    stages = book.stages(url)
    assert {number: stages[number] for number in held.stages} == held.stages
    assert len(held.server.sent) == held.done["mails"] == book.sent(url)
    assert len(list(held.folder.glob("*.pdf"))) == held.done["PDF files"] + held.done["documents"]
