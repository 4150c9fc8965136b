"""Copies of an office's file: what makes one whole and ours, and how it gets its name only when it is complete."""

from __future__ import annotations

import errno
import itertools
import os
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.store.addresses import read_only
from channergy_crm.store.database import APPLICATION_ID, known_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Progress = Callable[[int, int], object]

PAGES = 2_000
PATIENCE_SECONDS = 5
BETWEEN_TRIES = 0.01
LEFT_BEHIND_SECONDS = 3_600


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that reads the file as it is this moment, whatever others write into it afterwards."""
    connection = sqlite3.connect(read_only(path), uri=True, timeout=PATIENCE_SECONDS, isolation_level=None)
    try:
        _hold(connection)
    except sqlite3.OperationalError:  # on a disk that may only be read SQLite cannot make what it needs beside the file
        connection.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        connection = sqlite3.connect(read_only(path, frozen=True), uri=True, isolation_level=None)
    return connection


def _hold(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.DatabaseError):  # what is no database is found out by whoever looks into it
        connection.execute("BEGIN")
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            connection.execute("ROLLBACK")


def copy_whole(source: sqlite3.Connection, part: Path, progress: Progress | None) -> None:
    """All of a database into a new file that stands by itself and is on the disk when this returns."""
    waiting = Waiting()

    def step(status: int, left: int, total: int) -> None:
        waiting.heard(status)
        if progress:
            progress(total - left, total)

    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.backup(copy, pages=PAGES, progress=step, sleep=BETWEEN_TRIES)
        copy.execute("PRAGMA journal_mode = delete")
    settle_file(part)


class Waiting:
    """Somebody else is writing: wait a little, never for long."""

    def __init__(self) -> None:
        self._since: float | None = None

    def heard(self, status: int) -> bool:
        """Whether a step of copying was held up by somebody; raises `Surroundings` when that takes too long."""
        if status not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            self._since = None
            return False
        self._since = self._since or time.monotonic()
        if time.monotonic() - self._since > PATIENCE_SECONDS:
            raise Surroundings(_("Somebody is writing into the office all the time. Nothing was changed; try again."))
        return True


def verify(copy: sqlite3.Connection) -> None:
    """Refuse a file that is not an office of ours, or is damaged."""
    try:
        mark = copy.execute("PRAGMA application_id").fetchone()[0]
        ours = mark == APPLICATION_ID and copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_migration'")
        if not ours or not ours.fetchone():
            raise Mistake(_("That file is not a backup of an office."))
    except sqlite3.DatabaseError as error:
        raise Mistake(_("That file is not a backup of an office.")) from error
    if not is_sound(copy):
        raise Mistake(_("That backup is damaged; choose another one."))


def is_sound(file: sqlite3.Connection) -> bool:
    """Whether all of a file can be read and fits together."""
    try:
        return bool(file.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


def refuse_newer(copy: sqlite3.Connection) -> None:
    """Refuse the backup of a newer version of the program: nothing here could open it."""
    steps = {row[0] for row in copy.execute("SELECT name FROM schema_migration")}
    if not steps <= known_steps():
        raise Mistake(_("That backup was made by a newer version of the program. Update this workstation first."))


# ---------------------------------------------------------------- files that are whole, or not there


@contextmanager
def unfinished(target: Path) -> Iterator[Path]:
    """A new file of nobody else's beside `target`, to be moved into its place; gone if it is not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = _new_part(target)
    try:
        yield part
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def _new_part(target: Path) -> Path:
    for number in itertools.count(1):
        part = target.with_name(f"{target.name}.part" if number == 1 else f"{target.name}.{number}.part")
        with suppress(FileNotFoundError):
            if part.is_file() and time.time() - part.stat().st_mtime > LEFT_BEHIND_SECONDS:
                part.unlink()  # of a program that was ended in the middle
        try:
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            if part.is_dir():
                raise
            continue
        return part
    raise AssertionError  # there is always another number


def settle_file(path: Path) -> None:
    """What was written into a file is on the disk when this returns."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def settle_folder(folder: Path) -> None:
    """So is the name a file was given."""
    if os.name == "nt":
        return
    place = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network drives cannot
            os.fsync(place)
    finally:
        os.close(place)


@contextmanager
def said_of(target: Path) -> Iterator[None]:
    """What the disk or somebody else refuses, in a sentence about this file."""
    try:
        yield
    except CRMError:
        raise
    except (OSError, sqlite3.Error) as error:
        number, said = getattr(error, "errno", None), str(error)
        if number in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in said:
            sentence = _("The disk is full. {file} was not written; make room and try again.")
        elif number in (errno.EACCES, errno.EPERM, errno.EROFS) or "readonly" in said:
            sentence = _("{file} may not be written. Choose another place, or check its permissions.")
        elif "locked" in said or "busy" in said:
            sentence = _("Another program is using {file}. Nothing was changed; try again in a moment.")
        else:
            reason = (error.strerror if isinstance(error, OSError) else None) or said
            sentence = _("{file} could not be written: {reason}.").format(file="{file}", reason=reason)
        raise Surroundings(sentence.format(file=target)) from error
