"""Saved list views are kept, shared, pinned; they open lists and read as sentences (BX-13, C14)."""

from __future__ import annotations

import json

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.query import conditions, sentence
from channergy_crm.query.listing import ListQuery
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import Account, Lead, ListView
from channergy_crm.services import leads, operators, saving, views


@pytest.fixture
def ann(office, operator):
    operators.add("ANN", "Ann", operator)
    return "ANN"


def made(by, name="Call back", text="status:call", **values):
    view = views.start("leads", by, text, ["last_name", "phone"], [("last_name", False), ("phone", True)])
    view.name = name
    for field, value in values.items():
        setattr(view, field, value)
    return views.save(view, Lead, by)


def test_bx13_a_view_keeps_filter_columns_and_several_sort_keys(office, operator):
    number = made(operator, colours=json.dumps([["due<today", "overdue"]])).number
    held = ListView.find(number)
    assert held.column_names() == ["last_name", "phone"]
    assert held.sort_order() == [("last_name", False), ("phone", True)]
    assert held.colour_rules() == [("reminder_date<today", "overdue")]
    assert held.filter_text == "call_status:call" and held.pinned


def test_bx13_own_and_shared_views_are_offered_only(office, operator, ann):
    made(operator, "Mine", shared=False)
    made(operator, "Ours")
    assert [view.name for view in views.of_list("leads", operator)] == ["Mine", "Ours"]
    assert [view.name for view in views.of_list("leads", ann)] == ["Ours"]
    assert views.of_list("accounts", operator) == []


def test_bx13_vt160_only_its_owner_changes_a_view(office, operator, ann):
    view = made(operator, "Ours", shared=True)
    view.name = "Theirs"
    with pytest.raises(Refused, match="belongs to ADMIN"):
        views.save(view, Lead, ann)
    with pytest.raises(Refused):
        views.remove(view.number, ann)


def test_bx13_one_view_opens_the_list_an_own_one_before_a_shared_one(office, operator, ann):
    made(operator, "Office", shared=True, opens=True)
    assert views.opening("leads", ann).name == "Office"
    made(ann, "Anns", opens=True)
    made(ann, "Later", opens=True)
    assert views.opening("leads", ann).name == "Later"
    assert ListView.get(ListView.name == "Anns").opens is False


def test_bx13_a_view_that_cannot_be_read_or_is_there_already_is_refused(office, operator):
    made(operator, "Mine")
    with pytest.raises(Mistake, match="already"):
        made(operator, "Mine")
    with pytest.raises(FilterMistake):
        made(operator, "Wrong", "colour:red")
    with pytest.raises(FilterMistake):
        made(operator, "Wrong", colours=json.dumps([["colour:red", "done"]]))
    with pytest.raises(Mistake, match="required"):
        made(operator, "")
    assert ListView.select().count() == 1


def test_bx13_a_deleted_view_comes_back_with_undo(office, operator):
    view = made(operator)
    views.remove(view.number, operator)
    assert views.of_list("leads", operator) == []
    saving.undo_latest(operator)
    assert [held.name for held in views.of_list("leads", operator)] == ["Call back"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "All leads"),
        ("acme -phone: due<today", "“acme” stands anywhere and Phone is empty and Reminder Dt before today"),
        ("company:acme OR city=Austin", "Company contains acme or City is Austin"),
        ('-(status:reached due:"this week")', "not (Call Status is reached and Reminder Dt is this week)"),
        ("number>5 -email:x", "Lead # more than 5 and Email does not contain x"),
        ("-acme phone:", "“acme” stands nowhere and Phone is not empty"),
        ("a (b OR c)", "“a” stands anywhere and (“b” stands anywhere or “c” stands anywhere)"),
    ],
)
def test_bx13_a_filter_reads_as_a_sentence(office, text, said):
    assert sentence.sentence(Lead, text) == said


def test_a_view_with_damaged_lists_still_opens(office, operator):
    view = made(operator)
    view.columns, view.order, view.colours = "{", '{"a": 1}', "[1, 2]"
    saving.save(view, operator)
    held = ListView.find(view.number)
    assert (held.column_names(), held.sort_order(), held.colour_rules()) == ([], [], [])


def found(record, text):
    return [row.number for row in ListQuery(record, (), None, text).select().order_by(record.number)]


def test_vt147_what_was_created_or_changed_in_a_time_interval(office, operator):
    account = saving.save(Account(name="Acme", owner=operator), operator)
    other = saving.save(Account(name="Birch", owner=operator), operator)
    assert found(Account, "created:today") == [account.number, other.number]
    assert found(Account, "changed:today") == []
    account.email = "a@acme.example"
    saving.save(account, operator)
    assert found(Account, 'changed:"last 7 days"') == [account.number]
    assert found(Account, "-changed:") == [other.number]
    assert found(Account, "created<yesterday") == []
    assert sentence.sentence(Account, "changed:today") == "changed is today"
    with pytest.raises(FilterMistake) as wrong:
        conditions.condition(Account, "acme changed:someday")
    assert (wrong.value.start, wrong.value.end) == (5, 20)
    lead = leads.create({"description": "Acme"}, operator)
    assert found(Lead, "created:today") == [lead.number]


def test_vt148_and_and_or_in_groups(office, operator):
    for name, city in (("one", "Austin"), ("two", "Dallas"), ("three", "Mobile")):
        leads.create({"description": name, "city": city}, operator)
    assert found(Lead, "(city:austin OR city:dallas) -description:two") == [1]
    assert found(Lead, "city:mobile OR (city:dallas description:two)") == [2, 3]


def test_vt143_vt146_vt160_as_many_lists_as_wanted_each_with_its_columns(office, operator, ann):
    for number in range(40):
        made(operator, f"List {number}", shared=True)
    seen = views.of_list("leads", ann)
    assert len(seen) == 40 and seen[0].column_names() == ["last_name", "phone"]
