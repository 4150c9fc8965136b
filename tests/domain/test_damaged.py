"""What a bad disk does to an office's file is said in a sentence, wherever it is met; a backup is known again."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.records import Lead
from channergy_crm.services import backups, checking_office, leads
from channergy_crm.store import foreign, inspection, kept_backups, restoring
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.engines("sqlite")
ROOT = Path(__file__).resolve().parents[2]
SECRET = "Spoke to the assistant"


@pytest.fixture
def filled(office: Office, operator: str) -> Office:
    """An office with some leads, the first of which was changed once."""
    for number in range(40):
        leads.create({"description": f"Lead {number}", "last_name": "Müller", "notes": SECRET * 20}, operator)
    lead = Lead.find(1)
    assert lead is not None
    lead.objection = "Too dear"
    leads.save(lead, operator)
    return office


def spoil(office: Office, *statements: str) -> None:
    """The disk changes something; no program has written it."""
    with closing(sqlite3.connect(str(office.path))) as file:
        file.execute('UPDATE "CRMForeign" SET "IsOurs" = 1')
        for statement in statements:
            file.execute(statement)
        file.execute('UPDATE "CRMForeign" SET "IsOurs" = 0')
        file.commit()


def flip(path: Path, text: bytes, other: bytes) -> None:
    """The last place where a file holds this text holds another one."""
    held = path.read_bytes()
    place = held.rindex(text)
    path.write_bytes(held[:place] + other + held[place + len(other) :])


# ---------------------------------------------------------------- said, wherever it is met


def test_bx20_a_damaged_page_is_said_while_rows_are_read(filled: Office) -> None:
    if not filled.database.execute_sql("SELECT sqlite_compileoption_used('ENABLE_DBSTAT_VTAB')").fetchone()[0]:
        pytest.skip("this SQLite does not tell where its pages lie")
    assert filled.path is not None
    (page,) = filled.database.execute_sql("SELECT max(pageno) FROM dbstat WHERE name = 'CRMLeads'").fetchone()
    (size,) = filled.database.execute_sql("PRAGMA page_size").fetchone()
    filled.close()
    with filled.path.open("rb+") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * 200)
    opened = open_database(f"sqlite:///{filled.path}")
    with pytest.raises(Surroundings, match="file is damaged"):
        list(Lead.select())
    opened.close()


def test_bx20_letters_that_are_none_any_more_are_said_and_not_shown(filled: Office) -> None:
    spoil(filled, """UPDATE "CRMLeads" SET "Notes" = CAST(x'ff41' || "Notes" AS TEXT) WHERE "LeadNo" = 2""")
    with pytest.raises(Surroundings, match="file is damaged") as said:
        Lead.find(2)
    assert SECRET not in said.value.message


def test_bx20_a_column_whose_name_is_another_one_is_said(filled: Office) -> None:
    spoil(filled, 'ALTER TABLE "CRMForeign" RENAME COLUMN "WrittenNo" TO "WrittenNn"')
    with pytest.raises(Surroundings, match="tables of this office are not those"):
        foreign.counted(filled.database)


HEADS = {
    "the names of the tables": """UPDATE sqlite_master SET sql = CAST(CAST(sql AS BLOB) || x'a2' AS TEXT)
        WHERE name = 'CRMUnits'""",
    "the mark of the program": "PRAGMA application_id = 1128810316",
}


@pytest.mark.parametrize("what", HEADS)
def test_bx20_where_the_head_of_the_file_cannot_be_read_the_backup_is_put_back(
    filled: Office, operator: str, what: str
) -> None:
    made, path = backups.make(filled, operator), filled.path
    assert path is not None
    spoil(filled, "PRAGMA writable_schema = 1", HEADS[what])
    filled.close()
    with pytest.raises(Surroundings, match="file is damaged"):
        open_database(f"sqlite:///{path}")
    assert restoring.restore(made.path, f"sqlite:///{path}") is not None
    again = open_database(f"sqlite:///{path}")
    assert Lead.select().count() == 40
    again.close()


# ---------------------------------------------------------------- found by the deep check


UNSEEN = {
    "a letter of a row": """UPDATE "CRMLeads" SET "Notes" = replace("Notes", 'to', 'tp') WHERE "LeadNo" = 3""",
    "a letter of the history": """UPDATE "CRMChanges" SET "After" = replace("After", 'to', 'tp') WHERE "RecordNo" = '3'
        AND "TableName" = 'CRMLeads'""",
}
"""what SQLite itself does not see"""


@pytest.mark.parametrize("what", UNSEEN)
def test_bx20_a_letter_that_is_another_one_is_found_by_the_history(filled: Office, what: str) -> None:
    assert checking_office.check(filled).wrong == []
    spoil(filled, UNSEEN[what])
    assert [finding.sentence for finding in checking_office.check(filled).wrong] == [
        "Leads, Notes: Lead 3 does not hold what its history says (1 row)."
    ]


def test_bx20_what_a_value_was_before_is_compared_with_what_stood_there(filled: Office, operator: str) -> None:
    lead = Lead.find(1)
    assert lead is not None
    lead.objection = "No time"
    leads.save(lead, operator)
    spoil(filled, """UPDATE "CRMChanges" SET "Before" = replace("Before", 'dear', 'deaf')""")
    assert "Leads, Objection: Lead 1" in checking_office.check(filled).wrong[0].sentence


def test_bx20_a_history_that_cannot_be_read_is_found(filled: Office) -> None:
    spoil(filled, """UPDATE "CRMChanges" SET "After" = 'y' || "After" WHERE "RecordNo" = '3'""")
    assert "Leads: the history of Lead 3 cannot be read." in [
        finding.sentence for finding in checking_office.check(filled).wrong
    ]


def test_bx20_where_another_program_writes_it_is_only_worth_knowing(filled: Office) -> None:
    with closing(sqlite3.connect(str(filled.path))) as suite:
        suite.execute("""UPDATE "CRMLeads" SET "Notes" = 'Other' WHERE "LeadNo" = 3""")
        suite.commit()
    checked = checking_office.check(filled)
    assert checked.wrong == []
    assert any("does not hold what its history says" in finding.sentence for finding in checked.findings)


def test_bx20_a_declaration_that_cannot_be_read_is_found(filled: Office) -> None:
    spoil(
        filled, "PRAGMA writable_schema = 1",
        """UPDATE sqlite_master SET sql = replace(sql, '"Name" TEXT', '"Name" ' || CAST(x'c1' AS TEXT))
            WHERE name = 'CRMUnits'""",
    )  # fmt: skip
    assert filled.path is not None
    assert [sentence[:20] for sentence in inspection.damage(filled.path)] == ["The file is damaged:"]


def test_bx20_a_damaged_search_index_is_found_and_ends_no_check(filled: Office) -> None:
    spoil(filled, """UPDATE "CRMLeads_words_data" SET block = x'0101' WHERE id > 10""")
    assert "Leads: the search index is damaged. Restore the latest backup." in [
        finding.sentence for finding in checking_office.check(filled).wrong
    ]


# ---------------------------------------------------------------- backups


def test_bx20_a_backup_in_which_a_letter_is_another_one_is_refused(filled: Office, operator: str) -> None:
    made = backups.make(filled, operator)
    flip(made.path, SECRET.encode(), b"spoke")
    with closing(sqlite3.connect(made.path)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with pytest.raises(Mistake, match="That backup is damaged"):
        backups.restore(filled, made.path, operator)
    with pytest.raises(Mistake, match="That backup is damaged"):
        kept_backups.verify(made)
    told = kept_backups.told(made.path)
    assert told is not None and told.verified is None


def test_bx20_a_backup_of_an_earlier_version_is_taken_as_it_is(filled: Office, operator: str) -> None:
    made = backups.make(filled, operator)
    note = made.path.with_name(f"{made.path.name}.json")
    held = json.loads(note.read_text("utf-8"))
    del held["sum"]
    note.write_text(json.dumps(held), "utf-8")
    backups.restore(filled, made.path, operator)
    assert Lead.select().count() == 40


# ---------------------------------------------------------------- in short, what the benchmark does at length


@pytest.mark.skipif(shutil.which("mount") is None or not hasattr(os, "fork"), reason="processes are forked")
@pytest.mark.parametrize("kinds", [("2", "flipped", "cut"), ("10", "disk")])
def test_f7_nothing_is_lost_on_a_bad_or_full_disk(home: Path, kinds: tuple[str, ...]) -> None:
    """Each way of saving ends in a sentence, and whatever is damaged comes back from its backup."""
    from tests.benchmarks import full_disk

    if "disk" in kinds and not full_disk.can_mount():
        pytest.skip("to make a small disk takes an administrator")
    command = [sys.executable, "-m", "tests.benchmarks.bench_losses", *kinds]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)
    assert found["passes"], found
    assert sum(each["tries"] for each in found["counted"].values()) >= 1
