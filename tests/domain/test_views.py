"""Saved list views are kept, shared, pinned; they open lists and read as sentences (BX-13, C14)."""

from __future__ import annotations

import json

import pytest

from channergy_crm import filters
from channergy_crm.errors import Mistake, Refused
from channergy_crm.filter_text import FilterMistake
from channergy_crm.records import Lead, ListView
from channergy_crm.services import operators, saving, views


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
    assert held.colour_rules() == [("due<today", "overdue")]
    assert held.filter_text == "status:call" and held.pinned


def test_bx13_own_and_shared_views_are_offered_only(office, operator, ann):
    made(operator, "Mine")
    made(operator, "Ours", shared=True)
    assert [view.name for view in views.of_list("leads", operator)] == ["Mine", "Ours"]
    assert [view.name for view in views.of_list("leads", ann)] == ["Ours"]
    assert views.of_list("accounts", operator) == []


def test_bx13_only_its_owner_changes_a_view(office, operator, ann):
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
        ("number>5 -email:x", "Lead # more than 5 and not Email contains x"),
        ("-acme phone:", "“acme” stands nowhere and Phone is not empty"),
        ("a (b OR c)", "“a” stands anywhere and (“b” stands anywhere or “c” stands anywhere)"),
    ],
)
def test_bx13_a_filter_reads_as_a_sentence(office, text, said):
    assert filters.sentence(Lead, text) == said


def test_a_view_with_damaged_lists_still_opens(office, operator):
    view = made(operator)
    view.columns, view.order, view.colours = "{", '{"a": 1}', "[1, 2]"
    saving.save(view, operator)
    held = ListView.find(view.number)
    assert (held.column_names(), held.sort_order(), held.colour_rules()) == ([], [], [])
