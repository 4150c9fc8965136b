"""What can go wrong with a server is said in a sentence, and a password is said nowhere (F-15)."""

from __future__ import annotations

import contextlib
import logging
import re
import threading
import traceback
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import commands, work
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import leads, saving
from channergy_crm.store.complaints import ReadOnly
from channergy_crm.store.database import Office, open_database
from channergy_crm.store.sharing import SharedLine
from tests.domain.test_connection import cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests import postgres

pytestmark = pytest.mark.engines("postgres")
SECRET = "Ge%40heim"


@pytest.fixture
def ask(cluster: postgres.Cluster, database_url: str) -> Iterator[Any]:
    """The server's own administrator, in the office's database."""
    import psycopg

    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection.execute


@pytest.fixture
def clerk(ask: Any, database_url: str) -> Iterator[str]:
    """The address of the office for somebody with no rights at all; a password is in it, though nobody asks for it."""
    ask("CREATE ROLE clerk LOGIN PASSWORD 'Ge@heim'")
    yield database_url.replace("crm@", f"clerk:{SECRET}@")
    ask("DROP OWNED BY clerk")
    ask("DROP ROLE clerk")


@pytest.fixture
def guarded(ask: Any, cluster: postgres.Cluster) -> Iterator[None]:
    """The server asks the clerk for a password."""
    rules = cluster.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"local all clerk scram-sha-256\n{before}")
    ask("SELECT pg_reload_conf()")
    yield
    rules.write_text(before)
    ask("SELECT pg_reload_conf()")


def told(url: str) -> CRMError:
    """What somebody is told who cannot open this; nothing of it, and nothing that led to it, names the password."""
    with pytest.raises(CRMError) as raised:
        open_database(url).close()
    everything = "".join(traceback.format_exception(raised.value))
    for part in (SECRET, "Ge@heim", "heim@", "secret"):
        assert part not in everything
    return raised.value


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("/office_", "/no_office_"), "no such database"),
        (("host=/", "host=/nowhere/"), "No server answers"),
        (("crm@", "nobody_here@"), "does not know this user"),
        (("crm@/", "crm:secret@127.0.0.1:1/"), "No server answers at 127.0.0.1:1"),
        (("crm@/", "crm:secret@no.such.host.invalid/"), "There is no server no.such.host.invalid"),
        (("crm@/", "crm:pa/secret@h/"), "cannot be read|No server|There is no server"),
        (("crm@/", "crm:%zzsecret@h/"), "cannot be read"),
        (("?host=", "?password=secret&nonsense=1&host="), "cannot be read"),
        (("crm@/", "crm:secret@h:port/"), "no server h:port"),
    ],
)
def test_f15_an_address_that_leads_nowhere(database_url: str, change: tuple[str, str], said: str) -> None:
    url = database_url.replace(*change)
    if "@127" in url or ".invalid" in url or "@h" in url:
        url = url.partition("?")[0]
    error = told(url)
    assert re.search(said, error.message), error.message


def test_f15_a_wrong_password_is_said(clerk: str, guarded: None, capsys: pytest.CaptureFixture[str]) -> None:
    url = clerk.replace(SECRET, "secret")
    assert "does not accept this user or password" in told(url).message
    assert commands.run(["check", "--database", url], lambda *_: 0) == 1
    heard = capsys.readouterr()
    assert "secret" not in heard.out + heard.err and heard.err.count("\n") == 1


def test_f15_an_opened_office_does_not_show_its_password(
    clerk: str, ask: Any, guarded: None, caplog: pytest.LogCaptureFixture
) -> None:
    ask("ALTER ROLE clerk SUPERUSER")
    caplog.set_level(logging.DEBUG)
    office = open_database(clerk)
    reader = office.reader()
    shown = [office.url, repr(office), repr(office.database), repr(reader), str(vars(office)), caplog.text]
    assert not any(SECRET in text or "Ge@heim" in text for text in shown), shown
    leads.create({"description": "One"}, "ADMIN")
    assert reader.rows('SELECT "Description" FROM "CRMLeads"') == [("One",)]
    reader.close()
    office.close()
    ask("ALTER ROLE clerk NOSUPERUSER")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_f15_a_server_that_cannot_keep_all_letters_is_refused(cluster: postgres.Cluster, encoding: str) -> None:
    import psycopg

    name = f"letters_{encoding.lower()}"
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as administrator:
        administrator.execute(
            f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0"
        )  # sql: ours
        try:
            error = told(cluster.url(name))
            assert isinstance(error, Mistake) and encoding in error.message and "createdb -E UTF8" in error.message
            with psycopg.connect(cluster.url(name)) as left:
                assert left.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone() == (0,)
        finally:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)")  # sql: ours


def test_f15_letters_go_through_whatever_the_workstation_is_set_to(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGCLIENTENCODING", "LATIN1")
    office = open_database(database_url)
    leads.create({"description": "Ωmega 日本"}, "ADMIN")
    reader = office.reader()
    assert reader.rows('SELECT "Description" FROM "CRMLeads"') == [("Ωmega 日本",)]
    reader.close()
    office.close()


def test_f15_whoever_may_only_read_reads_and_exports(
    clerk: str, ask: Any, office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    leads.create({"description": "One"}, "ADMIN")
    office.close()
    assert isinstance(told(clerk), ReadOnly)
    ask("GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk")
    assert commands.run(["export", "leads", str(tmp_path / "out.csv"), "--database", clerk], lambda *_: 0) == 0
    assert "One" in (tmp_path / "out.csv").read_text("utf-8-sig")
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith("out")] == ["out.csv"]
    assert commands.run(["operators", "add", "BOB", "Bob", "--database", clerk], lambda *_: 0) == 1
    assert capsys.readouterr().err == "This office may only be read from here. Nothing was saved.\n"
    reading = open_database(clerk)
    listing = Listing(reading.reader())
    assert listing.build(ListQuery(Lead, ["description"])) == 1
    lead = Lead.get()
    lead.notes = "typed"
    with pytest.raises(ReadOnly):
        saving.save(lead, "ADMIN")
    assert lead.changes()
    listing.close()
    reading.close()


def test_f15_a_server_set_to_reading_only_is_said(office: Office, ask: Any, operator: str) -> None:
    lead = leads.create({"description": "One"}, operator)
    office.database.execute_sql("SET default_transaction_read_only = on")
    lead.notes = "typed"
    with pytest.raises(ReadOnly):
        saving.save(lead, operator)
    office.database.execute_sql("SET default_transaction_read_only = off")
    saving.save(lead, operator)


def test_f15_a_server_without_room_is_said(clerk: str, ask: Any) -> None:
    ask("ALTER ROLE clerk CONNECTION LIMIT 0")
    assert "takes no more connections" in told(clerk).message


def test_f15_what_takes_longer_than_the_server_allows_is_said(office: Office) -> None:
    office.database.execute_sql("SET statement_timeout = 20")
    with pytest.raises(Surroundings, match="longer than the server allows"):
        office.database.execute_sql("SELECT pg_sleep(5)")
    office.database.execute_sql("SET lock_timeout = 20")
    with contextlib.closing(office.reader()) as other, other._raw.transaction():
        other.run('LOCK TABLE "CRMLeads"')
        with pytest.raises(Surroundings, match="longer than|Somebody is working"):
            leads.create({"description": "One"}, "ADMIN")


def test_f15_two_who_wait_for_each_other_are_told_so(office: Office, operator: str) -> None:
    one, two = (leads.create({"description": text}, operator) for text in ("One", "Two"))
    office.database.execute_sql("SET deadlock_timeout = '50ms'")
    waiting, told_here = threading.Event(), []
    update = 'UPDATE "CRMLeads" SET "Notes" = %s WHERE "LeadNo" = %s'

    def elsewhere() -> None:
        with contextlib.closing(office.reader()) as other, other._raw.transaction():
            other.run("SET deadlock_timeout = '20s'")  # so that it is this workstation that gives way
            other.run(update, ("two", two.number))
            waiting.set()
            with contextlib.suppress(Surroundings):
                other.run(update, ("one", one.number))

    worker = threading.Thread(target=elsewhere)
    try:
        with work.unit("Both", by=operator):
            one.notes = "here"
            one.save()
            worker.start()
            assert waiting.wait(10)
            two.notes = "here"
            two.save()
    except Surroundings as error:
        told_here.append(error.message)
    worker.join()
    assert told_here == ["Somebody else saved the same at the same moment. Nothing was saved; try again."]


def test_f15_tables_that_are_not_ours_any_more_are_said(office: Office) -> None:
    with pytest.raises(Surroundings, match="not those of this version"):
        office.database.execute_sql('SELECT * FROM "CRMNothing"')
    with pytest.raises(Surroundings, match="not those of this version"):
        office.database.execute_sql('SELECT "Nothing" FROM "CRMLeads"')


def test_f15_the_programs_own_mistakes_are_no_sentence(office: Office) -> None:
    import peewee

    with pytest.raises(peewee.ProgrammingError):
        office.database.execute_sql("SELEC 1")


def test_f15_a_lost_server_is_said_wherever_it_is_missed(office: Office, operator: str) -> None:
    lead = leads.create({"description": "Before"}, operator)
    with pytest.raises(Surroundings, match="does not answer"), work.unit("Save", by=operator):
        cut(office)
        lead.notes = "typed"
        lead.save()
    assert lead.changes()
    saving.save(lead, operator)


def test_nothing_is_left_on_the_connection_that_lists_share(office: Office) -> None:
    reader = office.list_reader()
    with pytest.raises(SharedLine, match="others read on"):
        reader.run("CREATE TEMPORARY TABLE mine (number INTEGER)")
    reader.close()
