"""How often somebody may do a thing in the portal is kept in the store, without saying who (VT-177)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.portal.rates import Rates
from channergy_crm.records.portal import PortalRate
from tests.domain.visiting import Browser, contact, sends_mail

if TYPE_CHECKING:
    from channergy_crm.store.database import Office


def test_vt177_a_restart_and_a_second_portal_remember_who_asked_how_often(office: Office) -> None:
    now = [1_000_000.0]
    first, second = (Rates(seconds=lambda: now[0]) for _portal in range(2))
    assert [(first, second)[each % 2].take("addresses", "ann@acme.example") for each in range(6)] == [0] * 5 + [720]
    assert Rates(seconds=lambda: now[0]).wait("addresses", "ann@acme.example") == 720, "started anew"
    assert first.take("addresses", "bob@acme.example") == 0 and first.take("links", "ann@acme.example") == 0
    kept = [(row.held, row.until) for row in PortalRate.select()]
    assert len(kept) == 3 and not any("acme" in held or len(held) != 64 for held, _until in kept)
    now[0] += 719.5
    assert second.take("addresses", "ann@acme.example") == 1
    now[0] += 1
    assert [second.take("addresses", "ann@acme.example") for _time in range(2)] == [0, 720]
    now[0] += 7_200
    assert first.take("links", "203.0.113.5") == 0
    assert PortalRate.select().count() == 1, "who waits no longer is nobody that is remembered"


def test_vt177_looking_at_pages_writes_nothing(office: Office) -> None:
    sends_mail()
    browser = Browser(rates=Rates())
    browser.enter(contact())
    for path in ("/tickets", "/faq", "/tickets/new"):
        assert browser.ask(path).status == 200
    assert not PortalRate.select().exists()
