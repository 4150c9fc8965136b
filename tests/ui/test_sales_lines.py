"""The lines of a document, without a window: groups, moving, taking back, reading cells, spreadsheets (VT-142)."""

from __future__ import annotations

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.money.totals import Way
from channergy_crm.records import SalesLine
from ui.pages.sales import cells, pasting
from ui.pages.sales.lines import ADD, LINE, SUM, Line, Lines, Row, Wrong, new_line, of_record


def item(name: str, quantity: int = 1, price: int = 10_00, **more: object) -> Line:
    return new_line(name=name, quantity=quantity * 1_000, price=price, **more)


def heading(name: str) -> Line:
    return new_line(what="heading", name=name)


def shown(*held: Line, way: Way = Way()) -> Lines:
    lines = Lines()
    lines.show(held, way)
    return lines


def names(lines: Lines) -> list[str]:
    return [line.name for line in lines.lines]


def test_vt142_groups_have_their_sum_and_fold_away_with_it() -> None:
    lines = shown(item("loose"), heading("First"), item("a", 2), item("b"), heading("Second"), item("c", 3))
    assert lines.rows == [
        Row(LINE, 0), Row(LINE, 1), Row(LINE, 2), Row(LINE, 3), Row(SUM, 1), Row(LINE, 4), Row(LINE, 5), Row(SUM, 4),
        Row(ADD, 6),
    ]  # fmt: skip
    assert lines.sums == {1: 30_00, 4: 30_00}
    assert lines.counted == [1, 0, 2, 3, 0, 4], "headings have no number"
    lines.fold(1)
    assert lines.rows[1:3] == [Row(LINE, 1), Row(LINE, 4)]
    assert lines.row_of(2) == 1, "a line that is folded away stands at its heading"


def test_vt142_lines_move_alone_together_and_into_a_folded_group() -> None:
    lines = shown(item("a"), item("b"), heading("G"), item("c"), item("d"))
    lines.shift([0], 1)
    assert names(lines) == ["b", "a", "G", "c", "d"]
    lines.move([3, 4], 0)
    assert names(lines) == ["c", "d", "b", "a", "G"]
    lines.undo()
    lines.fold(2)
    lines.shift([1], 1)
    assert names(lines) == ["b", "G", "a", "c", "d"] and not lines.folded, "into the group, which opens"
    lines.fold(1)
    lines.shift([1], -1)
    assert names(lines) == ["G", "a", "c", "d", "b"], "a folded heading takes its lines along"
    lines.shift([0], -1)
    assert names(lines) == ["G", "a", "c", "d", "b"], "nothing above the first"
    lines.remove([0])
    assert names(lines) == []


def test_vt142_every_change_is_taken_back_and_done_again_until_it_is_stored() -> None:
    lines = shown(item("a"))
    lines.put(0, quantity=5_000)
    lines.insert(1, [item("b")])
    assert lines.is_edited and lines.totals.lines == 60_00
    lines.undo()
    lines.undo()
    assert not lines.is_edited and not lines.can_undo and lines.totals.lines == 10_00
    lines.redo()
    assert lines.lines[0].quantity == 5_000
    lines.learn()
    assert not lines.is_edited
    lines.locked = True
    lines.put(0, quantity=1)
    lines.undo()
    assert lines.lines[0].quantity == 5_000, "what can only be read stays"


def test_vt142_what_cannot_be_read_stays_and_is_not_saved() -> None:
    lines = shown(item("a"), item("b"))
    lines.is_wrong(1, "quantity", Wrong("many", "A number, please."))
    assert lines.is_edited and lines.first_wrong() == (1, "quantity", Wrong("many", "A number, please."))
    lines.remove([1])
    assert lines.first_wrong() is None, "gone with its line"


@pytest.mark.parametrize(
    ("column", "text", "held"),
    [
        (cells.QUANTITY, "2.5", {"quantity": 2_500}),
        (cells.PRICE, "1,234.50", {"price": 1_234_50}),
        (cells.DISCOUNT, "10 %", {"discount": 1_000, "less": None}),
        (cells.DISCOUNT, "5.00", {"discount": None, "less": 5_00}),
        (cells.DISCOUNT, "", {"discount": None, "less": None}),
        (cells.TAX, "8.25 %", {"rate": 825}),
        (cells.TAX, "standard", {"rate": 825}),
        (cells.TAX, "none", {"rate": 0}),
        (cells.TAX, "", {"rate": None}),
    ],
)
def test_vt142_cells_understand_what_people_type(column: int, text: str, held: dict[str, object]) -> None:
    assert cells.read(column, text, {"standard": 825}) == held


@pytest.mark.parametrize(
    ("column", "text", "word"),
    [
        (cells.QUANTITY, "many", "Quantity"),
        (cells.DISCOUNT, "a lot", "10 %"),
        (cells.DISCOUNT, "120 %", "100"),
        (cells.TAX, "high", "standard"),
    ],
)
def test_vt142_cells_say_why_not(column: int, text: str, word: str) -> None:
    with pytest.raises(Mistake, match=word):
        cells.read(column, text, {"standard": 825})


def test_vt142_narrow_windows_lose_the_stock_first_then_the_code() -> None:
    assert cells.fit(1_150).left_out == ()
    assert cells.fit(1_000).left_out == (cells.STOCK,)
    assert cells.fit(660).left_out == (cells.STOCK, cells.CODE)
    for room in (1_400, 1_000, 820, 660, 640):
        assert sum(wide for column, wide in cells.fit(room).widths.items()
                   if column not in cells.fit(room).left_out) <= room  # fmt: skip


def test_vt142_rows_of_a_spreadsheet_are_understood_by_their_titles_or_by_their_number() -> None:
    none: list[str] = []
    table = pasting.read("Qty\tArticle\tColour\tPrice\n2\tCandle\tred\t24.00\n\n1\tBox\t\t3.20\n", lambda _c: none)
    assert table.unknown == ["Colour"]
    assert table.rows[0]["quantity"] == "2" and table.rows[0]["price"] == "24.00"
    assert pasting.read("CS-1\t3", lambda codes: codes).rows == [{"code": "CS-1", "quantity": "3"}]
    assert pasting.read("Candle\t3\t24.00", lambda _c: none).rows == [
        {"name": "Candle", "quantity": "3", "price": "24.00"}
    ]
    assert pasting.read("A sentence", lambda _c: none).rows == [{"name": "A sentence"}]
    assert pasting.read('"two\nlines"\t4', lambda _c: none).rows == [{"name": "two\nlines", "quantity": "4"}]
    assert pasting.read("\n \n", lambda _c: none).rows == []
    copied = [["Code", "Product", "Quantity"], ["CS-1", "Candle", "2"]]
    assert pasting.read(pasting.written(copied), lambda _c: none).rows == [
        {"code": "CS-1", "name": "Candle", "quantity": "2"}
    ]


def test_vt142_records_keep_what_was_not_changed_and_tell_nought_from_nothing() -> None:
    record = SalesLine(what="item", name="Candle", quantity=1_000, rate=None)
    record.number = 7
    lines = shown(of_record(record), new_line(name="new", rate=0))
    lines.put(0, price=5_00)
    one, two = lines.records({7: record})
    assert one is record and (record.name, record.price) == ("Candle", 5_00)
    assert two.number is None and two.rate == 0 and two.price is None
