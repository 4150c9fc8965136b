"""`main.py export` as it is typed: what it writes, what it says, what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm import commands
from channergy_crm.records import Lead
from channergy_crm.records.transfers import ExportRow
from channergy_crm.services import leads, views
from channergy_crm.store import database
from channergy_crm.transfer.exporting.text import Style
from tests.domain.exports import cells, three_and_one, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from channergy_crm.store.database import Office


@pytest.fixture
def run(office: Office, database_url: str) -> Callable[..., int]:
    """The command line over this office, which stays open beside it."""

    def no_window(url: str, operator: str | None) -> int:
        raise AssertionError("no window was asked for")

    def typed(*arguments: object) -> int:
        try:
            return commands.run([*map(str, arguments), "--database", database_url], no_window)
        finally:
            database.proxy.initialize(office.database)

    return typed


def test_the_command_writes_what_is_asked_for(
    run: Callable[..., int], tmp_path: Path, operator: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """`main.py export RECORDS FILE`: whose, which, which columns, what kind of file by its ending."""
    three_and_one(operator)
    path = tmp_path / "x.csv"
    for more, expected in (
        ([], ["beta", "Alpha", "gamma", "delta"]),
        (["--operator", "ADMIN"], ["beta", "Alpha", "gamma"]),
        (["--filter", "removed:yes"], ["gamma"]),
    ):
        assert run("export", "leads", path, "--columns", "Description,number", *more) == 0
        assert written(path) == expected
    assert cells(path, Style())[0] == ["Description", "Lead #"]
    assert capsys.readouterr().out.splitlines()[-2:] == [
        f"3 leads exported to {path}.",
        f"1 lead exported to {path}.",
    ]
    assert run("export", "leads", tmp_path / "x.tsv") == 0
    assert cells(tmp_path / "x.tsv", Style("\t"))[0][:2] == ["Lead #", "Type"]
    assert run("export", "leads", tmp_path / "y.csv", "--delimiter", ";", "--encoding", "cp1252") == 0
    assert cells(tmp_path / "y.csv", Style(";", "cp1252"))[0][:2] == ["Lead #", "Type"]
    assert run("export", "leads", tmp_path / "x.xlsx") == 0
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")
    assert run("export", "lookups", tmp_path / "l.txt", "--format", "vtiger") == 0
    assert [row.by for row in ExportRow.select().order_by(ExportRow.number)][:2] == ["", "ADMIN"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["leads", "x"], "What kind of file is x?"),
        (["leads", "x.csv", "--columns", "phone,shoe size"], "Leads have no column shoe size."),
        (["leads", "x.csv", "--filter", "shoe:42"], "Leads have no field “shoe”."),
        (["leads", "x.csv", "--delimiter", "||"], "Between the columns stands one sign"),
        (["leads", "x.csv", "--operator", "NOBODY"], "There is no operator NOBODY"),
        (["orders", "x.vcf"], "Orders cannot be written as vCards"),
    ],
)
def test_the_command_says_what_is_wrong(
    run: Callable[..., int], tmp_path: Path, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run("export", *arguments) == 1
    heard = capsys.readouterr()
    assert heard.err.startswith(expected)
    assert (heard.out, heard.err.count("\n")) == ("", 1)
    assert not list(tmp_path.glob("x*"))


def test_vt114_vt143_a_view_is_exported_in_its_columns_and_order(run, office, tmp_path, capsys):
    for name, city in (("one", "Austin"), ("two", "Dallas"), ("three", "Austin")):
        leads.create({"description": name, "city": city}, "ADMIN")
    view = views.start("leads", "ADMIN", "city:austin", ["city", "description"], [("description", True)])
    view.name = "Texas"
    views.save(view, Lead, "ADMIN")
    file = tmp_path / "texas.csv"
    asked = ["export", "leads", file, "--operator", "ADMIN", "--delimiter", ",", "--view"]
    assert run(*asked, "texas") == 0
    assert file.read_text("utf-8-sig").replace('"', "").split() == ["City,Description", "Austin,three", "Austin,one"]
    assert run(*asked, "Utah") == 1
    assert "There is no view “Utah” of that list; there is “Texas”." in capsys.readouterr().err
