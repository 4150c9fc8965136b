"""The Leads page under real hands: the twenty fields, the buttons, and nothing typed is ever lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLabel, QPushButton, QTableView, QToolButton

from channergy_crm import work
from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from channergy_crm.store import database
from tests.ui.gestures import offered
from tests.ui.hands import CTRL, KEY, LEFT, opened
from ui.forms.field_row import FieldLabel

TYPED = {
    "type": ("Type", "Referral", "Referral"),
    "lead_source": ("LeadSource", "A friend of Maria", "A friend of Maria"),
    "description": ("Description", "Wants 12 parkas", "Wants 12 parkas"),
    "first_name": ("FirstName", "Zoë", "Zoë"),
    "last_name": ("LastName", "O'Neill", "O'Neill"),
    "company": ("Company", "100% Wool; Inc.", "100% Wool; Inc."),
    "title": ("Title", "Head of IT", "Head of IT"),
    "phone": ("Phone", "+49 30 901820", "+49 30 901820"),
    "email": ("Email", "zoe@example.com", "zoe@example.com"),
    "website": ("Website", "www.example.com", "www.example.com"),
    "notes": ("Notes", "First line\nSecond line", "First line\nSecond line"),
    "objection": ("Objection", "Too dear", "Too dear"),
    "call_date": ("CallDt", "yesterday", "2026-11-22"),
    "reminder_date": ("ReminderDt", "tomorrow", "2026-11-24"),
    "reminder_time": ("ReminderTime", "1 pm", "13:00"),
}
CHOSEN = {
    "time_zone": ("TimeZone", "UTC+0 Ireland (Dublin)", "Europe/Dublin"),
    "call_try": ("CallTry", "10", "10"),
    "call_code": ("CallCode", "Call Back", "CALLBK"),
    "call_status": ("CallStatus", "Reached", "Reached"),
    "owner": ("OwnerOperatorID", "ANN  Ann Lee", "ANN"),
}


@pytest.fixture
def hands(qtbot, database_url, fixed_clock):
    """The window of a new office, at its Leads."""
    with opened(qtbot, database_url) as hands:
        operators.add("ANN", "Ann Lee", "ADMIN")
        hands.go("leads")
        yield hands


def stored(hands, number, *columns):
    """Columns of a lead as a second connection finds them."""
    reader = hands.window.session.office.reader()
    try:
        names = ", ".join(f'"{name}"' for name in columns)
        (row,) = reader.rows(f'SELECT {names} FROM "CRMLeads" WHERE "LeadNo" = {number}')
    finally:
        reader.close()
    return [None if value is None else str(value) for value in row]


def lead(**known):
    """A lead of ADMIN."""
    return leads.create({"description": "x", **known}, "ADMIN")


def sentence(hands, field):
    """What is said under a field."""
    return hands.part(f"leads.{field}.said", QLabel).text()


# ---------------------------------------------------------------- all twenty fields (CH-18 … CH-39, CH-43)


def test_ch18_to_ch28_ch30_to_ch39_all_twenty_fields_are_typed_saved_and_read_over_a_second_connection(hands):
    hands.click("leads.create")
    for name, (_, text, _) in TYPED.items():
        hands.fill(f"leads.{name}", text)
    for name, (_, text, _) in CHOSEN.items():
        hands.choose(f"leads.{name}", text)
    assert len(TYPED | CHOSEN) == 20
    hands.click("leads.save")
    assert "created" in hands.said()
    number = Lead.select(Lead.number).scalar()
    for column_name, _, kept in (TYPED | CHOSEN).values():
        assert stored(hands, number, column_name) == [kept], column_name
    for name, (_, text, _) in (TYPED | CHOSEN).items():
        if name not in ("call_date", "reminder_date", "reminder_time"):
            assert hands.shows(f"leads.{name}") == text, name
    assert hands.part("leads.reminder_time").text() == "13:00"


def test_ch21_an_empty_description_is_refused_beside_the_field_and_nothing_is_lost(hands):
    hands.click("leads.create")
    hands.fill("leads.first_name", "Zoë")
    hands.fill("leads.phone", "504-621-8927")
    hands.click("leads.save")
    assert sentence(hands, "description") == "Description is required."
    assert hands.part("leads.description.said", QLabel).isVisible()
    assert "Description is required." in hands.said()
    assert hands.window.focusWidget() is hands.part("leads.description")
    assert (hands.shows("leads.first_name"), hands.shows("leads.phone")) == ("Zoë", "504-621-8927")
    assert Lead.select().count() == 0
    hands.fill("leads.description", "Wants a demo")
    assert sentence(hands, "description") == ""
    hands.click("leads.save")
    assert stored(hands, Lead.get().number, "Description", "FirstName", "Phone") == [
        "Wants a demo", "Zoë", "504-621-8927",
    ]  # fmt: skip


def test_ch21_the_sentence_comes_at_leaving_the_field_and_every_other_field_may_stay_empty(hands):
    hands.click("leads.create")
    hands.bot.keyClick(hands.part("leads.description"), KEY.Key_Tab)
    assert sentence(hands, "description") == "Description is required."
    labels = hands.part("leads.page").findChildren(FieldLabel)
    assert [label.text() for label in labels if label.required] == ["Description", "Assign Account To"]
    hands.fill("leads.description", "Nothing else")
    hands.click("leads.save")
    assert Lead.get().description == "Nothing else"


@pytest.mark.parametrize("typed", ["13:00", "1300", "1 pm"])
def test_ch38_the_time_is_typed_as_people_say_it_and_shown_on_the_24_hour_clock(hands, typed):
    lead()
    hands.reads("leads", "Description", ["x"])
    hands.fill("leads.reminder_time", typed)
    assert hands.part("leads.reminder_time").text() == "13:00"
    hands.fill("leads.reminder_date", "fri")
    hands.bot.keyClick(hands.part("leads.reminder_date"), KEY.Key_S, CTRL)
    assert stored(hands, Lead.get().number, "ReminderDt", "ReminderTime") == ["2026-11-27", "13:00"]


@pytest.mark.parametrize(("field", "typed"), [("reminder_time", "25:10"), ("reminder_date", "soonish")])
def test_ch38_what_cannot_be_read_is_said_under_the_field_and_stays_there(hands, field, typed):
    lead()
    hands.reads("leads", "Description", ["x"])
    hands.fill(f"leads.{field}", typed)
    assert typed in sentence(hands, field)
    hands.click("leads.save")
    assert hands.part(f"leads.{field}").text() == typed
    assert "Not saved yet" in hands.said()
    hands.fill(f"leads.{field}", "")
    assert sentence(hands, field) == ""


@pytest.mark.parametrize("field", ["call_date", "reminder_date"])
def test_ch34_ch37_the_button_in_the_field_opens_a_mini_calendar(hands, field):
    lead()
    hands.reads("leads", "Description", ["x"])
    editor = hands.part(f"leads.{field}")
    hands.bot.mouseClick(editor.findChild(QToolButton), LEFT)
    days = editor.findChild(QCalendarWidget)
    hands.bot.waitUntil(days.isVisible)
    hands.bot.keyClick(days.focusWidget() or days, KEY.Key_Right)
    hands.bot.keyClick(days.focusWidget() or days, KEY.Key_Return)
    assert editor.value() == date(2026, 11, 24)
    hands.click("leads.save")
    assert getattr(Lead.get(), field) == date(2026, 11, 24)


def test_ch19_ch20_what_others_typed_is_suggested_and_anything_else_may_be_typed(hands):
    with work.unit("An import", by="ADMIN"):
        lead(type="Referral", lead_source="Fair")
        lead(type="Referral", lead_source="Letter")
    hands.click("leads.create")
    hands.fill("leads.description", "x")
    hands.fill("leads.lead_source", "Never heard of")
    hands.fill("leads.type", "Cold")
    hands.click("leads.save_and_next")
    assert sorted(offered(hands.part("leads.type", QComboBox))) == ["Cold", "Referral"]
    assert "Never heard of" in offered(hands.part("leads.lead_source", QComboBox))
    hands.part("leads.type").setFocus()
    hands.bot.keyClicks(hands.part("leads.type"), "ref")
    popup = hands.part("leads.type", QComboBox).lineEdit().completer().popup()
    hands.bot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "Referral"
    popup.hide()


def test_ch27_ch33_ch35_ch36_the_drop_downs_offer_the_lists_in_their_order(hands):
    hands.click("leads.create")
    tries = [text for text in offered(hands.part("leads.call_try", QComboBox)) if text.isdigit()]
    assert tries == [str(count) for count in range(11)], "10 comes last, not after 1"
    assert "UTC−6 Central (Chicago)" in offered(hands.part("leads.time_zone", QComboBox))
    assert {"New Lead", "Call Back", "Do Not Call"} <= set(offered(hands.part("leads.call_code", QComboBox)))
    assert {"Not Called", "Reached"} <= set(offered(hands.part("leads.call_status", QComboBox)))
    for field in ("call_try", "call_code", "call_status", "time_zone"):
        assert not hands.part(f"leads.{field}", QComboBox).isEditable()


def test_ch39_assign_account_to_offers_the_operators_and_moves_the_lead(hands):
    number = lead().number
    hands.reads("leads", "Description", ["x"])
    assert offered(hands.part("leads.owner", QComboBox)) == ["ADMIN  Administrator", "ANN  Ann Lee"]
    hands.choose("leads.owner", "ANN  Ann Lee")
    hands.click("leads.save")
    hands.reads("leads", "Description", [])
    assert stored(hands, number, "OwnerOperatorID") == ["ANN"]
    hands.choose("main.operator", "ANN  Ann Lee")
    hands.reads("leads", "Description", ["x"])


# ---------------------------------------------------------------- the time zone of a number (CH-27)


def test_ch27_a_number_fills_the_empty_time_zone_where_everybody_sees_it(hands):
    hands.click("leads.create")
    hands.fill("leads.phone", "504-621-8927")
    assert hands.shows("leads.time_zone") == "UTC−6 Central (Chicago)"
    assert sentence(hands, "time_zone") == "Filled in from the phone number."
    hands.fill("leads.phone", "212-555-2368")
    assert hands.shows("leads.time_zone") == "UTC−5 Eastern (New York)", "a corrected number corrects what it filled"


def test_ch27_what_somebody_chose_stays(hands):
    hands.click("leads.create")
    hands.fill("leads.description", "x")
    hands.fill("leads.phone", "504-621-8927")
    hands.choose("leads.time_zone", "UTC−8 Pacific (Los Angeles)")
    hands.fill("leads.phone", "212-555-2368")
    assert hands.shows("leads.time_zone") == "UTC−8 Pacific (Los Angeles)"
    hands.click("leads.save")
    assert stored(hands, Lead.get().number, "TimeZone", "Phone") == ["America/Los_Angeles", "212-555-2368"]


def test_ch27_a_zone_chosen_in_the_next_lead_stays_too(hands):
    hands.click("leads.create")
    hands.fill("leads.description", "x")
    hands.fill("leads.phone", "504-621-8927")
    hands.click("leads.save_and_next")
    hands.choose("leads.time_zone", "UTC−6 Central (Chicago)")
    hands.fill("leads.phone", "212-555-2368")
    assert hands.shows("leads.time_zone") == "UTC−6 Central (Chicago)"


def test_ch27_saved_without_leaving_the_field_the_zone_is_filled_as_well(hands):
    lead()
    hands.reads("leads", "Description", ["x"])
    hands.fill("leads.phone", "504-621-8927", leave=False)
    hands.bot.keyClick(hands.part("leads.phone"), KEY.Key_S, CTRL)
    assert stored(hands, Lead.get().number, "Phone", "TimeZone") == ["504-621-8927", "America/Chicago"]
    assert hands.shows("leads.time_zone") == "UTC−6 Central (Chicago)"


# ---------------------------------------------------------------- the buttons (CH-18, CH-41 … CH-44)


def test_ch42_save_and_next_saves_and_starts_a_new_lead(hands):
    hands.click("leads.create")
    hands.fill("leads.description", "First")
    hands.bot.keyClick(hands.part("leads.description"), KEY.Key_Return, CTRL)
    assert [one.description for one in Lead.select()] == ["First"]
    assert hands.shows("leads.description") == ""
    assert hands.window.focusWidget() is hands.part("leads.description")
    hands.fill("leads.description", "Second")
    hands.click("leads.save_and_next")
    hands.reads("leads", "Description", ["Second", "First"])
    assert hands.shows("leads.description") == ""
    hands.click("leads.save_and_next")
    assert sentence(hands, "description") == "Description is required."
    assert Lead.select().count() == 2


def test_ch43_save_changes_saves_the_current_lead_and_only_what_was_changed(hands):
    number = lead(notes="kept").number
    hands.reads("leads", "Description", ["x"])
    assert not hands.part("leads.save", QPushButton).isEnabled()
    assert hands.part("leads.save", QPushButton).toolTip() == "Nothing has been changed."
    hands.fill("leads.title", "Boss")
    hands.click("leads.save")
    assert stored(hands, number, "Title", "Notes", "RowVersion") == ["Boss", "kept", "2"]


def test_ch44_cancel_changes_gives_up_what_was_typed_and_offers_it_back(hands):
    number = lead(title="Clerk", company="Benton").number
    hands.reads("leads", "Description", ["x"])
    hands.fill("leads.title", "Boss")
    hands.fill("leads.company", "Acme")
    hands.bot.keyClick(hands.part("leads.title"), KEY.Key_Escape)
    assert (hands.shows("leads.title"), hands.shows("leads.company")) == ("Clerk", "Benton")
    assert hands.said() == "Changes cancelled."
    hands.click("notices.action")
    assert (hands.shows("leads.title"), hands.shows("leads.company")) == ("Boss", "Acme")
    assert stored(hands, number, "Title") == ["Clerk"]
    hands.click("leads.save")
    assert stored(hands, number, "Title", "Company") == ["Boss", "Acme"]


def test_ch44_a_cancelled_new_lead_is_offered_back_too(hands):
    hands.click("leads.create")
    hands.fill("leads.description", "Nearly")
    hands.click("leads.cancel")
    assert Lead.select().count() == 0
    hands.click("notices.action")
    assert hands.shows("leads.description") == "Nearly"
    hands.click("leads.save")
    assert Lead.get().description == "Nearly"


def test_ch44_cancelled_changes_come_back_to_their_own_lead(hands):
    first, second = lead(title="A"), lead(title="B")
    hands.reads("leads", "Description", ["x", "x"])
    hands.bot.waitUntil(lambda: hands.shows("leads.title") == "B")
    hands.fill("leads.title", "Boss")
    hands.click("leads.cancel")
    hands.click_row("leads", 1)
    hands.bot.waitUntil(lambda: hands.shows("leads.title") == "A")
    hands.click("notices.action")
    hands.bot.waitUntil(lambda: hands.shows("leads.title") == "Boss")
    hands.click("leads.save")
    assert (stored(hands, first.number, "Title"), stored(hands, second.number, "Title")) == (["A"], ["Boss"])


def test_ch41_remove_takes_a_lead_off_it_is_shown_under_removed_and_brought_back(hands):
    number = lead(last_name="Lee").number
    hands.reads("leads", "Description", ["x"])
    hands.click("leads.remove")
    assert hands.part("leads.restore", QPushButton).isVisible(), "while the list is still being read"
    hands.reads("leads", "Description", [])
    assert stored(hands, number, "IsRemoved") in (["1"], ["True"])
    assert hands.said() == "Lead Lee removed."
    hands.choose("leads.show", "Removed leads")
    hands.reads("leads", "Description", ["x"])
    hands.bot.waitUntil(lambda: hands.part("leads.restore", QPushButton).isVisible())
    assert not hands.part("leads.remove", QPushButton).isVisible()
    hands.click("leads.restore")
    hands.reads("leads", "Description", [])
    hands.choose("leads.show", "Working leads")
    hands.reads("leads", "Description", ["x"])
    assert stored(hands, number, "IsRemoved") in (["0"], ["False"])


def test_ch41_a_new_lead_offers_nothing_of_a_removed_one(hands):
    leads.remove(lead().number, "ADMIN")
    hands.choose("leads.show", "Removed leads")
    hands.bot.waitUntil(lambda: hands.part("leads.restore", QPushButton).isVisible())
    hands.click("leads.create")
    assert not hands.part("leads.restore", QPushButton).isVisible()
    assert hands.part("leads.remove", QPushButton).isVisible()


def test_ch41_del_in_the_list_removes_and_undo_brings_back(hands):
    lead(last_name="Lee")
    hands.reads("leads", "Description", ["x"])
    hands.bot.keyClick(hands.part("leads.grid", QTableView), KEY.Key_Delete)
    hands.reads("leads", "Description", [])
    hands.click("notices.undo")
    hands.reads("leads", "Description", ["x"])


def test_ch18_keys_work_in_the_list_as_in_the_record(hands):
    lead()
    hands.reads("leads", "Description", ["x"])
    grid = hands.part("leads.grid", QTableView)
    grid.setFocus()
    hands.bot.keyClick(grid, KEY.Key_N, CTRL)
    assert hands.window.focusWidget() is hands.part("leads.description")
    hands.bot.keyClicks(hands.window.focusWidget(), "From the keyboard")
    hands.bot.keyClick(hands.window.focusWidget(), KEY.Key_S, CTRL)
    assert Lead.select().count() == 2


def test_a_new_lead_given_up_leaves_by_a_click_on_the_very_row_that_was_open(hands):
    lead()
    hands.reads("leads", "Description", ["x"])
    hands.click("leads.create")
    assert hands.shows("leads.description") == ""
    hands.click_row("leads", 0)
    hands.bot.waitUntil(lambda: hands.shows("leads.description") == "x")


def test_a_form_that_nobody_sees_asks_for_its_suggestions_when_it_is_seen(hands):
    asked = []
    database.proxy.obj.query_hooks.append(hook := lambda event: asked.append(event.sql))
    hands.go("reminders")
    asked.clear()
    with work.unit("An import", by="ADMIN"):
        lead(type="Referral")
        lead(type="Referral")
    assert not [sql for sql in asked if sql.startswith('SELECT "t1"."Type" FROM')]
    hands.go("leads")
    database.proxy.obj.query_hooks.remove(hook)
    assert len([sql for sql in asked if sql.startswith('SELECT "t1"."Type" FROM')]) == 1
    assert "Referral" in offered(hands.part("leads.type", QComboBox))
