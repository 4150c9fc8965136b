"""Reads and lets go of a hundred thousand values at once, beside a window that must go on answering."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableSequence

A_FEW = 200


@contextmanager
def uncollected() -> Iterator[None]:
    """Nobody looks for lost circles among a million values that are all needed: it would hold up every thread.

    Nor afterwards among those that are left: they go as soon as nobody needs them. What failed may hold itself in a
    circle, with all it had read.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if on:
            gc.enable()


def let_go(*many: MutableSequence[Any]) -> None:
    """Empty long lists, a few values at a time: given back all at once, Python would do nothing else meanwhile."""
    for values in many:
        while values:
            del values[-A_FEW:]
