"""Who looks like the record being typed is said in a quiet line, each name a link that opens (BX-9, BX-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from channergy_crm.records import Contact
from channergy_crm.services import leads
from tests import made
from ui.forms.looks_like import LookAlikes

if TYPE_CHECKING:
    from tests.ui.hands import Hands

KEY = Qt.Key


def line(hands: Hands, name: str) -> LookAlikes:
    return hands.part(f"{name}.looks_like", LookAlikes)


@pytest.mark.usefixtures("every_page")
def test_bx9_a_new_lead_tells_who_looks_like_it_and_leads_there(hands: Hands) -> None:
    account = made.account("Wolkenstein Ltd", phone="+1 504 621 8927")
    made.contact(account, "Ann", "Lee")
    hands.go("leads")
    hands.click("leads.create")
    told = line(hands, "leads")
    assert not told.isVisible()
    hands.fill("leads.phone", "504.621.8927")
    hands.bot.waitUntil(told.isVisible)
    assert "Wolkenstein Ltd</a> (account, same phone)." in told.text()
    focused = QApplication.focusWidget()
    hands.fill("leads.first_name", "Anne")
    hands.fill("leads.last_name", "Lee")
    hands.fill("leads.company", "Wolkenstien")
    hands.bot.waitUntil(lambda: "Ann Lee, Wolkenstein Ltd</a> (contact, similar name)" in told.text())
    assert "Wolkenstein Ltd</a> (account, same phone, similar name) · " in told.text()
    assert focused is not told and QApplication.focusWidget() is not told
    told.setFocus(Qt.FocusReason.TabFocusReason)
    hands.bot.keyClick(told, KEY.Key_Tab)
    hands.bot.keyClick(told, KEY.Key_Return)
    assert "Description is required." in hands.said() and hands.here() == "leads"
    hands.fill("leads.description", "Wants ink")
    told.setFocus(Qt.FocusReason.TabFocusReason)
    hands.bot.keyClick(told, KEY.Key_Tab)
    hands.bot.keyClick(told, KEY.Key_Return)
    hands.bot.waitUntil(lambda: hands.where() == ("accounts", "information"))
    hands.go("leads")
    assert not told.isVisible()


def test_bx9_what_is_changed_in_an_account_and_in_a_contact_is_looked_for_too(hands: Hands) -> None:
    made.account("Wolkenstein Ltd")
    account = made.account("Blue")
    contact = made.contact(account, "Ben", "Ray")
    leads.create({"description": "About ink", "email": "ann@wolke.example"}, "ADMIN")
    hands.open_account("Blue")
    told = line(hands, "accounts")
    hands.fill("accounts.description", "Paints")
    hands.fill("accounts.name", "Wolkenstain")
    hands.bot.waitUntil(told.isVisible)
    assert "Wolkenstein Ltd</a> (account, similar name)" in told.text()
    hands.click("accounts.cancel")
    assert not told.isVisible()
    hands.open_account("Blue", "contacts")
    told = line(hands, "accounts.contacts")
    hands.fill_cell("accounts.contacts", 0, "title", "Painter")
    hands.fill_cell("accounts.contacts", 0, "email", "ann@wolke.example")
    hands.bot.waitUntil(told.isVisible)
    assert "About ink</a> (lead, same e-mail)" in told.text()
    held = Contact.find(contact.number)
    assert held is not None and held.email == "ann@wolke.example"


@pytest.mark.usefixtures("every_page")
def test_bx9_typing_is_not_waited_on_and_only_its_end_is_looked_for(hands: Hands) -> None:
    for name in ("Orth", "Ray"):
        leads.create({"description": "Fair", "last_name": name, "phone": f"{len(name)}12-736-5000"}, "ADMIN")
    hands.go("leads")
    hands.click("leads.create")
    asked: list[object] = []
    hands.window.session.looking.found.connect(lambda number, found, last: asked.append(number) if last else None)
    hands.part("leads.phone").setFocus()
    hands.type("312-736-5000")
    assert asked == [] and not line(hands, "leads").isVisible()
    for _ in "312-736-5000":
        hands.bot.keyClick(hands.part("leads.phone"), KEY.Key_Backspace)
    hands.type("412-736-5000")
    hands.bot.waitUntil(line(hands, "leads").isVisible)
    assert "Orth</a>" in line(hands, "leads").text()
    hands.bot.waitUntil(lambda: asked != [])
    assert len(asked) == 1
    assert hands.part("leads.phone").hasFocus()
