"""How the sync stands, and the report of clients with their state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock
from channergy_crm.errors import Refused
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.jobs import JobRow
from channergy_crm.records.sync import Outgoing
from channergy_crm.services import office
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import lacking, report, shown, status
from channergy_crm.sync.report import Asked
from tests.domain.fitting import RETIRED
from tests.domain.secured import Secured
from tests.domain.two_sides import ADMIN, account, contact, deal, edit, later, link

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def secured(office: Any, fixed_clock: Any) -> Secured:
    """Security is on, before anything is synced."""
    return Secured()


def went(state: str, error: str = "") -> None:
    """The job was due now, and ended so."""
    with database.writing():
        JobRow.insert(job=status.JOB, due=clock.now(), state=state, error=error, finished=clock.now()).execute()


def test_vp6_the_status_tells_what_was_done_what_failed_and_what_comes(both: Any) -> None:
    firm = account()
    contact(firm)
    contact(firm, "Nobody", email="")
    assert status.read(ADMIN).counts == (0, 3, 0, 0, 0, 0) and status.read(ADMIN).soon
    both.sync()
    went("done")
    told = status.read(ADMIN)
    assert told.counts == (2, 0, 1, 0, 0, 0) and not told.soon
    assert told.said == "2 records were made in Viper. 1 record lacks something and is not sent."
    assert (told.last, told.next) == (clock.now(), clock.now() + timedelta(minutes=15))
    with later(minutes=15):
        went("failed", "The site does not answer.")
        told = status.read(ADMIN)
        assert (told.failed, told.why) == (clock.now(), "The site does not answer.")
    with later(minutes=20):
        both.sync()
        assert status.read(ADMIN).why == ""
    office.choose(VIPER, "off", ADMIN)
    assert not status.read(ADMIN).on


def test_what_viper_refused_stands_first_among_all_that_lacks_something(secured: Secured, both: Any) -> None:
    firm = account("Acme")
    contact(firm, "Nobody", email="")
    both.sync()
    edit(firm, phone="212 555 0100")
    values = {"state": "refused", "error": "The phone number is too short."}
    with database.writing():
        Outgoing.update(values).where(Outgoing.table == "CRMAccounts").execute()
    found = lacking.read(ADMIN)
    assert [(each.caption, each.lack.sentence) for each in found] == [
        ("Acme", "The phone number is too short."), ("Nobody", "the e-mail address is missing"),
    ]  # fmt: skip
    assert lacking.counts(ADMIN) == {"refused": 1, "email": 1} and set(lacking.counts(ADMIN)) < set(lacking.titles())
    assert [each.caption for each in lacking.read(ADMIN, start=1)] == ["Nobody"]
    assert [each.caption for each in lacking.read(ADMIN, "refused")] == ["Acme"]
    assert [each.caption for each in lacking.read(ADMIN, "email")] == ["Nobody"]
    secured.let({"use": "all", "view": "own"}, Account, Contact, Opportunity)
    assert lacking.counts("ANN") == {"refused": 1, "email": 1}
    assert lacking.counts("BEA") == {} and lacking.read("BEA") == []


def test_vp10_company_users_of_a_program_are_shown(both: Any) -> None:
    contact(firm := account())
    trip = deal(firm)
    both.sync()
    assert shown.company_users(trip.key, ADMIN) == []
    both.site.show(link(trip).remote, "Kim Berg", "Tom Reed")
    both.sync()
    assert shown.company_users(trip.key, ADMIN)[-2:] == ["Kim Berg", "Tom Reed"]
    office.choose(VIPER, "off", ADMIN)
    assert shown.company_users(trip.key, ADMIN) == []


def test_vp1_vp6_clients_are_reported_with_their_state(both: Any, tmp_path: Path) -> None:
    firm, other = account("Beta"), account("Alpha", owner=ADMIN)
    contact(firm)
    contact(firm, "Nobody", email="")
    both.sync()
    edit(firm, phone="212 555 0100")
    found = report.read(Asked(), ADMIN)
    assert [(each.name, each.said) for each in found] == [
        ("Alpha", "not synced: Assigned to ADMIN"), ("Beta", "waits"), ("Berg", "synced"),
        ("Nobody", "not synced: Without an e-mail address"),
    ]  # fmt: skip
    assert [(each.account, each.owner) for each in found[1:3]] == [("", "ANN"), ("Beta", "ANN")]
    assert [each.name for each in report.read(Asked(standing="not synced"), ADMIN)] == ["Alpha", "Nobody"]
    assert [each.name for each in report.read(Asked("CRMAccounts", words="bet"), ADMIN)] == ["Beta"]
    assert report.count(Asked("CustomerContacts"), ADMIN) == 2
    assert [each.name for each in report.read(Asked(), ADMIN, 1, 2)] == ["Beta", "Berg"]
    assert [each.name for each in report.read(Asked(), ADMIN, 3, 2)] == ["Nobody"]
    path = tmp_path / "clients.csv"
    assert report.export(Asked(), path, ADMIN) == 4
    assert "Alpha" in path.read_text("utf-8-sig") and other.name == "Alpha"


def test_the_report_and_the_counts_hold_what_one_may_see(secured: Secured, both: Any, tmp_path: Path) -> None:
    account("Hers")
    account("Foreign", owner=ADMIN)
    both.sync()
    secured.let({"use": "all", "view": "own"}, Account, Contact, Opportunity)
    assert [each.name for each in report.read(Asked(), "ANN")] == ["Hers"]
    assert status.read("ANN").counts == (1, 0, 0, 0, 0, 0)
    with pytest.raises(Refused):
        report.export(Asked(), tmp_path / "out.csv", "ANN")
    for what in (status.read, lacking.read, lambda by: report.read(Asked(), by)):
        with pytest.raises(Refused):
            what(RETIRED)
