"""A whole copy of the office's file, made while people work in it."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.store.copies import copy_whole, open_to_read, said_of, settle_folder, unfinished, verify
from channergy_crm.store.restoring import restore as restore

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.store.copies import Progress
    from channergy_crm.store.database import Office


def backup(office: Office, target: Path, progress: Progress | None = None) -> None:
    """A whole, consistent copy of the office's file while people go on working in it; complete, or not there at all."""
    if not office.path:
        raise Mistake(_("This office is on PostgreSQL: back it up with pg_dump."))
    if target.exists() and target.samefile(office.path):
        raise Mistake(_("A backup cannot be written over the office's own file."))
    if target.is_dir():
        raise Mistake(_("{folder} is a folder. Name a file in it.").format(folder=target))
    office.database.look_for_it()
    with said_of(target), closing(open_to_read(office.path)) as source, unfinished(target) as part:
        copy_whole(source, part, progress)
        with closing(open_to_read(part)) as copy:
            verify(copy)
        part.replace(target)
        settle_folder(target.parent)
