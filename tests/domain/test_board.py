"""The sales board: which deals stand where, and what they are worth (SI-12…SI-22)."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from channergy_crm import work
from channergy_crm.records import Account, Opportunity, Project, Task
from channergy_crm.records.projects import Means
from channergy_crm.services import board, board_cards, board_months, deals, leads, projects
from channergy_crm.services.board import ELSEWHERE, UNPROCESSED, Asked
from channergy_crm.store import database
from tests import made

TODAY = date(2026, 11, 23)
QUARTER = (date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture
def acme(office, operator, fixed_clock):
    return made.account("Acme")


def deal(of, name, stage, amount=100_00, **known):
    return made.opportunity(of, name, stage=stage, amount=amount, **known)


def stood(asked, by="ADMIN"):
    held = board.read(asked, by)
    return {column.stage: [card.number for card in column.cards] for column in held.columns}


def test_si12_si15_a_column_for_each_open_stage_and_si16_si18_won_and_lost_where_wanted(acme, operator):
    assert [column.title for column in board.read(Asked(), operator).columns] == ["Prospect", "Offer"]
    whole = board.read(Asked(won=True, lost=True), operator)
    assert [(column.stage, column.means) for column in whole.columns] == [
        ("Prospect", Means.OPEN), ("Offer", Means.OPEN), ("Order", Means.WON), ("Lost", Means.LOST),
    ]  # fmt: skip


def test_k16_deals_whose_stage_is_none_of_the_process_have_their_own_column(acme, operator):
    draft, offer = deal(acme, "One", "Draft"), deal(acme, "Two", "Offer")
    assert stood(Asked()) == {ELSEWHERE: [draft.number], "Prospect": [], "Offer": [offer.number]}
    deals.move(draft.number, "Prospect", operator)
    assert ELSEWHERE not in stood(Asked())


def test_si13_the_user_is_the_owner_of_the_customer(acme, operator):
    ben = made.colleague()
    mine = deal(acme, "Mine, sold by Ben", "Offer", owner=ben)
    deal(made.account("Bolt", ben), "Ben's", "Offer", owner=operator)
    assert stood(Asked(owner=operator))["Offer"] == [mine.number]
    assert len(stood(Asked())["Offer"]) == 2
    assert board.whose_offered(operator) == [operator, "", ben]


def test_si14_a_deal_belongs_to_the_period_in_which_it_closes(acme, operator):
    within = deal(acme, "Within", "Offer", close_date_1=date(2026, 12, 15))
    deal(acme, "Later", "Offer", close_date_1=date(2027, 1, 15))
    overdue = deal(acme, "Overdue", "Offer", close_date_1=date(2026, 9, 30))
    undated = deal(acme, "Undated", "Offer")
    won = deal(acme, "Won", "Order", close_date_1=date(2026, 9, 1), close_date_2=date(2026, 11, 2))
    early = deal(acme, "Won before", "Order", close_date_1=date(2026, 12, 1), close_date_2=date(2026, 9, 2))
    assert stood(Asked(first=QUARTER[0], last=QUARTER[1], won=True)) == {
        "Prospect": [], "Offer": [within.number], "Order": [won.number],
    }  # fmt: skip
    switched = board.read(Asked(first=QUARTER[0], last=QUARTER[1], overdue=True), operator)
    assert [card.number for card in switched.columns[1].cards] == [overdue.number, within.number]
    assert switched.sums.projected == 100_00
    assert {undated.number, early.number} < {card.number for column in board.read(Asked(won=True), operator).columns
                                             for card in column.cards}  # fmt: skip


def test_si20_si21_si22_projected_weighted_and_actual_by_column_and_month(acme, operator):
    deal(acme, "One", "Offer", 333_33, probability=33, close_date_1=date(2026, 12, 5))
    deal(acme, "Two", "Prospect", 100_01, probability=50, close_date_1=date(2027, 1, 5))
    deal(acme, "Three", "Order", 500_00, actual_amount=450_00, close_date_2=TODAY)
    deal(acme, "Four", "Lost", 700_00)
    held = board.read(Asked(won=True, lost=True), operator)
    sums = [(column.sums.projected, column.sums.weighted, column.sums.actual) for column in held.columns]
    assert sums == [(100_01, 50_00, 0), (333_33, 110_00, 0), (0, 0, 450_00), (0, 0, 0)]
    assert (held.sums.projected, held.sums.weighted, held.sums.actual) == (433_34, 160_00, 450_00)
    assert {month: (each.projected, each.weighted, each.actual) for month, each in held.months.items()} == {
        "2026-11": (0, 0, 450_00), "2026-12": (333_33, 110_00, 0), "2027-01": (100_01, 50_00, 0),
    }  # fmt: skip
    assert (held.deals, held.orders) == (2, 1)


def test_si19_si22_a_month_has_what_is_open_and_what_was_won_beside_each_other(acme, operator):
    deal(acme, "One", "Offer", 400_00, probability=50, close_date_1=date(2026, 11, 30))
    deal(acme, "Two", "Order", 500_00, actual_amount=450_00, close_date_2=TODAY)
    deal(acme, "Three", "Prospect", None, close_date_1=date(2027, 1, 5))
    deal(acme, "Four", "Lost", 700_00, close_date_2=TODAY)
    deal(acme, "Undated", "Offer", 900_00)
    held = board.read(Asked(), operator)
    assert [tuple(each) for each in board_months.spans(held.months)] == [
        (date(2026, 11, 1), 400_00, 200_00, 450_00, 2, None), (date(2026, 12, 1), 0, 0, 0, 0, None),
        (date(2027, 1, 1), 0, 0, 0, 1, None),
    ]  # fmt: skip
    deal(acme, "Long ago", "Order", actual_amount=1_00, close_date_2=date(2021, 3, 1))
    deal(acme, "Less long ago", "Order", actual_amount=2_00, close_date_2=date(2025, 12, 31))
    first, *near = board_months.spans(board.read(Asked(), operator).months)
    assert (first.month, first.until, first.won) == (date(2021, 3, 1), date(2025, 12, 1), 3_00)
    assert sum(each.won for each in near) == 450_00


def test_si20_the_sums_are_those_of_the_store_on_random_boards(acme, operator):
    dice = random.Random(12)
    with work.unit("Make", by=operator):
        for number in range(60):
            Opportunity.create(
                account=acme.number, name=str(number), owner=operator,
                stage=dice.choice(["Prospect", "Offer", "Order", "Lost", "Draft"]),
                amount=dice.choice([None, dice.randrange(10**7)]), probability=dice.choice([None, dice.randrange(101)]),
                close_date_1=dice.choice([None, TODAY + timedelta(days=dice.randrange(-200, 200))]),
            )  # fmt: skip
    for _turn in range(100):
        with work.unit("Change", by=operator):
            one = Opportunity.find(dice.randrange(1, 61))
            one.stage = dice.choice(["Prospect", "Offer", "Order", "Lost", "Draft"])
            one.amount, one.probability = dice.randrange(10**7), dice.randrange(101)
            one.save()
        sums = board.read(Asked(), operator).sums
        assert (sums.projected, sums.hundredfold, sums.actual) == plain_sums()


def plain_sums():
    asked = """SELECT
        COALESCE(SUM(CASE WHEN "Stage" NOT IN ('Order', 'Lost') THEN "Amount" END), 0),
        COALESCE(SUM(CASE WHEN "Stage" NOT IN ('Order', 'Lost') THEN "Amount" * "Probability" END), 0),
        COALESCE(SUM(CASE WHEN "Stage" = 'Order' THEN "ActualAmount" END), 0) FROM "CRMOpportunities" """
    return tuple(int(each) for each in database.proxy.execute_sql(asked).fetchone())


def test_si17_customers_without_a_deal(acme, operator):
    deal(acme, "One", "Offer")
    bolt = made.account("Bolt")
    lead = leads.create({"description": "Wants parkas"}, operator)
    column = board.read(Asked(unprocessed=True), operator).columns[0]
    assert column.stage == UNPROCESSED
    assert column.count == 2
    assert [(card.record, card.number) for card in column.cards] == [("account", bolt.number), ("lead", lead.number)]
    faces = board_cards.faces(column.cards, operator)
    assert faces["lead", lead.number].subject == "Wants parkas"
    for typed, found in (("parkas", [lead.number]), ("bolt", [bolt.number]), ("stage:Offer", [])):
        held = board.read(Asked(unprocessed=True, text=typed), operator).columns[0]
        assert [card.number for card in held.cards] == found, typed


def test_si19_a_card_says_who_and_when_and_the_next_reminder(acme, operator):
    held = deal(acme, "600 candle sets", "Offer", close_date_1=date(2026, 12, 15))
    for day in (5, 2):
        made.task(acme, "Call", opportunity=held.number, reminder_date=date(2026, 12, day))
    with work.unit("Close", by=operator):
        done = Task.get(Task.reminder_date == date(2026, 12, 2))
        done.closed = True
        done.save()
    cards = board.read(Asked(), operator).columns[1].cards
    face = board_cards.faces(cards, operator)["opportunity", held.number]
    assert (face.subject, face.customer, face.owner) == ("600 candle sets", "Acme", operator)
    assert face.reminder[0] == date(2026, 12, 5)


def test_bx24_a_deal_that_stands_too_long_in_its_stage_is_rotten(acme, operator):
    held = deal(acme, "One", "Offer")
    card = board.read(Asked(), operator).columns[1].cards[0]
    assert not card.rotten
    with work.unit("Wait", by=operator):
        held.stage_since = TODAY - timedelta(days=31)
        held.save()
    assert board.read(Asked(), operator).columns[1].cards[0].rotten == 31


def test_si4_a_project_has_the_columns_of_its_process_and_one_without_crm_none(acme, operator):
    fair = projects.save(Project(name="Fair", uses_crm=True), operator)
    mailing = projects.save(Project(name="Mailing"), operator)
    one = deal(acme, "One", "Offer", project=fair.number)
    deal(acme, "Two", "Offer", project=mailing.number)
    assert stood(Asked(project=fair.number))["Offer"] == [one.number]
    assert stood(Asked())["Offer"] == [one.number]
    assert stood(Asked(project=mailing.number)) == {}


def test_sorted_by_day_amount_or_age_and_filtered_as_lists_are(acme, operator):
    one = deal(acme, "One", "Offer", 100, close_date_1=date(2026, 12, 2), created_on=date(2026, 11, 3))
    two = deal(acme, "Two", "Offer", 300, created_on=date(2026, 11, 1))
    three = deal(acme, "Three", "Offer", 200, close_date_1=date(2026, 12, 1), created_on=date(2026, 11, 2))
    by = {sort: stood(Asked(sort=sort))["Offer"] for sort in board.SORTS}
    assert by == {
        "date": [three.number, one.number, two.number], "amount": [two.number, three.number, one.number],
        "age": [two.number, three.number, one.number],
    }  # fmt: skip
    assert stood(Asked(text="amount>1.50"))["Offer"] == [three.number, two.number]


def test_si11_somebody_sees_on_the_board_what_their_role_shows(office, fixed_clock):
    from tests.domain.secured import ANN, Secured

    secured = Secured()
    mine = None
    secured.let({"use": "all", "view": "own", "edit": "own"}, Opportunity, Account)
    with work.unit("Make", by="ADMIN"):
        for owner in (ANN, "CY"):
            of = Account.create(name=owner, owner=owner)
            held = Opportunity.create(account=of.number, name=owner, owner=owner, stage="Offer")
            mine = held if owner == ANN else mine
    assert stood(Asked(), ANN)["Offer"] == [mine.number]
    assert board.whose_offered(ANN) == [ANN]


def test_si23_the_customers_on_the_board_one_row_each_for_whoever_may_export(acme, operator, tmp_path):
    from channergy_crm.errors import Refused
    from channergy_crm.transfer.exporting.board import export_customers
    from tests.domain.secured import ANN, Secured

    deal(acme, "One", "Offer", 333_33, probability=33)
    deal(acme, "Two", "Order", 100_00, actual_amount=90_00)
    made.account("Bolt")
    asked = Asked(won=True, unprocessed=True)
    assert export_customers(asked, tmp_path / "out.csv", operator) == 2
    lines = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:]
    assert lines == [
        '"Acme","","","ADMIN","2","333.33","110.00","90.00"', '"Bolt","","","ADMIN","0","0.00","0.00","0.00"',
    ]  # fmt: skip
    secured = Secured()
    secured.let({"use": "all", "view": "all"}, Opportunity, Account)
    with pytest.raises(Refused):
        export_customers(asked, tmp_path / "other.csv", ANN)
    assert not (tmp_path / "other.csv").exists()


def test_bx25_after_a_move_only_that_deal_is_read_and_the_sums_are_those_of_a_board_read_anew(acme, operator):
    dice = random.Random(25)
    made_of = [
        deal(acme, str(number), dice.choice(["Prospect", "Offer", "Draft"]), dice.randrange(10**6),
             close_date_1=TODAY + timedelta(days=dice.randrange(-90, 90)))
        for number in range(20)
    ]  # fmt: skip
    asked = Asked(first=QUARTER[0], last=QUARTER[1], overdue=True, won=True)
    held = board.read(asked, operator)
    for _turn in range(40):
        number = dice.choice(made_of).number
        deals.move(number, dice.choice(["Prospect", "Offer", "Order", "Lost", "Draft"]), operator)
        held = board.after(held, number, asked, operator)
        assert held._replace(cards={}) == board.read(asked, operator)._replace(cards={})
