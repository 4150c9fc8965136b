"""A row is known again by the number another program gave it; without one, only when nothing speaks against it."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.records import Account, Contact, Customer, Lead, Operator, Opportunity, Task
from channergy_crm.services import office, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.settings import VIPER
from channergy_crm.sync import draft
from channergy_crm.transfer.exporting.run import Form, export
from channergy_crm.transfer.importing import mapping, presets
from channergy_crm.transfer.importing.needs import lacking
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.exports import wanted

if TYPE_CHECKING:
    from channergy_crm.store.database import Office
    from channergy_crm.transfer.importing.outcome import Outcome
    from channergy_crm.work.record import Record

SHARED = Path(os.environ.get("CHANNERGY_CRM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
MAVEN = SHARED / "data" / "crm-sales-opportunities"
US_500 = SHARED / "data" / "us-500" / "us-500.csv"

pytestmark = pytest.mark.usefixtures("office")

at_hand = pytest.mark.skipif(not MAVEN.exists(), reason="the shared sample files are not at hand")


def taken(folder: Path, record: type[Record], text: str, file: str = "deals.csv", **how: Any) -> Outcome:
    """What becomes of a file with this text."""
    path = folder / file
    path.write_text(text, "utf-8")
    plan = propose(record, open_source(path))
    return run(type(plan)(**{**vars(plan), "missing_links": "create", **how}), operator="ADMIN")


def held(record: type[Record], *names: str) -> list[Any]:
    """These fields of every record, in the order they came in."""
    fields = [record.kind(name) for name in names]
    rows = list(record.select(*fields).order_by(record._meta.primary_key).tuples())
    return [row[0] for row in rows] if len(names) == 1 else rows


# ---------------------------------------------------------------- the real files


def _rows(file: str) -> list[dict[str, str]]:
    with (MAVEN / file).open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@at_hand
def test_f0_all_8800_deals_come_in_and_the_second_run_brings_none() -> None:
    plan = propose(Opportunity, open_source(MAVEN / "sales_pipeline.csv"))
    plan = type(plan)(**{**vars(plan), "missing_links": "create"})
    outcome = run(plan, operator="ADMIN")
    assert (outcome.taken, outcome.skipped, outcome.problems) == (8800, 0, [])
    rows = _rows("sales_pipeline.csv")
    deals = list(
        Opportunity.select(Opportunity, Account.name, Operator.name)
        .join(Account, on=Opportunity.account == Account.number)
        .switch(Opportunity).join(Operator, on=Opportunity.owner == Operator.id).dicts()
    )  # fmt: skip
    names = dict(Account.select(Account.number, Account.name).tuples())
    assert Counter(names[deal["account"]] for deal in deals) == Counter(row["account"] for row in rows)
    assert Counter(deal["stage"] for deal in deals) == Counter(row["deal_stage"] for row in rows)
    assert sum(deal["amount"] or 0 for deal in deals) == 100 * sum(int(row["close_value"] or 0) for row in rows)
    assert {deal["imported"] for deal in deals} == {f"opportunity_id: {row['opportunity_id']}" for row in rows}
    again = run(plan, operator="ADMIN")
    assert (again.taken, again.updated, again.skipped, again.unit) == (0, 0, 8800, 0)


@at_hand
@pytest.mark.parametrize(
    ("record", "file", "count"),
    [(Account, MAVEN / "accounts.csv", 85), (Lead, US_500, 500), (Customer, US_500, 500), (Contact, US_500, 500)],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_f0_every_other_real_file_comes_in_whole_and_once(record: type[Record], file: Path, count: int) -> None:
    plan = propose(record, open_source(file))
    plan = type(plan)(**{**vars(plan), "missing_links": "create"})
    outcome = run(plan, operator="ADMIN")
    assert (outcome.taken, outcome.skipped, outcome.problems) == (count, 0, [])
    again = run(plan, operator="ADMIN")
    assert (again.taken, again.skipped, again.unit) == (0, count, 0)


# ---------------------------------------------------------------- numbers

DEALS = "opportunity_id,product,account,deal stage,amount\nA1,GTX,Acme,Won,10\nA2,GTX,Acme,Won,10\n"


def test_f0_deals_that_are_alike_but_for_their_number_both_come_in_once(tmp_path: Path) -> None:
    assert taken(tmp_path, Opportunity, DEALS).taken == 2
    assert held(Opportunity, "imported") == ["opportunity_id: A1", "opportunity_id: A2"]
    again = taken(tmp_path, Opportunity, DEALS, "later.csv")
    assert (again.taken, again.skipped, again.unit) == (0, 2, 0)


def test_f0_an_update_by_number_changes_even_the_name(tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, DEALS)
    outcome = taken(tmp_path, Opportunity, DEALS.replace("A2,GTX", "A2,MG"), on_match="update")
    assert (outcome.taken, outcome.updated, outcome.skipped) == (0, 1, 1)
    assert held(Opportunity, "name", "imported") == [("GTX", "opportunity_id: A1"), ("MG", "opportunity_id: A2")]


def test_f0_a_number_that_stands_twice_in_the_file_is_one_record_and_told(tmp_path: Path) -> None:
    outcome = taken(tmp_path, Opportunity, DEALS + "A1,GTX,Acme,Lost,20\n")
    assert (outcome.taken, outcome.already) == (2, [(4, "It is the same as row 2.")])


@pytest.mark.parametrize("number", ["a1", " A1 ", "00A1", "A 1", "A1.0"])
def test_f0_blanks_capitals_and_zeros_lost_on_the_way_do_not_matter(tmp_path: Path, number: str) -> None:
    taken(tmp_path, Opportunity, DEALS)
    again = taken(tmp_path, Opportunity, DEALS.replace("A1", number).replace("Won,10", "Lost,11"))
    assert (again.taken, again.skipped) == (0, 2)


def test_f0_numbers_that_differ_only_in_such_signs_within_one_file_are_two(tmp_path: Path) -> None:
    text = "Deal ID,name,account,amount\n007,GTX,Acme,1\n7,GTX,Acme,2\nabC,GTX,Acme,3\nabc,GTX,Acme,4\n"
    assert taken(tmp_path, Opportunity, text).taken == 4
    assert taken(tmp_path, Opportunity, text).skipped == 4


def test_f0_deals_that_were_there_without_a_number_take_it_on(tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, "product,account,deal stage,amount\nGTX,Acme,Won,10\nGTX,Acme,Lost,20\n")
    text = "opportunity_id,product,account,deal stage,amount\nA1,GTX,Acme,Won,10\nA2,GTX,Acme,Won,10\nA3,GTX,ACME,,20\n"
    outcome = taken(tmp_path, Opportunity, text)
    assert (outcome.taken, outcome.updated, outcome.skipped) == (1, 0, 2)
    assert held(Opportunity, "imported", "stage") == [
        ("opportunity_id: A1", "Won"), ("opportunity_id: A3", "Lost"), ("opportunity_id: A2", "Won"),
    ]  # fmt: skip
    saving.undo_latest("ADMIN")
    assert held(Opportunity, "imported") == ["", ""]
    saving.redo_latest("ADMIN")
    again = taken(tmp_path, Opportunity, text)
    assert (again.taken, again.skipped, again.unit) == (0, 3, 0)


def test_f0_some_rows_have_no_number(tmp_path: Path) -> None:
    text = "id,name,account,amount\nA1,GTX,Acme,1\n,GTX,Acme,2\nn/a,GTX,Acme,3\n0,MG,Acme,4\n1.05E+11,A,Acme,\n"
    assert taken(tmp_path, Opportunity, text + "1.05E+11,B,Acme,\n").taken == 6
    assert held(Opportunity, "imported") == ["id: A1", "", "", "", "", ""]
    assert taken(tmp_path, Opportunity, text).skipped == 5


def test_f0_deals_without_numbers_are_the_same_only_when_nothing_differs(tmp_path: Path) -> None:
    text = "product,account,deal stage,close date,amount\n"
    rows = "GTX,Acme,Won,2026-03-01,10\nGTX,Acme,Won,2026-03-02,10\nGTX,Acme,Lost,2026-03-01,10\n"
    first = taken(tmp_path, Opportunity, text + rows + "gtx,ACME,won,,10\n")
    assert (first.taken, first.already) == (3, [(5, "It is the same as row 2.")])
    again = taken(tmp_path, Opportunity, text + rows)
    assert (again.taken, again.skipped) == (0, 3)


def test_f0_an_update_without_numbers_finds_the_only_one_called_so(tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, "name,account,stage\nGTX,Acme,Won\nMG,Acme,Won\nMG,Acme,Lost\n")
    outcome = taken(tmp_path, Opportunity, "name,account,stage\nGTX,Acme,Lost\nMG,Acme,Open\n", on_match="update")
    assert (outcome.taken, outcome.updated) == (1, 1)
    assert held(Opportunity, "name", "stage") == [("GTX", "Lost"), ("MG", "Won"), ("MG", "Lost"), ("MG", "Open")]


def test_f0_many_deals_of_one_name_are_compared_quickly(tmp_path: Path) -> None:
    rows = "".join(f"Deal,Acme,{number},{'Won' if number % 3 else ''}\n" for number in range(3000))
    text = "name,account,amount,stage\n" + rows
    assert taken(tmp_path, Opportunity, text).taken == 3000
    assert taken(tmp_path, Opportunity, text).skipped == 3000


@pytest.mark.parametrize(
    ("record", "titles", "meant"),
    [
        (Opportunity, "opportunity_id,name,account", "opportunity_id"),
        (Opportunity, "Record ID,Deal Name,Account", "Record ID"),
        (Opportunity, "Deal - ID,Deal Name,Customer ID", "Deal - ID"),
        (Opportunity, "Customer ID,Deal Name", ""),
        (Opportunity, "OpportunityNo,Opportunity #,Name", ""),
        (Lead, "Id,Last Name", "Id"),
        (Lead, "Lead Id,Last Name", "Lead Id"),
        (Lead, "Company ID,Owner ID,Last Name", ""),
        (Lead, "LeadNo,Lead #,Last Name", ""),
        (Contact, "Contact ID,Last Name,Account ID", "Contact ID"),
        (Account, "account_id,Account Name", "account_id"),
        (Account, "Imported #,Account Name", "Imported #"),
        (Task, "Task ID,Subject", "Task ID"),
    ],
)
def test_f0_which_column_holds_the_numbers(record: type[Record], titles: str, meant: str) -> None:
    columns = dict(mapping.match(titles.split(","), record).columns)
    assert [titles.split(",")[place] for place, name in columns.items() if name == "imported"] == [meant] * bool(meant)


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (Lead, "Lead Id,Last Name,Company\n1,Lee,Acme\n2,Lee,Acme\n"),
        (Account, "account_id,Account Name\n1,Acme\n2,Acme\n"),
        (Customer, "Customer ID,Company\n1,Acme\n2,Acme\n"),
        (Contact, "Contact ID,Last Name,Company\n1,Lee,Acme\n2,Lee,Acme\n"),
        (Task, "Task ID,Action,Account\n1,Call,Acme\n2,Call,Acme\n"),
    ],
    ids=["leads", "accounts", "customers", "contacts", "tasks"],
)
def test_f0_every_record_keeps_its_number_and_is_known_by_it(tmp_path: Path, record: type[Record], text: str) -> None:
    assert taken(tmp_path, record, text).taken == 2
    assert taken(tmp_path, record, text).skipped == 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_f0_our_own_files_bring_the_numbers_back(office: Office, tmp_path: Path, form: Form) -> None:
    taken(tmp_path, Lead, "Lead Id,Last Name,Company\nL1,Lee,Acme\nL2,Lee,Acme\n", "leads.csv")
    path = tmp_path / f"out.{form}"
    assert export(office, wanted(Lead), path, form=form) == 2
    again = run(propose(Lead, open_source(path)), operator="ADMIN")
    assert (again.taken, again.skipped, again.unit) == (0, 2, 0)
    saving.undo_latest("ADMIN")
    assert run(propose(Lead, open_source(path)), operator="ADMIN").taken == 2
    assert held(Lead, "imported") == ["Lead Id: L1", "Lead Id: L2"]


def test_f0_who_was_merged_is_known_by_both_numbers(tmp_path: Path) -> None:
    text = "Lead Id,Last Name,Company,Phone\nL1,Lee,Acme,512-555-0101\nL2,Leigh,Acme,512-555-0102\n"
    taken(tmp_path, Lead, text)
    plan = proposal.propose(Lead, held(Lead, "number"), "ADMIN")
    kept = merging.merge(plan, 1, {}, "ADMIN").record
    assert Lead.find(kept.key).imported == "Lead Id: L1; Lead Id: L2"  # type: ignore[union-attr]
    again = taken(tmp_path, Lead, text)
    assert (again.taken, again.skipped) == (0, 2)


# ---------------------------------------------------------------- people of one name

TWO = (
    "First Name,Last Name,Company,Phone,Email\nJohn,Miller,Acme,512-555-0721,sr@acme.example\n"
    "John,Miller,Acme,512-555-0722,jr@acme.example\n"
)


@pytest.mark.parametrize("record", [Lead, Contact, Customer], ids=lambda record: record.__name__)
@pytest.mark.parametrize("on_match", ["skip", "update"])
def test_f21_two_people_of_one_name_are_two(tmp_path: Path, record: type[Record], on_match: str) -> None:
    first, second = TWO.splitlines(keepends=True)[1:]
    title = TWO.splitlines(keepends=True)[0]
    assert taken(tmp_path, record, title + first).taken == 1
    outcome = taken(tmp_path, record, title + second, on_match=on_match)
    assert (outcome.taken, outcome.updated) == (1, 0)
    assert held(record, "email") == ["sr@acme.example", "jr@acme.example"]
    again = taken(tmp_path, record, TWO, on_match=on_match)
    assert (again.taken, again.updated, again.skipped) == (0, 0, 2)


@pytest.mark.parametrize(
    ("row", "same"),
    [
        ("John,Miller,Acme,512-555-0721,", True),
        ("John,Miller,Acme,,SR@acme.example", True),
        ("John,Miller,Acme,512-555-0999,sr@acme.example", True),
        ("John,Miller,Acme,512-555-0999,", False),
        ("John,Miller,Acme,,", True),
        ("Jon,Miller,Acme,512-555-0721,sr@acme.example", False),
    ],
)
def test_f21_a_phone_or_an_address_proves_who_it_is(tmp_path: Path, row: str, same: bool) -> None:
    title, first, _second = TWO.splitlines(keepends=True)
    taken(tmp_path, Contact, title + first)
    assert taken(tmp_path, Contact, f"{title}{row}\n").skipped == same


# ---------------------------------------------------------------- what is said


def test_f0_equal_reasons_are_one_line_in_the_words_of_the_file(tmp_path: Path) -> None:
    text = "name,account,amount\nA,Acme,1\n" + "".join(f"D{number},,{number}\n" for number in range(100))
    outcome = taken(tmp_path, Opportunity, text)
    assert (outcome.taken, len(outcome.refused)) == (1, 100)
    said = "Row 3, account “”: Account is empty. And 99 more like it: rows 4, 5, 6, 7, 8, …."
    assert list(outcome.lines()) == [said]
    assert list(taken(tmp_path, Opportunity, text, defaults={"account": "Acme"}).lines())[:1] == [
        "Row 2: It is there already, as opportunity 1."
    ]
    assert set(held(Opportunity, "account")) == {1}
    again = taken(tmp_path, Opportunity, text, defaults={"account": "Acme"})
    assert [line.split(" more")[0] for line in again.lines()] == [
        "Row 2: It is there already, as opportunity 1. And 100"
    ]


def test_f69_vt120_a_lead_of_vtiger_has_a_last_name_and_a_company(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("First Name,Last Name,Company,Lead No\nAnn,Lee,Acme,LEA1\nBob,,Acme,LEA2\nCid,Ray,,LEA3\n", "utf-8")
    plan = propose(Lead, open_source(path))
    preset = presets.named("vtiger", Lead, "ADMIN")
    outcome = run(plan.following(preset.name, preset.plan), operator="ADMIN")
    assert (outcome.taken, outcome.refused) == (1, [(3, "Last Name is empty."), (4, "Company is empty.")])
    assert held(Lead, "imported") == ["Lead No: LEA1"]
    assert run(plan, operator="ADMIN").taken == 2  # our own leads need less
    assert lacking(propose(Lead, open_source(path)).following(preset.name, preset.plan).placed(1, "")) == ["Last Name"]


def test_f40_legal_forms_do_not_double_accounts(tmp_path: Path) -> None:
    first = taken(tmp_path, Account, 'Account Name\n"Acme, Inc."\nAcme Inc\nBell GmbH\nBell AG\nCorn\n')
    assert (first.taken, held(Account, "name")) == (4, ["Acme, Inc.", "Bell GmbH", "Bell AG", "Corn"])
    text = (
        'name,account\nA,ACME INC.\nB,Acme Incorporated\nC,Acme\nD,Corn Ltd\nE,Dune LLC\nF,"Dune, L.L.C."\nG,Bell KG\n'
    )
    assert taken(tmp_path, Opportunity, text).problems == []
    names = dict(held(Account, "number", "name"))
    accounts = [names[number] for number in held(Opportunity, "account")]
    assert accounts == ["Acme, Inc."] * 3 + ["Corn"] + ["Dune LLC"] * 2 + ["Bell KG"]


def test_vp26_deals_that_come_without_a_stage_begin_as_drafts_while_the_sync_is_on(tmp_path: Path) -> None:
    rows = "name,account,stage,lost/won\nGala,Acme,,\nTrip,Acme,Offer,\nOld,Acme,,Lost\n"
    assert taken(tmp_path, Opportunity, rows.replace("Gala", "Before")).taken == 3
    office.choose(VIPER, "on", "ADMIN")
    draft.keep_column("ADMIN")
    assert taken(tmp_path, Opportunity, rows).taken == 1
    assert held(Opportunity, "name", "stage", "probability") == [
        ("Before", "", None), ("Trip", "Offer", 50), ("Old", "", None), ("Gala", "Draft", 5)
    ]  # fmt: skip
    gala = Opportunity.get(Opportunity.name == "Gala")
    gala.stage = "Prospect"
    saving.save(gala, "ADMIN")
    again = taken(tmp_path, Opportunity, rows, on_match="update")
    assert (again.taken, held(Opportunity, "stage")[-1]) == (0, "Prospect")
