"""A letter is a letter: what is equal, stands within another text and comes first is the same everywhere (F-35)."""

from __future__ import annotations

import random
import sqlite3
import unicodedata
from typing import TYPE_CHECKING

import pytest

from channergy_crm import phones, work
from channergy_crm.query import conditions
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import ALL, Account, Lead, Opportunity, lookups
from channergy_crm.services import conversion, global_search, hand_lists, leads, search_lists, search_text
from channergy_crm.services.duplicates import look_alikes
from channergy_crm.store import database, letters, trigrams
from channergy_crm.text import folding
from channergy_crm.text.folding import fold, plain_signs, ways
from channergy_crm.transfer.importing.run import import_leads
from channergy_crm.work import bulk
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader

BY = "ADMIN"

ALIKE = [
    "O'Hara|O’Hara|O‘Hara|OʼHara|O`Hara|O´Hara|o′hara", '12" Pipe|12“ Pipe|12” pipe|12„ PIPE|12« Pipe|12″ pipe',
    "Jean-Luc|Jean‐Luc|Jean‑Luc|Jean–Luc|Jean—Luc|Jean−Luc|JEAN－LUC", "Ödland|ÖDLAND|odland|O\u0308dland|oedland",
    "Acme Ltd|Acme\u00a0Ltd|Acme\u202fLtd|ACME\u3000LTD|Acme\tLtd|\u200bAc\u00adme Ltd\ufeff|A\u2060cme Ltd\ufe0f",
    "Straße|STRASSE|strasse|STRAẞE", "İzmir|izmir|Izmir|ızmir|IZMIR", "ΣΊΣΥΦΟΣ|σίσυφος|Σίσυφοσ|σισυφος",
    "Ærø|aero|AERØ", "Łódź|Lodz|ŁÓDŹ", "ﬁne ﬂow|fine flow", "ＡＢＣ １２|abc 12|ABC ١٢", "Ёлка|ёлка|елка", "Ж|ж",
    "José|jose|JOSE\u0301", "한국", "東京", "صندوق|صـندوق", "½ inch|1/2 inch", "№ 7|no 7",
]  # fmt: skip
TEXTS = [text for each in ALIKE for text in each.split("|")]
POOL = "abAB zäÖßéñøŁıİςΣ’'“\"”–-\u00a0\u200b\u00adﬁＡЖж東한\u0308\u0301`"


def generated(count: int) -> list[str]:
    dice = random.Random(35)
    return ["".join(dice.choices(POOL, k=dice.randrange(1, 7))) for _ in range(count)]


@pytest.mark.parametrize("alike", ALIKE, ids=range(len(ALIKE)))
def test_f35_however_it_is_typed_it_is_the_same_text(alike: str) -> None:
    first, *others = alike.split("|")
    assert all(set(ways(first)) & set(ways(other)) for other in others), [ways(text) for text in alike.split("|")]
    assert all(fold(fold(text)) == fold(text) for text in (first, *others)), "folding twice changes nothing"


def test_f35_every_letter_is_folded_by_itself_and_for_good() -> None:
    every = [chr(code) for code in range(1, 0x3000) if unicodedata.category(chr(code)) != "Cn"]
    assert fold("".join(every)) == "".join(map(fold, every))
    assert [letter for letter in every if fold(fold(letter)) != fold(letter)] == []


# ---------------------------------------------------------------- on both engines the same


@pytest.fixture
def many(office: Office) -> list[str]:
    """A lead for each of these texts, called so by its company."""
    texts = list(dict.fromkeys([*TEXTS, *generated(70)]))
    writer = bulk.Many(Lead)
    with work.unit("Make leads", by=BY) as unit:
        rows = [writer.row({"company": text, "city": text, "description": "x", "owner": BY}) for text in texts]
        writer.insert(unit, rows, bulk.reserve(Lead, len(rows)))
    return texts


def found(field: str, sign: str, value: str) -> set[str]:
    wanted = Lead.kind(field).compare(sign, value, lookups.choices)
    return {row.company for row in Lead.select(Lead.company).where(wanted)}


@pytest.mark.parametrize("part", range(4))
def test_f35_f66_the_same_texts_are_equal_hold_each_other_and_come_first_on_both_engines(
    many: list[str], part: int
) -> None:
    for text in many[part::4]:
        asked = set(ways(text))
        assert found("company", "=", text) == {each for each in many if asked & set(ways(each))}, ascii(text)
        holding = {each for each in many if any(one in other for one in asked for other in ways(each))}
        assert found("company", ":", text) == holding, ascii(text)
        assert found("company", "<", text) == {each for each in many if fold(each) < fold(text)}, ascii(text)


@pytest.mark.parametrize("field", ["company", "city"])
def test_f66_two_thousand_values_are_asked_for_at_once(many: list[str], field: str) -> None:
    wanted = [*(f"Nobody {number}" for number in range(2_000)), *many[::3], "", '12"']
    asked = {way for text in wanted for way in ways(text)}
    rows = Lead.select(Lead.company).where(Lead.kind(field).is_one_of(wanted))
    assert {row.company for row in rows} == {each for each in many if asked & set(ways(each))}
    assert not list(Lead.select().where(Lead.kind(field).is_one_of(wanted[:2_000])))


@pytest.mark.parametrize("field", ["company", "city"])
def test_f66_lists_come_in_the_order_of_folded_letters_with_and_without_an_index(
    many: list[str], office: Office, field: str
) -> None:
    listing = Listing(office.reader())
    query = ListQuery(Lead, [field], order=[(field, False)])
    rows = [row.values[0] for row in listing.first(query, limit=500)]
    assert [fold(str(text)) for text in rows] == sorted(map(fold, many))
    listing.build(query)
    assert [row.values[0] for row in listing.rows(query, 0, 500) if row] == rows
    listing.close()


def test_f66_a_server_folds_as_we_do_letter_by_letter(office: Office) -> None:
    every = [chr(code) for code in [*range(1, 0x2C00), *range(0xFB00, 0x10000)] if chr(code).isprintable()]
    mark = office.database.param
    asked = ", ".join(f"{letters.FOLDED}({mark}), {letters.WAYS}({mark})" for _ in range(40))
    for start in range(0, len(every) - 40, 160):
        some = every[start : start + 40]
        twice = [letter for each in some for letter in (each, each)]
        row = office.database.execute_sql(f"SELECT {asked}", twice)  # sql: our own functions
        told = list(row.fetchone())
        assert told[::2] == [fold(letter) for letter in some]
        assert told[1::2] == ["\n".join(ways(letter)) for letter in some]


def test_f66_nothing_that_others_write_past_needs_our_functions(office: Office, database_url: str) -> None:
    if office.engine == "postgresql":
        kept = "SELECT indexdef FROM pg_indexes UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger"
    else:
        kept = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
    said = [str(row[0]) for row in office.database.execute_sql(kept).fetchall()]
    assert said and not [each for each in said if "crm_folded" in each or "crm_ways" in each or "crm_letters" in each]


@pytest.mark.engines("sqlite")
def test_f66_a_program_that_knows_nothing_of_us_writes_and_is_found(office: Office) -> None:
    lead = leads.create({"description": "x", "company": "Zebra", "owner": BY}, BY)
    with sqlite3.connect(str(office.path)) as other:
        other.execute(
            'UPDATE "CRMLeads" SET "Company" = ?, "Email" = ? WHERE "LeadNo" = ?',
            ("ÖLMÜHLE", "ÖL@Mühle.example", lead.number),
        )
        other.execute("""INSERT INTO "CRMLeads" ("Company", "OwnerOperatorID") VALUES ('Äther', 'ADMIN')""")
    other.close()
    assert numbers("company:ölmuhle") == [lead.number] and len(numbers("company=äther")) == 1
    assert list(Lead.select().where(Lead.kind("email").is_one_of(["öl@mühle.example"])))
    assert search_text.prepare(BY) == 2
    assert Lead.find(lead.number).company_folded == "olmuhle"
    assert list(Lead.select().where(Lead.kind("email").is_one_of(["öl@mühle.example"])))


# ---------------------------------------------------------------- what people do


def numbers(text: str) -> list[int]:
    wanted = conditions.condition(Lead, text, BY)
    return [lead.number for lead in Lead.select().where(wanted).order_by(Lead.number)]


@pytest.fixture
def known(office: Office) -> Lead:
    """One lead with every kind of letter."""
    return leads.create(
        {"description": "Wants “oil”", "company": "Ölpreise GmbH", "first_name": "Zoë", "last_name": "O’Hara",
         "email": "Ö.O’Hara@öl.example", "city": "Straßburg", "phone": "\u202a+1 504‑621‑8927\u202c", "owner": BY,
         "call_status": "Reached"}, BY,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["company:öl", "company:ÖLPREISE", 'company="ölpreise\u00a0gmbh"', 'company="OELPREISE GmbH"', "o'hara", "O’HARA",
     "last_name=o`hara", "lastname:o´h", "company:olpreise", "city=STRASSBURG", "email:öl.example", 'description:”OIL“',
     "504-621-8927", "504–621–8927", "phone:504\u2011621", "\u200eo'hara", "oelpreise", "zoe ohara OR ölpreise",
     "last_name>o'h", "city<=STRASSBURG", 'company:"preise\u00a0g"', "owner:ADMIN", 'callstatus:"reached"'],
)  # fmt: skip
def test_f35_f66_a_filter_finds_what_is_meant(known: Lead, text: str) -> None:
    other = leads.create({"description": "x", "company": "Nobody", "last_name": "Adams", "city": "Zürich"}, BY)
    assert known.number in numbers(text), text
    assert other.number not in numbers(text) or text.startswith("owner"), text


@pytest.mark.parametrize("text", ["o'hara", "O’Hara", "OʼHARA zoe", "ölpreise", "olpreise", "oelpreise", "504‑621",
                                  "+1 (504) 621–8927", "\u200b8927", "strassburg", "STRASSE"])  # fmt: skip
def test_f35_the_box_over_everything_finds_it(known: Lead, office: Office, text: str) -> None:
    reader: Reader = office.reader()
    groups = list(global_search.find(reader, text, BY))[-1]
    reader.close()
    wanted = [] if text == "STRASSE" else [known.number]
    assert [hit.key for group in groups for hit in group.hits if group.place.record is Lead] == wanted


def test_f35_mueller_and_muller_and_müller_find_each_other_as_far_as_they_may(office: Office) -> None:
    for name in ("Müller", "Mueller", "Muller"):
        leads.create({"description": name, "last_name": name}, BY)
    assert {text: len(numbers(text)) for text in ("müller", "mueller", "muller")} == {
        "müller": 3, "mueller": 2, "muller": 2,
    }  # fmt: skip
    assert len(numbers("last_name:müller")) == len(numbers("last_name=MÜLLER")) == 3


def test_f66_a_list_made_by_hand_and_a_view_are_called_by_any_letters(known: Lead, office: Office) -> None:
    hand_lists.put_on(Lead, [known.number], "Ölpreise ’26", BY)
    assert numbers('list:"ölpreise \'26"') == [known.number]
    hand_lists.put_on(Lead, [known.number], "ÖLPREISE '26", BY)
    assert len(hand_lists.of(Lead, BY)) == 1, "it is the same list"


def test_f66_what_search_by_a_field_offers_finds_its_rows(known: Lead, office: Office) -> None:
    for text in ('Rohr 12"', "ÖKO", "Ñandú (Süd)", "‘quoted’"):
        leads.create({"description": "x", "company": text}, BY)
    offered = search_lists.values(ListQuery(Lead, ["company"]), "company", BY)
    assert len(offered) == 5
    for text, count in offered:
        assert len(numbers(search_lists.filter_for(Lead, "company", text, exact=True))) == count, text


def test_f66_what_is_looked_up_for_a_row_is_found_and_sorted_too(office: Office) -> None:
    for name in ("Zebra", "Ölmühle", "apfel", "O’Hara"):
        made.opportunity(made.account(name), "x")
    wanted = conditions.condition(Opportunity, "account:ÖLMUEHLE", BY)
    assert Opportunity.select().where(wanted).count() == 1
    listing = Listing(office.reader())
    query = ListQuery(Opportunity, ["account_name"], order=[("account_name", False)])
    assert [row.values[0] for row in listing.first(query)] == ["apfel", "O’Hara", "Ölmühle", "Zebra"]
    listing.close()


def test_f35_an_import_knows_whom_it_knows(known: Lead, office: Office, tmp_path: Path) -> None:
    file = tmp_path / "again.csv"
    file.write_text(
        "First Name,Last Name,Company,Phone,Email\n"
        "ZOE,O'HARA,OLPREISE GMBH,+1 504 621 8927,\n"
        "Zoë,O‘Hara,,,ö.o'hara@ÖL.EXAMPLE\n"
        "Yan,New,Other,,y@example.com\n",
        "utf-8",
    )
    outcome = import_leads(file, operator=BY)
    assert (outcome.taken, outcome.skipped) == (1, 2), outcome


def test_f35_look_alikes_and_accounts_of_a_lead_are_found(known: Lead, office: Office) -> None:
    reader = office.reader()
    typed = look_alikes.like(reader, Lead, {"email": "ö.o'hara@öl.EXAMPLE"}, BY)
    reader.close()
    assert [match.hit.key for match in typed] == [known.number]
    account = made.account("Somebody", email="ö.o'hara@ÖL.example")
    assert [(match.account.number, match.reason) for match in conversion.matches(known, BY)] == [
        (account.number, "same e-mail")
    ]


@pytest.mark.parametrize(
    "typed",
    ["504‑621‑8927", "504–621–8927", "\u202a+1 504-621-8927\u202c", "(504)\u00a0621\u20118927", "\u200e504.621.8927",
     "５０４－６２１－８９２７", "٥٠٤ ٦٢١ ٨٩٢٧", "504\u00ad621\u200b8927", "+1\u2060504\ufeff6218927"],
)  # fmt: skip
def test_f35_a_phone_is_read_whatever_signs_it_is_written_with(typed: str) -> None:
    assert phones.keys(typed, "US").e164 == "+15046218927"
    assert phones.dialable(typed, "US") == "+15046218927" and phones.problem(typed, "US") is None


def test_two_numbers_on_two_lines_stay_two() -> None:
    assert plain_signs("555-1212\n555‑1313") == "555-1212\n555-1313"
    assert phones.dialable("555-1212\n555‑1313", "US") == "5551212"


def test_lookups_are_read_by_any_letters(office: Office) -> None:
    assert Lead.kind("call_status").meant("=", "CALL\u00a0BACK SCHEDULED", lookups.choices) == ["Call Back Scheduled"]


# ---------------------------------------------------------------- an office of before


THERE = ("Customers", "CustomerContacts", "CRMAccounts", "CRMLeads")
"""the tables that had folded columns when letters were folded first; later ones bring their own"""
FOLDED = {
    record: [kind for kind in record._meta.sorted_fields if getattr(kind, "folded", False)]
    for record in ALL
    if record._meta.table_name in THERE
}


@pytest.fixture
def before(office: Office) -> Iterator[Office]:
    """The office as it stood before: without the folded columns, prepared by the folding of before."""
    special = leads.create({"description": "x", "last_name": "O’Hara", "company": "Öl", "email": "Ö@x.example"}, BY)
    plain = leads.create({"description": "x", "last_name": "Smith", "company": "ACME"}, BY)
    run = office.database.execute_sql
    with database.writing(), office.database.atomic():
        run(f"""UPDATE "CRMLeads" SET "SearchText" = 'x o’hara ol oel o@x.example', "RowVersion" = "RowVersion" + 1
            WHERE "LeadNo" = {special.number}""")  # sql: a number
        if office.engine == "sqlite":
            ours = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%Folded%'"
            for name, table in run(ours).fetchall():
                if table in THERE:
                    run(f'DROP INDEX "{name}"')
        for record, kinds in FOLDED.items():
            for kind in kinds:
                run(f'ALTER TABLE "{record._meta.table_name}" DROP COLUMN "{kind.column_name}Folded"')
        run("DELETE FROM schema_migration WHERE name = '0014_letters'")
    assert plain.number
    yield office


def test_f35_an_office_of_before_is_brought_up_to_date_and_only_the_special_rows_wait(before: Office) -> None:
    assert database.migrate(before) == ["0014_letters"]
    with database.writing():
        trigrams.ensure(before.database)
    rows = {row[0]: row[1:] for row in Lead.select(
        Lead.company, Lead.search_text.is_null(), Lead.kind("company_folded"), Lead.kind("last_name_folded")
    ).tuples()}  # fmt: skip
    assert rows["ACME"] == (False, "acme", "smith") and rows["Öl"][0]
    assert numbers("o'hara") == numbers("company:öl") != []
    assert search_text.prepare(BY) == 1
    special = Lead.get(Lead.company == "Öl")
    assert (special.company_folded, special.last_name_folded, special.email_folded) == ("ol", "o'hara", "o@x.example")
    assert numbers("o'hara") == [special.number] and not search_text.waiting(BY)
    assert Account.select().count() == 0
    assert folding.spellings("O’Hara") in special.search_text
