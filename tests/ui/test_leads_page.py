"""The Leads page under real hands: the twenty fields, the buttons, and nothing typed is ever lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QCalendarWidget, QComboBox, QLabel, QPushButton, QTableView, QToolButton

from channergy_crm import work
from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from tests.ui.hands import (
    CTRL,
    KEY,
    LEFT,
    choose,
    click_row,
    fill,
    go,
    offered,
    opened,
    part,
    press,
    reads,
    said,
)

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
def window(qtbot, database_url, fixed_clock):
    """The window of a new office, at its Leads."""
    with opened(qtbot, database_url) as window:
        operators.add("ANN", "Ann Lee", "ADMIN")
        go(window, "Leads")
        yield window


def stored(window, number, *columns):
    """Columns of a lead as a second connection finds them."""
    reader = window.session.office.reader()
    try:
        names = ", ".join(f'"{name}"' for name in columns)
        (row,) = reader.rows(f'SELECT {names} FROM "CRMLeads" WHERE "LeadNo" = {number}')
    finally:
        reader.close()
    return [None if value is None else str(value) for value in row]


def lead(**known):
    """A lead of ADMIN."""
    return leads.create({"description": "x", **known}, "ADMIN")


def sentence(window, field):
    """What is said under a field."""
    return part(window, f"leads.{field}.said", QLabel).text()


def shown(window, field):
    """What a field shows."""
    editor = part(window, f"leads.{field}")
    return editor.currentText() if isinstance(editor, QComboBox) else editor.value()


# ---------------------------------------------------------------- all twenty fields (CH-18 … CH-39, CH-43)


def test_ch18_to_ch39_all_twenty_fields_are_typed_saved_and_read_over_a_second_connection(qtbot, window):
    press(qtbot, window, "leads.create")
    for name, (_, text, _) in TYPED.items():
        fill(qtbot, window, f"leads.{name}", text)
    for name, (_, text, _) in CHOSEN.items():
        choose(qtbot, window, f"leads.{name}", text)
    assert len(TYPED | CHOSEN) == 20
    press(qtbot, window, "leads.save")
    assert "created" in said(window)
    number = Lead.select(Lead.number).scalar()
    for column_name, _, kept in (TYPED | CHOSEN).values():
        assert stored(window, number, column_name) == [kept], column_name
    for name, (_, text, _) in (TYPED | CHOSEN).items():
        if name not in ("call_date", "reminder_date", "reminder_time"):
            assert shown(window, name) == text, name
    assert part(window, "leads.reminder_time").text() == "13:00"


def test_ch21_an_empty_description_is_refused_beside_the_field_and_nothing_is_lost(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.first_name", "Zoë")
    fill(qtbot, window, "leads.phone", "504-621-8927")
    press(qtbot, window, "leads.save")
    assert sentence(window, "description") == "Description is required."
    assert part(window, "leads.description.said", QLabel).isVisible()
    assert "Description is required." in said(window)
    assert window.focusWidget() is part(window, "leads.description")
    assert (shown(window, "first_name"), shown(window, "phone")) == ("Zoë", "504-621-8927")
    assert Lead.select().count() == 0
    fill(qtbot, window, "leads.description", "Wants a demo")
    assert sentence(window, "description") == ""
    press(qtbot, window, "leads.save")
    assert stored(window, Lead.get().number, "Description", "FirstName", "Phone") == [
        "Wants a demo", "Zoë", "504-621-8927",
    ]  # fmt: skip


def test_ch21_the_sentence_comes_at_leaving_the_field_and_every_other_field_may_stay_empty(qtbot, window):
    press(qtbot, window, "leads.create")
    qtbot.keyClick(part(window, "leads.description"), KEY.Key_Tab)
    assert sentence(window, "description") == "Description is required."
    labels = [label.text() for label in part(window, "leads.page").findChildren(QLabel)]
    assert "Description *" in labels
    assert [text for text in labels if text.endswith(" *")] == ["Description *", "Assign Account To *"]
    fill(qtbot, window, "leads.description", "Nothing else")
    press(qtbot, window, "leads.save")
    assert Lead.get().description == "Nothing else"


@pytest.mark.parametrize("typed", ["13:00", "1300", "1 pm"])
def test_ch38_the_time_is_typed_as_people_say_it_and_shown_on_the_24_hour_clock(qtbot, window, typed):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    fill(qtbot, window, "leads.reminder_time", typed)
    assert part(window, "leads.reminder_time").text() == "13:00"
    fill(qtbot, window, "leads.reminder_date", "fri")
    qtbot.keyClick(part(window, "leads.reminder_date"), KEY.Key_S, CTRL)
    assert stored(window, Lead.get().number, "ReminderDt", "ReminderTime") == ["2026-11-27", "13:00"]


@pytest.mark.parametrize(("field", "typed"), [("reminder_time", "25:10"), ("reminder_date", "soonish")])
def test_ch38_what_cannot_be_read_is_said_under_the_field_and_stays_there(qtbot, window, field, typed):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    fill(qtbot, window, f"leads.{field}", typed)
    assert typed in sentence(window, field)
    press(qtbot, window, "leads.save")
    assert part(window, f"leads.{field}").text() == typed
    assert "Not saved yet" in said(window)
    fill(qtbot, window, f"leads.{field}", "")
    assert sentence(window, field) == ""


@pytest.mark.parametrize("field", ["call_date", "reminder_date"])
def test_ch34_ch37_the_button_in_the_field_opens_a_mini_calendar(qtbot, window, field):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    editor = part(window, f"leads.{field}")
    qtbot.mouseClick(editor.findChild(QToolButton), LEFT)
    days = editor.findChild(QCalendarWidget)
    qtbot.waitUntil(days.isVisible)
    qtbot.keyClick(days.focusWidget() or days, KEY.Key_Right)
    qtbot.keyClick(days.focusWidget() or days, KEY.Key_Return)
    assert editor.value() == date(2026, 11, 24)
    press(qtbot, window, "leads.save")
    assert getattr(Lead.get(), field) == date(2026, 11, 24)


def test_ch19_ch20_what_others_typed_is_suggested_and_anything_else_may_be_typed(qtbot, window):
    with work.unit("An import", by="ADMIN"):
        lead(type="Referral", lead_source="Fair")
        lead(type="Referral", lead_source="Letter")
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "x")
    fill(qtbot, window, "leads.lead_source", "Never heard of")
    fill(qtbot, window, "leads.type", "Cold")
    press(qtbot, window, "leads.save_and_next")
    assert sorted(offered(part(window, "leads.type", QComboBox))) == ["Cold", "Referral"]
    assert "Never heard of" in offered(part(window, "leads.lead_source", QComboBox))
    part(window, "leads.type").setFocus()
    qtbot.keyClicks(part(window, "leads.type"), "ref")
    popup = part(window, "leads.type", QComboBox).lineEdit().completer().popup()
    qtbot.waitUntil(popup.isVisible)
    assert popup.model().index(0, 0).data() == "Referral"
    popup.hide()


def test_ch27_ch33_ch35_ch36_the_drop_downs_offer_the_lists_in_their_order(qtbot, window):
    press(qtbot, window, "leads.create")
    tries = [text for text in offered(part(window, "leads.call_try", QComboBox)) if text.isdigit()]
    assert tries == [str(count) for count in range(11)], "10 comes last, not after 1"
    assert "UTC−6 Central (Chicago)" in offered(part(window, "leads.time_zone", QComboBox))
    assert {"New Lead", "Call Back", "Do Not Call"} <= set(offered(part(window, "leads.call_code", QComboBox)))
    assert {"Not Called", "Reached"} <= set(offered(part(window, "leads.call_status", QComboBox)))
    for field in ("call_try", "call_code", "call_status", "time_zone"):
        assert not part(window, f"leads.{field}", QComboBox).isEditable()


def test_ch39_assign_account_to_offers_the_operators_and_moves_the_lead(qtbot, window):
    number = lead().number
    reads(qtbot, window, "leads", "Description", ["x"])
    assert offered(part(window, "leads.owner", QComboBox)) == ["ADMIN  Administrator", "ANN  Ann Lee"]
    choose(qtbot, window, "leads.owner", "ANN  Ann Lee")
    press(qtbot, window, "leads.save")
    reads(qtbot, window, "leads", "Description", [])
    assert stored(window, number, "OwnerOperatorID") == ["ANN"]
    choose(qtbot, window, "main.operator", "ANN  Ann Lee")
    reads(qtbot, window, "leads", "Description", ["x"])


# ---------------------------------------------------------------- the time zone of a number (CH-27)


def test_ch27_a_number_fills_the_empty_time_zone_where_everybody_sees_it(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.phone", "504-621-8927")
    assert shown(window, "time_zone") == "UTC−6 Central (Chicago)"
    assert sentence(window, "time_zone") == "Filled in from the phone number."
    fill(qtbot, window, "leads.phone", "212-555-2368")
    assert shown(window, "time_zone") == "UTC−5 Eastern (New York)", "a corrected number corrects what it filled"


def test_ch27_what_somebody_chose_stays(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "x")
    fill(qtbot, window, "leads.phone", "504-621-8927")
    choose(qtbot, window, "leads.time_zone", "UTC−8 Pacific (Los Angeles)")
    fill(qtbot, window, "leads.phone", "212-555-2368")
    assert shown(window, "time_zone") == "UTC−8 Pacific (Los Angeles)"
    press(qtbot, window, "leads.save")
    assert stored(window, Lead.get().number, "TimeZone", "Phone") == ["America/Los_Angeles", "212-555-2368"]


def test_ch27_a_zone_chosen_in_the_next_lead_stays_too(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "x")
    fill(qtbot, window, "leads.phone", "504-621-8927")
    press(qtbot, window, "leads.save_and_next")
    choose(qtbot, window, "leads.time_zone", "UTC−6 Central (Chicago)")
    fill(qtbot, window, "leads.phone", "212-555-2368")
    assert shown(window, "time_zone") == "UTC−6 Central (Chicago)"


def test_ch27_saved_without_leaving_the_field_the_zone_is_filled_as_well(qtbot, window):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    fill(qtbot, window, "leads.phone", "504-621-8927", leave=False)
    qtbot.keyClick(part(window, "leads.phone"), KEY.Key_S, CTRL)
    assert stored(window, Lead.get().number, "Phone", "TimeZone") == ["504-621-8927", "America/Chicago"]
    assert shown(window, "time_zone") == "UTC−6 Central (Chicago)"


# ---------------------------------------------------------------- the buttons (CH-18, CH-41 … CH-44)


def test_ch42_save_and_next_saves_and_starts_a_new_lead(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "First")
    qtbot.keyClick(part(window, "leads.description"), KEY.Key_Return, CTRL)
    assert [one.description for one in Lead.select()] == ["First"]
    assert shown(window, "description") == ""
    assert window.focusWidget() is part(window, "leads.description")
    fill(qtbot, window, "leads.description", "Second")
    press(qtbot, window, "leads.save_and_next")
    reads(qtbot, window, "leads", "Description", ["Second", "First"])
    assert shown(window, "description") == ""
    press(qtbot, window, "leads.save_and_next")
    assert sentence(window, "description") == "Description is required."
    assert Lead.select().count() == 2


def test_ch43_save_changes_saves_the_current_lead_and_only_what_was_changed(qtbot, window):
    number = lead(notes="kept").number
    reads(qtbot, window, "leads", "Description", ["x"])
    assert not part(window, "leads.save", QPushButton).isEnabled()
    assert part(window, "leads.save", QPushButton).toolTip() == "Nothing has been changed."
    fill(qtbot, window, "leads.title", "Boss")
    press(qtbot, window, "leads.save")
    assert stored(window, number, "Title", "Notes", "RowVersion") == ["Boss", "kept", "2"]


def test_ch44_cancel_changes_gives_up_what_was_typed_and_offers_it_back(qtbot, window):
    number = lead(title="Clerk", company="Benton").number
    reads(qtbot, window, "leads", "Description", ["x"])
    fill(qtbot, window, "leads.title", "Boss")
    fill(qtbot, window, "leads.company", "Acme")
    qtbot.keyClick(part(window, "leads.title"), KEY.Key_Escape)
    assert (shown(window, "title"), shown(window, "company")) == ("Clerk", "Benton")
    assert said(window) == "Changes cancelled."
    press(qtbot, window, "notices.action")
    assert (shown(window, "title"), shown(window, "company")) == ("Boss", "Acme")
    assert stored(window, number, "Title") == ["Clerk"]
    press(qtbot, window, "leads.save")
    assert stored(window, number, "Title", "Company") == ["Boss", "Acme"]


def test_ch44_a_cancelled_new_lead_is_offered_back_too(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.description", "Nearly")
    press(qtbot, window, "leads.cancel")
    assert Lead.select().count() == 0
    press(qtbot, window, "notices.action")
    assert shown(window, "description") == "Nearly"
    press(qtbot, window, "leads.save")
    assert Lead.get().description == "Nearly"


def test_ch44_cancelled_changes_come_back_to_their_own_lead(qtbot, window):
    first, second = lead(title="A"), lead(title="B")
    reads(qtbot, window, "leads", "Description", ["x", "x"])
    qtbot.waitUntil(lambda: shown(window, "title") == "B")
    fill(qtbot, window, "leads.title", "Boss")
    press(qtbot, window, "leads.cancel")
    click_row(qtbot, window, "leads", 1)
    qtbot.waitUntil(lambda: shown(window, "title") == "A")
    press(qtbot, window, "notices.action")
    qtbot.waitUntil(lambda: shown(window, "title") == "Boss")
    press(qtbot, window, "leads.save")
    assert (stored(window, first.number, "Title"), stored(window, second.number, "Title")) == (["A"], ["Boss"])


def test_ch41_remove_takes_a_lead_off_it_is_shown_under_removed_and_brought_back(qtbot, window):
    number = lead(last_name="Lee").number
    reads(qtbot, window, "leads", "Description", ["x"])
    press(qtbot, window, "leads.remove")
    assert part(window, "leads.restore", QPushButton).isVisible(), "while the list is still being read"
    reads(qtbot, window, "leads", "Description", [])
    assert stored(window, number, "IsRemoved") in (["1"], ["True"])
    assert said(window) == "Lead Lee removed."
    choose(qtbot, window, "leads.show", "Removed leads")
    reads(qtbot, window, "leads", "Description", ["x"])
    qtbot.waitUntil(lambda: part(window, "leads.restore", QPushButton).isVisible())
    assert not part(window, "leads.remove", QPushButton).isVisible()
    press(qtbot, window, "leads.restore")
    reads(qtbot, window, "leads", "Description", [])
    choose(qtbot, window, "leads.show", "Working leads")
    reads(qtbot, window, "leads", "Description", ["x"])
    assert stored(window, number, "IsRemoved") in (["0"], ["False"])


def test_ch41_a_new_lead_offers_nothing_of_a_removed_one(qtbot, window):
    leads.remove(lead().number, "ADMIN")
    choose(qtbot, window, "leads.show", "Removed leads")
    qtbot.waitUntil(lambda: part(window, "leads.restore", QPushButton).isVisible())
    press(qtbot, window, "leads.create")
    assert not part(window, "leads.restore", QPushButton).isVisible()
    assert part(window, "leads.remove", QPushButton).isVisible()


def test_ch41_del_in_the_list_removes_and_undo_brings_back(qtbot, window):
    lead(last_name="Lee")
    reads(qtbot, window, "leads", "Description", ["x"])
    qtbot.keyClick(part(window, "leads.grid", QTableView), KEY.Key_Delete)
    reads(qtbot, window, "leads", "Description", [])
    press(qtbot, window, "notices.undo")
    reads(qtbot, window, "leads", "Description", ["x"])


def test_ch18_keys_work_in_the_list_as_in_the_record(qtbot, window):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    grid = part(window, "leads.grid", QTableView)
    grid.setFocus()
    qtbot.keyClick(grid, KEY.Key_N, CTRL)
    assert window.focusWidget() is part(window, "leads.description")
    qtbot.keyClicks(window.focusWidget(), "From the keyboard")
    qtbot.keyClick(window.focusWidget(), KEY.Key_S, CTRL)
    assert Lead.select().count() == 2


def test_a_new_lead_given_up_leaves_by_a_click_on_the_very_row_that_was_open(qtbot, window):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    press(qtbot, window, "leads.create")
    assert shown(window, "description") == ""
    click_row(qtbot, window, "leads", 0)
    qtbot.waitUntil(lambda: shown(window, "description") == "x")
