"""Convert To Opportunity under real hands: offered, never guessed, once, seen again, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabWidget, QToolButton

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.services import conversion, leads, operators, saving
from tests.domain.conversions import both_at_once
from tests.ui.gestures import double_press
from tests.ui.hands import CTRL, KEY, LEFT, SHIFT, opened


@pytest.fixture
def hands(qtbot, database_url, fixed_clock):
    """The window of a new office, at its Leads."""
    with opened(qtbot, database_url) as hands:
        operators.add("ANN", "Ann Lee", "ADMIN")
        hands.go("leads")
        yield hands


def lead(name, **known):
    """A lead of ADMIN."""
    return leads.create({"description": f"{name}'s wish", "first_name": name, **known}, "ADMIN").number


def account(name, by="ADMIN", **known):
    """An account with a customer, made from a lead of its own that is out of the way."""
    made = conversion.convert(leads.create({"description": name, "company": name, **known}, by).number, by)
    return made.account.number


def at(hands, name):
    """Wait until the lead of that name is open."""
    hands.bot.waitUntil(lambda: hands.part("leads.first_name").value() == name)


def counts():
    """How many customers, accounts, contacts and opportunities there are."""
    return tuple(record.select().count() for record in (Customer, Account, Contact, Opportunity))


# ---------------------------------------------------------------- made with one click


def test_ch40_vt167_one_click_makes_everything_and_says_so(hands):
    number = lead("Bob", company="Benton", phone="504-621-8927", notes="Rang")
    at(hands, "Bob")
    hands.click("leads.convert")
    assert counts() == (1, 1, 1, 1)
    made = Opportunity.get()
    assert hands.said() == f"Bob is now opportunity {made.number} of Benton; Bob."
    hands.reads("leads", "First Name", [])
    assert Lead.find(number).converted
    hands.click("notices.action")
    assert hands.here() == "accounts"
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Bob's wish")
    assert hands.part("opportunities.description").value() == "Rang"
    assert hands.part("accounts.tabs", QTabWidget).tabText(3).startswith("Opportunities")


def test_ch55_to_ch69_the_account_shows_what_came_from_the_lead(hands):
    number = lead("Bob", company="Benton", phone="504-621-8927", fax="1", email="b@x.example", website="x.example")
    at(hands, "Bob")
    hands.part("leads.first_name").setFocus()
    hands.bot.keyClick(hands.part("leads.first_name"), KEY.Key_O, CTRL | SHIFT)
    hands.go("accounts")
    hands.reads("accounts", "Account Name", ["Benton; Bob"])
    shown = {
        "number": Account.get().number, "customer": Customer.get().number, "originating_lead": number,
        "name": "Benton; Bob", "description": "Bob's wish", "phone": "504-621-8927", "fax": "1", "email": "b@x.example",
        "website": "x.example", "owner": "ADMIN",
    }  # fmt: skip
    assert {name: hands.part(f"accounts.{name}").value() for name in shown} == shown
    for name in ("number", "customer", "originating_lead"):
        assert hands.part(f"accounts.{name}").isReadOnly(), name


def test_ch40_what_is_typed_is_saved_first(hands):
    lead("Bob")
    at(hands, "Bob")
    hands.fill("leads.notes", "Wants it blue")
    hands.choose("leads.owner", "ANN  Ann Lee")
    hands.click("leads.convert")
    held = Opportunity.get()
    assert (held.description, held.created_by) == ("Wants it blue", "ADMIN")
    assert (held.owner, Account.get().owner) == ("ANN", "ANN")


def test_ch40_what_cannot_be_saved_is_not_converted(hands):
    lead("Bob")
    at(hands, "Bob")
    hands.fill("leads.description", "")
    hands.click("leads.convert")
    assert hands.part("leads.description.said", QLabel).text() == "Description is required."
    assert counts() == (0, 0, 0, 0)


def test_ch40_a_lead_that_was_never_saved_is_saved_and_converted(hands):
    hands.click("leads.create")
    hands.fill("leads.description", "Walked in")
    hands.click("leads.convert")
    assert counts() == (1, 1, 1, 1)
    assert Account.get().name == "Walked in"


# ---------------------------------------------------------------- accounts that are there already are offered


def test_ch40_with_no_account_like_it_nobody_is_asked(hands):
    account("Acme")
    lead("Bob", company="Benton")
    at(hands, "Bob")
    hands.click("leads.convert")
    assert counts() == (2, 2, 2, 2)


@pytest.mark.parametrize(
    ("known", "reason"),
    [({"company": "BENTON"}, "same company"), ({"phone": "+1 504 621 8927"}, "same phone"),
     ({"email": "B@x.example"}, "same e-mail")],
)  # fmt: skip
def test_ch40_one_account_like_it_is_offered_and_the_chosen_one_gets_only_the_opportunity(hands, known, reason):
    there = account("Benton", phone="504-621-8927", email="b@x.example")
    number = lead("Bob", **known)
    at(hands, "Bob")
    with hands.answering(f"convert.account_{there}", "convert.convert") as asked:
        hands.click("leads.convert")
    assert "Which account does Bob belong to?" in asked[0].words
    assert reason in asked[0].words
    assert counts() == (1, 1, 1, 2)
    made = Opportunity.get(Opportunity.originating_lead == number)
    assert (Lead.find(number).account, made.account) == (there, there)


def test_ch40_none_of_them_makes_a_new_account(hands):
    account("Benton")
    number = lead("Bob", company="Benton")
    at(hands, "Bob")
    with hands.answering("convert.new", "convert.convert"):
        hands.click("leads.convert")
    assert counts() == (2, 2, 2, 2)
    assert Account.get(Account.originating_lead == number).name == "Benton; Bob"


def test_ch40_one_of_several_is_chosen_and_nothing_beforehand(hands):
    first = account("Benton")
    second = saving.save(Account(name="Benton; Ann", owner="ANN", phone="504-621-8927"), "ADMIN").number
    number = lead("Bob", company="Benton", phone="504-621-8927")
    at(hands, "Bob")
    with hands.answering(f"convert.account_{second}", "convert.convert") as asked:
        hands.click("leads.convert")
    assert f"Account {first}" in asked[0].words
    assert "owner ANN · 504-621-8927 · same company, same phone" in asked[0].words
    assert Lead.find(number).account == second
    assert counts()[1] == 2


def test_ch40_cancel_leaves_the_lead_as_it_is(hands):
    account("Benton")
    number = lead("Bob", company="Benton")
    at(hands, "Bob")
    with hands.answering("convert.cancel"):
        hands.click("leads.convert")
    assert counts() == (1, 1, 1, 1)
    assert not Lead.find(number).converted
    assert hands.part("leads.first_name").value() == "Bob"


# ---------------------------------------------------------------- once and never twice


def test_ch40_a_double_click_converts_this_lead_and_not_the_next_as_well(hands):
    ann, bob = lead("Ann"), lead("Bob")
    at(hands, "Bob")
    button = hands.part("leads.convert", QPushButton)
    hands.click("leads.convert")
    at(hands, "Ann")
    double_press(button)
    assert (Lead.find(bob).converted, Lead.find(ann).converted) == (True, False)
    hands.click("leads.convert")
    assert Lead.find(ann).converted, "a click of its own converts the next one"


def test_ch40_what_another_workstation_converted_is_not_converted_again(hands, database_url):
    number = lead("Bob")
    at(hands, "Bob")
    said_there = both_at_once(database_url, ["ANN"], [number])
    assert said_there[0][0].startswith("made")
    hands.click("leads.convert")
    assert "has already been converted" in hands.said()
    assert counts() == (1, 1, 1, 1)


def test_ch41_a_removed_lead_says_why_it_cannot_be_converted(hands):
    leads.remove(lead("Bob"), "ADMIN")
    hands.choose("leads.show", "Removed leads")
    at(hands, "Bob")
    button = hands.part("leads.convert", QPushButton)
    assert not button.isEnabled()
    assert "bring it back first" in button.toolTip()


# ---------------------------------------------------------------- hidden, and reachable (K1)


def test_k1_converted_leads_are_hidden_shown_when_asked_for_and_lead_to_their_opportunity(hands):
    lead("Ann")
    conversion.convert(lead("Bob"), "ADMIN")
    hands.reads("leads", "First Name", ["Ann"])
    hands.choose("leads.show", "Converted leads")
    hands.reads("leads", "First Name", ["Bob"])
    at(hands, "Bob")
    assert not hands.part("leads.convert", QPushButton).isVisible()
    hands.click("leads.open_opportunity")
    assert hands.here() == "accounts"
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Bob's wish")


@pytest.mark.parametrize("owner", ["ADMIN", "ANN"])
def test_k1_the_account_leads_to_its_lead_whoever_owns_that(hands, owner):
    lead("Zoe")
    made = conversion.convert(lead("Bob", owner=owner), "ADMIN")
    made.account.owner = "ADMIN"
    saving.save(made.account, "ADMIN")
    hands.go("accounts")
    hands.reads("accounts", "Account Name", ["Bob"])
    hands.click("accounts.open_lead")
    assert hands.here() == "leads"
    table = hands.part("leads.list")
    with hands.bot.waitSignal(table.settled):
        table.refresh()
    assert hands.part("leads.first_name").value() == "Bob"
    assert "Converted" in "".join(label.text() for label in hands.part("leads.summary").findChildren(QLabel))


def test_k1_each_opportunity_leads_to_its_own_lead(hands):
    there = account("Benton")
    second = conversion.convert(lead("Bob"), "ADMIN", account=there)
    hands.window.go_to("opportunity", second.opportunity.number)
    hands.bot.waitUntil(lambda: hands.part("opportunities.name").value() == "Bob's wish")
    hands.click("accounts.opportunities.open_lead")
    assert hands.here() == "leads"
    at(hands, "Bob")


# ---------------------------------------------------------------- taken back and done again (K2, VT-171)


def test_k2_the_notice_takes_a_conversion_back_and_redo_does_it_again(hands):
    lead("Bob", reminder_date=None)
    at(hands, "Bob")
    hands.click("leads.convert")
    hands.click("notices.undo")
    assert counts() == (0, 0, 0, 0)
    hands.reads("leads", "First Name", ["Bob"])
    assert hands.part("main.redo", QToolButton).toolTip().startswith("Redo: Convert lead Bob")
    hands.bot.mouseClick(hands.part("main.redo", QToolButton), LEFT)
    assert counts() == (1, 1, 1, 1)
    hands.reads("leads", "First Name", [])


def test_k2_ctrl_z_names_and_takes_back_a_conversion_on_any_tab(hands):
    lead("Bob")
    at(hands, "Bob")
    hands.click("leads.convert")
    hands.go("accounts")
    hands.reads("accounts", "Account Name", ["Bob"])
    assert hands.part("main.undo", QToolButton).toolTip() == "Undo: Convert lead Bob (Ctrl+Z)"
    hands.bot.keyClick(hands.part("accounts.grid"), KEY.Key_Z, CTRL)
    hands.reads("accounts", "Account Name", [])
    assert counts() == (0, 0, 0, 0)
    assert hands.said().startswith("Undone: Convert lead Bob")


def test_k2_undo_is_refused_in_a_sentence_when_somebody_has_built_on_it(hands):
    lead("Bob")
    at(hands, "Bob")
    hands.click("leads.convert")
    held = Opportunity.get()
    held.amount = 100
    saving.save(held, "ANN")
    hands.click("notices.undo")
    assert hands.said() == (
        "This cannot be taken back: ANN has worked on Bob's wish since (Save opportunity Bob's wish)."
    )
    assert counts() == (1, 1, 1, 1)


def test_vt165_the_reminder_of_the_lead_is_a_task_of_the_account_now(hands, fixed_clock):
    lead("Bob", reminder_date=fixed_clock.date())
    hands.go("reminders")
    hands.part("reminders.tabs", QTabWidget).setCurrentIndex(2)
    hands.reads("reminders.leads", "First Name", ["Bob"])
    hands.go("leads")
    at(hands, "Bob")
    hands.click("leads.convert")
    hands.go("reminders")
    hands.reads("reminders.leads", "First Name", [])
    hands.part("reminders.tabs", QTabWidget).setCurrentIndex(0)
    hands.reads("reminders.tasks", "Action", ["Call Bob"])
    hands.click_row("reminders.tasks", 0, double=True)
    assert hands.here() == "accounts"
    assert hands.part("accounts.tasks.list").current() == Task.get().number
    assert isinstance(hands.part("main.operator"), QComboBox)
