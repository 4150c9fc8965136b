"""A whole copy of the office as a file, made while people work in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from channergy_crm.clock import now
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.settings import home
from channergy_crm.store import mover, tables
from channergy_crm.store.addresses import url_of
from channergy_crm.store.copies import copy_whole, open_to_read, said_of, settle_folder, unfinished, verify
from channergy_crm.store.restoring import restore as restore

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from channergy_crm.store.copies import Progress
    from channergy_crm.store.database import Office


def backup(office: Office, target: Path, progress: Progress | None = None) -> dict[str, int]:
    """A whole, consistent copy of the office in a file while people go on working in it; complete, or not there at all.

    It is opened, checked and counted before it gets its name; the rows of each of its tables. The copy of an office on
    a server is an ordinary office in a file.
    """
    if target.is_dir():
        raise Mistake(_("{folder} is a folder. Name a file in it.").format(folder=target))
    if office.path:
        return _of_file(office, office.path, target, progress)
    with said_of(target), unfinished(target) as part:
        part.unlink()  # the mover makes a new one
        moved = mover.move(
            office.address(), url_of(part), lambda done, total, text: progress(done, total) if progress else None
        )
        with closing(open_to_read(part)) as copy:
            verify(copy)
        part.replace(target)
        settle_folder(target.parent)
    return {table.table: table.rows for table in moved}


def _of_file(office: Office, path: Path, target: Path, progress: Progress | None) -> dict[str, int]:
    if target.exists() and target.samefile(path):
        raise Mistake(_("A backup cannot be written over the office's own file."))
    office.database.look_for_it()
    with said_of(target), closing(open_to_read(path)) as source, unfinished(target) as part:
        copy_whole(source, part, progress)
        with closing(open_to_read(part)) as copy:
            verify(copy)
            held = counted(copy)
            if held != counted(source):
                raise Surroundings(_("The copy does not hold what the office holds. Check the disk and try again."))
        part.replace(target)
        settle_folder(target.parent)
    return held


def before_update(office: Office) -> Path:
    """A copy of the office as it is, before another version of the program changes its tables; where it lies."""
    name = f"{office.path.stem if office.path else 'office'} before update {now():%Y-%m-%d %H%M%S}.db"  # unsaid: a file
    target = office.path.with_name(name) if office.path else home() / "backups" / name
    backup(office, target)
    return target


def counted(file: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table of a file has."""
    asked = {name: f"SELECT count(*) FROM {tables.quoted(name)}" for name in tables.of_file(file)}  # noqa: S608
    return {name: int(file.execute(count).fetchone()[0]) for name, count in asked.items()}  # sql: its own tables
