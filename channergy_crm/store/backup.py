"""A whole copy of the office's file, made while people work, and putting such a copy back."""

from __future__ import annotations

import sqlite3
import urllib.parse
from typing import TYPE_CHECKING

from channergy_crm.clock import now
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.store.database import APPLICATION_ID, Office, sqlite_path
from channergy_crm.store.reader import BUSY_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def backup(office: Office, target: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """A whole, consistent copy of the office's file while people go on working in it."""
    if not office.path:
        raise Mistake(_("This office is on PostgreSQL: back it up with pg_dump."))
    if target.exists() and target.samefile(office.path):
        raise Mistake(_("A backup cannot be written over the office's own file."))
    draft = target.with_name(target.name + ".part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = sqlite3.connect(draft)
        try:
            report = (lambda status, left, total: progress(total - left, total)) if progress else None
            office.database.connection().backup(copy, pages=2000, progress=report)
            copy.execute("PRAGMA journal_mode = delete")
            verify(copy)
        finally:
            copy.close()
        draft.replace(target)
    except (OSError, sqlite3.Error) as error:
        draft.unlink(missing_ok=True)
        raise Surroundings(
            _("The backup could not be written to {target}: {error}").format(target=target, error=error)
        ) from error


def verify(copy: sqlite3.Connection) -> None:
    """Refuse a file that is not an office of ours, or is damaged."""
    try:
        mark = copy.execute("PRAGMA application_id").fetchone()[0]
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        raise Mistake(_("That file is not a backup of an office.")) from error
    if mark != APPLICATION_ID:
        raise Mistake(_("That file is not a backup of an office."))
    if sound != "ok":
        raise Mistake(_("That backup is damaged; choose another one."))


def restore(source: Path, url: str) -> Path | None:
    """Put a backup in the place of the office's file. What was there is kept beside it and its path returned."""
    path = sqlite_path(url)
    if not path:
        raise Mistake(_("This office is on PostgreSQL: restore it with pg_restore."))
    if not source.is_file():
        raise Mistake(_("There is no file {source}.").format(source=source))
    if path.exists() and path.samefile(source):
        raise Mistake(_("The backup and the office's file are the same file."))
    copy = sqlite3.connect(f"file:{urllib.parse.quote(str(source))}?mode=ro", uri=True)
    try:
        verify(copy)
        return _replace(path, copy)
    finally:
        copy.close()


def _replace(path: Path, copy: sqlite3.Connection) -> Path | None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = None
    if path.exists():
        name = f"{path.stem} before restore {now():%Y-%m-%d %H%M%S}{path.suffix}"  # unsaid: the name of a file
        kept = path.with_name(name)
        old = sqlite3.connect(path)
        aside = sqlite3.connect(kept)
        try:
            old.backup(aside)
        finally:
            aside.close()
            old.close()
    office = sqlite3.connect(path, timeout=BUSY_SECONDS)
    try:
        copy.backup(office)
    finally:
        office.close()
    return kept
