"""VS-15, VS-16, VS-21: what an operator had to do goes to others, until a day or for good, and comes back by itself."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.jobs import known
from channergy_crm.records import Task
from channergy_crm.records.events import Rerouting
from channergy_crm.records.roles import HiddenField
from channergy_crm.services import absences, groups, operators, saving, tasks
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.events import overriding, status_rows, to_reroute, which
from channergy_crm.services.events.overriding import Rerouted
from tests import made
from tests.domain.following_up import event, follow_up
from tests.domain.secured import ANN, BEA, CY, NORTH, Secured

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

BY = "ADMIN"
TODAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
SATURDAY = datetime(2026, 11, 28, 0, 5)

pytestmark = pytest.mark.usefixtures("fixed_clock", "office")


@pytest.fixture
def three() -> tuple[str, str, str]:
    """Three people who work here."""
    return made.colleague("BEN", "Ben Ortiz"), made.colleague("CHI", "Chi Park"), made.colleague("DOT", "Dot Ruiz")


def owner(number: int) -> str:
    held = Task.find(number)
    assert held is not None
    return str(held.__data__["owner"])


def retire(id: str) -> None:
    held = next(one for one in operators.everybody(BY) if one.id == id)
    held.active = False
    operators.save(held, BY)


def some(count: int, whose: str) -> list[int]:
    acme, written = made.account("Acme"), event("Welcome")
    return [follow_up(written, acme, whose, reminder_date=TODAY).number for _each in range(count)]


def test_vs15_who_is_away_comes_first_and_nobody_gets_their_own(three: tuple[str, str, str]) -> None:
    ben, chi, dot = three
    some(2, chi)
    made.task(None, "Yesterday", chi, reminder_date=TODAY - timedelta(days=1))
    absences.mark(chi, TODAY, FRIDAY, BY)
    gone = made.colleague("GUS", "Gus Gone")
    some(1, gone)
    retire(gone)
    groups.create("NORTH", "North", BY)
    held = to_reroute.givers(BY)
    assert [one.id for one in held] == [chi, BY, ben, dot, gone]
    assert held[0][2:] == (FRIDAY, 3, 1, True)
    assert [(one.id, until) for one, until in to_reroute.receivers(ben, BY)] == [
        (BY, None), (chi, FRIDAY), (dot, None), ("NORTH", None),
    ]  # fmt: skip


def test_vs15_urgent_ones_stand_on_top(three: tuple[str, str, str]) -> None:
    ben, acme, written = three[0], made.account("Acme"), event("Welcome")
    known = {
        "later": {"reminder_date": FRIDAY}, "today": {"reminder_date": TODAY, "reminder_time": time(17)},
        "high": {"reminder_date": FRIDAY, "priority": "High"}, "sooner": {"reminder_date": TODAY + timedelta(days=1)},
        "late": {"reminder_date": TODAY - timedelta(days=1)}, "undated": {},
        "come": {"reminder_date": TODAY, "reminder_time": time(9), "priority": "High"},
    }  # fmt: skip
    for action, values in known.items():
        follow_up(written, acme, ben, action=action, **values)
    made.task(acme, "a task without a reminder", ben)
    made.task(acme, "done", ben, reminder_date=TODAY, closed=True)
    made.task(acme, "a reminder of a task", ben, reminder_date=FRIDAY + timedelta(days=1))
    found = to_reroute.find(ben, BY)
    assert [row.action for row in to_reroute.rows(found.numbers, ben, BY)] == [
        "late", "come", "high", "today", "sooner", "later", "a reminder of a task", "undated",
    ]  # fmt: skip
    assert found.left_out == 0
    first = to_reroute.rows(found.numbers[:1], ben, BY)[0]
    assert (first.customer, first.event, first.standing) == ("Acme", "Welcome", "late")


def test_vs15_vs21_in_turn_as_one_unit_that_undo_takes_back(three: tuple[str, str, str]) -> None:
    ben, chi, dot = three
    numbers = some(5, ben)
    done = overriding.reroute(numbers[:4], ben, [chi, dot], BY, FRIDAY, " is ill ")
    assert (done.tasks, done.left_out) == (4, 0)
    assert [owner(number) for number in numbers] == [chi, dot, chi, dot, ben]
    held = list(Rerouting.select().order_by(Rerouting.number))
    assert [(each.__data__["giver"], each.__data__["receiver"], each.until, each.note) for each in held[:2]] == [
        (ben, chi, FRIDAY, "is ill"), (ben, dot, FRIDAY, "is ill"),
    ]  # fmt: skip
    assert overriding.from_whom(numbers, chi) == dict.fromkeys(numbers[:4], Rerouted(ben, FRIDAY, "is ill"))
    assert work.UnitRow.get(work.UnitRow.number == done.unit).name == "Reroute follow-ups of {name}"
    saving.undo_latest(BY)
    assert {owner(number) for number in numbers} == {ben}
    assert not Rerouting.select().count() and not overriding.from_whom(numbers, chi)


def test_vs15_what_cannot_be_given_is_said_and_nothing_is_lost(three: tuple[str, str, str]) -> None:
    ben, chi, dot = three
    numbers = some(3, ben)
    retire(dot)
    wrong: list[tuple[Callable[[], object], str]] = [
        (lambda: overriding.reroute(numbers, ben, [], BY), "Choose who gets them"),
        (lambda: overriding.reroute(numbers, ben, [chi, ben], BY), "cannot get them"),
        (lambda: overriding.reroute(numbers, ben, [dot], BY), "no active operator DOT"),
        (lambda: overriding.reroute(numbers, ben, [chi], BY, TODAY - timedelta(days=1)), "That day is over"),
        (lambda: overriding.reroute(numbers, "NOBODY", [chi], BY), "no operator NOBODY"),
    ]
    for what, sentence in wrong:
        with pytest.raises(Mistake, match=sentence):
            what()
    tasks.close([numbers[0]], BY)
    assert overriding.reroute(numbers, ben, [chi], BY)[::2] == (2, 1), "one is done meanwhile"
    assert overriding.reroute(numbers, ben, [chi], BY) == (0, 0, 3), "and nothing is written twice"


def test_vs15_what_was_lent_comes_back_on_the_day_after_unless_it_was_done(
    office: Office, three: tuple[str, str, str]
) -> None:
    ben, chi, dot = three
    lent, done, good, away = some(4, ben)
    overriding.reroute([lent, done, away], ben, [chi], BY, FRIDAY)
    overriding.reroute([good], ben, [chi], BY)
    tasks.close([done], chi)
    with work.unit("Give away", by=BY):
        held = Task.find(away)
        assert held is not None
        held.owner = dot
        held.save()
    with clock.fixed(datetime(2026, 11, 27, 23)):
        assert overriding.bring_back(clock.now()) == 0
    job = next(each for each in known.of(office) if each.name == "away")
    with clock.fixed(SATURDAY):
        assert job.wanted() and job.due(None, SATURDAY) == [SATURDAY]
        job.run(office, SATURDAY, lambda done, total, said: None)
        assert not job.wanted()
        assert overriding.bring_back(clock.now()) == 0, "once"
    assert [owner(number) for number in (lent, done, good, away)] == [ben, chi, chi, dot]
    assert not overriding.from_whom([lent, done, away], BY)
    assert overriding.from_whom([good], BY) == {good: Rerouted(ben, None, "")}


@pytest.mark.parametrize(
    ("first", "second", "home"), [(27, 25, "BEN"), (25, 27, "BEN"), (25, 25, "BEN"), (25, 0, "DOT")]
)
def test_vs15_what_was_lent_on_comes_home_from_there(
    three: tuple[str, str, str], first: int, second: int, home: str
) -> None:
    ben, chi, dot = three
    (number,) = some(1, ben)
    overriding.reroute([number], ben, [chi], BY, date(2026, 11, first))
    overriding.reroute([number], chi, [dot], BY, date(2026, 11, second) if second else None)
    for day in range(24, 30):
        overriding.bring_back(datetime(2026, 11, day, 6))
    assert owner(number) == home


def test_vs15_taken_back_by_hand_before_its_day(three: tuple[str, str, str]) -> None:
    ben, chi, _dot = three
    numbers = some(3, ben)
    overriding.reroute(numbers, ben, [chi], BY, FRIDAY, "is ill")
    tasks.close(numbers[:1], chi)
    found = to_reroute.find_lent(ben, BY)
    assert found == (numbers[1:], 0)
    row = to_reroute.rows(found.numbers, ben, BY)[0]
    assert (row.receiver, row.until, row.note) == (chi, FRIDAY, "is ill")
    assert overriding.take_back(numbers, ben, BY)[::2] == (2, 1)
    assert [owner(number) for number in numbers] == [chi, ben, ben]
    saving.undo_latest(BY)
    assert owner(numbers[1]) == chi and overriding.from_whom(numbers[1:2], BY)


def test_vs15_somebody_who_has_left_gets_nothing_back(three: tuple[str, str, str]) -> None:
    ben, chi, _dot = three
    numbers = some(1, ben)
    overriding.reroute(numbers, ben, [chi], BY, TODAY)
    retire(ben)
    assert overriding.bring_back(SATURDAY) == 0
    with pytest.raises(Mistake, match="no active operator"):
        overriding.take_back(numbers, ben, BY)
    assert owner(numbers[0]) == chi


# ---------------------------------------------------------------- rights


def test_vs16_without_the_job_function_nothing_of_it_is_seen_or_done() -> None:
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "all"})
    numbers = some(1, CY)
    for ask in (
        lambda: to_reroute.givers(ANN), lambda: to_reroute.receivers(CY, ANN), lambda: to_reroute.find(CY, ANN),
        lambda: to_reroute.find_lent(CY, ANN), lambda: to_reroute.rows(numbers, CY, ANN),
        lambda: overriding.reroute(numbers, CY, [BEA], ANN), lambda: overriding.take_back(numbers, CY, ANN),
        lambda: overriding.preview(1, [BEA], ANN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="job function CRM"):
            ask()
    assert owner(numbers[0]) == CY
    assert overriding.reroute(numbers, CY, [ANN], BY).tasks == 1
    assert overriding.from_whom(numbers, ANN)[numbers[0]].giver == CY, "whoever has it is told from whom"


def test_vs16_only_what_may_be_changed_is_rerouted_and_the_rest_is_told() -> None:
    secured = Secured()
    secured.job("crm")
    secured.let({"use": "all", "view": "all", "edit": "group"}, Task)
    hers, foreign = some(2, BEA), some(2, CY)
    assert to_reroute.find(BEA, ANN) == (hers, 0)
    assert to_reroute.find(CY, ANN) == ([], 2)
    assert overriding.reroute([*hers, *foreign], BEA, [ANN, NORTH], ANN)[::2] == (2, 2)
    assert overriding.reroute(foreign, CY, [ANN], ANN) == (0, 0, 2)
    assert [owner(number) for number in (*hers, *foreign)] == [ANN, NORTH, CY, CY]
    assert overriding.from_whom(hers, ANN)[hers[0]].giver == BEA


def test_vs16_what_a_role_hides_stands_in_no_row() -> None:
    secured = Secured()
    secured.job("crm")
    secured.let({"use": "all", "view": "all", "edit": "all"}, Task)
    task = follow_up(event("Welcome"), made.account("Acme"), CY, reminder_date=TODAY, priority="High")
    number = task.number
    with work.unit("Hide", by=BY):
        for name in ("priority", "reminder_date"):
            HiddenField.create(role=secured.role, table="CustServ", field=name)
    (row,) = to_reroute.rows([number], CY, ANN)
    assert (row.action, row.due, row.standing, row.priority) == ("Call", None, "none", "")
    (counted,) = status_rows.read(which.Asked(None, None), Chosen(), ANN)
    assert (counted.action, counted.due) == ("Call", None)
