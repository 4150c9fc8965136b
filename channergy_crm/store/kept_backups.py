"""The backups that are kept in a folder: made, looked through, listed, and the oldest thrown away.

Beside each lies a small file that says what it holds, and beside a sealed one the key that a passphrase opens. Only
what this office has written is ever thrown away.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import __version__, kept
from channergy_crm.clock import now
from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.settings import home
from channergy_crm.store import copies, sealing
from channergy_crm.store.backup import backup, counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.store.copies import Progress
    from channergy_crm.store.database import Office
    from channergy_crm.store.sealing import Keys

PLAIN, SEALED = ".db", ".db.zst.age"
ABOUT, KEY = ".json", ".key"
WORKROOM = ".backup-"
LEFT_BEHIND_SECONDS = 3_600


class Backup(NamedTuple):
    """One backup: when it was made of which office by which version of the program, and what it holds."""

    path: Path
    office: str
    made: datetime
    version: str
    rows: dict[str, int]
    verified: datetime | None
    """when it was last found whole; None: it never was, or is damaged"""
    sum: str = ""
    """of all of its bytes: a letter that is another one now is no damage SQLite could see"""

    @property
    def is_sealed(self) -> bool:
        """Whether a passphrase is needed to open it."""
        return self.path.name.endswith(SEALED)

    @property
    def size(self) -> int:
        """In bytes; 0 when it is gone."""
        with suppress(OSError):
            return self.path.stat().st_size
        return 0

    @property
    def key(self) -> Path:
        """Where its key lies, if it is sealed."""
        return self.path.with_name(self.path.name + KEY)


def usual_folder(office: Office) -> Path:
    """Where backups go until somebody chooses another place: beside the office's file, or in this user's folder."""
    return (office.path.parent if office.path else home()) / "backups"


def make(
    office: Office, id: str, name: str, folder: Path, keys: Keys | None = None, progress: Progress | None = None
) -> Backup:  # fmt: skip
    """Write a backup and look it through; it is there under its name when it is whole, or not at all.

    `id` tells whose it is, `name` is what the office is called.
    """
    moment = now()
    target = _free(folder, f"{_plain(name)} {moment:%Y-%m-%d %H%M%S}", SEALED if keys else PLAIN)
    with copies.said_of(target):
        _make_folder(folder)
        if keys is None:
            rows = backup(office, target, progress)
        else:
            with workroom(office.path.parent if office.path else home()) as room:
                rows = backup(office, room / "office.db", progress)
                with copies.unfinished(target) as part:
                    sealing.seal(room / "office.db", part, keys.public)
                    _write_key(target, keys)
                    part.replace(target)
                    copies.settle_folder(folder)
        made = Backup(target, id, moment, __version__, rows, moment, _sum(target))
        _note(made)
    return made


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _make_folder(folder: Path) -> None:
    if folder.name == "backups":  # ours to make; another one that is gone may be a disk that is not there
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    elif not folder.is_dir():
        raise Surroundings(_("The folder for backups {folder} is not there.").format(folder=folder))


def _write_key(target: Path, keys: Keys) -> None:
    key = target.with_name(target.name + KEY)
    with copies.unfinished(key) as part:
        part.write_bytes(keys.wrapped)
        copies.settle_file(part)
        part.replace(key)


def _free(folder: Path, name: str, ending: str) -> Path:
    path, number = folder / f"{name}{ending}", 2
    while path.exists():
        path, number = folder / f"{name} ({number}){ending}", number + 1
    return path


def _plain(name: str) -> str:
    """The name of an office as a part of a file's name."""
    return re.sub(r"[^\w .&-]+", "_", name).strip(" .")[:60] or "Office"


def _note(made: Backup) -> None:
    held = {
        "office": made.office, "made": made.made.isoformat(), "version": made.version, "rows": made.rows,
        "verified": made.verified.isoformat() if made.verified else None, "sum": made.sum,
    }  # fmt: skip
    kept.write_whole(made.path.with_name(made.path.name + ABOUT), json.dumps(held, indent=1, ensure_ascii=False))


# ---------------------------------------------------------------- the folder


def there(folder: Path) -> list[Backup]:
    """The backups in a folder, the newest first."""
    try:
        paths = [path for path in folder.iterdir() if path.name.endswith((PLAIN, SEALED))]
    except FileNotFoundError:
        return []
    except OSError as error:
        said = _("The folder for backups {folder} cannot be read: {reason}.")
        raise Surroundings(said.format(folder=folder, reason=error.strerror)) from error
    found = [one for path in paths if (one := told(path)) is not None]
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


def told(path: Path) -> Backup | None:
    """What the small file beside a backup says of it; None where none does."""
    try:
        held = json.loads(path.with_name(path.name + ABOUT).read_text("utf-8"))
        verified = held["verified"]
        return Backup(
            path, str(held["office"]), datetime.fromisoformat(held["made"]), str(held["version"]),
            {str(name): int(rows) for name, rows in held["rows"].items()},
            datetime.fromisoformat(verified) if verified else None, str(held.get("sum", "")),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def unknown(path: Path) -> Backup:
    """A backup of which nothing is known but where it lies."""
    if not path.is_file():
        raise Mistake(_("There is no file {file}.").format(file=path))
    return Backup(path, "", datetime.fromtimestamp(path.stat().st_mtime), "", {}, None)


def rotate(folder: Path, office: str, keep: int) -> list[Path]:
    """Throw away the oldest of this office but for so many; the last one that was found whole always stays."""
    mine = [one for one in there(folder) if one.office == office]
    whole = next((one for one in mine if one.verified), None)
    gone = [one for one in mine[max(1, keep) :] if one is not whole]
    for one in gone:
        for path in (one.path, one.path.with_name(one.path.name + ABOUT), one.key):
            path.unlink(missing_ok=True)
    return [one.path for one in gone]


def verify(one: Backup, passphrase: str = "", progress: Progress | None = None) -> Backup:
    """Open, check and count a backup again; what became of it is noted. A damaged one raises `Mistake`."""
    try:
        with opened(one.path, passphrase) as plain, closing(copies.open_to_read(plain)) as file:
            copies.verify(file)
            rows = counted(file)
    except CRMError as error:
        if isinstance(error, Mistake) and error.field != "passphrase":
            _note(one._replace(verified=None))
        raise
    if one.rows and rows != one.rows:
        _note(one._replace(verified=None))
        raise Mistake(_("That backup does not hold what was written into it; choose another one."))
    looked = one._replace(rows=rows, verified=now())
    _note(looked)
    return looked


@contextmanager
def opened(path: Path, passphrase: str = "") -> Iterator[Path]:
    """The office in a backup as a plain file; a sealed one is opened in the workroom and gone from there afterwards."""
    if not path.is_file():
        raise Mistake(_("There is no file {file}.").format(file=path))
    known = told(path)
    if known is not None and known.sum and known.sum != _sum(path):
        raise Mistake(_("That backup is damaged; choose another one."))
    if not path.name.endswith(SEALED):
        yield path
        return
    with copies.said_of(path), workroom(home()) as room:
        sealing.unseal(path, path.with_name(path.name + KEY), room / "office.db", passphrase)
        yield room / "office.db"


@contextmanager
def workroom(beside: Path) -> Iterator[Path]:
    """A folder only this user can look into, gone afterwards; what a program that was ended left behind goes, too."""
    beside.mkdir(parents=True, exist_ok=True)
    for left in beside.glob(f"{WORKROOM}*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=WORKROOM, dir=beside) as folder:
        yield Path(folder)
