"""Every step of the tables: from nothing to now on both engines, and what a new office starts with (CH-149…CH-154)."""

from __future__ import annotations

import ast
import sqlite3
from typing import TYPE_CHECKING

import pytest

from channergy_crm import work
from channergy_crm.access import operators
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.records import ALL, Account, Opportunity, lookups
from channergy_crm.records.lookups import CustomLookup
from channergy_crm.records.portal import PORTAL
from channergy_crm.records.sign_ins import SIGN_INS
from channergy_crm.resources import data
from channergy_crm.services import lookups as lists
from channergy_crm.store import database
from channergy_crm.store.database import Office, open_database

if TYPE_CHECKING:
    from pathlib import Path

STEPS = sorted(data("migrations").glob("[0-9]*.py"))

# The lists a new office starts with, as people read them, in the order of their drop-downs.
LISTS = {
    ("CRMAccounts", "Type"): "Customer, Inquiry, Mailing, Ordering, Other, Prospect",
    ("CRMAccounts", "Industry"): "Chemicals, Consulting, Education, Entertainment, Food & Beverage, Healthcare,"
    " Manufacturing, Media, Other, Retail, Shipping, Technology, Utilities",
    ("CRMOpportunities", "Type"): "Existing Business, New Business",
    ("CustServ", "Priority"): "High, Low, Normal",
    ("CustServ", "Status"): "In Progress, Not Started",
    ("CRMLeads", "CallTry"): "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10",
    ("CRMLeads", "CallStatus"): "Not Called, Reached, Not Reached, Call Back Scheduled, Closed, Lost",
    ("CRMLeads", "CallCode"): "New Lead, No Answer, Busy, Answering Machine, Disconnected Number, Not Interested,"
    " No Pitch No Price, Call Back, Declined Sale, Sale Made, Do Not Call, Wrong Number, Wrong Person",
    ("CRMOpportunities", "Stage"): "Draft, Prospect, Offer, Order, Lost",
    ("CRMOpportunities", "InterestLevel"): "Hot, Warm, Cold",
    ("CRMOpportunities", "NextStep"): "Call, Send information, Demo, Quote, Follow up, Close",
    ("CRMOpportunities", "LostWon"): "Won, Lost",
    ("CRMOpportunities", "LeadSource"): "Cold Call, Conference, Other, Self Generated, Trade Show, Web Site,"
    " Word of mouth",
}


def test_ch136_the_tables_are_what_the_records_say(empty_database_url: str) -> None:
    from playhouse.schema_diff import diff_models

    office = open_database(empty_database_url)
    difference = diff_models(office.database, [*ALL, *work.JOURNAL, *SIGN_INS, *PORTAL])
    made_by_the_search = [index for index in difference.drop_indexes if str(index.name).endswith("_words")]
    for index in made_by_the_search:
        difference.drop_indexes.remove(index)
    assert not difference, str(difference)
    done = office.database.execute_sql("SELECT name FROM schema_migration ORDER BY name").fetchall()
    assert [row[0] for row in done] == [step.stem for step in STEPS]
    assert database.migrate(office) == []
    office.close()


@pytest.mark.parametrize("key", LISTS, ids=".".join)
def test_ch60_ch61_ch97_ch124_ch125_the_lists_hold_what_the_documents_say(office: Office, key: tuple[str, str]) -> None:
    assert ", ".join(choice.description for choice in lookups.choices(*key)) == LISTS[key]


def test_ch27_ch154_time_zones_stand_under_all_from_west_to_east_by_their_sort_number(office: Office) -> None:
    zones = [choice.value for choice in lookups.choices("All", "TimeZone")]
    assert zones.index("America/Los_Angeles") < zones.index("America/New_York") < zones.index("Europe/Berlin")


def test_ch151_lists_are_found_by_their_exact_names_only(office: Office) -> None:
    assert lookups.choices("CRMAccounts", "Type") and not lookups.choices("crmaccounts", "Type")
    assert not lookups.choices("CRMAccounts", "type")


def test_ch33_ch154_ten_tries_come_after_nine_because_of_the_sort_number(office: Office) -> None:
    rows = {row.value: row.sort for row in CustomLookup.select().where(CustomLookup.field == "CallTry")}
    assert rows["10"] > rows["9"] > rows["2"]


def test_ch96_ch65_lists_of_the_office_itself_start_empty(office: Office) -> None:
    assert lookups.choices("CRMOpportunities", "Partner") == lookups.choices("CRMAccounts", "PreviousSystem") == []


def test_a_new_office_has_one_operator(office: Office) -> None:
    assert [operator.id for operator in operators(retired=True)] == ["ADMIN"]


def test_f71_stages_of_an_earlier_office_stay_where_they_are_in_use(office: Office, operator: str) -> None:
    """K16, K22, K25."""
    with work.unit("Deal", by=operator):
        account = Account.create(name="Acme", owner=operator)
        Opportunity.create(account=account.number, name="Seats", stage="Proposal", owner=operator)
    with database.writing():
        run = office.database.execute_sql
        run("DELETE FROM schema_migration WHERE name = '0016_administrators_and_stages'")
        run('ALTER TABLE "Operators" DROP COLUMN "IsAdministrator"')
        run("""DELETE FROM "CustomLookup" WHERE "FieldName" = 'Stage' AND "LookupValue" != 'Draft'""")
        for place, value in enumerate(("Prospecting", "Proposal", "Closed Won"), 1):
            lookup = ("CRMOpportunities", "Stage", value, f"{value} (10 %)", place)
            CustomLookup.insert(
                dict(zip(("table", "field", "value", "description", "sort"), lookup, strict=True))
            ).execute()
    assert database.migrate(office) == ["0016_administrators_and_stages"]
    lookups.forget()
    stages = [choice.value for choice in lookups.choices("CRMOpportunities", "Stage")]
    assert stages == ["Draft", "Proposal", "Prospect", "Offer", "Order", "Lost"]
    assert [choice.value for choice in lookups.choices("CRMLeads", "CallStatus")].count("Lost") == 1
    assert [each.id for each in operators() if each.administrator] == ["ADMIN"]


def test_f71_ch154_without_sort_numbers_a_list_is_alphabetical_in_any_language(office: Office, operator: str) -> None:
    for value in ("Zebra", "Öl", "apfel", "Birne"):
        lists.add("CRMAccounts", "PreviousSystem", value, operator)
    assert [choice.value for choice in lookups.choices("CRMAccounts", "PreviousSystem")] == [
        "apfel", "Birne", "Öl", "Zebra",
    ]  # fmt: skip


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.stem)
def test_a_step_is_frozen_it_uses_nothing_of_ours(step: Path) -> None:
    tree = ast.parse(step.read_text("utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert not [name for name in names if name.split(".")[0] in ("channergy_crm", "ui")]
    assert ast.get_docstring(tree)


@pytest.mark.engines("sqlite")
def test_the_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE bookmarks (a)")
    other.commit()
    other.close()
    with pytest.raises(Mistake, match="another program"):
        open_database(f"sqlite:///{file}")
    again = sqlite3.connect(file)
    assert again.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]
    again.close()


def test_an_office_of_a_newer_program_is_refused(office: Office) -> None:
    with database.writing():
        office.database.execute_sql(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', '2030-01-01 00:00:00')"
        )
    with pytest.raises(Mistake, match="newer version"):
        database.migrate(office)


@pytest.mark.engines("sqlite")
def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Surroundings, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'office.db'}")


@pytest.mark.engines("sqlite")
def test_a_damaged_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    file.write_bytes(b"this is no database at all " * 500)
    with pytest.raises(Surroundings, match="damaged"):
        open_database(f"sqlite:///{file}")
