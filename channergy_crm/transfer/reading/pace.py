"""How far the reading of a file is, told to whoever waits for it and may stop it (F-38)."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeVar

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
WORTH_SAYING = 1_000_000
_heard: ContextVar[Callable[[int], object] | None] = ContextVar("heard", default=None)


class _Stop(BaseException):
    """Whoever waits wants no more: nothing on the way takes it for a damaged file."""


def watched(work: Callable[[], T], step: Callable[[int, int, str], object]) -> T:
    """Look at a file: `step` is told how much of it has been read, of how much nobody knows; it may raise to stop.

    Files are read in many places and several times over before it is known what they are, all in the thread of whoever
    waits, so `step` is not handed through all of them.
    """
    read = 0

    def count(more: int) -> None:
        nonlocal read
        read += more
        step(0, 0, _("{size:,.1f} MB read").format(size=read / 1_000_000) if read > WORTH_SAYING else "")

    token = _heard.set(count)
    try:
        return work()
    except _Stop as stop:
        raise stop.args[0] from None
    finally:
        _heard.reset(token)


def tell(more: int) -> None:
    """So much more has been read."""
    count = _heard.get()
    if count is None:
        return
    try:
        count(more)
    except Exception as error:
        raise _Stop(error) from error
