"""`main.py do-not-call`: a list goes onto the register, and a number is asked for (BX-6, DP-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import commands
from channergy_crm.records import DoNotCall
from channergy_crm.services import leads
from channergy_crm.store import database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def never(url: str, operator: str | None) -> int:
    raise AssertionError("a command opens no window")


def test_bx6_dp8_a_list_comes_in_and_a_number_is_asked_for(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        code = commands.run(["--database", database_url, "do-not-call", *arguments], never)
        return code, capsys.readouterr().out

    (tmp_path / "tps.csv").write_text("Name,Area,Number\nAnn,212,7365000\nBob,,+49 30 25002525\nCy,,none\n", "utf-8")
    (tmp_path / "plain.txt").write_text("212-736-5001\r\n+12127365002\r\n", "utf-8")
    code, said = run("import", str(tmp_path / "tps.csv"), "--source", "TPS", "--listed", "2020-01-05")
    assert code == 0 and said.startswith("2 numbers of “TPS” are on the register; twice: 0, lines without one: 2.")
    assert run("import", str(tmp_path / "plain.txt"))[0] == 0
    office = database.open_database(database_url)
    held = {(row.key_of_number, row.source) for row in DoNotCall.select()}
    leads.create({"description": "Wants parkas", "phone": "303-555-0188", "do_not_call": True}, "ADMIN")
    office.close()
    assert held == {("+12127365000", "TPS"), ("+493025002525", "TPS"), ("+12127365001", "plain"),
                    ("+12127365002", "plain")}  # fmt: skip
    code, said = run("check", "(212) 736-5000")
    assert code == 1 and said.splitlines()[0].startswith("This number is on the list “TPS” of 2020-01-05")
    assert "days old: fetch it anew" in said
    assert run("check", "303-555-0188")[0] == 1 and run("check", "212-736-5009")[0] == 0
    assert run("check", "nothing")[0] == 1
