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
from tests.ui.gestures import offered, part, titles
from tests.ui.hands import CTRL, KEY, opened
from ui.application import open_office
from ui.forms.form import Form
from ui.session.notices import Notices
from ui.shell.tabs import TABS
from ui.shell.window import MainWindow

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain
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


def shows_only(hands, name):
    """Every list of every tab shows what has that name, and nothing else."""
    for tab, (table, label) in OWN.items():
        hands.go(tab)
        hands.reads(table, label, [name])
    hands.go("reminders")
    for place, (table, label) in enumerate(KINDS):
        hands.part("reminders.tabs", QTabWidget).setCurrentIndex(place)
        hands.reads(table, label, [name])


# ---------------------------------------------------------------- whose records (CH-6, CH-7, CH-9, CH-16)


def test_ch6_ch7_ch9_the_drop_down_decides_whose_records_every_tab_shows(qtbot, database_url):
    work_of("ADMIN", "Mine")
    work_of("ANN", "Hers")
    with opened(qtbot, database_url) as hands:
        assert offered(hands.part("main.operator", QComboBox)) == ["ADMIN  Administrator", "ANN  Ann Lee"]
        shows_only(hands, "Mine")
        hands.choose("main.operator", "ANN  Ann Lee")
        shows_only(hands, "Hers")
        assert titles(hands.part("main.tabs", QTabWidget)) == ["Reminders 2", *SIX[1:]]


@pytest.mark.parametrize("tab", SIX)
def test_ch9_the_tab_that_is_open_follows_at_once_and_its_record_with_it(qtbot, database_url, tab):
    work_of("ADMIN", "Mine")
    work_of("ANN", "Hers")
    table, label = OWN.get(tab, KINDS[0])
    with opened(qtbot, database_url) as hands:
        hands.go(tab)
        hands.reads(table, label, ["Mine"])
        hands.choose("main.operator", "ANN  Ann Lee")
        hands.reads(table, label, ["Hers"])
        for page, field in (("Leads", "leads.last_name"), ("Accounts", "accounts.name")):
            if tab == page:
                qtbot.waitUntil(lambda field=field: hands.part(field).value() == "Hers")


def test_ch9_what_is_made_next_belongs_to_the_operator_at_work(qtbot, database_url):
    with opened(qtbot, database_url) as hands:
        hands.choose("main.operator", "ANN  Ann Lee")
        hands.go("leads")
        hands.click("leads.create")
        assert hands.part("leads.owner").value() == "ANN"


def test_ch7_the_operator_is_remembered_on_this_workstation_and_no_other(qtbot, database_url, monkeypatch, tmp_path):
    with opened(qtbot, database_url) as hands:
        hands.choose("main.operator", "ANN  Ann Lee")
    with opened(qtbot, database_url, None) as hands:
        assert hands.window.session.by == hands.part("main.operator", QComboBox).currentData() == "ANN"
    monkeypatch.setenv("CHANNERGY_CRM_HOME", str(tmp_path / "another desk"))
    with opened(qtbot, database_url, None) as hands:
        assert hands.window.session.by == "ADMIN"


def test_ch7_a_remembered_operator_who_has_retired_is_not_chosen(qtbot, database_url):
    with opened(qtbot, database_url) as hands:
        hands.choose("main.operator", "ANN  Ann Lee")
        retired = Operator.find("ANN")
        retired.active = False
        operators.save(retired, "ADMIN")
    with opened(qtbot, database_url, None) as hands:
        assert hands.window.session.by == "ADMIN"
        assert offered(hands.part("main.operator", QComboBox)) == ["ADMIN  Administrator"]


def test_ch9_operators_added_and_retired_are_seen_in_the_drop_down_at_once(qtbot, database_url):
    with opened(qtbot, database_url) as hands:
        operators.add("BOB", "Bob Ray", "ADMIN")
        box = hands.part("main.operator", QComboBox)
        assert offered(box) == ["ADMIN  Administrator", "ANN  Ann Lee", "BOB  Bob Ray"]
        assert box.currentData() == "ADMIN"
        operators.remove("BOB", "ADMIN")
        assert len(offered(box)) == 2
        assert [one.id for one in access.operators()] == ["ADMIN", "ANN"]


# ---------------------------------------------------------------- the window itself (CH-3, CH-4, CH-5, CH-8, CH-10)


def test_ch5_ch8_the_window_has_a_title_a_maximize_button_and_the_operator_in_its_head(qtbot, database_url):
    with opened(qtbot, database_url) as hands:
        assert "Customer Relations" in hands.window.windowTitle()
        assert hands.window.windowTitle().endswith(f"Channergy CRM {__version__}")
        assert hands.window.windowFlags() & Qt.WindowType.WindowMaximizeButtonHint
        box = hands.part("main.operator", QComboBox)
        for show in (hands.window.showMaximized, hands.window.showNormal):
            show()
            assert box.isVisible()
            assert box.mapTo(hands.window, QPoint(0, 0)).y() < 60


def test_ch10_ch17_six_tabs_in_their_order_reached_by_click_and_by_key(qtbot, database_url):
    with opened(qtbot, database_url) as hands:
        assert titles(hands.part("main.tabs", QTabWidget)) == SIX
        assert hands.here() == "reminders"
        for number, title in enumerate(SIX):
            qtbot.keyClick(hands.window, Qt.Key(KEY.Key_1 + number), CTRL)
            assert hands.here() == title.lower()
        for title in SIX:
            hands.go(title)
            assert hands.here() == title.lower()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_ch3_everything_fits_without_scrolling_a_form_sideways(qtbot, database_url, size):
    work_of("ADMIN", "Mine")
    number = leads.create({"description": "x", "company": "C" * 60, "email": "a" * 40 + "@example.com"}, "ADMIN").number
    conversion.convert(number, "ADMIN")
    with opened(qtbot, database_url) as hands:
        hands.window.resize(*size)
        assert (hands.window.width(), hands.window.height()) == size, "it can be that small"
        for title in SIX:
            hands.go(title)
            for place in range(5 if title == "Accounts" else 1):
                hands.part("accounts.tabs", QTabWidget).setCurrentIndex(place)
                fits(hands)


def fits(hands):
    """No form is wider than its room, and no button stands outside the window."""
    for form in hands.window.findChildren(Form):
        if form.isVisible():
            assert form.widget().minimumSizeHint().width() <= form.viewport().width(), form.parent().objectName()
    for button in hands.window.findChildren(QAbstractButton):
        if button.isVisible() and button.objectName() and not inside_a_form(button):
            corner = button.mapTo(hands.window, button.rect().bottomRight())
            assert hands.window.rect().contains(corner), button.objectName()


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


def test_ch5_the_status_line_says_what_is_shown_whose_it_is_and_through_which_view(qtbot, database_url):
    work_of("ADMIN", "Mine")
    with opened(qtbot, database_url) as hands:
        hands.go("leads")
        qtbot.waitUntil(lambda: hands.part("main.status", QLabel).text() == "1 lead · mine · Working leads")
        qtbot.keyClicks(hands.part("leads.search"), "nobody")
        qtbot.waitUntil(
            lambda: hands.part("main.status", QLabel).text() == "0 leads match the filter · mine · Working leads"
        )
        assert hands.said() == ""
