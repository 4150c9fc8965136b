"""What is written goes into the very office that was opened, or is said not to (F-11); a full disk is said (F-16)."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.errors import Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import leads, saving
from channergy_crm.store import database, engines
from channergy_crm.store.backup import backup, restore
from channergy_crm.store.complaints import ReadOnly

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office

file_only = pytest.mark.engines("sqlite")
posix = pytest.mark.skipif(os.name == "nt", reason="an open file can neither be moved nor deleted there")


@pytest.fixture
def lead(office: Office, operator: str) -> Lead:
    """A lead in which somebody has typed something."""
    held = leads.create({"description": "Before"}, operator)
    held.notes = "typed"
    return held


def refused(lead: Lead, said: str) -> None:
    """Saving is refused with this sentence, and what was typed waits still."""
    with pytest.raises(Surroundings, match=f"{said}.*Nothing was saved"):
        saving.save(lead, "ADMIN")
    assert lead.changes() and lead.notes == "typed"


@file_only
@posix
def test_f11_a_deleted_file_is_said_and_put_back_it_is_saved_into(office: Office, lead: Lead, tmp_path: Path) -> None:
    assert office.path
    away = tmp_path / "away.db"
    office.path.rename(away)
    refused(lead, "moved or deleted")
    with pytest.raises(Surroundings, match="moved or deleted"):
        backup(office, tmp_path / "backup.db")
    assert not office.path.exists()
    away.rename(office.path)
    saving.save(lead, "ADMIN")
    with closing(sqlite3.connect(office.path)) as other:
        assert other.execute('SELECT "Notes" FROM "CRMLeads"').fetchall() == [("typed",)]


@file_only
@posix
def test_f11_another_file_in_its_place_is_said_also_on_a_new_connection(office: Office, lead: Lead) -> None:
    assert office.path
    copy = office.path.with_name("copy.db")
    backup(office, copy)
    copy.replace(office.path)
    refused(lead, "Another file was put in the place")
    told: list[str] = []

    def elsewhere() -> None:
        with office.borrowed():
            try:
                leads.create({"description": "On a worker"}, "ADMIN")
            except Surroundings as error:
                told.append(error.message)

    worker = threading.Thread(target=elsewhere)
    worker.start()
    worker.join()
    assert told and "Another file" in told[0]


@file_only
@posix
def test_f11_no_worker_makes_a_new_file_where_the_office_was(office: Office, tmp_path: Path) -> None:
    assert office.path
    office.close()
    shutil.move(office.path, tmp_path / "away.db")
    with pytest.raises(Surroundings, match="moved or deleted"):
        Lead.select().count()
    with pytest.raises(Surroundings, match="moved or deleted"):
        leads.create({"description": "One"}, "ADMIN")
    assert not office.path.exists()


def test_f11_an_office_migrated_by_a_newer_program_is_not_written(
    office: Office, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOOK_SECONDS", 0)  # of a server; somebody who types takes longer
    with database.writing():
        office.database.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01 00:00:00')"
        )
        office.database.execute_sql("CREATE TABLE later (x INTEGER)")
    refused(lead, "newer version")


def test_f11_an_office_put_back_to_older_tables_is_not_written(
    office: Office, lead: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOOK_SECONDS", 0)
    with database.writing():
        office.database.execute_sql(
            "DELETE FROM schema_migration WHERE name = (SELECT max(name) FROM schema_migration)"
        )
        office.database.execute_sql("CREATE TABLE earlier (x INTEGER)")
    refused(lead, "another version")


def test_f11_new_fields_and_indexes_are_no_other_version(office: Office, lead: Lead) -> None:
    office.database.execute_sql('CREATE INDEX somebody_elses ON "CRMLeads" ("City")')
    saving.save(lead, "ADMIN")


@file_only
def test_f11_a_backup_put_back_beside_an_open_window_is_written_into(
    office: Office, lead: Lead, tmp_path: Path
) -> None:
    backup(office, tmp_path / "copy.db")
    assert restore(tmp_path / "copy.db", office.url)
    saving.save(lead, "ADMIN")
    held = Lead.find(lead.number)
    assert held is not None and held.notes == "typed"


# ---------------------------------------------------------------- the disk


@file_only
def test_f16_a_full_disk_is_said_from_within_a_unit_and_nothing_is_half_there(office: Office, lead: Lead) -> None:
    pages = office.database.execute_sql("PRAGMA page_count").fetchone()[0]
    office.database.execute_sql(f"PRAGMA max_page_count = {pages}")  # sql: a number
    lead.notes = "typed " * 15_000
    with pytest.raises(Surroundings, match="The disk is full. Nothing was saved"):
        saving.save(lead, "ADMIN")
    office.database.execute_sql("PRAGMA max_page_count = 1000000")
    assert lead.changes()
    saving.save(lead, "ADMIN")


@file_only
def test_f16_after_a_full_disk_nothing_more_is_written_in_that_unit(office: Office, lead: Lead) -> None:
    """SQLite has ended the transaction by itself: what came then would be written for good, one by one."""
    pages = office.database.execute_sql("PRAGMA page_count").fetchone()[0]
    with pytest.raises(Surroundings, match="full|given up"), work.unit("Two steps", by="ADMIN") as unit:
        office.database.execute_sql(f"PRAGMA max_page_count = {pages}")  # sql: a number
        try:
            with unit.part():
                Lead.create(description="Large", owner="ADMIN", notes="x" * 90_000)
        except Surroundings:
            office.database.execute_sql("PRAGMA max_page_count = 1000000")
        office.database.rollback()
        Lead.create(description="half", owner="ADMIN")
    assert [held.description for held in Lead.select()] == ["Before"]


@file_only
def test_f16_a_file_that_may_only_be_read_is_said(office: Office, lead: Lead) -> None:
    office.database.execute_sql("PRAGMA query_only = 1")
    with pytest.raises(ReadOnly, match="cannot be written"):
        saving.save(lead, "ADMIN")


@file_only
def test_f64_the_thread_of_the_window_waits_briefly_and_others_wait_long(office: Office, lead: Lead) -> None:
    office.window_is_here()
    waits: list[int] = [office.database.execute_sql("PRAGMA busy_timeout").fetchone()[0]]
    office.close()
    waits.append(office.database.execute_sql("PRAGMA busy_timeout").fetchone()[0])
    reader = office.reader()
    waits.append(reader.rows("PRAGMA busy_timeout")[0][0])

    def elsewhere() -> None:
        with office.borrowed():
            waits.append(office.database.execute_sql("PRAGMA busy_timeout").fetchone()[0])
            waits.append(reader.rows("PRAGMA busy_timeout")[0][0])

    worker = threading.Thread(target=elsewhere)
    worker.start()
    worker.join()
    reader.close()
    assert waits == [300, 300, 300, 15_000, 15_000]
