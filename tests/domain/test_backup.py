"""Backups are whole, and putting one back never loses what was there."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.store.backup import backup, restore
from channergy_crm.store.database import Office, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")


@pytest.fixture
def office_with_a_lead(office: Office, operator: str) -> Office:
    leads.create({"description": "First"}, operator)
    return office


@pytest.fixture
def copy(office_with_a_lead: Office, tmp_path: Path) -> Path:
    """A backup of an office with one lead."""
    path = tmp_path / "backups" / "copy.db"
    backup(office_with_a_lead, path)
    return path


def descriptions(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute('SELECT "Description" FROM "CRMLeads" ORDER BY "LeadNo"')]
    connection.close()
    return found


@pytest.fixture
def closed(office_with_a_lead: Office, copy: Path, operator: str) -> Iterator[Path]:
    """The office's file, with a second lead since the backup, and nobody working in it."""
    leads.create({"description": "Second"}, operator)
    office_with_a_lead.close()
    assert office_with_a_lead.path
    yield office_with_a_lead.path


def test_a_backup_holds_what_is_still_in_the_write_ahead_log(office_with_a_lead: Office, copy: Path) -> None:
    assert office_with_a_lead.path
    assert office_with_a_lead.path.with_name("office.db-wal").stat().st_size > 0
    assert descriptions(copy) == ["First"]
    assert [path.name for path in copy.parent.iterdir()] == ["copy.db"]


def test_a_backup_opens_as_an_office(office_with_a_lead: Office, copy: Path) -> None:
    office_with_a_lead.close()
    opened = open_database(str(copy))
    assert Lead.select().count() == 1
    assert opened.check() == "ok"
    opened.close()


def test_a_backup_takes_the_place_of_an_older_one(office_with_a_lead: Office, copy: Path, operator: str) -> None:
    leads.create({"description": "Second"}, operator)
    told: list[tuple[int, int]] = []
    backup(office_with_a_lead, copy, lambda done, total: told.append((done, total)))
    assert descriptions(copy) == ["First", "Second"]
    assert told[-1][0] == told[-1][1] > 0


def test_a_backup_is_never_written_over_the_office(office_with_a_lead: Office) -> None:
    assert office_with_a_lead.path
    with pytest.raises(Mistake, match="own file"):
        backup(office_with_a_lead, office_with_a_lead.path)


def test_a_place_that_cannot_be_written_is_said_so(office_with_a_lead: Office, tmp_path: Path) -> None:
    (tmp_path / "copy.db.part").mkdir()
    with pytest.raises((Surroundings, OSError)):
        backup(office_with_a_lead, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()


def test_restoring_brings_the_backup_back_and_keeps_what_was_there(closed: Path, copy: Path) -> None:
    kept = restore(copy, f"sqlite:///{closed}")
    assert kept is not None
    assert descriptions(kept) == ["First", "Second"]
    assert descriptions(closed) == ["First"]
    opened = open_database(str(closed))
    assert opened.check() == "ok"
    opened.close()


def test_restoring_where_there_is_no_office_makes_one(copy: Path, tmp_path: Path) -> None:
    assert restore(copy, f"sqlite:///{tmp_path / 'new' / 'office.db'}") is None
    assert descriptions(tmp_path / "new" / "office.db") == ["First"]


def test_files_that_are_no_backup_are_refused(closed: Path, copy: Path, tmp_path: Path) -> None:
    text, other, damaged = tmp_path / "text.db", tmp_path / "other.db", tmp_path / "damaged.db"
    text.write_text("no database at all, but long enough to have a header " * 50)
    connection = sqlite3.connect(other)
    connection.execute("CREATE TABLE somebody_elses (x)")
    connection.close()
    content = bytearray(copy.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    damaged.write_bytes(content)
    for path, said in (
        (text, "not a backup"), (other, "not a backup"), (damaged, "damaged|not a backup"),
        (tmp_path / "none.db", "no file"), (tmp_path, "no file"), (closed, "same file"),
    ):  # fmt: skip
        with pytest.raises(Mistake, match=said):
            restore(path, f"sqlite:///{closed}")
    assert descriptions(closed) == ["First", "Second"]


@pytest.mark.engines("postgres")
def test_an_office_on_postgresql_names_its_own_tools(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="pg_dump"):
        backup(office, tmp_path / "copy.db")
    with pytest.raises(Mistake, match="pg_restore"):
        restore(tmp_path / "copy.db", office.url)
