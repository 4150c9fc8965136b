"""What happened, said in the texts of follow-ups; many made at once, some at a time; the shelf, put out once."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import Lead, Opportunity, Task
from channergy_crm.records.events import Event, FollowUp
from channergy_crm.services import custom_fields
from channergy_crm.services.events import activating, facts, making, shelf, wording, writing
from channergy_crm.services.rights import Program
from channergy_crm.work import bulk
from channergy_crm.work.journal_values import Packer, filled, packed
from tests.domain.events_seen import Round, customer, latest_unit, made, past

if TYPE_CHECKING:
    from channergy_crm.records import Account
    from channergy_crm.store.database import Office

SAYING = "{{ event.name }}: {{ event.since }}"


@pytest.fixture
def days(office: Office) -> Round:
    return Round()


def said() -> list[str]:
    return list(Task.select(Task.action).order_by(Task.number).scalars())


# ---------------------------------------------------------------- the day a text is about


def test_vs5_bx30_a_text_says_since_when_there_was_no_order(days: Round) -> None:
    held, account = customer(days)
    past("Orders", CustNo=held.number, OrderDt="2026-01-15")
    event = days.event("no_order", "CRMAccounts", amount=2, unit="month", name="Silent",
                       action="Call {{ account.name }}: no order since {{ event.since }}")  # fmt: skip
    with clock.fixed(datetime(2026, 3, 20, 9)):
        tried = activating.try_on(event, account.number, "ADMIN")
    assert tried is not None and tried.said == "Call Elm: no order since 15 Jan 2026"
    assert days.after(days=20) == 1
    assert said() == ["Call Elm: no order since 15 Jan 2026"]


def test_bx30_a_text_says_the_day_of_the_order_the_day_that_comes_near_and_since_when_a_deal_stands_there(
    days: Round,
) -> None:
    born = custom_fields.add(type(_account(days)), "Birthday", "date", "ADMIN").kind.name
    held, account = customer(days, "Oak", **{born: date(1980, 3, 10)})
    for name, trigger, table, more in (
        ("Card", "date", "CRMAccounts", {"field": born, "amount": 5, "unit": "day", "yearly": True}),
        ("Due", "date", "CRMOpportunities", {"field": "due", "amount": 3, "unit": "day"}),
        ("Stage", "in_stage", "CRMOpportunities", {"value": "Offer", "amount": 4, "unit": "day"}),
        ("Order", "order", "Customers", {}),
        ("First", "order", "CRMAccounts", {"field": "first", "amount": 1}),
        ("New", "created", "CRMLeads", {"action": "{{ event.name }}"}),
    ):
        days.event(trigger, table, **{"name": name, "action": SAYING, **more})
    days.do(Opportunity, account=account.number, name="Pump", owner="ADMIN", stage="Offer", due=date(2026, 3, 8))
    days.do(Lead, description="A", owner="ADMIN")
    past("Orders", CustNo=held.number, OrderDt="2026-03-01")
    days.after(days=4)
    assert set(said()) == {
        "Card: 10 Mar 2026", "Due: 8 Mar 2026", "Stage: 2 Mar 2026", "Order: 1 Mar 2026", "First: 1 Mar 2026", "New",
    }  # fmt: skip


@pytest.mark.engines("sqlite")
def test_bx30_days_amounts_and_yes_or_no_are_said_in_the_texts_as_people_read_them(days: Round) -> None:
    names = ("amount", "close_date_1", "probability", "closed")
    days.event("created", "CRMOpportunities", action=" | ".join(f"{{{{ opportunity.{name} }}}}" for name in names))
    account = customer(days)[1].number
    days.do(Opportunity, account=account, name="Pump", owner="ADMIN", stage="Offer", probability=40,
            amount=12_345_650, close_date_1=date(2026, 11, 26))  # fmt: skip
    days.after(minutes=5)
    assert said() == ["123,456.50 | 26 Nov 2026 | 40 % | No"]


def _account(days: Round) -> Account:
    return customer(days, "Ash")[1]


def test_bx30_a_text_may_ask_for_a_day_only_where_there_is_one(office: Office) -> None:
    assert {each.name for each in facts.offered("no_order")} == {"event.since", "event.name"}
    assert [each.name for each in facts.offered("created")] == ["event.name"]
    assert "event.since" in wording.known("CRMAccounts", "no_order")
    event = writing.start("ADMIN")
    for name, value in {"name": "New", "table": "CRMLeads", "trigger": "created", "action": SAYING}.items():
        setattr(event, name, value)
    with pytest.raises(Exception, match=r"event\.since") as refused:
        writing.check(event, "ADMIN")
    assert refused.value.field == "action"  # type: ignore[attr-defined]


# ---------------------------------------------------------------- many at once


class Killed(BaseException):
    """The program is gone."""


def test_bx30_much_is_made_some_at_a_time_and_what_was_ended_between_goes_on_there(
    days: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = days.event("created", "CRMLeads")
    leads = [days.do(Lead, description=str(number), owner="ADMIN").number for number in range(5)]
    monkeypatch.setattr(making, "AT_ONCE", 2)
    make, times = making.make, list[int]()

    def die(*asked: Any) -> making.Made:
        times.append(1)
        if len(times) == 2:
            raise Killed
        return make(*asked)

    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(making, "make", die)
        days.after(minutes=5)
    assert len(made(event)) == 2
    before = latest_unit()
    assert days.after(minutes=5) == 3 and made(event) == [(number, "1") for number in leads]
    assert work.UnitRow.select().where(work.UnitRow.number > before).count() == 2  # one part was there already
    assert days.after(minutes=5) == 0


def test_bx30_two_follow_ups_of_one_record_that_wait_are_both_made(days: Round) -> None:
    held, _account = customer(days)
    event = days.event("order", "Customers", most_a_day=1, action="Thank for {{ event.since }}")
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        past("Orders", CustNo=held.number, OrderDt=day)
    assert days.after(minutes=5) == 1 and FollowUp.select().count() == 3
    event.most_a_day = None
    days.do(event, most_a_day=None)
    assert days.after(days=1) == 2
    assert said() == ["Thank for 1 Mar 2026", "Thank for 2 Mar 2026", "Thank for 3 Mar 2026"]


@pytest.mark.engines("sqlite")
def test_the_journal_says_many_new_records_as_it_says_one(office: Office) -> None:
    plain: dict[str, Any] = {"action": 'Call "Elm" \\ ä\n', "owner": "ADMIN", "is_crm": True}
    timed = {"reminder_date": date(2026, 3, 2), "reminder_time": time(9, 30), "created_on": datetime(2026, 3, 2, 9)}
    for record, rows in (
        (Task, [plain, plain | timed, {"action": "", "closed": False, "lead": 7}]),
        (
            Opportunity,
            [{"name": "Pump", "amount": Decimal("12.50"), "close_date_1": date(2026, 3, 2)}, {"name": "Oil"}],
        ),
    ):
        many: Any = bulk.Many(record)  # type: ignore[arg-type]
        stored = [(number, *many.row(values)) for number, values in enumerate(rows, 1)]
        fields = record._meta.fields  # type: ignore[attr-defined]
        for row, text in zip(stored, Packer(record, many.names).texts(stored), strict=True):  # type: ignore[arg-type]
            held = {
                name: value if value is None or fields[name].textual else fields[name].python_value(value)
                for name, value in zip(many.names, row, strict=True)
            }
            assert text == packed(record, filled(held))  # type: ignore[arg-type]


# ---------------------------------------------------------------- the shelf


@pytest.mark.engines("sqlite")
def test_vs6_the_shelf_is_put_out_once_and_not_again_when_all_of_it_was_removed(office: Office) -> None:
    assert shelf.put_out(Program.EVENTS) > 0
    for event in writing.every("ADMIN"):
        writing.remove(event.number, "ADMIN")
    assert shelf.put_out(Program.EVENTS) == 0 and not Event.select().exists()
    assert (
        writing.start("ADMIN", shelf="no_order").action == "Call, no order since {{ event.since }}: {{ account.name }}"
    )
