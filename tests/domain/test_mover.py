"""An office goes from a file to a server and back with everything in it, counted and compared (DP-14)."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, commands, demo, work
from channergy_crm.errors import CRMError, Mistake
from channergy_crm.records import ALL, Lead, sync
from channergy_crm.records.custom_fields import KINDS
from channergy_crm.records.roles import Group
from channergy_crm.services import custom_fields, leads, saving, signing_in
from channergy_crm.store import database, ends, mover
from channergy_crm.store.database import open_database
from channergy_crm.sync import links
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests import postgres

pytestmark = pytest.mark.engines("postgres")
LONG = "Ein langer Text mit\n\tAbsatz, \\ und „Zeichen“ 🙂. " * 2_000
BY = "ADMIN"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(engine: str, cluster: postgres.Cluster) -> Iterator[str]:
    """An empty database on a server."""
    with cluster.database("template0") as url:
        yield url


@pytest.fixture(scope="module")
def whole(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an office with something of everything in it, and with what other programs put there."""
    path = tmp_path_factory.mktemp("whole") / "office.db"
    path.write_bytes(migrated_file.read_bytes())
    office = open_database(str(path))
    demo.fill(office)
    made = {kind: custom_fields.add(Lead, f"Our {kind}", kind, BY).column for kind in KINDS}
    for record in ALL:
        if record is not Group:  # made with its member
            factories.stored(record, 1)
    lead = factories.stored(Lead, 2)
    lead.notes = LONG
    setattr(lead, custom_fields.name_of(made["date"]), date(2026, 2, 28))
    setattr(lead, custom_fields.name_of(made["flag"]), True)
    setattr(lead, custom_fields.name_of(made["money"]), -1_234_567_890_123)
    saving.save(lead, BY)
    signing_in.set_password(BY, "four dry words here", BY)
    signing_in.stay(BY, "DESK")
    with work.unit("Delete", by=BY):
        work.current().delete(factories.stored(Lead))
    of_the_sync()
    office.close()
    with closing(sqlite3.connect(path)) as suite, suite:
        suite.execute('ALTER TABLE "Customers" ADD COLUMN "CreditLimit" NUMERIC(10, 2)')
        suite.execute("""UPDATE "Customers" SET "CreditLimit" = 99.5 + "CustNo", "RowVersion" = "RowVersion" + 1""")
        suite.execute("""CREATE TABLE "Stock" ("Code" VARCHAR(20) NOT NULL PRIMARY KEY, "Left" INTEGER, "Seen" DATETIME,
            "Picture" BLOB, "Is""Odd" BOOLEAN)""")
        suite.execute("""INSERT INTO "Stock" VALUES ('A 1', 9876543210, '2026-11-23 10:00', x'00ff', 1), ('B', NULL,
            '', NULL, 0)""")
        suite.execute('CREATE TABLE "StockLog" ("LogNo" INTEGER PRIMARY KEY, "Text" TEXT)')
        suite.execute("""INSERT INTO "StockLog" VALUES (7, '')""")
    return path


def of_the_sync() -> None:
    """What the sync keeps: what waits, who is who there, what both said last, what disagreed, how far it read."""
    about, moment = {"table": "CRMAccounts", "key": "1"}, clock.now()
    said = {"name": "Müller & Söhne 🙂", "phone": None}
    with database.writing():
        sync.Outgoing.insert(**about, unit=3, made=moment, request="k" * 32, error="„lang“").execute()
        sync.SyncLink.insert(**about, remote="C17", etag='"3"', base=links.written(said), synced=moment).execute()
        sync.Conflict.insert(**about, field="phone", ours="1", theirs="2\n3", seen=moment).execute()
        sync.Cursor.insert(what="companies", cursor="c9", read=moment).execute()
        sync.SyncPerson.insert(owner="BEN", remote="U2", name="Ben").execute()


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    path = tmp_path / "office.db"
    shutil.copyfile(whole, path)
    return path


def held(url: str) -> dict[str, tuple[int, str]]:
    """The figures of an office, read anew."""
    found = {}
    with ends.reading(url) as source:
        for table in source.tables().values():
            adding = mover._Sum(lambda rows: None)
            for _rows in adding.over(source.rows(table)):
                pass
            found[table.name] = adding.of(table.name)[1:]
    return found


def test_dp14_everything_goes_to_a_server_and_back_and_is_the_same(file: Path, server: str, tmp_path: Path) -> None:
    there = {moved.table: moved[1:] for moved in mover.move(str(file), server)}
    back = tmp_path / "back" / "office.db"
    again = {moved.table: moved[1:] for moved in mover.move(server, f"sqlite:///{back}")}
    assert there == again
    assert {"CRMLeads", "CRMChanges", "CRMUnits", "CRMSettings", "Stock", "schema_migration"} <= there.keys()
    empty = {name for name, (rows, _sum) in there.items() if not rows}
    assert empty <= {
        "CRMImports",
        "CRMImportPresets",
        "CRMExports",
        "CRMJobs",
        "CRMLeases",
        "CRMEdited",
        "CRMClaims",
        "CRMOwnerNotices",
        "CRMTicketNews",
        "CRMPortalLinks",
        "CRMPortalSessions",
        "CRMPortalFiles",
        "CRMPortalRates",
        "CRMTicketCommentFiles",
        "CRMDials",
        "CRMPauses",
        "CRMMessages",
        "CRMMessageBatches",
        "CRMEventLooks",
        "CRMErasures",
        "CRMShownReminders",
        "CRMNoticesSeen",
        "CRMWatchedViews",
        "CRMMentionsRead",
        "CRMWatchedMails",
    }
    assert held(str(file)) == held(str(back)) == there
    assert [path.name for path in back.parent.iterdir()] == ["office.db"]


def test_dp14_what_came_to_the_server_is_an_office_one_works_in(file: Path, server: str) -> None:
    with closing(sqlite3.connect(file)) as counted:
        last = counted.execute("""SELECT "LastNo" FROM "CRMNumbers" WHERE "TableName" = 'CRMLeads'""").fetchone()[0]
    mover.move(str(file), server)
    office = open_database(server)
    long = Lead.select().where(Lead.notes == LONG).get()
    assert long.custom_our_flag is True and long.custom_our_money == -1_234_567_890_123
    assert long.custom_our_date == date(2026, 2, 28)
    new = leads.create({"description": "Since"}, BY)
    assert new.number > last, "the number of a deleted record is not given again"
    assert office.database.execute_sql("SELECT count(*) FROM pg_indexes WHERE indexname = 'CRMLeads_words'").fetchone()
    links = "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = '\"CRMLeads\"'::regclass"
    assert office.database.execute_sql(links).fetchone()[0] > 0
    with database.writing():
        office.database.execute_sql("""INSERT INTO "StockLog" ("Text") VALUES ('x')""")
    assert office.database.execute_sql('SELECT max("LogNo") FROM "StockLog"').fetchone()[0] == 8
    office.close()


def test_dp14_what_came_into_a_file_is_an_office_one_works_in(file: Path, server: str, tmp_path: Path) -> None:
    mover.move(str(file), server)
    office = open_database(server)
    number = leads.create({"description": "Last"}, BY).number
    with work.unit("Delete", by=BY):
        found = Lead.find(number)
        assert found is not None
        work.current().delete(found)
    office.close()
    back = tmp_path / "back.db"
    mover.move(server, str(back))
    office = open_database(str(back))
    assert office.check() == "ok" and Lead.select().where(Lead.notes == LONG).count() == 1
    assert leads.create({"description": "Since"}, BY).number > number
    assert back.stat().st_mode & 0o077 == 0
    with closing(office.reader()) as reader:
        assert reader.rows("""SELECT rowid FROM "CRMLeads_words" WHERE "CRMLeads_words" MATCH '"555"'""")
    office.close()


def test_dp14_the_office_that_is_open_does_not_notice(file: Path, server: str, tmp_path: Path) -> None:
    mover.move(str(file), server)
    office = open_database(server)
    mover.move(server, str(tmp_path / "copy.db"))
    assert database.proxy.obj is office.database
    from channergy_crm.store import trigrams

    assert trigrams.words_table("CRMLeads") is None
    office.close()


def test_dp14_what_is_saved_meanwhile_is_not_half_there(file: Path, server: str, tmp_path: Path) -> None:
    mover.move(str(file), server)
    office = open_database(server)
    saved: list[object] = []

    def save(done: int, total: int, text: str) -> None:
        if not saved:
            saved.append(leads.create({"description": "Meanwhile"}, BY))

    figures = {moved.table: moved.rows for moved in mover.move(server, str(tmp_path / "copy.db"), save)}
    assert saved and figures["CRMLeads"] == Lead.select().count() - 1
    office.close()


def test_dp14_a_target_that_holds_something_is_refused(file: Path, database_url: str, tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="is not empty. Make a new database"):
        mover.move(str(file), database_url)
    other = tmp_path / "other.db"
    other.write_text("x")
    with pytest.raises(Mistake, match="is there already"):
        mover.move(database_url, str(other))
    with pytest.raises(Mistake, match="same office"):
        mover.move(str(file), f"sqlite:///{file}")
    with pytest.raises(Mistake, match="There is no office"):
        mover.move(str(tmp_path / "none.db"), str(tmp_path / "new.db"))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("""UPDATE "CRMLeads" SET "CreateDt" = 'some day'""", "CRMLeads cannot be moved: invalid input"),
        ("""UPDATE "CRMLeads" SET "Notes" = 'a' || char(0)""", "CRMLeads cannot be moved: .*NUL"),
        ("""UPDATE "CustomerContacts" SET "CustNo" = 99999""", "cannot be moved: insert or update on table"),
        ("""UPDATE "CRMLeads" SET "CallDt" = '1/5/2026'""", "stands in CRMLeads did not arrive as it was"),
    ],
)
def test_dp14_what_a_server_cannot_take_is_said_and_nothing_is_left(
    file: Path, server: str, wrong: str, said: str
) -> None:
    with closing(sqlite3.connect(file)) as suite, suite:
        suite.execute(wrong)
    with pytest.raises(CRMError, match=said):
        mover.move(str(file), server)
    with pytest.raises(Mistake, match="holds no office"):
        database.require(server)
    with closing(sqlite3.connect(file)) as suite, suite:
        suite.execute("""UPDATE "CRMLeads" SET "CreateDt" = NULL, "Notes" = ''""")
        suite.execute("""UPDATE "CRMLeads" SET "CallDt" = NULL""")
        suite.execute("""UPDATE "CustomerContacts" SET "CustNo" = 1""")
    assert mover.move(str(file), server)


def test_dp14_the_command_says_the_figures_of_every_table(
    file: Path, server: str, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = held(str(file))
    arguments = ["move", str(file), server.replace("crm@", "crm:geheim@")]
    assert commands.run(arguments, lambda url, operator: 1) == 0
    out, err = capsys.readouterr()
    rows, total = figures["CRMLeads"]
    assert f"{rows:>12,}  {total}  CRMLeads\n" in out and "geheim" not in out + err
    assert f"{sum(rows for rows, _sum in figures.values()):,} rows of {len(figures)} tables are in" in out
    assert commands.run(arguments, lambda url, operator: 1) == 1
    assert "is not empty" in capsys.readouterr().err


def test_dp14_stopped_half_way_nothing_is_left(file: Path, server: str, tmp_path: Path) -> None:
    def stop(done: int, total: int, text: str) -> None:
        if text.startswith("Comparing: CRMLeads"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        mover.move(str(file), server, stop)
    with pytest.raises(Mistake, match="holds no office"):
        database.require(server)
    assert clock.now()


def test_dp14_an_office_of_an_older_version_goes_as_it_is(file: Path, server: str) -> None:
    with closing(sqlite3.connect(file)) as older, older:
        last = older.execute("SELECT max(name) FROM schema_migration").fetchone()[0]
        older.execute("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01')")
    with pytest.raises(Mistake, match="newer version"):
        mover.move(str(file), server)
    assert last


KILLED = """
import sys
from channergy_crm.store import mover
from channergy_crm.store.restoring import restore
from pathlib import Path

def step(done, total, text):
    if text == "Comparing: CRMLeads":
        print("here", flush=True)
        sys.stdin.readline()

if sys.argv[1] == "move":
    mover.move(sys.argv[2], sys.argv[3], step)
else:
    restore(Path(sys.argv[2]), sys.argv[3], step)
"""


def kill_in_the_middle(*arguments: str) -> None:
    """Somebody pulls the plug while the rows are being compared."""
    pipes = dict.fromkeys(("stdin", "stdout"), subprocess.PIPE)
    process = subprocess.Popen([sys.executable, "-c", KILLED, *arguments], text=True, cwd=ROOT, **pipes)
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    process.kill()
    process.communicate(timeout=20)


def test_dp14_killed_in_the_middle_nothing_is_left_of_it(file: Path, server: str, tmp_path: Path) -> None:
    kill_in_the_middle("move", str(file), server)
    with pytest.raises(Mistake, match="holds no office"):
        database.require(server)
    assert mover.move(str(file), server)
    kill_in_the_middle("move", server, str(tmp_path / "back.db"))
    assert not (tmp_path / "back.db").exists()
    assert mover.move(server, str(tmp_path / "back.db"))


def test_bx20_killed_while_a_backup_is_put_back_the_office_is_what_it_was(
    file: Path, server: str, tmp_path: Path
) -> None:
    mover.move(str(file), server)
    figures = held(server)
    with closing(sqlite3.connect(file)) as suite, suite:
        suite.execute("""UPDATE "CRMLeads" SET "Company" = 'Another'""")
    kill_in_the_middle("restore", str(file), server)
    assert held(server) == figures
