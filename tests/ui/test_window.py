"""The main window: one operator's workplace, at every size, with the drop-down that decides whose records are shown."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QTabWidget, QWidget

from channergy_crm import __version__, access
from channergy_crm.records.operators import Operator
from channergy_crm.services import conversion, leads, operators
from tests import made
from tests.ui.hands import CTRL, KEY, choose, go, here, offered, opened, part, press, reads, said, titles
from ui.application import open_office
from ui.forms.form import Form
from ui.session.notices import Notices
from ui.shell.tabs import TABS
from ui.shell.window import MainWindow

SIX = ["Reminders", "Leads", "Accounts", "Contacts", "Opportunities", "Tasks"]
SIZES = [(1280, 1024), (1440, 900)]
TODAY = date(2026, 11, 23)
OWN = {
    "Leads": ("leads", "Last Name"),
    "Accounts": ("accounts", "Account Name"),
    "Contacts": ("contacts", "Last Name"),
    "Opportunities": ("opportunities", "Name"),
    "Tasks": ("tasks", "Action"),
}
KINDS = [("reminders.tasks", "Action"), ("reminders.open_tasks", "Action"), ("reminders.leads", "Last Name")]


@pytest.fixture(autouse=True)
def new_office(office, fixed_clock):
    """A new office with one colleague."""
    operators.add("ANN", "Ann Lee", "ADMIN")


def work_of(owner, name):
    """One of everything that belongs to an operator, each with that name."""
    leads.create({"description": name, "last_name": name, "owner": owner, "reminder_date": TODAY}, owner)
    account = made.account(name, owner)
    made.contact(account, "", name)
    made.opportunity(account, name, owner)
    made.task(account, name, owner, reminder_date=TODAY)


def shows_only(qtbot, window, name):
    """Every list of every tab shows what has that name, and nothing else."""
    for tab, (table, label) in OWN.items():
        go(window, tab)
        reads(qtbot, window, table, label, [name])
    go(window, "Reminders")
    for place, (table, label) in enumerate(KINDS):
        part(window, "reminders.tabs", QTabWidget).setCurrentIndex(place)
        reads(qtbot, window, table, label, [name])


# ---------------------------------------------------------------- whose records (CH-6, CH-7, CH-9, CH-16)


def test_ch6_ch7_ch9_the_drop_down_decides_whose_records_every_tab_shows(qtbot, database_url):
    work_of("ADMIN", "Mine")
    work_of("ANN", "Hers")
    with opened(qtbot, database_url) as window:
        assert offered(part(window, "main.operator", QComboBox)) == ["ADMIN  Administrator", "ANN  Ann Lee"]
        shows_only(qtbot, window, "Mine")
        choose(qtbot, window, "main.operator", "ANN  Ann Lee")
        shows_only(qtbot, window, "Hers")
        assert titles(part(window, "main.tabs", QTabWidget)) == ["Reminders 2", *SIX[1:]]


@pytest.mark.parametrize("tab", SIX)
def test_ch9_the_tab_that_is_open_follows_at_once_and_its_record_with_it(qtbot, database_url, tab):
    work_of("ADMIN", "Mine")
    work_of("ANN", "Hers")
    table, label = OWN.get(tab, KINDS[0])
    with opened(qtbot, database_url) as window:
        go(window, tab)
        reads(qtbot, window, table, label, ["Mine"])
        choose(qtbot, window, "main.operator", "ANN  Ann Lee")
        reads(qtbot, window, table, label, ["Hers"])
        qtbot.waitUntil(lambda: part(window, "main.status", QLabel).text().endswith("· ANN"))
        for page, field in (("Leads", "leads.last_name"), ("Accounts", "accounts.name")):
            if tab == page:
                qtbot.waitUntil(lambda field=field: part(window, field).value() == "Hers")


def test_ch9_what_is_made_next_belongs_to_the_operator_at_work(qtbot, database_url):
    with opened(qtbot, database_url) as window:
        choose(qtbot, window, "main.operator", "ANN  Ann Lee")
        go(window, "Leads")
        press(qtbot, window, "leads.create")
        assert part(window, "leads.owner").value() == "ANN"


def test_ch7_the_operator_is_remembered_on_this_workstation_and_no_other(qtbot, database_url, monkeypatch, tmp_path):
    with opened(qtbot, database_url) as window:
        choose(qtbot, window, "main.operator", "ANN  Ann Lee")
    with opened(qtbot, database_url, None) as window:
        assert window.session.by == part(window, "main.operator", QComboBox).currentData() == "ANN"
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(tmp_path / "another desk"))
    with opened(qtbot, database_url, None) as window:
        assert window.session.by == "ADMIN"


def test_ch7_a_remembered_operator_who_has_retired_is_not_chosen(qtbot, database_url):
    with opened(qtbot, database_url) as window:
        choose(qtbot, window, "main.operator", "ANN  Ann Lee")
        retired = Operator.find("ANN")
        retired.active = False
        operators.save(retired, "ADMIN")
    with opened(qtbot, database_url, None) as window:
        assert window.session.by == "ADMIN"
        assert offered(part(window, "main.operator", QComboBox)) == ["ADMIN  Administrator"]


def test_ch9_operators_added_and_retired_are_seen_in_the_drop_down_at_once(qtbot, database_url):
    with opened(qtbot, database_url) as window:
        operators.add("BOB", "Bob Ray", "ADMIN")
        box = part(window, "main.operator", QComboBox)
        assert offered(box) == ["ADMIN  Administrator", "ANN  Ann Lee", "BOB  Bob Ray"]
        assert box.currentData() == "ADMIN"
        operators.remove("BOB", "ADMIN")
        assert len(offered(box)) == 2
        assert [one.id for one in access.operators()] == ["ADMIN", "ANN"]


# ---------------------------------------------------------------- the window itself (CH-3, CH-4, CH-5, CH-8, CH-10)


def test_ch5_ch8_the_window_has_a_title_a_maximize_button_and_the_operator_in_its_head(qtbot, database_url):
    with opened(qtbot, database_url) as window:
        assert "Customer Relations" in window.windowTitle()
        assert window.windowTitle().endswith(f"Channergy CRM {__version__}")
        assert window.windowFlags() & Qt.WindowType.WindowMaximizeButtonHint
        box = part(window, "main.operator", QComboBox)
        for show in (window.showMaximized, window.showNormal):
            show()
            assert box.isVisible()
            assert box.mapTo(window, QPoint(0, 0)).y() < 60


def test_ch10_ch17_six_tabs_in_their_order_reached_by_click_and_by_key(qtbot, database_url):
    with opened(qtbot, database_url) as window:
        assert titles(part(window, "main.tabs", QTabWidget)) == SIX
        assert here(window) == "Reminders"
        for number, title in enumerate(SIX):
            qtbot.keyClick(window, Qt.Key(KEY.Key_1 + number), CTRL)
            assert here(window) == title
        for title in SIX:
            go(window, title)
            assert here(window) == title


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_ch3_everything_fits_without_scrolling_a_form_sideways(qtbot, database_url, size):
    work_of("ADMIN", "Mine")
    number = leads.create({"description": "x", "company": "C" * 60, "email": "a" * 40 + "@example.com"}, "ADMIN").number
    conversion.convert(number, "ADMIN")
    with opened(qtbot, database_url) as window:
        window.resize(*size)
        assert (window.width(), window.height()) == size, "it can be that small"
        for title in SIX:
            go(window, title)
            for place in range(5 if title == "Accounts" else 1):
                part(window, "accounts.tabs", QTabWidget).setCurrentIndex(place)
                fits(window)


def fits(window):
    """No form is wider than its room, and no button stands outside the window."""
    for form in window.findChildren(Form):
        if form.isVisible():
            assert form.widget().minimumSizeHint().width() <= form.viewport().width(), form.parent().objectName()
    for button in window.findChildren(QAbstractButton):
        if button.isVisible() and button.objectName() and not inside_a_form(button):
            corner = button.mapTo(window, button.rect().bottomRight())
            assert window.rect().contains(corner), button.objectName()


def inside_a_form(widget):
    """Whether a widget is scrolled up and down with a form."""
    parent = widget.parentWidget()
    return parent is not None and (isinstance(parent, Form) or inside_a_form(parent))


def test_ch4_an_area_that_is_left_out_is_not_missed(qtbot, database_url):
    whole = open_office(database_url, "ADMIN")
    without = [tab for tab in TABS if tab.name not in ("opportunities", "contacts")]
    window = MainWindow(without, lambda notices, tasks: whole.session)
    assert titles(part(window, "main.tabs", QTabWidget)) == ["Reminders", "Leads", "Accounts", "Tasks"]
    window.build_all()
    assert window.findChild(Notices) is not None
    assert window.findChild(QWidget, "contacts.grid") is None
    for one in (window, whole):
        qtbot.addWidget(one)


def test_ch5_the_status_line_says_what_is_shown(qtbot, database_url):
    work_of("ADMIN", "Mine")
    with opened(qtbot, database_url) as window:
        go(window, "Leads")
        qtbot.waitUntil(lambda: part(window, "main.status", QLabel).text() == "1 lead · ADMIN")
        qtbot.keyClicks(part(window, "leads.search"), "nobody")
        qtbot.waitUntil(lambda: part(window, "main.status", QLabel).text() == "0 leads match the filter · ADMIN")
        assert said(window) == ""
