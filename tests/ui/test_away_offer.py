"""Somebody is away: their due reminders are offered over one's own and taken over in one step (BX-39)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QPushButton

from channergy_crm import clock, work
from channergy_crm.records import Task
from channergy_crm.services import absences, operators
from tests.domain.secured import made
from tests.ui.gestures import words

if TYPE_CHECKING:
    from tests.ui.hands import Hands

pytestmark = [pytest.mark.usefixtures("fixed_clock"), pytest.mark.engines("sqlite")]


def test_bx39_the_reminders_of_somebody_away_are_offered_and_taken_over(hands: Hands) -> None:
    operators.add("BEA", "Bea Ray", "ADMIN")
    task: Any = made(Task, "BEA")
    with work.unit("Remind", by="ADMIN"):
        task.reminder_date, task.reminder_time = clock.today(), None
        task.save()
    hands.go("reminders")
    offer = hands.part("reminders.away")
    assert not offer.isVisible()
    absences.mark("BEA", clock.today(), clock.today() + timedelta(days=1), "BEA")
    hands.go("leads")
    hands.go("reminders")
    assert "Bea Ray is away until tomorrow: 1 reminder is due." in words(offer)
    hands.part("reminders.take_over.bea", QPushButton).click()
    assert (Task.find(task.key) or Task()).owner == "ADMIN" and not offer.isVisible()
    hands.window.session.undo()
    hands.go("leads")
    hands.go("reminders")
    assert (Task.find(task.key) or Task()).owner == "BEA" and offer.isVisible()
