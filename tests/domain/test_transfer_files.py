"""Workbooks, visiting cards and tables of every kind: what is in them, column by column, cell by cell."""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vobject.base import ParseError, parseLine

from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Lead, Opportunity
from channergy_crm.transfer.importing import presets
from channergy_crm.transfer.importing.plan import propose
from channergy_crm.transfer.importing.run import import_leads, run
from channergy_crm.transfer.reading.cards import LINE, open_cards
from channergy_crm.transfer.reading.cells import Reading, reader, weigh_dates, weigh_numbers
from channergy_crm.transfer.reading.sources import open_source
from tests.domain.lead_files import all_leads

if TYPE_CHECKING:
    from pathlib import Path

# ---------------------------------------------------------------- days and numbers


@pytest.mark.parametrize(
    ("texts", "order", "example"),
    [
        (["01/02/2026", "31/12/2026"], "DMY", ""),
        (["01/02/2026", "12/31/2026"], "MDY", ""),
        (["01-02-2016", "20-10-2016"], "DMY", ""),
        (["1.2.2026"], "DMY", ""),
        (["99/01/02"], "YMD", ""),
        (["01/02/2026", "03/04/2026"], None, "01/02/2026"),
        (["12/31/2026", "31/12/2026"], None, "12/31/2026"),
        (["2026-01-02", "2026-01-02 10:00:00", "5/5/2026", "Jan 2 2026", ""], None, ""),
        (["01/02/2026 10:00", "31/12/2026 9:00 PM"], "DMY", ""),
        (["31/31/2026"], None, ""),
    ],
)
def test_the_whole_column_decides_the_order_of_its_days(texts: list[str], order: str | None, example: str) -> None:
    """C3."""
    found = weigh_dates(texts)
    assert (found.order, found.example) == (order, example)


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2008-01-07 00:00:00", None, dt.date(2008, 1, 7)),
        ("2008-01-07T10:11:12Z", None, dt.date(2008, 1, 7)),
        ("20260107", None, dt.date(2026, 1, 7)),
        ("01/02/2026", "DMY", dt.date(2026, 2, 1)),
        ("01/02/2026", "MDY", dt.date(2026, 1, 2)),
        ("01.02.2026", "MDY", dt.date(2026, 2, 1)),
        ("1/2/26", "DMY", dt.date(2026, 2, 1)),
        ("1/2/98", "DMY", dt.date(1998, 2, 1)),
        ("26/2/1", "YMD", dt.date(2026, 2, 1)),
        ("7 January 2008", None, dt.date(2008, 1, 7)),
        ("Jan 7, 2008", None, dt.date(2008, 1, 7)),
        ("0000-00-00", None, None),
    ],
)
def test_a_day_is_read(text: str, order: Any, day: dt.date | None, fixed_clock: Any) -> None:
    """VT-125."""
    assert reader(Opportunity.kind("close_date_1"), Reading(order))(text) == day


@pytest.mark.parametrize("text", ["31/02/2026", "2026-13-01", "12/31/2026", "5", "tomorrow", "3/4", "Jan 7", "+3", "x"])
def test_what_is_no_day_is_refused_not_moved(text: str, fixed_clock: Any) -> None:
    """C3: impossible dates are never rolled over."""
    with pytest.raises(Mistake):
        reader(Opportunity.kind("close_date_1"), Reading("DMY"))(text)


@pytest.mark.parametrize(
    ("texts", "sign", "cents"),
    [
        (["1.234", "12,5"], ",", [123400, 1250]),
        (["1,234", "12.5"], ".", [123400, 1250]),
        (["1,234.50", "2.125"], ".", [123450, 213]),
        (["1.234,50", "2,125"], ",", [123450, 213]),
        (["1.234.567", "7"], ",", [123456700, 700]),
        (["3800", "1,234"], "", [380000, 123400]),
        (["1,5", "1.5"], "", [150, 150]),
        (["0,125"], ",", [13]),
    ],
)
def test_the_whole_column_decides_the_decimal_sign(texts: list[str], sign: str, cents: list[int]) -> None:
    """VT-122, and better."""
    found = weigh_numbers(texts)
    assert found.sign == sign
    assert [reader(Opportunity.kind("amount"), found)(text) for text in texts] == cents


@pytest.mark.parametrize(("text", "said"), [("1", True), ("0", False), ("yes", True), ("FALSE", False)])
def test_check_boxes(text: str, said: bool) -> None:
    """VT-127."""
    assert reader(Opportunity.kind("closed"), Reading())(text) is said


def test_several_values_of_one_field_stay_apart() -> None:
    """VT-126."""
    assert reader(Account.kind("description"), Reading())("America |##| Europe") == "America, Europe"


def test_a_moment_keeps_its_time() -> None:
    assert reader(Lead.kind("created_on"), Reading())("2008-01-07 13:14:15") == dt.datetime(2008, 1, 7, 13, 14, 15)


@pytest.mark.usefixtures("office")
def test_days_that_read_both_ways_are_asked_for(tmp_path: Path) -> None:
    """C3."""
    path = tmp_path / "deals.csv"
    path.write_text("name,account,close date\nA,Acme,01/02/2026\nB,Acme,03/04/2026\n", "utf-8")
    plan = replace(propose(Opportunity, open_source(path)), missing_links="create")
    with pytest.raises(Mistake, match="column close date can be read in two ways, such as 01/02/2026"):
        run(plan, operator="ADMIN")
    assert run(replace(plan, order="DMY"), operator="ADMIN").taken == 2
    assert [deal.close_date_1.month for deal in Opportunity.select().order_by(Opportunity.number)] == [2, 4]


# ---------------------------------------------------------------- tables


@pytest.mark.usefixtures("office")
def test_a_table_without_titles_is_read_by_its_contents(tmp_path: Path) -> None:
    """VT-124, VT-109."""
    path = tmp_path / "people.csv"
    path.write_text("Ann,ann@a.example,512-555-0101,www.a.example\nBob,bob@b.example,(512) 555-0102,\n", "utf-8")
    plan = propose(Lead, open_source(path))
    assert (plan.source.titled, plan.columns) == (False, {1: "email", 2: "phone", 3: "website"})
    assert run(plan.mapped({"1": "First Name"}), operator="ADMIN").taken == 2
    assert [(lead.first_name, lead.email) for lead in all_leads()][0] == ("Ann", "ann@a.example")


@pytest.mark.usefixtures("office")
def test_what_somebody_says_about_the_columns_counts(tmp_path: Path) -> None:
    """VT-109: a column is mapped, left out, and what the file lacks is filled in."""
    path = tmp_path / "people.csv"
    path.write_text("Company,Ref,Phone\nAcme,R1,512-555-0101\n", "utf-8")
    plan = propose(Lead, open_source(path)).mapped({"ref": "description", "Phone": ""}).filled({"city": "Austin"})
    run(plan, operator="ADMIN")
    (lead,) = all_leads()
    assert (lead.description, lead.phone, lead.city) == ("R1", "", "Austin")
    for wrong in ({"Nope": "city"}, {"Ref": "shoe size"}):
        with pytest.raises(Mistake, match="no (column Nope|field shoe size)"):
            plan.mapped(wrong)


@pytest.mark.usefixtures("office")
def test_what_is_written_may_be_taken_for_something_else(tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("account,sector\nAcme,technolgy\nBell,retail\n", "utf-8")
    plan = replace(propose(Account, open_source(path)), replaced={"industry": {"technolgy": "Technology"}})
    outcome = run(plan, operator="ADMIN")
    assert [account.industry for account in Account.select().order_by(Account.number)] == ["Technology", "Retail"]
    assert outcome.advice == []


def test_two_spellings_of_one_value_are_told(tmp_path: Path, office: Any) -> None:
    path = tmp_path / "leads.csv"
    path.write_text("company,lead source\nA,GTX Pro\nB,GTXPro\nC,MG\n", "utf-8")
    assert import_leads(path, operator="ADMIN").advice == ["Lead Source is written in two ways: GTX Pro and GTXPro."]


# ---------------------------------------------------------------- workbooks


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.mark.usefixtures("office")
def test_vt134_vt118_a_workbook_is_a_table_whose_cells_have_types(tmp_path: Path) -> None:
    """C1: XLSX."""
    rows = [
        ["Name", "Account", "Amount", "Close Date", "Closed", "Stage Duration"],
        ["Big", "Acme", 1100.04, dt.datetime(2026, 12, 31), True, 3],
        [],
        ["Small", "Acme", 2.125, "2026-01-02", False, 4.0],
    ]
    path = workbook(tmp_path / "deals.xlsx", Empty=[], Deals=rows)
    source = open_source(path)
    assert (list(source.sheets), source.header[:2]) == (["Deals", "Empty"], ["Name", "Account"])
    outcome = run(replace(propose(Opportunity, source), missing_links="create"), operator="ADMIN")
    assert (outcome.taken, outcome.problems) == (2, [])
    big, small = Opportunity.select().order_by(Opportunity.number)
    assert (big.amount, big.close_date_1, big.closed, big.stage_duration) == (110004, dt.date(2026, 12, 31), True, 3)
    assert (small.amount, small.close_date_1, small.closed, small.stage_duration) == (
        213,
        dt.date(2026, 1, 2),
        False,
        4,
    )


@pytest.mark.usefixtures("office")
def test_a_number_cell_that_holds_a_phone_is_a_phone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "leads.xlsx", Leads=[["company", "phone", "zip"], ["Acme", 5125550101.0, "08014"]])
    import_leads(path, operator="ADMIN")
    assert [(lead.phone, lead.phone_e164, lead.postal_code) for lead in all_leads()] == [
        ("5125550101", "+15125550101", "08014")
    ]


def test_a_sheet_may_be_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", One=[["company"], ["A"]], Two=[["company"], ["B"], ["C", "D"]])
    rows = list(open_source(path, sheet="Two").rows())
    assert [(row.number, row.values) for row in rows] == [(2, ["B"]), (3, ["C", "D"])]
    assert "2 values, but the table has 1" in rows[1].problem
    with pytest.raises(Mistake, match="no sheet Three. It has One, Two"):
        open_source(path, sheet="Three")


def test_a_damaged_workbook_is_said_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "book.xlsx", One=[["company"], ["A"]])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(Mistake, match="cannot be read"):
        open_source(path)


# ---------------------------------------------------------------- visiting cards

CARD_21 = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen;;;
ORG:Zoo GmbH;Sales
TEL;WORK;VOICE:+49 30 901820
TEL;CELL;PREF:+49 171 5550101
TEL;HOME:+49 30 901821
TEL;FAX;WORK:+49 30 901822
NOTE;ENCODING=QUOTED-PRINTABLE:line one=0D=0A=
line two
ADR;WORK:;;Ring 1;Berlin;;10115;Germany
EMAIL;INTERNET:j@zoo.example
EMAIL;INTERNET:jm@zoo.example
END:VCARD
"""
CARD_30 = """BEGIN:VCARD
VERSION:3.0
PRODID:-//Some//Phone//EN
FN:Bob Ray
N:Ray;Bob;;;
TEL;TYPE=CELL:512-555-0102
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 AAAAAAAAAAAAAAAA
item1.URL:www.bell.example
item1.X-ABLabel:_$!<HomePage>!$_
END:VCARD
"""
CARD_40 = """BEGIN:VCARD
VERSION:4.0
FN:Ann Lee
ORG:Acme\\, Inc;Sales
TITLE:Buyer
TEL;VALUE=uri;TYPE="voice,work";PREF=1:tel:+1-512-555-0101;ext=102
TEL;TYPE=home:+1 512 555 0103
EMAIL;PREF=1:ann@acme.example
ADR;TYPE=work:;;1 Main St;Austin;TX;78701;USA
URL:https://acme.example
NOTE:one\\ntwo
END:VCARD
"""


def card_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "people.vcf"
    path.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return path


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_visiting_cards_of_every_version(tmp_path: Path, encoding: str) -> None:
    """C21, VT-106."""
    path = card_file(tmp_path, CARD_21 + CARD_30 + CARD_40, encoding)
    outcome = import_leads(path, operator="ADMIN")
    assert (outcome.taken, outcome.problems) == (3, [])
    assert [loss.times for loss in outcome.losses] == [1, 2]  # the picture, two departments
    jurgen, bob, ann = all_leads()
    assert (jurgen.first_name, jurgen.last_name, jurgen.company) == ("Jürgen", "Müller", "Zoo GmbH")
    assert (jurgen.other_phone, jurgen.phone, jurgen.fax) == ("+49 171 5550101", "+49 30 901820", "+49 30 901822")
    assert (jurgen.email, jurgen.city, jurgen.postal_code) == ("j@zoo.example", "Berlin", "10115")
    assert (jurgen.notes, jurgen.more_phones) == ("line one\nline two\nEmail: jm@zoo.example", "Home: +49 30 901821")
    assert (bob.first_name, bob.phone, bob.other_phone, bob.website) == ("Bob", "512-555-0102", "", "www.bell.example")
    assert (ann.first_name, ann.last_name, ann.company, ann.title) == ("Ann", "Lee", "Acme, Inc", "Buyer")
    assert (ann.phone, ann.other_phone) == ("+1-512-555-0101 ext. 102", "+1 512 555 0103")
    assert (ann.address, ann.city, ann.state, ann.notes) == ("1 Main St", "Austin", "TX", "one\ntwo")
    again = import_leads(path, operator="ADMIN")
    assert (again.taken, again.skipped) == (0, 3)
    source = replace(propose(Lead, open_source(path)), on_match="update")
    assert run(source, operator="ADMIN").updated == 0


@pytest.mark.usefixtures("office")
def test_a_card_that_is_damaged_costs_itself_only(tmp_path: Path) -> None:
    bad = "BEGIN:VCARD\nVERSION:3.0\n\x00;;:::\nEND:VCARD\n"
    outcome = import_leads(card_file(tmp_path, CARD_30 + bad + CARD_40), operator="ADMIN")
    assert outcome.taken == 2
    assert [row for row, _ in outcome.refused] == [2]


@pytest.mark.usefixtures("office")
def test_a_line_of_a_card_that_says_nothing_is_kept(tmp_path: Path) -> None:
    """C21: no number is dropped."""
    import_leads(card_file(tmp_path, CARD_40.replace("TEL;TYPE=home:", "TEL;TYPE=home ")), operator="ADMIN")
    (lead,) = all_leads()
    assert (lead.phone, lead.other_phone) == ("+1-512-555-0101 ext. 102", "")
    assert lead.notes == "one\ntwo\nNot understood: TEL;TYPE=home +1 512 555 0103"


@pytest.mark.usefixtures("office")
def test_a_damaged_line_with_many_commas_is_done_with_at_once(tmp_path: Path) -> None:
    """C1: the library would try every way to part them, which are more than anybody can wait for."""
    line = "TEL;TYPE=" + ",".join("x" * 60)
    import_leads(card_file(tmp_path, CARD_40.replace("TEL;TYPE=home:", f"{line} ")), operator="ADMIN")
    (lead,) = all_leads()
    assert lead.phone == "+1-512-555-0101 ext. 102" and f"Not understood: {line}" in lead.notes


@settings(deadline=None)
@given(st.text(st.sampled_from('aX-_.;=,":: \né'), max_size=12))
@example('A;B="x:y",=:z')
def test_the_lines_of_a_card_that_are_read_are_those_the_library_reads(line: str) -> None:
    with nullcontext() if LINE.match(line) else pytest.raises(ParseError):
        parseLine(line)


def test_a_file_without_a_card_holds_none(tmp_path: Path) -> None:
    with pytest.raises(Mistake, match="no visiting card in people.vcf"):
        open_cards(card_file(tmp_path, CARD_30.replace("BEGIN:", "")))


# ---------------------------------------------------------------- presets


def proposed(folder: Path, record: type[Any], titles: str, row: str = "") -> Any:
    path = folder / "file.csv"
    path.write_text(f"{titles}\n{row}\n", "utf-8")
    return propose(record, open_source(path))


@pytest.mark.usefixtures("office")
def test_a_plan_is_kept_and_offered_for_a_file_that_looks_alike(tmp_path: Path) -> None:
    """C4: the mapping is not lost."""
    plan = proposed(tmp_path, Lead, "Firm,Ref,Phone", "Acme,1,512-555-0101").mapped({"Ref": "description", "Phone": ""})
    plan = replace(plan.filled({"city": "Austin"}), on_match="update", order="DMY", match_by=("description",))
    presets.keep(plan, " My  list ", "ADMIN")
    presets.keep(plan, "My list", "ADMIN")
    later = proposed(tmp_path, Lead, "phone,REF,Firm", "512-555-0101,1,Acme")
    (preset,) = presets.offered(later, "ADMIN")
    followed = later.following(preset.name, preset.plan)
    assert (preset.name, followed.preset) == ("My list", "My list")
    assert {followed.title(place): name for place, name in followed.columns.items()} == {
        "REF": "description", "Firm": "company",
    }  # fmt: skip
    assert (followed.on_match, followed.order, followed.match_by) == ("update", "DMY", ("description",))
    assert followed.defaults == {"city": "Austin"}
    assert presets.offered(proposed(tmp_path, Lead, "Phone,Firm", "1,2"), "ADMIN") == []
    assert presets.offered(proposed(tmp_path, Account, "Firm,Ref,Phone", "1,2,3"), "ADMIN") == []


EXPORTS = {
    "vtiger": "Lead No,First Name,Last Name,Company,Primary Phone,Mobile Phone,Assigned To,Created Time,Lead Status",
    "Google": "Given Name,Family Name,Organization 1 - Name,E-mail 1 - Value,Phone 1 - Value,Group Membership",
    "Outlook": "First Name,Last Name,Company,E-mail Address,Business Phone,Mobile Phone,Business City,Home Phone",
}


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize(("record", "company"), [(Lead, "company"), (Contact, "customer")])
def test_the_exports_of_other_programs_are_known(tmp_path: Path, name: str, record: Any, company: str) -> None:
    plan = proposed(tmp_path, record, EXPORTS[name])
    assert [preset.name for preset in presets.offered(plan, "ADMIN")] == [name]
    preset = presets.named(name.lower(), record, "ADMIN")
    names = set(plan.following(preset.name, preset.plan).columns.values())
    assert {"first_name", "last_name", "phone"} <= names
    assert company in names or name == "vtiger"


def test_a_preset_nobody_saved(office: Any) -> None:
    with pytest.raises(Mistake, match="no preset Mine for leads. There are: vtiger, Google, Outlook"):
        presets.named("Mine", Lead, "ADMIN")
