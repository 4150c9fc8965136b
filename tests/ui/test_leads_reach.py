"""The ways out of a lead: mail, web and telephone; and the ways in: from an account, and whose list it is."""

from __future__ import annotations

from datetime import time
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QToolButton

from channergy_crm import clock
from channergy_crm.records import Lead
from channergy_crm.services import conversion, leads, operators
from channergy_crm.settings import BRIDGE
from channergy_crm.store import database
from tests.ui.hands import KEY, LEFT, opened

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain


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


# ---------------------------------------------------------------- mail and web (CH-29, CH-30)


def test_ch29_email_opens_the_mail_program_with_the_address(hands, programs):
    lead(email="zoe@example.com")
    hands.reads("leads", "Description", ["x"])
    hands.bot.mouseClick(hands.part("leads.send_email", QToolButton), LEFT)
    assert programs.opened == ["mailto:zoe@example.com"]
    hands.fill("leads.email", "bob@example.com")
    hands.bot.mouseClick(hands.part("leads.send_email", QToolButton), LEFT)
    assert programs.opened[1:] == ["mailto:bob@example.com"], "the address as it stands in the field"


def test_f13_an_address_with_something_riding_along_is_said_and_not_opened(hands, programs):
    lead(email="a@b.example?cc=x@y.example&attach=/etc/passwd")
    hands.reads("leads", "Description", ["x"])
    hands.bot.mouseClick(hands.part("leads.send_email", QToolButton), LEFT)
    assert programs.opened == [] and "is not one e-mail address" in hands.said()


@pytest.mark.parametrize(
    ("typed", "opened"),
    [("www.example.com", "http://www.example.com"), ("https://example.com/a?b=c", "https://example.com/a?b=c")],
)
def test_ch30_the_website_opens_in_the_browser(hands, programs, typed, opened):
    lead(website=typed)
    hands.reads("leads", "Description", ["x"])
    hands.bot.mouseClick(hands.part("leads.open_website", QToolButton), LEFT)
    assert programs.opened == [opened]


@pytest.mark.parametrize("typed", ["file:///etc/passwd", "not a place", "javascript:alert(1)"])
def test_ch30_what_is_no_web_address_opens_nothing_and_is_said(hands, programs, typed):
    lead(website=typed)
    hands.reads("leads", "Description", ["x"])
    hands.bot.mouseClick(hands.part("leads.open_website", QToolButton), LEFT)
    assert programs.opened == []
    assert "is not a web address" in hands.said()


@pytest.mark.parametrize("name", ["leads.send_email", "leads.open_website"])
def test_ch29_ch30_without_an_address_the_button_says_why_it_does_nothing(hands, name):
    lead()
    hands.reads("leads", "Description", ["x"])
    button = hands.part(name, QToolButton)
    assert not button.isEnabled()
    assert button.toolTip().startswith("There is no")


# ---------------------------------------------------------------- the telephone (CH-26, CH-45, CH-46)


def by_button(hands):
    hands.click("leads.dial")


def by_key_in_the_record(hands):
    editor = hands.part("leads.notes")
    editor.setFocus()
    hands.bot.keyClick(editor, KEY.Key_F9)


def by_key_in_the_list(hands):
    hands.click_row("leads", 0)
    hands.bot.keyClick(hands.part("leads.grid"), KEY.Key_F9)


def by_the_menu_of_the_list(hands):
    grid = hands.part("leads.grid")
    grid.customContextMenuRequested.emit(grid.visualRect(grid.model().index(0, 0)).center())
    menu = hands.window.findChild(QMenu, "leads.menu")
    assert menu.isVisible()
    action = next(one for one in menu.actions() if one.text() == "Dial Phone")
    menu.close()
    action.trigger()


DIALED = [by_button, by_key_in_the_record, by_key_in_the_list, by_the_menu_of_the_list]


@pytest.mark.parametrize("way", DIALED, ids=lambda way: way.__name__)
def test_ch45_dial_phone_hands_the_number_of_the_phone_field_to_the_dialer(hands, way):
    hands.window.session.station.set(BRIDGE, "copy_only")
    lead(phone="(504) 621-8927", other_phone="212-555-2368")
    hands.reads("leads", "Description", ["x"])
    way(hands)
    hands.bot.waitUntil(lambda: "+15046218927" in hands.said())


def test_ch45_ch26_the_number_as_it_stands_in_the_field_is_dialed_and_without_one_the_button_says_so(hands):
    hands.window.session.station.set(BRIDGE, "copy_only")
    lead()
    hands.reads("leads", "Description", ["x"])
    button = hands.part("leads.dial", QPushButton)
    assert (button.isEnabled(), button.toolTip()) == (False, "There is no phone number to dial.")
    hands.fill("leads.phone", "504-621-8927")
    hands.click("leads.dial")
    hands.bot.waitUntil(lambda: "+15046218927" in hands.said())


def test_f69_bx16_any_of_several_numbers_is_dialed_by_its_digit(hands):
    hands.window.session.station.set(BRIDGE, "copy_only")
    lead(phone="(504) 621-8927", more_phones="Mobile: 512-555-0142\nR&D: 212-555-2368")
    hands.reads("leads", "Description", ["x"])
    hands.part("leads.grid").setFocus()
    hands.bot.keyClick(hands.part("leads.grid"), KEY.Key_F9, Qt.KeyboardModifier.ShiftModifier)
    menu = hands.window.findChild(QMenu, "leads.numbers")
    assert [action.text().split("  ")[1] for action in menu.actions()] == [
        "Phone\t(504) 621-8927", "Mobile\t512-555-0142", "R&&D\t212-555-2368",
    ]  # fmt: skip
    hands.bot.keyClick(menu, KEY.Key_3)
    hands.bot.waitUntil(lambda: "+12125552368" in hands.said())


def test_ch46_what_is_no_number_is_refused_in_a_sentence(hands):
    hands.window.session.station.set(BRIDGE, "copy_only")
    lead(phone="call my mother")
    hands.reads("leads", "Description", ["x"])
    hands.click("leads.dial")
    hands.bot.waitUntil(lambda: hands.said() == "There is no phone number in “call my mother”.")


# ---------------------------------------------------------------- from an account (CH-139)


def test_ch139_a_lead_for_an_account_carries_both_numbers(hands):
    made = conversion.convert(lead(company="Benton", phone="504-621-8927").number, "ADMIN")
    hands.go("accounts")
    hands.reads("accounts", "Account Name", ["Benton"])
    hands.click("accounts.create_lead")
    assert hands.here() == "leads"
    assert (hands.shows("leads.company"), hands.shows("leads.phone")) == ("Benton", "504-621-8927")
    hands.fill("leads.description", "Wants more")
    hands.click("leads.save")
    number = Lead.get(Lead.description == "Wants more").number
    assert stored(hands, number, "CRMAccountNo", "CustNo") == [str(made.account.number), str(made.customer.number)]


# ---------------------------------------------------------------- whose (CH-6, CH-17)


def test_ch6_ch17_the_list_shows_ones_own_and_says_how_many(hands):
    lead(description="mine")
    leads.create({"description": "hers", "owner": "ANN"}, "ADMIN")
    hands.reads("leads", "Description", ["mine"])
    hands.bot.waitUntil(lambda: hands.part("main.status", QLabel).text().startswith("1 lead"))
    assert hands.column("leads", "Description") == ["mine"]


# ---------------------------------------------------------------- a note that another program wrote


@pytest.mark.parametrize("notes", ["x" * 1_000_000, "x" * 99_000, "word " * 200_000], ids=["endless", "long", "words"])
def test_f38_a_note_without_blanks_opens_at_once_and_stays_whole(hands, notes):
    first, other = lead(description="x").number, lead(description="y").number
    with database.writing(), database.proxy.atomic():
        database.proxy.execute_sql('UPDATE "CRMLeads" SET "Notes" = ? WHERE "LeadNo" = ?', (notes, first))
    hands.window.go_to("lead", other)
    hands.bot.waitUntil(lambda: hands.shows("leads.description") == "y")
    begun = perf_counter()
    hands.window.go_to("lead", first)
    QApplication.processEvents()
    taken = perf_counter() - begun
    editor = hands.part("leads.notes")
    assert editor.value() == notes.rstrip()
    assert taken < 1, f"{taken:.2f} s; it was fourteen"
    if len(notes) > 200_000:
        assert editor.isReadOnly() and "more letters" in editor.toPlainText()[-80:]


# ---------------------------------------------------------------- the facts over it (F-50)


def test_f50_their_clock_and_the_reminder_go_on_with_the_minute(hands):
    lead(last_name="Lee", time_zone="America/Chicago", reminder_date=clock.today(), reminder_time=time(14, 0))
    hands.reads("leads", "Last Name", ["Lee"])
    hands.stand("leads", 0)
    now, there, promised = clock.now(), hands.part("leads.summary.fact_2"), hands.part("leads.summary.fact_3")
    for at, ink in ((now.replace(hour=13, minute=58), "soon"), (now.replace(hour=14, minute=1), "overdue")):
        with clock.fixed(at):
            hands.window.tick()
            shown = at.astimezone(ZoneInfo("America/Chicago"))
            assert (there.fact.text, promised.fact.ink) == (f"{shown:%H:%M}", ink)
