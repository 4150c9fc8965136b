"""PySide carries modules of Python inside its library, as text, and compiles them anew whenever a program starts.

That is a fifth of the time of a bare window. Here they are compiled once and kept beside our own bytecode, for as long
as Python and the text stay what they are.
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import CodeType

    Kept = dict[tuple[str, int, int], CodeType]

INSIDE = "shibokensupport/"
"""where PySide says that these modules lie"""


@contextmanager
def compiled_once(beside: str | None) -> Iterator[None]:
    """While PySide is imported, what it brings as text is taken as the last start has compiled it.

    `beside` is the bytecode of a module of ours; where Python keeps none nothing is kept.
    """
    path = Path(beside).with_name(Path(beside).name.replace("__init__", "pyside")) if beside else None
    held = _read(path) if path else {}
    used: Kept = {}
    compiled: Any = builtins.compile

    def compile_once(source: Any, filename: Any, *more: Any, **how: Any) -> Any:
        if not isinstance(source, bytes) or not str(filename).startswith(INSIDE):
            return compiled(source, filename, *more, **how)
        text = str(filename), len(source), zlib.crc32(source)
        used[text] = held.get(text) or compiled(source, filename, *more, **how)
        return used[text]

    builtins.compile = compile_once
    try:
        yield
    finally:
        builtins.compile = compiled
    if path and used.keys() - held.keys() and not sys.dont_write_bytecode:
        _write(path, used)


def _read(path: Path) -> Kept:
    with suppress(OSError, ValueError, EOFError, TypeError):
        python, held = marshal.loads(path.read_bytes())  # noqa: S302  as near to us as our own bytecode
        if python == sys.hexversion:
            return dict(held)
    return {}


def _write(path: Path, used: Kept) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):  # Python keeps no bytecode there either
        part.write_bytes(marshal.dumps((sys.hexversion, used)))
        part.replace(path)
