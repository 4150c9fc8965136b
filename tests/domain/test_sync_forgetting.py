"""Somebody who was anonymised here: nothing more of them is sent, and nothing comes back (DP-4, BX-34)."""

from __future__ import annotations

import json
import threading
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
    from channergy_crm.store.database import Office
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


# ---------------------------------------------------------------- two at a server

WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class Beside:
    """Somebody is anonymised at another workstation; it ends when whoever writes there too waits for it, or is done."""

    def __init__(self, office: Office, record: Any) -> None:
        self._done, self._begun = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, args=(office, record))

    @property
    def is_begun(self) -> bool:
        """Whether it is under way."""
        return self._begun.is_set()

    def begin(self) -> None:
        """The other one has cleaned what it found, and has not written it yet."""
        self._thread.start()
        assert self._begun.wait(10)

    def end(self) -> None:
        """The round is over."""
        self._done.set()
        self._thread.join()

    def _run(self, office: Office, record: Any) -> None:
        with office.borrowed(), pytest.MonkeyPatch.context() as patch:
            patch.setattr(anonymising, "BY_SERVICES", [*anonymising.BY_SERVICES, self._wait])
            forget(record)

    def _wait(self, *_what: object) -> int:
        self._begun.set()
        while not self._done.wait(0.01) and not database.proxy.execute_sql(WAITS).fetchone()[0]:
            pass
        return 0


@pytest.mark.engines("postgres")
def test_dp4_anonymised_at_another_workstation_while_a_first_send_is_answered(both: TwoSides, office: Office) -> None:
    acme = two_sides.account("Ackermann")
    beside = Beside(office, acme)

    def meanwhile(path: str, text: bytes) -> bytes:
        if path == "/companies/batch":
            beside.begin()
        return text

    both.site.faults.twist = meanwhile
    both.sync()
    beside.end()
    both.site.faults.twist = None
    nothing_is_here("Ackermann")
    assert two_sides.link(acme).met == Met.FORGOTTEN


@pytest.mark.engines("postgres")
def test_dp4_anonymised_at_another_workstation_while_a_change_is_taken(both: TwoSides, office: Office) -> None:
    acme = two_sides.account()
    both.sync()
    both.change(acme, name="Ackermann")
    beside = Beside(office, acme)

    def begins(done: int, _total: int, text: str) -> None:
        if text.startswith("Reading") and not beside.is_begun:
            beside.begin()

    both.sync(begins)
    beside.end()
    nothing_is_here("Ackermann")
    assert two_sides.link(acme).met == Met.FORGOTTEN
