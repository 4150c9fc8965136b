"""Lists put together by hand, and “me” in a filter (BX-13, BX-14)."""

from __future__ import annotations

from typing import Any

import pytest

from channergy_crm.errors import Refused
from channergy_crm.query import completion, conditions, sentence
from channergy_crm.query.listing import ListQuery
from channergy_crm.query.syntax import FilterMistake
from channergy_crm.records import BY_TABLE, Account, Lead
from channergy_crm.services import hand_lists, leads, operators
from channergy_crm.work import undo


def found(text: str, by: str = "ADMIN") -> list[str]:
    query = ListQuery(Lead, (), None, text, by=by).select(Lead.description).order_by(Lead.number)
    return [row[0] for row in query.tuples()]


@pytest.fixture
def three(office: Any) -> list[int]:
    return [leads.create({"description": name}, "ADMIN").number for name in ("one", "two", "three")]


def test_bx14_marked_leads_are_put_on_a_list_found_taken_off_and_undone(three: list[int]) -> None:
    done = hand_lists.put_on(Lead, three[:2], "Spring fair", "ADMIN")
    assert done.records == 2
    assert found('list:"spring FAIR"') == ["one", "two"]
    assert found("-list:") == ["three"]
    assert hand_lists.put_on(Lead, three, "Spring fair", "ADMIN").records == 1, "nobody is on it twice"
    assert hand_lists.take_off(Lead, three[:1], "Spring fair", "ADMIN").records == 1
    assert found('list:"Spring fair"') == ["two", "three"]
    undo.reverse(undo.undoable("ADMIN").number, by="ADMIN", records=BY_TABLE)
    assert found('list:"Spring fair"') == ["one", "two", "three"]
    undo.reverse(done.unit, by="ADMIN", records=BY_TABLE, kept=[])


def test_bx13_a_list_is_of_one_record_type_and_an_unknown_one_is_pointed_at(three: list[int]) -> None:
    hand_lists.put_on(Lead, three, "Spring fair", "ADMIN")
    with pytest.raises(FilterMistake) as wrong:
        conditions.condition(Lead, "one list:autumn")
    assert (wrong.value.start, wrong.value.end) == (4, 15)
    with pytest.raises(FilterMistake, match="no list “Spring fair” of accounts"):
        conditions.condition(Account, 'list:"Spring fair"')
    assert completion.completions(Lead, "list:sp") == ['list:"Spring fair"']
    assert completion.completions(Lead, "lis") == ["list:"]
    assert sentence.sentence(Lead, '-list:"Spring fair"') == "not on the list “Spring fair”"


def test_bx13_own_and_shared_lists(three: list[int]) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    hand_lists.put_on(Lead, three, "Mine", "ADMIN")
    hand_lists.put_on(Lead, three, "Ours", "ADMIN", shared=True)
    assert [held.name for held in hand_lists.of(Lead, "BEA")] == ["Ours"]
    ours = hand_lists.of(Lead, "BEA")[0]
    with pytest.raises(Refused):
        hand_lists.forget(ours.number, "BEA")
    hand_lists.forget(ours.number, "ADMIN")
    assert hand_lists.of(Lead, "BEA") == []
    undo.reverse(undo.undoable("ADMIN").number, by="ADMIN", records=BY_TABLE)
    assert hand_lists.count(hand_lists.of(Lead, "BEA")[0].number, "ADMIN") == 3


def test_bx13_me_in_a_filter_is_who_asks(three: list[int]) -> None:
    operators.add("BEA", "Bea", "ADMIN")
    leads.create({"description": "hers"}, "BEA")
    assert found("owner:me", "BEA") == ["hers"]
    assert found("owner:mine", "ADMIN") == ["one", "two", "three"]
    assert found("-owner:me", "ADMIN") == ["hers"]


def test_f59_it_is_known_which_lists_all_of_them_are_on(three: list[int]) -> None:
    hand_lists.put_on(Lead, three[:2], "Fair", "ADMIN")
    hand_lists.put_on(Lead, three, "Letter", "ADMIN")
    fair, letter = (held.number for held in hand_lists.of(Lead, "ADMIN"))
    assert hand_lists.holding(Lead, three[:1], "ADMIN") == {fair, letter}
    assert hand_lists.holding(Lead, three, "ADMIN") == {letter}
    assert hand_lists.holding(Lead, [], "ADMIN") == set()
