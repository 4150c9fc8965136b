"""The deep check finds what is wrong in a really damaged office, and a backup is looked into before it is put back."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from channergy_crm import clock, commands
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Lead, Task
from channergy_crm.records.sync import Outgoing, SyncLink
from channergy_crm.services import checking_office, leads
from channergy_crm.store import inspection
from channergy_crm.store.backup import backup
from channergy_crm.store.database import Office, writing
from tests.factories import stored

if TYPE_CHECKING:
    from pathlib import Path

LEAD = {"description": "Wants a printer", "last_name": "Müller", "phone": "504-621-8927", "email": "m@example.com"}


@pytest.fixture
def filled(office: Office, operator: str) -> Office:
    """An office with a lead, an account, a task and what they link to."""
    leads.create(LEAD, operator)
    stored(Account, 2)
    stored(Task, 2)
    return office


def spoil(office: Office, sql: str) -> None:
    """Another program writes past everything of ours, with its constraints off."""
    if office.path is None:
        with writing():
            office.database.execute_sql(sql)
        return
    with closing(sqlite3.connect(office.path)) as other:
        other.execute(sql)
        other.commit()


def wrong(office: Office) -> list[str]:
    return [finding.sentence for finding in checking_office.check(office).wrong]


def notes(office: Office) -> list[str]:
    return [finding.sentence for finding in checking_office.check(office).findings if finding.is_note]


def run(*arguments: object) -> int:
    def no_window(url: str, operator: str | None) -> int:
        raise AssertionError("no window was asked for")

    return commands.run([str(argument) for argument in arguments], no_window)


# ---------------------------------------------------------------- what is found


def test_a_sound_office_has_no_finding_and_every_row_is_looked_at(filled: Office) -> None:
    told: list[tuple[int, int, str]] = []
    checked = checking_office.check(filled, lambda *step: told.append(step))
    assert checked.wrong == []
    assert checked.rows > 50
    assert all(done <= total for done, total, _ in told) and any("leads" in text for _, _, text in told)


SQLITE_SPOILS = {
    "a day that is none": (
        'UPDATE "CRMLeads" SET "CallDt" = \'2026-02-31\'',
        "Leads, Call Dt: “2026-02-31” in Lead 1 cannot stand there",
    ),
    "a day with a time": (
        'UPDATE "CRMLeads" SET "CallDt" = \'2026-02-01 10:00\'',
        "Leads, Call Dt: “2026-02-01 10:00”",
    ),
    "a moment that is none": ('UPDATE "CRMLeads" SET "CreateDt" = \'soon\'', "Leads, Create Dt: “soon”"),
    "a flag that is neither": ('UPDATE "CRMLeads" SET "IsRemoved" = 7', "Leads, Removed: “7” in Lead 1"),
    "an amount in words": ('UPDATE "CRMAccounts" SET "AnnualRevenue" = \'a lot\'', "Accounts, Annual Revenue: “a lot”"),
    "a broken amount": ('UPDATE "CRMAccounts" SET "AnnualRevenue" = 10.5', "Accounts, Annual Revenue: “10.5”"),
    "bytes for a text": ('UPDATE "CRMLeads" SET "Notes" = x\'00ff\'', "Leads, Notes: "),
    "a link to nobody": (
        'UPDATE "CRMLeads" SET "CRMAccountNo" = 4711',
        "Leads, CRM Account #: Account 4711 of Lead 1 is not there",
    ),
    "an owner who is not there": (
        'UPDATE "CRMLeads" SET "OwnerOperatorID" = \'BOB\'',
        "Leads, Assign Account To: Operator BOB of Lead 1 is not there",
    ),
    "a missing index": ('DROP INDEX "CRMLeads_email"', "The index over EmailFolded of CRMLeads is missing."),
    "a search index without a row": (
        """INSERT INTO "CRMLeads_words" ("CRMLeads_words", rowid, words)
            SELECT 'delete', "LeadNo", ' ' || "SearchText" || ' ' FROM "CRMLeads" WHERE "LeadNo" = 1""",
        "Leads: the search index does not fit row 1.",
    ),
    "a search index with a row too much": (
        """INSERT INTO "CRMLeads_words" (rowid, words) VALUES (99, 'somebody else')""",
        "Leads: the search index does not fit row 99.",
    ),
}
SPOILS = {
    "a time that is none": (
        'UPDATE "CRMLeads" SET "ReminderTime" = \'25:00\'',
        "Leads, Reminder Time: “25:00” in Lead 1 cannot stand there",
    ),
    "digits of another number": (
        'UPDATE "CRMLeads" SET "PhoneDigits" = \'123\', "RowVersion" = "RowVersion" + 1',
        "Leads, Phone digits: it does not fit the rest of Lead 1",
    ),
    "the search text of another lead": (
        'UPDATE "CRMLeads" SET "SearchText" = \'somebody else\', "RowVersion" = "RowVersion" + 1',
        "Leads, Search text: it does not fit the rest of Lead 1",
    ),
}


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize("spoil_name", SQLITE_SPOILS)
def test_what_a_file_cannot_refuse_is_found(spoil_name: str, filled: Office) -> None:
    sql, said = SQLITE_SPOILS[spoil_name]
    spoil(filled, sql)
    assert any(sentence.startswith(said) for sentence in wrong(filled)), wrong(filled)


@pytest.mark.parametrize("spoil_name", SPOILS)
def test_what_no_database_can_refuse_is_found_on_both(spoil_name: str, filled: Office) -> None:
    sql, said = SPOILS[spoil_name]
    spoil(filled, sql)
    assert any(sentence.startswith(said) for sentence in wrong(filled)), wrong(filled)


def test_rows_are_not_looked_at_where_a_column_is_missing(filled: Office) -> None:
    spoil(filled, 'ALTER TABLE "CRMLeads" DROP COLUMN "Objection"')
    assert wrong(filled) == ["The column Objection of CRMLeads is missing."]


@pytest.mark.engines("postgres")
def test_an_index_a_server_lost_is_found(filled: Office) -> None:
    spoil(filled, 'DROP INDEX "CRMLeads_email"')
    assert wrong(filled) == ["The index over EmailFolded of CRMLeads is missing."]


def test_a_value_no_list_knows_is_only_noted(filled: Office) -> None:
    spoil(filled, 'UPDATE "CRMLeads" SET "CallCode" = \'XYZ\', "RowVersion" = "RowVersion" + 1 WHERE "LeadNo" = 1')
    assert "Leads, Call Code: no list knows “XYZ” (1 row)." in notes(filled)
    assert wrong(filled) == []


def test_what_the_suite_has_written_waits_and_is_only_noted(filled: Office) -> None:
    spoil(filled, 'UPDATE "CRMLeads" SET "Company" = \'Acme\', "Phone" = \'1\' WHERE "LeadNo" = 1')
    assert "Leads: 1 row waits to be prepared for searching." in notes(filled)
    assert wrong(filled) == []


# ---------------------------------------------------------------- the commands


def test_what_viper_has_of_a_record_that_is_not_here_is_noted(filled: Office) -> None:
    account, moment = stored(Account), clock.now()
    with writing():
        for key, remote in ((account.key, "C1"), (98, "C2"), (99, "C3")):
            SyncLink.insert(table="CRMAccounts", key=str(key), remote=remote, synced=moment).execute()
        Outgoing.insert(table="CRMAccounts", key="99", unit=1, made=moment).execute()
    told = [note for note in notes(filled) if "Viper" in note]
    assert told == ["Accounts: C2 in Viper is Account 98, which is not there (1 row)."]
    assert not wrong(filled)


def test_the_command_tells_findings_and_ends_with_one(filled: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--database", filled.url) == 0
    assert re.search(r"^\d+ rows were looked at: everything is sound\.$", capsys.readouterr().out, re.MULTILINE)
    spoil(filled, SPOILS["digits of another number"][0])
    assert run("check", "--database", filled.url) == 1
    assert capsys.readouterr().out.splitlines()[-1].endswith(("one finding.", " findings."))


@pytest.mark.engines("sqlite")
def test_a_flipped_byte_is_found_before_the_office_is_opened(
    filled: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    backup(filled, copy)
    page, root = page_of(copy, "CRMLeads_email")
    content = bytearray(copy.read_bytes())
    content[(root - 1) * page] ^= 0xFF  # the kind of the page
    copy.write_bytes(content)
    assert run("check", "--database", copy) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("The file is damaged: ")
    assert said[-2] == "The rest was not looked at. Restore the latest backup."
    assert said[-1].startswith("With --save FILE")


@pytest.mark.engines("sqlite")
def test_an_index_that_does_not_fit_its_table_is_damage(filled: Office, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    backup(filled, copy)
    with closing(sqlite3.connect(copy)) as other:
        other.execute("PRAGMA writable_schema = on")
        other.execute(
            "UPDATE sqlite_master SET sql = replace(sql, '\"EmailFolded\"', '\"City\"') WHERE name = 'CRMLeads_email'"
        )
        other.commit()
    assert any("CRMLeads_email" in line for line in inspection.damage(copy))


@pytest.fixture
def many(filled: Office, tmp_path: Path) -> Path:
    """The file of an office with 600 leads, in which nobody works."""
    for number in range(600):
        sql = """INSERT INTO "CRMLeads" ("Description", "Notes", "RowVersion") VALUES (?, ?, 1)"""
        with writing():
            filled.database.execute_sql(sql, (f"Lead {number}", "x" * 300))
    path = tmp_path / "many.db"
    backup(filled, path)
    return path


@pytest.mark.engines("sqlite")
def test_bx19_what_can_be_read_of_a_damaged_file_goes_into_a_new_office(
    many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(many)) as file:
        size = file.execute("PRAGMA page_size").fetchone()[0]
        pages = file.execute("PRAGMA page_count").fetchone()[0]
    content = many.read_bytes()
    leaves = [page for page in range(1, pages) if b"Lead 3" in content[page * size : (page + 1) * size]]
    spoilt = bytearray(content)
    for page in (leaves[2], leaves[5]):  # two pages in the middle of the leads
        spoilt[page * size : page * size + 100] = bytes(100)
    many.write_bytes(spoilt)
    assert run("check", "--database", many, "--save", tmp_path / "saved.db") == 1
    said = capsys.readouterr().out
    lost = re.search(r"^ +(\d+)  CRMLeads, (\d+) could not be read$", said, re.MULTILINE)
    assert lost is not None and int(lost[1]) + int(lost[2]) >= 601 and 0 < int(lost[2]) < 40
    assert "many.db is as it was." in said and many.read_bytes() == bytes(spoilt)
    assert run("check", "--database", tmp_path / "saved.db") == 0


@pytest.mark.engines("sqlite")
def test_bx19_the_newest_whole_backup_is_named_and_what_says_nothing_is_said_so(
    many: Path, tmp_path: Path, filled: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    from channergy_crm.services import backups

    made = backups.make(filled, "ADMIN")
    content = bytearray(many.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    many.write_bytes(content)
    assert run("check", "--database", many) == 1
    assert f"main.py backups restore {made.path}" in capsys.readouterr().out
    assert run("check", "--database", many, "--save", tmp_path / "saved.db") == 1
    assert "Nothing can be saved out of this file" in capsys.readouterr().err
    assert not (tmp_path / "saved.db").exists()


def page_of(path: Path, name: str) -> tuple[int, int]:
    """How long a page is, and where the first of an index lies."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]
    return size, root


@pytest.mark.engines("sqlite")
def test_an_office_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--database", tmp_path / "none.db") == 1
    assert "to check" in capsys.readouterr().err
    assert not (tmp_path / "none.db").exists()


@pytest.mark.engines("sqlite")
def test_what_a_backup_holds_is_said_before_it_is_put_back(
    filled: Office, tmp_path: Path, operator: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "copy.db"
    backup(filled, copy)
    leads.create({"description": "Since then"}, operator)
    count = Lead.select().count()
    filled.close()
    for asked in (["--dry-run"], []):
        assert run("restore", copy, *asked, "--database", filled.url) == 0
        said = capsys.readouterr().out
        assert re.search(rf"^ +{count - 1}  Leads \(CRMLeads\)$", said, re.MULTILINE)
        assert "_words" not in said
        assert "The last change in it was made on" in said
        assert ("The office is what it was" in said) == (not asked)
        with closing(sqlite3.connect(str(filled.path))) as connection:
            held = connection.execute('SELECT count(*) FROM "CRMLeads"').fetchone()[0]
        assert held == (count if asked else count - 1)


@pytest.mark.engines("sqlite")
def test_only_an_office_has_contents(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database at all " * 500)
    for path, said in ((tmp_path / "none.db", "no file"), (tmp_path / "text.db", "not a backup")):
        with pytest.raises(Mistake, match=said):
            inspection.contents(path)
