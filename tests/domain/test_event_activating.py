"""An event is written, tried, switched on and off: shown before what it would do, undone after (VS-7…VS-11)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Account, Operator, Order, Task
from channergy_crm.records.events import Event, EventState, EventType, FollowUp, LookRow
from channergy_crm.services import custom_fields, groups, lookups, operators, saving, tasks
from channergy_crm.services.events import activating, counts, looking, making, receiving, saying, shelf, writing
from channergy_crm.services.rights import Program
from tests import made
from tests.domain.secured import ANN, Secured

NOW = datetime(2026, 11, 23, 10, 0)
pytestmark = pytest.mark.usefixtures("office", "fixed_clock")


def written(**known: Any) -> Event:
    """An event about accounts without an order for two months, saved."""
    held = writing.start("ADMIN")
    usual = {
        "name": "No order", "trigger": "no_order", "table": "CRMAccounts", "amount": 2, "unit": "month",
        "action": "Call {{ account.name }}", "due_after": 2, "due_working": True,
    }  # fmt: skip
    for name, value in (usual | known).items():
        setattr(held, name, value)
    return writing.save(held, "ADMIN")


def customers(count: int = 3, ordered: date = date(2026, 8, 3), owner: str = "ADMIN") -> list[Account]:
    """Accounts that have ordered last on that day."""
    held = [made.account(f"Heron {number}", owner) for number in range(count)]
    with work.unit("Orders", by="ADMIN"):
        for each in held:
            Order.create(customer=each.customer, ordered_on=ordered, amount=100)
    return held


def state(of: Event) -> str:
    return str(Event.get_by_id(of.number).state)


# ---------------------------------------------------------------- written


def test_vs8_an_event_is_said_in_one_line_and_stands_with_those_of_its_state() -> None:
    first, second = written(), written(name="Birthday", type="marketing")
    activating.activate(second.number, "ADMIN", existing=False)
    assert [each.name for each in writing.every("ADMIN")] == ["Birthday", "No order"]
    assert writing.sentence(first) == "Account, no order for 2 months → Call …"
    assert (first.type, first.written_by, first.state) == ("best practice", "ADMIN", "being written")
    assert writing.found(second.number, "ADMIN").type == "marketing"
    assert [each.value for each in EventType] == ["best practice", "marketing"]


SAID = [
    ({"trigger": "created", "table": "CRMLeads"}, "New: Lead"),
    ({"trigger": "value", "field": "type", "value": "Customer"}, "Account, Type: Customer"),
    ({"trigger": "date", "table": "CRMOpportunities", "field": "close_date_1", "amount": 1, "unit": "week"},
     "Opportunity, 1 week before Close Dt 1"),
    ({"trigger": "date", "table": "CRMOpportunities", "field": "close_date_2", "amount": -30, "unit": "day"},
     "Opportunity, 30 days after Close Dt 2"),
    ({"trigger": "in_stage", "table": "CRMOpportunities", "value": "Offer", "amount": 7}, "Deal in Offer for 7 days"),
    ({"trigger": "call", "value": "NI"}, "Account, call ended with Not Interested"),
    ({"trigger": "order", "field": "first"}, "Account, the first order"),
]  # fmt: skip


@pytest.mark.parametrize(("known", "said"), SAID, ids=lambda each: str(each)[:30])
@pytest.mark.engines("sqlite")
def test_vs8_what_happens_is_said_in_words(known: dict[str, Any], said: str) -> None:
    held = Event(**{"table": "CRMAccounts", "unit": "day"} | known)
    assert saying.happens(held) == said


WRONG = [
    ("name", {"name": " "}), ("trigger", {"trigger": ""}), ("amount", {"amount": None}),
    ("filter_text", {"filter_text": "nonsense:("}), ("action", {"action": ""}),
    ("action", {"action": "Call {{ account.nmae }}"}), ("notes", {"notes": "Call {{ lead.phone }}"}),
    ("receiver", {"goes_to": "one operator", "receiver": "NOBODY"}), ("receiver", {"goes_to": "a group, in turn"}),
    ("receiver", {"goes_to": "a role, in turn", "receiver": "99"}), ("otherwise", {"otherwise": "NOBODY"}),
    ("country", {"country": "Atlantis"}), ("ends_by", {"ends_by": "the end of the deal"}),
    ("done_field", {"done_field": "number"}), ("done_value", {"done_field": "employees", "done_value": "many"}),
    ("most_a_day", {"most_a_day": 0}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "known"), WRONG, ids=lambda each: str(each)[:40])
@pytest.mark.engines("sqlite")
def test_vs8_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(field: str, known: dict[str, Any]) -> None:
    with pytest.raises(Mistake) as caught:
        written(**known)
    assert caught.value.field == field and not Event.select().exists()


@pytest.mark.engines("sqlite")
def test_vs8_an_event_at_work_is_not_removed_and_its_tasks_stay_when_it_is() -> None:
    customers(2)
    held = written()
    activating.activate(held.number, "ADMIN", existing=True)
    with pytest.raises(Mistake, match="Deactivate the rule first"):
        writing.remove(held.number, "ADMIN")
    activating.deactivate(held.number, "ADMIN", withdraw=False)
    writing.remove(held.number, "ADMIN")
    assert (Event.select().count(), FollowUp.select().count(), Task.select().count()) == (0, 0, 2)
    saving.undo_latest("ADMIN")
    assert (Event.select().count(), FollowUp.select().count()) == (1, 2)


# ---------------------------------------------------------------- on and off


def test_vs9_before_it_is_activated_it_says_what_it_would_do() -> None:
    made.colleague("BEN")
    customers(12), customers(2, owner="BEN"), customers(3, NOW.date())
    held = written(most_a_day=5)
    steps: list[int] = []
    told = activating.preview(held, "ADMIN", lambda done, total, said: steps.append(done))
    assert (told.follow_ups, told.records, told.most_a_day, told.why_not) == (14, 17, 5, "")
    assert [(each.id, each.count) for each in told.people] == [("ADMIN", 12), ("BEN", 2)]
    assert len(told.first) == 10 and steps
    assert told.first[0][2:] == ("Heron 0", "Call Heron 0", "ADMIN")
    assert not Task.select().exists() and not FollowUp.select().exists()
    held.existing = False
    assert activating.preview(held, "ADMIN")[:2] == (0, 17)
    held.existing = True

    def stop(_done: int, _total: int, _said: str) -> None:
        raise Mistake("Cancelled")

    with pytest.raises(Mistake, match="Cancelled"):
        activating.preview(held, "ADMIN", stop)
    unsaid = Event(**held.__data__ | {"goes_to": "one operator"})
    assert activating.preview(unsaid, "ADMIN").why_not == "Choose who gets it."
    gone = Operator.get_by_id(made.colleague("GON", "Gona Way"))
    gone.active = False
    operators.save(gone, "ADMIN")
    unsaid.receiver = "GON"
    assert activating.preview(unsaid, "ADMIN").why_not == "Gona Way is not at work any more. Choose who gets it."


def test_vs9_vs10_activating_is_one_step_with_the_first_run_and_undo_takes_it_back() -> None:
    customers(3)
    held = written()
    told = activating.activate(held.number, "ADMIN", existing=True)
    assert told.records == Task.select().count() == 3 and state(held) == EventState.ACTIVE
    assert Event.get_by_id(held.number).changed_on == NOW
    assert str(work.UnitRow.get_by_id(told.unit).message) == "Activate rule No order"
    with pytest.raises(Mistake, match="already"):
        activating.activate(held.number, "ADMIN", existing=True)
    saving.undo_latest("ADMIN")
    assert (Task.select().count(), FollowUp.select().count(), state(held)) == (0, 0, "being written")
    saving.redo_latest("ADMIN")
    assert (Task.select().count(), FollowUp.select().count(), state(held)) == (3, 3, "active")
    assert activating.preview(held, "ADMIN").follow_ups == 0


def test_vs9_where_only_new_ones_count_nothing_is_made_of_what_is_there() -> None:
    customers(3), customers(1, NOW.date() - timedelta(days=55))
    held = written()
    assert activating.activate(held.number, "ADMIN", existing=False).records == 0
    assert LookRow.get_by_id(held.number).looked == NOW
    later = NOW + timedelta(days=10)
    with clock.fixed(later):
        assert looking.round(later).made == 1
    assert Task.select().count() == 1


def test_vs9_what_is_cancelled_or_fails_in_the_middle_has_done_nothing() -> None:
    customers(3)
    held = written()

    def stop(_done: int, _total: int, _said: str) -> None:
        raise Mistake("Cancelled")

    with pytest.raises(Mistake, match="Cancelled"):
        activating.activate(held.number, "ADMIN", True, stop)
    assert (Task.select().count(), FollowUp.select().count(), state(held)) == (0, 0, "being written")


def test_vs10_switched_off_it_keeps_what_is_open_or_withdraws_it_in_one_step() -> None:
    customers(3)
    held = written(most_a_day=2)
    activating.activate(held.number, "ADMIN", existing=True)
    tasks.close([Task.select().order_by(Task.number).first().number], "ADMIN")
    assert counts.standings("ADMIN")[held.number] == (1, 0, 1)
    assert activating.deactivate(held.number, "ADMIN", withdraw=False).records == 1
    assert (state(held), Task.select().count(), FollowUp.select().count()) == ("off", 2, 2)
    saving.undo_latest("ADMIN")
    assert (state(held), FollowUp.select().count()) == ("active", 3)
    assert activating.deactivate(held.number, "ADMIN", withdraw=True).records == 2
    assert (Task.select().count(), FollowUp.select().count()) == (1, 1)
    assert Task.get().closed
    saving.undo_latest("ADMIN")
    assert (state(held), Task.select().count(), FollowUp.select().count()) == ("active", 2, 3)
    with pytest.raises(Mistake, match="not active"):
        activating.deactivate(written().number, "ADMIN", withdraw=False)


@pytest.mark.engines("sqlite")
def test_vs9_it_is_tried_on_one_record() -> None:
    (old,), (new,) = customers(1), customers(1, NOW.date())
    held = written()
    told = ("CRMAccounts", old.number, "Heron 0", "Call Heron 0", "ADMIN")
    assert activating.try_on(held, old.number, "ADMIN") == told
    assert activating.try_on(held, new.number, "ADMIN") is None


def test_vs9_a_thousand_follow_ups_take_hardly_more_questions_than_ten() -> None:
    """A hundred thousand at activation must not ask for each."""
    asked: dict[int, int] = {}
    for count in (10, 1000):
        with work.unit("Accounts", by="ADMIN"):
            keys = [Account.create(name=f"Heron {number}", owner="ADMIN").number for number in range(count)]
        held = written(name=f"{count}")
        with work.unit("Follow-ups", by=Program.EVENTS), Counted() as counted:
            making.make(held, [("CRMAccounts", key, "1") for key in keys], NOW)
        asked[count] = counted.questions
    assert asked[1000] <= asked[10] + 20


class Counted:
    """How often the database is asked within."""

    def __enter__(self) -> Counted:
        from channergy_crm.store import database

        self.questions = 0
        self._of = database.proxy.obj
        self._execute = self._of.execute_sql
        self._of.execute_sql = self._count
        return self

    def __exit__(self, *_error: object) -> None:
        del self._of.execute_sql

    def _count(self, *args: Any, **known: Any) -> Any:
        self.questions += 1
        return self._execute(*args, **known)


# ---------------------------------------------------------------- the shelf


@pytest.mark.engines("sqlite")
def test_vs4_vs5_vs6_vs23_the_ready_events_lie_on_the_shelf_off_and_say_what_they_lack() -> None:
    ready = {each.name: each for each in shelf.offered("ADMIN")}
    assert list(ready) == ["welcome", "no_order", "thanks", "birthday", "quote", "rotten", "recovery", "reference"]
    assert {name for name, each in ready.items() if each.lacks} == {"welcome", "birthday", "recovery"}
    assert {each.values["type"] for each in ready.values()} == {EventType.PRACTICE, EventType.MARKETING}
    groups.create("SUP", "Sales Support", "ADMIN")
    custom_fields.add(Account, "Birthday", "date", "ADMIN")
    lookups.add("CRMLeads", "CallCode", "CMPL", "ADMIN", description="Complaint")
    assert not any(each.lacks for each in shelf.offered("ADMIN"))
    assert shelf.put_out("ADMIN") == 8 and shelf.put_out("ADMIN") == 0
    for held in writing.every("ADMIN"):
        assert held.state == EventState.OFF and held.shelf
        writing.check(held, "ADMIN")
        assert "→" in writing.sentence(held)
    welcome = Event.get(Event.shelf == "welcome")
    assert (welcome.goes_to, welcome.receiver, welcome.table) == ("a group", "SUP", "Customers")
    taken = writing.start("ADMIN", shelf="no_order")
    assert (taken.name, taken.amount, taken.unit, taken.goes_to) == (
        "No order for two months", 2, "month", "who owns the record",
    )  # fmt: skip
    saving.undo_latest("ADMIN")
    assert not Event.select().exists()


@pytest.mark.engines("sqlite")
def test_vs4_sales_support_gets_a_welcome_package_for_a_new_customer() -> None:
    groups.create("SUP", "Sales Support", "ADMIN")
    groups.let_in("SUP", ["ADMIN"], "ADMIN")
    made.account("Otter")
    held = writing.save(writing.start("ADMIN", shelf="welcome"), "ADMIN")
    activating.activate(held.number, "ADMIN", existing=False)
    made.account("Heron Toys")
    assert looking.round(NOW).made == 1
    task = Task.get()
    assert (task.action, task.owner) == ("Send the welcome package to Heron Toys", "SUP")


# ---------------------------------------------------------------- rights


@pytest.mark.engines("sqlite")
def test_vs11_vs17_events_are_for_those_whose_role_has_the_job_function_crm() -> None:
    customers(1)
    held = written()
    secured = Secured()
    secured.let({"use": "all", "view": "all", "edit": "own", "delete": "own"})
    for refused in (
        lambda: writing.every(ANN), lambda: writing.start(ANN), lambda: writing.save(held, ANN),
        lambda: writing.remove(held.number, ANN), lambda: activating.preview(held, ANN),
        lambda: activating.activate(held.number, ANN, existing=True), lambda: shelf.offered(ANN),
        lambda: activating.deactivate(held.number, ANN, withdraw=True), lambda: counts.standings(ANN),
        lambda: activating.try_on(held, 1, ANN), lambda: shelf.put_out(ANN), lambda: counts.fallen(ANN),
        lambda: receiving.receivers(held, "CRMAccounts", [1], ANN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="does not have the job function CRM"):
            refused()
    secured.job("crm")
    assert activating.preview(held, ANN).follow_ups == 1
    assert activating.activate(held.number, ANN, existing=True).records == 1
    assert Task.get().owner == "ADMIN"  # what an event makes for others is the event's, whatever the role reaches
    assert activating.deactivate(held.number, ANN, withdraw=True).records == 1
    saving.undo_latest(ANN)
    assert Task.select().count() == 1
