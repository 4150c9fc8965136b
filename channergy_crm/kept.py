"""Small files in this user's folder: written whole or not at all, and held by one program at a time."""

from __future__ import annotations

import errno
import itertools
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HELD_ALREADY = {
    errno.EWOULDBLOCK,
    errno.EAGAIN,
    errno.EACCES,
    errno.EDEADLK,
    getattr(errno, "EDEADLOCK", errno.EDEADLK),
}
FAR = 1 << 20  # Windows lets nobody read the byte that is locked
MOMENT = 0.005
TRIES = 100  # on Windows a file somebody reads just now cannot be replaced

_numbers = itertools.count(1)


def write_whole(path: Path, text: str, newline: str | None = None) -> None:
    """Put a text in the place of what the file held; whoever reads meanwhile reads the one or the other.

    Its lines end as on this system, or as they do in the text where `newline` is "".
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part, handle = _new_part(path)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline=newline) as file:
            file.write(text)
        _replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _new_part(path: Path) -> tuple[Path, int]:
    """A file nobody else writes into: two programs of one user are at work in one folder."""
    while True:
        part = path.with_name(f".{path.name}.{os.getpid()}-{next(_numbers)}.part")
        with suppress(FileExistsError):
            return part, os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)


def _replace(part: Path, path: Path) -> None:
    for left in reversed(range(TRIES)):
        try:
            part.replace(path)
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(MOMENT)
        else:
            return


class Hold:
    """A file that says that somebody is at work; the system lets go of it when that program ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle: int | None = None

    def take(self) -> bool:
        """Hold the file from now on; False when another window or program holds it. Raises OSError as files do.

        On a network drive that knows no such thing it is taken for held, by everybody.
        """
        handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            if error.errno in HELD_ALREADY:
                os.close(handle)
                return False
        self._handle = handle
        return True

    def let_go(self) -> None:
        """Hold it no longer."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


@contextmanager
def held(path: Path, seconds: float) -> Iterator[bool]:
    """One after the other: wait so long at most for whoever is before us, and tell whether it is our turn."""
    hold, ends = Hold(path), time.monotonic() + seconds
    while (waits := not hold.take()) and time.monotonic() < ends:
        time.sleep(MOMENT)
    try:
        yield not waits
    finally:
        hold.let_go()


def _lock(handle: int) -> None:
    if os.name == "nt":
        import msvcrt

        os.lseek(handle, FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        import fcntl

        fcntl.flock(
            handle, fcntl.LOCK_EX | fcntl.LOCK_NB
        )  # of this opened file, not of the process: two windows differ
