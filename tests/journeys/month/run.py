"""The month itself: people sign in, do what the plan says, and go; in the end nothing has complained."""

from __future__ import annotations

import time as stopwatch
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtTest import QTest

from channergy_crm import clock
from tests.journeys.month import billing, book, offering, ordering, watching
from tests.journeys.month.office import furnish
from tests.secured import PASSWORD
from tests.ui.gestures import activate
from tests.ui.hands import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.journeys.month.book import Book, Desk
    from tests.journeys.month.plan import Deed, Size, Visit
    from tests.journeys.week.noise import Noise
    from tests.ui.hands import Hands

A_DEED = timedelta(seconds=20)
"""by the clock of the office, which moves from deed to deed"""


def deed(name: str) -> Callable[[Desk, Deed], None]:
    """What one of the words of the plan means."""
    found: Any = next(getattr(each, name) for each in (offering, ordering, billing, watching) if hasattr(each, name))
    return found  # type: ignore[no-any-return]


def live(
    bot: Any, url: str, folder: Path, size: Size, visits: Sequence[Visit], held: Book, noise: Noise,
    told: Callable[[str, float], object] = lambda _name, _seconds: None,
) -> None:  # fmt: skip
    """Live through it. `told` hears how long each deed took."""
    furnish(url, folder, size, held)
    for visit in visits:
        _come(bot, url, visit, held, noise, told)
        assert not noise.lines, f"On {visit.at:%A %d} something complained:\n" + "\n".join(noise.lines)


def signed_in(bot: Any, url: str, by: str) -> AbstractContextManager[Hands]:
    """Somebody at the window."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # the window of whoever was there before
    return opened(bot, url, by, password=PASSWORD)


def _come(bot: Any, url: str, visit: Visit, held: Book, noise: Noise, told: Callable[[str, float], object]) -> None:
    with clock.fixed(visit.at), signed_in(bot, url, visit.by) as hands:
        hands.window.resize(1280, 900)
        for place, each in enumerate(visit.deeds):
            began = stopwatch.perf_counter()
            try:
                with clock.fixed(visit.at + place * A_DEED):
                    hands.window._minute.timeout.emit()
                    QTest.mouseMove(hands.window.windowHandle(), QPoint(40 + place % 2, 10))  # somebody is there
                    activate(bot, hands.window)  # what a window manager does when a dialog has gone
                    deed(each.name)(book.Desk(hands, visit.by, held), each)
            except Exception as error:
                said = [notice.text for notice in hands.window.notices.recent()][:3]
                error.add_note(
                    f"{visit.by} on {visit.at:%A %d %H:%M}: {each}; said before: {said}"
                    + "".join(f"\n{line}" for line in noise.lines)
                )
                raise
            told(each.name, stopwatch.perf_counter() - began)
        warned = [notice.text for notice in hands.window.notices.recent() if notice.level == "warning"]
        noise.lines += [f"{visit.by} was warned: {text}" for text in warned]
