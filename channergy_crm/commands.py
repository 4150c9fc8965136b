"""The command line: what can be done without the window, and the ways to open it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm import database, screen
from channergy_crm.errors import CRMError, Mistake

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

Window = Callable[[str, "str | None"], int]

DEMO_OPERATOR = "ANN"


class Stopped(CRMError):
    """Somebody pressed Ctrl+C before it was done."""


def run(arguments: Sequence[str], window: Window) -> int:
    """Do what the command line asks for and return its exit code: 0 done, 1 not done and why, 2 not understood.

    `window` opens the main window over a database and, if one is named, with an operator at work.
    """
    request = parse(arguments) if arguments else None  # the window opens without waiting for argparse
    try:
        if request and request.command:
            return int(request.command(request))
        if request and request.demo:
            return _open_demo(window)
        return _open(window, (request and request.database) or database.default_url(), None)
    except CRMError as error:
        print(error.message, file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped. Nothing was changed.", file=sys.stderr)
    except BrokenPipeError:  # whoever read our output has heard enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        print(f"{error.filename or 'A file'}: {error.strerror}.", file=sys.stderr)
    return 1


def parse(arguments: Sequence[str]) -> Namespace:
    """Read the command line. `--database` may stand before or after the command."""
    from argparse import SUPPRESS, ArgumentParser

    shared = ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="URL", default=SUPPRESS,
                        help="the office: a file, sqlite:///path/to/file, or postgresql://user@host/name")  # fmt: skip
    parser = ArgumentParser(prog="main.py", parents=[shared], description="Channergy CRM. Without a command it opens.")
    parser.add_argument("--demo", action="store_true", help="open a sample office in a temporary file")
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_import(commands.add_parser("import", parents=[shared], help="take leads out of a CSV file"))
    never = commands.add_parser(
        "leads-from-customers", parents=[shared], help="make leads of all customers who never ordered"
    )
    never.add_argument("--operator", metavar="ID", required=True, help="whose leads they become")
    never.set_defaults(command=_leads_from_customers)
    for name, command, text in (
        ("backup", _backup, "copy the office's file, also while people work in it"),
        ("restore", _restore, "put a backup in the place of the office's file, which is kept"),
    ):
        copying = commands.add_parser(name, parents=[shared], help=text)
        copying.add_argument("file", type=Path, metavar="FILE")
        copying.set_defaults(command=command)
    request = parser.parse_args(arguments)
    request.database = getattr(request, "database", "")
    if request.demo and (request.command or request.database):
        parser.error("--demo opens an office of its own: it takes neither a command nor --database")
    return request


def _add_import(parser: ArgumentParser) -> None:
    parser.add_argument("what", choices=["leads"])
    parser.add_argument("file", type=Path, metavar="FILE.csv")
    parser.add_argument("--operator", metavar="ID", required=True, help="whose leads they become")
    parser.add_argument("--encoding", default="", help="how the file is written, when it is guessed wrongly")
    parser.set_defaults(command=_import)


# ---------------------------------------------------------------- the window


def _open(window: Window, url: str, operator: str | None) -> int:
    if reason := screen.problem():
        raise Mistake(reason)
    try:
        return window(url, operator)
    except ImportError as error:
        if reason := screen.missing(error):
            raise Mistake(reason) from error
        raise


def _open_demo(window: Window) -> int:
    """A sample office that is gone when its window is closed, and leaves this workstation's own settings alone."""
    import tempfile

    from channergy_crm import demo

    folder = Path(tempfile.mkdtemp(prefix="channergy-crm-demo-"))
    os.environ["CHANNERGY_CRM_HOME"] = str(folder)
    try:
        url = f"sqlite:///{folder / 'office.db'}"
        office = database.open_database(url)
        demo.fill(office)
        office.close()
        return _open(window, url, DEMO_OPERATOR)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ---------------------------------------------------------------- the commands


def _import(request: Namespace) -> int:
    from channergy_crm.transfer.importing import import_leads

    with _office(request), _progress() as progress:
        outcome = import_leads(request.file, operator=request.operator, progress=progress, encoding=request.encoding)
    for number, reason in sorted(outcome.refused + outcome.already):
        print(f"Row {number}: {reason}")
    if outcome.unmapped:
        print(f"Columns that have no field: {', '.join(outcome.unmapped)}.")
    print(f"{outcome.taken:,} taken, {outcome.skipped:,} already there, {len(outcome.refused):,} could not be taken.")
    return 1 if outcome.refused and not outcome.taken and not outcome.already else 0


def _leads_from_customers(request: Namespace) -> int:
    from channergy_crm.services.never_ordered import make_leads

    with _office(request), _progress() as progress:
        made = make_leads(request.operator, progress)
    print(f"{made.leads:,} leads and {made.accounts:,} accounts were made from customers who never ordered.")
    return 0


def _backup(request: Namespace) -> int:
    from channergy_crm import backup

    path = database.sqlite_path(request.database or database.default_url())
    if path and not path.exists():
        raise Mistake(f"There is no office {path} to back up.")
    with _office(request) as office, _progress() as progress:
        backup.backup(office, request.file, lambda done, total: progress(done, total, "Copying"))
    print(f"The office is copied to {request.file}.")
    return 0


def _restore(request: Namespace) -> int:
    from channergy_crm import backup

    kept = backup.restore(request.file, request.database or database.default_url())
    print(f"The office is what it was in {request.file}.")
    if kept:
        print(f"What it was until now is kept in {kept}.")
    return 0


@contextlib.contextmanager
def _office(request: Namespace) -> Iterator[database.Office]:
    office = database.open_database(request.database or database.default_url())
    if office.warning:
        print(office.warning, file=sys.stderr)
    try:
        yield office
    finally:
        office.close()


@contextlib.contextmanager
def _progress() -> Iterator[Callable[[int, int, str], None]]:
    """Shows how far the work is and ends it at Ctrl+C, between two steps, so that it is done or not, never half."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)  # pressed again, it ends at once

    def step(done: int, total: int, text: str) -> None:
        if pressed:
            raise Stopped("Stopped. Nothing was changed.")
        if sys.stderr.isatty():
            print(f"\r{text} ({100 * done // max(1, total)} %)\x1b[K", end="", file=sys.stderr)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield step
    finally:
        signal.signal(signal.SIGINT, before)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr)
