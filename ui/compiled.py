"""PySide carries modules of Python inside its library, as text, and compiles them anew whenever a program starts.

With the patterns they look for that is a third of the time of a bare window. Both are compiled once and kept beside
our own bytecode, for as long as Python and the text stay what they are.
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

    Kept = dict[tuple[object, ...], Any]

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
    with _modules(held, used), _patterns(held, used):
        yield
    if path and used.keys() - held.keys() and not sys.dont_write_bytecode:
        _write(path, used)


@contextmanager
def _modules(held: Kept, used: Kept) -> Iterator[None]:
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


@contextmanager
def _patterns(held: Kept, used: Kept) -> Iterator[None]:
    """The few that take long; where Python makes patterns in another way than it did, they are made as ever."""
    try:
        from re import _compiler, _parser  # type: ignore[attr-defined]  # known to Python alone
    except ImportError:
        yield
        return
    engine, compiled = _compiler._sre, _compiler.compile

    def compile_once(written: Any, flags: Any = 0) -> Any:
        if not isinstance(written, str) or len(written) < LONG:
            return compiled(written, flags)
        text = "pattern", written, int(flags)
        with suppress(AttributeError, TypeError, ValueError, RuntimeError):
            used[text] = made = held.get(text) or _made(_compiler, _parser, written, int(flags))
            return engine.compile(*made)
        return compiled(written, flags)

    _compiler.compile = compile_once
    try:
        yield
    finally:
        _compiler.compile = compiled


LONG = 60
"""letters of a pattern that is kept"""


def _made(compiler: Any, parser: Any, written: str, flags: int) -> tuple[object, ...]:
    """What the engine that looks for a pattern is given."""
    parsed = parser.parse(written, flags)
    names: list[str | None] = [None] * parsed.state.groups
    for name, place in parsed.state.groupdict.items():
        names[place] = name
    flags |= int(parsed.state.flags)
    code = [int(each) for each in compiler._code(parsed, flags)]
    return written, flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict), tuple(names)


def _read(path: Path) -> Kept:
    with suppress(OSError, ValueError, EOFError, TypeError):
        python, held = marshal.loads(path.read_bytes())  # noqa: S302  as near to us as our own bytecode
        if python == sys.hexversion:
            return dict(held)
    return {}


def _write(path: Path, used: Kept) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError, ValueError):  # Python keeps no bytecode there either
        part.write_bytes(marshal.dumps((sys.hexversion, used)))
        part.replace(path)
