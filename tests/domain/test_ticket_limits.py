"""Whatever way the stage or the priority of a ticket changes, its limits and its day of closing follow the same rule
(VT-173, VT-190).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.records import BY_TABLE, Contact, Ticket
from channergy_crm.records.tickets import CLOSED, OPEN, WAITING, WORKING
from channergy_crm.services import bulk_changes, saving
from channergy_crm.services import office as office_settings
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import comments, deeds, keeping, warning
from channergy_crm.settings import TICKET_ANSWER_HOURS
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import undo
from tests import made as make

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.store.database import Office

BY = "ADMIN"
pytestmark = pytest.mark.usefixtures("office", "fixed_clock")
MONDAY = datetime(2026, 3, 2, 9, 0)
LATER = MONDAY.replace(hour=13)


def ticket(title: str = "Box arrived broken", **values: Any) -> Ticket:
    held = keeping.start(BY)
    for name, value in {"title": title, **values}.items():
        setattr(held, name, value)
    return keeping.save(held, BY)


def stands(held: Ticket) -> tuple[object, ...]:
    row = keeping.require(held.number, BY)
    return row.status, row.closed, row.waiting, row.due, row.solve_due, row.closed_on


def by_form(held: Ticket, name: str, value: str) -> None:
    row = keeping.require(held.number, BY)
    setattr(row, name, value)
    keeping.save(row, BY)


def by_another_form(held: Ticket, name: str, value: str) -> None:
    row = keeping.require(held.number, BY)
    setattr(row, name, value)
    saving.save(row, BY)


def for_many(held: Ticket, name: str, value: str) -> None:
    assert bulk_changes.set_field(Ticket, [held.number], name, value, BY).records == 1


def by_a_file(file: Path) -> Callable[[Ticket, str, str], None]:
    def bring(held: Ticket, name: str, value: str) -> None:
        title = {"status": "Status", "priority": "Priority"}[name]
        file.write_text(f"Title,{title}\n{held.title},{value}\n", "utf-8")
        plan = replace(propose(Ticket, open_source(file)), on_match="update", match_by=("title",))
        assert run(plan, operator=BY).updated == 1

    return bring


STEPS = (("priority", "Urgent"), ("status", WAITING), ("status", WORKING), ("status", CLOSED), ("status", OPEN))


def test_vt190_vt173_every_way_to_a_stage_or_a_priority_leaves_the_same_and_is_taken_back(tmp_path: Path) -> None:
    ways = (by_form, by_another_form, for_many, by_a_file(tmp_path / "tickets.csv"))
    with clock.fixed(MONDAY):
        held = [ticket(f"Ticket {place}") for place, _way in enumerate(ways)]
    seen, whole = [{stands(each) for each in held}], []
    for step, (name, value) in enumerate(STEPS):
        with clock.fixed(LATER + timedelta(minutes=step)):
            before = [stands(each) for each in held]
            for each, way in zip(held, ways, strict=True):
                way(each, name, value)
            after = [stands(each) for each in held]
            for place in reversed(range(len(held))):
                take_back()
                assert stands(held[place]) == before[place]
            for each, way in zip(held, ways, strict=True):
                way(each, name, value)
            assert [stands(each) for each in held] == after
            whole.append(set(after))
    assert all(len(each) == 1 for each in [*seen, *whole]), "one rule for all of them"
    urgent, waits, works, over, again = (next(iter(each)) for each in whole)
    assert urgent[3:] == (MONDAY.replace(hour=11), MONDAY.replace(hour=17), None)
    assert waits[1:4] == (False, True, None) and works[3] == LATER.replace(hour=15, minute=2), "it was ours again then"
    assert over[1:] == (True, False, None, None, LATER.replace(minute=3))
    assert again[1:] == (False, False, LATER.replace(hour=15, minute=4), MONDAY.replace(hour=17), None)


def take_back() -> None:
    latest = undo.undoable(BY)
    assert latest is not None
    undo.reverse(latest.number, by=BY, records=BY_TABLE)


def test_vt180_vt173_many_tickets_get_their_limits_anew_and_undo_takes_both_back() -> None:
    with clock.fixed(MONDAY):
        held = [ticket(f"Ticket {place}") for place in range(3)]
        before = [stands(each) for each in held]
        numbers = [each.number for each in held]
        assert bulk_changes.set_field(Ticket, numbers, "priority", "Urgent", BY).records == 3
        assert {stands(each)[3] for each in held} == {MONDAY.replace(hour=11)}
        take_back()
        assert [stands(each) for each in held] == before


def test_vt173_an_answer_stands_whatever_becomes_of_the_ticket() -> None:
    with clock.fixed(MONDAY):
        who = someone()
        held = ticket(contact=who)
        comments.say(held.number, "Which box?", BY, status=WAITING)
        comments.say(held.number, "We send one.", BY, status=WORKING)
        assert stands(held)[3] is None, "we have just answered"
        by_form(held, "priority", "Urgent")
        assert stands(held)[3] is None
    with clock.fixed(LATER):
        comments.from_customer(held.number, "It has come broken, too.", who, Program.PORTAL)
        deeds.take_over(held.number, BY)
    with clock.fixed(LATER.replace(minute=30)):
        by_form(held, "status", "Open")
        assert stands(held)[3] == LATER.replace(hour=15), "no stage gives us more time to answer"


def test_vt173_what_the_office_promises_holds_from_then_on() -> None:
    with clock.fixed(MONDAY):
        assert ticket().due == MONDAY.replace(hour=17)
        office_settings.choose(TICKET_ANSWER_HOURS, "Normal=1", BY)
        assert ticket().due == MONDAY.replace(hour=10)


def someone() -> int:
    account = make.account("Millstone Candle Works")
    with work.unit("x", by=BY):
        held = Contact(customer=account.customer, first_name="Chiara", last_name="Zielinski", email="c@mill.example")
        held.save()
    return int(held.number)


# ---------------------------------------------------------------- files


def test_vt180_vt190_a_file_says_when_a_ticket_was_closed_and_what_is_open_gets_its_limits(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(
        "Title,Status,Priority,Created At,Resolved At\n"
        "Old one,Closed,High,2026-01-12 09:00,2026-01-13 10:30\n"
        "Without a day,Closed,High,,\nNo stage,,,,2026-02-01 08:00\n"
        "Urgent one,Open,Urgent,2026-03-02 09:00,\nLast year,Open,Urgent,2025-03-02 09:00,\n"
        "Waits,Wait For Response,,,\nBare,,,,\n",
        "utf-8",
    )
    with clock.fixed(LATER):
        plan = propose(Ticket, open_source(file))
        assert {"created_on", "closed_on"} <= {*plan.columns.values()}
        assert run(plan, operator=BY).taken == 7
        assert warning.is_wanted() and warning.warn(Program.ITSELF) == 1, "of the urgent one alone"
    rows = {each.title: stands(each) for each in Ticket.select()}
    over, none = (CLOSED, True, False, None, None), None
    assert rows["Old one"] == (*over, datetime(2026, 1, 13, 10, 30)) and rows["Without a day"] == (*over, LATER)
    assert rows["No stage"] == (*over, datetime(2026, 2, 1, 8))
    assert rows["Urgent one"] == (OPEN, False, False, MONDAY.replace(hour=11), MONDAY.replace(hour=17), none)
    assert rows["Waits"][2:4] == (True, none) and rows["Waits"][4] is not none
    assert rows["Bare"][0] == OPEN and rows["Bare"][3] == datetime(2026, 3, 3, 13)


@pytest.mark.engines("sqlite")
def test_vt180_a_long_file_of_tickets_comes_with_all_its_limits_as_fast_as_before(
    office: Office, tmp_path: Path
) -> None:
    file, count = tmp_path / "many.csv", 1_000
    whens = (f"2026-0{1 + row % 2}-{1 + row % 28:02} 1{row % 9}:{row % 60:02}" for row in range(count))
    rows = (f"Ticket {row},{'Closed' if row % 3 else 'Open'},High,{when}" for row, when in enumerate(whens))
    file.write_text("\n".join(["Title,Status,Priority,Created At", *rows]), "utf-8")
    plan = propose(Ticket, open_source(file))
    began = perf_counter()
    assert run(plan, operator=BY).taken == count
    assert perf_counter() - began < 5, "it takes a quarter of a second"
    assert not Ticket.select().where(~Ticket.closed & Ticket.due.is_null()).exists()
    assert not Ticket.select().where(Ticket.closed & Ticket.closed_on.is_null()).exists()
