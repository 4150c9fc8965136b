"""A file that is there whole or not at all, and only with the signs a document can hold."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNHELD = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def readable(text: str) -> str:
    """A text without the signs no document can hold."""
    return _UNHELD.sub("", text)


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Where to write meanwhile; it takes the place of the file when all of it is written."""
    part = path.with_name(f"{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        said = _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror or error)
        raise Surroundings(said) from error
    finally:
        part.unlink(missing_ok=True)
