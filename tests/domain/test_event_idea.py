"""What events are for: customers are looked after as long as they are customers, and everybody knows (VS-1, VS-2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.records import Operator, PhoneCall, Task
from channergy_crm.services.timeline import pages
from tests.domain.events_seen import Round, customer, past

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")  # what they wait for is tried on both engines by itself


@pytest.fixture
def days(office: Office) -> Round:
    return Round()


def test_vs1_a_customer_is_looked_after_for_as_long_as_they_are_one(days: Round) -> None:
    held, account = customer(days)
    days.event("order", "CRMAccounts", field="first", amount=1, action="Thank for the first order")
    days.event("no_order", "CRMAccounts", amount=2, unit="month", action="Ask how they are")
    for _year in range(3):
        past("Orders", CustNo=held.number, OrderDt=str(days.now.date()))
        days.after(minutes=5)
        for _month in range(12):
            days.after(days=31)
    said = [task.action for task in Task.select().where(Task.customer == held.number).order_by(Task.number)]
    assert said == ["Thank for the first order", *["Ask how they are"] * 3]
    assert {entry.title for entry in pages.of(account, "ADMIN", kinds={"task"}).entries} == {
        f"Task: {each}" for each in said
    }


def test_vs2_contact_is_kept_up_and_everybody_in_the_office_sees_what_is_open(days: Round) -> None:
    with work.unit("Make", by="ADMIN"):
        Operator(id="BEN", name="Ben", active=True).save(force_insert=True)
    _held, account = customer(days)
    days.event("no_contact", "CRMAccounts", amount=10, unit="day", action="Call again", receiver="BEN")
    assert days.after(days=9) == 0
    assert days.after(days=1) == 1
    task = Task.get()
    for operator in ("ADMIN", "BEN"):
        (entry,) = pages.of(account, operator, kinds={"task"}).entries
        assert (entry.number, entry.title) == (task.number, "Task: Call again")
        assert "no_contact" in entry.note
    days.do(PhoneCall, account=account.number, operator="BEN", direction="outgoing", started=days.now, reached=True)
    assert days.after(days=9) == 0
    assert days.after(days=1) == 1, "counted from the call on"
