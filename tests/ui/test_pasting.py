"""Ctrl+V outside an editor fills in a new lead, which is saved when somebody saves it (BX-27)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton

from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from tests.ui.hands import CTRL, Hands
from ui.forms.looks_like import LookAlikes

pytestmark = pytest.mark.engines("sqlite")

KEY = Qt.Key
SIGNATURE = "Ann Lee\nSales Manager\nAcme Inc.\n12 Main Street\nSpringfield, IL 62704\n(504) 621-8927\n"


def test_bx27_a_pasted_signature_is_a_new_lead_that_waits_to_be_saved(hands: Hands) -> None:
    leads.create({"description": "Fair", "last_name": "Orth", "phone": "504-621-8927"}, "ADMIN")
    QGuiApplication.clipboard().setText(SIGNATURE)
    hands.go("tasks")
    hands.grid("tasks").setFocus()
    hands.press(KEY.Key_V, CTRL)
    assert hands.where()[0] == "leads"
    names = ("first_name", "last_name", "title", "company", "phone", "city", "time_zone")
    typed = [hands.part(f"leads.{name}").value() for name in names]
    assert typed == ["Ann", "Lee", "Sales Manager", "Acme Inc.", "(504) 621-8927", "Springfield", "America/Chicago"]
    assert hands.part("leads.city").isVisible()
    assert Lead.select().count() == 1
    line = hands.part("leads.looks_like", LookAlikes)
    hands.bot.waitUntil(lambda: line.isVisible() and "Orth</a> (lead, same phone)" in line.text())
    hands.click("leads.save")
    saved = Lead.get(Lead.last_name == "Lee")
    assert (saved.city, saved.description, saved.owner) == ("Springfield", "Acme Inc.", "ADMIN")


@pytest.mark.usefixtures("every_page")
def test_bx27_in_an_editor_ctrl_v_pastes_and_of_many_rows_all_can_be_imported(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("Company\tPhone\nAcme\t504-621-8927\nBlue\t212-736-5000\n")
    hands.go("leads")
    hands.click("leads.create")
    hands.part("leads.notes").setFocus()
    hands.press(KEY.Key_V, CTRL)
    assert "Blue" in hands.part("leads.notes").value()
    hands.part("main.tabs").setFocus()
    hands.window.findChild(object, "main.paste_lead").trigger()
    assert "Description is required." in hands.said(), "C7: what cannot be saved is not left"
    hands.click("notices.action")
    hands.window.findChild(object, "main.paste_lead").trigger()
    assert hands.part("leads.company").value() == "Acme"
    assert "One more stands on the clipboard" in hands.said()
    offered = [button.text() for button in hands.window.notices.findChildren(QAbstractButton) if button.isVisible()]
    assert "Import all" in offered


def test_bx27_nothing_to_be_made_out_is_said(hands: Hands) -> None:
    QGuiApplication.clipboard().setText("hello")
    hands.go("leads")
    hands.grid("leads").setFocus()
    hands.press(KEY.Key_V, CTRL)
    assert hands.said() == "Nothing that was copied looks like a person or a company."


def test_f36_of_a_pasted_thread_whom_we_answered_is_the_lead(hands: Hands) -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    asked = "> Best regards\n> Lena Ford\n> Ford Cranes Inc.\n> +1 512-555-0301\n"
    QGuiApplication.clipboard().setText(
        "Hi Lena,\nyes.\nBest regards\nAnn Lee\n+1 512-555-0100\n\n"
        f"On Mar 5, 2024 Lena Ford <lena@ford.example> wrote:\n{asked}"
    )
    hands.go("tasks")
    hands.grid("tasks").setFocus()
    hands.press(KEY.Key_V, CTRL)
    typed = [hands.part(f"leads.{name}").value() for name in ("first_name", "last_name", "phone", "email")]
    assert typed == ["Lena", "Ford", "+1 512-555-0301", "lena@ford.example"]
