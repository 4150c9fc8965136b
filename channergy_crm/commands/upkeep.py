"""The commands that look after the office's store: copying it, putting a copy back, checking it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm.commands.opened import opened, told
from channergy_crm.errors import Mistake
from channergy_crm.store import database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


def add(commands: Any, shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    backing = commands.add_parser(
        "backup", parents=[shared], help="copy the office's file, also while people work in it"
    )
    restoring = commands.add_parser(
        "restore", parents=[shared], help="put a backup in the place of the office's file, which is kept"
    )
    restoring.add_argument("--dry-run", action="store_true", help="only say what the backup holds")
    for parser, command in ((backing, _backup), (restoring, _restore)):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.set_defaults(command=command)
    checking = commands.add_parser("check", parents=[shared], help="look whether everything in the office is sound")
    checking.set_defaults(command=_check)


def _backup(request: Namespace) -> int:
    from channergy_crm.store import backup

    _is_there(request, "back up")
    with opened(request) as office, told() as progress:
        backup.backup(office, request.file, lambda done, total: progress(done, total, "Copying"))
    print(f"The office is copied to {request.file}.")
    return 0


def _restore(request: Namespace) -> int:
    from channergy_crm.store import backup

    url = request.database or database.default_url()
    if database.sqlite_path(url) or request.dry_run:
        _say_what_it_holds(request.file)
    if request.dry_run:
        return 0
    kept = backup.restore(request.file, url)
    print(f"The office is what it was in {request.file}.")
    if kept:
        print(f"What it was until now is kept in {kept}.")
    return 0


def _say_what_it_holds(path: Path) -> None:
    from channergy_crm.records import BY_TABLE
    from channergy_crm.store import inspection

    held = inspection.contents(path)
    print(f"{path} holds:")
    for table, rows in held.rows.items():
        name = f"{BY_TABLE[table].plural} ({table})" if table in BY_TABLE else table
        print(f"{rows:>12,}  {name}")
    if held.last:
        print(f"The last change in it was made on {held.last:%Y-%m-%d at %H:%M}.")


def _check(request: Namespace) -> int:
    from channergy_crm.services import checking_office
    from channergy_crm.store import inspection

    path = _is_there(request, "check")
    if path and (found := inspection.damage(path)):
        print("\n".join(found))
        print("The rest was not looked at. Restore the latest backup.")
        return 1
    with opened(request) as office, told() as progress:
        checked = checking_office.check(office, progress)
    for finding in checked.findings:
        print(f"{'Note: ' if finding.is_note else ''}{finding.sentence}")
    wrong = len(checked.wrong)
    looked = f"{checked.rows:,} rows were looked at"
    print(f"{looked}: {f'{wrong:,} findings.' if wrong > 1 else 'one finding.' if wrong else 'everything is sound.'}")
    return 1 if wrong else 0


def _is_there(request: Namespace, what: str) -> Path | None:
    """The office's file, which must be there; None when the office is on a server."""
    path = database.sqlite_path(request.database or database.default_url())
    if path and not path.exists():
        raise Mistake(f"There is no office {path} to {what}.")
    return path
