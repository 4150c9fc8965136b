"""A week of ten people through the real window, Monday to Friday, without a warning in the log; all is counted."""

from __future__ import annotations

import logging
import threading
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QTimer, qWarning

from tests.domain.mail_server import MailServer
from tests.journeys.week import plan
from tests.journeys.week.book import Book
from tests.journeys.week.noise import Noise
from tests.journeys.week.run import deed, live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")
"""on both engines and with many times as many deeds: python -m tests.benchmarks.bench_week"""


@pytest.fixture
def server() -> Iterator[MailServer]:
    end = MailServer()
    yield end
    end.stop()


def test_a_week_of_a_ten_person_office_goes_by_without_a_warning_in_the_log(
    qtbot: Any, database_url: str, server: MailServer, tmp_path: Path
) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    book = Book(server, folder)
    with Noise() as noise:
        live(qtbot, database_url, plan.week(2, 3), book, noise)
        assert not noise.lines
    assert set(book.deeds) == {name for names in plan.MAY.values() for name in names}, "each was done"


def test_the_plan_is_the_same_each_time_and_asks_nobody_for_what_they_may_not() -> None:
    days = plan.week(2, 3)
    assert days == plan.week(2, 3) and len(days) == 5
    visits = [visit for day in days for visit in day]
    assert {visit.by for visit in visits} == set(plan.PEOPLE)
    for visit in visits:
        assert set(visit.deeds) <= set(plan.MAY[plan.PEOPLE[visit.by]])
        assert all(callable(deed(name)) for name in visit.deeds)


def raised(_bot: Any) -> None:
    QTimer.singleShot(0, lambda: 1 // 0)


def raised_elsewhere(_bot: Any) -> None:
    thread = threading.Thread(target=lambda: 1 // 0)
    thread.start()
    thread.join()


@pytest.mark.logged
@pytest.mark.parametrize(
    "complain",
    [
        lambda bot: logging.getLogger("channergy_crm.store").warning("slow"),
        lambda bot: logging.getLogger("ui.session.crash").error("fell"), lambda bot: qWarning("no such signal"),
        lambda bot: warnings.warn("old", DeprecationWarning, stacklevel=1), raised, raised_elsewhere,
    ],
)  # fmt: skip
def test_whatever_complains_in_that_week_would_be_heard(qtbot: Any, complain: Any) -> None:
    with Noise() as noise:
        complain(qtbot)
        qtbot.waitUntil(lambda: len(noise.lines) == 1)
