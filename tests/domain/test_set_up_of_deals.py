"""What an administrator sets up for deals: stages, fixed labels, the fields lists are searched by (SI-32…SI-37)."""

from __future__ import annotations

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.records.lookups import choices
from channergy_crm.records.projects import course
from channergy_crm.services import leads, office, processes, search_lists
from channergy_crm.services.search_lists import BOTH, NOTHING, TEXT, VALUES, WAYS
from channergy_crm.settings import SEARCH_FIELDS
from tests import made


@pytest.fixture
def usual(office, operator, fixed_clock):
    """The stages of the standard process."""
    return processes.stages(course(None).number, operator)


# ---------------------------------------------------------------- stages (SI-32)


def test_si32_a_stage_may_become_another_value_of_the_list_while_no_deal_stands_in_it(usual, operator):
    prospect, offer, *_rest = usual
    offer.stage = "Demonstration"
    processes.save_stage(offer, operator)
    assert [each.stage for each in course(None).stages] == ["Prospect", "Demonstration", "Order", "Lost"]
    assert "Demonstration" in [each.value for each in choices(*processes.STAGES)]
    offer.stage = "prospect"
    with pytest.raises(Mistake, match="already"):
        processes.save_stage(offer, operator)
    made.opportunity(made.account("Acme"), "600 candle sets", stage="Prospect")
    prospect.stage = "First talk"
    with pytest.raises(Mistake, match="Rename it in Lookups"):
        processes.save_stage(prospect, operator)


# ---------------------------------------------------------------- labels (SI-37)


def test_si37_a_weight_is_one_label_for_one_percentage(office, operator):
    hot = processes.add_label(processes.WEIGHTS, " Hot ", operator, 80)
    processes.add_label(processes.WEIGHTS, "Cold", operator, 20)
    assert [each.description for each in processes.labels(processes.WEIGHTS, operator)] == ["Cold", "Hot"]
    for label, percent, said in (("", 5, "Type the label"), ("Warm", None, "whole percentage"),
                                 ("Warm", 101, "whole percentage"), ("Warm", 80, "80 % already"),
                                 ("HOT", 70, "in the list already")):  # fmt: skip
        with pytest.raises(Mistake, match=said):
            processes.add_label(processes.WEIGHTS, label, operator, percent)
    hot.value = "90"
    processes.save_label(hot, operator)
    assert processes.weights(operator) == [processes.Weight("Cold", 20), processes.Weight("Hot", 90)]
    hot.value = "ninety"
    with pytest.raises(Mistake, match="whole percentage"):
        processes.save_label(hot, operator)


def test_si37_a_subject_that_is_called_otherwise_is_shown_so(office, operator):
    held = processes.add_label(processes.SUBJECTS, "New contract", operator)
    held.value = "Contract"
    processes.save_label(held, operator)
    assert [each.description for each in choices(*processes.SUBJECTS)] == ["Contract"]
    other = processes.add_label(processes.SUBJECTS, "Renewal", operator)
    for again in (lambda: processes.add_label(processes.SUBJECTS, " contract ", operator),
                  lambda: processes.save_label(other, operator)):  # fmt: skip
        other.value = "CONTRACT"
        with pytest.raises(Mistake, match="already"):
            again()


# ---------------------------------------------------------------- searching (SI-33…SI-35)


def test_si34_si35_the_office_says_by_which_fields_and_how(office, operator, fixed_clock):
    leads.create({"description": "One", "city": "Mobile"}, operator)
    city = ListQuery(Lead, ("city",))
    assert search_lists.way(Lead, "city", operator) == WAYS[BOTH]
    assert search_lists.values(city, "city", operator) == [("Mobile", 1)]
    search_lists.let(Lead, "city", WAYS[TEXT], operator)
    search_lists.let(Lead, "company", WAYS[NOTHING], operator)
    search_lists.let(Account, "industry", WAYS[VALUES], operator)
    offered = dict(search_lists.fields(Lead, operator))
    assert "city" in offered and "company" not in offered
    assert search_lists.values(city, "city", operator) == [], "a text is typed, no values are read"
    assert search_lists.way(Account, "industry", operator) == WAYS[VALUES]
    assert "company" in {name for name, _label, _way in search_lists.ways(Lead, operator)}
    for name in ("city", "company"):
        search_lists.let(Lead, name, WAYS[BOTH], operator)
    search_lists.let(Account, "industry", WAYS[BOTH], operator)
    assert office_says() == ""


def test_si33_nonsense_in_what_the_office_says_hides_no_field(office, operator):
    usual = search_lists.fields(Opportunity, operator)
    for nonsense in ("{", "[1]", '{"CRMOpportunities": 3}', '{"CRMOpportunities": {"stage": "loud"}}'):
        say(nonsense, operator)
        assert search_lists.fields(Opportunity, operator) == usual


def office_says():
    return office.get(SEARCH_FIELDS, "ADMIN")


def say(value, by):
    office.choose(SEARCH_FIELDS, value, by)
