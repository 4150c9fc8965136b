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
def test_bx20_the_backup_of_a_server_is_an_office_in_a_file(office: Office, operator: str, tmp_path: Path) -> None:
    leads.create({"description": "First"}, operator)
    rows = backup(office, tmp_path / "copy.db")
    assert rows["CRMLeads"] == 1 and descriptions(tmp_path / "copy.db") == ["First"]
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".db", ".part")] == ["copy.db"]


@pytest.mark.engines("postgres")
def test_bx20_restoring_a_server_keeps_what_was_there_and_goes_on(
    office: Office, operator: str, tmp_path: Path, home: Path
) -> None:
    first = leads.create({"description": "First"}, operator)
    backup(office, tmp_path / "copy.db")
    second = leads.create({"description": "Second"}, operator)
    kept = restore(tmp_path / "copy.db", office.address())
    assert kept is not None and kept.parent == home / "backups" and descriptions(kept) == ["First", "Second"]
    assert [lead.number for lead in Lead.select()] == [first.number]
    assert leads.create({"description": "Third"}, operator).number == second.number
    assert office.database.execute_sql("SELECT 1 FROM pg_indexes WHERE indexname = 'CRMLeads_words'").fetchone()


@pytest.mark.engines("postgres")
def test_bx20_nobody_saves_between_keeping_aside_and_putting_back(
    office: Office, operator: str, tmp_path: Path
) -> None:
    import psycopg

    leads.create({"description": "First"}, operator)
    backup(office, tmp_path / "copy.db")
    tried: list[str] = []

    def save(done: int, total: int, text: str) -> None:
        if not tried:
            with psycopg.connect(office.address(), autocommit=True) as other:
                other.execute("SET lock_timeout = '50ms'")
                with pytest.raises(psycopg.errors.LockNotAvailable):
                    other.execute("""UPDATE "CRMLeads" SET "Notes" = 'between'""")
                tried.append(text)

    restore(tmp_path / "copy.db", office.address(), save)
    assert tried


@pytest.mark.engines("postgres")
def test_bx20_a_restore_that_is_ended_half_way_has_changed_nothing(
    office: Office, operator: str, tmp_path: Path
) -> None:
    backup(office, tmp_path / "copy.db")
    leads.create({"description": "Second"}, operator)

    def stop(done: int, total: int, text: str) -> None:
        if text == "Preparing the search":
            told.append(text)
        if len(told) == 2:  # once for what is kept, once for what is put back
            raise KeyboardInterrupt

    told: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        restore(tmp_path / "copy.db", office.address(), stop)
    assert Lead.select().count() == 1
