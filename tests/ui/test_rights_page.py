"""Settings > Operators and rights: users, groups, roles, sign-in history (VT-47…VT-49, VT-65…VT-70)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)

from channergy_crm import access, clock
from channergy_crm.records import Lead, Operator
from channergy_crm.services import absences, groups, operators, roles, security, signing_in
from tests import factories
from tests.domain.secured import made
from tests.ui.gestures import alone, part, words
from tests.ui.hands import KEY, Hands
from tests.ui.setting_up import settings
from ui.setup.rights.away_dialog import AwayDialog
from ui.setup.rights.hand_over_dialog import HandOverDialog
from ui.setup.rights.matrix import COLUMNS, RightsMatrix
from ui.setup.rights.page import RightsPage
from ui.setup.rights.security_dialog import SecurityDialog
from ui.setup.rights.sign_ins_part import SignInList

if TYPE_CHECKING:
    from pathlib import Path

    from ui.session.session import Session

pytestmark = [pytest.mark.usefixtures("fixed_clock"), pytest.mark.engines("sqlite")]
USERS, GROUPS, ROLES, SIGN_INS = range(4)
GOOD = "four dry words here"


@pytest.fixture
def rights(hands: Hands) -> RightsPage:
    """The page, in an office with Ann, Bea, a group and the usual roles."""
    for id in ("ANN", "BEA"):
        operators.add(id, id.title(), "ADMIN")
    groups.create("NORTH", "North", "ADMIN")
    roles.make_usual("ADMIN")
    settings(hands, "operators")
    return part(hands.window, "rights.page", RightsPage)


def matrix_of(rights: RightsPage) -> RightsMatrix:
    """The matrix, with the role Operator chosen and the keyboard in it."""
    rights.show_part(ROLES)
    names = part(rights, "roles.names")
    names.choose(next(role.number for role in roles.every("ADMIN") if role.name == "Operator"))
    matrix = part(rights, "roles.matrix", RightsMatrix)
    matrix.setFocus()
    return matrix


def cell(matrix: RightsMatrix, record: str, right: str) -> Any:
    row = [each.plural for each in matrix.cells.records].index(record)
    return matrix.cells.index(row, [name for name, *_more in COLUMNS].index(right))  # type: ignore[arg-type]


def go(matrix: RightsMatrix, record: str, right: str) -> None:
    index = cell(matrix, record, right)
    matrix.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def held(table: str) -> dict[str, str]:
    role = next(role for role in roles.every("ADMIN") if role.name == "Operator")
    return roles.matrix(role.number, "ADMIN").get(table, {})


# ---------------------------------------------------------------- roles


def test_vt66_the_matrix_shows_every_record_type_and_how_far_the_role_goes(rights: RightsPage) -> None:
    matrix = matrix_of(rights)
    shown = [[str(matrix.cells.index(row, column).data()) for column in range(7)] for row in range(9)]
    assert shown[0] == ["Leads", "Yes", "own", "own", "own", "No", "No"]
    assert [row[0] for row in shown] == [
        "Leads", "Accounts", "Contacts", "Opportunities", "Campaigns", "Sales documents", "Tasks",
        "Products", "Vendors",
    ]  # fmt: skip


@pytest.mark.parametrize(("key", "scope"), [(KEY.Key_O, "own"), (KEY.Key_G, "group"), (KEY.Key_A, "all")])
def test_vt67_a_letter_in_a_cell_says_how_far(rights: RightsPage, key: Qt.Key, scope: str) -> None:
    matrix = matrix_of(rights)
    go(matrix, "Leads", "view")
    QTest.keyClick(matrix, key)
    assert held("CRMLeads")["view"] == scope and held("CRMLeads")["edit"] == "own"


def test_vt68_seeing_less_takes_changing_with_it_and_changing_more_brings_seeing_along(rights: RightsPage) -> None:
    matrix = matrix_of(rights)
    go(matrix, "Accounts", "edit")
    QTest.keyClick(matrix, KEY.Key_A)
    assert (held("CRMAccounts")["view"], held("CRMAccounts")["edit"]) == ("all", "all")
    go(matrix, "Accounts", "view")
    QTest.keyClick(matrix, KEY.Key_N)
    assert held("CRMAccounts") == {"use": "all"}


def test_vt69_vt70_space_ticks_and_turns_and_off_in_use_empties_the_row(rights: RightsPage) -> None:
    matrix = matrix_of(rights)
    go(matrix, "Tasks", "export")
    QTest.keyClick(matrix, KEY.Key_Space)
    assert held("CustServ")["export"] == "all"
    go(matrix, "Tasks", "delete")
    QTest.keyClick(matrix, KEY.Key_Space)
    assert held("CustServ")["delete"] == "group"
    go(matrix, "Tasks", "use")
    QTest.keyClick(matrix, KEY.Key_Space)
    assert held("CustServ") == {}
    assert str(cell(matrix, "Tasks", "view").data()) == ""
    go(matrix, "Tasks", "view")
    QTest.keyClick(matrix, KEY.Key_A)
    assert held("CustServ") == {}, "what is not used has no reach"


def test_rows_of_the_matrix_are_copied_and_put_in(rights: RightsPage) -> None:
    matrix = matrix_of(rights)
    go(matrix, "Leads", "view")
    QTest.keyClick(matrix, KEY.Key_A)
    QTest.keyClick(matrix, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    go(matrix, "Tasks", "use")
    QTest.keyClick(matrix, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert held("CustServ") == held("CRMLeads")
    QApplication.clipboard().setText("nonsense")
    QTest.keyClick(matrix, KEY.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert held("CustServ") == held("CRMLeads")


def test_a_click_ticks_and_undo_takes_it_back_everywhere(rights: RightsPage, hands: Hands) -> None:
    matrix = matrix_of(rights)
    room = matrix.visualRect(cell(matrix, "Leads", "import"))
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=room.center())
    assert held("CRMLeads")["import"] == "all"
    hands.window.session.undo()
    assert "import" not in held("CRMLeads")
    assert str(cell(matrix, "Leads", "import").data()) == "No"


def test_vs17_job_functions_are_ticks_of_the_role(rights: RightsPage) -> None:
    matrix_of(rights)
    box = part(rights, "roles.job.crm", QCheckBox)
    box.click()
    role = next(role for role in roles.every("ADMIN") if role.name == "Operator")
    assert roles.matrix(role.number, "ADMIN")[""] == {"crm": "all", "issue": "all"}
    assert access.has_job("ANN", "crm")


def test_what_somebody_sees_is_counted_beside_the_matrix(rights: RightsPage) -> None:
    for owner in ("ANN", "ANN", "BEA"):
        made(Lead, owner)
    rights.window().resize(1440, 900)
    matrix_of(rights)
    who = part(rights, "roles.person", QComboBox)
    who.setCurrentIndex(who.findData("ANN"))
    said = words(part(rights, "roles.preview_of"))
    assert "View of Leads is “own”." in said and "Export: Leads" in said
    table = [label.text() for label in part(rights, "roles.preview_of").findChildren(QWidget) if hasattr(label, "text")]
    assert table[table.index("Leads") + 1 : table.index("Leads") + 4] == ["2", "2", "3"]


def test_vt65_an_operator_sees_the_roles_and_changes_none(hands: Hands) -> None:
    operators.add("ANN", "Ann", "ADMIN")
    roles.make_usual("ADMIN")
    from tests.domain.secured import switch_on

    hands.window.session.set_operator("ANN")
    switch_on()
    settings(hands, "operators")
    rights = part(hands.window, "rights.page", RightsPage)
    matrix = matrix_of(rights)
    go(matrix, "Leads", "view")
    QTest.keyClick(matrix, KEY.Key_A)
    assert held("CRMLeads")["view"] == "own"
    assert not part(rights, "roles.create", QPushButton).isEnabled()
    assert "Only an administrator" in part(rights, "roles.create", QPushButton).toolTip()


# ---------------------------------------------------------------- users and groups


def test_vt48_roles_and_groups_of_a_user_are_ticks(rights: RightsPage) -> None:
    rights.show_part(USERS)
    part(rights, "operators.grid").go_to("ANN")
    boxes = {role.name: part(rights, f"users.role.{role.number}", QCheckBox) for role in roles.every("ADMIN")}
    assert boxes["Operator"].isChecked() and not boxes["Team leader"].isChecked()
    boxes["Team leader"].click()
    assert {role.name for role in roles.of_operator("ANN", "ADMIN")} == {"Operator", "Team leader"}
    part(rights, "users.group.NORTH", QCheckBox).click()
    assert groups.members("ADMIN") == {"NORTH": ["ANN"]}
    part(rights, "operators.grid").go_to("BEA")
    assert not boxes["Team leader"].isChecked()


def test_vt10_an_administrator_gives_a_password_that_is_shown_once(rights: RightsPage) -> None:
    rights.show_part(USERS)
    part(rights, "operators.grid").go_to("ANN")
    part(rights, "users.password", QPushButton).click()
    said = next(text for text in words(rights).splitlines() if text.startswith("Tell Ann: "))
    password = said.removeprefix("Tell Ann: ").split("  ")[0]
    assert signing_in.sign_in("ANN", password) == "ANN" and signing_in.must_change("ANN")
    part(rights, "operators.grid").go_to("BEA")
    assert "Tell Ann" not in words(rights)


def test_whoever_is_locked_out_is_let_in_again_here(rights: RightsPage) -> None:
    rights.show_part(USERS)
    part(rights, "operators.grid").go_to("ANN")
    again = part(rights, "users.unlock", QPushButton)
    assert not again.isEnabled()
    for _turn in range(signing_in.TRIES):
        signing_in.note("ANN", "refused")
    part(rights, "operators.grid").go_to("BEA")
    part(rights, "operators.grid").go_to("ANN")
    assert "locked out" in words(rights)
    again.click()
    assert signing_in.locked_out("ADMIN") == set() and not again.isEnabled()


def test_k15_members_of_a_group_are_ticks_and_another_window_is_followed(rights: RightsPage) -> None:
    rights.show_part(GROUPS)
    part(rights, "groups.member.BEA", QCheckBox).click()
    assert groups.members("ADMIN") == {"NORTH": ["BEA"]}
    groups.create("SOUTH", "South", "ADMIN")
    names = part(rights, "groups.names")
    assert [names.item(row).text() for row in range(names.count())] == ["North (NORTH)", "South (SOUTH)"]


def test_vt58_everybodys_sign_ins_are_listed_and_one_can_be_chosen(rights: RightsPage) -> None:
    signing_in.note("ANN", "in", "DESK-1")
    signing_in.note("BEA", "refused", "DESK-2")
    rights.show_part(SIGN_INS)
    grid = part(rights, "logins.grid", SignInList)
    lines = [[str(grid.logins.index(row, column).data()) for column in (1, 2, 3)] for row in range(2)]
    assert lines == [["BEA  Bea", "wrong password", "DESK-2"], ["ANN  Ann", "signed in", "DESK-1"]]
    who = part(rights, "logins.user", QComboBox)
    who.setCurrentIndex(who.findData("ANN"))
    assert grid.logins.rowCount() == 1


def test_where_there_is_little_room_the_topics_stand_before_the_title(rights: RightsPage, hands: Hands) -> None:
    hands.window.resize(960, 700)
    QApplication.processEvents()
    others = part(rights, "settings.other_topics", QComboBox)
    assert others.isVisible() and others.currentText() == "Operators and rights"
    assert not part(hands.window, "settings.topics").isVisible()
    rights.show_part(ROLES)
    QApplication.processEvents()
    assert part(rights, "roles.preview", QPushButton).isVisible() and not part(rights, "roles.preview_of").isVisible()
    others.setCurrentIndex(0)
    others.activated.emit(0)
    assert part(hands.window, "settings.topics").isVisible()


# ---------------------------------------------------------------- dialogs


@pytest.fixture
def session(rights: RightsPage, hands: Hands) -> Session:
    return hands.window.session


def test_switching_security_on_asks_for_a_good_password_twice_and_a_place(
    qtbot: Any, session: Session, hands: Hands, tmp_path: Path
) -> None:
    dialog = alone(qtbot, SecurityDialog(session, hands.window))
    assert "other tools" in words(dialog)
    new, again, file = (part(dialog, f"security.{word}", QLineEdit) for word in ("new", "again", "file"))
    file.setText(str(tmp_path / "recovery.txt"))
    for first, second, said in (("short", "short", "at least 10"), (GOOD, "other", "not the same")):
        new.setText(first)
        again.setText(second)
        dialog.accept()
        assert said in words(dialog) and not security.is_on()
    new.setText(GOOD)
    again.setText(GOOD)
    (tmp_path / "a file").write_text("", "utf-8")
    file.setText(str(tmp_path / "a file" / "recovery.txt"))
    dialog.accept()
    assert "cannot be written" in words(dialog) and not security.is_on()
    file.setText(str(tmp_path / "recovery.txt"))
    dialog.accept()
    assert security.is_on() and (tmp_path / "recovery.txt").exists()
    off = alone(qtbot, SecurityDialog(session, hands.window))
    off.accept()
    assert not security.is_on()


def test_bx39_a_user_is_marked_away_and_a_wrong_day_is_said(qtbot: Any, session: Session, hands: Hands) -> None:
    ann = Operator.find("ANN")
    assert ann is not None
    dialog = alone(qtbot, AwayDialog(ann, session, hands.window))
    part(dialog, "away.last").set_value(clock.today() - timedelta(days=1))
    dialog.accept()
    assert "before the first" in words(dialog) and dialog.result() != QDialog.DialogCode.Accepted
    part(dialog, "away.last").set_value(clock.today() + timedelta(days=2))
    part(dialog, "away.receivers").set_value("ADMIN")
    dialog.accept()
    held = absences.of("ANN", "ADMIN")
    assert [(each.last, each.receivers()) for each in held] == [(clock.today() + timedelta(days=2), ["ADMIN"])]
    again = alone(qtbot, AwayDialog(ann, session, hands.window))
    next(button for button in again.findChildren(QPushButton) if button.objectName().startswith("away.end")).click()
    assert absences.of("ANN", "ADMIN") == []


def test_handing_over_shows_what_goes_to_whom_before_it_is_done(qtbot: Any, session: Session, hands: Hands) -> None:
    for turn in range(3):
        made(Lead, "ANN", turn)
    ann = Operator.find("ANN")
    assert ann is not None
    dialog = alone(qtbot, HandOverDialog(ann, session, hands.window))
    assert not part(dialog, "hand_over.do", QPushButton).isEnabled() and "Choose who gets them" in words(dialog)
    for id, share in (("BEA", 2), ("NORTH", 1)):
        part(dialog, f"hand_over.{id}").set_value(share)
        part(dialog, f"hand_over.{id}").changed.emit()
    assert "BEA: 2 leads" in words(dialog) and "NORTH: 1 lead" in words(dialog)
    dialog.accept()
    assert {lead.owner for lead in Lead.select()} == {"BEA", "NORTH"}
    assert not (Operator.find("ANN") or Operator()).active
    session.undo()
    assert {lead.owner for lead in Lead.select()} == {"ANN"} and factories.BY == "ADMIN"


def test_everything_on_the_page_has_a_name(rights: RightsPage) -> None:
    for place in (USERS, GROUPS, ROLES, SIGN_INS):
        rights.show_part(place)
    for kind in (QPushButton, QCheckBox, QComboBox, QLineEdit, QAbstractItemView):
        for widget in rights.findChildren(kind):
            inside = isinstance(widget.parent(), QComboBox) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus
            assert inside or not widget.isVisible() or (widget.objectName() and widget.accessibleName()), widget
