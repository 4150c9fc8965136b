"""K23: stage and probability of a deal that is a program in Viper are updated there (VP-46), whatever way is tried."""

from __future__ import annotations

import pytest

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import CustomLookup, Opportunity
from channergy_crm.records.projects import begins_in, course
from channergy_crm.records.sync import Met, SyncLink, stages
from channergy_crm.services import accounts, bulk_changes, conversion, deals, leads, lookups, office, saving
from channergy_crm.services.rights import Program
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import draft
from tests import made
from tests.domain.test_imported_numbers import taken

BY = "ADMIN"
SAID = "is updated in Viper, where this opportunity is a program, and comes back from there"


@pytest.fixture
def gala(office, operator, fixed_clock):
    switch("on")
    deal = made.opportunity(made.account("Acme"), "Gala", stage="Prospect", probability=20)
    with database.writing():
        SyncLink.create(table="CRMOpportunities", key=str(deal.key), remote="p-1", synced=clock.now())
    return Opportunity.find(deal.key)


def switch(value: str) -> None:
    office.choose(VIPER, value, BY)


def standing(deal) -> tuple[str, int | None]:
    held = Opportunity.find(deal.key)
    return held.stage, held.probability


@pytest.mark.parametrize(("name", "value", "label"), [("stage", "Offer", "Stage"), ("probability", 90, "Probability")])
def test_k23_vp46_the_form_the_cell_and_many_at_once_are_refused_beside_the_field(gala, name, value, label):
    setattr(gala, name, value)
    assert SAID in gala.problems()[name]
    with pytest.raises(Mistake, match=f"{label}.* {SAID}") as told:
        saving.save(gala, BY)
    assert told.value.field == name
    other = made.opportunity(made.account("Books"), "Lamps", stage="Prospect")
    with pytest.raises(Mistake, match=f"Gala.*{SAID}"):
        bulk_changes.set_field(Opportunity, [gala.key, other.key], name, value, BY)
    assert standing(gala) == ("Prospect", 20)
    assert standing(other)[0] == "Prospect", "all of them or none"


def test_k23_a_card_of_the_board_stays_and_says_why_before_anything_is_asked(gala):
    assert SAID in deals.why_not_moved(gala.key, BY)
    for move in (lambda: deals.asks(gala.key, "Order", BY), lambda: deals.move(gala.key, "Order", BY)):
        with pytest.raises(Mistake, match=SAID):
            move()
    assert standing(gala) == ("Prospect", 20)


def test_k23_an_import_refuses_that_row_and_takes_the_others(gala, tmp_path):
    other = made.opportunity(made.account("Books"), "Lamps", stage="Prospect")
    outcome = taken(
        tmp_path, Opportunity, "name,account,stage\nGala,Acme,Offer\nLamps,Books,Offer\n", on_match="update"
    )
    assert outcome.updated == 1
    assert [SAID in sentence for _row, sentence in outcome.refused] == [True]
    assert (standing(gala)[0], standing(other)[0]) == ("Prospect", "Offer")


def test_k23_everything_else_of_it_is_written_as_before(gala):
    gala.name, gala.amount = "Winter gala", 100
    saving.save(gala, BY)
    assert Opportunity.find(gala.key).name == "Winter gala"
    assert deals.why_not_moved(made.opportunity(made.account("Books"), "Lamps").key, BY) == ""


def test_k23_vp57_vp58_what_comes_from_the_site_is_written_and_can_be_taken_back(gala):
    with work.unit("From Viper", by=Program.VIPER) as unit:
        gala.stage, gala.probability = "Offer", 60
        gala.save()
    assert standing(gala) == ("Offer", 60)
    saving.reverse(unit.number, BY)
    assert standing(gala) == ("Prospect", 20)


def test_k23_a_typed_name_is_not_the_site(gala):
    gala.stage = "Offer"
    with pytest.raises(Mistake):
        saving.save(gala, "Viper")
    assert standing(gala)[0] == "Prospect"


@pytest.mark.parametrize("freed", ["off", "taken off", "deleted there"])
def test_k23_it_is_free_again_when_the_connection_is_off_or_the_program_is_gone(gala, freed):
    with database.writing():
        if freed == "taken off":
            SyncLink.delete().execute()
        elif freed == "deleted there":
            SyncLink.update({SyncLink.met: Met.GONE_THERE.value}).execute()
    if freed == "off":
        switch("off")
    deals.move(gala.key, "Offer", BY)
    assert standing(gala)[0] == "Offer"


def test_k23_a_stage_that_is_renamed_takes_its_deals_along_and_is_called_the_same_over_there(gala):
    entry = CustomLookup.get((CustomLookup.field == "Stage") & (CustomLookup.value == "Prospect"))
    entry.value = entry.description = "Inquiry"
    lookups.save(entry, BY, change_rows=True)
    assert standing(gala)[0] == "Inquiry"
    assert stages() == {"Inquiry": "Prospect"}


def test_vp26_k16_a_new_deal_begins_as_draft_while_the_sync_is_on(gala, operator):
    assert begins_in(None) == "Prospect", "the standard process has no column Draft"
    for _again in range(2):
        draft.keep_column(BY)
    assert [each.stage for each in course(None).stages] == ["Draft", "Prospect", "Offer", "Order", "Lost"]
    begun = accounts.start_opportunity(made.account("Zoo"), BY)
    begun.name = "Night"
    saving.save(begun, BY)
    assert standing(begun) == ("Draft", 5)
    lead = leads.create({"description": "Wants 12 parkas", "company": "Zoo"}, operator)
    assert conversion.convert(lead.number, operator).opportunity.stage == "Draft"
    switch("off")
    lead = leads.create({"description": "Wants 12 parkas", "company": "Ark"}, operator)
    assert conversion.convert(lead.number, operator).opportunity.stage == "", "as before"
