"""Two programs that call their numbers alike are told apart; their numbers find what rows are linked to (F-0, F-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Account, Contact, Lead, Opportunity, Task
from channergy_crm.text.companies import without_form
from channergy_crm.transfer.importing.rough import is_rough
from tests import made
from tests.domain.test_imported_numbers import held, taken

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.work.record import Record

pytestmark = pytest.mark.usefixtures("office")
ACCOUNTS = "Account ID,Account Name,Phone\n17,Acme Inc.,512-555-0101\n018,Blue LLC,512-555-0102\n"


@pytest.mark.parametrize(
    ("record", "title", "one", "other"),
    [
        (Account, "Id,Account Name,Phone", ["17,Acme,512-555-0101", "18,Blue,512-555-0102"],
         ["17,Yew,512-555-0201", "18,Zeta,512-555-0202"]),
        (Lead, "Id,Last Name,Email", ["17,Lee,lee@x.example", "18,Ray,ray@x.example"],
         ["17,Orr,orr@x.example", "18,Poe,poe@x.example"]),
        (Lead, "Record ID,Last Name,Phone", ["7,Lee,512-555-0101"], ["7,Orr,512-555-0201", "8,Poe,512-555-0202"]),
    ],
)  # fmt: skip
@pytest.mark.parametrize("on_match", ["skip", "update"])
def test_f0_two_programs_that_call_their_numbers_alike(
    tmp_path: Path, record: type[Record], title: str, one: list[str], other: list[str], on_match: str
) -> None:
    first, second = ("\n".join([title, *rows]) for rows in (one, other))
    assert taken(tmp_path, record, first, on_match=on_match).taken == len(one)
    outcome = taken(tmp_path, record, second, on_match=on_match)
    assert (outcome.taken, outcome.updated) == (len(other), 0)
    assert any("another program" in loss.what for loss in outcome.kept)
    for again in (second, first):
        outcome = taken(tmp_path, record, again, on_match=on_match)
        assert (outcome.taken, outcome.updated) == (0, 0), again
    source = title.partition(",")[0]
    assert held(record, "imported")[len(one)] == f"{source} 2: {other[0].partition(',')[0]}"


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


@pytest.mark.parametrize("title", ["Account ID", "AccountId", "account_id", "Associated Company IDs", "Company ID"])
def test_f0_deals_find_their_account_by_the_number_the_other_program_gave_it(tmp_path: Path, title: str) -> None:
    made.account("Ours")  # has the number 1 here
    taken(tmp_path, Account, ACCOUNTS.replace("17,", "1,"), "accounts.csv")
    text = f"Deal ID,Deal Name,{title},Amount\n5,Seats,1,100\n6,Chairs,18,200\n7,Desks,99,300\n"
    outcome = taken(tmp_path, Opportunity, text)
    assert [problem.sentence for problem in outcome.problems] == ["There is no account 99."]
    names = dict(held(Account, "number", "name"))
    assert [names[number] for number in held(Opportunity, "account")] == ["Acme Inc.", "Blue LLC"]
    assert set(names.values()) == {"Ours", "Acme Inc.", "Blue LLC"}, "nothing is made of a number"


def test_f0_contacts_find_the_customer_by_the_number_of_the_account(tmp_path: Path) -> None:
    taken(tmp_path, Account, ACCOUNTS, "accounts.csv")
    text = "Contact ID,First Name,Last Name,Account ID\n5,Ann,Lee,17\n6,Bob,Ray,18\n7,Cyd,Orr,17\n"
    assert taken(tmp_path, Contact, text).taken == 3
    customers = dict(held(Account, "customer", "name"))
    assert [customers[number] for number in held(Contact, "customer")] == ["Acme Inc.", "Blue LLC", "Acme Inc."]
    assert taken(tmp_path, Contact, text).taken == 0


def test_f0_our_own_column_holds_our_own_numbers(tmp_path: Path) -> None:
    ours = made.account("Ours")
    taken(tmp_path, Account, ACCOUNTS.replace("17,", f"{ours.number},"), "accounts.csv")
    assert taken(tmp_path, Opportunity, f"Name,CRM Account #\nSeats,{ours.number}\n").taken == 1
    assert held(Opportunity, "account") == [ours.number]


@pytest.mark.parametrize(
    "text",
    ["11-50", "1,000+", "50 – 100", "~200", "<10", "about 30", "10 to 20", "201-500 employees", "über 50",
     "$1M - $5M", "10,001 or more", "6 bis 10 Mitarbeiter", "plus de 100",
     "200 employees", "51–200 Beschäftigte", "200+ staff members"],
)  # fmt: skip
def test_f40_a_range_is_kept_in_the_notes_and_told(tmp_path: Path, text: str) -> None:
    assert is_rough(text)
    outcome = taken(tmp_path, Account, f'Account Name,Employees\nAcme,"{text}"\n', "accounts.csv")
    assert (outcome.taken, outcome.problems) == (1, [])
    assert held(Account, "employees", "description") == [(None, f"Employees: {text}")]
    assert [(loss.times, loss.text) for loss in outcome.kept] == [(1, f"Employees: {text}")]


@pytest.mark.parametrize("text", ["twelve", "12,5", "512-555-0101", "2026-11-25", "many", "1e3"])
def test_f40_what_is_no_figure_is_refused_still(tmp_path: Path, text: str) -> None:
    assert not is_rough(text)
    outcome = taken(tmp_path, Account, f'Account Name,Employees\nAcme,"{text}"\n', "accounts.csv")
    assert (outcome.taken, len(outcome.problems)) == (0, 1)


@pytest.mark.parametrize("text", ["n/a", "-", "none", "keine", "???"])
def test_f29_a_word_for_nothing_is_nothing_in_days_and_figures_too(tmp_path: Path, text: str) -> None:
    outcome = taken(tmp_path, Task, f"Action,Reminder Date,Reminder Time\nCall,{text},{text}\n", "tasks.csv")
    assert (outcome.taken, outcome.problems) == (1, [])
    assert [loss.times for loss in outcome.losses] == [2]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müller GmbH & Co. KG", "Müller GmbH u. Co KG"), ("Hansen A/S", "Hansen AS"), ("Blue, L.L.C.", "Blue LLC"),
     ("Tanaka Co., Ltd.", "Tanaka Company Limited"), ("Rossi S.p.A.", "Rossi SpA"), ("Smith & Co", "Smith Co.")],
)  # fmt: skip
def test_f40_legal_forms_written_in_two_ways(one: str, other: str) -> None:
    assert without_form(one) == without_form(other)


@pytest.mark.parametrize(("one", "other"), [("Vitamin E Inc", "Vitamin Inc"), ("E & Y GmbH", "E GmbH"), ("Y", "E")])
def test_f40_what_is_no_legal_form_stays_in_the_name(one: str, other: str) -> None:
    assert without_form(one) != without_form(other)


def test_f29_bx16_further_phone_numbers_can_be_dialed(tmp_path: Path) -> None:
    """Once, with what they are, also when the file is taken in again as an update."""
    text = "Last Name,Phone,Other Phone,Mobile\nLee,512-555-0101 / 512-555-0104,512-555-0102,512-555-0103\n"
    for _again in range(2):
        outcome = taken(tmp_path, Lead, text, on_match="update")
        assert held(Lead, "phone", "other_phone") == [("512-555-0101", "512-555-0102")]
        assert {*held(Lead, "more_phones")[0].split("\n")} == {"512-555-0104", "Mobile: 512-555-0103"}
        assert held(Lead, "notes") == [""]
    assert outcome.updated == 0


@pytest.mark.parametrize(
    "names",
    [
        ["Acme, Inc.", "Acme Inc", "ACME INCORPORATED", "Acme (Inc)", "acme"],
        ["Müller GmbH & Co. KG", "Müller GmbH u. Co KG", "MÜLLER GmbH&Co.KG", "Muller GmbH + Co. KG",
         "Müller Gesellschaft mit beschränkter Haftung & Co. Kommanditgesellschaft"],
        ["Dune LLC", "Dune, L.L.C.", "Dune L. L. C.", "Dune Limited Liability Company"],
        ["Rue S.A.", "Rue SA", "Rue S. A.", "Rue Société Anonyme"],
        ["Bell S.à r.l.", "Bell SARL", "Bell S.A.R.L."],
        ["Smith & Co", "Smith and Company", "Smith et Cie", "Smith u. Co."],
        ["Foo Sp. z o.o.", "Foo Sp.z o.o."],
        ["Kraft Pty Ltd", "Kraft (Pty) Ltd.", "Kraft Pty. Limited"],
    ],
    ids=lambda names: names[0],
)  # fmt: skip
def test_f40_a_legal_form_is_one_however_it_is_written(tmp_path: Path, names: list[str]) -> None:
    rows = "".join(f'"{name}"\n' for name in names)
    assert taken(tmp_path, Account, f"Account Name\n{rows}").taken == 1
    assert taken(tmp_path, Account, f"Account Name\n{rows}").taken == 0
    deals = "".join(f'D{place},"{name}"\n' for place, name in enumerate(names))
    assert taken(tmp_path, Opportunity, f"name,account\n{deals}", missing_links="report").taken == len(names)


def test_f40_companies_of_other_forms_and_letters_stay_apart(tmp_path: Path) -> None:
    names = ["Acme, Inc.", "Acme GmbH", "Vitamin U Inc", "Vitamin Inc", "AT&T Inc.", "AT Inc.", "M.S.A. Ltd", "M Ltd"]
    assert taken(tmp_path, Account, "Account Name\n" + "".join(f'"{name}"\n' for name in names)).taken == len(names)
