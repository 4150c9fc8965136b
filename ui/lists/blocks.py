"""The rows of a list as they are read from the store: a window of 256 at a time, the latest windows held."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.query.listing import Listing, ListQuery, Row

BLOCK = 256
BLOCKS_HELD = 64


class Blocks:
    """Qt asks for rows in the middle of painting: what goes wrong must not reach it, and is told once by `tell`."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell
        self._held: OrderedDict[int, list[Row | None]] = OrderedDict()
        self._is_lost = False

    def begin(self) -> None:
        """Another list: nothing of it is held, and it may be read."""
        self._held.clear()
        self._is_lost = False

    def row(self, number: int, listing: Listing, query: ListQuery) -> Row | None:
        """One row, read with its neighbours when it is not held yet; None when it is gone or cannot be read."""
        block = number // BLOCK
        rows = self._held.get(block)
        if rows is None:
            rows = self._read(block, listing, query)
        else:
            self._held.move_to_end(block)
        place = number - block * BLOCK
        return rows[place] if place < len(rows) else None

    def _read(self, block: int, listing: Listing, query: ListQuery) -> list[Row | None]:
        if self._is_lost:
            return []
        try:
            rows = self._held[block] = listing.rows(query, block * BLOCK, BLOCK)
        except CRMError as error:
            self.lose(error)
            return []
        if len(self._held) > BLOCKS_HELD:
            self._held.popitem(last=False)
        return rows

    def lose(self, error: CRMError) -> None:
        """The list cannot be read any more."""
        if not self._is_lost:
            self._is_lost = True
            self._tell(error.message)

    def put(self, number: int, row: Row) -> None:
        """What a row shows now, if it is held."""
        if (block := self._held.get(number // BLOCK)) is not None:
            block[number % BLOCK] = row
