"""Where the blocks of an operator's Home stand: moved, put on and taken off in one step each (VT-15, VT-55, VT-62)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import work
from channergy_crm.records import HomeBlock, ListView
from channergy_crm.services import rights, watched_views
from channergy_crm.services.home import blocks
from channergy_crm.services.home.blocks import COLUMNS, VIEW

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

METRIC = "metric"
"""a saved view that is counted; its row says in which place"""
ROWS = 8
"""rows a block shows at most"""


class Placed(NamedTuple):
    """A block where it stands: its name, the view it shows if it shows one, column and place from 0."""

    name: str
    view: int | None
    column: int

    @property
    def key(self) -> str:
        """By what it is told from the others, as in the name of its widget."""
        return key_of(self.name, self.view)


def key_of(name: str, view: int | None) -> str:
    """The key of a block: its name; of one that shows a view with the number of the view."""
    return f"{name}_{view}" if view is not None else name


def placed(by: str, more: Collection[str] = ()) -> list[Placed]:
    """The blocks of this operator's Home by column, in their order. `more` are those areas have brought: they stand
    there, as all usual ones, until somebody takes them off.
    """
    rights.require(by, "see", HomeBlock)
    held, known = _held(by), _known(by, more)
    found = [
        (row.column or 0, row.place or 0, Placed(row.name, row.view, row.column or 0))
        for key, row in held.items() if row.rows and key in known
    ]  # fmt: skip
    behind = 1 + max((place for _column, place, _each in found), default=0)
    usual = [key for key in _usual(more) if key in known and key not in held]
    found += [(column, behind + at, Placed(key, None, column))
              for at, key in enumerate(usual) if (column := _column_of(key)) is not None]  # fmt: skip
    return [each for _column, _place, each in sorted(found, key=lambda one: one[:2])]


def offered(by: str, more: Collection[str] = ()) -> list[tuple[str, str]]:
    """Every block that may stand there, by key, with its title: those of the program, of areas, and saved views."""
    rights.require(by, "see", HomeBlock)
    named = [(kind.name, kind.title) for kind in blocks.offered(by)]
    return [*named, *((each, "") for each in more), *((key_of(VIEW, view.number), view.name) for view in views(by))]


def views(by: str) -> list[ListView]:
    """The saved views this operator may use of records their role shows them, list by list."""
    rights.require(by, "see", ListView)
    usable = (ListView.owner == by) | ListView.shared
    shown = [screen for screen, (record, _mine) in watched_views.LISTS.items() if not rights.may(by, "see", record)]
    found = ListView.select().where(usable & ListView.screen.in_(shown))
    return sorted(found, key=lambda view: (shown.index(view.screen), view.place is None, view.place or 0, view.name))


def arrange(columns: Sequence[Sequence[str]], by: str, more: Collection[str] = ()) -> None:
    """Have these blocks, by key, column by column, and no others; one step, and Undo brings the former back."""
    rights.require(by, "edit", HomeBlock)
    wanted = {key: (column, place) for column, keys in enumerate(columns) for place, key in enumerate(keys)}
    held, known = _held(by), _known(by, more)
    stood = {each.key: (each.column, at) for each, at in _with_places(placed(by, more))}
    off = {key for key in (*held, *_usual(more)) if key not in wanted and (key in held or key in known)}
    with work.unit("Arrange Home", by=by):
        for key, (column, place) in wanted.items():
            _put(held.get(key) or _made(key, by), column, place, ROWS)
        for key in sorted(off):
            row = held.get(key) or _made(key, by)
            column, place = stood.get(key) or (row.column or 0, row.place or 0)
            _put(row, column, place, 0)


def put_on(key: str, by: str, more: Collection[str] = ()) -> None:
    """Have one more block: where it stood before, else at the end of the shortest column."""
    rights.require(by, "edit", HomeBlock)
    columns, held = columns_of(placed(by, more)), _held(by).get(key)
    if any(key in column for column in columns):
        return
    shortest = min(range(COLUMNS), key=lambda at: len(columns[at]))
    at = min(held.column or 0, COLUMNS - 1) if held is not None else shortest
    columns[at].insert(held.place or 0 if held is not None else len(columns[at]), key)
    arrange(columns, by, more)


def take_off(key: str, by: str, more: Collection[str] = ()) -> None:
    """Have one block less; it comes back to where it stood."""
    rights.require(by, "edit", HomeBlock)
    arrange([[each for each in column if each != key] for column in columns_of(placed(by, more))], by, more)


def choose(keys: Sequence[str], by: str, more: Collection[str] = ()) -> None:
    """Have these blocks, by key: those that stand there stay where they are, the others come as `put_on` puts them."""
    rights.require(by, "edit", HomeBlock)
    columns, held = columns_of(placed(by, more)), _held(by)
    there = {key for column in columns for key in column}
    if there == set(keys):
        return
    columns = [[key for key in column if key in keys] for column in columns]
    for key in (each for each in keys if each not in there):
        row = held.get(key)
        at = row.column or 0 if row is not None else _column_of(key)
        shortest = min(range(COLUMNS), key=lambda column: len(columns[column]))
        columns[min(at, COLUMNS - 1) if at is not None else shortest].append(key)
    arrange(columns, by, more)


def _with_places(placed: Sequence[Placed]) -> Iterator[tuple[Placed, int]]:
    """Each with its place in its column."""
    count = Counter[int]()
    for each in placed:
        yield each, count[each.column]
        count[each.column] += 1


def columns_of(placed: Sequence[Placed]) -> list[list[str]]:
    """The keys of blocks, column by column."""
    return [[each.key for each in placed if min(each.column, COLUMNS - 1) == column] for column in range(COLUMNS)]


def metrics_chosen(by: str) -> list[int]:
    """The views that are counted, by number and in their order; none while nobody has chosen."""
    rights.require(by, "see", HomeBlock)
    rows = HomeBlock.select().where((HomeBlock.operator == by) & (HomeBlock.name == METRIC))
    return [row.view for row in sorted(rows, key=lambda row: row.place or 0) if row.view is not None]


def choose_metrics(views: Sequence[int], by: str) -> None:
    """Count these views, in this order; none means every view (VT-21)."""
    rights.require(by, "edit", HomeBlock)
    theirs = (HomeBlock.operator == by) & (HomeBlock.name == METRIC)
    held: dict[int | None, HomeBlock] = {row.view: row for row in HomeBlock.select().where(theirs)}
    with work.unit("Choose the key metrics", by=by):
        for place, view in enumerate(views):
            _put(held.pop(view) if view in held else HomeBlock(operator=by, name=METRIC, view=view), 0, place, ROWS)
        for row in held.values():
            row.delete_instance()


def _held(by: str) -> dict[str, HomeBlock]:
    rows = HomeBlock.select().where((HomeBlock.operator == by) & (HomeBlock.name != METRIC)).order_by(HomeBlock.number)
    return {key_of(row.name, row.view): row for row in rows}


def _known(by: str, more: Collection[str]) -> set[str]:
    return {key for key, _title in offered(by, more)}


def _usual(more: Collection[str]) -> list[str]:
    return [*(kind.name for kind in blocks.KINDS if kind.column is not None), *more]


def _column_of(key: str) -> int | None:
    kind = blocks.BLOCKS.get(key)
    return kind.column if kind is not None else COLUMNS - 1 if not key.startswith(f"{VIEW}_") else None


def _made(key: str, by: str) -> HomeBlock:
    name, _line, number = key.rpartition("_")
    return HomeBlock(operator=by, name=VIEW, view=int(number)) if name == VIEW else HomeBlock(operator=by, name=key)


def _put(row: HomeBlock, column: int, place: int, rows: int) -> None:
    if row.is_new or (row.column, row.place, row.rows) != (column, place, rows):
        row.column, row.place, row.rows = column, place, rows
        row.save()
