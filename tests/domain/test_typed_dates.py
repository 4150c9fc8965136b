"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from channergy_crm.errors import Mistake
from channergy_crm.text.days import Order, read_date, read_time

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", None),
        ("today", SATURDAY),
        ("Tomorrow", date(2026, 11, 22)),
        ("yesterday", date(2026, 11, 20)),
        ("fri", date(2026, 11, 27)),
        ("sat", date(2026, 11, 28)),
        ("next fri", date(2026, 11, 27)),
        ("next sat", date(2026, 11, 28)),
        ("last fri", date(2026, 11, 20)),
        ("last sat", date(2026, 11, 14)),
        ("+3", date(2026, 11, 24)),
        ("-1", date(2026, 11, 20)),
        ("in 2 weeks", date(2026, 12, 5)),
        ("2w", date(2026, 12, 5)),
        ("3 days ago", date(2026, 11, 18)),
        ("+3m", date(2027, 2, 21)),
        ("23 nov", date(2026, 11, 23)),
        ("Nov 23", date(2026, 11, 23)),
        ("23rd of November 2027", date(2027, 11, 23)),
        ("1 january", date(2027, 1, 1)),
        ("Mon 23 Nov 2026", date(2026, 11, 23)),
        ("23.11.", date(2026, 11, 23)),
        ("3.4.", date(2027, 4, 3)),
        ("2026. 11. 23.", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("20261123", date(2026, 11, 23)),
        ("29 feb", date(2028, 2, 29)),
        ("21", SATURDAY),
        ("15", date(2026, 12, 15)),
        ("31", date(2026, 12, 31)),
        ("in a week", date(2026, 11, 28)),
    ],
)
def test_a_day_is_read(typed, day):
    assert read_date(typed, SATURDAY) == day


@pytest.mark.parametrize(
    ("typed", "order", "day"),
    [
        ("3/4/2027", "MDY", date(2027, 3, 4)),
        ("3/4/2027", "DMY", date(2027, 4, 3)),
        ("23/11/26", "MDY", date(2026, 11, 23)),
        ("11/23/26", "DMY", date(2026, 11, 23)),
        ("21 11 2026", "DMY", SATURDAY),
    ],
)
def test_figures_are_read_in_the_order_of_the_locale_unless_only_the_other_is_a_day(typed, order: Order, day):
    assert read_date(typed, SATURDAY, order) == day


@pytest.mark.parametrize("typed", ["31 feb", "2026-02-30", "13/13", "99", "0", "+9999y", "30.2."])
def test_a_day_that_does_not_exist_is_not_shifted_to_one_that_does(typed):
    with pytest.raises(Mistake, match="no such day"):
        read_date(typed, SATURDAY)


@pytest.mark.parametrize("typed", ["soon", "x", "call him", "nov", "?", "1/2/3/4"])
def test_what_is_no_day_is_said(typed):
    with pytest.raises(Mistake, match="is not a date"):
        read_date(typed, SATURDAY)


def test_other_languages_are_understood():
    assert read_date("übermorgen", SATURDAY, "DMY", ("en", "de")) == date(2026, 11, 23)
    assert read_date("in a week", SATURDAY, "DMY", ("en", "no such language")) == date(2026, 11, 28)


@given(some.text(max_size=12), some.sampled_from(["DMY", "MDY", "YMD"]))
def test_whatever_is_typed_there_is_a_day_or_a_sentence(typed, order):
    try:
        day = read_date(typed, SATURDAY, order)
    except Mistake as mistake:
        assert mistake.message.endswith(".")
    else:
        assert day is None or isinstance(day, date)


@given(some.dates(min_value=date(1900, 1, 1)))
def test_a_day_written_in_full_is_always_read_back(day):
    assert read_date(day.isoformat(), SATURDAY) == day
    assert read_date(f"{day:%d.%m.%Y}", SATURDAY) == day
    assert read_date(f"{day:%d %b %Y}", SATURDAY) == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("", None),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("14 30", time(14, 30)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("2 pm", time(14)),
        ("2:30 p.m.", time(14, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
    ],
)
def test_a_time_is_read(typed, moment):
    assert read_time(typed) == moment


@pytest.mark.parametrize("typed", ["25", "24:00", "13 pm", "9:75", "soon", "14:3"])
def test_what_is_no_time_is_said(typed):
    with pytest.raises(Mistake):
        read_time(typed)
