"""What two sides that were changed apart come to, field by field (VP-3, VP-4, VP-5, VP-28, VP-46, VP-56, BX-34)."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channergy_crm.sync.fields import Direction
from channergy_crm.sync.merging import Disagreed, first, merge, normal, same

BOTH, FIRST, BACK = Direction.BOTH, Direction.FIRST, Direction.BACK


class Way(NamedTuple):
    remote: str
    direction: Direction


NAME, PHONE, EMAIL = Way("name", BOTH), Way("phone", BOTH), Way("email", FIRST)
STAGE_FIRST, STAGE = Way("stage", FIRST), Way("stage", BACK)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "to_us", "to_them", "conflicts"),
    [
        ("a", "a", "a", {}, {}, ()),
        ("a", "b", "a", {}, {"name": "b"}, ()),
        ("a", "a", "b", {"name": "b"}, {}, ()),
        ("a", "b", "b", {}, {}, ()),
        ("a", "b", "c", {}, {"name": "b"}, (("name", "b", "c"),)),
        ("a", "", "a", {}, {"name": ""}, ()),
        ("a", "a", "", {"name": ""}, {}, ()),
        ("a", "a", None, {"name": ""}, {}, ()),
        ("", None, "", {}, {}, ()),
        (None, "", None, {}, {}, ()),
        ("a", " a ", "a\n", {}, {}, ()),
        ("a", " b ", "a", {}, {"name": "b"}, ()),
        ("x\ny", "x\r\ny", "x\ry", {}, {}, ()),
        (70116, "70116", 70117, {"name": 70117}, {}, ()),
        ("1 Oak\nFlat 4", "1 Oak Flat 4", "1 Oak\r\nFlat  4", {}, {}, ()),
        ("1 Oak\nFlat 4", "2 Elm", "1 Oak Flat 4", {}, {"name": "2 Elm"}, ()),
        ("é", "é", "e\u0301", {}, {}, ()),
        ("030 1", "+49 30 1", "030 1", {}, {"name": "+49 30 1"}, ()),
        (1, 1.0, 1, {}, {}, ()),
        (1, 2, 1, {}, {"name": 2}, ()),
        (1, 1, 1.5, {"name": 1.5}, {}, ()),
    ],
)  # fmt: skip
def test_vp28_what_one_side_changed_goes_through_and_of_both_ours_is_sent_and_theirs_kept(
    base: Any, ours: Any, theirs: Any, to_us: dict[str, Any], to_them: dict[str, Any], conflicts: tuple[Any, ...]
) -> None:
    found = merge({"name": base}, {"name": ours}, {"name": theirs}, [NAME])
    assert (found.to_us, found.to_them) == (to_us, to_them)
    assert found.conflicts == tuple(Disagreed(*each) for each in conflicts)
    assert same(found.base["name"], theirs)


def test_vp28_fields_are_merged_one_by_one_and_what_they_do_not_name_is_as_it_was() -> None:
    found = merge({"name": "a", "phone": "1"}, {"name": "b", "phone": "1"}, {"phone": "2"}, [NAME, PHONE])
    assert found.to_us == {"phone": "2"} and found.to_them == {"name": "b"} and not found.conflicts
    assert found.base == {"name": "a", "phone": "2"}


def test_vp5_what_goes_once_is_told_when_it_is_made_and_never_again() -> None:
    assert first({"name": " Ann ", "email": "a@b.c", "stage": "Draft", "phone": None}, [NAME, PHONE, EMAIL, STAGE]) == {
        "name": "Ann", "email": "a@b.c",
    }  # fmt: skip
    found = merge({"email": "a@b.c"}, {"email": "new@b.c"}, {"email": "there@b.c"}, [EMAIL])
    assert (found.to_us, found.to_them, found.conflicts) == ({}, {}, ())
    assert found.base == {"email": "a@b.c"}


@pytest.mark.parametrize("ways", [[STAGE_FIRST, STAGE], [STAGE, STAGE_FIRST]])
def test_vp46_vp56_stage_goes_there_once_and_from_then_on_only_comes_back(ways: list[Way]) -> None:
    assert first({"stage": "Draft"}, ways) == {"stage": "Draft"}
    for ours in ("Draft", "Offer", "Order"):
        found = merge({"stage": "Draft"}, {"stage": ours}, {"stage": "Order"}, ways)
        assert found.to_us == ({} if ours == "Order" else {"stage": "Order"})
        assert (found.to_them, found.conflicts) == ({}, ())
    assert merge({"stage": "Draft"}, {"stage": "Offer"}, {}, ways).to_us == {}


VALUES = st.sampled_from([None, "", " ", "a", "a ", "b", "\u00e9", "e\u0301", 0, 1, 1.0])
WAYS = {"one": BOTH, "two": BOTH, "three": BACK, "four": FIRST}
SIDE = st.fixed_dictionaries(dict.fromkeys(WAYS, VALUES))


def words(value: Any) -> str:
    """What a value says, as somebody would read it who had never seen how it is compared."""
    import unicodedata

    return unicodedata.normalize("NFC", "" if value is None else f"{value:g}" if value in (0, 1) else value).strip()


@settings(max_examples=200, deadline=None)
@given(base=SIDE, ours=SIDE, theirs=SIDE)
def test_vp28_both_sides_agree_after_a_merge_and_a_second_one_does_nothing(
    base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """By rules written down once more: after one exchange nothing goes to and fro."""
    ways = [Way(*each) for each in WAYS.items()]
    found = merge(base, ours, theirs, ways)
    here, there = ours | found.to_us, theirs | found.to_them
    for name, way in WAYS.items():
        was, mine, its = words(base[name]), words(ours[name]), words(theirs[name])
        if way == FIRST:
            assert (words(here[name]), words(there[name])) == (mine, its)
            continue
        wanted = its if way == BACK or mine == was else mine
        assert words(here[name]) == words(there[name]) == wanted
        both = way == BOTH and mine not in (was, its) and its != was
        assert both == any(each.remote == name for each in found.conflicts)
    again = merge(found.base | found.to_them, here, there, ways)
    assert (again.to_us, again.to_them, again.conflicts) == ({}, {}, ())
    later = merge(found.base, here, theirs, ways)  # they have not heard of it yet
    assert later.to_them == found.to_them and not later.to_us and not later.conflicts


def test_a_number_is_what_its_figures_say_and_no_tick() -> None:
    assert same("70116", 70116) and same(1.0, "1") and not same(True, 1) and same(" x", "x ") and normal(2.0) == 2
