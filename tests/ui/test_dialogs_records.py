"""The questions about one record: two versions of it, the account of a lead, changes about to be lost, columns."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QListWidget, QMessageBox, QRadioButton, QWidget

from channergy_crm.errors import Clash
from channergy_crm.records import Lead, lookups
from channergy_crm.services import conversion, leads, operators, saving
from channergy_crm.settings import Station
from tests.ui.gestures import alone, focused, part, words
from tests.ui.hands import ALT, KEY, LEFT
from ui.forms.clash_dialog import ClashDialog, excerpts
from ui.forms.leave_dialog import ask_to_save
from ui.lists.columns_dialog import ColumnsDialog
from ui.screens.convert_dialog import ConvertDialog
from ui.widgets.option import Option

pytestmark = pytest.mark.engines("sqlite")

ANN = {"description": "Wants a demo", "first_name": "Ann", "last_name": "Lee", "company": "Benton", "owner": "ADMIN"}


# ---------------------------------------------------------------- two people, one record (C6)


@pytest.fixture
def clash(office, operator):
    """Two people changed the phone, the call code and the reminder of one lead."""
    operators.add("BOB", "Bob", operator)
    number = leads.create({**ANN, "phone": "(650) 253-0000"}, operator).number
    mine, theirs = Lead.find(number), Lead.find(number)
    codes = lookups.choices("CRMLeads", "CallCode")
    theirs.phone, theirs.call_code, theirs.reminder_date = "(650) 253-0001", codes[0].value, date(2026, 11, 24)
    theirs.title = "Owner"
    leads.save(theirs, "BOB")
    mine.phone, mine.call_code, mine.reminder_date = "(650) 253-0002", codes[1].value, date(2026, 11, 30)
    with pytest.raises(Clash) as caught:
        leads.save(mine, operator)
    return caught.value, mine, codes


def test_c6_both_versions_are_shown_as_people_read_them_and_mine_is_chosen(qtbot, clash):
    caught, mine, codes = clash
    dialog = alone(qtbot, ClashDialog(caught, mine))
    for text in ("BOB", "(650) 253-0000", "(650) 253-0001", "(650) 253-0002", codes[0].description, "2026"):
        assert text in words(dialog)
    assert dialog.choice() == {
        "phone": "(650) 253-0002", "call_code": codes[1].value, "reminder_date": date(2026, 11, 30)
    }  # fmt: skip
    assert focused(dialog) == "clash.phone.mine"


def test_c6_each_field_is_chosen_for_itself_and_saved_with_what_did_not_clash(qtbot, clash, operator):
    caught, mine, codes = clash
    dialog = alone(qtbot, ClashDialog(caught, mine))
    qtbot.mouseClick(part(dialog, "clash.all_theirs"), LEFT)
    words_of_mine = part(dialog, "clash.phone.mine", QRadioButton).parentWidget().findChild(QLabel)
    qtbot.mouseClick(words_of_mine, LEFT)
    qtbot.keyClick(dialog, KEY.Key_Return)
    assert dialog.result() == QDialog.DialogCode.Accepted
    saved = saving.settle_clash(mine, caught, dialog.choice(), operator)
    again = Lead.find(saved.number)
    assert (again.phone, again.call_code, again.reminder_date, again.title) == (
        "(650) 253-0002", codes[0].value, date(2026, 11, 24), "Owner",
    )  # fmt: skip


def test_c6_escape_keeps_editing(qtbot, clash):
    caught, mine, _ = clash
    dialog = alone(qtbot, ClashDialog(caught, mine))
    qtbot.mouseClick(part(dialog, "clash.all_theirs"), LEFT)
    qtbot.mouseClick(part(dialog, "clash.all_mine"), LEFT)
    assert dialog.choice()["phone"] == "(650) 253-0002"
    qtbot.keyClick(dialog, KEY.Key_Escape)
    assert dialog.result() == QDialog.DialogCode.Rejected


def test_long_texts_are_shown_where_they_differ():
    start = "Called. " * 100
    before, mine, theirs = excerpts(["", f"{start}Friday", f"{start}Monday"])
    assert before == ""
    assert mine.startswith("…") and mine.endswith("Friday")
    assert theirs.endswith("Monday")
    assert excerpts(["a", "b", "c"]) == ["a", "b", "c"]


# ---------------------------------------------------------------- the account of a lead (K1, K2, CH-140)


@pytest.fixture
def lead(office, operator):
    """A lead of a company two accounts have the name of."""
    for name in ("Maria", "Bob"):
        first = leads.create({**ANN, "first_name": name, "phone": "(650) 253-0000"}, operator)
        conversion.convert(first.number, operator)
    return leads.create(ANN, operator)


@pytest.fixture
def convert(qtbot, lead):
    return alone(qtbot, ConvertDialog(lead, conversion.matches(lead, "ADMIN"), "ADMIN", None))


def test_ch140_vt167_no_account_is_chosen_for_anybody(qtbot, convert):
    button = part(convert, "convert.convert")
    assert not any(radio.isChecked() for radio in convert.findChildren(QRadioButton))
    assert not button.isEnabled()
    assert "Choose" in button.toolTip()
    assert focused(convert) == "convert.new"
    qtbot.keyClick(convert, KEY.Key_Return)
    assert convert.isVisible()


def test_vt167_accounts_are_told_apart_by_name_number_owner_phone_and_reason(convert, lead):
    for match in conversion.matches(lead, "ADMIN"):
        assert match.account.caption() in words(convert)
        line = next(text for text in words(convert).splitlines() if f"Account {match.account.number} " in text)
        assert all(known in line for known in ("ADMIN", "(650) 253-0000", "same company"))


def test_ch140_a_new_account_by_key_alone(qtbot, convert, lead, operator):
    qtbot.keyClick(convert.focusWidget(), KEY.Key_Space)
    assert part(convert, "convert.convert").isEnabled()
    qtbot.keyClick(convert.focusWidget(), KEY.Key_Return)
    assert convert.result() == QDialog.DialogCode.Accepted
    assert convert.chosen() is None
    assert conversion.convert(lead.number, operator, convert.chosen()).customer is not None


def test_f71_ch93_ch40_the_name_and_the_owner_of_the_opportunity_start_filled(qtbot, convert, lead, operator):
    assert (convert.name(), convert.owner()) == (lead.description, lead.owner)
    qtbot.keyClick(convert.focusWidget(), KEY.Key_Space)
    name = part(convert, "convert.name", QLineEdit)
    name.selectAll()
    qtbot.keyClicks(name, "Twelve seats")
    operators.add("BEN", "Ben", operator)
    done = conversion.convert(lead.number, operator, convert.chosen(), name=convert.name(), owner="BEN")
    assert (done.opportunity.name, done.opportunity.owner, done.account.owner) == ("Twelve seats", "BEN", "BEN")


def test_ch139_an_account_that_is_there_by_arrow_keys(qtbot, convert, lead):
    qtbot.keyClick(convert.focusWidget(), KEY.Key_Space)
    qtbot.keyClick(convert.focusWidget(), KEY.Key_Down)
    assert convert.chosen() == conversion.matches(lead, "ADMIN")[0].account.number
    qtbot.keyClick(convert, KEY.Key_Escape)
    assert convert.result() == QDialog.DialogCode.Rejected


def test_ch139_a_double_click_on_an_account_chooses_and_converts(qtbot, convert, lead, operator):
    second = conversion.matches(lead, "ADMIN")[1].account.number
    option = part(convert, f"convert.account_{second}", QRadioButton).parentWidget()
    assert isinstance(option, Option)
    qtbot.mouseDClick(option, LEFT, pos=QPoint(60, 12))
    assert (convert.result(), convert.chosen()) == (QDialog.DialogCode.Accepted, second)
    done = conversion.convert(lead.number, operator, second)
    assert (done.account.number, done.customer) == (second, None)


# ---------------------------------------------------------------- changes about to be lost


@pytest.mark.parametrize(
    ("deed", "answer"),
    [
        (lambda bot, box: bot.keyClick(box, KEY.Key_Return), "save"),
        (lambda bot, box: bot.keyClick(box, KEY.Key_Escape), "stay"),
        (lambda bot, box: bot.mouseClick(part(box, "leave.save"), LEFT), "save"),
        (lambda bot, box: bot.mouseClick(part(box, "leave.discard"), LEFT), "discard"),
        (lambda bot, box: bot.mouseClick(part(box, "leave.stay"), LEFT), "stay"),
        (lambda bot, box: box.close(), "stay"),
    ],
)
def test_unsaved_changes_are_asked_about(qtbot, deed, answer):
    seen = []

    def reply() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.append(box.text())
        deed(qtbot, box)

    QTimer.singleShot(0, reply)
    assert ask_to_save("Ann Lee") == answer
    assert seen == ["Save the changes to Ann Lee?"]


# ---------------------------------------------------------------- columns


ALL = [("number", "Lead #"), ("first_name", "First Name"), ("company", "Company"), ("phone", "Phone")]


@pytest.fixture
def columns(qtbot, home):
    return alone(qtbot, ColumnsDialog(ALL, ["company", "phone"], None, Station()))


def test_columns_shown_come_first_and_in_their_order(columns):
    names = part(columns, "columns.list", QListWidget)
    assert [names.item(row).text() for row in range(4)] == ["Company", "Phone", "Lead #", "First Name"]
    assert columns.chosen() == ["company", "phone"]
    assert focused(columns) == "columns.list"


def test_columns_are_checked_and_moved_by_key(qtbot, columns):
    names = part(columns, "columns.list", QListWidget)
    qtbot.keyClick(names, KEY.Key_Down, ALT)
    assert columns.chosen() == ["phone", "company"]
    names.setCurrentRow(2)
    qtbot.keyClick(names, KEY.Key_Space)
    qtbot.keyClick(names, KEY.Key_Up, ALT)
    assert columns.chosen() == ["phone", "number", "company"]
    qtbot.keyClick(names, KEY.Key_Return)
    assert columns.result() == QDialog.DialogCode.Accepted


def test_columns_move_by_button_as_far_as_they_go(qtbot, columns):
    from PySide6.QtWidgets import QToolButton

    up, down = part(columns, "columns.up", QToolButton), part(columns, "columns.down", QToolButton)
    assert not up.isEnabled()
    for _ in range(3):
        qtbot.mouseClick(down, LEFT)
    assert not down.isEnabled()
    assert columns.chosen() == ["phone", "company"]


def test_a_list_keeps_at_least_one_column(qtbot, columns):
    names = part(columns, "columns.list", QListWidget)
    for row in (0, 1):
        names.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert "at least one column" in words(columns)
    assert not part(columns, "columns.show").isEnabled()
    columns.accept()
    assert columns.isVisible()


def test_a_dialog_opens_in_the_size_it_was_left_in(qtbot, home):
    first = alone(qtbot, ColumnsDialog(ALL, ["phone"], None, Station()))
    first.resize(480, 500)
    qtbot.keyClick(first, KEY.Key_Escape)
    again = alone(qtbot, ColumnsDialog(ALL, ["phone"], None, Station()))
    assert (again.width(), again.height()) == (480, 500)
    Station().remember("dialog.columns.size", ["wide", None])
    assert ColumnsDialog(ALL, ["phone"], None, Station()).width() == 360


def test_the_answer_is_read_after_asking_and_then_the_dialog_goes_away(qtbot, home):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ColumnsDialog(ALL, ["phone"], parent)
    QTimer.singleShot(0, dialog.accept)
    with qtbot.waitSignal(dialog.destroyed):
        assert dialog.exec() == QDialog.DialogCode.Accepted
        assert dialog.chosen() == ["phone"]
