"""Saved views as chips above a list (BX-13, VT-143…149): kept, chosen, counted, coloured, opening the list."""

from __future__ import annotations

import json
from contextlib import ExitStack

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QMenu, QPushButton, QToolButton

from channergy_crm.records import Lead, ListView
from channergy_crm.services import leads, operators, saving, views
from tests.ui.hands import opened
from ui.look import theme

pytestmark = pytest.mark.engines("sqlite")  # what is asked of a store here is asked of each in tests/domain


@pytest.fixture
def few(office):
    operators.add("ANN", "Ann", "ADMIN")
    for name, company, status in (("Lee", "Acme", "Reached"), ("Abel", "Blue", "Not Reached"), ("Zoe", "Acme", "")):
        leads.create({"description": name, "last_name": name, "company": company, "call_status": status}, "ADMIN")
    return office


@pytest.fixture
def open_window(few, qtbot):
    with ExitStack() as stack:

        def opening():
            hands = stack.enter_context(opened(qtbot, few.url))
            hands.go("leads")
            return hands

        yield opening


def keep(by="ADMIN", name="Acme", text="company:acme", columns=("last_name", "company"), **values):
    view = views.start("leads", by, text, columns, [("last_name", False)])
    view.name = name
    for field, value in values.items():
        setattr(view, field, value)
    return views.save(view, Lead, by)


def test_f71_vt143_vt149_the_list_as_it_stands_is_kept_as_a_view_and_chosen_again(open_window):
    hands = open_window()
    line = hands.part("leads.search", QLineEdit)
    QTest.keyClicks(line, "company:acme")
    hands.bot.waitUntil(lambda: sorted(hands.column("leads", "last_name")) == ["Lee", "Zoe"])

    def answer():
        dialog = QApplication.activeModalWidget()
        assert "Company contains acme." in dialog.findChild(QLabel, "view.sentence").text()
        QTest.keyClicks(dialog.findChild(QLineEdit, "view.name"), "The Acmes")
        assert not dialog.findChild(QCheckBox, "view.only_for_me").isChecked()
        dialog.findChild(QPushButton, "view.save").click()

    QTimer.singleShot(0, answer)
    hands.part("leads.views_menu", QMenu).aboutToShow.emit()
    menu = hands.part("leads.views_menu", QMenu)
    next(action for action in menu.actions() if action.objectName() == "leads.keep_view").trigger()
    held = ListView.get(ListView.name == "The Acmes")
    assert held.filter_text == "company:acme" and held.shared and held.pinned
    hands.part("leads.view_all", QToolButton).click()
    hands.bot.waitUntil(lambda: len(hands.column("leads", "last_name")) == 3)
    chip = hands.part(f"leads.view_{held.number}", QToolButton)
    chip.click()
    hands.bot.waitUntil(lambda: sorted(hands.column("leads", "last_name")) == ["Lee", "Zoe"])
    assert chip.isChecked() and line.text() == "company:acme"


def test_f71_vt143_only_for_me_keeps_a_view_from_the_others(open_window):
    hands = open_window()

    def answer():
        dialog = QApplication.activeModalWidget()
        QTest.keyClicks(dialog.findChild(QLineEdit, "view.name"), "Mine")
        dialog.findChild(QCheckBox, "view.only_for_me").click()
        dialog.findChild(QPushButton, "view.save").click()

    QTimer.singleShot(0, answer)
    menu = hands.part("leads.views_menu", QMenu)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.objectName() == "leads.keep_view").trigger()
    assert [view.name for view in views.of_list("leads", "ADMIN")] == ["Mine"]
    assert views.of_list("leads", "ANN") == []


def test_bx13_a_view_brings_its_columns_and_order_and_all_brings_the_usual_ones(open_window):
    number = keep(text="", columns=["company", "last_name"]).number
    hands = open_window()
    model = hands.grid("leads").model()
    usual = list(model.columns)
    hands.part(f"leads.view_{number}", QToolButton).click()
    assert model.columns == ["company", "last_name"]
    hands.bot.waitUntil(lambda: hands.column("leads", "last_name") == ["Abel", "Lee", "Zoe"])
    hands.part("leads.view_all", QToolButton).click()
    assert model.columns == usual


def test_bx13_the_list_opens_with_the_view_chosen_for_that_and_chips_count(open_window):
    number = keep(opens=True).number
    hands = open_window()
    hands.bot.waitUntil(lambda: sorted(hands.column("leads", "last_name")) == ["Lee", "Zoe"])
    chip = hands.part(f"leads.view_{number}", QToolButton)
    assert chip.isChecked()
    hands.bot.waitUntil(lambda: chip.text() == "Acme  2")
    leads.create({"description": "New", "company": "Acme"}, "ADMIN")
    hands.bot.waitUntil(lambda: chip.text() == "Acme  3")


def test_bx13_colour_rules_colour_the_rows_they_find(open_window):
    number = keep(text="", colours=json.dumps([["status=reached", "done"], ["company:acme", "soon"]])).number
    hands = open_window()
    hands.part(f"leads.view_{number}", QToolButton).click()
    hands.bot.waitUntil(lambda: hands.column("leads", "last_name") == ["Abel", "Lee", "Zoe"])
    model = hands.grid("leads").model()
    inks = [model.index(row, 0).data(Qt.ItemDataRole.ForegroundRole) for row in range(3)]
    assert inks == [None, theme.colour(hands.window, "done"), theme.colour(hands.window, "soon")]


def test_bx13_a_wrong_filter_is_said_in_the_dialog_and_nothing_is_lost(open_window):
    hands = open_window()
    seen = {}

    def answer():
        dialog = QApplication.activeModalWidget()
        dialog.findChild(QLineEdit, "view.name").setText("Wrong")
        dialog.findChild(QLineEdit, "view.search").setText("colour:red")
        dialog.findChild(QPushButton, "view.save").click()
        seen["said"] = dialog.findChild(QLabel, "view.search_said").text()
        seen["open"] = dialog.isVisible()
        dialog.reject()

    QTimer.singleShot(0, answer)
    menu = hands.part("leads.views_menu", QMenu)
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.objectName() == "leads.keep_view").trigger()
    assert seen["open"] and "no field" in seen["said"]
    assert ListView.select().count() == 0


def test_bx13_a_view_that_is_deleted_or_undone_leaves_its_chip(open_window):
    number = keep().number
    hands = open_window()
    hands.part(f"leads.view_{number}", QToolButton).click()
    views.remove(number, "ADMIN")
    hands.bot.waitUntil(lambda: len(hands.column("leads", "last_name")) == 3)
    assert hands.part("leads.view_all", QToolButton).isChecked()
    saving.undo_latest("ADMIN")
    assert f"leads.view_{number}" in {chip.objectName() for chip in hands.window.findChildren(QToolButton)}


def test_vt143_another_operator_sees_shared_views_only(open_window):
    keep(name="Mine", shared=False)
    shared = keep(name="Ours").number
    hands = open_window()
    hands.window.session.set_operator("ANN")

    def shown():
        chips = [chip for chip in hands.window.findChildren(QToolButton) if chip.objectName().startswith("leads.view_")]
        return {chip.objectName() for chip in chips if chip.isVisible()}

    hands.bot.waitUntil(lambda: shown() == {"leads.view_all", f"leads.view_{shared}"})
