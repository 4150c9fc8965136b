"""Three leads that can be called, and where somebody stands with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from channergy_crm import work
from channergy_crm.records import Contact, Customer, Lead
from channergy_crm.services import leads

if TYPE_CHECKING:
    from tests.ui.hands import Hands

NAMES = ["Ann", "Bob", "Cleo"]


def come_to_three_leads(hands: Hands) -> None:
    """Leads with numbers, the newest first: Cleo is open."""
    for place, name in enumerate(NAMES):
        values = {"description": f"{name}'s wish", "first_name": name, "phone": f"800-555-010{place}"}
        leads.create(values | {"call_try": "1", "notes": "Met."}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "first_name", NAMES[::-1])
    stands(hands, "Cleo")


def stray_contact(first: str, phone: str) -> Contact:
    """Somebody at a customer of the suite who has no account."""
    with work.unit("Make a contact", by="ADMIN"):
        customer = Customer.create(company="Birch Toys")
        held: Contact = Contact.create(customer=customer.number, first_name=first, phone=phone)
    return held


def stands(hands: Hands, name: str) -> None:
    """The lead that is open, marked in the list as well."""
    hands.bot.waitUntil(lambda: hands.shows("leads.first_name") == name)
    hands.bot.waitUntil(lambda: hands.part("leads.list").current() == lead(name).number)


def lead(name: str) -> Lead:
    """A lead as it is stored."""
    return Lead.get(Lead.first_name == name)


def focus() -> str:
    """Where the keys go."""
    held = QApplication.focusWidget()
    return held.objectName() if held is not None else ""


def is_open(hands: Hands) -> bool:
    """Whether a call is being noted."""
    bar = hands.window.findChild(QWidget, "call.panel")
    return bar is not None and bar.isVisible()


def undo(hands: Hands) -> None:
    """The Undo of the notice."""
    hands.click("notices.undo")
