"""A customer without a deal gets the first one on the board: an account or a lead, into a stage (SI-17, K22, BX-25)."""

from __future__ import annotations

from datetime import date

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import BY_TABLE, Account, Lead, Opportunity, Process, Project
from channergy_crm.records.projects import Means
from channergy_crm.services import board, conversion, first_deals, leads, processes, projects
from channergy_crm.services.board import Asked
from channergy_crm.services.deals import Answer
from channergy_crm.work import undo
from tests import made
from tests.domain.secured import ANN, Secured

TODAY = date(2026, 11, 23)
WHOLE = Asked(won=True, lost=True, unprocessed=True)


@pytest.fixture
def bolt(office, operator, fixed_clock):
    return made.account("Bolt", description="A fair in May\nand more")


@pytest.fixture
def parkas(office, operator, fixed_clock):
    return leads.create({"description": "Wants parkas", "company": "Acme", "last_name": "Lee"}, operator)


def undo_latest(by="ADMIN"):
    undo.reverse(undo.undoable(by).number, by=by, records=BY_TABLE)


def customers(held):
    column = next(column for column in held.columns if column.stage == board.UNPROCESSED)
    return column.count, [(card.record, card.number) for card in column.cards]


def test_si17_an_account_is_asked_for_the_subject_and_the_worth_and_gets_its_deal_in_one_step(bolt, operator):
    before = board.read(WHOLE, operator)
    asked = first_deals.asks("account", bolt.number, "Offer", operator)
    assert (asked.means, asked.subject, asked.subjects, asked.amount) == (Means.OPEN, "A fair in May", (), None)
    deal = first_deals.begin("account", bolt.number, "Offer", operator, Answer(900_00, subject=" Fair "))
    held = Opportunity.find(deal.number)
    assert (held.name, held.stage, held.amount, held.probability) == ("Fair", "Offer", 900_00, 50)
    assert (held.account, held.closed, held.created_on) == (bolt.number, False, TODAY)
    after = board.after(before, deal.number, WHOLE, operator, first=True)
    assert after._replace(cards={}) == board.read(WHOLE, operator)._replace(cards={})
    assert (customers(before), customers(after)) == ((1, [("account", bolt.number)]), (0, []))
    undo_latest()
    assert Opportunity.find(deal.number) is None
    assert customers(board.read(WHOLE, operator)) == customers(before)


def test_k22_into_a_stage_that_is_won_or_lost_it_ends_as_a_move_there_does(bolt, operator):
    other = made.account("Acme")
    asked = first_deals.asks("account", bolt.number, "Order", operator)
    assert (asked.means, asked.on) == (Means.WON, TODAY)
    won = first_deals.begin("account", bolt.number, "Order", operator, Answer(500_00, date(2026, 11, 20), "", "Fair"))
    assert first_deals.asks("account", other.number, "Lost", operator).on == TODAY
    lost = first_deals.begin("account", other.number, "Lost", operator, Answer(reason="price", subject="Fair"))
    stood = [(each.closed, each.outcome, each.outcome_reason, each.actual_amount, each.close_date_2)
             for each in (Opportunity.find(won.number), Opportunity.find(lost.number))]  # fmt: skip
    assert stood == [(True, "Won", "", 500_00, date(2026, 11, 20)), (True, "Lost", "price", None, TODAY)]
    third = made.account("Cy")
    assert first_deals.asks("account", third.number, "Lost", operator).reasons == ("price",)
    earlier = Answer(None, date(2026, 11, 20), "price", "Fair")
    ended = first_deals.begin("account", third.number, "Lost", operator, earlier)
    assert Opportunity.find(ended.number).close_date_2 == date(2026, 11, 20)


def test_ch40_ch93_a_lead_is_converted_by_the_rule_of_conversions_and_undo_takes_all_of_it_back(parkas, operator):
    before = board.read(WHOLE, operator)
    assert first_deals.asks("lead", parkas.number, "Offer", operator).subject == "Wants parkas"
    deal = first_deals.begin("lead", parkas.number, "Offer", operator, Answer(70_00, subject="40 parkas"))
    held = Lead.find(parkas.number)
    assert (held.converted, held.opportunity) == (True, deal.number)
    made_of = Opportunity.find(deal.number)
    assert (made_of.name, made_of.stage, made_of.amount) == ("40 parkas", "Offer", 70_00)
    assert (made_of.originating_lead, made_of.account) == (parkas.number, held.account)
    assert Account.find(held.account).name == "Acme; Lee"
    after = board.after(before, deal.number, WHOLE, operator, first=True)
    assert after._replace(cards={}) == board.read(WHOLE, operator)._replace(cards={})
    assert customers(after) == (0, [])
    undo_latest()
    assert (Account.select().count(), Opportunity.select().count()) == (0, 0)
    assert customers(board.read(WHOLE, operator)) == (1, [("lead", parkas.number)])
    with pytest.raises(Mistake, match="account 99 is not|Account 99 is not"):
        first_deals.begin("lead", parkas.number, "Offer", operator, Answer(subject="Parkas"), account=99)


def test_ch40_a_lead_goes_to_the_account_and_the_owner_somebody_chose(bolt, parkas, operator):
    ben = made.colleague()
    chosen = {"account": bolt.number, "owner": ben}
    deal = first_deals.begin("lead", parkas.number, "Order", operator, Answer(5_00, TODAY, "", "Parkas"), **chosen)
    held = Opportunity.find(deal.number)
    assert (held.account, held.owner, held.actual_amount, held.closed) == (bolt.number, ben, 5_00, True)
    with pytest.raises(Mistake, match="already been converted"):
        conversion.convert(parkas.number, operator)


def test_si4_only_a_stage_of_their_own_process_and_never_without_a_subject(bolt, operator):
    trade = processes.save(Process(name="Trade"), operator)
    processes.add_stage(trade.number, "Demo", operator)
    with pytest.raises(Mistake, match="Demo is no stage of the process that Bolt goes through"):
        first_deals.asks("account", bolt.number, "Demo", operator)
    with pytest.raises(Mistake, match="Say what the deal is about"):
        first_deals.begin("account", bolt.number, "Offer", operator, Answer(subject="  "))
    with pytest.raises(Mistake, match="not there any more"):
        first_deals.asks("lead", 99, "Offer", operator)
    assert Opportunity.select().count() == 0


def test_si37_fixed_subjects_are_what_the_question_offers(bolt, operator):
    processes.add_label(processes.SUBJECTS, "Fair", operator)
    standard = Process.get()
    standard.fixed_subjects = True
    processes.save(standard, operator)
    assert first_deals.asks("account", bolt.number, "Offer", operator).subjects == ("Fair",)
    with pytest.raises(Mistake, match="Fair"):
        first_deals.begin("account", bolt.number, "Offer", operator, Answer(subject="Something else"))


def test_si8_customers_of_a_project_without_crm_are_nobodys_unprocessed_ones(bolt, operator):
    mailing = projects.save(Project(name="Mailing", uses_crm=False), operator)
    kept = made.account("Kept", project=mailing.number)
    assert customers(board.read(WHOLE, operator)) == (1, [("account", bolt.number)])
    with pytest.raises(Mistake, match="no stage of the process"):
        first_deals.asks("account", kept.number, "Offer", operator)


def test_vt66_whoever_may_not_create_a_deal_or_see_the_customer_makes_none(office, fixed_clock):
    secured = Secured()
    with work.unit("Make", by="ADMIN"):
        other = Account.create(name="Other", owner="CY")
    answer = Answer(subject="Fair")
    for let in ({"use": "all", "view": "all"}, {"use": "all", "view": "own", "edit": "own"}):
        secured.let(let, Opportunity, Account)
        with pytest.raises(Refused):
            first_deals.asks("account", other.number, "Offer", ANN)
        with pytest.raises(Refused):
            first_deals.begin("account", other.number, "Offer", ANN, answer)
    secured.let({"use": "all", "view": "all", "edit": "own"}, Opportunity, Account)
    assert first_deals.begin("account", other.number, "Offer", ANN, answer).owner == ANN
