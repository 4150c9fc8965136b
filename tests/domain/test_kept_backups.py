"""Backups by themselves: whole, counted, rotated, sealed if the office wants it, and put back (BX-20, BX-19, C15)."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import peewee
import pytest
from playhouse.migrations import Runner

from channergy_crm import clock
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.jobs import known, runner
from channergy_crm.jobs.runner import Runner as JobRunner
from channergy_crm.records import Lead
from channergy_crm.resources import data
from channergy_crm.services import backups, leads
from channergy_crm.services import office as office_settings
from channergy_crm.services.rights import Program
from channergy_crm.settings import (
    BACKUP_AT,
    BACKUP_EVERY,
    BACKUP_FOLDER,
    BACKUP_KEPT,
    BACKUP_KEYS,
    OFFICE_ID,
    OFFICE_NAME,
)
from channergy_crm.store import kept_backups, mover, sealing
from channergy_crm.store.backup import before_update
from channergy_crm.store.database import APPLICATION_ID, open_database, server, sqlite_path, writing

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.store.sealing import Keys

MONDAY = datetime(2026, 11, 23, 10, 0)
BY, SECRET = "ADMIN", "Sesam öffne dich"


@pytest.fixture(scope="module")
def keys() -> Keys:
    return sealing.new_keys(SECRET)


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """Where backups go, and a lead to be backed up."""
    place = tmp_path / "kept"
    place.mkdir()
    backups.choose_folder(str(place), BY)
    office_settings.choose(OFFICE_NAME, "Müller / Söhne", BY)
    leads.create({"description": "First"}, BY)
    return place


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(office: Office, now: datetime) -> None:
    runner = JobRunner(office, known.of(office))
    with clock.fixed(now):
        assert runner.look() is not None
    runner.lease.give_back()


def test_bx20_a_backup_is_made_by_itself_whole_and_counted(office: Office, folder: Path) -> None:
    run(office, MONDAY)
    assert names(folder) == ["Müller _ Söhne 2026-11-23 100000.db", "Müller _ Söhne 2026-11-23 100000.db.json"]
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    (one,) = backups.listed(office, BY)
    assert (one.made, one.verified, one.is_sealed, one.rows["CRMLeads"]) == (MONDAY, MONDAY, False, 1)
    assert one.size > 100_000 and runner.failures() == []
    run(office, MONDAY + timedelta(minutes=5))
    assert len(backups.listed(office, BY)) == 1, "one a day"
    held = backups.preview(one.path, BY)
    assert held.rows["CRMLeads"] == 1 and (held.made, held.version) == (MONDAY, one.version) and held.last


def test_bx20_so_many_are_kept_and_the_last_whole_one_always(office: Office, folder: Path) -> None:
    office_settings.choose(BACKUP_KEPT, "2", BY)
    for day in range(4):
        run(office, MONDAY + timedelta(days=day))
    held = backups.listed(office, BY)
    assert [one.made.day for one in held] == [26, 25]
    for one in held:
        kept_backups._note(one._replace(verified=None))
    older = kept_backups.told(held[1].path)
    assert older is not None
    kept_backups._note(older._replace(verified=MONDAY))
    with closing(sqlite3.connect(folder / "mine.db")):
        pass
    stranger = held[0]._replace(path=folder / "strange.db", office="another", made=MONDAY)
    shutil.copyfile(held[0].path, stranger.path)
    kept_backups._note(stranger)
    kept_backups.rotate(folder, office_settings.get(OFFICE_ID, BY), 1)
    left = names(folder)
    assert held[1].path.name in left and held[0].path.name in left, "the newest, and the last one that was found whole"
    assert "mine.db" in left and "strange.db" in left


def test_bx20_switched_off_none_is_made_and_hours_are_counted_from_midnight(office: Office, folder: Path) -> None:
    office_settings.choose(BACKUP_EVERY, "off", BY)
    run(office, MONDAY)
    assert names(folder) == []
    office_settings.choose(BACKUP_EVERY, "4", BY)
    run(office, MONDAY)
    run(office, MONDAY + timedelta(hours=1))
    run(office, MONDAY + timedelta(hours=2))
    assert [one.made.hour for one in backups.listed(office, BY)] == [12, 10]


@pytest.mark.parametrize("wrong", ["gone", "a file"])
def test_bx20_a_folder_that_is_not_there_is_said_and_tried_again(office: Office, folder: Path, wrong: str) -> None:
    folder.rmdir()
    if wrong == "a file":
        folder.write_text("x")
    run(office, MONDAY)
    (failed,) = runner.failures()
    assert f"The folder for backups {folder} is not there." in failed.error and failed.next_try
    folder.unlink(missing_ok=True)
    folder.mkdir()
    run(office, failed.next_try)
    assert runner.failures() == [] and len(backups.listed(office, BY)) == 1


def test_bx20_what_cannot_be_is_not_chosen(office: Office) -> None:
    before = backups.plan(office, BY)
    for nowhere in ("/nowhere/at all", f"/{'long' * 100}", "/a\0b"):
        with pytest.raises(Mistake, match="There is no folder"):
            backups.choose_folder(nowhere, BY)
    with pytest.raises(Mistake, match="at least 8 letters"):
        backups.encrypt("short", BY)
    assert "not a time" in (backups.time_problem("noonish") or "") and backups.time_problem("9") is None
    assert backups.kept_problem("0") == backups.kept_problem("many") == "Type a number from 1 to 1,000."
    for setting in (BACKUP_EVERY, BACKUP_AT, BACKUP_KEPT):
        office_settings.choose(setting, "nonsense", BY)
    assert backups.plan(office, BY) == before


def test_bx20_where_nothing_is_chosen_a_backup_is_made_every_day_beside_the_office(office: Office, home: Path) -> None:
    usual = backups.plan(office, BY)
    assert (usual.every, usual.keep, usual.keys) == ("daily", 14, None)
    assert usual.folder == (office.path.parent if office.path else home) / "backups"
    assert backups.make(office, BY).path.parent == usual.folder
    assert usual.folder.stat().st_mode & 0o077 == 0


# ---------------------------------------------------------------- damaged ones


@pytest.mark.engines("sqlite")
def test_bx19_a_flipped_byte_and_a_cut_file_are_found(office: Office, folder: Path) -> None:
    for day, spoil in enumerate((flip, cut)):
        with clock.fixed(MONDAY + timedelta(days=day)):
            one = backups.make(office, BY)
        spoil(one.path)
        with pytest.raises(Mistake, match=r"damaged|not a backup"):
            backups.verify(one, BY)
        assert backups.listed(office, BY)[0].verified is None
        with pytest.raises(Mistake, match=r"damaged|not a backup"):
            backups.restore(office, one.path, BY)
    assert Lead.select().count() == 1


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    start = content.index(b"CREATE TABLE")
    content[start : start + 4] = b"\0\0\0\0"
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-5_000])


@pytest.mark.engines("sqlite")
def test_bx19_one_that_holds_something_else_than_was_written_is_not_whole(office: Office, folder: Path) -> None:
    one = backups.make(office, BY)
    assert backups.verify(one, BY).verified
    with closing(sqlite3.connect(one.path)) as file, file:
        file.execute('DELETE FROM "CRMLeads"')
    kept_backups._note(one._replace(sum=""))  # as an earlier version of the program has noted it
    with pytest.raises(Mistake, match="does not hold what was written"):
        backups.verify(one, BY)
    about = one.path.with_name(one.path.name + kept_backups.ABOUT)
    about.write_text("{}")
    assert backups.listed(office, BY) == []
    about.unlink()
    assert backups.preview(one.path, BY).rows["CRMLeads"] == 0


# ---------------------------------------------------------------- sealed ones


@pytest.fixture
def sealed(office: Office, folder: Path, keys: Keys) -> kept_backups.Backup:
    """A backup that only the passphrase opens."""
    import base64

    office_settings.choose(BACKUP_KEYS, f"{keys.public} {base64.b64encode(keys.wrapped).decode()}", BY)
    run(office, MONDAY)
    return backups.listed(office, BY)[0]


def test_bx20_a_sealed_backup_comes_back_with_the_passphrase_alone(
    office: Office, sealed: kept_backups.Backup, home: Path
) -> None:
    assert sealed.is_sealed and sealed.rows["CRMLeads"] == 1 and sealed.verified
    assert names(sealed.path.parent) == [sealed.path.name + ending for ending in ("", ".json", ".key")]
    assert b"SQLite" not in sealed.path.read_bytes() and {
        p.stat().st_mode & 0o777 for p in sealed.path.parent.iterdir()
    } == {0o600}
    leads.create({"description": "Second"}, BY)
    kept = backups.restore(office, sealed.path, BY, SECRET)
    assert kept is not None and kept.exists()
    assert [lead.description for lead in Lead.select()] == ["First"]
    assert not [
        path for path in (*home.iterdir(), *sealed.path.parent.parent.iterdir()) if path.name.startswith(".backup-")
    ]


@pytest.mark.engines("sqlite")
def test_bx20_another_passphrase_opens_nothing(office: Office, sealed: kept_backups.Backup) -> None:
    with pytest.raises(Mistake, match="not the passphrase") as wrong:
        backups.verify(sealed, BY, "something else")
    assert wrong.value.field == "passphrase" and backups.listed(office, BY)[0].verified
    sealed.key.unlink()
    with pytest.raises(Mistake, match="key .* is missing"):
        backups.preview(sealed.path, BY, SECRET)


@pytest.mark.engines("sqlite")
@pytest.mark.skipif(not shutil.which("age") or not shutil.which("zstd"), reason="needs age and zstd")
def test_bx20_the_ordinary_age_program_opens_it_too(sealed: kept_backups.Backup, tmp_path: Path) -> None:
    import pyrage

    identity = tmp_path / "identity"  # age asks for a passphrase on a terminal only
    identity.write_bytes(pyrage.passphrase.decrypt(sealed.key.read_bytes(), SECRET))
    plain = subprocess.run(["age", "-d", "-i", identity, sealed.path], capture_output=True, check=True).stdout
    expanded = subprocess.run(["zstd", "-d"], input=plain, capture_output=True, check=True).stdout
    (tmp_path / "office.db").write_bytes(expanded)
    with closing(sqlite3.connect(tmp_path / "office.db")) as file:
        assert file.execute('SELECT "Description" FROM "CRMLeads"').fetchall() == [("First",)]


@pytest.mark.engines("sqlite")
def test_bx20_a_sealed_backup_that_is_damaged_is_said_so(keys: Keys, tmp_path: Path) -> None:
    import pyrage

    plain, sealed = tmp_path / "plain", tmp_path / "sealed"
    plain.write_bytes(b"what an office holds " * 100_000)
    sealing.seal(plain, sealed, keys.public)
    content = sealed.read_bytes()
    other = pyrage.x25519.Identity.generate()
    for place in (len(content) - 5, len(content) // 2, 300):
        spoilt = bytearray(content)
        spoilt[place] ^= 1
        for damaged in (bytes(spoilt), content[:place]):
            sealed.write_bytes(damaged)
            with pytest.raises(Mistake, match="damaged"):
                sealing._opened(sealed, tmp_path / "out", other)


@pytest.mark.engines("sqlite")  # what is sealed is a file, whatever it was made of
def test_bx20_the_passphrase_is_kept_nowhere(office: Office, sealed: kept_backups.Backup) -> None:
    held = json.dumps([office_settings.get(BACKUP_KEYS, BY), *sealed.rows])
    assert SECRET not in held and SECRET.encode() not in b"".join(p.read_bytes() for p in sealed.path.parent.iterdir())
    assert "AGE-SECRET" not in held and office_settings.get(BACKUP_FOLDER, Program.BACKUP)


# ---------------------------------------------------------------- a full disk


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("is_sealed", [False, True])
def test_bx20_a_full_disk_is_said_and_leaves_nothing(office: Office, folder: Path, keys: Keys, is_sealed: bool) -> None:
    import resource
    import signal

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(Surroundings):
            kept_backups.make(office, "id", "Office", folder, keys if is_sealed else None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert names(folder) == []
    assert kept_backups.make(office, "id", "Office", folder).rows["CRMLeads"] == 1


# ---------------------------------------------------------------- before the tables are changed


@pytest.fixture
def older(engine: str, empty_database_url: str) -> str:
    """An office that an older version of the program has made, with one lead."""
    store: Any = server(empty_database_url) if engine == "postgres" else peewee.SqliteDatabase(
        str(sqlite_path(empty_database_url)), pragmas=[("application_id", APPLICATION_ID)]
    )  # fmt: skip
    with writing(), store:
        Runner(store, directory=str(data("migrations"))).up(target="0022_promised_leads")
        store.execute_sql("""INSERT INTO "CRMLeads" ("Description") VALUES ('First')""")
    return empty_database_url


def test_bx20_an_office_is_backed_up_before_it_is_brought_up_to_date(older: str, home: Path) -> None:
    asked: list[Path] = []
    again = open_database(older, before_update=lambda office: asked.append(before_update(office)))
    (kept,) = asked
    assert "before update" in kept.name and kept.parent == (again.path.parent if again.path else home / "backups")
    with closing(sqlite3.connect(kept)) as file:
        assert file.execute('SELECT "Description" FROM "CRMLeads"').fetchall() == [("First",)]
        assert max(file.execute("SELECT name FROM schema_migration")) == ("0022_promised_leads",)
    assert not list(kept.parent.glob("*.update"))
    again.close()
    open_database(older, before_update=lambda office: asked.append(kept)).close()
    assert len(asked) == 1


def test_bx20_of_two_that_are_updated_at_once_one_changes_the_tables(older: str) -> None:
    done: list[list[str]] = []
    begun = threading.Barrier(2)
    work = f"""
import sys
from channergy_crm.store.database import open_database
sys.stdin.readline()
open_database({older!r}).close()
"""

    def run() -> None:
        process = subprocess.Popen(
            [sys.executable, "-c", work], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        begun.wait()
        done.append(process.communicate("go\n", timeout=60)[1].splitlines()[-1:])

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [[], []]
    open_database(older).close()


def test_dp14_an_office_of_an_older_version_moves_as_it_is(older: str, tmp_path: Path) -> None:
    moved = mover.move(older, str(tmp_path / "moved.db"))
    assert [table.rows for table in moved if table.table == "CRMLeads"] == [1]
    with closing(sqlite3.connect(tmp_path / "moved.db")) as file:
        assert max(file.execute("SELECT name FROM schema_migration")) == ("0022_promised_leads",)
    office = open_database(str(tmp_path / "moved.db"))
    assert Lead.select().count() == 1
    office.close()
