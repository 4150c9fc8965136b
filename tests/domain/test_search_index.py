"""The search over everything: what is found and how it is ranked; the index stays right (VT-44, BX-17, C10, C18)."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm import work
from channergy_crm.query import conditions, words
from channergy_crm.query.listing import Listing, ListQuery
from channergy_crm.records import (
    ALL,
    FAQ,
    Account,
    Campaign,
    Customer,
    Lead,
    PriceBook,
    Product,
    SalesDocument,
    Ticket,
    Vendor,
    VendorContact,
)
from channergy_crm.services import global_search, leads, saving, search_text
from channergy_crm.store import database, trigrams
from channergy_crm.store.database import open_database
from channergy_crm.work import bulk, undo
from tests import made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office
    from channergy_crm.store.reader import Reader

SEARCHED = [record for record in ALL if "search_text" in record._meta.fields]


@pytest.fixture
def reader(office: Office) -> Iterator[Reader]:
    reader = office.reader()
    yield reader
    reader.close()


def lead(description: str, owner: str = "ADMIN", **values: Any) -> Lead:
    return leads.create({"description": description, "owner": owner, **values}, "ADMIN")


def groups(reader: Reader, text: str, operator: str = "ADMIN") -> list[global_search.Group]:
    return list(global_search.find(reader, text, operator))[-1]


def titles(reader: Reader, text: str, operator: str = "ADMIN") -> list[str]:
    return [hit.title for group in groups(reader, text, operator) for hit in group.hits]


def raw(sql: str, *params: Any) -> None:
    """Write as the suite around the CRM does: past the program."""
    with database.writing(), database.proxy.atomic():
        database.proxy.execute_sql(sql.replace("?", database.proxy.obj.param), params)


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    "text",
    ["häusler", "HAUSLER", "haeusler", "haus", "usle", "häusler jo", "jo haus", "504", "6218927", "(504) 621", "1-8927",
     "504 621 8927", "+1 504-621-8927", "mail.example", "acme häusler 8927", "josé", "jose", "sé", "Ac", "jo s"],
)  # fmt: skip
def test_bx17_words_in_any_order_without_case_and_accents_and_any_run_of_digits(reader: Reader, text: str) -> None:
    lead("Asks", first_name="José", last_name="Häusler", company="Acme", phone="(504) 621-8927", city="Straßburg",
         email="jh@mail.example")  # fmt: skip
    lead("Another one", first_name="Vera", last_name="Blau", company="Zyx", phone="212-000-1111")
    assert titles(reader, text) == ["José Häusler"]


@pytest.mark.parametrize("text", ["", " ", "a", "qqq", "häusler vera", "%", "_", "9999", '"', "* OR", "NEAR(", "-"])
def test_nothing_is_found_where_nothing_is(reader: Reader, text: str) -> None:
    lead("Asks", first_name="José", last_name="Häusler")
    lead("Bets", first_name="Vera", last_name="Blau")
    assert titles(reader, text) == []


def test_every_record_type_is_searched_and_grouped(reader: Reader) -> None:
    account = made.account("Wolkenstein Ltd")
    made.contact(account, "Ann", "Wolkenstein")
    made.opportunity(account, "Wolkenstein renewal")
    made.task(account, "Call Wolkenstein")
    lead("Wolkenstein fair")
    made.service_row(account, "Wolkenstein complaint")
    with work.unit("campaign", by="ADMIN"):
        Campaign(name="Wolkenstein mailing", owner="ADMIN").save()
    with work.unit("what is sold", by="ADMIN"):
        vendor = Vendor(name="Wolkenstein Wax", owner="ADMIN")
        vendor.save()
        VendorContact(vendor=vendor, last_name="Wolkenstein").save()
        Product(name="Wolkenstein candle").save()
        PriceBook(name="Wolkenstein prices").save()
        Ticket(title="Wolkenstein box", owner="ADMIN").save()
        FAQ(question="Wolkenstein?", answer="Yes.", owner="ADMIN").save()
        SalesDocument(what="quote", name="Wolkenstein Ltd", dated=date(2026, 3, 2), owner="ADMIN").save()
    found = groups(reader, "wolkenst")
    assert {group.place.record for group in found} == set(SEARCHED)
    assert all(len(group.hits) == 1 for group in found), "the suite's own row shows (CH-148)"


@pytest.mark.parametrize("text", ["{}", "#{}", " # {} "])
def test_a_record_is_found_by_its_number(reader: Reader, text: str) -> None:
    for name in ("One", "Two", "Three"):
        lead(name)
    number = Lead.get(Lead.description == "Two").number
    assert titles(reader, text.format(number)) == ["Two"]


def test_best_first_starts_with_then_word_start_then_inside(reader: Reader) -> None:
    for company in ("Martin", "Old Artist", "Art Nouveau"):
        lead("x", company=company)
    lead("Wants art")
    assert titles(reader, "art") == ["Art Nouveau", "Old Artist", "Wants art", "Martin"]


def test_own_records_come_first_and_those_of_others_name_their_owner(reader: Reader) -> None:
    made.colleague()
    lead("x", "BEN", company="Acme")
    lead("x", company="Big Acme")
    made.contact(made.account("Bens", "BEN"), "Acmeon")
    found = groups(reader, "acme")
    assert [(hit.title, hit.owner) for hit in found[0].hits] == [("Big Acme", ""), ("Acme", "BEN")]
    assert [(hit.title, hit.owner) for hit in found[1].hits] == [("Acmeon", "BEN")]
    assert titles(reader, "acme", "BEN")[0] == "Acme"


def test_what_is_over_comes_last_and_says_so(reader: Reader) -> None:
    leads.remove(lead("x", company="Acme 1").number, "ADMIN")
    lead("x", company="Acme 2")
    hits = groups(reader, "acme")[0].hits
    assert [(hit.title, hit.standing) for hit in hits] == [("Acme 2", ""), ("Acme 1", "Removed")]


def test_a_group_is_short_and_tells_how_many_more(reader: Reader) -> None:
    made.colleague()
    for number in range(9):
        lead("x", company=f"Acme {number}")
    lead("x", "BEN", company="Acme of Ben")
    group = groups(reader, "acme")[0]
    assert (len(group.hits), group.more, group.others, group.counted) == (global_search.SHOWN, 3, 1, True)


def test_of_a_common_word_the_own_ones_are_found_even_behind_a_thousand(reader: Reader) -> None:
    made.colleague()
    lead("Mine", company="Acme first")
    _many([{"description": "x", "company": f"Acme {number}", "owner": "BEN"} for number in range(1_200)])
    told = list(global_search.find(reader, "acme", "ADMIN"))
    assert not told[0][0].counted
    assert told[-1][0].hits[0].title == "Acme first"


def test_where_the_hit_stands_is_shown_and_marked(reader: Reader) -> None:
    lead("Wants the inventory module of the old system back", company="Häusler", phone="(504) 621-8927")
    hit = groups(reader, "inventory haus")[0].hits[0]
    assert "inventory module" in hit.detail
    terms = global_search.read("inventory haus")
    assert [hit.title[start : start + length] for start, length in global_search.marks(hit.title, terms)] == ["Häus"]
    assert global_search.marks("Call (504) 621-8927", global_search.read("046218")) == [(7, len("04) 621-8"))]
    assert global_search.marks("Straße Strasse", global_search.read("strasse")) == [(0, 6)]


# ---------------------------------------------------------------- the index stays right


def _many(values: list[dict[str, Any]]) -> None:
    many = bulk.Many(Lead)
    with work.unit("Import", by="ADMIN") as unit:
        many.insert(unit, [many.row(row) for row in values], bulk.reserve(Lead, len(values)))


def _is_sound(table: str) -> bool:
    """Whether the index holds exactly the trigrams of what stands in the rows."""
    run = database.proxy.execute_sql
    with database.writing():
        run("CREATE VIRTUAL TABLE temp.held USING fts5vocab('main', ?, 'row')".replace("?", f"'{table}_words'"))
        run("CREATE VIRTUAL TABLE temp.anew USING fts5 (words, tokenize = 'trigram', detail = none)")
        run(f"INSERT INTO temp.anew SELECT ' ' || \"SearchText\" || ' ' FROM \"{table}\"")  # sql: a table of ours
        run("CREATE VIRTUAL TABLE temp.right USING fts5vocab('temp', 'anew', 'row')")
        apart = run("SELECT term, doc FROM temp.held EXCEPT SELECT term, doc FROM temp.right").fetchall()
        apart += run("SELECT term, doc FROM temp.right EXCEPT SELECT term, doc FROM temp.held").fetchall()
        for name in ("held", "right", "anew"):
            run(f"DROP TABLE temp.{name}")  # sql: the names above
    return not apart


def test_renamed_undone_and_brought_back(reader: Reader) -> None:
    held = lead("Asks", company="Before")
    held.company = "Afterwards"
    saving.save(held, "ADMIN")
    assert titles(reader, "befor") == []
    assert titles(reader, "afterw") == ["Afterwards"]
    saving.reverse(undo.undoable("ADMIN").number, "ADMIN")
    assert (titles(reader, "befor"), titles(reader, "afterw")) == (["Before"], [])
    saving.reverse(undo.undoable("ADMIN").number, "ADMIN")
    assert titles(reader, "befor") == []
    saving.reverse(undo.redoable("ADMIN").number, "ADMIN")
    assert titles(reader, "befor") == ["Before"]
    assert Lead.select().where(Lead.search_text.is_null()).count() == 0, "our own writes stay prepared"
    assert trigrams.words_table("CRMLeads") is None or _is_sound("CRMLeads")


def test_many_at_once_are_found_and_taken_back(reader: Reader) -> None:
    count = trigrams.MANY + 10
    _many([{"description": f"Crate {number}", "company": "Quux", "owner": "ADMIN"} for number in range(count)])
    assert groups(reader, "quux")[0].more == count - global_search.SHOWN
    with work.unit("Rename", by="ADMIN") as unit:
        renamed = list(Lead.select())
        for each in renamed:
            each.company = "Corge"
        unit.save_many(renamed)
    assert groups(reader, "corge crate 1")[0].hits
    assert titles(reader, "quux") == []
    saving.reverse(undo.undoable("ADMIN").number, "ADMIN")
    assert (titles(reader, "corge"), groups(reader, "quux")[0].more) == ([], count - global_search.SHOWN)
    saving.reverse(undo.undoable("ADMIN").number, "ADMIN")
    assert titles(reader, "quux") == []
    lead("Quux", company="Quux")
    assert titles(reader, "quux") == ["Quux"]
    assert trigrams.words_table("CRMLeads") is None or _is_sound("CRMLeads")


def test_a_unit_that_fails_leaves_nothing_in_the_index(reader: Reader) -> None:
    with pytest.raises(RuntimeError), work.unit("Half", by="ADMIN"):
        Lead.create(description="Halfway", owner="ADMIN")
        raise RuntimeError
    assert titles(reader, "halfway") == []


def test_what_the_suite_writes_is_found_at_once_and_prepared_later(reader: Reader) -> None:
    raw('INSERT INTO "Customers" ("CustNo", "Company", "LastName", "Phone") VALUES (70, \'Zoë Wines\', \'Ortiz\','
        " '(504) 621-8927')")  # fmt: skip
    assert titles(reader, "wines") == ["Zoë Wines; Ortiz"]
    assert search_text.waiting("ADMIN")
    assert search_text.prepare("ADMIN") == 1
    assert not search_text.waiting("ADMIN")
    for text in ("zoe", "wines ort", "5046218927", "#70"):
        assert titles(reader, text) == ["Zoë Wines; Ortiz"]
    assert Customer.find(70).version == 1
    assert undo.undoable("ADMIN") is None


def test_what_the_suite_changes_is_found_under_the_new_name_only(reader: Reader) -> None:
    account = made.account("Oldname")
    raw('UPDATE "Customers" SET "Company" = ? WHERE "CustNo" = ?', "Newname", account.customer)
    for _ in range(2):
        found = {group.place.record: [hit.title for hit in group.hits] for group in groups(reader, "name")}
        assert found == {Account: ["Oldname"], Customer: ["Newname"]}
        assert titles(reader, "newname") == ["Newname"]
        search_text.prepare("ADMIN")
    raw('DELETE FROM "CRMAccounts"')
    raw('DELETE FROM "Customers"')
    assert titles(reader, "name") == []


@pytest.mark.engines("sqlite")
def test_a_rebuilt_table_gets_its_index_back(office: Office, reader: Reader) -> None:
    lead("Before", company="Elderberry")
    office.database.execute_sql('DROP TRIGGER "CRMLeads_words_in"')
    lead("Meanwhile", company="Elderflower")
    assert titles(reader, "elderf") == []
    open_database(office.url).close()
    assert titles(reader, "elderf") == ["Elderflower"]
    lead("After", company="Elderwood")
    assert sorted(titles(reader, "elder")) == ["Elderberry", "Elderflower", "Elderwood"]


@pytest.mark.engines("postgres")
def test_a_dropped_index_of_the_server_comes_back(office: Office) -> None:
    office.database.execute_sql('DROP INDEX "CRMLeads_words"')
    again = open_database(office.url)
    assert again.database.execute_sql("SELECT 1 FROM pg_indexes WHERE indexname = 'CRMLeads_words'").fetchone()
    again.close()


@pytest.mark.logged
@pytest.mark.parametrize("text", ["häusler", "8927", "jo haus", "#1"])
def test_without_an_index_the_same_is_found(office: Office, reader: Reader, text: str, monkeypatch: Any) -> None:
    for name in ("SQLITE_TABLES", "POSTGRES_TABLES"):
        monkeypatch.setattr(trigrams, name, "SELECT nonsense")
    trigrams.ensure(office.database)
    assert trigrams.words_table("CRMLeads") is None
    lead("Asks", first_name="José", last_name="Häusler", phone="(504) 621-8927")
    lead("Bets", first_name="Vera", last_name="Blau")
    assert titles(reader, text) == ["José Häusler"]


# ---------------------------------------------------------------- lists use it too


@pytest.mark.parametrize(
    "text", ["acme", "acm 12", "#", "2", "9", "504", "(504)", '"acme 12"', "acme -12", "ac", "neu"]
)
def test_a_list_finds_the_same_with_and_without_the_index(
    office: Office, reader: Reader, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    for number in range(30):
        lead(f"Row {number}", company=f"Acme {number}", phone="504-621-8927" if number % 3 else "")
    raw('INSERT INTO "CRMLeads" ("Description", "Company", "OwnerOperatorID") VALUES (\'neu\', \'Acme 12\', \'ADMIN\')')
    query = ListQuery(Lead, ["company"], Lead.owner == "ADMIN", text, [("company", False)])
    plain = {found.number for found in Lead.select(Lead.number).where(conditions.condition(Lead, text))}
    listing = Listing(reader)
    for few, some, many in ((40, 50, 60), (2, 50, 60), (2, 5, 60), (2, 5, 8)):
        monkeypatch.setattr(words, "FEW", few)
        monkeypatch.setattr(words, "SOME", some)
        monkeypatch.setattr(words, "MANY", many)
        assert {row.key for row in listing.first(query)} == plain
        assert listing.build(query) == len(plain)
        assert set(listing.keys(query, 0, 99)) == plain


COMPANIES = [
    "Ökotest GmbH",
    "O\u2019Hara & Söhne",
    "acme  inc",
    "ACME 12",
    "Groß",
    "straße 7",
    "  Box ",
    "öko",
    '100 % "Bio"',
    "ΟΔΟΣ",
]
"""what is written in more ways than one"""


@pytest.mark.parametrize(
    "text",
    ["company:öko", "company:oeko", "company:oko", "company:o'hara", "company:\u201co'hara\u201d", 'company:"acme  "',
     "company:cm", "company=ÖKO", "company:oes", "company:gross", "company!=öko", "company<b", "-company:acme",
     "company:acme company:12", "company:acme OR company:box", "company:100", "company:%", 'company:"bio""',
     "company:οδος", "phone:621-8927", "phone:(504)", "more_phones:(512)", "more_phones:5125",
     "call_code:busy", "owner:admin", "company:"],
)  # fmt: skip
def test_a_field_is_asked_for_what_the_index_knows_and_the_same_is_found(
    office: Office, reader: Reader, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    for number, company in enumerate(COMPANIES * 2):
        lead(f"Row {number}", company=company, phone="(504) 621-8927" if number % 3 else "", call_code="B",
             more_phones="Mobile: 512-555-0199" if number % 2 else "")  # fmt: skip
    raw('INSERT INTO "CRMLeads" ("Company", "OwnerOperatorID") VALUES (\'Ökoland\', \'ADMIN\')')
    raw('UPDATE "CRMLeads" SET "Company" = \'Oekokiste\' WHERE "Company" = \'Groß\'')
    query = ListQuery(Lead, ["company"], Lead.owner == "ADMIN", text, [("company", False)], by="ADMIN")
    fits = conditions.condition(Lead, text, "ADMIN")
    plain = {found.number for found in Lead.select(Lead.number).where(fits)}
    listing = Listing(reader)
    for few in (2_000, 1):
        monkeypatch.setattr(words, "FEW", few)
        assert {row.key for row in listing.first(query)} == plain
        assert listing.build(query) == len(plain)


@pytest.mark.parametrize(
    ("text", "asked"),
    [("company:öko", ["öko"]), ("company=acme city:aus", ["acme", "aus"]), ("acme company:12", ["acme"]),
     ("-company:acme", []), ("company:acme OR city:aus", []), ("company!=acme", []), ("company<acme", []),
     ("call_code:busy", []), ("more_phones:51255", []), ("notes:offer", []), ("created:today", []), ("company:", [])],
)  # fmt: skip
def test_what_must_stand_in_the_text_that_is_searched(text: str, asked: list[str]) -> None:
    assert conditions.words(Lead, text) == asked


@pytest.mark.engines("sqlite")
def test_a_rare_word_is_looked_up_and_a_common_one_is_not(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "FEW", 1)
    monkeypatch.setattr(words, "MANY", 3)
    for number in range(6):
        lead(f"Row {number}", company="Common", last_name="Rare" if number < 2 else "")
    assert words.narrowed(Lead, ["common"], reader.rows) is None
    assert words.narrowed(Lead, ["common"], reader.rows, whole=True) is not None
    assert words.narrowed(Lead, ["common", "rare"], reader.rows) is not None
    assert words.narrowed(Lead, ["x"], reader.rows) is None
    assert words.narrowed(Lead, [], reader.rows) is None


@pytest.mark.engines("sqlite")
def test_the_search_reads_while_somebody_writes(office: Office, reader: Reader) -> None:
    writer = sqlite3.connect(office.path)
    writer.execute("BEGIN IMMEDIATE")
    assert titles(reader, "anything") == []
    writer.rollback()
    writer.close()
