"""What somebody looks at in a list stays where it is when the list is read again, whoever has put rows above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ui.lists.grid import Grid
    from ui.lists.table_model import RecordModel


class Look(NamedTuple):
    """The row that stays where it is, by its record, how far from the top it stands, and whether the cursor is seen."""

    key: object
    below: int
    cursor: bool


def look_at(grid: Grid, model: RecordModel) -> Look:
    """What is seen now: the cursor, or else the first row; who looks at the beginning goes on looking at that."""
    top, row = grid.verticalScrollBar().value(), grid.currentIndex().row()
    cursor = row >= 0 and _seen(grid)
    if top == 0 or not model.rowCount():
        return Look(None, 0, cursor)
    first = max(model.parts.nearest(top), 0)  # not the head of a section
    return Look(model.key(row), row - top, cursor=True) if cursor else Look(model.key(first), first - top, cursor=False)


def look_again(grid: Grid, model: RecordModel, look: Look) -> None:
    """See the same rows in the same place, and the cursor if it was seen before."""
    place = model.number_of(look.key) if look.key is not None else -1
    grid.verticalScrollBar().setValue(place - look.below if place >= 0 else 0)
    if look.cursor and not _seen(grid):
        grid.scrollTo(grid.currentIndex())


def _seen(grid: Grid) -> bool:
    """Whether the cursor is seen, be it in part: then nothing moves for it."""
    return grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))
