"""The commands that look after the office's store: copying it, putting a copy back, checking it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.commands.opened import address, asked, named, opened, passphrase, told
from channergy_crm.errors import Mistake
from channergy_crm.language import _, ngettext
from channergy_crm.store import addresses, database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    backing = commands.add_parser(
        "backup", parents=[shared], help=_("copy the office's file, also while people work in it")
    )
    restoring = commands.add_parser(
        "restore", parents=[shared], help=_("put a backup in the place of the office's file, which is kept")
    )
    restoring.add_argument("--dry-run", action="store_true", help=_("only say what the backup holds"))
    for parser, command in ((backing, _backup), (restoring, _restore)):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.set_defaults(command=command)
    checking = commands.add_parser("check", parents=[shared], help=_("look whether everything in the office is sound"))
    checking.add_argument(
        "--save", type=Path, metavar="FILE", help=_("if the file is damaged: what can be read of it into a new one")
    )
    checking.set_defaults(command=_check)
    remembering = commands.add_parser(
        "password", parents=[shared], help=_("keep the password of a server on this workstation, or forget it")
    )
    remembering.add_argument("--forget", action="store_true", help=_("keep it no longer"))
    remembering.set_defaults(command=_server_password)
    moving = commands.add_parser(
        "move",
        parents=[shared],
        help=_("make a new office of everything in another: on a server, or in a file"),
    )
    moving.add_argument("source", metavar="FROM", type=address, help=_("the office: a file, or postgresql://…"))
    moving.add_argument("target", metavar="TO", type=address, help=_("a file that is not there, or an empty database"))
    moving.set_defaults(command=_move)


def _backup(request: Namespace) -> int:
    from channergy_crm.store import backup

    _is_there(request, _("There is no office {file} to back up."))
    with opened(request) as office, told() as progress:
        backup.backup(office, request.file, lambda done, total: progress(done, total, _("Copying")))
    print(_("The office is copied to {file}.").format(file=request.file))
    return 0


def _restore(request: Namespace) -> int:
    return put_back(request, request.file, dry=request.dry_run)


def put_back(request: Namespace, file: Path, *, dry: bool = False) -> int:
    """Say what a backup holds, and put it in the place of the office, which is kept."""
    from channergy_crm.store import backup, kept_backups

    with kept_backups.opened(file, passphrase(file)) as plain:
        _say_what_it_holds(plain, file)
        if dry:
            return 0
        with told() as progress:
            kept = backup.restore(plain, named(request), progress)
    print(_("The office is what it was in {file}.").format(file=file))
    if kept:
        print(_("What it was until now is kept in {file}.").format(file=kept))
    return 0


def _say_what_it_holds(path: Path, called: Path) -> None:
    from channergy_crm.records import BY_TABLE
    from channergy_crm.store import inspection

    held = inspection.contents(path)
    print(_("{file} holds:").format(file=called))
    for table, rows in held.rows.items():
        name = f"{BY_TABLE[table].plural} ({table})" if table in BY_TABLE else table
        print(f"{rows:>12,}  {name}")
    if held.last:
        said = _("The last change in it was made on {moment:%Y-%m-%d} at {moment:%H:%M}.")
        print(said.format(moment=held.last))


def _check(request: Namespace) -> int:
    from channergy_crm.services import checking_office
    from channergy_crm.store import inspection

    path = _is_there(request, _("There is no office {file} to check."))
    if path and (found := inspection.damage(path)):
        print("\n".join(found))
        _say_the_way_on(path, request.save)
        return 1
    with opened(request) as office, told() as progress:
        checked = checking_office.check(office, progress)
    for finding in checked.findings:
        said = _("Note: {sentence}") if finding.is_note else "{sentence}"
        print(said.format(sentence=finding.sentence))
    wrong, sound = len(checked.wrong), _("{rows:,} rows were looked at: everything is sound.")
    unsound = ngettext(
        "{rows:,} rows were looked at: one finding.", "{rows:,} rows were looked at: {count:,} findings.", wrong
    )
    print((unsound if wrong else sound).format(rows=checked.rows, count=wrong))
    return 1 if wrong else 0


def _say_the_way_on(path: Path, save: Path | None) -> None:
    """A damaged file: which backup is the newest whole one, and what can still be read."""
    from channergy_crm.store import kept_backups, salvage

    whole = next((one for one in kept_backups.there(path.parent / "backups") if one.verified), None)
    if whole is not None:
        print(_("The newest whole backup is of {moment:%Y-%m-%d %H:%M}: main.py backups restore {file}").format(
            moment=whole.made, file=whole.path))  # fmt: skip
    else:
        print(_("The rest was not looked at. Restore the latest backup."))
    if save is None:
        print(_("With --save FILE everything that can still be read goes into a new office."))
        return
    for table in salvage.salvage(path, save):
        said = _("{rows:>12,}  {table}, {lost:,} could not be read") if table.lost else "{rows:>12,}  {table}"
        print(said.format(rows=table.rows, table=table.table, lost=table.lost))
    print(_("What could be read is in {file}. {path} is as it was.").format(file=save, path=path))


def _server_password(request: Namespace) -> int:
    from channergy_crm import secrets

    url = addresses.shown(request.database)
    if not addresses.is_server(url):
        raise Mistake(_("Name the server: main.py password --database postgresql://user@host/name"))
    if request.forget:
        forgotten = secrets.forget(url)
        print(
            _("The password is kept no longer.") if forgotten else _("No password was kept for {url}.").format(url=url)
        )
        return 0
    secret = addresses.password_in(request.database) or asked(_("Password: "))
    database.require(addresses.with_password(url, secret))
    secrets.keep(url, secret)
    print(_("The password works and is kept."), secrets.where())
    return 0


def _move(request: Namespace) -> int:
    from channergy_crm.store import mover, put_back

    with told() as progress:
        moved = mover.move(request.source, request.target, progress)
    for table in moved:
        print(f"{table.rows:>12,}  {table.sum}  {table.table}")
    print(
        _("{rows:,} rows of {tables} tables are in {target}, the same on both sides. {source} is as it was.").format(
            rows=sum(table.rows for table in moved), tables=len(moved),
            target=addresses.shown(request.target), source=addresses.shown(request.source),
        )
    )  # fmt: skip
    print(_("From now on everybody opens the new one: what is saved in the old one does not follow."))
    if put_back.note(request.target):  # the source may have been an older copy
        print(_("Nothing is sent to Viper from the new one before both sides were connected again: Settings > Viper."))
    return 0


def _is_there(request: Namespace, else_say: str) -> Path | None:
    """The office's file, which must be there; None when the office is on a server."""
    path = database.sqlite_path(request.database or database.default_url())
    if path and not path.exists():
        raise Mistake(else_say.format(file=path))
    return path
