"""Where entries of the calendar stand, which place is under a hand, and where the arrow keys go: figures alone."""

from __future__ import annotations

from datetime import date, time

from channergy_crm.services.calendar.entries import Entry
from ui.pages.calendar import places, walking, words
from ui.pages.calendar.places import Hours, Month, Slot

MONDAY = date(2026, 11, 23)
GRID = Hours((MONDAY, date(2026, 11, 24)), ("ANN", "BEA"), 56, 456, 48, 28, 60)


def entry(number: int, at: time | None, minutes: int = 0, day: date = MONDAY, also: tuple[str, ...] = ()) -> Entry:
    return Entry(
        number, day, at, minutes, "call", f"Entry {number}", "", "", "ANN", "", False, 0, True, False, also
    )  # fmt: skip


def test_vt42_entries_that_overlap_share_the_width_and_others_have_it_alone() -> None:
    spans = [(540, 600), (570, 630), (600, 660), (700, 730)]
    assert places.shared(spans) == [(0, 2), (1, 2), (0, 2), (0, 1)]
    assert places.shared([(0, 30), (0, 30), (0, 30)]) == [(0, 3), (1, 3), (2, 3)]
    assert places.shared([]) == []


def test_vt42_a_place_is_found_where_it_is_painted_in_the_column_of_its_owner() -> None:
    slot = Slot(date(2026, 11, 24), 9 * 60, "BEA")
    room = GRID.room(slot, 60)
    assert (room.left(), room.top(), room.height()) == (359, 76 + 540 + 1, 58)
    assert GRID.slot_at(room.center().x(), room.top() + 1) == slot
    assert GRID.slot_at(room.center().x(), room.top() + 16) == slot._replace(minute=555)
    assert GRID.slot_at(60, 60) == Slot(MONDAY, None, "ANN"), "the row of what has no time"
    assert GRID.slot_at(60, 20) is None and GRID.slot_at(20, 200) is None
    scrolled = GRID._replace(scrolled=480)
    assert scrolled.slot_at(100, 76.5) == Slot(MONDAY, 480, "ANN")
    assert GRID.room(Slot(MONDAY, 600, "ANN"), 30, (1, 2)).left() > GRID.room(Slot(MONDAY, 600, "ANN"), 30).left() + 40


def test_vt42_a_square_of_a_month_says_how_many_more_there_are() -> None:
    weeks = places.month_weeks(date(2026, 11, 25), 1)
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2026, 10, 26), date(2026, 11, 30), 6)
    month = Month(weeks, (0, 1, 2, 3, 4), 500, 626, 26, 20)
    square = month.square(date(2026, 11, 25))
    assert square is not None and (square.left(), square.top(), square.width()) == (200, 26 + 4 * 100, 100)
    assert month.day_at(250, 480) == date(2026, 11, 25)
    assert month.square(date(2026, 11, 28)) is None, "the weekend is hidden"
    assert [month.fits(count) for count in (0, 3, 4, 20)] == [0, 3, 2, 2]
    room = month.room(date(2026, 11, 25), 2)
    assert room is not None and square.contains(room)


def test_vt42_a_weekend_nobody_works_on_is_hidden() -> None:
    assert len(places.week_days(MONDAY, frozenset(), whole=False)) == 5
    assert places.week_days(MONDAY, frozenset({date(2026, 11, 28)}), whole=False)[-1] == date(2026, 11, 28)
    assert len(places.week_days(MONDAY, frozenset(), whole=True)) == 7
    assert places.some_days(date(2026, 11, 27), frozenset(), 3) == (
        date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1),
    )  # fmt: skip
    assert places.week_of(date(2026, 11, 25), 7) == date(2026, 11, 22), "where weeks begin with Sunday"


def test_vt42_what_lasts_for_days_and_what_is_common_stands_in_each_column() -> None:
    days = [MONDAY, date(2026, 11, 24), date(2026, 11, 25)]
    fair, review = entry(1, None, 2 * 24 * 60), entry(2, time(15), 60, also=("BEA",))
    shown = [(each.task, each.day.day, each.owner) for each in places.spread([fair, review], days, ["ANN", "BEA"])]
    assert shown == [(1, 23, "ANN"), (1, 24, "ANN"), (2, 23, "ANN"), (2, 23, "BEA")]


def test_vt42_arrows_walk_entries_and_the_free_half_hours_between() -> None:
    whole, first, second = entry(1, None), entry(2, time(9, 15), 45), entry(3, time(10), 30)
    column = [whole, first, second]
    down = [walking.down(column, None, 540), walking.down(column, whole, 540), walking.down(column, first, 540)]
    assert down == [whole, first, second]
    assert walking.down(column, second, 540) == 630
    assert walking.down(column, 630, 540) == 660
    assert walking.down([whole], whole, 540) == 540, "the day begins with the office"
    assert walking.up(column, 630) == second and walking.up(column, second) == first
    assert walking.up(column, first) == 540 and walking.up(column, 540) == 510
    assert walking.up(column, 0) == whole and walking.up([], 0) is None
    assert walking.down([], 23 * 60 + 30, 540) == 23 * 60 + 30, "the day has an end"


def test_vt42_what_goes_on_past_midnight_has_a_part_on_each_day_and_is_held_as_a_whole() -> None:
    tuesday = date(2026, 11, 24)
    night = entry(1, time(22), 240)
    first, second = places.spread([night], GRID.days, GRID.owners)
    assert (first, second) == (night, night._replace(day=tuesday, after=1)) and places.whole(second) == night
    assert [(places.begins(each), places.lasts(each)) for each in (first, second)] == [(1320, 120), (0, 120)]
    assert places.goes_on(entry(2, time(22), 120)) == 0, "until midnight"
    three_days = entry(3, time(10), 2 * places.DAY)
    assert [places.lasts(each) for each in places.spread([three_days], GRID.days, GRID.owners)] == [840, places.DAY]
    # Held at one in the morning, three hours after it began, and let go two hours later: it begins at midnight.
    assert places.placed(second, tuesday, 180, 180) == (tuesday, time(0))
    assert places.placed(second, tuesday, 120, 180) == (MONDAY, time(23))
    assert places.placed(night, MONDAY, None, 0) == (MONDAY, None)
    assert places.lengthened(second, tuesday, 180) == 300 and places.lengthened(night, MONDAY, 1440) == 120
    assert places.lengthened(entry(4, time(9), 30), MONDAY, 400) == places.SHORTEST
    assert words.when(second) == words.when(night) and "22:00 to 02:00 on" in words.when(night)
    assert (words.at_first(first), words.at_first(second)) == ("22:00", "until 02:00")
