"""Cells that hold a range, a word for nothing, a third phone number, or a company with its legal form (F-29, F-40)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.text.companies import without_form
from channergy_crm.transfer.importing.rough import is_rough
from tests.domain.test_imported_numbers import held, taken

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.usefixtures("office"), pytest.mark.engines("sqlite")]  # what a cell says asks no store


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
