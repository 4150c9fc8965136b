"""The lines of a document while somebody works on them: groups and their sums, moving, taking back (VT-142).

Nothing here knows a window. Lines are values: a change makes new ones, and what was before is kept to go back to.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.money.totals import Item, Totals, Way, reckon, subtotals
from channergy_crm.records import SalesLine
from channergy_crm.records.sales_documents import LineKind

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

FIELDS = ("what", "product", "code", "name", "description", "quantity", "unit", "price", "discount", "less", "rate",
          "cost", "came_from")  # fmt: skip
"""what a line has of its record"""
LINE, SUM, ADD = "line", "sum", "add"  # unsaid: kinds of rows
ITEM, HEADING = LineKind.ITEM.value, LineKind.HEADING.value
"""looked up once: a long document asks for them thousands of times at a key"""
STEPS_KEPT = 200
_ids = count(1)


class Line(NamedTuple):
    """One line. `id` tells it apart from all others, also before it has a number."""

    id: int
    what: str = LineKind.ITEM.value
    number: int | None = None
    product: int | None = None
    code: str = ""
    name: str = ""
    description: str = ""
    quantity: int | None = None
    unit: str = ""
    price: int | None = None
    discount: int | None = None
    less: int | None = None
    rate: int | None = None
    cost: int | None = None
    came_from: int | None = None

    @property
    def is_item(self) -> bool:
        """Whether it costs something."""
        return self.what == ITEM

    @property
    def is_heading(self) -> bool:
        """Whether a group begins with it."""
        return self.what == HEADING

    @property
    def item(self) -> Item | None:
        """What it costs; None for a sentence or a heading."""
        if self.what != ITEM:
            return None
        return Item(self.quantity or 0, self.price or 0, self.discount or 0, self.less or 0, self.rate or 0, self.cost)


class Row(NamedTuple):
    """What stands in a row of the grid: a line, the sum of a group (`place` is its heading), or where more is typed."""

    kind: str
    place: int


class Wrong(NamedTuple):
    """What was typed into a cell and cannot be taken, and why not."""

    text: str
    why: str


def new_line(**values: Any) -> Line:
    """A line that was not there before."""
    return Line(next(_ids), **values)


def of_record(record: SalesLine) -> Line:
    """The line of a record."""
    values = {name: record.__data__.get(name) for name in FIELDS}
    said = {name: values[name] or "" for name in ("code", "name", "description", "unit")}
    return Line(next(_ids), number=record.number, **{**values, **said})


class Laid:
    """The lines of one document as they stand in the rows of a grid, and what they come to. `changed` is called after
    each change with the places that are others now; None where rows have come, gone or moved.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.way = Way()
        self.folded: set[int] = set()
        """the headings whose groups are folded, by their id"""
        self.wrong: dict[tuple[int, str], Wrong] = {}
        """what cannot be taken, by line and column"""
        self.rows: list[Row] = []
        self._row_at: dict[Row, int] = {}
        self.counted: list[int] = []
        """the number of each line among those that cost something; 0 for the others"""
        self.sums: dict[int, int] = {}
        """what each group comes to, by the place of its heading"""
        self.totals: Totals = reckon([], self.way)
        self.locked = False
        self.changed: list[Callable[[Collection[int] | None], object]] = []
        self._items: list[Item | None] = []
        self._asked: list[Line] = []
        """the lines whose items these are"""
        self._line_rows: list[Row] = []
        self._headings: list[int] = []
        self._lay_out()

    def place_of(self, held: int) -> int:
        """Where the line with this id stands; -1 for nowhere."""
        return next((place for place, line in enumerate(self.lines) if line.id == held), -1)

    def row_of(self, place: int) -> int:
        """The row of a line; that of its heading where it is folded away."""
        found = self._row_at.get(Row(LINE, place), -1)
        if found < 0 and (head := self.heading_of(place)) is not None:
            return self.row_of(head)
        return found

    def sum_row_of(self, heading: int) -> int:
        """The row with the sum of a group; -1 where it is folded."""
        return self._row_at.get(Row(SUM, heading), -1)

    def heading_of(self, place: int) -> int | None:
        """The place of the heading a line stands under."""
        return next((at for at in range(min(place, len(self.lines)) - 1, -1, -1) if self.lines[at].is_heading), None)

    def group(self, heading: int) -> range:
        """The places from a heading to the last line under it."""
        after = range(heading + 1, len(self.lines))
        return range(heading, next((at for at in after if self.lines[at].is_heading), len(self.lines)))

    def with_hidden(self, places: Collection[int]) -> set[int]:
        """These, and what is folded away under them."""
        hidden = (at for place in places if self.lines[place].id in self.folded for at in self.group(place))
        return {*places, *hidden}

    def first_wrong(self) -> tuple[int, str, Wrong] | None:
        """The place, the column and what is wrong there; None when all can be read."""
        for place, line in enumerate(self.lines):
            for (held, column), wrong in self.wrong.items():
                if held == line.id:
                    return place, column, wrong
        return None

    def _tell(self, places: Collection[int] | None) -> None:
        if places is None:
            self._take_items()
        for place in places or ():
            self._items[place] = self.lines[place].item
        self._asked = self.lines
        self.totals = reckon(self._items, self.way)
        self._lay_out(anew=places is None)
        for each in self.changed:
            each(places)

    def _take_items(self) -> None:
        """What the lines cost; those before and behind what has come or gone were asked before."""
        old, new = self._asked, self.lines
        least = min(len(old), len(new))
        first = next((at for at in range(least) if old[at] is not new[at]), least)
        last = next((at for at in range(least - first) if old[-1 - at] is not new[-1 - at]), least - first)
        self._items[first : len(old) - last] = [line.item for line in new[first : len(new) - last]]
        self._asked = new

    def _lay_out(self, *, anew: bool = True) -> None:
        if anew:
            self._headings = [place for place, line in enumerate(self.lines) if line.what == HEADING]
        self.sums = dict(subtotals(self._headings, self.totals.items))
        if not anew:
            return
        self._line_rows += [Row(LINE, place) for place in range(len(self._line_rows), len(self.lines))]
        self.rows, head, shown = [], None, True
        number, self.counted = 0, []
        for place, line in enumerate(self.lines):
            is_heading, is_item = line.what == HEADING, line.what == ITEM
            if is_heading:
                self._end(head)
                head, shown = place, line.id not in self.folded
            number += is_item
            self.counted.append(number if is_item else 0)
            if shown or is_heading:
                self.rows.append(self._line_rows[place])
        self._end(head)
        self.rows.append(Row(ADD, len(self.lines)))
        self._row_at = {row: at for at, row in enumerate(self.rows)}

    def _end(self, heading: int | None) -> None:
        if heading is not None and self.lines[heading].id not in self.folded:
            self.rows.append(Row(SUM, heading))


class Lines(Laid):
    """The same while somebody works on them: changed, moved, taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded: list[Line] = []
        self._before: list[list[Line]] = []
        self._after: list[list[Line]] = []

    def show(self, lines: Sequence[Line], way: Way) -> None:
        """Show these, as they are stored."""
        self.lines, self._loaded, self.way = list(lines), list(lines), way
        self._before, self._after = [], []
        self.wrong.clear()
        self.folded.clear()
        self._tell(None)

    def put_back(self, lines: Sequence[Line]) -> None:
        """Go on with what was typed before, over what is stored."""
        self.change(list(lines))

    def reckon_by(self, way: Way) -> None:
        """Discount, tax or rounding are others now."""
        if way != self.way:
            self.way = way
            self._tell(())

    @property
    def is_edited(self) -> bool:
        """Whether something is not saved yet."""
        return bool(self.wrong) or self.lines != self._loaded

    def learn(self) -> None:
        """What is here is stored now."""
        self._loaded = list(self.lines)

    def fold(self, place: int) -> None:
        """Fold a group away, or open it."""
        self.folded ^= {self.lines[place].id}
        self._tell(None)

    def change(self, lines: list[Line]) -> None:
        """These are the lines from now on; the step can be taken back."""
        if lines == self.lines or self.locked:
            return
        self._before = [*self._before[1 - STEPS_KEPT :], self.lines]
        self._after = []
        self._become(lines)

    def put(self, place: int, **values: Any) -> None:
        """Change one line."""
        lines = list(self.lines)
        lines[place] = lines[place]._replace(**values)
        self.change(lines)

    def amend(self, place: int, **values: Any) -> None:
        """Change one line along with the last step: both are taken back together."""
        lines = list(self.lines)
        lines[place] = lines[place]._replace(**values)
        if not self.locked:
            self._become(lines)

    def insert(self, place: int, lines: Iterable[Line]) -> None:
        """New ones from this place on."""
        self.change([*self.lines[:place], *lines, *self.lines[place:]])

    def remove(self, places: Collection[int]) -> None:
        """Take these out; a folded heading takes along what it hides."""
        gone = self.with_hidden(places)
        self.change([line for place, line in enumerate(self.lines) if place not in gone])

    def move(self, places: Collection[int], to: int) -> None:
        """Let these stand before the line that is at `to` now, one after the other."""
        taken = sorted(self.with_hidden(places))
        if not taken or (to in taken and taken == list(range(taken[0], taken[-1] + 1))):
            return
        moved = [self.lines[place] for place in taken]
        kept = [line for place, line in enumerate(self.lines) if place not in set(taken)]
        before = sum(1 for place in taken if place < to)
        self.change([*kept[: to - before], *moved, *kept[to - before :]])

    def shift(self, places: Collection[int], by: int) -> None:
        """One row up or down; a heading goes over a folded group in one step."""
        taken = sorted(self.with_hidden(places))
        if not taken:
            return
        if by < 0:
            above = taken[0] - 1
            if above < 0:
                return
            head = self.heading_of(taken[0])
            hides = head is not None and self.lines[head].id in self.folded
            self.move(taken, head if hides and head is not None else above)
        elif taken[-1] + 1 < len(self.lines):
            below = taken[-1] + 1
            hides = self.lines[below].id in self.folded
            over = hides and self.lines[taken[0]].is_heading
            if hides and not over:  # it comes into the group, which is opened to show it
                self.folded.discard(self.lines[below].id)
            self.move(taken, self.group(below)[-1] + 1 if over else below + 1)

    def is_wrong(self, place: int, column: str, wrong: Wrong | None) -> None:
        """What was typed into a cell stays there with the reason, or is right now."""
        key = (self.lines[place].id, column)
        if wrong is None and key not in self.wrong:
            return
        if wrong is None:
            del self.wrong[key]
        else:
            self.wrong[key] = wrong
        self._tell((place,))

    def keep_wrong(self, wrong: dict[tuple[int, str], Wrong]) -> None:
        """These texts stay in their cells, each with the reason why it cannot be taken."""
        if wrong:
            self.wrong |= wrong
            held = {key[0] for key in wrong}
            self._tell([place for place, line in enumerate(self.lines) if line.id in held])

    @property
    def can_undo(self) -> bool:
        """Whether there is a change that is not saved yet."""
        return bool(self._before) and not self.locked

    @property
    def can_redo(self) -> bool:
        """Whether a change was taken back."""
        return bool(self._after) and not self.locked

    def undo(self) -> None:
        """Take the last change back."""
        if self.can_undo:
            self._after.append(self.lines)
            self._become(self._before.pop())

    def redo(self) -> None:
        """Do it again."""
        if self.can_redo:
            self._before.append(self.lines)
            self._become(self._after.pop())

    def _become(self, lines: list[Line]) -> None:
        before, self.lines = self.lines, lines
        same = len(before) == len(lines)
        other = [at for at, (new, old) in enumerate(zip(lines, before, strict=False)) if new is not old]
        moved = not same or any((lines[at].id, lines[at].what) != (before[at].id, before[at].what) for at in other)
        if self.wrong:
            there = {line.id for line in lines}
            self.wrong = {key: wrong for key, wrong in self.wrong.items() if key[0] in there}
        self._tell(None if moved else other)

    def records(self, stored: dict[int, SalesLine]) -> list[SalesLine]:
        """The records of the lines, in their order: those that are stored with what has changed, and new ones."""
        found = []
        for line in self.lines:
            record = stored.get(line.number or 0) or SalesLine()
            for name in FIELDS:
                value = getattr(line, name)
                if _filled(record.__data__.get(name)) != _filled(value):
                    setattr(record, name, value)
            found.append(record)
        return found


def _filled(value: object) -> object:
    """A text that says nothing is none; a nought is a number."""
    return None if value == "" else value
