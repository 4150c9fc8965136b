"""A new office with two leads, at its Leads; the newer one, Bob, is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import leads

if TYPE_CHECKING:
    from tests.ui.hands import Hands


def come_to_two_leads(hands: Hands) -> None:
    """Make them, and come to them."""
    for name in ("Ann", "Bob"):
        leads.create({"description": f"{name}'s wish", "first_name": name}, "ADMIN")
    hands.go("leads")
    hands.reads("leads", "First Name", ["Bob", "Ann"])
    hands.bot.waitUntil(lambda: typed(hands, "first_name") == "Bob")


def typed(hands: Hands, field: str) -> object:
    """What stands in a field of the form."""
    value: object = hands.part(f"leads.{field}").value()
    return value
