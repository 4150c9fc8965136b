"""The ways out of a lead: mail, web and telephone; and the ways in: from an account, and whose list it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QMenu, QPushButton, QToolButton

from channergy_crm.records import Lead
from channergy_crm.services import conversion, leads, operators
from channergy_crm.settings import BRIDGE
from tests.ui.hands import KEY, LEFT, click_row, column, fill, go, here, opened, part, press, reads, said


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


def shown(window, field):
    """What a field shows."""
    editor = part(window, f"leads.{field}")
    return editor.currentText() if isinstance(editor, QComboBox) else editor.value()


# ---------------------------------------------------------------- mail and web (CH-29, CH-30)


class Programs(QObject):
    """The mail program and the browser of this workstation."""

    def __init__(self):
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url):
        """Be asked to open an address."""
        self.opened.append(url.toString())


@pytest.fixture
def programs():
    """What the system would open, written down."""
    held = Programs()
    for scheme in ("mailto", "http", "https"):
        QDesktopServices.setUrlHandler(scheme, held, "open")
    yield held
    for scheme in ("mailto", "http", "https"):
        QDesktopServices.unsetUrlHandler(scheme)


def test_ch29_email_opens_the_mail_program_with_the_address(qtbot, window, programs):
    lead(email="zoe@example.com")
    reads(qtbot, window, "leads", "Description", ["x"])
    qtbot.mouseClick(part(window, "leads.send_email", QToolButton), LEFT)
    assert programs.opened == ["mailto:zoe@example.com"]
    fill(qtbot, window, "leads.email", "bob@example.com")
    qtbot.mouseClick(part(window, "leads.send_email", QToolButton), LEFT)
    assert programs.opened[1:] == ["mailto:bob@example.com"], "the address as it stands in the field"


@pytest.mark.parametrize(
    ("typed", "opened"),
    [("www.example.com", "http://www.example.com"), ("https://example.com/a?b=c", "https://example.com/a?b=c")],
)
def test_ch30_the_website_opens_in_the_browser(qtbot, window, programs, typed, opened):
    lead(website=typed)
    reads(qtbot, window, "leads", "Description", ["x"])
    qtbot.mouseClick(part(window, "leads.open_website", QToolButton), LEFT)
    assert programs.opened == [opened]


@pytest.mark.parametrize("typed", ["file:///etc/passwd", "not a place", "javascript:alert(1)"])
def test_ch30_what_is_no_web_address_opens_nothing_and_is_said(qtbot, window, programs, typed):
    lead(website=typed)
    reads(qtbot, window, "leads", "Description", ["x"])
    qtbot.mouseClick(part(window, "leads.open_website", QToolButton), LEFT)
    assert programs.opened == []
    assert "is not a web address" in said(window)


@pytest.mark.parametrize("name", ["leads.send_email", "leads.open_website"])
def test_ch29_ch30_without_an_address_the_button_says_why_it_does_nothing(qtbot, window, name):
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    button = part(window, name, QToolButton)
    assert not button.isEnabled()
    assert button.toolTip().startswith("There is no")


# ---------------------------------------------------------------- the telephone (CH-26, CH-45, CH-46)


def by_button(qtbot, window):
    press(qtbot, window, "leads.dial")


def by_key_in_the_record(qtbot, window):
    editor = part(window, "leads.notes")
    editor.setFocus()
    qtbot.keyClick(editor, KEY.Key_F9)


def by_key_in_the_list(qtbot, window):
    click_row(qtbot, window, "leads", 0)
    qtbot.keyClick(part(window, "leads.grid"), KEY.Key_F9)


def by_the_menu_of_the_list(qtbot, window):
    grid = part(window, "leads.grid")
    grid.customContextMenuRequested.emit(grid.visualRect(grid.model().index(0, 0)).center())
    menu = window.findChild(QMenu, "leads.menu")
    assert menu.isVisible()
    action = next(one for one in menu.actions() if one.text() == "Dial Phone")
    menu.close()
    action.trigger()


DIALED = [by_button, by_key_in_the_record, by_key_in_the_list, by_the_menu_of_the_list]


@pytest.mark.parametrize("way", DIALED, ids=lambda way: way.__name__)
def test_ch45_dial_phone_hands_the_number_of_the_phone_field_to_the_dialer(qtbot, window, way):
    window.session.station.set(BRIDGE, "copy_only")
    lead(phone="(504) 621-8927", other_phone="212-555-2368")
    reads(qtbot, window, "leads", "Description", ["x"])
    way(qtbot, window)
    qtbot.waitUntil(lambda: "+15046218927" in said(window))


def test_ch45_ch26_the_number_as_it_stands_in_the_field_is_dialed_and_without_one_the_button_says_so(qtbot, window):
    window.session.station.set(BRIDGE, "copy_only")
    lead()
    reads(qtbot, window, "leads", "Description", ["x"])
    button = part(window, "leads.dial", QPushButton)
    assert (button.isEnabled(), button.toolTip()) == (False, "There is no phone number to dial.")
    fill(qtbot, window, "leads.phone", "504-621-8927")
    press(qtbot, window, "leads.dial")
    qtbot.waitUntil(lambda: "+15046218927" in said(window))


def test_ch46_what_is_no_number_is_refused_in_a_sentence(qtbot, window):
    window.session.station.set(BRIDGE, "copy_only")
    lead(phone="call my mother")
    reads(qtbot, window, "leads", "Description", ["x"])
    press(qtbot, window, "leads.dial")
    qtbot.waitUntil(lambda: said(window) == "There is no phone number in “call my mother”.")


# ---------------------------------------------------------------- from an account (CH-139)


def test_ch139_a_lead_for_an_account_carries_both_numbers(qtbot, window):
    made = conversion.convert(lead(company="Benton", phone="504-621-8927").number, "ADMIN")
    go(window, "Accounts")
    reads(qtbot, window, "accounts", "Account Name", ["Benton"])
    press(qtbot, window, "accounts.create_lead")
    assert here(window) == "Leads"
    assert (shown(window, "company"), shown(window, "phone")) == ("Benton", "504-621-8927")
    fill(qtbot, window, "leads.description", "Wants more")
    press(qtbot, window, "leads.save")
    number = Lead.get(Lead.description == "Wants more").number
    assert stored(window, number, "CRMAccountNo", "CustNo") == [str(made.account.number), str(made.customer.number)]


# ---------------------------------------------------------------- whose (CH-6, CH-17)


def test_ch6_ch17_the_list_shows_ones_own_and_says_how_many(qtbot, window):
    lead(description="mine")
    leads.create({"description": "hers", "owner": "ANN"}, "ADMIN")
    reads(qtbot, window, "leads", "Description", ["mine"])
    qtbot.waitUntil(lambda: part(window, "main.status", QLabel).text().startswith("1 lead"))
    assert column(window, "leads", "Description") == ["mine"]
