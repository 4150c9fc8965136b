"""Asked by every unit of work before it writes: may this operator change these rows? `access` gives the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from channergy_crm.work.stored import Stored


def _nobody_asks(by: str, cls: type[Stored], verb: str, keys: Sequence[object]) -> None:
    """Where nobody has said who may do what, everything may be written."""


def _nothing_is_hidden(by: str, cls: type[Stored], key: object) -> Collection[str] | None:
    return ()


def _nobody_follows(given: Sequence[tuple[type[Stored], object, str]]) -> None:
    """Where nobody follows anything, what is given away is given away."""


hides: Callable[[str, type[Stored], object], Collection[str] | None] = _nothing_is_hidden
"""the fields of a record that this operator is not shown; None for a record that is not theirs to see at all"""
ask: Callable[[str, type[Stored], str, Sequence[object]], None] = _nobody_asks
"""raises `Refused` with the sentence why not"""
given: Callable[[Sequence[tuple[type[Stored], object, str]]], None] = _nobody_follows
"""told within a unit what was given to somebody else in it: the record type, the number, and whose it was before"""
