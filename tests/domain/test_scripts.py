"""Scripts, answers to objections and snippets: kept, chosen, filled in for whoever is called (BX-28, BX-51)."""

from __future__ import annotations

from datetime import datetime

import pytest

from channergy_crm.errors import Mistake, Refused
from channergy_crm.records import Lead, ListView
from channergy_crm.records.scripts import Objection, Script, Snippet
from channergy_crm.services import (
    conversion,
    filling,
    leads,
    office,
    operators,
    roles,
    saving,
    scripts,
    snippets,
    views,
)
from channergy_crm.settings import OFFICE_NAME
from tests.domain.secured import switch_on

YUSUF = {"description": "Wants 12 parkas", "first_name": "Yusuf", "company": "Yarrow", "phone": "612-555-0192",
         "time_zone": "America/Chicago", "objection": "Says: too expensive!", "call_code": "N"}  # fmt: skip


@pytest.fixture
def lead(office, operator, fixed_clock):
    return leads.create(YUSUF, operator)


def said(text, lead, by="ADMIN", **more):
    return filling.fill(text, filling.Subject(lead, **more), by).text


def test_bx28_a_new_office_has_a_script_and_six_objections_that_can_be_filled(lead, operator):
    script = scripts.every(operator)[0]
    steps = scripts.filled_script(script, lead, operator)
    assert [step.name for step in steps] == ["opening", "why", "ask", "closing"]
    assert "Yusuf" in steps[0].said.text and steps[3].said.missing == ["lead.email"]
    assert len(scripts.objections(None, operator)) == 6
    texts = [getattr(script, name) for name in ("opening", "why", "ask", "closing")]
    texts += [row.answer for row in scripts.every_objection(operator)]
    assert [filling.problem(text, operator) for text in texts] == [None] * 10


def test_bx28_fields_are_said_as_people_read_them(lead, operator):
    assert said("{{ lead.call_code }} {{ lead.phone }} {{ lead.local_time }}", lead) == "No Answer 612-555-0192 04:00"
    assert said("{{ operator.name }} ({{ operator.id }})", lead) == "Administrator (ADMIN)"
    office.choose(OFFICE_NAME, "Fair & Co", operator)
    assert said("{{ office.name }}", lead) == "Fair & Co"
    assert said("{{ today }}, {{ call.next_try }}", lead, next_try=datetime(2026, 11, 26, 15, 30)) == (
        "23 Nov 2026, 26 Nov 2026 15:30"
    )
    assert said('{{ call.next_try or "soon" }}{{ contact.email or "–" }}', lead) == "soon–"


def test_bx28_a_converted_lead_leads_to_its_account_and_customer(lead, operator):
    conversion.convert(lead.key, operator)
    assert said("{{ account.name }} {{ customer.company }}", Lead.find(lead.key)) == "Yarrow; Yusuf Yarrow"


def test_bx28_what_a_role_hides_is_not_known(office, operator, fixed_clock):
    hidden = secure_with_hidden("phone")
    held = leads.create(YUSUF | {"owner": hidden}, operator)
    assert said("{{ lead.company }} {{ lead.phone }}", held, hidden) == "Yarrow "


def secure_with_hidden(field):
    """An operator whose only role hides a field of leads."""
    operators.add("BEN", "Ben", "ADMIN")
    role = roles.create("Caller", "ADMIN")
    roles.let(role.number, "CRMLeads", {"use": "all", "view": "all", "edit": "all"}, "ADMIN")
    roles.hide(role.number, {Lead: [field]}, "ADMIN")
    roles.give("BEN", [role.number], "ADMIN")
    switch_on()
    return "BEN"


def test_bx28_the_script_follows_the_list_then_comes_the_usual_one(lead, operator):
    view = views.start("leads", operator, "company:yarrow", ["company"], [])
    view.name = "Fair follow-up"
    views.save(view, Lead, operator)
    fair = scripts.save(Script(name="Fair", opening="At the fair", view=view.number), operator)
    scripts.save(Script(name="Draft", opening="Not yet", shared=False), operator)
    assert [each.name for each in scripts.for_list("fair FOLLOW-UP", operator)] == ["Fair", "First call"]
    assert [each.name for each in scripts.for_list("", operator)] == ["First call", "Fair"]
    views.remove(view.number, operator)
    assert scripts.for_list("Fair follow-up", operator)[0].name == "First call"
    assert ListView.find(view.number) is None and Script.find(fair.number).name == "Fair"


def test_bx28_a_slip_is_told_beside_its_step_and_nothing_is_written(lead, operator):
    assert "did you mean “lead.first_name”" in str(filling.problem("Hi {{ first_name }}", "ADMIN"))
    with pytest.raises(Mistake, match="did you mean “lead.first_name”") as told:
        scripts.save(Script(name="New", why="{{ lead.frist_name }}"), operator)
    assert told.value.field == "why"
    with pytest.raises(Mistake, match="at least one of its steps"):
        scripts.save(Script(name="Empty"), operator)
    assert Script.select().count() == 1


def test_bx28_scripts_are_arranged_removed_and_brought_back(lead, operator):
    rows = scripts.every_objection(operator)
    scripts.reorder(rows[::-1], operator)
    assert [row.title for row in scripts.every_objection(operator)][0] == rows[-1].title
    scripts.remove(rows[0], operator)
    assert Objection.select().count() == 5
    saving.undo_latest(operator), saving.undo_latest(operator)
    assert [row.title for row in scripts.every_objection(operator)] == [row.title for row in rows]


def test_bx28_a_new_one_stands_last_and_says_what_it_answers(lead, operator):
    made = scripts.save(Objection(title="No time", answer="It takes {{ lead.first_name }} a minute."), operator)
    assert scripts.every_objection(operator)[-1].title == "No time"
    assert scripts.objections(lead, operator)[-1].said.text == f"It takes {lead.first_name} a minute."
    scripts.reorder([made, *scripts.every_objection(operator)[:-1]], operator)
    made.title = "No time at all"
    scripts.save(made, operator)
    assert scripts.every_objection(operator)[0].title == "No time at all", "where it was"


def test_bx28_the_objection_noted_on_the_lead_comes_first(lead, operator):
    answers = scripts.objections(lead, operator)
    assert (answers[0].title, answers[0].noted) == ("Too expensive", True)
    assert not any(answer.noted for answer in answers[1:])
    lead.objection = "untoo expensively"
    assert not scripts.objections(lead, operator)[0].noted


def test_bx28_with_security_only_administrators_change_scripts(lead, operator):
    secure_with_hidden("fax")
    with pytest.raises(Refused, match="Only an administrator"):
        scripts.save(Script(name="Mine", opening="Hi"), "BEN")
    with pytest.raises(Refused):
        snippets.save(Snippet(word="ours", text="x"), "BEN")
    assert snippets.save(Snippet(word="mine", text="x", operator="BEN"), "BEN").key
    assert scripts.for_list("", "BEN") and scripts.objections(lead, "BEN")


# ---------------------------------------------------------------- snippets


@pytest.mark.parametrize(
    ("line", "key"),
    [(";price", "price"), ("see ;price", "price"), ("a;price", ""), ("(;p-1", "p-1"), ("; price", ""), (";", ""),
     ("x" * 100_000 + " ;price", "price"), (";" * 100_000, ""), (";" + "a" * 100, "")],
)  # fmt: skip
def test_bx51_a_key_is_known_by_its_sign_at_the_beginning_of_a_word(line, key):
    assert snippets.typed(line) == key


def test_bx51_an_own_snippet_comes_before_the_offices_and_is_filled(lead, operator):
    snippets.save(Snippet(word=";price", text="List price for {{ lead.company }}, {{ lead.email }}"), operator)
    assert snippets.expand("PRICE", operator, lead).text == "List price for Yarrow, [Email]"
    assert snippets.expand("price", operator, lead).missing == ["lead.email"]
    snippets.save(Snippet(word="price", text="Mine", operator=operator), operator)
    assert snippets.expand("price", operator).text == "Mine"
    assert [row.text for row in snippets.every(operator)] == ["Mine"] and len(snippets.known(operator)) == 2
    assert snippets.expand("nothing", operator) is None


@pytest.mark.parametrize(
    ("values", "said", "field"),
    [
        ({"word": "two words", "text": "x"}, "A key is one word", "word"),
        ({"word": "x", "text": " "}, "Say what “;x” becomes", "text"),
        ({"word": "x", "text": "{{ lead.nam }}"}, "There is no field", "text"),
        ({"word": "OLD", "text": "x"}, "There is a snippet “;OLD” already", "word"),
    ],
)
def test_bx51_what_cannot_be_is_told_beside_its_field(office, operator, values, said, field):
    snippets.save(Snippet(word="old", text="x"), operator)
    with pytest.raises(Mistake, match=said) as told:
        snippets.save(Snippet(**values), operator)
    assert told.value.field == field


def test_bx51_a_snippet_is_written_anew_and_the_offices_stand_before_the_own_ones(office, operator):
    row = snippets.save(Snippet(word="old", text="x"), operator)
    snippets.save(Snippet(word="mine", text="x", operator=operator), operator)
    row.text = "y"
    assert snippets.save(row, operator).text == snippets.expand("old", operator).text == "y"
    assert [each.word for each in snippets.known(operator)] == ["old", "mine"]


def test_bx51_nobody_changes_anothers_snippet(office, operator):
    operators.add("BEN", "Ben", operator)
    theirs = snippets.save(Snippet(word="x", text="x", operator="BEN"), "BEN")
    with pytest.raises(Refused, match="belongs to BEN"):
        snippets.remove(theirs, operator)
    assert snippets.every(operator) == []
