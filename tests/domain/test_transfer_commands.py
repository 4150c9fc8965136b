"""Importing and rejecting at the command line, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import commands
from channergy_crm.records import Account, Opportunity
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from pathlib import Path

DEALS = "deal,company,value,close date,extra\nBig,Acme,12.50,31/12/2026,x\nSmall,Acme,many,01/02/2026,y\n"


def no_window(url: str, operator: str | None) -> int:
    raise AssertionError("no window was asked for")


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, "utf-8")
    return path


class Line:
    """The command line of one office."""

    def __init__(self, url: str, heard: pytest.CaptureFixture[str]) -> None:
        self.url, self._heard = url, heard

    def type(self, *words: object) -> tuple[int, list[str]]:
        """What it returns and what it says."""
        code = commands.run([*map(str, words), "--database", self.url], no_window)
        said = self._heard.readouterr()
        return code, (said.out + said.err).splitlines()

    def amounts(self) -> list[tuple[str, int, str]]:
        """The opportunities of the office."""
        office = open_database(self.url)
        found = [(deal.name, deal.amount, str(deal.close_date_1)) for deal in Opportunity.select().order_by(1)]
        office.close()
        return sorted(found)


@pytest.fixture
def line(database_url: str, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(database_url, capsys)


def test_a_dry_run_then_the_run_then_the_mended_rows_then_reject(line: Line, deals: Path, tmp_path: Path) -> None:
    """VT-106…VT-111."""
    report = tmp_path / "failed.csv"
    words = ["import", "opportunities", deals, "--operator", "ADMIN", "--missing-links", "create"]
    code, said = line.type(*words, "--dry-run")
    assert code == 0
    assert said == [
        "Row 3, value “many”: Amount takes a number such as 1,234.56, not “many”.",
        "Left out: Column “extra”: 2; the first in row 2: “x”.",
        "Accounts that were missing and would be made: 1.",
        "1 would be taken, 0 already there, 1 could not be taken.",
    ]
    assert line.amounts() == []
    code, said = line.type(*words, "--report", report)
    assert (code, said[-2:]) == (
        0, [f"Rows saved in {report}: 1.", "1 taken, 0 already there, 1 could not be taken; import 1."],
    )  # fmt: skip
    report.write_text(report.read_text("utf-8-sig").replace("many", "7"), "utf-8")
    code, said = line.type("import", "opportunities", report, "--operator", "ADMIN", "--dates", "dmy")
    assert (code, said[-1]) == (0, "1 taken, 0 already there, 0 could not be taken; import 2.")
    assert line.amounts() == [("Big", 1250, "2026-12-31"), ("Small", 700, "2026-02-01")]
    assert line.type("reject-import", "2") == (0, ["Import 2 is taken back: 1 record changed, 0 kept."])
    assert line.type("reject-import", "2") == (1, ["Import 2 has been taken back already."])
    assert line.type("reject-import", "9") == (1, ["There is no import 9."])
    assert [name for name, *_ in line.amounts()] == ["Big"]


def test_columns_defaults_and_presets(line: Line, deals: Path) -> None:
    """VT-109, C4."""
    words = ["import", "opportunities", deals, "--operator", "ADMIN", "--missing-links", "create"]
    choices = ["--map", "extra=Custom 1", "--map", "value=", "--default", "budget=5", "--match-by", "custom_1"]
    code, said = line.type(*words, *choices, "--save-preset", "Deals")
    assert (code, said[-1]) == (0, "2 taken, 0 already there, 0 could not be taken; import 1.")
    code, said = line.type(*words, "--preset", "deals", "--on-match", "update")
    assert (code, said[-1]) == (0, "0 taken, 0 updated, 2 already there, 0 could not be taken.")
    office = open_database(line.url)
    assert [(deal.custom_1, deal.amount, deal.budget) for deal in Opportunity.select()] == [
        ("x", None, 500), ("y", None, 500),
    ]  # fmt: skip
    assert Account.select().count() == 1
    office.close()


def test_days_that_read_both_ways_are_asked_for(line: Line, tmp_path: Path) -> None:
    """C3."""
    path = tmp_path / "deals.csv"
    path.write_text("deal,company,close date\nBig,Acme,01/02/2026\n", "utf-8")
    words = ["import", "opportunities", path, "--operator", "ADMIN", "--missing-links", "create"]
    code, said = line.type(*words)
    assert (code, len(said)) == (1, 1)
    assert "--dates dmy, mdy or ymd" in said[0]
    assert line.type(*words, "--dates", "mdy")[0] == 0
    assert line.amounts() == [("Big", None, "2026-01-02")]


@pytest.mark.parametrize(
    "wrong", [["--map", "x"], ["--on-match", "merge"], ["--dates", "ddmmyy"], ["--missing-links", "maybe"]]
)
def test_what_is_not_understood_ends_with_two(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.run(["import", "leads", "x.csv", "--operator", "ADMIN", *wrong], no_window)
    assert ended.value.code == 2
    assert "usage: main.py import" in capsys.readouterr().err


@pytest.mark.parametrize(("sign", "cents"), [("comma", 123), ("point", 123400)])
def test_the_decimal_sign_is_said_where_the_file_is_unclear(line: Line, tmp_path: Path, sign: str, cents: int) -> None:
    """VT-122: 1,234 alone is either."""
    path = tmp_path / "deals.csv"
    path.write_text('deal,company,value\nBig,Acme,"1,234"\n', "utf-8")
    line.type("import", "opportunities", path, "--operator", "ADMIN", "--missing-links", "create", "--decimal", sign)
    assert [amount for _, amount, _ in line.amounts()] == [cents]


def test_f26_the_row_of_the_titles_can_be_named(line: Line, tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_text("Company,Phone\nFirm,Ring\nBell,512-555-0101\n", "utf-8")
    words = ["import", "leads", file, "--operator", "ADMIN", "--dry-run"]
    assert line.type(*words)[1][-1].startswith("2 would be taken")
    code, said = line.type(*words, "--title-row", 2, "--map", "Firm=company", "--map", "Ring=phone")
    assert code == 0
    assert said[0] == "Left out: Rows above the column titles: 1; the first in row 1: “Company, Phone”."
    assert said[-1].startswith("1 would be taken")
    assert line.type(*words, "--title-row", 9) == (1, ["Row 9 of leads.csv holds no column titles."])
