"""Every record type comes out of files: links by name, updates, nothing twice, and all of it can be taken back."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.records import (
    BY_TABLE,
    Account,
    Contact,
    Customer,
    CustomLookup,
    Lead,
    Operator,
    Opportunity,
    Order,
    Product,
    Task,
)  # fmt: skip
from channergy_crm.services import imports, operators, saving
from channergy_crm.transfer.importing.outcome import REASON, Outcome
from channergy_crm.transfer.importing.plan import Plan, importable, propose
from channergy_crm.transfer.importing.run import run
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import undo

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

SHARED = Path(os.environ.get("CHANNERGY_CRM_SHARED") or Path(__file__).resolve().parents[3] / "shared")
MAVEN = SHARED / "data" / "crm-sales-opportunities"

pytestmark = pytest.mark.usefixtures("office")


def plan_of(folder: Path, record: type[Record], text: str, **choices: Any) -> Plan:
    """The plan for this text as a file."""
    path = folder / "table.csv"
    path.write_text(text, "utf-8")
    return replace(propose(record, open_source(path)), **choices)


def taken(folder: Path, record: type[Record], text: str, **choices: Any) -> Outcome:
    """Import this text as a file."""
    return run(plan_of(folder, record, text, **choices), operator="ADMIN")


def held(record: type[Any]) -> list[Any]:
    """All records of a type, the oldest first."""
    return list(record.select().order_by(work.key_field(record)))


def everything(office: Office) -> dict[str, list[Any]]:
    """All that stands in the office but the journal and the numbers that count changes."""
    found = {}
    for name, record in BY_TABLE.items():
        rows = [{**each.__data__, "version": 0, "last_activity": None} for each in record.select()]
        found[name] = sorted(rows, key=str)
    return found


# ---------------------------------------------------------------- each type of record

FILES: dict[str, str] = {
    "leads": "First Name,Last Name,Company,Phone\nAnn,Lee,Acme,512-555-0101\nBob,Ray,Bell,512-555-0102\n",
    "contacts": "First Name,Last Name,Company,Phone\nAnn,Lee,Acme,512-555-0101\nBob,Ray,Acme,512-555-0102\n",
    "accounts": "Account Name,Industry,Annual Revenue\nAcme,Retail,1100.04\nBell,Media,\n",
    "customers": "Company,Phone,Email\nAcme,512-555-0101,a@acme.example\nBell,,b@bell.example\n",
    "opportunities": "Name,Account,Amount,Close Date\nBig deal,Acme,12.50,2026-12-31\nSmall deal,Acme,1,\n",
    "tasks": "Action,Account,Due Date,Time\nCall,Acme,2026-12-01,14:30\nWrite,Bell,,\n",
    "orders": "Customer,Order Date,Amount\nAcme,2026-01-02,10.00\nBell,2026-01-03,11.00\n",
    "campaigns": "Campaign Name,Campaign Type,Budget,Start Date\nSpring fair,Trade Show,12.50,2026-12-01\nAutumn,,,\n",
    "products": "Product Code,Product Name,Category,List Price\nC-1,Candle,Candles > Sets,24.00\nC-2,Ribbon,,0.45\n",
    "price books": "Price Book Name,Valid From\nDealers,2026-01-01\nEverybody,\n",
    "prices": "Price Book,Product,From Quantity,Price\nDealers,Candle,0,20.00\nDealers,Candle,10,19.00\n",
    "vendors": "Vendor Name,Phone,Email\nNorthern Wax,218-555-0110,a@wax.example\nPaper House,,b@paper.example\n",
    "contacts of vendors": "Vendor,First Name,Last Name,Phone\nWax,Rita,Solberg,218-555-0110\nWax,Owen,Clarke,\n",
    "vendors of products": "Product,Vendor,Cost\nCandle,Northern Wax,13.80\nRibbon,Northern Wax,0.18\n",
    "tickets": "Title,Account,Priority,Description\nBox arrived broken,Acme,High,Two boxes\nWhich wax,Bell,,\n",
    "faq": "Question,Answer,Status\nHow long?,Three weeks.,Published\nWhich wax?,Bees.,\n",
    "lookups": "Table,Field,Value,Description\nCRMLeads,CallCode,ZZ,Asleep\nCRMLeads,CallCode,YY,Away\n",
}


def test_vt107_what_is_said_of_contacts_holds_for_every_other_module() -> None:
    assert set(importable()) == set(FILES)


@pytest.mark.parametrize("name", importable())
def test_every_record_type_is_imported_once_and_rejected(tmp_path: Path, office: Office, name: str) -> None:
    """VT-106, VT-107, VT-110, VT-111."""
    before = everything(office)
    record = importable()[name]
    many = record.select().count()
    first = taken(tmp_path, record, FILES[name], missing_links="create")
    assert (first.taken, first.problems) == (2, [])
    assert record.select().count() == many + 2
    after = everything(office)
    for on_match in ("skip", "update"):
        again = taken(tmp_path, record, FILES[name], missing_links="create", on_match=on_match)
        assert (again.taken, again.updated, again.skipped, again.problems, again.unit) == (0, 0, 2, [], 0)
    assert everything(office) == after
    assert imports.reject(first.run).kept == []
    assert everything(office) == before


@pytest.mark.parametrize("name", importable())
def test_a_dry_run_counts_the_same_and_changes_nothing(tmp_path: Path, office: Office, name: str) -> None:
    """VT-111, C2."""
    before = everything(office)
    plan = plan_of(tmp_path, importable()[name], FILES[name], missing_links="create")
    dry = run(plan, operator="ADMIN", dry_run=True)
    assert everything(office) == before
    assert imports.runs("ADMIN") == []
    real = run(plan, operator="ADMIN")
    assert (dry.taken, dry.skipped, dry.made, dry.problems) == (real.taken, real.skipped, real.made, real.problems)


def test_vt112_products_are_read_as_other_programs_title_them(tmp_path: Path, office: Office) -> None:
    done = taken(tmp_path, Product, "product,series,sales_price\nCandle,Candles,24\n")
    assert (done.taken, done.problems) == (1, [])
    assert [(each.name, each.category, each.list_price) for each in held(Product)] == [("Candle", "Candles", 24_00)]


def test_what_is_imported_is_stored_like_what_was_typed(tmp_path: Path, fixed_clock: Any) -> None:
    taken(tmp_path, Opportunity, FILES["opportunities"], missing_links="create")
    deal = held(Opportunity)[0]
    assert (deal.amount, deal.close_date_1, deal.created_by, deal.owner) == (1250, date(2026, 12, 31), "ADMIN", "ADMIN")
    assert deal.created_on == fixed_clock.date()
    taken(tmp_path, Task, FILES["tasks"], missing_links="create")
    task = held(Task)[0]
    assert (task.is_crm, task.reminder_date, task.reminder_time) == (True, date(2026, 12, 1), time(14, 30))
    assert "call" in task.search_text


# ---------------------------------------------------------------- links


def test_links_are_found_by_name_and_by_number(tmp_path: Path) -> None:
    taken(tmp_path, Account, "Account Name\nAcme; Ann Lee\nBell\n")
    acme, bell = held(Account)
    text = f"name,account\nA,ACME\nB,acme; ann lee\nC,{bell.number}\nD,Nowhere\nE,999\nF,\n"
    outcome = taken(tmp_path, Opportunity, text)
    assert [deal.account for deal in held(Opportunity)] == [acme.number, acme.number, bell.number]
    assert [(each.row, each.column, each.value, each.sentence) for each in outcome.problems] == [
        (5, "account", "Nowhere", "There is no account Nowhere."),
        (6, "account", "999", "There is no account 999."),
        (7, "account", "", "Account is empty."),
    ]


def test_a_name_two_accounts_have_is_not_guessed_at(tmp_path: Path) -> None:
    taken(tmp_path, Account, "Account Name\nAcme; Ann Lee\nAcme; Bob Ray\n")
    outcome = taken(tmp_path, Opportunity, "name,account\nA,Acme\n", missing_links="create")
    assert outcome.refused == [(2, "2 accounts are called Acme; give the number.")]


def test_missing_links_are_made_once(tmp_path: Path) -> None:
    outcome = taken(tmp_path, Opportunity, "name,account\nA,Acme\nB, acme \nC,Bell\n", missing_links="create")
    assert (outcome.taken, outcome.made) == (3, {"Accounts": 2})
    assert [account.name for account in held(Account)] == ["Acme", "Bell"]
    assert [deal.account for deal in held(Opportunity)] == [1, 1, 2]


def test_missing_links_are_left_out(tmp_path: Path) -> None:
    outcome = taken(tmp_path, Task, "action,account,owner\nCall,Nowhere,Nobody Known\n", missing_links="skip")
    assert outcome.problems == []
    assert [(task.account, task.owner) for task in held(Task)] == [(None, "ADMIN")]


def test_an_owner_is_found_by_id_or_name_or_made(tmp_path: Path) -> None:
    operators.add("ANN", "Ann Lee", "ADMIN")
    text = "action,assigned to\nA,ann\nB,Ann Lee\nC,Moses Frase\nD,Max Frase\n"
    outcome = taken(tmp_path, Task, text, missing_links="create")
    assert [task.owner for task in held(Task)] == ["ANN", "ANN", "MFRASE", "MFRASE2"]
    assert outcome.made == {"Operators": 2}
    assert Operator.find("MFRASE").name == "Moses Frase"


def test_a_contact_joins_the_customer_of_its_company(tmp_path: Path) -> None:
    """C2: no new account for each contact."""
    with work.unit("Before", by="ADMIN"):
        acme = Customer.create(company="Acme Inc.")
        Account.create(name="Acme; Ann Lee", customer=acme.number, owner="ADMIN")
        Account.create(name="Bell", owner="ADMIN")
    text = "name,company\nAnn Lee,Acme\nBob Ray,Acme Inc.\nCid Orr,Bell\nDan Poe,Corn\nEve Poe,Corn\n"
    outcome = taken(tmp_path, Contact, text, missing_links="create")
    assert outcome.problems == []
    assert [account.name for account in held(Account)] == ["Acme; Ann Lee", "Bell", "Corn"]
    customers = [account.customer for account in held(Account)]
    assert [contact.customer for contact in held(Contact)] == [customers[0], *customers, customers[2]]


def test_a_task_of_a_deal_is_a_task_of_its_account(tmp_path: Path) -> None:
    taken(tmp_path, Contact, "name,company\nAnn Lee,Acme\n", missing_links="create")
    taken(tmp_path, Opportunity, "name,account\nBig deal,Acme\n")
    taken(tmp_path, Task, "action,deal\nCall,big deal\n")
    (task,), (deal,), (account,) = held(Task), held(Opportunity), held(Account)
    assert (task.opportunity, task.account, task.customer) == (deal.number, account.number, account.customer)


# ---------------------------------------------------------------- who is there already

OLD = "First Name,Last Name,Company,Phone,Email,City\nAnn,Lee,Acme,512-555-0101,ann@acme.example,Austin\n"


def test_an_update_writes_only_what_the_file_says(tmp_path: Path) -> None:
    """C2: empty cells never wipe."""
    taken(tmp_path, Lead, OLD)
    text = "First Name,Last Name,Company,Phone,City,Website\nann,LEE,acme,+1 512 555 0101,,www.acme.example\n"
    outcome = taken(tmp_path, Lead, text, on_match="update")
    assert (outcome.taken, outcome.updated, outcome.skipped) == (0, 1, 0)
    (lead,) = held(Lead)
    assert (lead.city, lead.email, lead.website, lead.phone) == (
        "Austin", "ann@acme.example", "www.acme.example", "+1 512 555 0101",
    )  # fmt: skip
    assert (lead.description, lead.first_name, lead.version) == ("Acme", "ann", 2)


def test_create_anyway(tmp_path: Path) -> None:
    taken(tmp_path, Lead, OLD)
    assert taken(tmp_path, Lead, OLD + OLD.split("\n", 1)[1], on_match="create").taken == 2


def test_a_chosen_field_tells_who_is_there(tmp_path: Path) -> None:
    text = "name,account,custom 1\nGTX,Acme,A1\nGTX,Acme,A2\n"
    first = taken(tmp_path, Opportunity, text, missing_links="create", match_by=("custom_1",))
    assert first.taken == 2
    changed = text.replace("GTX,Acme,A2", "MG,Acme,a2")
    again = taken(tmp_path, Opportunity, changed, match_by=("custom_1",), on_match="update")
    assert (again.updated, again.skipped) == (1, 1)
    assert [deal.name for deal in held(Opportunity)] == ["GTX", "MG"]


def test_a_column_of_our_numbers_says_who_is_meant(tmp_path: Path) -> None:
    taken(tmp_path, Opportunity, FILES["opportunities"], missing_links="create")
    plan = plan_of(tmp_path, Opportunity, "No,Stage\n2,Proposal\n7,Proposal\n", on_match="update")
    outcome = run(plan.mapped({"No": "number"}), operator="ADMIN")
    assert outcome.refused == [(3, "There is no opportunity 7.")]
    assert [deal.stage for deal in held(Opportunity)] == ["", "Proposal"]


# ---------------------------------------------------------------- taking it back


def test_an_import_is_taken_back_with_updated_values_by_undo_too(tmp_path: Path, office: Office) -> None:
    """C4: before-images."""
    taken(tmp_path, Lead, OLD)
    before = everything(office)
    text = OLD.replace("Austin", "Dallas").replace("Lee,Acme", "Lee,Acme") + "Bob,Ray,Bell,,,\n"
    outcome = taken(tmp_path, Lead, text, on_match="update")
    entry = undo.undoable("ADMIN")
    assert entry is not None
    assert (entry.number, entry.name) == (outcome.unit, "Import 1 lead and update 1 lead from table.csv")
    saving.undo_latest("ADMIN")
    assert everything(office) == before
    saving.redo_latest("ADMIN")
    assert [lead.city for lead in held(Lead)] == ["Dallas", ""]


def test_reject_keeps_what_somebody_has_worked_on_and_says_so(tmp_path: Path) -> None:
    """VT-111, C4."""
    taken(tmp_path, Lead, OLD)
    text = OLD.replace("Austin", "Dallas").replace("ann@acme", "lee@acme") + "Bob,Ray,Bell,,,\nCid,Orr,Corn,,,\n"
    outcome = taken(tmp_path, Lead, text, on_match="update")
    ann, bob, _ = held(Lead)
    ann.city = "Houston"
    bob.title = "Buyer"
    saving.save(ann, "ADMIN")
    saving.save(bob, "ADMIN")
    rejected = imports.reject(outcome.run)
    assert sorted(rejected.kept) == [
        "ADMIN has worked on Bob Ray since (Save lead Bob Ray).",
        "Ann Lee was changed again since (City: Dallas → Houston).",
    ]
    ann, bob = held(Lead)
    assert (ann.city, ann.email, bob.title) == ("Houston", "ann@acme.example", "Buyer")
    assert "houston" in ann.search_text
    assert "ann@acme" in ann.search_text
    assert "lee@acme" not in ann.search_text
    assert [made.rejected for made in imports.runs("ADMIN")] == [True, False]
    with pytest.raises(Mistake, match="taken back already"):
        imports.reject(outcome.run)


def test_reject_keeps_an_account_that_got_a_deal_since(tmp_path: Path) -> None:
    outcome = taken(tmp_path, Account, "Account Name\nAcme\nBell\n")
    taken(tmp_path, Opportunity, "name,account\nBig,Acme\n")
    rejected = imports.reject(outcome.run)
    assert rejected.kept == ["Opportunities hang on Acme now."]
    assert [account.name for account in held(Account)] == ["Acme"]


def test_the_runs_are_listed(tmp_path: Path, fixed_clock: Any) -> None:
    taken(tmp_path, Lead, OLD)
    outcome = taken(tmp_path, Lead, OLD.replace("Austin", "Dallas") + ",,,1,,\n", on_match="update")
    latest, first = imports.runs("ADMIN")
    assert (latest.number, latest.unit, latest.by, latest.done) == (outcome.run, outcome.unit, "ADMIN", fixed_clock)
    assert (latest.created, latest.updated, latest.skipped, latest.refused) == (0, 1, 0, 1)
    assert (first.file, first.record, first.created, first.rejected) == ("table.csv", Lead, 1, False)
    with pytest.raises(Mistake, match="no import 77"):
        imports.reject(77)


# ---------------------------------------------------------------- what failed


def test_rows_that_fail_are_saved_mended_and_imported_again(tmp_path: Path) -> None:
    text = 'name,account,amount,close date\nA,Acme,1,2026-13-01\nB,Acme,2,2026-12-01\n"C, D",Acme,many,31.02.2026\n'
    plan = plan_of(tmp_path, Opportunity, text, missing_links="create")
    outcome = run(plan, operator="ADMIN")
    assert (outcome.taken, len(outcome.problems), len(outcome.refused)) == (1, 3, 2)
    report = tmp_path / "failed.csv"
    assert outcome.write_failed(report, plan) == 2
    lines = report.read_text("utf-8-sig")
    assert REASON in lines
    assert "amount: Amount takes a number" in lines
    mended = lines.replace("2026-13-01", "2026-01-01").replace("many", "3").replace("31.02.", "28.02.")
    outcome = taken(tmp_path, Opportunity, mended)
    assert (outcome.taken, outcome.problems, outcome.losses) == (2, [], [])
    assert sorted(deal.name for deal in held(Opportunity)) == ["A", "B", "C, D"]


class Cancelled(Exception):
    """The user pressed Cancel."""


@pytest.fixture
def told() -> Iterator[list[work.Done]]:
    heard: list[work.Done] = []
    stop = work.listen(heard.append)
    yield heard
    stop()


def test_cancelling_an_update_leaves_nothing_behind(tmp_path: Path, office: Office, told: list[work.Done]) -> None:
    def cancel(done: int, total: int, text: str) -> None:
        if text.startswith("Saving"):
            raise Cancelled

    taken(tmp_path, Lead, OLD)
    before, count = everything(office), len(told)
    plan = plan_of(tmp_path, Lead, OLD.replace("Austin", "Dallas") + "Bob,Ray,Bell,,,\n", on_match="update")
    with pytest.raises(Cancelled):
        run(plan, operator="ADMIN", progress=cancel)
    assert everything(office) == before
    assert (len(imports.runs("ADMIN")), len(told)) == (1, count)


@pytest.mark.skipif(not MAVEN.exists(), reason="the shared sample files are not at hand (CHANNERGY_CRM_SHARED)")
def test_nine_thousand_opportunities_with_all_their_dirt(office: Office) -> None:
    """C3: day-first dates by the column; two spellings of a product and misspelt sectors are told."""
    empty = everything(office)
    accounts = run(propose(Account, open_source(MAVEN / "accounts.csv")), operator="ADMIN")
    assert (accounts.taken, accounts.problems) == (85, [])
    assert any("“technolgy”" in said and "Is it Technology?" in said for said in accounts.advice)
    plan = propose(Opportunity, open_source(MAVEN / "sales_pipeline.csv"))
    plan = plan.mapped({"opportunity_id": "custom_1", "engage_date": "created_on"})
    plan = replace(plan, match_by=("custom_1",), missing_links="create")
    deals = run(plan, operator="ADMIN")
    assert (deals.taken, deals.problems, deals.made["Operators"]) == (8800, [], 30)
    first = Opportunity.get(Opportunity.custom_1 == "1C1I7A6R")
    assert (first.created_on, first.close_date_1, first.amount) == (date(2016, 10, 20), date(2017, 3, 1), 105400)
    assert first.owner == "MFRASE"
    assert run(plan, operator="ADMIN").skipped == 8800
    imports.reject(deals.run)
    imports.reject(accounts.run)
    assert everything(office) == empty


def test_orders_and_lookups_say_what_they_are(tmp_path: Path) -> None:
    taken(tmp_path, Order, FILES["orders"], missing_links="create")
    assert [(order.ordered_on, order.amount) for order in held(Order)] == [
        (date(2026, 1, 2), 1000), (date(2026, 1, 3), 1100)
    ]  # fmt: skip
    taken(tmp_path, CustomLookup, FILES["lookups"])
    assert CustomLookup.get(CustomLookup.value == "ZZ").description == "Asleep"


def test_a_value_that_is_there_twice_is_refused_in_words(tmp_path: Path) -> None:
    text = FILES["lookups"]
    taken(tmp_path, CustomLookup, text)
    with pytest.raises(Mistake, match="the same key"):
        taken(tmp_path, CustomLookup, text, on_match="create")
    assert len(imports.runs("ADMIN")) == 1
