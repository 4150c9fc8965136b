"""Who gets what becomes due while somebody is away, and that it comes home (BX-39)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Runner
from channergy_crm.records import Task
from channergy_crm.records.events import Rerouting
from channergy_crm.services import absences, operators, saving, tasks
from channergy_crm.services.events import overriding, while_away
from channergy_crm.services.rights import Program
from tests import made

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def team(office: Office, fixed_clock: datetime) -> datetime:
    """Ann, Bea and Cy work here beside the administrator."""
    for id in ("ANN", "BEA", "CY"):
        operators.add(id, id.title(), "ADMIN")
    return fixed_clock


def due(action: str, day: date | None, owner: str = "ANN") -> int:
    return int(made.task(None, action, owner, reminder_date=day).number)


def owners() -> dict[str, str]:
    return {task.action: task.owner for task in Task.select().order_by(Task.number)}


def lent() -> list[tuple[str, str, date | None, bool]]:
    return [(row.giver, row.receiver, row.until, row.back is None) for row in Rerouting.select().order_by("number")]


def test_bx39_what_is_due_meanwhile_goes_to_the_receivers_in_turn_and_undo_takes_it_back(team: datetime) -> None:
    for number, day in enumerate((TODAY - timedelta(days=3), TODAY, FRIDAY, FRIDAY + timedelta(days=1), None)):
        due(f"Call {number}", day)
    done = due("Done", TODAY)
    tasks.close([done], "ANN")
    absences.mark("ANN", TODAY, FRIDAY, "ANN", "ill", ["BEA", "CY"])
    assert while_away.reroute(team) == 3
    assert owners() == {
        "Call 0": "BEA",
        "Call 1": "CY",
        "Call 2": "BEA",
        "Call 3": "ANN",
        "Call 4": "ANN",
        "Done": "ANN",
    }
    assert lent() == [("ANN", "BEA", FRIDAY, True), ("ANN", "CY", FRIDAY, True), ("ANN", "BEA", FRIDAY, True)]
    assert while_away.reroute(team) == 0, "nothing is lent twice"
    due("Later that day", TODAY)
    assert while_away.reroute(team) == 1
    assert owners()["Later that day"] == "CY", "in turn also from round to round"
    saving.undo_latest(Program.EVENTS)
    assert owners()["Later that day"] == "ANN" and len(lent()) == 3


def test_bx39_a_receiver_who_is_away_or_retired_is_passed_over_and_nobody_left_means_it_stays(team: datetime) -> None:
    due("Call", TODAY)
    absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["BEA", "CY"])
    away = absences.mark("BEA", TODAY, TODAY, "BEA")
    retired = operators.Operator.find("CY")
    assert retired is not None
    retired.active = False
    operators.save(retired, "ADMIN")
    assert while_away.reroute(team) == 0 and owners() == {"Call": "ANN"}
    assert while_away.reroute(team + timedelta(days=1)) == 1 and owners() == {"Call": "BEA"}, "back on the next day"
    absences.end(away.number, "BEA")
    assert owners() == {"Call": "BEA"}


def test_bx39_who_is_back_early_gets_it_back_but_what_was_done_or_given_away_by_hand_stays(team: datetime) -> None:
    for action in ("Open", "Done", "By hand", "Went on"):
        due(action, TODAY)
    away = absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["BEA"])
    while_away.reroute(team)
    numbers = {task.action: task.number for task in Task.select()}
    tasks.close([numbers["Done"]], "BEA")
    for action, to in (("By hand", "CY"),):
        task = Task.find(numbers[action])
        assert task is not None
        task.owner = to
        tasks.save(task, "BEA")
    absences.mark("BEA", TODAY + timedelta(days=1), FRIDAY, "BEA", receivers=["CY"])
    assert while_away.reroute(team + timedelta(days=1)) == 2, "Bea is away too: what she was lent goes on"
    absences.end(away.number, "ANN")
    assert owners() == {"Open": "ANN", "Done": "BEA", "By hand": "CY", "Went on": "ANN"}
    assert overriding.from_whom(numbers.values(), "ADMIN") == {}, "nothing is lent any more"


def test_bx39_only_somebody_else_at_work_may_be_named(team: datetime) -> None:
    assert [each.id for each in absences.receivers_offered("ANN", "ANN")] == ["ADMIN", "BEA", "CY"]
    with pytest.raises(Mistake, match="away cannot get them"):
        absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["ANN"])
    with pytest.raises(Mistake, match="no active operator ZED"):
        absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["ZED"])
    held = absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["BEA", "CY", "BEA"])
    assert held.receivers() == ["BEA", "CY"]


def test_bx39_the_job_lends_it_and_brings_it_home_after_the_last_day(office: Office, team: datetime) -> None:
    jobs = [job for job in known.of(office) if job.name == "away"]
    assert Runner(office, jobs).run_due(team) == [], "nobody is away"
    due("Call", TODAY)
    due("Later", FRIDAY)
    absences.mark("ANN", TODAY, FRIDAY, "ANN", receivers=["BEA"])
    for days, expected in ((0, "BEA"), (4, "BEA"), (5, "ANN")):
        with clock.fixed(team + timedelta(days=days)):
            Runner(office, jobs).run_due(clock.now())
        assert set(owners().values()) == {expected}, days
    with clock.fixed(team + timedelta(days=6)):
        assert not while_away.is_wanted()
