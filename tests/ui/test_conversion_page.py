"""Convert To Opportunity under real hands: offered, never guessed, once, seen again, taken back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTabWidget, QToolButton

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.services import conversion, leads, operators, saving
from tests.domain.conversions import both_at_once
from tests.ui.hands import (
    CTRL,
    KEY,
    LEFT,
    SHIFT,
    answering,
    choose,
    click_row,
    double_press,
    fill,
    go,
    here,
    opened,
    part,
    press,
    reads,
    said,
)


@pytest.fixture
def window(qtbot, database_url, fixed_clock):
    """The window of a new office, at its Leads."""
    with opened(qtbot, database_url) as window:
        operators.add("ANN", "Ann Lee", "ADMIN")
        go(window, "Leads")
        yield window


def lead(name, **known):
    """A lead of ADMIN."""
    return leads.create({"description": f"{name}'s wish", "first_name": name, **known}, "ADMIN").number


def account(name, by="ADMIN", **known):
    """An account with a customer, made from a lead of its own that is out of the way."""
    made = conversion.convert(leads.create({"description": name, "company": name, **known}, by).number, by)
    return made.account.number


def at(qtbot, window, name):
    """Wait until the lead of that name is open."""
    qtbot.waitUntil(lambda: part(window, "leads.first_name").value() == name)


def counts():
    """How many customers, accounts, contacts and opportunities there are."""
    return tuple(record.select().count() for record in (Customer, Account, Contact, Opportunity))


# ---------------------------------------------------------------- made with one click


def test_ch40_vt167_one_click_makes_everything_and_says_so(qtbot, window):
    number = lead("Bob", company="Benton", phone="504-621-8927", notes="Rang")
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    assert counts() == (1, 1, 1, 1)
    made = Opportunity.get()
    assert said(window) == f"Bob is now opportunity {made.number} of Benton; Bob."
    reads(qtbot, window, "leads", "First Name", [])
    assert Lead.find(number).converted
    press(qtbot, window, "notices.action")
    assert here(window) == "Accounts"
    qtbot.waitUntil(lambda: part(window, "opportunities.name").value() == "Bob's wish")
    assert part(window, "opportunities.description").value() == "Rang"
    assert part(window, "accounts.tabs", QTabWidget).tabText(3).startswith("Opportunities")


def test_ch55_to_ch69_the_account_shows_what_came_from_the_lead(qtbot, window):
    number = lead("Bob", company="Benton", phone="504-621-8927", fax="1", email="b@x.example", website="x.example")
    at(qtbot, window, "Bob")
    part(window, "leads.first_name").setFocus()
    qtbot.keyClick(part(window, "leads.first_name"), KEY.Key_O, CTRL | SHIFT)
    go(window, "Accounts")
    reads(qtbot, window, "accounts", "Account Name", ["Benton; Bob"])
    shown = {
        "number": Account.get().number, "customer": Customer.get().number, "originating_lead": number,
        "name": "Benton; Bob", "description": "Bob's wish", "phone": "504-621-8927", "fax": "1", "email": "b@x.example",
        "website": "x.example", "owner": "ADMIN",
    }  # fmt: skip
    assert {name: part(window, f"accounts.{name}").value() for name in shown} == shown
    for name in ("number", "customer", "originating_lead"):
        assert part(window, f"accounts.{name}").isReadOnly(), name


def test_ch40_what_is_typed_is_saved_first(qtbot, window):
    lead("Bob")
    at(qtbot, window, "Bob")
    fill(qtbot, window, "leads.notes", "Wants it blue")
    choose(qtbot, window, "leads.owner", "ANN  Ann Lee")
    press(qtbot, window, "leads.convert")
    held = Opportunity.get()
    assert (held.description, held.created_by) == ("Wants it blue", "ADMIN")
    assert (held.owner, Account.get().owner) == ("ANN", "ANN")


def test_ch40_what_cannot_be_saved_is_not_converted(qtbot, window):
    lead("Bob")
    at(qtbot, window, "Bob")
    fill(qtbot, window, "leads.description", "")
    press(qtbot, window, "leads.convert")
    assert part(window, "leads.description.said", QLabel).text() == "Description is required."
    assert counts() == (0, 0, 0, 0)


def test_ch40_a_lead_that_was_never_saved_is_saved_and_converted(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "Walked in")
    press(qtbot, window, "leads.convert")
    assert counts() == (1, 1, 1, 1)
    assert Account.get().name == "Walked in"


# ---------------------------------------------------------------- accounts that are there already are offered


def test_ch40_with_no_account_like_it_nobody_is_asked(qtbot, window):
    account("Acme")
    lead("Bob", company="Benton")
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    assert counts() == (2, 2, 2, 2)


@pytest.mark.parametrize(
    ("known", "reason"),
    [({"company": "BENTON"}, "same company"), ({"phone": "+1 504 621 8927"}, "same phone"),
     ({"email": "B@x.example"}, "same e-mail")],
)  # fmt: skip
def test_ch40_one_account_like_it_is_offered_and_the_chosen_one_gets_only_the_opportunity(qtbot, window, known, reason):
    there = account("Benton", phone="504-621-8927", email="b@x.example")
    number = lead("Bob", **known)
    at(qtbot, window, "Bob")
    with answering(qtbot, f"convert.account_{there}", "convert.convert") as asked:
        press(qtbot, window, "leads.convert")
    assert "Which account does Bob belong to?" in asked[0]
    assert reason in asked[0]
    assert counts() == (1, 1, 1, 2)
    made = Opportunity.get(Opportunity.originating_lead == number)
    assert (Lead.find(number).account, made.account) == (there, there)


def test_ch40_none_of_them_makes_a_new_account(qtbot, window):
    account("Benton")
    number = lead("Bob", company="Benton")
    at(qtbot, window, "Bob")
    with answering(qtbot, "convert.new", "convert.convert"):
        press(qtbot, window, "leads.convert")
    assert counts() == (2, 2, 2, 2)
    assert Account.get(Account.originating_lead == number).name == "Benton; Bob"


def test_ch40_one_of_several_is_chosen_and_nothing_beforehand(qtbot, window):
    first = account("Benton")
    second = saving.save(Account(name="Benton; Ann", owner="ANN", phone="504-621-8927"), "ADMIN").number
    number = lead("Bob", company="Benton", phone="504-621-8927")
    at(qtbot, window, "Bob")
    with answering(qtbot, f"convert.account_{second}", "convert.convert") as asked:
        press(qtbot, window, "leads.convert")
    assert f"Account {first}" in asked[0]
    assert "owner ANN · 504-621-8927 · same company, same phone" in asked[0]
    assert Lead.find(number).account == second
    assert counts()[1] == 2


def test_ch40_cancel_leaves_the_lead_as_it_is(qtbot, window):
    account("Benton")
    number = lead("Bob", company="Benton")
    at(qtbot, window, "Bob")
    with answering(qtbot, "convert.cancel"):
        press(qtbot, window, "leads.convert")
    assert counts() == (1, 1, 1, 1)
    assert not Lead.find(number).converted
    assert part(window, "leads.first_name").value() == "Bob"


# ---------------------------------------------------------------- once and never twice


def test_ch40_a_double_click_converts_this_lead_and_not_the_next_as_well(qtbot, window):
    ann, bob = lead("Ann"), lead("Bob")
    at(qtbot, window, "Bob")
    button = part(window, "leads.convert", QPushButton)
    press(qtbot, window, "leads.convert")
    at(qtbot, window, "Ann")
    double_press(button)
    assert (Lead.find(bob).converted, Lead.find(ann).converted) == (True, False)
    press(qtbot, window, "leads.convert")
    assert Lead.find(ann).converted, "a click of its own converts the next one"


def test_ch40_what_another_workstation_converted_is_not_converted_again(qtbot, window, database_url):
    number = lead("Bob")
    at(qtbot, window, "Bob")
    said_there = both_at_once(database_url, ["ANN"], [number])
    assert said_there[0][0].startswith("made")
    press(qtbot, window, "leads.convert")
    assert "has already been converted" in said(window)
    assert counts() == (1, 1, 1, 1)


def test_ch41_a_removed_lead_says_why_it_cannot_be_converted(qtbot, window):
    leads.remove(lead("Bob"), "ADMIN")
    choose(qtbot, window, "leads.show", "Removed leads")
    at(qtbot, window, "Bob")
    button = part(window, "leads.convert", QPushButton)
    assert not button.isEnabled()
    assert "bring it back first" in button.toolTip()


# ---------------------------------------------------------------- hidden, and reachable (K1)


def test_k1_converted_leads_are_hidden_shown_when_asked_for_and_lead_to_their_opportunity(qtbot, window):
    lead("Ann")
    conversion.convert(lead("Bob"), "ADMIN")
    reads(qtbot, window, "leads", "First Name", ["Ann"])
    choose(qtbot, window, "leads.show", "Converted leads")
    reads(qtbot, window, "leads", "First Name", ["Bob"])
    at(qtbot, window, "Bob")
    assert not part(window, "leads.convert", QPushButton).isVisible()
    press(qtbot, window, "leads.open_opportunity")
    assert here(window) == "Accounts"
    qtbot.waitUntil(lambda: part(window, "opportunities.name").value() == "Bob's wish")


@pytest.mark.parametrize("owner", ["ADMIN", "ANN"])
def test_k1_the_account_leads_to_its_lead_whoever_owns_that(qtbot, window, owner):
    lead("Zoe")
    made = conversion.convert(lead("Bob", owner=owner), "ADMIN")
    made.account.owner = "ADMIN"
    saving.save(made.account, "ADMIN")
    go(window, "Accounts")
    reads(qtbot, window, "accounts", "Account Name", ["Bob"])
    press(qtbot, window, "accounts.open_lead")
    assert here(window) == "Leads"
    table = part(window, "leads.list")
    with qtbot.waitSignal(table.settled):
        table.refresh()
    assert part(window, "leads.first_name").value() == "Bob"
    assert "Converted to" in "".join(label.text() for label in part(window, "leads.summary").findChildren(QLabel))


def test_k1_each_opportunity_leads_to_its_own_lead(qtbot, window):
    there = account("Benton")
    second = conversion.convert(lead("Bob"), "ADMIN", account=there)
    window.go_to("opportunity", second.opportunity.number)
    qtbot.waitUntil(lambda: part(window, "opportunities.name").value() == "Bob's wish")
    press(qtbot, window, "accounts.opportunities.open_lead")
    assert here(window) == "Leads"
    at(qtbot, window, "Bob")


# ---------------------------------------------------------------- taken back and done again (K2, VT-171)


def test_k2_the_notice_takes_a_conversion_back_and_redo_does_it_again(qtbot, window):
    lead("Bob", reminder_date=None)
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    press(qtbot, window, "notices.undo")
    assert counts() == (0, 0, 0, 0)
    reads(qtbot, window, "leads", "First Name", ["Bob"])
    assert part(window, "main.redo", QToolButton).toolTip().startswith("Redo: Convert lead Bob")
    qtbot.mouseClick(part(window, "main.redo", QToolButton), LEFT)
    assert counts() == (1, 1, 1, 1)
    reads(qtbot, window, "leads", "First Name", [])


def test_k2_ctrl_z_names_and_takes_back_a_conversion_on_any_tab(qtbot, window):
    lead("Bob")
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    go(window, "Accounts")
    reads(qtbot, window, "accounts", "Account Name", ["Bob"])
    assert part(window, "main.undo", QToolButton).toolTip() == "Undo: Convert lead Bob (Ctrl+Z)"
    qtbot.keyClick(part(window, "accounts.grid"), KEY.Key_Z, CTRL)
    reads(qtbot, window, "accounts", "Account Name", [])
    assert counts() == (0, 0, 0, 0)
    assert said(window).startswith("Undone: Convert lead Bob")


def test_k2_undo_is_refused_in_a_sentence_when_somebody_has_built_on_it(qtbot, window):
    lead("Bob")
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    held = Opportunity.get()
    held.amount = 100
    saving.save(held, "ANN")
    press(qtbot, window, "notices.undo")
    assert said(window) == (
        "This cannot be taken back: ANN has worked on Bob's wish since (Save opportunity Bob's wish)."
    )
    assert counts() == (1, 1, 1, 1)


def test_vt165_the_reminder_of_the_lead_is_a_task_of_the_account_now(qtbot, window, fixed_clock):
    lead("Bob", reminder_date=fixed_clock.date())
    go(window, "Reminders")
    part(window, "reminders.tabs", QTabWidget).setCurrentIndex(2)
    reads(qtbot, window, "reminders.leads", "First Name", ["Bob"])
    go(window, "Leads")
    at(qtbot, window, "Bob")
    press(qtbot, window, "leads.convert")
    go(window, "Reminders")
    reads(qtbot, window, "reminders.leads", "First Name", [])
    part(window, "reminders.tabs", QTabWidget).setCurrentIndex(0)
    reads(qtbot, window, "reminders.tasks", "Action", ["Call Bob"])
    click_row(qtbot, window, "reminders.tasks", 0, double=True)
    assert here(window) == "Accounts"
    assert part(window, "accounts.tasks.list").current() == Task.get().number
    assert isinstance(part(window, "main.operator"), QComboBox)
