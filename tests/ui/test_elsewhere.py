"""What other windows and programs do is seen here within two seconds, without F5 (F-8)."""

from __future__ import annotations

import pytest

from channergy_crm.records import Lead
from channergy_crm.services import leads, operators
from tests import another
from tests.ui.hands import opened

SOON_MS = 2000


@pytest.fixture
def hands(qtbot, database_url):
    """The window of a new office with two leads, at its Leads; the newer one, Bob, is open."""
    with opened(qtbot, database_url) as hands:
        operators.add("BEN", "Ben Ode", "ADMIN")
        for name in ("Ann", "Bob"):
            leads.create({"description": f"{name}'s wish", "first_name": name}, "ADMIN")
        hands.go("leads")
        hands.reads("leads", "First Name", ["Bob", "Ann"])
        qtbot.waitUntil(lambda: typed(hands, "first_name") == "Bob")
        yield hands


@pytest.fixture
def there(hands, database_url, tmp_path):
    """Another window of the same office."""
    with another.window(database_url, tmp_path / "there") as there:
        there.does("1")  # it is open
        yield there


def typed(hands, field):
    """What stands in a field of the form."""
    return hands.part(f"leads.{field}").value()


def soon(hands, what):
    """Within two seconds this is so."""
    hands.bot.waitUntil(what, timeout=SOON_MS)


def number(name):
    return Lead.get(Lead.first_name == name).number


def test_f8_a_lead_made_elsewhere_is_in_the_list(hands, there):
    there.does("leads.create({'description': 'New', 'first_name': 'Cleo', 'owner': 'ADMIN'}, 'BEN')")
    soon(hands, lambda: "Cleo" in hands.column("leads", "First Name"))
    assert typed(hands, "first_name") == "Bob"
