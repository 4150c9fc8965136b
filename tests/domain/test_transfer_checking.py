"""A file is looked at, tried out and mended before it is imported: understood, asked, corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from channergy_crm.records import Account, Contact, Lead, Opportunity, Order
from channergy_crm.services import imports, operators
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.checking import check
from channergy_crm.transfer.importing.first_look import Manner, look
from channergy_crm.transfer.importing.needs import lacking
from channergy_crm.transfer.importing.run import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("office")


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_what_was_understood_can_be_corrected(tmp_path: Path) -> None:
    """VT-119, VT-124, VT-129, C1."""
    path = file(tmp_path, "'Last Name';'Company'\r\n'Lee';'A; B'\r\n'O\"Neil';'C'\r\n", "utf-16")
    found = look(Lead, path, Manner(), "ADMIN")
    source = found.plan.source
    assert (source.encoding, source.delimiter, source.quote, source.titled) == ("utf-16", ";", "'", True)
    assert [row.values for row in found.rows] == [["Lee", "A; B"], ['O"Neil', "C"]]
    assert found.samples(1) == ["A; B", "C"]
    bare = look(Lead, path, Manner(quote="", titled=False), "ADMIN")
    assert bare.plan.source.header == ["Column 1", "Column 2"]
    assert [row.values for row in bare.rows][1:] == [["'Lee'", "'A", " B'"], ["'O\"Neil'", "'C'"]]
    plain = look(Lead, file(tmp_path, "ann@b.example,512-555-0101\nbob@b.example,512-555-0102\n"), Manner(), "ADMIN")
    assert (plain.plan.source.titled, len(plain.rows)) == (False, 2)
    assert len(look(Lead, plain.plan.source.path, Manner(titled=True), "ADMIN").rows) == 1


def test_vt121_vt123_vt128_quotes_and_line_breaks_are_read_and_blanks_around_go(tmp_path: Path, operator: str) -> None:
    text = 'Last Name,Company,Notes\r\n"  Lee ","The ""big"" one, Inc.","two\nlines "\r\nRay,Bell,\r\n'
    found = look(Lead, file(tmp_path, text), Manner(), "ADMIN")
    assert run(found.plan, operator=operator).taken == 2
    assert [(lead.last_name, lead.company, lead.notes) for lead in Lead.select().order_by(Lead.number)] == [
        ("Lee", 'The "big" one, Inc.', "two\nlines"), ("Ray", "Bell", ""),
    ]  # fmt: skip


def test_vt131_columns_that_all_lie_in_the_first_one_are_taken_apart(tmp_path: Path, operator: str) -> None:
    """VT-131: as spreadsheets open a table with other signs between the columns than theirs, and save it again."""
    wrapped = '"First Name,Last Name,Company"\n"Ann,Lee,""Acme, Inc."""\n"Bob,Ray,Bell"\n'
    book = Workbook()
    for text in ("First Name;Last Name;Company", 'Ann;Lee;"Acme, Inc."', "Bob;Ray;Bell"):
        book.active.append([text])
    book.save(tmp_path / "book.xlsx")
    for path in (file(tmp_path, wrapped), tmp_path / "book.xlsx"):
        found = look(Lead, path, Manner(), "ADMIN")
        assert [row.values for row in found.rows] == [["Ann", "Lee", "Acme, Inc."], ["Bob", "Ray", "Bell"]]
        assert list(found.plan.columns.values()) == ["first_name", "last_name", "company"]
        assert len(look(Lead, path, Manner(titled=False), "ADMIN").rows) == 3
    assert run(found.plan, operator=operator).taken == 2
    plain = look(Lead, file(tmp_path, "Notes\nHello, you\nGood, bye\n"), Manner(), "ADMIN")
    assert plain.plan.source.header == ["Notes"]


def test_vt133_an_outlook_export_is_known_by_its_titles(tmp_path: Path) -> None:
    """VT-133: nothing has to be removed or replaced before."""
    titles = "First Name,Last Name,Company,E-mail Address,Business Phone,Home Phone,Business City"
    found = look(
        Contact, file(tmp_path, titles + '\nAnn,Lee,"Acme; ""the"" one",a@x.example,512-555-0101,,Austin\n'), Manner(),
        "ADMIN",
    )  # fmt: skip
    assert [preset.name for preset in found.offered] == ["Outlook"]
    assert (found.plan.preset, found.plan.columns[2], found.plan.missing_links) == ("Outlook", "customer", "create")


def test_a_preset_is_followed_by_the_next_file_that_looks_alike(tmp_path: Path, operator: str) -> None:
    """VT-109, C4."""
    found = look(Lead, file(tmp_path, "Who,Where\nLee,Acme\n"), Manner(), "ADMIN")
    assert found.offered == []
    plan = found.plan.mapped({"Who": "Last Name", "Where": "Company"})
    presets.keep(replace(plan, sign=",", replaced={"company": {"Acme": "Acme Inc."}}), "Fair", operator)
    again = look(Lead, file(tmp_path, "where,who\nAcme,Ray\n"), Manner(), "ADMIN")
    assert [preset.name for preset in again.offered] == ["Fair"]
    assert (again.plan.preset, again.plan.columns, again.plan.sign) == ("Fair", {0: "company", 1: "last_name"}, ",")
    run(again.plan, operator=operator)
    assert Lead.get().company == "Acme Inc."


def test_a_cell_typed_anew_is_checked_at_once_and_imported(tmp_path: Path, operator: str) -> None:
    """C2: every problem by row and cell, mended there."""
    text = "Last Name,Reminder Time,Reminder Date,Company\nLee,25:99,2026-13-40,\nRay,,,A,,more\n,,,\n"
    checked = check(look(Lead, file(tmp_path, text), Manner(), "ADMIN").plan, operator=operator)
    assert [(row.number, sorted(row.wrong)) for row in checked.failing] == [(2, [1, 2]), (3, [-1])]
    first, second = checked.failing
    checked.mend(first, 1, "14:30")
    assert list(first.wrong) == [2]
    checked.mend(first, 2, "2026-12-24")
    assert first.said == ""
    checked.mend(second, 3, "A Inc.")
    assert second.said == "It has values beyond its 4 columns."
    checked.mend(second, 5, "")
    assert second.said == ""
    again = check(checked.plan, operator=operator)
    assert (again.outcome.taken, again.outcome.problems) == (2, [])
    again.keeping(checked.failing)
    assert [(row.number, row.said) for row in again.failing] == [(2, ""), (3, "")]
    run(checked.plan, operator=operator)
    stored = [(lead.last_name, str(lead.reminder_time), lead.company) for lead in Lead.select().order_by(Lead.number)]
    assert stored == [("Lee", "14:30:00", ""), ("Ray", "None", "A Inc.")]


def test_what_is_mended_alike_is_remembered_by_the_preset(tmp_path: Path, operator: str) -> None:
    text = "Name,Account,Amount\nA,Acme,1\nB,Acmee,2\nC,Acmee,3\nD,Other,4\n"
    run(look(Account, file(tmp_path, "Account Name\nAcme\n"), Manner(), "ADMIN").plan, operator=operator)
    checked = check(look(Opportunity, file(tmp_path, text), Manner(), "ADMIN").plan, operator=operator)
    assert [row.number for row in checked.alike(1, "Acmee")] == [3, 4]
    assert checked.mend_alike(1, "Acmee", "Acme") == 2
    assert [row.said for row in checked.failing] == ["", "", "There is no account Other."]
    presets.keep(checked.plan, "Deals", operator)
    again = check(look(Opportunity, file(tmp_path, text), Manner(), "ADMIN").plan, operator=operator)
    assert (again.outcome.taken, [row.number for row in again.failing]) == (3, [5])


def test_what_looks_like_a_slip_is_taken_as_what_was_meant(tmp_path: Path, operator: str) -> None:
    """C2: misspelt values of a list, two spellings of one value; nothing written as null."""
    path = file(tmp_path, "Account Name,Industry\nA,technolgy\nB,Retail\nC,null\nNull,Retail\n")
    checked = check(look(Account, path, Manner(), "ADMIN").plan, operator=operator)
    assert [(slip.name, slip.text, slip.meant) for slip in checked.outcome.slips] == [
        ("industry", "technolgy", "Technology")
    ]
    checked.take_as("industry", "technolgy", "Technology")
    presets.keep(checked.plan, "Accounts", operator)
    again = check(look(Account, path, Manner(), "ADMIN").plan, operator=operator)
    assert (again.outcome.slips, again.outcome.advice) == ([], [])
    run(again.plan, operator=operator)
    stored = [(account.name, account.industry) for account in Account.select().order_by(Account.number)]
    assert stored == [("A", "Technology"), ("B", "Retail"), ("C", ""), ("Null", "Retail")]
    deals = file(tmp_path, "Name,Account,Decision Maker\nX,A,GTX Pro\nY,Bell,GTXPro\nZ,bell,null\n")
    checked = check(look(Opportunity, deals, Manner(), "ADMIN").plan, operator=operator)
    assert [(slip.text, slip.meant) for slip in checked.outcome.slips] == [("GTXPro", "GTX Pro")]
    assert checked.nameless() == {("account", "bell")}


def test_new_records_belong_to_whom_somebody_says(tmp_path: Path, operator: str) -> None:
    operators.add("ANN", "Ann", operator)
    found = look(Lead, file(tmp_path, "Last Name,Owner\nLee,\nRay,ADMIN\n"), Manner(), operator)
    plan = found.plan.filled({"owner": "ANN"})
    run(plan, operator=operator)
    assert [(lead.last_name, lead.owner) for lead in Lead.select().order_by(Lead.number)] == [
        ("Lee", "ANN"), ("Ray", "ADMIN")
    ]  # fmt: skip


def test_only_what_nothing_decides_is_asked(tmp_path: Path, operator: str) -> None:
    """C3, VT-122: days and decimal signs."""
    text = 'Customer,Order Date,Amount\nA,03/04/2026,"1,234"\nB,05/06/2026,2\n'
    plan = look(Order, file(tmp_path, text), Manner(), "ADMIN").plan
    assert {place: each.example for place, each in plan.undecided().items()} == {1: "03/04/2026", 2: "1,234"}
    said = replace(plan, order="DMY", sign=",", missing_links="create")
    assert sorted(said.undecided()) == [1, 2]
    run(said, operator=operator)
    assert [(str(order.ordered_on), order.amount) for order in Order.select().order_by(Order.number)] == [
        ("2026-04-03", 123), ("2026-06-05", 200)
    ]  # fmt: skip
    decided = text.replace("05/06", "25/06").replace('"1,234"', '"1,23"')
    assert look(Order, file(tmp_path, decided), Manner(), "ADMIN").plan.undecided() == {}


def test_vt109_what_new_records_need_is_told_before_anything_is_tried(tmp_path: Path) -> None:
    """VT-109, VT-120."""
    assert lacking(look(Lead, file(tmp_path, "Phone\n512-555-0101\n"), Manner(), "ADMIN").plan) == [
        "a name, a company, an e-mail address or a description"
    ]
    assert lacking(look(Lead, file(tmp_path, "Company\nA\n"), Manner(), "ADMIN").plan) == []
    deals = look(Opportunity, file(tmp_path, "Amount\n1\n"), Manner(), "ADMIN").plan
    assert lacking(deals) == ["CRM Account #", "Name"]
    assert lacking(deals.filled({"account": "Acme", "name": "Deal"})) == []
    assert lacking(look(Contact, file(tmp_path, "Phone\n512-555-0101\n"), Manner(), "ADMIN").plan) == ["Customer #"]
    accounts = look(Account, file(tmp_path, "CRM Account #,Phone\n1,512-555-0101\n"), Manner(), "ADMIN").plan
    assert lacking(accounts) == ["Account Name"]
    assert lacking(accounts.mapped({"CRM Account #": "number"})) == []


def test_what_an_import_brought_can_be_listed_later(tmp_path: Path, operator: str) -> None:
    """VT-111."""
    path = file(tmp_path, "Last Name,Phone\nLee,512-555-0101\nRay,512-555-0102\n")
    first = run(look(Lead, path, Manner(), "ADMIN").plan, operator=operator)
    path = file(tmp_path, "Last Name,Phone,Email\nRay,512-555-0102,r@x.example\nNew,512-555-0103,\n")
    second = run(replace(look(Lead, path, Manner(), "ADMIN").plan, on_match="update"), operator=operator)

    def came(unit: int) -> list[str]:
        return [lead.last_name for lead in Lead.select().where(imports.came(Lead, unit)).order_by(Lead.number)]

    assert (came(first.unit), came(second.unit)) == (["Lee", "Ray"], ["Ray", "New"])
