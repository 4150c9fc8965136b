"""Who was anonymised is in no file of a workstation either, and an older backup does not bring anybody back (DP-4)."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import clock, commands, language
from channergy_crm.errors import Mistake
from channergy_crm.jobs import known
from channergy_crm.jobs.runner import Runner
from channergy_crm.records import Lead, Note, PhoneCall, Task
from channergy_crm.records.erasing import ON_SEATS
from channergy_crm.records.privacy import Asked, ErasureRow
from channergy_crm.services import backups, leads, notes
from channergy_crm.services.privacy import anonymising, everything, requests, seats
from channergy_crm.services.privacy.everything import File
from channergy_crm.settings import RECENT_SEARCHES, Station, home
from channergy_crm.store.backup import backup
from channergy_crm.transfer.exporting import person
from channergy_crm.work.drafts import Drafts
from tests.factories import BY

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office


@pytest.fixture
def lead(office: Office) -> Lead:
    values = {"description": "x", "first_name": "Xaver", "last_name": "Quentin", "email": "xaver@quentin.example"}
    return leads.create(values, BY)


def drafts_of(lead: Lead, office: Office) -> Drafts:
    """Somebody types: into the lead, a note on it, a call, a task about it, a new lead; and into another record."""
    typing = Drafts(home() / "drafts", office.url)
    typing.put("leads", lead, {"notes": "Zqmark 1"})
    typing.put(f"note.CRMLeads.{lead.key}", Note(), {"text": "Zqmark 2"})
    typing.put(f"call.CRMLeads.{lead.key}", PhoneCall(number=lead.key), {"note": "Zqmark 3"})
    typing.put("tasks", Task(), {"action": "Zqmark 4", "lead": lead.key})
    typing.put("leads.new", Lead(), {"last_name": "Zqmark 5", "email": "xaver@quentin.example"})
    typing.put("accounts", Lead(number=lead.key + 1), {"notes": "of another one"})
    return typing


def typed() -> str:
    """All that is kept for forms."""
    return "\n".join(file.read_text("utf-8") for file in (home() / "drafts").rglob("*.json"))


def test_dp4_drafts_and_last_searches_go_where_somebody_is_anonymised(office: Office, lead: Lead) -> None:
    station, told = Station(), list[Any]()
    typing = drafts_of(lead, office)
    station.remember(RECENT_SEARCHES, ["xaver@quentin.example", "tea"])
    ON_SEATS.append(told.append)
    try:
        assert seats.clean(office, station, anonymising.anonymise(Lead, lead.key, "", BY), BY) == 5
    finally:
        ON_SEATS.remove(told.append)
    assert "Zqmark" not in typed() and "of another one" in typed()
    assert station.recall(RECENT_SEARCHES, []) == ["tea"]
    assert told == [[("CRMLeads", str(lead.key))]]
    typing.close()


def test_dp4_another_workstation_cleans_its_drafts_when_it_next_sees_the_office(office: Office, lead: Lead) -> None:
    station = Station()
    assert seats.catch_up(office, station, BY) == 0
    typing = drafts_of(lead, office)
    anonymising.anonymise(Lead, lead.key, "", BY)
    assert seats.catch_up(office, station, BY) == 1
    assert typed().count("Zqmark") == 1, "nobody knows here what a new one is about"
    assert seats.catch_up(office, Station(), BY) == 0
    typing.close()


def test_dp4_an_older_backup_is_cleaned_again(office: Office, lead: Lead, tmp_path: Path) -> None:
    copy = tmp_path / "older.db"
    backup(office, copy)
    later = leads.create({"description": "made since", "last_name": "Later"}, BY)
    for each in (lead, later):
        anonymising.anonymise(Lead, each.key, "asked", BY)
    backups.restore(office, copy, BY)
    assert Lead.find(later.key) is None
    found = Lead.find(lead.key)
    assert found is not None and found.caption() == f"Anonymised #{lead.key}"
    rows = [(row.key, row.why, row.again) for row in ErasureRow.select().order_by(ErasureRow.number)]
    assert rows == [(str(lead.key), "asked", False), (str(later.key), "asked", False)]


@pytest.mark.engines("sqlite")
def test_dp4_a_backup_without_the_table_is_cleaned_when_it_is_opened(
    office: Office, lead: Lead, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "older.db"
    backup(office, copy)
    with sqlite3.connect(copy) as file:
        for table in ("CRMErasures", "CRMTouches", "CRMConsents", "CRMDataRequests", "CRMOptOuts", "CRMRetention",
                      "CRMPersonalFields"):  # fmt: skip
            file.execute(f'DROP TABLE "{table}"')  # sql: our own tables
        file.execute("DELETE FROM schema_migration WHERE name = '0046_privacy'")
    anonymising.anonymise(Lead, lead.key, "asked", BY)
    office.close()
    for command in (["restore", str(copy)], ["export", "leads", str(tmp_path / "out.csv")]):
        assert commands.run(["--database", str(office.path), *command], never) == 0
    assert "Quentin" not in (tmp_path / "out.csv").read_text("utf-8-sig")


def never(url: str, operator: str | None) -> int:
    raise AssertionError("a command opens no window")


@pytest.mark.engines("sqlite")
def test_dp4_the_file_is_cleared_by_itself_when_nobody_works_in_it(office: Office, lead: Lead, tmp_path: Path) -> None:
    moment = datetime(2026, 11, 23, 10)
    with clock.fixed(moment):
        anonymising.anonymise(Lead, lead.key, "", BY)
    jobs = [job for job in known.of(office) if job.name == "erasing"]
    with clock.fixed(moment + timedelta(minutes=1)):
        runner = Runner(office, jobs)
        ran = runner.look()
        assert ran is not None and [each.state for each in ran] == ["done"]
        assert runner.look() == []
    assert not ErasureRow.select().where(ErasureRow.cleaned.is_null()).exists()
    content = b"".join(file.read_bytes() for file in tmp_path.glob("office.db*")).lower()
    assert b"quentin" not in content and b"anonymised #" in content


def test_dp6_everything_about_somebody_is_in_one_file(office: Office, lead: Lead, tmp_path: Path) -> None:
    lead.notes = "Likes <tea> & cake"
    leads.save(lead, BY)
    notes.add(Lead, lead.key, "Rang twice", BY)
    asked = requests.take(Lead, lead.key, Asked.ACCESS, clock.today() - timedelta(days=1), BY)
    everything.DOCUMENTS.append(lambda _whom: [File("../a.txt", [b"o", b"ne"]), File("a.txt", [b"two"])])
    try:
        count = person.write(office, Lead, lead.key, tmp_path / "out.zip", BY)
    finally:
        everything.DOCUMENTS.pop()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert set(held) == {"index.html", "data.json", "documents/_a.txt", "documents/a.txt"}
    page, data = held["index.html"].decode(), json.loads(held["data.json"])
    assert "Likes &lt;tea&gt; &amp; cake" in page and "Rang twice" in page
    assert data["name"] == "Xaver Quentin" and data["tables"]["CRMLeads"][0]["Notes"] == "Likes <tea> & cake"
    assert {"CRMNotes", "CRMDataRequests", "CRMChanges"} < data["tables"].keys()
    assert count == sum(map(len, data["tables"].values()))
    assert requests.of(Lead, lead.key, BY)[0].answered == clock.today() and asked.due > clock.today()
    assert not requests.unanswered(BY)
    with pytest.raises(Mistake, match="ZIP file"):
        person.write(office, Lead, lead.key, tmp_path / "out.txt", BY)


@pytest.mark.parametrize(("received", "due"), [("2026-01-31", "2026-02-28"), ("2026-11-23", "2026-12-23")])
def test_dp6_a_request_is_due_in_a_month(received: str, due: str) -> None:
    assert requests.due(datetime.fromisoformat(received).date()).isoformat() == due


@pytest.mark.engines("sqlite")
def test_si40_dp6_the_commands_do_it_too(
    office: Office, lead: Lead, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    language.use("en")
    database, number = ["--database", office.url], str(lead.key)
    assert commands.run([*database, "about", "leads", number, str(tmp_path / "out.zip")], never) == 0
    assert commands.run([*database, "anonymise", "leads", number, "--dry-run"], never) == 0
    assert "Xaver Quentin" in capsys.readouterr().out
    assert Lead.get_by_id(lead.key).last_name == "Quentin"
    assert commands.run([*database, "anonymise", "leads", number, "--why", "asked"], never) == 0
    assert "Nothing of this can be taken back." in capsys.readouterr().err
    assert Lead.get_by_id(lead.key).last_name == ""
    assert commands.run([*database, "anonymise", "tasks", "1"], never) == 1
    assert "“tasks” is none of" in capsys.readouterr().err
