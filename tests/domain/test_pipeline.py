"""BX-24, VT-155: the forecast, conversion, age and losses of deals: equal to plain SQL, and true by hand."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Refused
from channergy_crm.records import Opportunity, Project
from channergy_crm.records.projects import Means, course_of
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import deals, groups, pipeline, pipeline_deals, pipeline_rows, processes, projects
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.deals import Answer
from channergy_crm.services.figures import EVERYBODY
from channergy_crm.services.pipeline import Month
from channergy_crm.services.pipeline_deals import PERSONAL, Asked
from channergy_crm.store import database
from channergy_crm.transfer.exporting import counted
from channergy_crm.transfer.exporting.pipeline import export_pipeline
from tests import made
from tests.domain.secured import ANN, Secured

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"
TODAY = date(2026, 11, 23)
EVERY = Asked(EVERYBODY)
COLUMNS = ("OpportunityNo", "Name", "CRMAccountNo", "OwnerOperatorID", "ProjectNo", "LeadSource", "Stage", "Amount",
           "Probability", "ActualAmount", "CloseDt1", "CloseDt2", "StageDt", "CreateDt", "StagePath",
           "LostWonReason")  # fmt: skip

pytestmark = pytest.mark.usefixtures("fixed_clock", "office")


def deal(name: str, stage: str = "Offer", **known: Any) -> Opportunity:
    with work.unit("Make", by=BY):
        made_one: Opportunity = Opportunity.create(
            **{"account": 1, "name": name, "owner": BY, "stage": stage, "created_on": TODAY, **known}
        )
    return made_one


@pytest.fixture
def acme() -> None:
    """An account for deals."""
    assert made.account("Acme").number == 1


# ---------------------------------------------------------------- against plain SQL


def a_board(dice: random.Random, fair: int, off: int) -> None:
    """Up to thirty deals in whatever state, written past everything that is ours."""
    rows = [
        (number, f"Deal {number}", 1, dice.choice(["ADMIN", "BEN"]), dice.choice([None, None, fair, off]),
         dice.choice(["Web Site", "Trade Show", ""]),
         dice.choice(["Prospect", "Offer", "Offer", "Order", "Lost", "Draft", ""]),
         dice.choice([None, 1, 33, 10_000, dice.randrange(10**7)]), dice.choice([None, 0, 5, 33, 50, 100]),
         dice.choice([None, dice.randrange(10**7)]), _some_day(dice), _some_day(dice), _some_day(dice),
         _some_day(dice), "", dice.choice(["", "price", "time"]))
        for number in range(1, dice.randrange(2, 31))
    ]  # fmt: skip
    with database.writing():
        database.proxy.execute_sql('DELETE FROM "CRMOpportunities"')
        database.insert_many("CRMOpportunities", COLUMNS, rows)


def _some_day(dice: random.Random) -> str | None:
    return dice.choice([None, *[str(TODAY + timedelta(days=dice.randrange(-400, 400))) for _time in range(5)]])


MEANING = """CASE WHEN "Stage" = 'Order' THEN 'won' WHEN "Stage" = 'Lost' THEN 'lost' ELSE 'open' END"""
DAY = f"""CASE WHEN {MEANING} = 'open' THEN "CloseDt1" ELSE COALESCE("CloseDt2", "CloseDt1") END"""
SUMS = f"""COUNT(*), SUM(CASE WHEN {MEANING} = 'open' THEN COALESCE("Amount", 0) ELSE 0 END),
    SUM(CASE WHEN {MEANING} = 'open' THEN COALESCE("Amount", 0) * COALESCE("Probability", 0) ELSE 0 END),
    SUM(CASE WHEN {MEANING} = 'won' THEN COALESCE("ActualAmount", 0) ELSE 0 END)"""


def plainly(key: str, off: int, where: str = "1 = 1") -> dict[Any, tuple[int, ...]]:
    """What the store itself says, by a column; deals of the project without CRM aside."""
    said = f"""SELECT {key}, {SUMS} FROM "CRMOpportunities"
        WHERE ("ProjectNo" IS NULL OR "ProjectNo" <> {off}) AND {where} GROUP BY 1"""
    return {row[0]: tuple(int(each) for each in row[1:]) for row in database.proxy.execute_sql(said).fetchall()}


def told(lines: list[pipeline.Line]) -> dict[Any, tuple[int, ...]]:
    return {line.key: (line.worth.deals, line.worth.projected, line.worth.hundredfold, line.worth.won)
            for line in lines}  # fmt: skip


def test_bx24_vt155_the_sums_of_a_hundred_boards_are_those_of_plain_sql(acme: None) -> None:
    made.colleague()
    fair = projects.save(Project(name="Fair", uses_crm=True), BY).number
    off = projects.save(Project(name="Mailing"), BY).number
    dice = random.Random(1924)
    with database.writing(), database.proxy.atomic():
        for _board in range(100):
            a_board(dice, fair, off)
            as_in_sql(off)


def as_in_sql(off: int) -> None:
    """Every sum of this board is what the store itself says."""
    counted = pipeline_deals.read(EVERY, BY)
    found = pipeline.count(counted, BY)
    assert told(found.owners) == plainly('"OwnerOperatorID"', off)
    assert told(found.sources) == plainly('"LeadSource"', off)
    assert not found.projects or told(found.projects) == plainly('"ProjectNo"', off)
    by_month = plainly(f"SUBSTR(CAST({DAY} AS TEXT), 1, 7)", off, f"{MEANING} <> 'lost'")
    assert {f"{each.month:%Y-%m}" if each.month else None: each[1:5] for each in pipeline.months(counted)} == {
        month: (projected, round(hundredfold / 100), won, many)
        for month, (many, projected, hundredfold, won) in by_month.items()
    }  # fmt: skip
    lost = plainly('"LostWonReason"', off, f"{MEANING} = 'lost'")
    assert {line.key: line.worth.lost for line in found.reasons} == {key: row[0] for key, row in lost.items()}
    late = f""""Stage" IN ('Prospect', 'Offer') AND "StageDt" < '{TODAY - timedelta(days=30)}'"""
    assert found.rotten == sum(row[0] for row in plainly("1", off, late).values())
    spans = pipeline.spans(counted, TODAY)
    assert len(spans) <= pipeline.MOST_MONTHS + 3
    for column in ("projected", "won"):
        assert sum(getattr(each, column) for each in spans) == getattr(found.total, column)
    rows = [pipeline_rows.behind(counted, Chosen("month", (span.month, span.until))) for span in spans]
    assert [len(held) for held in rows] == [span.deals for span in spans]
    quarter = pipeline.read(Asked(EVERYBODY, date(2026, 10, 1), date(2026, 12, 31)), BY).total
    said = plainly("1", off, f"{DAY} BETWEEN '2026-10-01' AND '2026-12-31'").get(1, (0, 0, 0, 0))
    assert (quarter.deals, quarter.projected, quarter.hundredfold, quarter.won) == said


# ---------------------------------------------------------------- by hand


def test_vt155_the_months_show_projected_weighted_and_won(acme: None) -> None:
    deal("One", amount=100_000, probability=50, close_date_1=date(2026, 12, 15))
    deal("Two", amount=50_050, probability=33, close_date_1=date(2026, 12, 31))
    sold = deal("Three", amount=70_000, close_date_1=date(2026, 12, 1))
    deals.move(sold.number, "Order", BY, Answer(65_000, date(2026, 11, 20)))
    gone = deal("Four", amount=9_000, close_date_1=date(2026, 12, 1))
    deals.move(gone.number, "Lost", BY, Answer(reason=" price "))
    deal("Five", amount=1_000, probability=20)
    counted = pipeline_deals.read(EVERY, BY)
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    assert pipeline.months(counted) == [
        Month(november, 0, 0, 65_000, 1), Month(december, 150_050, 66_516, 0, 2), Month(None, 1_000, 200, 0, 1),
    ]  # fmt: skip
    rows = pipeline_rows.read(EVERY, Chosen("month", (december, None)), BY)
    assert [(row.name, row.customer, row.stage, row.amount) for row in rows] == [
        ("One", "Acme", "Offer 50 %", 100_000), ("Two", "Acme", "Offer 33 %", 50_050),
    ]  # fmt: skip
    found = pipeline.read(EVERY, BY)
    assert [(line.label, line.worth.lost, line.worth.missed) for line in found.reasons] == [("price", 1, 9_000)]
    assert [row.name for row in pipeline_rows.read(EVERY, Chosen("reason", "price"), BY)] == ["Four"]


def test_vt155_far_months_are_one_bar_and_no_month_is_left_out_between() -> None:
    def of(*days: date) -> list[tuple[date | None, date | None]]:
        course = course_of(None)
        assert course is not None
        held = [pipeline_deals.Deal(1, "", "", None, Means.OPEN, course, None, "", "", 1, 0, 0, 0, day, None, None,
                              "", "", False) for day in days]  # fmt: skip
        return [(each.month, each.until) for each in pipeline.spans(held, TODAY, 4)]

    assert of(date(2026, 11, 3), date(2027, 1, 9)) == [
        (date(2026, 11, 1), None), (date(2026, 12, 1), None), (date(2027, 1, 1), None),
    ]  # fmt: skip
    far = of(date(2025, 1, 3), date(2026, 11, 9), date(2028, 2, 9))
    assert far[0] == (date(2025, 1, 1), date(2026, 4, 1))
    assert far[-1] == (date(2026, 9, 1), date(2028, 2, 1))
    assert of() == []


def test_bx24_conversion_says_what_became_of_those_that_came(acme: None) -> None:
    def way(*stages: tuple[str, int]) -> None:
        held = deal("Some", stages[0][0])
        for stage, day in stages[1:]:
            with clock.fixed(clock.now() + timedelta(days=day)):
                deals.move(held.number, stage, BY)

    way(("Prospect", 0), ("Offer", 10), ("Order", 14))
    way(("Prospect", 0), ("Offer", 20), ("Lost", 21))
    way(("Prospect", 0), ("Lost", 3))
    way(("Prospect", 0), ("Offer", 4), ("Prospect", 9))
    way(("Prospect", 0), ("Order", 30))
    way(("Offer", 0))
    way(("Offer", 0), ("Draft", 5))
    counted = pipeline_deals.read(EVERY, BY)
    found = {step.label: step for step in pipeline.count(counted, BY).steps}
    assert list(found) == ["Prospect", "Offer", "Order"]
    prospect, offer, order = found.values()
    assert (prospect.came, prospect.on, prospect.here, prospect.lost, prospect.elsewhere) == (5, 3, 1, 1, 0)
    assert (offer.came, offer.on, offer.here, offer.lost, offer.elsewhere) == (5, 1, 1, 1, 2)
    assert (order.came, order.here, order.days) == (2, 2, None)
    assert (prospect.percent, prospect.days, prospect.left) == (60, 10, 5)
    assert (offer.days, offer.left) == (4.5, 4)
    assert len(pipeline_rows.behind(counted, Chosen("came", offer.key))) == 5
    assert len(pipeline_rows.behind(counted, Chosen("days", offer.key))) == 4


def test_bx24_each_deal_goes_by_its_own_process_and_never_by_a_text(acme: None) -> None:
    process = processes.add("Long sale", BY)
    stage = next(each for each in processes.stages(process.number, BY) if each.stage == "Lost")
    stage.meaning = "won"
    processes.save_stage(stage, BY)
    odd = projects.save(Project(name="Odd", uses_crm=True, process=process.number), BY).number
    deal("Theirs", "Lost", amount=100, actual_amount=90, close_date_2=TODAY, project=odd)
    deal("Ours", "Lost", amount=200, close_date_2=TODAY, outcome="Won")
    deal("Mail", "Order", amount=400, actual_amount=400, project=projects.save(Project(name="Mailing"), BY).number)
    found = pipeline.read(EVERY, BY)
    assert (found.total.won, found.total.won_deals, found.total.lost, found.total.missed) == (90, 1, 1, 200)
    assert [line.label for line in found.projects] == ["Odd", "No project"]
    names = [step.label for step in found.steps]
    assert names == ["Standard: Prospect", "Standard: Offer", "Standard: Order",
                     "Long sale: Prospect", "Long sale: Offer", "Long sale: Order", "Long sale: Lost"]  # fmt: skip
    assert pipeline.read(Asked(EVERYBODY, project=odd), BY).total.won == 90
    assert pipeline.read(Asked(EVERYBODY, project=PERSONAL), BY).total.missed == 200


def test_bx24_age_and_rotten_deals(acme: None) -> None:
    deal("New")
    with clock.fixed(clock.now() - timedelta(days=30)):
        deal("Still good", created_on=clock.today())
    with clock.fixed(clock.now() - timedelta(days=31)):
        deal("Rotten", created_on=TODAY - timedelta(days=300))
        deal("Outside", "Draft", created_on=clock.today())
        deals.move(deal("Sold").number, "Order", BY)
    found = pipeline.read(EVERY, BY)
    assert [(each.key, each.deals, each.rotten) for each in found.ages] == [(30, 2, 0), (60, 1, 0), (None, 1, 1)]
    assert [(each.key[1], each.deals, each.rotten) for each in found.stages] == [("Offer", 3, 1)]
    assert found.rotten == 1
    for chosen in (Chosen("rotten"), Chosen("rotten", found.stages[0].key), Chosen("age", None)):
        assert [row.name for row in pipeline_rows.read(EVERY, chosen, BY)] == ["Rotten"]


# ---------------------------------------------------------------- whose, and out


def test_bx24_whose(acme: None) -> None:
    made.colleague()
    groups.create("TEAM", "Team", BY)
    groups.let_in("TEAM", ["BEN"], BY)
    for owner, amount in ((BY, 1), ("BEN", 10), ("TEAM", 100)):
        deal("Some", owner=owner, amount=amount)
    for whose, amount in ((BY, 1), ("BEN", 10), ("TEAM", 110), (EVERYBODY, 111)):
        assert pipeline.read(Asked(whose), BY).total.projected == amount
    assert [key for key, _name in pipeline_deals.whose_offered(BY)][:3] == [BY, EVERYBODY, "TEAM"]


def test_bx24_k3_others_only_with_the_right_and_no_figure_of_what_is_hidden(acme: None) -> None:
    from channergy_crm.records.roles import HiddenField

    with_security = Secured()
    with_security.let({"use": "all", "view": "own"})
    deal("Hers", owner="ANN", amount=100, probability=50)
    deal("Cy's", owner="CY", amount=200)
    assert pipeline.read(Asked("ANN"), "ANN").total.projected == 100
    for whose in ("CY", EVERYBODY):
        with pytest.raises(Refused, match="only your own"):
            pipeline.read(Asked(whose), "ANN")
    with work.unit("Hide", by=BY):
        HiddenField.create(role=with_security.role, table="CRMOpportunities", field="amount", hidden=True)
    found = pipeline.read(Asked("ANN"), "ANN")
    assert (found.total.projected, found.total.open, found.hidden) == (0, 1, ["Amount"])
    assert pipeline_rows.read(Asked("ANN"), Chosen(), "ANN")[0].amount is None


def written(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text("utf-8-sig").splitlines()))


@pytest.mark.engines("sqlite")
def test_bx24_figures_and_the_rows_behind_them_go_into_a_file(acme: None, tmp_path: Path) -> None:
    deal("One", amount=100_050, probability=50, close_date_1=date(2026, 12, 15))
    figures, behind = tmp_path / "figures.csv", tmp_path / "deals.csv"
    lines = export_pipeline(EVERY, None, figures, BY)
    held = written(figures)
    assert len(held) == lines + 1
    assert ["Forecast by month", "2026-12", "1", "1000.50", "500.25", "0.00", "", "", "", ""] in held
    assert export_pipeline(EVERY, Chosen("owner", BY), behind, BY) == 1
    assert written(behind)[1] == [
        "1", "One", "Acme", "Offer 50 %", "2026-12-15", BY, "1000.50", "",
    ]  # fmt: skip
    assert [row.table for row in ExportRow.select()] == ["CRMOpportunities"] * 2


def test_bx23_bx24_what_was_counted_goes_out_whole_with_the_right_and_is_put_down(office, tmp_path):
    told: list[int] = []

    def lines(*batches):
        return counted.Lines(["Month", "Deals"], batches, progress=lambda so_many, _of, _said: told.append(so_many))

    taken = counted.Taken(Opportunity, ["year", "", None, "Mine"], BY, "Forecast")
    november, rest = [("2026-11", 2)], [("2026-12", 3), ("2027-01", 1)]
    for name in ("out.csv", "out.xlsx"):
        assert counted.write(taken, lines(november, rest), tmp_path / name) == 3
    assert told == [0, 1, 0, 1]
    held = [(row.by, row.what, row.search, row.columns, row.rows, row.form) for row in ExportRow.select()]
    assert held == [(BY, "found", "year Mine", "Month, Deals", 3, form) for form in ("csv", "xlsx")]
    with pytest.raises(TypeError):
        counted.write(taken, lines(november, None), tmp_path / "half.csv")
    Secured().let({"use": "all", "view": "all"})
    with pytest.raises(Refused):
        counted.write(taken._replace(by=ANN), lines(november), tmp_path / "hers.csv")
    assert sorted(path.name for path in tmp_path.glob("*.[cx]*")) == ["out.csv", "out.xlsx"]
