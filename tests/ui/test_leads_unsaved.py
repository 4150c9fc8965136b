"""Nothing typed is ever lost in silence: asked about, kept through a crash, and two people's work merged."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton

from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from channergy_crm.settings import ASK, LEAVING
from tests.ui.crashing import die_while_typing
from tests.ui.hands import CTRL, KEY, opened
from tests.ui.two_leads import (
    another_operator,
    another_row,
    another_tab,
    come_to_two_leads,
    kept,
    meanwhile,
    place,
    the_end,
    typed,
)

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def hands(qtbot, database_url, fixed_clock):
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as hands:
        operators.add("ANN", "Ann Lee", "ADMIN")
        come_to_two_leads(hands)
        yield hands


# ---------------------------------------------------------------- who wants to be asked is asked on the way out


@pytest.fixture
def asking(hands):
    """This workstation asks before a changed record is left."""
    hands.window.session.station.set(LEAVING, ASK)
    return hands


WAYS = [another_row, another_tab, another_operator, the_end]
each_way = pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)


@each_way
def test_ch43_c7_unsaved_changes_are_asked_about_and_saved(asking, leave):
    asking.fill("leads.title", "Boss")
    before = place(asking)
    with asking.answering("leave.save") as asked:
        leave(asking)
    said = [question.words for question in asked]
    assert said == ["Save the changes to Bob?\nWhat you typed is lost if you discard it."]
    assert kept("Bob") == "Boss"
    asking.bot.waitUntil(lambda: place(asking) != before)


@each_way
def test_ch44_c7_unsaved_changes_are_asked_about_and_discarded(asking, leave):
    asking.fill("leads.title", "Boss")
    before = place(asking)
    with asking.answering("leave.discard") as asked:
        leave(asking)
    assert len(asked) == 1
    assert kept("Bob") == ""
    asking.bot.waitUntil(lambda: place(asking) != before)


@each_way
def test_ch43_c7_unsaved_changes_are_asked_about_and_stayed_with(asking, leave):
    asking.fill("leads.title", "Boss")
    before = place(asking)
    with asking.answering("leave.stay") as asked:
        leave(asking)
    assert len(asked) == 1
    assert place(asking) == before
    assert asking.part("main.operator", QComboBox).currentData() == "ADMIN"
    assert (typed(asking, "title"), kept("Bob")) == ("Boss", "")
    assert asking.part("leads.list").current() == Lead.get(Lead.first_name == "Bob").number
    assert asking.said() == "", "nothing is said of what somebody chose"


@each_way
def test_ch43_without_changes_nobody_is_asked(asking, leave):
    before = place(asking)
    leave(asking)
    asking.bot.waitUntil(lambda: place(asking) != before)


def test_ch21_saving_on_the_way_out_stays_when_something_is_missing(asking):
    asking.fill("leads.description", "")
    with asking.answering("leave.save"):
        asking.go("tasks")
    assert (asking.here(), typed(asking, "description")) == ("leads", "")
    assert asking.part("leads.description.said").text() == "Description is required."
    with asking.answering("leave.discard"):
        asking.go("tasks")
    assert asking.here() == "tasks"
    assert kept("Bob", "description") == "Bob's wish"


def test_ch38_what_cannot_be_read_counts_as_typed(asking):
    asking.fill("leads.reminder_time", "25:10")
    with asking.answering("leave.stay"):
        asking.go("tasks")
    assert asking.part("leads.reminder_time").text() == "25:10"


def test_f52_the_page_behind_is_not_seen_while_it_is_asked(asking):
    asking.fill("leads.title", "Boss")
    seen = []
    tabs = asking.part("main.tabs")
    tabs.currentChanged.connect(seen.append)
    with asking.answering("leave.stay"):
        asking.go("tasks")
    assert (seen, tabs.tabBar().currentIndex(), tabs.currentIndex()) == ([], 1, 1)


def test_f5_a_reminder_time_without_a_day_is_said_under_its_field_and_not_saved(hands):
    hands.fill("leads.reminder_time", "15:00")
    hands.press(KEY.Key_S, CTRL)
    assert "A Reminder Time needs a Reminder Dt: " in hands.part("leads.reminder_time.said").text()
    assert kept("Bob", "reminder_time") is None


def test_ch41_removing_saves_what_was_typed_first(hands):
    hands.fill("leads.title", "Boss")
    hands.click("leads.remove")
    hands.reads("leads", "First Name", ["Ann"])
    bob = Lead.get(Lead.first_name == "Bob")
    assert (bob.title, bob.removed) == ("Boss", True)


# ---------------------------------------------------------------- what is a change and what is none


def test_ch44_what_was_taken_back_after_a_refused_save_is_not_saved(hands):
    hands.fill("leads.title", "Boss")
    hands.fill("leads.description", "")
    hands.click("leads.save")
    assert "Not saved yet" in hands.said()
    hands.fill("leads.title", "")
    hands.fill("leads.description", "Another wish")
    hands.click("leads.save")
    assert (kept("Bob"), kept("Bob", "description")) == ("", "Another wish")


def test_ch44_in_a_new_lead_as_well(hands):
    hands.click("leads.create")
    hands.fill("leads.call_date", "today")
    hands.fill("leads.company", "Acme")
    hands.click("leads.save")
    hands.fill("leads.call_date", "")
    hands.fill("leads.company", "")
    hands.fill("leads.description", "New")
    hands.click("leads.save")
    new = Lead.get(Lead.description == "New")
    assert (new.call_date, new.company) == (None, "")


def test_ch43_blanks_that_came_from_elsewhere_are_no_change(hands):
    number = leads.create({"description": " Cy \t", "first_name": "Cy ", "notes": "a\r\nb \n", "type": " x"}, "ADMIN")
    hands.window.go_to("lead", number.number)
    assert typed(hands, "first_name") == "Cy"
    assert not hands.part("leads.save", QPushButton).isEnabled()
    hands.go("tasks")
    assert hands.here() == "tasks"


# ---------------------------------------------------------------- kept through a crash (BX-19)


def take_up(hands):
    """Say yes to the notice that offers what was typed."""
    assert "What you typed into a lead when the program ended was kept." in hands.said()
    hands.click("notices.action")


@pytest.fixture
def bob(office):
    """A lead in the store before any window is open."""
    return leads.create({"description": "Bob's wish", "first_name": "Bob"}, "ADMIN").number


def test_bx19_what_was_typed_into_a_lead_is_offered_again_after_a_crash(qtbot, database_url, home, bob):
    leads.create({"description": "Ann's wish", "first_name": "Ann"}, "ADMIN")
    die_while_typing(database_url, home, "lead", bob, "leads.notes", "He rang twice")
    with opened(qtbot, database_url, whole=True) as hands:
        take_up(hands)
        assert hands.here() == "leads"
        qtbot.waitUntil(lambda: typed(hands, "notes") == "He rang twice")
        assert typed(hands, "first_name") == "Bob"
        assert kept("Bob", "notes") == ""
        hands.click("leads.save")
        assert kept("Bob", "notes") == "He rang twice"
    with opened(qtbot, database_url, whole=True) as hands:
        assert hands.said() == "", "what was saved is not offered again"


def test_bx19_a_new_lead_too(qtbot, database_url, home, bob):
    die_while_typing(database_url, home, "lead", 0, "leads.description", "Somebody new")
    with opened(qtbot, database_url, whole=True) as hands:
        take_up(hands)
        assert typed(hands, "description") == "Somebody new"
        hands.click("leads.save")
        assert Lead.select().where(Lead.description == "Somebody new").count() == 1


def test_bx19_a_new_lead_of_an_account_keeps_its_account(qtbot, database_url, home, bob):
    from channergy_crm.services import conversion

    made = conversion.convert(bob, "ADMIN")
    die_while_typing(database_url, home, "new_lead", made.account.number, "leads.description", "Wants more")
    with opened(qtbot, database_url, whole=True) as hands:
        take_up(hands)
        hands.click("leads.save")
        new = Lead.get(Lead.description == "Wants more")
        assert (new.account, new.customer, new.first_name) == (made.account.number, made.customer.number, "Bob")


def test_bx19_an_offer_nobody_took_is_made_again(qtbot, database_url, home, bob):
    die_while_typing(database_url, home, "lead", bob, "leads.notes", "He rang twice")
    with opened(qtbot, database_url):
        pass
    with opened(qtbot, database_url, whole=True) as hands:
        take_up(hands)
        qtbot.waitUntil(lambda: typed(hands, "notes") == "He rang twice")


# ---------------------------------------------------------------- two people, one lead (C6)


def test_c6_fields_that_do_not_clash_merge_by_themselves(hands):
    hands.fill("leads.title", "Boss")
    meanwhile(company="Acme", notes="theirs")
    hands.click("leads.save")
    assert [kept("Bob", field) for field in ("title", "company", "notes")] == ["Boss", "Acme", "theirs"]
    assert (typed(hands, "company"), typed(hands, "notes")) == ("Acme", "theirs")


def test_c6_clashing_fields_are_chosen_one_by_one(hands):
    hands.fill("leads.title", "Boss")
    hands.fill("leads.company", "Acme")
    hands.fill("leads.city" if hands.part("leads.city").isVisible() else "leads.notes", "mine")
    meanwhile(title="Clerk", company="Benton", objection="theirs")
    with hands.answering("clash.company.theirs", "clash.save") as asked:
        hands.click("leads.save")
    for text in ("ANN changed Bob while you were editing it.", "Boss", "Clerk", "Acme", "Benton"):
        assert text in asked[0].words
    assert "theirs" not in asked[0].words.replace("All theirs", ""), "what does not clash is not asked about"
    fields = ("title", "company", "notes", "objection")
    assert [kept("Bob", field) for field in fields] == ["Boss", "Benton", "mine", "theirs"]
    assert [typed(hands, field) for field in fields] == ["Boss", "Benton", "mine", "theirs"]


def test_c6_keep_editing_saves_nothing_and_loses_nothing(hands):
    hands.fill("leads.title", "Boss")
    meanwhile(title="Clerk")
    with hands.answering("clash.keep_editing"):
        hands.click("leads.save")
    assert (typed(hands, "title"), kept("Bob")) == ("Boss", "Clerk")
    with hands.answering("clash.all_theirs", "clash.save"):
        hands.click("leads.save")
    assert (typed(hands, "title"), kept("Bob")) == ("Clerk", "Clerk")


def test_c6_mine_is_chosen_beforehand_and_shown_as_people_read_it(hands):
    hands.choose("leads.call_code", "Call Back")
    meanwhile(call_code="DNC")
    with hands.answering("clash.save") as asked:
        hands.click("leads.save")
    assert "Call Back" in asked[0].words
    assert "Do Not Call" in asked[0].words
    assert kept("Bob", "call_code") == "CALLBK"


def test_c6_a_lead_nobody_is_typing_into_follows_what_others_save(hands):
    meanwhile(title="Clerk")
    hands.bot.waitUntil(lambda: typed(hands, "title") == "Clerk")
    assert hands.window.findChild(QRadioButton, "clash.title.mine") is None
