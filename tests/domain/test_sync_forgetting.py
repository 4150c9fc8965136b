"""Somebody who was anonymised here: nothing more of them is sent, and nothing comes back (DP-4, BX-34)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.records import Account, Contact
from channergy_crm.records.sync import Met, Outgoing, SyncLink
from channergy_crm.services.privacy import anonymising
from channergy_crm.store import database
from channergy_crm.sync import chips, outbox
from channergy_crm.work import ChangeRow
from tests.domain import two_sides
from tests.domain.two_sides import ADMIN

if TYPE_CHECKING:
    from tests.domain.two_sides import TwoSides


def forget(record: Any, **options: Any) -> None:
    anonymising.anonymise(type(record), record.key, "asked for it", ADMIN, **options)


def nothing_is_here(word: str) -> None:
    """Neither in the rows, nor in the history, nor in what the sync keeps."""
    for held in (Contact, Account, SyncLink, Outgoing, ChangeRow):
        assert not [row for row in held.select().dicts() if word in str(row)]
    assert two_sides.conflicts() == []


def test_dp4_what_was_anonymised_is_not_sent_and_does_not_come_back(both: TwoSides) -> None:
    acme = two_sides.account(phone="504-621-8927")
    berg = two_sides.contact(acme, "Bergstrom", first_name="Kimberly", mailing_address="Bremen 5")
    both.sync()
    said = "What the Viper site holds of them stays there: have it deleted there too."
    assert anonymising.preview(Contact, berg.key, ADMIN).elsewhere.startswith(said)
    before = both.there(berg)
    forget(berg)
    both.sync()
    assert both.there(berg) == before
    both.change(berg, first_name="Kimberly Ann", mailing_address="Bremen North")
    two_sides.edit(berg, title="Chef")
    outbox.put_everything()
    both.sync()
    nothing_is_here("Kimberly")
    nothing_is_here("Bremen")
    assert both.there(berg)["mailing_address"] == "Bremen North"
    both.site.delete("contacts", two_sides.link(berg).remote)
    both.sync()
    assert (two_sides.link(berg).met, anonymising.preview(Contact, berg.key, ADMIN).elsewhere) == (Met.FORGOTTEN, "")
    chip = chips.chip("CustomerContacts", berg.key, ADMIN)
    assert chip is not None and chip.text == "anonymised here"
    both.change(acme, phone="1")
    both.sync()
    assert two_sides.now(acme).phone == "1"


def test_dp4_whoever_was_anonymised_before_anything_was_sent_is_never_made_there(both: TwoSides) -> None:
    acme = two_sides.account()
    two_sides.contact(acme)
    forget(acme, along=False)
    two_sides.deal(acme)
    outbox.put_everything()
    both.sync()
    assert not any(both.site.rows(kind) for kind in ("companies", "contacts", "programs"))
    assert {row.reason for row in Outgoing.select()} == {"account_held"}
    chip = chips.chip("CRMAccounts", acme.key, ADMIN)
    assert chip is not None and chip.text == "not synced: it was anonymised, and nothing more of it is sent"


@pytest.mark.parametrize("known", [True, False])
def test_dp4_anonymised_while_the_site_is_waited_for_nothing_is_kept_of_its_answer(both: TwoSides, known: bool) -> None:
    acme = two_sides.account()
    if known:
        both.sync()
        two_sides.edit(acme, name="Ackermann")
    else:
        two_sides.edit(acme, name="Ackermann")

    def meanwhile(path: str, text: bytes) -> bytes:
        if path == "/companies/batch":
            assert b"Ackermann" in json.dumps(json.loads(text)).encode()
            forget(acme)
            database.proxy.close()
        return text

    both.site.faults.twist = meanwhile
    both.sync()
    both.site.faults.twist = None
    both.sync()
    nothing_is_here("Ackermann")
    assert two_sides.link(acme).met == Met.FORGOTTEN
