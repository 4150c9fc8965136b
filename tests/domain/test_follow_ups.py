"""VS-12…VS-14, VS-20: how the follow-ups of the events stand: true by hand, equal to their rows, within the rights."""

from __future__ import annotations

import csv
import random
import statistics
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Refused
from channergy_crm.records import Lead, Task
from channergy_crm.records.events import EventType
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import groups
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.events import spans, status, status_rows, to_reroute
from channergy_crm.services.events.which import Asked
from channergy_crm.store import database
from channergy_crm.transfer.exporting.follow_ups import export_follow_ups
from tests import made
from tests.domain.following_up import event, fell, follow_up, waiting
from tests.domain.secured import ANN, BEA, CY, NORTH, Secured

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"
NOVEMBER = Asked(date(2026, 11, 1), date(2026, 11, 30))

pytestmark = pytest.mark.usefixtures("fixed_clock", "office")


def figures(held: status.Count) -> tuple[int, int, int, int, int, float | None]:
    return held.open, held.late, held.closed, held.waiting, held.otherwise, held.median


def lines(held: list[status.Line]) -> dict[object, tuple[int, int, int]]:
    return {line.key: (line.counted.open, line.counted.late, line.counted.closed) for line in held}


def test_vs12_vs13_open_overdue_and_closed_are_counted_by_type_event_operator_and_group() -> None:
    acme, ben = made.account("Acme"), made.colleague("BEN")
    groups.create("NORTH", "North", BY)
    groups.let_in("NORTH", [ben], BY)
    welcome, order = event("Welcome"), event("No order", EventType.MARKETING)
    follow_up(welcome, acme, BY, "2026-10-02 09:00", reminder_date=date(2026, 11, 1))
    follow_up(welcome, acme, ben, "2026-11-20 09:00", reminder_date=date(2026, 12, 1))
    follow_up(welcome, acme, ben, "2026-10-30 09:00", "2026-11-02 17:00")
    follow_up(order, acme, ben, "2026-11-10 18:00", "2026-11-11 08:00")
    follow_up(order, acme, "NORTH", "2026-11-10 09:00", "2026-11-20 17:00")
    follow_up(order, acme, BY, "2026-10-10 09:00", "2026-10-12 09:00")
    fell(follow_up(order, acme, BY, "2026-11-22 09:00"))
    waiting(order, acme, ben)
    held = status.read(NOVEMBER, BY)
    assert figures(held.total) == (3, 1, 3, 1, 1, 3.0)
    assert [(line.label, line.counted.open, line.counted.closed) for line in held.types] == [
        ("Best practice", 2, 1), ("Marketing", 1, 2),
    ]  # fmt: skip
    assert lines(held.events) == {welcome.number: (2, 1, 1), order.number: (1, 0, 2)}
    assert lines(held.operators) == {BY: (2, 1, 0), ben: (1, 0, 2), "NORTH": (0, 0, 1)}
    assert lines(held.groups) == {"NORTH": (1, 0, 3), "": (2, 1, 0)}
    assert figures(status.read(Asked(NOVEMBER.first, NOVEMBER.last, ben), BY).total) == (1, 0, 2, 1, 0, 2.0)
    assert figures(status.read(Asked(NOVEMBER.first, NOVEMBER.last, "NORTH"), BY).total)[:4] == (1, 0, 3, 1)
    october = status.read(Asked(date(2026, 10, 1), date(2026, 10, 31)), BY)
    assert figures(october.total)[:3] == (1, 1, 1), "what was made later is no matter of October"


def test_vs13_what_the_suite_has_closed_without_a_day_goes_by_the_day_it_was_made() -> None:
    follow_up(event("Welcome"), made.account("Acme"), BY, "2026-11-10 09:00")
    with database.writing():
        database.proxy.execute_sql('UPDATE "CustServ" SET "Closed" = TRUE')
    assert figures(status.read(NOVEMBER, BY).total) == (0, 0, 1, 0, 0, None)
    assert len(status_rows.read(NOVEMBER, Chosen("total", ("", "closed")), BY)) == 1
    assert not status.read(Asked(date(2026, 12, 1), None), BY).total.closed


def some(dice: random.Random) -> list[tuple[int | None, str, datetime, datetime | None, bool]]:
    """A hundred follow-ups in whatever state: whose they are, when made, closed, overdue."""
    acme, events = made.account("Acme"), [event("Welcome"), event("No order", EventType.MARKETING)]
    found = []
    for _each in range(100):
        begun = datetime(2026, 11, 23, 9) - timedelta(days=dice.randrange(60))
        done = begun + timedelta(days=dice.randrange(9)) if dice.random() < 0.6 else None
        owner, of, late = dice.choice([BY, "BEN"]), dice.choice(events), dice.random() < 0.5
        follow_up(of, acme, owner, f"{begun}", f"{done}" if done else "",
                  reminder_date=date(2026, 11, 1 if late else 30))  # fmt: skip
        found.append((of.number, owner, begun, done, late))
    return found


def test_vs20_every_number_is_as_many_rows_as_it_opens_and_the_median_is_the_middle_one() -> None:
    made.colleague("BEN")
    every = some(random.Random(2026))
    held = status.read(NOVEMBER, BY)
    ends = [(done - begun, done) for _of, _owner, begun, done, _late in every if done and done.month == 11]
    assert held.total.median == statistics.median((lasted.days for lasted, _done in ends))
    assert held.total.open == sum(done is None for _of, _owner, _begun, done, _late in every)
    for part, some_lines in (("type", held.types), ("event", held.events), ("operator", held.operators)):
        for line in some_lines:
            for name in ("open", "late", "closed", "otherwise", "waiting"):
                rows = status_rows.read(NOVEMBER, Chosen(part, (line.key, name)), BY)
                assert len(rows) == getattr(line.counted, name), (part, line.key, name)
    bars = {bar.span: bar for bar in held.trend}
    assert sum(bar.closed + bar.late + bar.open for bar in bars.values()) == sum(
        begun.month == 11 for _of, _owner, begun, _done, _late in every
    )
    for span, bar in bars.items():
        rows = status_rows.read(NOVEMBER, Chosen("span", span), BY)
        assert len(rows) == bar.closed + bar.late + bar.open, span
    rows = status_rows.read(NOVEMBER, Chosen(), BY)
    assert [status_rows.stands(row) for row in rows] == sorted(
        (status_rows.stands(row) for row in rows), key=["overdue", "open", "closed"].index
    ), "the most urgent first"


def test_vs12_what_waits_opens_the_record_it_is_about() -> None:
    acme = made.account("Acme")
    written = event("Welcome")
    waiting(written, acme, BY)
    (row,) = status_rows.read(NOVEMBER, Chosen("event", (written.number, "waiting")), BY)
    assert (row.task, row.action, row.owner, row.opens()) == (None, "Acme", "Administrator", ("account", acme.number))


def test_vs12_a_trend_of_days_weeks_and_months_has_no_gap() -> None:
    for first, last, unit in (
        (date(2026, 11, 1), date(2026, 11, 30), "day"), (date(2026, 9, 2), date(2026, 11, 23), "week"),
        (date(2025, 12, 5), date(2026, 11, 23), "month"), (date(2019, 1, 1), date(2026, 11, 23), "month"),
    ):  # fmt: skip
        found = spans.of(first, last)
        assert len(found) <= spans.MOST and found[-1].unit == unit
        assert found[0].first == first and found[-1].last == last
        assert all(one.last + timedelta(days=1) == next_.first for one, next_ in pairwise(found))


# ---------------------------------------------------------------- rights


@pytest.fixture
def secured() -> Secured:
    return Secured()


def test_vs14_without_the_job_function_nothing_of_it_is_seen(secured: Secured) -> None:
    secured.let({"use": "all", "view": "all", "edit": "all", "export": "all"})
    for ask in (
        lambda: status.read(NOVEMBER, ANN), lambda: status.whose_offered(ANN),
        lambda: status_rows.read(NOVEMBER, Chosen(), ANN),
    ):  # fmt: skip
        with pytest.raises(Refused, match="job function CRM"):
            ask()


def test_vs14_only_what_may_be_seen_is_counted_and_the_rest_is_told(secured: Secured) -> None:
    acme, written = made.account("Acme"), event("Welcome")
    for owner in (ANN, BEA, CY, NORTH):
        follow_up(written, acme, owner, "2026-11-20 09:00")
    secured.job("crm")
    for scope, open_ones in (("own", 2), ("group", 3), ("all", 4)):
        secured.let({"use": "all", "view": scope}, Task)
        held = status.read(NOVEMBER, ANN)
        assert (held.total.open, held.unseen) == (open_ones, 4 - open_ones), scope
        assert sum(bar.open for bar in held.trend) == open_ones
        assert len(status_rows.read(NOVEMBER, Chosen(), ANN)) == open_ones


# ---------------------------------------------------------------- out


def test_vs12_the_figures_and_the_rows_go_into_a_file_and_that_is_put_down(tmp_path: Path) -> None:
    acme, written = made.account("Acme"), event("Welcome")
    follow_up(written, acme, BY, "2026-11-10 09:00", "2026-11-12 09:00", action="Send the package")
    follow_up(written, acme, BY, "2026-11-20 09:00", action="Ring them")
    path = tmp_path / "status.csv"
    export_follow_ups(NOVEMBER, None, path, BY)
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.reader(file))
    assert found[0] == [
        "Figures",
        "",
        "Still open",
        "Overdue",
        "Closed",
        "Waiting",
        "To somebody else",
        "Days to close",
    ]
    assert found[1] == ["All follow-ups", "", "1", "0", "1", "0", "0", "2"]
    assert ["By event", "Welcome", "1", "0", "1", "0", "0", "2"] in found
    assert export_follow_ups(NOVEMBER, Chosen("event", (written.number, "open")), tmp_path / "rows.xlsx", BY) == 1
    assert [(row.table, row.rows) for row in ExportRow.select().order_by(ExportRow.number)] == [
        ("CustServ", len(found) - 1), ("CustServ", 1),
    ]  # fmt: skip


def test_vs15_as_many_are_open_beside_a_name_as_are_listed_and_a_lead_is_named_too() -> None:
    with work.unit("A lead", by=BY):
        lead = Lead.create(description="Juniper wants a shop", company="Juniper", owner=BY)
    task = follow_up(event("Fair"), made.account("Acme"), BY, account=None, customer=None, lead=lead.number)
    follow_up(event("Welcome"), made.account("Acme"), BY, reminder_date=date(2026, 12, 1))
    with work.unit("A task without a day", by=BY):
        Task.create(action="Some day", owner=BY, is_crm=True)
    (giver,) = [each for each in to_reroute.givers(BY) if each.id == BY]
    assert giver.open == len(to_reroute.find(BY, BY).numbers) == 2
    (row,) = to_reroute.rows([task.number], BY, BY)
    assert row.customer == lead.caption()
    assert lead.caption() in {each.customer for each in status_rows.read(NOVEMBER, Chosen("total", ("", "all")), BY)}
