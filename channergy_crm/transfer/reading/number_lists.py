"""Lists of phone numbers as those give them out who keep them: one a line, or a table with a number in some column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from channergy_crm.transfer.reading.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NOTHING_ELSE = re.compile(rb"[0-9+() ./\r\n-]*")
LARGEST = 200_000_000
"""bytes of a list that is looked at as a whole"""


def lines(path: Path) -> Iterator[list[str]]:
    """The cells of every line, the first one too: a list may have no titles. `Mistake` when it is no table at all."""
    if (plain := _plain(path)) is not None:
        yield from ([line] for line in plain.split("\n"))
        return
    source = open_source(path)
    yield list(source.header)
    for row in source.rows():
        yield list(row.values)


def _plain(path: Path) -> str | None:
    """The text of a list that holds nothing but numbers, one a line; None where more stands in it."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        held = path.read_bytes()
    except FileNotFoundError:
        return None  # said in a sentence by who opens it
    except OSError as error:
        if path.is_dir():
            return None
        raise Surroundings(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from error
    return held.decode("ascii").replace("\r", "") if held.strip() and _NOTHING_ELSE.fullmatch(held) else None
