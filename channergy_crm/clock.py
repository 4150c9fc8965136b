"""The office's wall clock. Everything that asks for the time asks here, so that a test can hold it still."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_held: datetime | None = None


def now() -> datetime:
    """The wall clock of the office, to the second, without a zone: what hangs on its wall."""
    return _held or datetime.now().replace(microsecond=0)


def today() -> date:
    """The day on the office's calendar."""
    return now().date()


@contextmanager
def fixed(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` inside the block."""
    global _held
    before, _held = _held, moment
    try:
        yield
    finally:
        _held = before
