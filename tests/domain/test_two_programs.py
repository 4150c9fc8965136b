"""Files of two programs that number their records alike, and links by these numbers (F-0)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from tests import made
from tests.domain.test_imported_numbers import held, taken

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work.record import Record

pytestmark = pytest.mark.usefixtures("office")

PEOPLE = "Id,First Name,Last Name,Company,Phone,Email\n"
ANN = "5,Ann,Lee,Acme,512-555-0101,ann@acme.example\n"
BOB = "5,Bob,Ray,Acme,512-555-0202,bob@acme.example\n"
ACCOUNTS = "Id,Account Name,Phone,Email\n"
ACME = "5,Acme,512-555-0101,hello@acme.example\n"
BELL = "5,Bell,512-555-0202,hello@bell.example\n"
DEALS = "Id,Name,Account,Amount,Close Dt 1\n"
BIG = "5,GTX,Acme,10,2026-03-01\n"
SMALL = "5,MG,Acme,20,2026-05-01\n"
OTHERS = [
    pytest.param(Lead, PEOPLE, ANN, BOB, id="leads"),
    pytest.param(Customer, PEOPLE, ANN, BOB, id="customers"),
    pytest.param(Contact, PEOPLE, ANN, BOB, id="contacts"),
    pytest.param(Account, ACCOUNTS, ACME, BELL, id="accounts"),
    pytest.param(Opportunity, DEALS, BIG, SMALL, id="opportunities"),
    pytest.param(Opportunity, DEALS, BIG, "5,GTX,Bell,20,2026-05-01\n", id="a product many buy"),
]


@pytest.mark.parametrize("on_match", ["skip", "update"])
@pytest.mark.parametrize(("record", "titles", "one", "other"), OTHERS)
def test_f0_a_number_of_another_program_means_nobody_here(
    tmp_path: Path, record: type[Record], titles: str, one: str, other: str, on_match: str
) -> None:
    names = [name for name in (*record.about.title, "email", "account", "amount") if name in record.kinds()]
    taken(tmp_path, record, titles + one)
    before = held(record, *names)
    outcome = taken(tmp_path, record, titles + other, on_match=on_match)
    assert (outcome.taken, outcome.updated, outcome.already) == (1, 0, [])
    assert held(record, *names)[0] == before[0]
    after = held(record, *names)
    for text in (titles + one, titles + other, titles + one + other, titles + other + one):
        again = taken(tmp_path, record, text, on_match=on_match)
        assert (again.taken, held(record, *names)) == (0, after), text


@pytest.mark.parametrize(("record", "titles", "one", "other"), OTHERS)
def test_f0_a_file_of_two_programs_brings_both(
    tmp_path: Path, record: type[Record], titles: str, one: str, other: str
) -> None:
    assert taken(tmp_path, record, titles + one + other).taken == 2
    assert taken(tmp_path, record, titles + other + one).taken == 0


@pytest.mark.parametrize(
    ("record", "titles", "one", "now"),
    [
        (Lead, PEOPLE, ANN, "5,Ann,Lee,Acme,512-555-9999,ann@acme.example\n"),
        (Lead, PEOPLE, ANN, "5,Ann,Lee,Bell,512-555-9999,ann@bell.example\n"),
        (Lead, PEOPLE, ANN, "5,Ann,Ray,Acme,512-555-0101,ray@acme.example\n"),
        (Lead, PEOPLE, ANN, "5,,Lee,Acme,512-555-7777,\n"),
        (Lead, PEOPLE, ANN, "5,A.,Lee,Acme,,other@acme.example\n"),
        (Lead, PEOPLE, "5,Ann,Lee,Acme,,\n", "5,,,Acme Group,512-555-0101,\n"),
        (Contact, PEOPLE, ANN, "5,Ann,Lee,Bell,512-555-9999,\n"),
        (Customer, PEOPLE, ANN, "5,Ann,Lee,Bell,512-555-9999,\n"),
        (Account, ACCOUNTS, ACME, "5,Apex,512-555-0101,hello@apex.example\n"),
        (Account, ACCOUNTS, ACME, "5,Acme Inc.,512-555-9999,new@acme.example\n"),
        (Account, ACCOUNTS, ACME, "5,Acme Holding International,512-555-9999,\n"),
        (Account, ACCOUNTS, "5,Acme,,\n", "5,Acmee,,\n"),
        (Opportunity, DEALS, BIG, "5,GTX,Acme,99,2027-01-01\n"),
        (Opportunity, DEALS, BIG, "5,GTX Pro,Acme,10,2027-01-01\n"),
        (Opportunity, DEALS, BIG, "5,GTX,Bell,10,2026-03-01\n"),
    ],
)
def test_f0_who_changed_in_one_program_stays_one(
    tmp_path: Path, record: type[Record], titles: str, one: str, now: str
) -> None:
    taken(tmp_path, record, titles + one)
    outcome = taken(tmp_path, record, titles + now, on_match="update")
    assert (outcome.taken, outcome.updated, outcome.problems) == (0, 1, [])


@pytest.mark.parametrize(
    ("accounts", "deals"),
    [
        ("account_id,Account Name", "name,account_id"),
        ("id,name", "name,account_id"),
        ("Id,Name", "Name,AccountId"),
        ("Record ID,Company name,Company owner", "Deal Name,Associated Company ID"),
        ("Record ID,Company name", "Deal Name,Associated Company IDs"),
        ("Organization ID,Name", "name,organization_id"),
        ("Account No,Account Name", "name,Account No"),
    ],
)
def test_f0_links_by_number(tmp_path: Path, accounts: str, deals: str) -> None:
    taken(tmp_path, Account, accounts + "\n3,Acme\n2,Bell\n1,Acme\n")
    outcome = taken(tmp_path, Opportunity, deals + "\nA,1\nB,2\nC,003\nD,9\n", missing_links="report")
    assert (outcome.taken, len(outcome.refused)) == (3, 1)
    names = dict(held(Account, "imported", "number"))
    title = accounts.split(",")[0]
    assert held(Opportunity, "name", "account") == [
        (name, names[f"{title}: {number}"]) for name, number in [("A", 1), ("B", 2), ("C", 3)]
    ]


def test_f0_a_number_is_never_taken_for_one_of_ours(tmp_path: Path) -> None:
    taken(tmp_path, Account, "Account Name\nAcme\nBell\n")
    outcome = taken(tmp_path, Opportunity, "name,AccountId\nA,1\n")
    assert (outcome.taken, len(outcome.refused)) == (0, 1)


def test_f0_an_account_that_is_there_gets_its_customer(tmp_path: Path) -> None:
    taken(tmp_path, Account, "Id,Account Name\n5,Acme\n6,Bell\n")
    people = "Contact ID,Last Name,Account ID\n1,Lee,6\n2,Ray,9\n3,Moe,6\n"
    outcome = taken(tmp_path, Contact, people, missing_links="report")
    assert (outcome.taken, len(outcome.refused)) == (2, 1)


def test_f0_tasks_find_by_number_too(tmp_path: Path) -> None:
    taken(tmp_path, Account, "Id,Account Name\n5,Acme\n6,Bell\n")
    taken(tmp_path, Opportunity, "Opportunity ID,Name,AccountId\nD1,GTX,6\n")
    tasks = taken(tmp_path, Task, "Subject,Opportunity ID,Account ID\nCall,D1,\n", missing_links="report")
    assert (tasks.taken, tasks.problems) == (1, [])
    assert held(Task, "opportunity", "account") == [(1, 2)]


def test_f0_one_program_may_rename_what_it_has_numbered(tmp_path: Path) -> None:
    """A phone, a name and an address change; most of the file says still that it is the same program's."""
    rows = [f"{n},Lee{n},lee{n}@x.example,512-555-01{n:02}" for n in range(1, 6)]
    title = "Id,Last Name,Email,Phone"
    taken(tmp_path, Lead, "\n".join([title, *rows]))
    rows[0] = "1,Lee1,lee1@x.example,512-555-0199"
    rows[1] = "2,Kim,lee2@x.example,512-555-0102"
    rows[2] = "3,Moe,,"
    outcome = taken(tmp_path, Lead, "\n".join([title, *rows]), on_match="update")
    assert (outcome.taken, outcome.updated) == (0, 3)
    assert held(Lead, "last_name") == ["Lee1", "Kim", "Moe", "Lee4", "Lee5"]


def test_f0_in_a_file_of_the_same_program_one_row_is_somebody_else(tmp_path: Path) -> None:
    """Whose name, phone and e-mail all differ is not overwritten, whatever the number says."""
    rows = [f"{n},Lee{n},lee{n}@x.example,512-555-01{n:02}" for n in range(1, 6)]
    taken(tmp_path, Lead, "\n".join(["Id,Last Name,Email,Phone", *rows]))
    rows[0] = "1,Orr,orr@x.example,512-555-0201"
    for count in (1, 0):
        outcome = taken(tmp_path, Lead, "\n".join(["Id,Last Name,Email,Phone", *rows]), on_match="update")
        assert (outcome.taken, outcome.updated) == (count, 0)
    assert held(Lead, "last_name") == ["Lee1", "Lee2", "Lee3", "Lee4", "Lee5", "Orr"]


def test_f0_our_own_column_holds_our_own_numbers(tmp_path: Path) -> None:
    ours = made.account("Ours")
    taken(tmp_path, Account, f"Account ID,Account Name\n{ours.number},Acme\n", "accounts.csv")
    assert taken(tmp_path, Opportunity, f"Name,CRM Account #\nSeats,{ours.number}\n").taken == 1
    assert held(Opportunity, "account") == [ours.number]


def test_f0_a_whole_file_of_other_names_is_another_programs(tmp_path: Path) -> None:
    """One name alone may have changed; where all of them differ, nothing is overwritten, and that is told."""
    first, second = "Id,Account Name\n1,Acme\n2,Bell\n3,Corn\n", "Id,Account Name\n1,Yew\n2,Zeta\n3,Dune\n"
    taken(tmp_path, Account, first)
    outcome = taken(tmp_path, Account, second, on_match="update")
    assert (outcome.taken, outcome.updated) == (3, 0)
    assert any("another program" in loss.what and loss.times == 3 for loss in outcome.kept)
    assert held(Account, "name", "imported")[3:] == [("Yew", "Id 2: 1"), ("Zeta", "Id 2: 2"), ("Dune", "Id 2: 3")]
    for again in (second, first):
        outcome = taken(tmp_path, Account, again, on_match="update")
        assert (outcome.taken, outcome.updated) == (0, 0), again
