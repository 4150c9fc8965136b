"""A backup takes the office's place: nothing anybody saved is lost, nothing is half done, everything is said (F-7)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import leads
from channergy_crm.store import copies
from channergy_crm.store.backup import backup, restore
from channergy_crm.store.database import Office, open_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.engines("sqlite")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def path(office: Office, operator: str) -> Path:
    """An office with a lead, of which there is a backup, and one since."""
    assert office.path
    leads.create({"description": "First"}, operator)
    backup(office, office.path.with_name("copy.db"))
    leads.create({"description": "Second"}, operator)
    return office.path


@pytest.fixture
def copy(path: Path) -> Path:
    return path.with_name("copy.db")


@pytest.fixture
def writer(path: Path) -> Iterator[sqlite3.Connection]:
    """Somebody else at the office's file."""
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        yield connection


def held(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in connection.execute('SELECT "Description" FROM "CRMLeads" ORDER BY "LeadNo"')]


def beside(path: Path) -> list[str]:
    """What lies in the office's folder beside its own file and the backup."""
    known = {path.name, "copy.db", f"{path.name}-wal", f"{path.name}-shm", "home"}
    return sorted(file.name for file in path.parent.iterdir() if file.name not in known)


def test_f7_nobody_can_save_between_keeping_aside_and_copying_over(
    path: Path, copy: Path, writer: sqlite3.Connection
) -> None:
    tried: list[str] = []

    def save(done: int, total: int, text: str) -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            writer.execute("""UPDATE "CRMLeads" SET "Notes" = 'between'""")
        tried.append(text)

    kept = restore(copy, str(path), save)
    assert set(tried) == {"Keeping what is there", "Copying"}
    assert kept is not None and (held(kept), held(path)) == (["First", "Second"], ["First"])
    writer.execute("""UPDATE "CRMLeads" SET "Notes" = 'after'""")
    assert beside(path) == [kept.name]


def test_f7_an_open_window_reads_what_was_put_back_and_saves_into_it(
    office: Office, path: Path, copy: Path, operator: str
) -> None:
    assert Lead.select().count() == 2
    reader = office.reader()
    before = reader.rows("PRAGMA data_version")
    restore(copy, str(path))
    assert reader.rows("PRAGMA data_version") != before
    assert reader.rows('SELECT "Description" FROM "CRMLeads"') == [("First",)]
    reader.close()
    leads.create({"description": "Third"}, operator)
    assert held(path) == ["First", "Third"]


def test_f7_two_restores_within_a_second_keep_both(path: Path, copy: Path, fixed_clock: datetime) -> None:
    first = restore(copy, str(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("""UPDATE "CRMLeads" SET "Description" = 'Changed since'""")
    second = restore(copy, str(path))
    assert first is not None and second is not None and first != second
    assert (held(first), held(second), held(path)) == (["First", "Second"], ["Changed since"], ["First"])
    assert second.name == "office before restore 2026-11-23 100000 (2).db"


def test_f7_what_nothing_here_could_open_is_refused_before_anything_is_touched(path: Path, copy: Path) -> None:
    newer, empty = copy.with_name("newer.db"), copy.with_name("empty.db")
    shutil.copyfile(copy, newer)
    with closing(sqlite3.connect(newer)) as file, file:
        file.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    with closing(sqlite3.connect(empty)) as file, file:
        file.execute(f"PRAGMA application_id = {0x4348434D}")
        file.execute("CREATE TABLE x (y)")
    for source, said in ((newer, "newer version"), (empty, "not a backup")):
        with pytest.raises(Mistake, match=said):
            restore(source, str(path))
    assert held(path) == ["First", "Second"]
    assert beside(path) == ["empty.db", "newer.db"]


def test_f7_the_file_of_another_program_is_left_alone(copy: Path, tmp_path: Path) -> None:
    other = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(other)) as file, file:
        file.execute("CREATE TABLE bookmarks (x)")
    before = other.read_bytes()
    with pytest.raises(Mistake, match="another program"):
        restore(copy, str(other))
    with pytest.raises(Mistake, match="folder"):
        restore(copy, str(tmp_path))
    assert other.read_bytes() == before


@pytest.mark.parametrize("damage", ["head", "middle"])
def test_f7_a_damaged_office_is_restored_and_kept_as_it_is(office: Office, path: Path, copy: Path, damage: str) -> None:
    office.close()
    content = bytearray(path.read_bytes())
    content[0 if damage == "head" else 8192 : 100 if damage == "head" else 16384] = b""
    content += bytes(-len(content) % 4096)
    path.write_bytes(content)
    kept = restore(copy, str(path))
    assert kept is not None and held(path) == ["First"]
    assert kept.stat().st_size == len(content)
    open_database(str(path)).close()


def test_f7_somebody_who_writes_is_waited_for_a_moment_and_told_so(
    path: Path, copy: Path, writer: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "PATIENCE_SECONDS", 0.2)
    writer.execute("BEGIN IMMEDIATE")
    told: list[str] = []
    began = time.monotonic()
    with pytest.raises(Surroundings, match="Somebody is writing .* Nothing was changed"):
        restore(copy, str(path), lambda done, total, text: told.append(text))
    assert time.monotonic() - began < 2
    assert set(told) == {"Waiting until nobody writes"}
    writer.execute("ROLLBACK")
    assert (held(path), beside(path)) == (["First", "Second"], [])

    def gives_way(done: int, total: int, text: str) -> None:
        if writer.in_transaction:
            writer.execute("COMMIT")

    writer.execute("BEGIN IMMEDIATE")
    assert restore(copy, str(path), gives_way) is not None
    assert held(path) == ["First"]


@pytest.mark.parametrize("stop_at", ["Keeping what is there", "Copying"])
def test_f7_stopped_half_way_the_office_is_as_it_was(path: Path, copy: Path, stop_at: str) -> None:
    def stop(done: int, total: int, text: str) -> None:
        if text == stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(copy, str(path), stop)
    assert (held(path), beside(path)) == (["First", "Second"], [])


def test_f7_what_an_ended_restore_left_behind_is_cleared_away(path: Path, copy: Path) -> None:
    left = path.with_name("office before restore 2026-01-01 120000.db.part")
    left.write_bytes(b"half")
    kept = restore(copy, str(path))
    assert kept is not None and beside(path) == [kept.name]


def test_f7_an_office_without_a_log_is_restored_as_well(office: Office, path: Path, copy: Path) -> None:
    """As on a network drive: whoever writes locks out the readers, too."""
    office.close()
    with closing(sqlite3.connect(path)) as file:
        assert file.execute("PRAGMA journal_mode = delete").fetchone() == ("delete",)
    from channergy_crm.store import restoring

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "network_file_system", lambda path: "nfs")
        kept = restore(copy, str(path))
    assert kept is not None and (held(kept), held(path)) == (["First", "Second"], ["First"])


def test_f7_a_backup_on_a_disk_that_may_only_be_read_is_put_back(path: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as file:
        file.execute("PRAGMA journal_mode = wal")
    assert copies.open_to_read(copy).execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 10
    assert restore(copy, str(path)) is not None


FULL = """
import resource, sys
from channergy_crm.errors import Surroundings
from channergy_crm.store.backup import backup, restore
from channergy_crm.store.database import open_database
what, path, copy, room = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
office = open_database(path) if what == "backup" else None
resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
try:
    if office:
        from pathlib import Path
        backup(office, Path(copy))
    else:
        from pathlib import Path
        restore(Path(copy), path)
except Surroundings as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited there")
@pytest.mark.parametrize(("what", "room"), [("restore", 0.3), ("restore", 1.05), ("backup", 0.3)])
def test_f7_a_full_disk_is_said_and_leaves_everything_as_it_was(path: Path, what: str, room: float) -> None:
    """A real limit on the size of files: the copy aside does not fit, or the log of the office does not."""
    source = path.with_name("large.db")
    with closing(sqlite3.connect(path.with_name("copy.db"))) as small, closing(sqlite3.connect(source)) as large, large:
        small.backup(large)
        large.execute("CREATE TABLE filler AS SELECT randomblob(2000000) AS filled")
    target = source if what == "restore" else path.with_name("new.db")
    limit = round(path.stat().st_size * room) if room < 1 else 1_000_000
    done = subprocess.run(
        [sys.executable, "-c", FULL, what, path, target, str(limit)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
    assert held(path) == ["First", "Second"]
    assert beside(path) == ["large.db"]


def test_f7_a_backup_that_is_stopped_leaves_nothing(office: Office, path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(office, path.with_name("new.db"), stop)
    assert beside(path) == []


def test_f7_two_backups_to_one_place_do_not_write_into_each_other(office: Office, path: Path) -> None:
    target = path.with_name("new.db")
    parts: list[str] = []

    def second(done: int, total: int) -> None:
        parts.extend(file for file in beside(path) if file.endswith(".part"))
        if len(parts) < 2:
            backup(office, target, second)

    backup(office, target, second)
    assert {"new.db.part", "new.db.2.part"} <= set(parts)
    assert held(target) == ["First", "Second"]
    assert beside(path) == ["new.db"]


def test_f7_the_clock_is_the_offices(path: Path, copy: Path, fixed_clock: datetime) -> None:
    kept = restore(copy, str(path))
    assert kept is not None and f"{clock.now():%Y-%m-%d %H%M%S}" in kept.name
