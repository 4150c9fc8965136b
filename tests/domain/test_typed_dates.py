"""Days and times as people type them."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from channergy_crm.errors import Mistake
from channergy_crm.text.clocks import read_time
from channergy_crm.text.days import Order, read_date, read_moment

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


WEDNESDAY = datetime(2026, 11, 25, 15, 0)
BESIDE = {
    "tomorrow 3pm": "2026-11-26 15:00", "3pm tomorrow": "2026-11-26 15:00", "tomorrow, 3 p.m.": "2026-11-26 15:00",
    "fri 10": "2026-11-27 10:00", "fri 1430": "2026-11-27 14:30", "fri 9.30": "2026-11-27 09:30",
    "mon 9:30": "2026-11-30 09:30", "Mon. at 9": "2026-11-30 09:00", "next fri 10am": "2026-12-04 10:00",
    "today 17": "2026-11-25 17:00", "tomorrow at noon": "2026-11-26 12:00", "in 2 weeks 14:00": "2026-12-09 14:00",
    "+3 15:00": "2026-11-28 15:00", "dec 3 at 5": "2026-12-03 05:00", "12/24 noon": "2026-12-24 12:00",
    "23.12. 14:00": "2026-12-23 14:00", "03.12.2026 14:00": "2026-12-03 14:00", "2026-11-27T14:00": "2026-11-27 14:00",
    "15 uhr morgen": "2026-11-26 15:00", "morgen 9 uhr": "2026-11-26 09:00", "freitag 10": "2026-11-27 10:00",
    "heute 17 Uhr 30": "2026-11-25 17:30", "übermorgen um 9": "2026-11-27 09:00", "demain à 14h30": "2026-11-26 14:30",
    "tomorrow morning": "2026-11-26 09:00", "a week on friday 10:00": "2026-12-04 10:00",
    "noon": "2026-11-26 12:00", "16:00": "2026-11-25 16:00", "2pm": "2026-11-26 14:00", "at 4": "2026-11-26 04:00",
    "in 2 hours": "2026-11-25 17:00", "+30 min": "2026-11-25 15:30",
}  # fmt: skip


@pytest.mark.parametrize("typed", BESIDE)
def test_f37_a_time_typed_beside_a_day_is_read(typed: str) -> None:
    day, at = read_moment(typed, WEDNESDAY, "MDY", ("en", "de", "fr"))
    assert f"{day} {at:%H:%M}" == BESIDE[typed]


@pytest.mark.parametrize("typed", [each for each in BESIDE if not each.startswith(("in 2 hours", "+30"))])
def test_f37_where_only_a_day_fits_the_time_is_said_and_not_dropped(typed: str) -> None:
    with pytest.raises(Mistake, match="has a time, but only a day fits here. Try “[^”]+”"):
        read_date(typed, WEDNESDAY.date(), "MDY", ("en", "de", "fr"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("nov 30", "2026-11-30"), ("fri 27", "2026-11-27"), ("fri 3.12", "2026-12-03"), ("in 3", "2026-11-28"),
        ("3", "2026-12-03"), ("1 dec 26", "2026-12-01"), ("Mon 11/30/2026", "2026-11-30"), ("2w", "2026-12-09"),
    ],
)  # fmt: skip
def test_f37_figures_that_are_a_day_are_no_time(typed: str, day: str) -> None:
    assert read_moment(typed, WEDNESDAY) == (date.fromisoformat(day), None)


def test_f37_where_only_a_day_fits_a_weekday_before_its_own_day_is_that_day() -> None:
    assert read_date("fri 11", WEDNESDAY.date()) == date(2026, 12, 11)


@pytest.mark.parametrize("typed", ["fri 25:00", "tomorrow 13pm"])
def test_f37_a_time_there_is_not_is_said(typed: str) -> None:
    with pytest.raises(Mistake, match="no such time"):
        read_moment(typed, WEDNESDAY)


@given(some.text(alphabet="0123456789:.,/ apmhtodyfrinwksu", max_size=14))
def test_f37_whatever_is_typed_there_is_a_moment_or_a_sentence(typed: str) -> None:
    for read in (lambda: read_moment(typed, WEDNESDAY), lambda: read_date(typed, SATURDAY)):
        try:
            read()
        except Mistake as mistake:
            assert mistake.message.endswith((".", "?"))
