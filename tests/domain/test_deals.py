"""Deals on their way through a process: what each stage brings, whatever way it changes (SI-5, SI-6, K16, K22)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import BY_TABLE, Opportunity, Process, ProcessStage, Project, lookups
from channergy_crm.records.projects import Means, begins_in, course, course_of
from channergy_crm.records.stages import moves
from channergy_crm.services import accounts, bulk_changes, conversion, deals, leads, processes, projects, saving
from channergy_crm.services import lookups as lists
from channergy_crm.services.deals import Answer
from channergy_crm.work import undo
from tests import made

TODAY = date(2026, 11, 23)
FOLLOWS = ("stage", "closed", "outcome", "outcome_reason", "actual_amount", "close_date_2", "probability")


@pytest.fixture
def deal(office, operator, fixed_clock):
    return made.opportunity(made.account("Acme"), "600 candle sets", stage="Offer", amount=1_420_000)


def standing(deal) -> tuple:
    held = Opportunity.find(deal.number)
    return tuple(getattr(held, name) for name in FOLLOWS)


def undo_latest(by="ADMIN"):
    entry = undo.undoable(by)
    undo.reverse(entry.number, by=by, records=BY_TABLE)


def test_si5_si6_a_new_office_has_the_standard_process(office, operator):
    (standard,) = processes.every(operator)
    stages = [(each.stage, each.meaning) for each in processes.stages(standard.number, operator)]
    assert standard.standard
    assert stages == [("Prospect", "open"), ("Offer", "open"), ("Order", "won"), ("Lost", "lost")]


def test_si2_a_deal_of_no_project_follows_the_standard_process(deal):
    assert course_of(None) == course(None)
    assert begins_in(None) == "Prospect"
    assert standing(deal) == ("Offer", False, "", "", None, None, 50)
    assert deal.stage_since == TODAY


def test_si22_won_asks_for_value_and_day_and_closes(deal, operator):
    assert deals.asks(deal.number, "Prospect", operator) is None
    asked = deals.asks(deal.number, "Order", operator)
    assert asked == deals.Asked(Means.WON, 1_420_000, TODAY)
    deals.move(deal.number, "Order", operator, Answer(1_300_000, date(2026, 11, 20)))
    assert standing(deal) == ("Order", True, "Won", "", 1_300_000, date(2026, 11, 20), 100)


def test_k22_back_again_clears_what_the_move_set(deal, operator):
    deals.move(deal.number, "Order", operator, Answer(1_300_000, TODAY))
    deals.move(deal.number, "Offer", operator)
    assert standing(deal) == ("Offer", False, "", "", None, None, 50)
    deals.move(deal.number, "Lost", operator, Answer(reason="price"))
    assert standing(deal) == ("Lost", True, "Lost", "price", None, TODAY, 0)
    assert deals.reasons(operator) == ["price"]
    deals.move(deal.number, "Order", operator)
    assert standing(deal) == ("Order", True, "Won", "", 1_420_000, TODAY, 100)
    deals.move(deal.number, "Lost", operator, Answer(None, date(2026, 11, 20), "time"))
    assert standing(deal) == ("Lost", True, "Lost", "time", None, date(2026, 11, 20), 0), "what is said stands"


def test_k16_probability_follows_only_where_it_is_the_old_stages(deal, operator):
    deal.probability = 65
    saving.save(deal, operator)
    deals.move(deal.number, "Prospect", operator)
    assert Opportunity.find(deal.number).probability == 65


def test_k22_undo_puts_all_of_it_back_and_redo_does_it_again(deal, operator):
    before = standing(deal)
    deals.move(deal.number, "Order", operator, Answer(1_300_000, TODAY))
    won = standing(deal)
    undo_latest()
    assert standing(deal) == before
    assert [move.stage for move in moves(Opportunity.find(deal.number).stage_path)] == ["Offer"]
    entry = undo.redoable(operator)
    undo.reverse(entry.number, by=operator, records=BY_TABLE)
    assert standing(deal) == won


def test_k22_the_same_from_the_form_and_from_many_at_once(deal, operator):
    held = Opportunity.find(deal.number)
    held.stage = "Order"
    saving.save(held, operator)
    from_form = standing(deal)
    undo_latest()
    bulk_changes.set_field(Opportunity, [deal.number], "stage", "Order", operator)
    assert standing(deal) == from_form == ("Order", True, "Won", "", 1_420_000, TODAY, 100)


def test_k22_the_same_from_a_file(office, operator, fixed_clock, tmp_path):
    from channergy_crm.transfer.importing.plan import propose
    from channergy_crm.transfer.importing.run import run
    from channergy_crm.transfer.reading.sources import open_source

    made.account("Acme")
    with work.unit("Make", by=operator):
        Project(name="Fair 2026", uses_crm=True).save()
    path = tmp_path / "deals.csv"
    path.write_text(
        "Account,Name,Stage,Amount,Close Dt 1,Lost/Won Reason,Project\nAcme,One,Order,100,2026-11-01,,Fair 2026\n"
        "Acme,Two,Lost,200,2026-12-24,price,\nAcme,Three,Draft,300,,,\n"
    )
    run(propose(Opportunity, open_source(path)), operator=operator)
    one, two, three = Opportunity.select().order_by(Opportunity.number)
    assert (one.project, standing(one)) == (
        Project.get().number, ("Order", True, "Won", "", 10_000, date(2026, 11, 1), 100),
    )  # fmt: skip
    assert standing(two) == ("Lost", True, "Lost", "price", None, TODAY, 0)
    assert standing(three) == ("Draft", False, "", "", None, None, None)


def test_k22_the_meaning_decides_and_never_a_text(deal, operator):
    process = processes.add("Long sale", operator)
    stage = next(each for each in processes.stages(process.number, operator) if each.stage == "Lost")
    stage.meaning = "won"
    processes.save_stage(stage, operator)
    project = projects.save(Project(name="Odd", uses_crm=True, process=process.number), operator)
    deal.project = project.number
    saving.save(deal, operator)
    deals.move(deal.number, "Lost", operator)
    assert standing(deal) == ("Lost", True, "Won", "", 1_420_000, TODAY, 0)
    deals.move(deal.number, "Order", operator)
    assert standing(deal) == ("Order", True, "Won", "", 1_420_000, TODAY, 100), "from won to won it stays won"


def test_si3_si8_a_project_without_crm_says_nothing_of_stages_and_si9_it_can_be_switched_on_later(deal, operator):
    project = projects.save(Project(name="Mailing"), operator)
    deal.project = project.number
    saving.save(deal, operator)
    deals.move(deal.number, "Order", operator)
    assert standing(deal) == ("Order", False, "", "", None, None, 50)
    project.uses_crm = True
    projects.save(project, operator)
    deals.move(deal.number, "Lost", operator)
    assert standing(deal)[:3] == ("Lost", True, "Lost")


def test_si19_vt154_the_day_it_came_to_its_stage_and_the_way_are_kept(deal, operator):
    with clock.fixed(clock.now() + timedelta(days=9)):
        deals.move(deal.number, "Prospect", operator)
    held = Opportunity.find(deal.number)
    assert held.stage_since == TODAY + timedelta(days=9)
    assert [(move.stage, move.on) for move in moves(held.stage_path)] == [
        ("Offer", TODAY), ("Prospect", TODAY + timedelta(days=9)),
    ]  # fmt: skip


def test_si28_a_lead_hands_its_project_on(office, operator, fixed_clock):
    project = projects.save(Project(name="Fair", uses_crm=True), operator)
    lead = leads.create({"description": "Wants parkas", "project": project.number}, operator)
    done = conversion.convert(lead.number, operator)
    assert (done.account.project, done.opportunity.project, done.opportunity.stage) == (
        project.number, project.number, "Prospect",
    )  # fmt: skip
    assert accounts.start_opportunity(done.account, operator).stage == "Prospect"


# ---------------------------------------------------------------- processes (SI-7, SI-10, SI-32)


def test_si32_removing_a_stage_moves_its_deals_in_one_step(deal, operator):
    offer = next(each for each in ProcessStage.select() if each.stage == "Offer")
    assert processes.deals_in(offer.number, operator) == 1
    with pytest.raises(Mistake, match="Choose the stage"):
        processes.remove_stage(offer.number, "", operator)
    assert processes.remove_stage(offer.number, "Prospect", operator).deals == 1
    assert standing(deal) == ("Prospect", False, "", "", None, None, 20)
    assert course(None).stage("Offer") is None
    undo_latest()
    assert standing(deal)[0] == "Offer"
    assert course(None).stage("Offer") is not None


def test_si32_a_new_stage_joins_the_list_and_stands_behind_the_open_ones(office, operator):
    (standard,) = processes.every(operator)
    processes.add_stage(standard.number, "Negotiation", operator)
    assert [each.stage for each in course(None).stages] == ["Prospect", "Offer", "Negotiation", "Order", "Lost"]
    assert "Negotiation" in [each.value for each in lookups.choices(*processes.STAGES)]
    with pytest.raises(Mistake, match="already"):
        processes.add_stage(standard.number, "negotiation", operator)


def test_si32_a_stage_in_use_keeps_its_meaning_and_one_stays_open(deal, operator):
    prospect, offer, *_rest = processes.stages(course(None).number, operator)
    offer.meaning = "won"
    with pytest.raises(Mistake, match="1 deal stands in"):
        processes.save_stage(offer, operator)
    deals.move(deal.number, "Order", operator)
    processes.save_stage(offer, operator)
    prospect.meaning = "lost"
    with pytest.raises(Mistake, match="at least one stage"):
        processes.save_stage(prospect, operator)


def test_si32_one_process_is_the_standard_and_one_in_use_stays(office, operator):
    (first,) = processes.every(operator)
    second = processes.add("Long sale", operator)
    second.standard = True
    processes.save(second, operator)
    assert [each.name for each in Process.select().where(Process.standard)] == ["Long sale"]
    projects.save(Project(name="Fair", process=first.number), operator)
    with pytest.raises(Mistake, match="Fair"):
        processes.remove(first.number, operator)
    with pytest.raises(Mistake, match="standard process stays"):
        processes.remove(second.number, operator)
    with pytest.raises(Mistake, match="already"):
        processes.add("long SALE", operator)


def rename(old, new, by):
    entry = next(each for each in lists.entries(*processes.STAGES, by) if each.value == old)
    entry.value = new
    lists.save(entry, by, change_rows=True)


def way(deal) -> list[str]:
    return [move.stage for move in moves(Opportunity.find(deal.number).stage_path)]


def test_si32_a_stage_that_is_renamed_in_its_list_is_renamed_in_the_process_and_on_the_way_of_each_deal(deal, operator):
    gone_on = made.opportunity(made.account("Books"), "300 shelves", stage="Offer")
    alike = made.opportunity(made.account("Boxes"), "Lids", stage="offer")
    longer = made.opportunity(made.account("Cups"), "Mugs", stage="Offer sent")
    for stage in ("Prospect", "Offer"):
        deals.move(longer.number, stage, operator)
    deals.move(gone_on.number, "Prospect", operator)
    rename("Offer", "Quote|2", operator)
    assert course(None).stage("Quote|2").means is Means.OPEN
    assert (way(deal), way(gone_on), way(alike)) == (["Quote/2"], ["Quote/2", "Prospect"], ["offer"])
    assert way(longer) == ["Offer sent", "Prospect", "Quote/2"]
    assert Opportunity.find(alike.number).version == 1, "what is called almost so is left alone"
    rename("Quote|2", "Quote", operator)
    assert (way(gone_on), way(longer)) == (["Quote", "Prospect"], ["Offer sent", "Prospect", "Quote"])
    held = Opportunity.find(deal.number)
    assert (held.stage, held.stage_path, held.stage_since) == ("Quote", f"Quote@{TODAY}", TODAY)
    deals.move(deal.number, "Prospect", operator)
    assert standing(deal)[-1] == 20, "the probability follows, for it was that of the stage before"
    deals.move(deal.number, "Order", operator)
    assert standing(deal)[:3] == ("Order", True, "Won")


def test_si32_a_renamed_stage_that_ended_a_deal_lets_it_go_on(deal, operator):
    deals.move(deal.number, "Order", operator, Answer(1_300_000, TODAY))
    rename("Order", "Contract", operator)
    deals.move(deal.number, "Offer", operator)
    assert standing(deal) == ("Offer", False, "", "", None, None, 50)


def test_si32_undo_puts_the_way_back_and_keeps_what_came_since(deal, operator):
    gone_on = made.opportunity(made.account("Books"), "300 shelves", stage="Offer")
    deals.move(gone_on.number, "Prospect", operator)
    rename("Offer", "Quote", operator)
    renamed = undo.undoable(operator).number
    deals.move(gone_on.number, "Lost", operator, Answer(reason="price"))
    undo.reverse(renamed, by=operator, records=BY_TABLE)
    assert (way(deal), way(gone_on)) == (["Offer"], ["Offer", "Prospect", "Lost"])
    assert [Opportunity.find(each.number).stage for each in (deal, gone_on)] == ["Offer", "Lost"]
    entry = undo.redoable(operator)
    undo.reverse(entry.number, by=operator, records=BY_TABLE)
    assert (way(deal), way(gone_on)) == (["Quote"], ["Quote", "Prospect", "Lost"])


def test_si37_weights_are_labels_that_carry_a_percentage(office, operator):
    lists.add(*processes.WEIGHTS, "80", operator, description="Hot")
    lists.add(*processes.WEIGHTS, "20", operator, description="Cold")
    lists.add(*processes.SUBJECTS, "New contract", operator)
    assert processes.weights(operator) == [processes.Weight("Cold", 20), processes.Weight("Hot", 80)]
    assert processes.subjects(operator) == ["New contract"]


# ---------------------------------------------------------------- projects (SI-4, SI-8, SI-11)


def test_si8_a_project_has_members_and_is_offered_to_them(office, operator):
    ben = made.colleague()
    fair = projects.save(Project(name="Fair", uses_crm=True), operator, [ben])
    projects.save(Project(name="Everybody's"), operator, [])
    assert projects.members(fair.number, operator) == [ben]
    assert [each.name for each in projects.offered(ben)] == ["Everybody's", "Fair"]
    assert projects.has_crm(ben)
    assert not projects.has_crm(operator)
    with pytest.raises(Mistake, match="already"):
        projects.save(Project(name="fair"), operator)


def test_si8_a_project_in_use_is_switched_off_instead_of_deleted(deal, operator):
    fair = projects.save(Project(name="Fair"), operator, [operator])
    deal.project = fair.number
    saving.save(deal, operator)
    with pytest.raises(Mistake, match="holds 1 opportunity"):
        projects.remove(fair.number, operator)
    deal.project = None
    saving.save(deal, operator)
    projects.remove(fair.number, operator)
    assert projects.every(operator) == []
