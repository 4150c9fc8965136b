"""The filter as it is typed finds what it says (part of C14 and BX-17: lists filtered by typing)."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.query import completion, conditions
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import Account, Lead, Opportunity
from channergy_crm.services import accounts, conversion, leads, saving
from channergy_crm.text.periods import moved, period

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def known(office: Office, operator: str) -> None:
    made = [
        {"description": "One", "company": "Acme Supply", "phone": "504-621-8927", "call_status": "Call Back Scheduled",
         "reminder_date": date(2026, 11, 20), "city": "Austin", "last_name": "Häusler"},
        {"description": "Two", "company": "Acme", "call_status": "Reached", "reminder_date": date(2026, 11, 23),
         "reminder_time": time(14, 30), "city": "Dallas"},
        {"description": "Three", "company": "Blue (River)", "phone": "212-555-0134", "call_code": "NI"},
        {"description": "Four \"quoted\"", "email": "four@example.com", "reminder_date": date(2026, 12, 24)},
    ]  # fmt: skip
    for values in made:
        leads.create(values, operator)


def found(text: str) -> list[str]:
    query = Lead.select(Lead.description).order_by(Lead.number)
    wanted = conditions.condition(Lead, text)
    return [lead.description.split()[0] for lead in (query.where(wanted) if wanted is not None else query)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "One Two Three Four"),
        ("acme", "One Two"),
        ("ACME häusler", "One"),
        ("company:acme", "One Two"),
        ("company=acme", "Two"),
        ("company!=acme", "One Three Four"),
        ('status:"call back scheduled"', "One"),
        ("status:call", "One"),
        ('"call status":reached', ""),
        ("callstatus:reached", "Two"),
        ("call_status:reached", "Two"),
        ('code:"not interested"', "Three"),
        ("code:ni", "Three"),
        ("-phone:", "Two Four"),
        ("phone:", "One Three"),
        ("phone:621", "One"),
        ("-status:reached", "One Three Four"),
        ("due<today", "One"),
        ("due:today", "Two"),
        ("due<=today", "One Two"),
        ("due>today", "Four"),
        ("due:2026-12", "Four"),
        ("due:2026-11-20..2026-11-23", "One Two"),
        ('due:"next 7 days"', "Two"),
        ("-due:", "Three"),
        ("remindertime:14:30", "Two"),
        ("city:austin OR city:dallas", "One Two"),
        ("(city:austin OR city:dallas) status:reached", "Two"),
        ("-(city:austin OR city:dallas)", "Three Four"),
        ('"blue (river)"', "Three"),
        ("number:2", "Two"),
        ("number>2", "Three Four"),
        ("number:2..3", "Two Three"),
        ("owner:admin", "One Two Three Four"),
        ("owner:ann", ""),
        ("acme AND city:austin", "One"),
        ("created:today", "One Two Three Four"),
        ("created<today", ""),
        ('created:"older than 2 months"', ""),
        ("email:example", "Four"),
        ("removed:yes", ""),
        ("removed:no", "One Two Three Four"),
        ("mail:100%", ""),
    ],
)
def test_a_typed_filter_finds_what_it_says(known: None, text: str, expected: str) -> None:
    assert " ".join(found(text)) == expected


@pytest.mark.parametrize(
    ("text", "wrong", "said"),
    [
        ("acme colour:red", "colour:red", "no field “colour”"),
        ("(acme", "(", "not closed"),
        ("acme )", ")", "no bracket to close"),
        ("acme OR", "", "missing here"),
        ("due<neverday", "due<neverday", "not a date"),
        ("number:abc", "number:abc", "number"),
        ("removed:perhaps", "removed:perhaps", "yes or no"),
    ],
)
def test_an_error_points_at_the_wrong_word(office: Office, text: str, wrong: str, said: str) -> None:
    with pytest.raises(FilterMistake, match=said) as mistake:
        conditions.condition(Lead, text)
    assert text[mistake.value.start : mistake.value.end] == wrong


@pytest.mark.parametrize(
    "text", ["²x", "number=²", "number:①", "number>²", "account=²", "number=" + "9" * 30, "9" * 30]
)
def test_a_sign_that_is_no_figure_and_a_number_nobody_has_find_nothing(known: None, text: str) -> None:
    with suppress(Mistake):
        assert found(text) == []


@pytest.mark.parametrize("sign", ["\ud83d", "a\x00b"])
def test_a_sign_no_store_takes_is_told_and_nothing_is_written(known: None, operator: str, sign: str) -> None:
    with pytest.raises(Mistake, match="character"):
        leads.create({"description": sign}, operator)
    with suppress(Mistake):
        found(f"description={sign}")
    assert len(found("")) == 4


def test_money_percent_and_links_compare(office: Office, operator: str) -> None:
    lead = leads.create({"description": "Deal", "company": "Acme"}, operator)
    made = conversion.convert(lead.number, operator)
    deal = made.opportunity
    deal.amount, deal.probability = 123450, 60
    saving.save(deal, operator)
    accounts.create_task_for(deal.number, operator)
    for text, fits in (
        ("amount>1000", True), ("amount:1,234.50", True), ("amount<1000", False), ("probability:50..70", True),
        ("probability>60", False), ("account:acme", True), ("-account:acme", False), ("closed:no", True),
        ("lastactivity:today", True), ("-amount:", False), ("account:", True), ("-account:", False),
    ):  # fmt: skip
        wanted = conditions.condition(Opportunity, text)
        assert Opportunity.select().where(wanted).exists() is fits, text
    assert Account.select().where(conditions.condition(Account, "name:acme owner:admin")).count() == 1


def test_completion_offers_fields_and_values(office: Office) -> None:
    assert "acme callstatus:" in completion.completions(Lead, "acme calls")
    assert completion.completions(Lead, "callstatus:rea") == ["callstatus:Reached"]
    assert completion.completions(Lead, 'status:"call') == ['status:"Call Back Scheduled"']
    assert completion.completions(Lead, "-remov") == ["-removed:"]
    assert completion.completions(Lead, "due:tod") == ["due:today"]
    assert completion.completions(Lead, "") == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", date(2026, 11, 23), date(2026, 11, 23)),
        ("this week", date(2026, 11, 23), date(2026, 11, 29)),
        ("last month", date(2026, 10, 1), date(2026, 10, 31)),
        ("next year", date(2027, 1, 1), date(2027, 12, 31)),
        ("next 7 days", date(2026, 11, 23), date(2026, 11, 30)),
        ("last 2 weeks", date(2026, 11, 9), date(2026, 11, 23)),
        ("older than 2 months", None, date(2026, 9, 22)),
        ("3 days ago", date(2026, 11, 20), date(2026, 11, 20)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("..2026-01-31", None, date(2026, 1, 31)),
    ],
)
def test_periods_are_read_as_people_name_them(text: str, first: date | None, last: date | None) -> None:
    assert period(text, datetime(2026, 11, 23).date()) == (first, last)


def test_an_impossible_day_is_refused_and_a_short_month_gives_its_last_day() -> None:
    with pytest.raises(Mistake):
        period("2026-02-30", date(2026, 11, 23))
    assert moved(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert moved(date(2024, 2, 29), 1, "year") == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("(" * 5000 + "acme" + ")" * 5000, "Brackets go no deeper"),
        ("(" * 5000, "Brackets go no deeper"),
        ("-(a OR " * 2000 + "b" + ")" * 2000, "200 words|no deeper"),
        ("(a OR -(b " * 12 + "c" + "))" * 12, "Brackets go no deeper"),
        ("acme " * 201, "200 words"),
        (" OR ".join(["city:austin"] * 5000), "200 words"),
        ("a" * 1001, "too long"),
    ],
)
def test_f38_a_filter_nobody_can_mean_is_a_mistake_that_points_at_it(office: Office, text: str, said: str) -> None:
    with pytest.raises(FilterMistake, match=said) as told:
        conditions.condition(Lead, text, "ADMIN")
    assert 0 <= told.value.start <= told.value.end <= len(text)


@pytest.mark.parametrize(
    "text",
    ["(" * 8 + "acme" + ")" * 8, "(a OR -(b " * 4 + "c" + "))" * 4, " ".join(f"w{n}" for n in range(200)),
     " OR ".join(f"city:w{n}" for n in range(200)), "-" * 4999 + "acme"],
)  # fmt: skip
def test_f38_the_largest_filters_are_asked_of_the_database(office: Office, text: str) -> None:
    assert Lead.select().where(conditions.condition(Lead, text, "ADMIN")).count() == 0
