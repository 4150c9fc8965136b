"""What other windows and programs write is told once, whenever and however it comes to be seen (F-8)."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.errors import Surroundings
from channergy_crm.records import BY_TABLE, Lead
from channergy_crm.services import leads, saving
from channergy_crm.work.elsewhere import Elsewhere
from tests import another

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.bell import Bell
    from channergy_crm.store.database import Office
    from channergy_crm.work import Done

MOMENT = "'2026-11-23 10:00:00'"
WHO, CUT = "SELECT pg_backend_pid()", "SELECT pg_terminate_backend(%s)"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
def bell(office: Office) -> Iterator[Bell]:
    bell = office.bell()
    yield bell
    bell.close()


@pytest.fixture
def journal(office: Office, bell: Bell) -> Elsewhere:
    """What this window has seen: everything until now."""
    leads.create({"description": "Here", "first_name": "Ann"}, "ADMIN")
    journal = Elsewhere(BY_TABLE)
    assert journal.look(bell) == []
    return journal


@pytest.fixture
def there(database_url: str, tmp_path: Path) -> Iterator[another.Another]:
    """Another window of the same office."""
    with another.window(database_url, tmp_path / "there") as there:
        there.does("1")
        yield there


@contextmanager
def suite(url: str) -> Iterator[Any]:
    """Another program, which knows nothing of the journal; what it does is written at once."""
    if url.startswith("sqlite"):
        line: Any = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, timeout=15)
    else:
        import psycopg

        line = psycopg.connect(url, autocommit=True)
    try:
        yield line.execute
    finally:
        line.close()


def looked(journal: Elsewhere, bell: Bell) -> list[Done]:
    """What is told after a bell; on a server a note takes a moment to come."""
    bell.wait()
    return journal.look(bell)


FOREIGN = (
    """UPDATE "CRMLeads" SET "Company" = 'Acme Inc'""",
    """INSERT INTO "CustomLookup" ("TableName", "FieldName", "LookupValue", "LookupDescription")
        VALUES ('CRMLeads', 'CallCode', 'X', 'X')""",
    """DELETE FROM "CRMLeads" """,
)


@pytest.mark.parametrize("statement", FOREIGN)
def test_f8_what_a_program_writes_past_the_journal_is_told_once(
    journal: Elsewhere, bell: Bell, database_url: str, statement: str
) -> None:
    with suite(database_url) as write:
        write(statement)
    (done,) = looked(journal, bell)
    assert done.touches("CRMLeads", 1) and done.elsewhere and not done.number
    assert looked(journal, bell) == []


def test_f8_nothing_of_ours_counts_as_another_programs(journal: Elsewhere, bell: Bell) -> None:
    lead = Lead.get()
    lead.company = "Acme"
    leads.save(lead, "ADMIN")
    saving.undo_latest("ADMIN")
    lead = Lead.get()
    leads.remove(lead.number, "ADMIN")
    assert looked(journal, bell) == []


def test_f8_a_unit_of_another_window_is_not_taken_for_another_programs(
    journal: Elsewhere, bell: Bell, there: another.Another
) -> None:
    there.does("leads.create({'description': 'New'}, 'ADMIN')")
    (done,) = looked(journal, bell)
    assert done.number and done.tables == {"CRMLeads"} and not done.anywhere


def test_f8_a_foreign_write_in_the_same_moment_as_units_is_not_missed(
    journal: Elsewhere, bell: Bell, there: another.Another, database_url: str
) -> None:
    with suite(database_url) as write:
        there.does("leads.create({'description': 'Before'}, 'ADMIN')")
        write(FOREIGN[0])
        there.does("leads.create({'description': 'After'}, 'ADMIN')")
        leads.create({"description": "Here"}, "ADMIN")
    unit, foreign = looked(journal, bell)
    assert unit.number and len(unit.keys("CRMLeads")) == 2
    assert not foreign.number and "Customers" in foreign.anywhere


def test_f8_what_a_program_takes_back_is_not_told(journal: Elsewhere, bell: Bell, database_url: str) -> None:
    with suite(database_url) as write:
        write("BEGIN")
        write(FOREIGN[0])
        write("ROLLBACK")
    assert looked(journal, bell) == []


# ---------------------------------------------------------------- on a server


@pytest.mark.engines("postgres")
def test_f8_a_number_that_appears_late_is_told(journal: Elsewhere, bell: Bell, database_url: str) -> None:
    """The transaction with the smaller number is written after the one with the larger number."""
    with suite(database_url) as early:
        early("BEGIN")
        unit = f"""INSERT INTO "CRMUnits" ("Name", "OperatorID", "DoneDt", "Kind")
            VALUES ('Early', 'BEN', {MOMENT}, 'do') RETURNING "UnitNo" """
        number = early(unit).fetchone()[0]
        early(
            'INSERT INTO "CRMChanges" ("UnitNo", "TableName", "RecordNo", "Verb") VALUES (%s, %s, %s, %s)',
            (number, "CRMLeads", "77", "update"),
        )
        with suite(database_url) as late:
            late(unit.replace("Early", "Late"))
        (done,) = looked(journal, bell)
        assert done.name == "Late" and journal.look(bell) == []
        early("COMMIT")
    (done,) = looked(journal, bell)
    assert (done.number, done.name, done.keys("CRMLeads")) == (number, "Early", {77})
    assert looked(journal, bell) == []


@pytest.mark.engines("postgres")
def test_f8_nothing_is_missed_while_the_line_is_broken(
    journal: Elsewhere, bell: Bell, office: Office, there: another.Another, database_url: str
) -> None:
    with suite(database_url) as write:
        write(CUT, bell.rows(WHO)[0])
        there.does("leads.create({'description': 'Meanwhile'}, 'ADMIN')")
        write(FOREIGN[0])
    with pytest.raises(Surroundings):
        looked(journal, bell)
    again = office.bell()
    unit, foreign = journal.look(again)
    assert len(unit.keys("CRMLeads")) == 1 and foreign.touches("CRMLeads", 1)
    assert looked(journal, again) == []
    again.close()


@pytest.mark.engines("postgres")
def test_f8_a_line_that_breaks_while_the_journal_is_read_loses_nothing(
    journal: Elsewhere, bell: Bell, there: another.Another, database_url: str
) -> None:
    there.does("leads.create({'description': 'Meanwhile'}, 'ADMIN')")
    raised: list[Exception] = []

    def look() -> None:
        try:
            journal.look(bell)
        except Surroundings as error:
            raised.append(error)

    who = bell.rows(WHO)[0]
    with suite(database_url) as hold, suite(database_url) as ask:
        hold("BEGIN")
        hold('LOCK TABLE "CRMChanges" IN ACCESS EXCLUSIVE MODE')
        looking = threading.Thread(target=look)
        looking.start()
        while not ask(WAITS).fetchone()[0]:
            pass
        ask(CUT, who)
        looking.join(20)
    assert len(raised) == 1
    unit = journal.look(bell)[0]
    assert len(unit.keys("CRMLeads")) == 1
