"""Putting a backup in the place of the office's file, while others may be at work in it.

What was there is kept beside it. From the moment it is copied aside until the backup has taken its place nobody else
can write: whatever anybody saved is in one of the two files. The backup comes in as one transaction, so that a restore
that is ended half-way has changed nothing, and the other windows see either the old office or the new one.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import TYPE_CHECKING

from channergy_crm.clock import now
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.settings import home
from channergy_crm.store import copies, erasures, mover, put_back
from channergy_crm.store.addresses import existing, sqlite_path, url_of
from channergy_crm.store.database import APPLICATION_ID, SIGNS, holds_office
from channergy_crm.store.network import network_file_system

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Progress = Callable[[int, int, str], object]

AT_ONCE = 500
"""pages that are copied between two looks at who waits"""
BESIDE = ("-wal", "-shm", "-journal")
"""what SQLite keeps beside its file"""


def restore(source: Path, url: str, progress: Progress | None = None) -> Path | None:
    """Put a backup in the place of the office's file. What was there is kept beside it and its path returned.

    Who was anonymised since the backup was made is noted in it, to be anonymised again when it is opened next; so is
    that it was put back (`put_back`).
    The backup is looked through before anything is touched. `progress` is told how far it is; what it raises ends the
    restore with the office as it was.
    """
    kept = _restore(source, url, progress)
    erasures.carry(kept, url)
    put_back.note(url)
    return kept


def _restore(source: Path, url: str, progress: Progress | None) -> Path | None:
    path = sqlite_path(url)
    if not source.is_file():
        raise Mistake(_("There is no file {source}.").format(source=source))
    if not path:
        return _restore_server(source, url, progress)
    if path.exists() and path.samefile(source):
        raise Mistake(_("The backup and the office's file are the same file."))
    if path.is_dir():
        raise Mistake(_("{folder} is a folder. Name a file in it.").format(folder=path))
    tell: Progress = progress or (lambda done, total, text: None)
    with _opened(source) as copy, copies.said_of(path):
        if not path.exists() or not path.stat().st_size:
            _put_new(path, copy, tell)
            return None
        if _is_ruined(path):
            return _put_for_ruin(path, copy, tell)
        with _Office(path, tell) as office:
            return office.put(copy)


def _restore_server(source: Path, url: str, progress: Progress | None) -> Path | None:
    """The office on a server becomes what the file holds; what was there until now is kept as a file of this user's.

    From the moment that is written until the backup has taken its place nobody else can write.
    """
    with _opened(source):
        pass
    kept = _kept_name(home() / "backups" / "office.db")
    there: list[Path] = []

    def keep() -> None:
        if holds_office(url):
            mover.move(url, url_of(kept), progress)
            there.append(kept)

    mover.move(url_of(source), url, progress, instead=keep)
    return there[0] if there else None


@contextmanager
def _opened(source: Path) -> Iterator[sqlite3.Connection]:
    """The backup, whole, ours and none of a newer program; what others do to its file meanwhile is not seen."""
    try:
        copy = copies.open_to_read(source)
    except sqlite3.Error as error:
        raise Mistake(_("That file is not a backup of an office.")) from error
    with closing(copy):
        copies.verify(copy)
        copies.refuse_newer(copy)
        yield copy


def _is_ruined(path: Path) -> bool:
    """Whether SQLite can make nothing of the file; one that is another program's is left alone."""
    with closing(sqlite3.connect(existing(path), uri=True, timeout=copies.PATIENCE_SECONDS)) as file:
        try:
            mark = file.execute("PRAGMA application_id").fetchone()[0]
            holds = {name for (name,) in file.execute("SELECT name FROM sqlite_master")}
        except sqlite3.OperationalError:
            raise
        except (sqlite3.DatabaseError, UnicodeDecodeError):  # not even what SQLite complains of can be read
            return True
    if holds and mark != APPLICATION_ID:
        if holds >= SIGNS:
            return True
        raise Mistake(_("{file} is the file of another program. Choose another file for the office.").format(file=path))
    return False


def _put_new(path: Path, copy: sqlite3.Connection, tell: Progress) -> None:
    with copies.unfinished(path) as part:
        copies.copy_whole(copy, part, lambda done, total: tell(done, total, _("Copying")))
        part.replace(path)
        copies.settle_folder(path.parent)


def _put_for_ruin(path: Path, copy: sqlite3.Connection, tell: Progress) -> Path:
    """Nobody can work in what is there: it is kept, byte by byte, with its log, and another file takes its name."""
    kept = _kept_name(path)
    for ending in ("-wal", ""):
        old = path.with_name(path.name + ending)
        if old.exists():
            with copies.unfinished(kept.with_name(kept.name + ending)) as part:
                shutil.copyfile(old, part)
                copies.settle_file(part)
                part.replace(kept.with_name(kept.name + ending))
    with copies.unfinished(path) as part:
        copies.copy_whole(copy, part, lambda done, total: tell(done, total, _("Copying")))
        for ending in BESIDE:  # the log of the old file would be taken for the new one's
            path.with_name(path.name + ending).unlink(missing_ok=True)
        part.replace(path)
    copies.settle_folder(path.parent)
    return kept


def _kept_name(path: Path) -> Path:
    """What the office until now will be called: nothing that is there already."""
    name = f"{path.stem} before restore {now():%Y-%m-%d %H%M%S}"  # unsaid: the name of a file
    kept, number = path.with_name(name + path.suffix), 2
    while kept.exists():
        kept, number = path.with_name(f"{name} ({number}){path.suffix}"), number + 1
    return kept


class _Office:
    """The file people work in, while a backup is put into it."""

    def __init__(self, path: Path, tell: Progress) -> None:
        self._path, self._tell = path, tell
        self._kept: Path | None = None
        self._waiting = copies.Waiting()
        self._held = ExitStack()
        self._version: object = None

    def __enter__(self) -> _Office:
        self._reading, self._writing = self._connected(), self._connected()
        self._has_log = self._writing.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        if not self._has_log and not network_file_system(self._path):
            with suppress(sqlite3.OperationalError):  # somebody is in it: it goes without
                self._has_log = self._writing.execute("PRAGMA journal_mode = wal").fetchone()[0] == "wal"
        return self

    def __exit__(self, *_error: object) -> None:
        self._writing.close()
        self._reading.close()
        self._held.close()

    def _connected(self) -> sqlite3.Connection:
        connection = sqlite3.connect(existing(self._path), uri=True, timeout=0, isolation_level=None)
        connection.execute("PRAGMA synchronous = full")
        return connection

    def put(self, copy: sqlite3.Connection) -> Path:
        """Keep aside what is there and put the backup in its place, as one transaction that nobody comes between."""
        sizes = {file.execute("PRAGMA page_size").fetchone()[0] for file in (copy, self._writing)}
        if len(sizes) > 1:
            raise Mistake(_("Another program has rearranged that backup; it cannot be put back so."))
        pages = copy.execute("PRAGMA page_count").fetchone()[0]
        try:
            # The first step must not be the last one: what is there is kept aside between the two.
            copy.backup(
                self._writing, pages=max(1, min(AT_ONCE, pages // 3)), progress=self._step, sleep=copies.BETWEEN_TRIES
            )
        except BaseException:
            self._forget()
            raise
        assert self._kept is not None  # noqa: S101  there was a first step
        return self._kept

    def _step(self, status: int, left: int, total: int) -> None:
        """A step was taken, or somebody else is writing. From the first step on nobody else can."""
        if self._waiting.heard(status):
            self._tell(0, total, _("Waiting until nobody writes"))
            return
        if self._kept is None:
            self._keep()
        if status != sqlite3.SQLITE_DONE:  # it is done: nothing may stop it any more
            self._tell(total - left, total, _("Copying"))

    def _keep(self) -> None:
        """The office as it is now, into a file of its own: complete under its name, or not there."""
        kept = _kept_name(self._path)
        self._clear_away()
        with copies.unfinished(kept) as part:
            if self._has_log:
                copies.copy_whole(
                    self._reading, part, lambda done, total: self._tell(done, total, _("Keeping what is there"))
                )
            else:
                self._copy_bytes(part)
            with closing(copies.open_to_read(part)) as aside:
                whole = copies.is_sound(aside) or not (self._has_log and copies.is_sound(self._reading))
            if not whole:
                raise Surroundings(_("What is there could not be kept whole. Nothing was changed; check the disk."))
            part.replace(kept)
            copies.settle_folder(kept.parent)
        self._kept = kept
        self._version = self._reading.execute("PRAGMA data_version").fetchone()[0] if self._has_log else None

    def _copy_bytes(self, part: Path) -> None:
        """Without a log the file itself is what was saved last, and nobody else may even read it now.

        To close a file a program has locked takes its locks away, so it stays open until the end.
        """
        file = self._held.enter_context(self._path.open("rb"))
        with part.open("wb") as aside:
            shutil.copyfileobj(file, aside)
        copies.settle_file(part)

    def _clear_away(self) -> None:
        """What restores left behind that were ended half-way: none of them is at work while nobody else can write."""
        left = f"{_plain(self._path.stem)} before restore *.part"  # unsaid: names of files
        for part in self._path.parent.glob(left):
            part.unlink(missing_ok=True)

    def _forget(self) -> None:
        """Nothing was changed: what was kept aside is nothing but the office itself, and takes up a full disk."""
        if self._kept is None or self._version is None:
            return
        with suppress(sqlite3.Error, OSError):
            if self._reading.execute("PRAGMA data_version").fetchone()[0] == self._version:
                self._kept.unlink()
                self._kept = None


def _plain(name: str) -> str:
    """A name in a pattern for names, meaning itself."""
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
