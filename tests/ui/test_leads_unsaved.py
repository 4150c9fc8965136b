"""Nothing typed is ever lost in silence: asked on every way out, kept through a crash, and two people's work merged."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QPushButton, QRadioButton

from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from tests.ui.crashing import die_while_typing
from tests.ui.hands import (
    CTRL,
    KEY,
    answering,
    choose,
    click_row,
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
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as window:
        operators.add("ANN", "Ann Lee", "ADMIN")
        for name in ("Ann", "Bob"):
            leads.create({"description": f"{name}'s wish", "first_name": name}, "ADMIN")
        go(window, "Leads")
        reads(qtbot, window, "leads", "First Name", ["Bob", "Ann"])
        qtbot.waitUntil(lambda: typed(window, "first_name") == "Bob")
        yield window


def typed(window, field):
    """What stands in a field of the form."""
    return part(window, f"leads.{field}").value()


def kept(name, field="title"):
    """What the store holds of a lead."""
    return getattr(Lead.get(Lead.first_name == name), field)


# ---------------------------------------------------------------- asked on every way out


def another_row(qtbot, window):
    click_row(qtbot, window, "leads", 1)


def another_row_by_key(qtbot, window):
    grid = part(window, "leads.grid")
    grid.setFocus()
    qtbot.keyClick(grid, KEY.Key_Down)


def another_tab(qtbot, window):
    go(window, "Tasks")


def another_tab_by_key(qtbot, window):
    qtbot.keyClick(window, KEY.Key_1, CTRL)


def another_operator(qtbot, window):
    box = part(window, "main.operator", QComboBox)
    box.setFocus()
    qtbot.keyClick(box, KEY.Key_Down)


def a_new_lead(qtbot, window):
    press(qtbot, window, "leads.create")


def the_end(qtbot, window):
    window.close()


WAYS = [another_row, another_row_by_key, another_tab, another_tab_by_key, another_operator, a_new_lead, the_end]
each_way = pytest.mark.parametrize("leave", WAYS, ids=lambda way: way.__name__)


def place(window):
    """Where the window stands: tab, operator, open lead, open at all."""
    return here(window), window.session.by, typed(window, "first_name"), window.isVisible()


@each_way
def test_ch43_unsaved_changes_are_asked_about_and_saved(qtbot, window, leave):
    fill(qtbot, window, "leads.title", "Boss")
    before = place(window)
    with answering(qtbot, "leave.save") as asked:
        leave(qtbot, window)
    assert asked == ["Save the changes to Bob?\nWhat you typed is lost if you discard it."]
    assert kept("Bob") == "Boss"
    qtbot.waitUntil(lambda: place(window) != before)


def test_ch43_after_saving_the_lead_that_was_clicked_is_open_and_stays_open(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    with answering(qtbot, "leave.save"):
        click_row(qtbot, window, "leads", 1)
    table = window.findChild(object, "leads.list")
    with qtbot.waitSignal(table.settled, raising=False, timeout=1000):
        table.refresh()
    assert typed(window, "first_name") == "Ann"
    assert table.current() == Lead.get(Lead.first_name == "Ann").number


@each_way
def test_ch44_unsaved_changes_are_asked_about_and_discarded(qtbot, window, leave):
    fill(qtbot, window, "leads.title", "Boss")
    before = place(window)
    with answering(qtbot, "leave.discard") as asked:
        leave(qtbot, window)
    assert len(asked) == 1
    assert kept("Bob") == ""
    qtbot.waitUntil(lambda: place(window) != before)


@each_way
def test_ch43_unsaved_changes_are_asked_about_and_stayed_with(qtbot, window, leave):
    fill(qtbot, window, "leads.title", "Boss")
    before = place(window)
    with answering(qtbot, "leave.stay") as asked:
        leave(qtbot, window)
    assert len(asked) == 1
    assert place(window) == before
    assert part(window, "main.operator", QComboBox).currentData() == "ADMIN"
    assert (typed(window, "title"), kept("Bob")) == ("Boss", "")
    assert part(window, "leads.list").current() == Lead.get(Lead.first_name == "Bob").number


@each_way
def test_ch43_without_changes_nobody_is_asked(qtbot, window, leave):
    before = place(window)
    leave(qtbot, window)
    qtbot.waitUntil(lambda: place(window) != before)


def test_ch21_saving_on_the_way_out_stays_when_something_is_missing(qtbot, window):
    fill(qtbot, window, "leads.description", "")
    with answering(qtbot, "leave.save"):
        go(window, "Tasks")
    assert (here(window), typed(window, "description")) == ("Leads", "")
    assert part(window, "leads.description.said").text() == "Description is required."
    with answering(qtbot, "leave.discard"):
        go(window, "Tasks")
    assert here(window) == "Tasks"
    assert kept("Bob", "description") == "Bob's wish"


def test_ch38_what_cannot_be_read_counts_as_typed(qtbot, window):
    fill(qtbot, window, "leads.reminder_time", "25:10")
    with answering(qtbot, "leave.stay"):
        go(window, "Tasks")
    assert part(window, "leads.reminder_time").text() == "25:10"


def test_ch41_removing_asks_about_what_was_typed(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    with answering(qtbot, "leave.save"):
        press(qtbot, window, "leads.remove")
    reads(qtbot, window, "leads", "First Name", ["Ann"])
    bob = Lead.get(Lead.first_name == "Bob")
    assert (bob.title, bob.removed) == ("Boss", True)


# ---------------------------------------------------------------- what is a change and what is none


def test_ch44_what_was_taken_back_after_a_refused_save_is_not_saved(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    fill(qtbot, window, "leads.description", "")
    press(qtbot, window, "leads.save")
    assert "Not saved yet" in said(window)
    fill(qtbot, window, "leads.title", "")
    fill(qtbot, window, "leads.description", "Another wish")
    press(qtbot, window, "leads.save")
    assert (kept("Bob"), kept("Bob", "description")) == ("", "Another wish")


def test_ch44_in_a_new_lead_as_well(qtbot, window):
    press(qtbot, window, "leads.create")
    fill(qtbot, window, "leads.call_date", "today")
    fill(qtbot, window, "leads.company", "Acme")
    press(qtbot, window, "leads.save")
    fill(qtbot, window, "leads.call_date", "")
    fill(qtbot, window, "leads.company", "")
    fill(qtbot, window, "leads.description", "New")
    press(qtbot, window, "leads.save")
    new = Lead.get(Lead.description == "New")
    assert (new.call_date, new.company) == (None, "")


def test_ch43_blanks_that_came_from_elsewhere_are_no_change(qtbot, window):
    number = leads.create({"description": " Cy \t", "first_name": "Cy ", "notes": "a\r\nb \n", "type": " x"}, "ADMIN")
    window.go_to("lead", number.number)
    assert typed(window, "first_name") == "Cy"
    assert not part(window, "leads.save", QPushButton).isEnabled()
    go(window, "Tasks")
    assert here(window) == "Tasks"


# ---------------------------------------------------------------- kept through a crash (BX-19)


def take_up(qtbot, window):
    """Say yes to the notice that offers what was typed."""
    assert "What you typed into a lead when the program ended was kept." in said(window)
    press(qtbot, window, "notices.action")


@pytest.fixture
def bob(office):
    """A lead in the store before any window is open."""
    return leads.create({"description": "Bob's wish", "first_name": "Bob"}, "ADMIN").number


def test_bx19_what_was_typed_into_a_lead_is_offered_again_after_a_crash(qtbot, database_url, home, bob):
    leads.create({"description": "Ann's wish", "first_name": "Ann"}, "ADMIN")
    die_while_typing(database_url, home, "lead", bob, "leads.notes", "He rang twice")
    with opened(qtbot, database_url) as window:
        take_up(qtbot, window)
        assert here(window) == "Leads"
        qtbot.waitUntil(lambda: typed(window, "notes") == "He rang twice")
        assert typed(window, "first_name") == "Bob"
        assert kept("Bob", "notes") == ""
        press(qtbot, window, "leads.save")
        assert kept("Bob", "notes") == "He rang twice"
    with opened(qtbot, database_url) as window:
        assert said(window) == "", "what was saved is not offered again"


def test_bx19_a_new_lead_too(qtbot, database_url, home, bob):
    die_while_typing(database_url, home, "lead", 0, "leads.description", "Somebody new")
    with opened(qtbot, database_url) as window:
        take_up(qtbot, window)
        assert typed(window, "description") == "Somebody new"
        press(qtbot, window, "leads.save")
        assert Lead.select().where(Lead.description == "Somebody new").count() == 1


def test_bx19_a_new_lead_of_an_account_keeps_its_account(qtbot, database_url, home, bob):
    from channergy_crm.services import conversion

    made = conversion.convert(bob, "ADMIN")
    die_while_typing(database_url, home, "new_lead", made.account.number, "leads.description", "Wants more")
    with opened(qtbot, database_url) as window:
        take_up(qtbot, window)
        press(qtbot, window, "leads.save")
        new = Lead.get(Lead.description == "Wants more")
        assert (new.account, new.customer, new.first_name) == (made.account.number, made.customer.number, "Bob")


def test_bx19_an_offer_nobody_took_is_made_again(qtbot, database_url, home, bob):
    die_while_typing(database_url, home, "lead", bob, "leads.notes", "He rang twice")
    with opened(qtbot, database_url):
        pass
    with opened(qtbot, database_url) as window:
        take_up(qtbot, window)
        qtbot.waitUntil(lambda: typed(window, "notes") == "He rang twice")


# ---------------------------------------------------------------- two people, one lead (C6)


def meanwhile(**values):
    """Somebody else saves the same lead."""
    theirs = Lead.get(Lead.first_name == "Bob")
    for name, value in values.items():
        setattr(theirs, name, value)
    leads.save(theirs, "ANN")


def test_c6_fields_that_do_not_clash_merge_by_themselves(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    meanwhile(company="Acme", notes="theirs")
    press(qtbot, window, "leads.save")
    assert [kept("Bob", field) for field in ("title", "company", "notes")] == ["Boss", "Acme", "theirs"]
    assert (typed(window, "company"), typed(window, "notes")) == ("Acme", "theirs")


def test_c6_clashing_fields_are_chosen_one_by_one(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    fill(qtbot, window, "leads.company", "Acme")
    fill(qtbot, window, "leads.city" if part(window, "leads.city").isVisible() else "leads.notes", "mine")
    meanwhile(title="Clerk", company="Benton", objection="theirs")
    with answering(qtbot, "clash.company.theirs", "clash.save") as asked:
        press(qtbot, window, "leads.save")
    for text in ("ANN changed Bob while you were editing it.", "Boss", "Clerk", "Acme", "Benton"):
        assert text in asked[0]
    assert "theirs" not in asked[0].replace("All theirs", ""), "what does not clash is not asked about"
    fields = ("title", "company", "notes", "objection")
    assert [kept("Bob", field) for field in fields] == ["Boss", "Benton", "mine", "theirs"]
    assert [typed(window, field) for field in fields] == ["Boss", "Benton", "mine", "theirs"]


def test_c6_keep_editing_saves_nothing_and_loses_nothing(qtbot, window):
    fill(qtbot, window, "leads.title", "Boss")
    meanwhile(title="Clerk")
    with answering(qtbot, "clash.keep_editing"):
        press(qtbot, window, "leads.save")
    assert (typed(window, "title"), kept("Bob")) == ("Boss", "Clerk")
    with answering(qtbot, "clash.all_theirs", "clash.save"):
        press(qtbot, window, "leads.save")
    assert (typed(window, "title"), kept("Bob")) == ("Clerk", "Clerk")


def test_c6_mine_is_chosen_beforehand_and_shown_as_people_read_it(qtbot, window):
    choose(qtbot, window, "leads.call_code", "Call Back")
    meanwhile(call_code="DNC")
    with answering(qtbot, "clash.save") as asked:
        press(qtbot, window, "leads.save")
    assert "Call Back" in asked[0]
    assert "Do Not Call" in asked[0]
    assert kept("Bob", "call_code") == "CALLBK"


def test_c6_a_lead_nobody_is_typing_into_follows_what_others_save(qtbot, window):
    meanwhile(title="Clerk")
    qtbot.waitUntil(lambda: typed(window, "title") == "Clerk")
    assert window.findChild(QRadioButton, "clash.title.mine") is None
