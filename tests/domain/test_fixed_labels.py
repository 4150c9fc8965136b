"""Names and weights a process takes from a list hold wherever a deal is written; what stands there stays (SI-37)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import BY_TABLE, Opportunity, Process, Project
from channergy_crm.records.fixed_labels import SUBJECTS, WEIGHTS, anywhere, labels, weight_said
from channergy_crm.services import bulk_changes, conversion, deals, leads, lookups, processes, projects, saving
from channergy_crm.transfer.importing.checking import check
from channergy_crm.transfer.importing.plan import Plan, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import undo
from tests import made

if TYPE_CHECKING:
    from pathlib import Path

BY = "ADMIN"
NO_NAME = "none of the names the office has fixed; choose one of: Extension, New contract"


@pytest.fixture
def old(office, operator, fixed_clock) -> Opportunity:
    """A deal from before the office fixed anything."""
    return made.opportunity(made.account("Acme"), "Candles", stage="Offer", probability=65)


@pytest.fixture
def deal(old) -> Opportunity:
    """The same once its process takes names and weights from their lists."""
    for name in ("New contract", "Extension"):
        processes.add_label(SUBJECTS, name, BY)
    for name, percent in (("Cold", 25), ("Hot", 80)):
        processes.add_label(WEIGHTS, name, BY, percent)
    (standard,) = processes.every(BY)
    standard.fixed_subjects = standard.fixed_weights = True
    processes.save(standard, BY)
    return old


def saved(deal: Opportunity, **values: Any) -> Opportunity:
    held = Opportunity.find(deal.number)
    assert held is not None
    for name, value in values.items():
        setattr(held, name, value)
    return saving.save(held, BY)


def stored(deal: Opportunity) -> tuple[object, ...]:
    held = Opportunity.find(deal.number)
    return held.name, held.probability, held.stage


def test_si37_what_is_not_in_the_list_is_refused_beside_its_field(deal):
    with pytest.raises(Mistake, match=NO_NAME) as refused:
        saved(deal, name="Lamps")
    assert refused.value.field == "name"
    with pytest.raises(Mistake, match=r"66 % is none of the weights .*: Cold \(25 %\), Hot \(80 %\)\.") as refused:
        saved(deal, probability=66)
    assert refused.value.field == "probability"
    for name in ("Shelves", "extension"):
        with pytest.raises(Mistake, match=NO_NAME):
            made.opportunity(made.account("Books"), name)
    saved(deal, name="New contract", probability=80)
    assert stored(deal) == ("New contract", 80, "Offer")
    saved(deal, probability=None)
    made.opportunity(made.account("Books"), "Extension", probability=25)


def test_si37_what_stands_there_already_stays(deal):
    saved(deal, next_step="Call", stage="Prospect")
    fair = projects.save(Project(name="Fair", uses_crm=True), BY)
    saved(deal, project=fair.number)
    assert stored(deal) == ("Candles", 65, "Prospect")
    saved(deal, name="Extension")
    undo.reverse(undo.undoable(BY).number, by=BY, records=BY_TABLE)
    assert stored(deal)[0] == "Candles", "undo brings back what stood there"


def test_si37_a_stage_brings_its_own_weight(deal):
    saved(deal, probability=None)
    deals.move(deal.number, "Order", BY)
    assert stored(deal)[1] == 100
    saved(deal, stage="Offer")
    assert stored(deal)[1] == 50
    with pytest.raises(Mistake, match="100 % is none"):
        saved(deal, probability=100)


def test_si37_each_process_decides_for_the_deals_of_its_own(deal):
    free = projects.save(Project(name="Free", uses_crm=True, process=processes.add("Long sale", BY).number), BY)
    other = made.opportunity(made.account("Books"), "Shelves", project=free.number, probability=33)
    assert bulk_changes.labels(Opportunity, [other.number], "name", BY) == ()
    assert bulk_changes.labels(Opportunity, [other.number, deal.number], "name", BY) == [
        ("Extension", "Extension"), ("New contract", "New contract"),
    ]  # fmt: skip
    assert bulk_changes.labels(Opportunity, [deal.number], "amount", BY) == ()
    with pytest.raises(Mistake, match=NO_NAME):
        bulk_changes.set_field(Opportunity, [other.number, deal.number], "name", "Lamps", BY)
    assert stored(other)[0] == "Shelves", "all of them, or none"
    assert bulk_changes.set_field(Opportunity, [other.number, deal.number], "name", "Extension", BY).records == 2
    saved(other, name="Lamps", probability=34)


def test_si37_one_process_may_fix_names_and_another_one_weights(deal):
    (standard,) = processes.every(BY)
    standard.fixed_weights = False
    processes.save(standard, BY)
    long = processes.add("Long sale", BY)
    assert set(anywhere()) == {"name"}
    long.fixed_weights = True
    processes.save(long, BY)
    assert set(anywhere()) == {"name", "probability"}, "whichever process it is that has fixed them"
    slow = projects.save(Project(name="Slow", uses_crm=True, process=long.number), BY)
    other = made.opportunity(made.account("Books"), "Shelves", project=slow.number, probability=80)
    assert [set(labels(each.__data__)) for each in (deal, other)] == [{"name"}, {"probability"}]
    assert labels({"project": slow}) == labels(other.__data__), "by its number or as it is held"
    with pytest.raises(Mistake, match="34 % is none"):
        saved(other, probability=34)
    saved(deal, probability=34)


def test_si37_a_retired_label_is_chosen_no_more_and_still_said(deal):
    processes.add_label(WEIGHTS, "Almost", BY, 90)
    lookups.add(*WEIGHTS, "soon", BY)
    for key, name in ((WEIGHTS, "Hot"), (SUBJECTS, "Extension")):
        entry = next(each for each in processes.labels(key, BY) if name in (each.value, each.description))
        entry.retired = True
        processes.save_label(entry, BY)
    assert processes.weights(BY) == [("Cold", 25), ("Almost", 90)], "the least likely first"
    assert processes.subjects(BY) == ["New contract"] and weight_said(80) == "Hot (80 %)"
    for value in ({"probability": 80}, {"name": "Extension"}):
        with pytest.raises(Mistake, match="is none of the"):
            saved(deal, **value)
    with pytest.raises(Mistake, match="required"):
        saved(deal, name="")


def test_si37_a_weight_is_said_and_read_by_its_label(deal):
    assert [weight_said(each) for each in (25, 65)] == ["Cold (25 %)", "65 %"]
    assert dict(anywhere()["probability"])[25] == weight_said(25), "in one place"
    saved(deal, probability=80)
    for asked in ("probability:hot", 'probability:"Hot (80 %)"', "probability:80"):
        assert ListQuery(Opportunity, ("name",), text=asked, by=BY).select().count() == 1
    (standard,) = processes.every(BY)
    standard.fixed_weights = False
    processes.save(standard, BY)
    assert weight_said(25) == "25 %", "where weights are typed, they are read as they are typed"


def test_si37_a_lead_becomes_a_deal_of_a_fixed_name(deal):
    lead = leads.create({"description": "Lamps", "company": "Lux"}, BY)
    with pytest.raises(Mistake, match=NO_NAME):
        conversion.convert(lead.number, BY)
    assert conversion.convert(lead.number, BY, name="Extension").opportunity.name == "Extension"


def planned(path: Path, **options: Any) -> Plan:
    return Plan(**{**vars(propose(Opportunity, open_source(path))), **options})


def test_si37_a_file_is_answered_alike_and_changes_what_is_there(deal, tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text(
        "Account,Name,Probability %,Next Step\nAcme,Candles,65,Call\nAcme,new CONTRACT,hot,\nAcme,Lamps,25,\n"
        "Acme,Extension,66,\n"
    )
    checked = check(planned(path, on_match="update"), operator=BY)
    wrong = {row.number: row.wrong for row in checked.failing}
    assert set(wrong) == {4, 5}
    assert NO_NAME in wrong[4][1]
    assert "66 % is none" in wrong[5][2]
    row = checked.failing[0]
    checked.mend(row, 1, "Shades")
    assert NO_NAME in row.said
    checked.mend(row, 1, "extension")
    assert row.said == ""
    done = run(planned(path, on_match="update"), operator=BY)
    assert (done.taken, done.updated, len(done.refused)) == (1, 1, 2)
    assert stored(deal) == ("Candles", 65, "Offer"), "it says what stands there"
    assert Opportunity.find(deal.number).next_step == "Call"
    assert Opportunity.select(Opportunity.name, Opportunity.probability).order_by(
        Opportunity.number.desc()
    ).tuples().get() == ("New contract", 80)
    assert [len(run(planned(path), operator=BY).already)] == [2], "what is there already is not refused"


def test_si37_without_labels_nothing_is_fixed(old):
    (standard,) = Process.select()
    standard.fixed_subjects = standard.fixed_weights = True
    processes.save(standard, BY)
    saved(old, name="Lamps", probability=66)
    assert stored(old)[:2] == ("Lamps", 66)
