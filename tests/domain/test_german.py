"""German: what is typed in German is read, numbers are written as Germans write them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from channergy_crm import language
from channergy_crm.errors import Mistake
from channergy_crm.fields.days import periods
from channergy_crm.language import _, counted, ngettext, source
from channergy_crm.query import completion, conditions, sentence
from channergy_crm.records import Account, Contact, Customer, CustomLookup, Lead, Opportunity, Task
from channergy_crm.records.lookups import choices
from channergy_crm.store import database
from channergy_crm.text.clocks import read_time
from channergy_crm.text.days import read_date, read_moment
from channergy_crm.text.periods import period
from channergy_crm.text.written import written_cents, written_day
from channergy_crm.transfer.importing.mapping import match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record

SATURDAY = date(2026, 11, 21)
AT_TEN = datetime(2026, 11, 21, 10, 0)


@pytest.fixture
def german() -> Iterator[None]:
    """Everything in German; English again afterwards."""
    assert language.use("de") == "de"
    yield
    language.use(language.ENGLISH)


def test_lists_of_a_new_office_are_read_in_german(empty_database_url: str, german: None) -> None:
    office = database.open_database(empty_database_url)
    read = {row.value: row.description for row in CustomLookup.select().where(CustomLookup.table == "CRMLeads")}
    steps = {row.value: row.description for row in CustomLookup.select().where(CustomLookup.field == "NextStep")}
    office.close()
    assert (read["N"], read["DNC"], read["7"]) == ("Keine Antwort", "Nicht anrufen", "7")
    assert steps["Close"] == "Abschluss", "a step, not the button"


def test_numbers_are_written_as_germans_write_them(german: None) -> None:
    assert ngettext("{count:,} row", "{count:,} rows", 1_234_567).format(count=1_234_567) == "1.234.567 Zeilen"
    assert _("{size:,.1f} MB read").format(size=1234.5) == "1.234,5 MB gelesen"
    assert counted(Lead, 12_000) == "12.000 Leads"
    assert language.figures(4_321) == "4.321"
    assert written_day(datetime(2026, 3, 6, 15, 30)) == "06.03.2026 15:30" and written_cents(-123_450) == "-1.234,50"
    language.use(language.ENGLISH)
    assert language.figures(4_321) == "4,321"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("heute", SATURDAY),
        ("Morgen", date(2026, 11, 22)),
        ("übermorgen", date(2026, 11, 23)),
        ("Uebermorgen", date(2026, 11, 23)),
        ("gestern", date(2026, 11, 20)),
        ("vorgestern", date(2026, 11, 19)),
        ("fr", date(2026, 11, 27)),
        ("Mo.", date(2026, 11, 23)),
        ("Do 26.11.", date(2026, 11, 26)),
        ("am Montag", date(2026, 11, 23)),
        ("am 23.11.", date(2026, 11, 23)),
        ("nächsten Freitag", date(2026, 11, 27)),
        ("letzten Freitag", date(2026, 11, 20)),
        ("in 2 Tagen", date(2026, 11, 23)),
        ("in zwei Wochen", date(2026, 12, 5)),
        ("in einem Monat", date(2026, 12, 21)),
        ("+2t", date(2026, 11, 23)),
        ("+1 Woche", date(2026, 11, 28)),
        ("vor 3 Tagen", date(2026, 11, 18)),
        ("nächste Woche", date(2026, 11, 28)),
        ("Monatsende", date(2026, 11, 30)),
        ("Ende nächsten Monats", date(2026, 12, 31)),
        ("23. März", date(2027, 3, 23)),
        ("5. Dez", date(2026, 12, 5)),
        ("Mo. 23. Nov. 2026", date(2026, 11, 23)),
    ],
)
def test_a_german_day_is_read(typed: str, day: date) -> None:
    assert read_date(typed, SATURDAY, "DMY", ["en", "de"]) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("morgen 9:30", datetime(2026, 11, 22, 9, 30)),
        ("fr 10", datetime(2026, 11, 27, 10)),
        ("Freitag 10 Uhr", datetime(2026, 11, 27, 10)),
        ("am Freitag um 14 Uhr", datetime(2026, 11, 27, 14)),
        ("10 Uhr Mi", datetime(2026, 11, 25, 10)),
        ("9 Uhr 30", datetime(2026, 11, 22, 9, 30)),
        ("heute halb elf", datetime(2026, 11, 21, 10, 30)),
        ("morgen früh", datetime(2026, 11, 22, 9)),
        ("Freitag nachmittags", datetime(2026, 11, 27, 14)),
        ("übermorgen viertel vor zehn", datetime(2026, 11, 23, 9, 45)),
        ("in zwei Stunden", datetime(2026, 11, 21, 12)),
    ],
)
def test_a_german_time_beside_a_day_is_read(typed: str, moment: datetime) -> None:
    assert read_moment(typed, AT_TEN, "DMY", ["en", "de"]) == (moment.date(), moment.time())


def test_a_german_time_is_read_alone() -> None:
    assert [read_time(typed) for typed in ("14 Uhr", "halb zehn", "mittags")] == [time(14), time(9, 30), time(12)]


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("diese Woche", (date(2026, 11, 16), date(2026, 11, 22))),
        ("letzte 30 Tage", (date(2026, 10, 22), SATURDAY)),
        ("in den letzten 30 Tagen", (date(2026, 10, 22), SATURDAY)),
        ("älter als 2 Monate", (None, date(2026, 9, 20))),
        ("gestern..morgen", (date(2026, 11, 20), date(2026, 11, 22))),
    ],
)
def test_a_german_period_is_read(typed: str, days: tuple[date | None, date]) -> None:
    assert period(typed, SATURDAY) == days


def test_what_a_filter_offers_in_german_is_read(office: Office, german: None) -> None:
    for offered in periods():
        assert period(offered, SATURDAY), offered
    for typed in ('angelegt:heute -telefon: firma:"öko"', "erinnerung<heute fällig<heute", "geändert:gestern"):
        assert conditions.condition(Lead, typed) is not None
    assert "geändert:" in completion.completions(Lead, "geä")
    assert sentence.sentence(Lead, "-telefon:") == "Telefon ist leer"
    with pytest.raises(Mistake, match="Leads haben kein Feld „phon“"):
        conditions.condition(Lead, "phon:1")


def test_a_time_where_only_a_day_fits_is_told_with_the_words_that_were_typed(german: None) -> None:
    with pytest.raises(Mistake, match="Versuchen Sie „morgen“"):
        read_date("morgen 9:30", SATURDAY)


@pytest.mark.parametrize("record", [Account, Contact, Customer, Lead, Opportunity, Task])
def test_a_file_written_in_german_is_read_in_english(record: type[Record]) -> None:
    kinds = record.offered()
    titles = [source(kind, "label") for kind in kinds.values()]
    language.use("de")
    german, flags = [kind.label for kind in kinds.values()], Lead.kind("removed").exported(choices)
    written = [flags(True), flags(False)]
    language.use(language.ENGLISH)
    assert match(german, record).columns == match(titles, record).columns
    assert written == ["Ja", "Nein"] and [Lead.kind("removed").read(word) for word in written] == [True, False]
