"""Private copies of documents, for the programs of the system to look at: for their owner alone, gone at the end."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from channergy_crm.kept import Hold
from channergy_crm.settings import home
from channergy_crm.text.file_names import cleaned

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Document
    from ui.session.background import Progress

HELD = ".held"
"""the file that says that a program is at work there"""


class PrivateCopies:
    """A folder of this window, which nobody else reads. What a program that was ended left behind goes too."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._hold: Hold | None = None
        self._numbers = itertools.count(1)

    def copy(self, document: Document, by: str, progress: Progress) -> Path:
        """A copy of a document under its own name, which only its owner may read and nothing runs."""
        from channergy_crm.services import documents

        folder = self._begun() / str(next(self._numbers))
        folder.mkdir(mode=0o700)
        name = cleaned(document.name or "") or str(document.number)
        return documents.save_as(int(document.number), folder / name, by, progress.step)

    def put(self, name: str, data: bytes) -> Path:
        """A file with these bytes, for their owner alone."""
        folder = self._begun() / str(next(self._numbers))
        folder.mkdir(mode=0o700)
        path = folder / (cleaned(name) or "file")
        path.touch(mode=0o600)
        path.write_bytes(data)
        return path

    def clear(self) -> None:
        """All copies go."""
        atexit.unregister(self.clear)
        if self._hold is not None:
            self._hold.let_go()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = self._hold = None

    def _begun(self) -> Path:
        if self._folder is None:
            room = home() / "opened"
            room.mkdir(parents=True, exist_ok=True, mode=0o700)
            _sweep(room)
            number = next(n for n in itertools.count(1) if _made(room / f"{os.getpid()}-{n}"))
            self._folder = room / f"{os.getpid()}-{number}"
            self._hold = Hold(self._folder / HELD)
            self._hold.take()
            atexit.register(self.clear)
        return self._folder


def _made(folder: Path) -> bool:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
        return True
    return False


def _sweep(room: Path) -> None:
    """The folders nobody is at work in any more."""
    for folder in room.iterdir():
        with suppress(OSError):
            hold = Hold(folder / HELD)
            if hold.take():
                hold.let_go()
                shutil.rmtree(folder, ignore_errors=True)
