"""The commands about what runs by itself, for a server or the system's scheduler, and about the backups it makes."""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.commands.opened import opened, passphrase, told
from channergy_crm.commands.upkeep import put_back
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from channergy_crm.jobs.runner import Runner
    from channergy_crm.store.database import Office
    from channergy_crm.store.kept_backups import Backup

LOOK_EVERY = 15.0


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    running = commands.add_parser("run-jobs", parents=[shared], help=_("do what runs by itself, until it is stopped"))
    running.add_argument("--once", action="store_true", help=_("do what is due now, and end"))
    running.set_defaults(command=_run_jobs)
    backing = commands.add_parser("backups", parents=[shared], help=_("the backups that are kept: list, make, verify"))
    backing.set_defaults(command=_list_backups)
    what = backing.add_subparsers(title=_("commands"), metavar="COMMAND")
    listing = what.add_parser("list", parents=[shared], help=_("when they were made and what they hold"))
    listing.set_defaults(command=_list_backups)
    making = what.add_parser("make", parents=[shared], help=_("make one now, in the office's folder for backups"))
    making.set_defaults(command=_make_backup)
    for name, command, help in (
        ("verify", _verify_backup, _("look whether one is whole; without FILE the newest")),
        ("restore", _restore_backup, _("put one in the place of the office, which is kept; without FILE the newest")),
    ):
        parser = what.add_parser(name, parents=[shared], help=help)
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE")
        parser.set_defaults(command=command)


def _run_jobs(request: Namespace) -> int:
    from channergy_crm.jobs import known, viper
    from channergy_crm.jobs.runner import Runner

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_heard: stop.set())
    with opened(request) as office:
        runner = Runner(office, known.of(office))
        secret = [Runner(office, known.sending(), known.MESSAGES), Runner(office, known.mailing(), known.MAILS),
                  Runner(office, known.syncing(), viper.NAME)]  # fmt: skip
        try:
            if request.once:
                return _once(office, runner, secret, stop)
            print(_("Running what is due in {office}. Ctrl+C stops it.").format(office=office.url), flush=True)
            while not stop.is_set():
                _look(office, runner, stop)
                _with_secret(office, secret, stop)
                stop.wait(LOOK_EVERY)
        finally:
            for each in (runner, *secret):
                each.lease.give_back()
    return 0


def _with_secret(office: Office, runners: list[Runner], stop: threading.Event) -> list[bool]:
    """Send messages and sync with Viper, as far as this computer has the secret for it and no other one does it."""
    found: list[bool] = []
    for runner in runners:
        if not stop.is_set() and any(job.wanted() for job in runner.jobs):
            found += _look(office, runner, stop) or []
    return found


def _once(office: Office, runner: Runner, secret: list[Runner], stop: threading.Event) -> int:
    from channergy_crm.jobs import lease

    ran, sent = _look(office, runner, stop), _with_secret(office, secret, stop)
    if ran is None and not sent:
        print(_("{station} does this for the office just now.").format(station=lease.holder()))
        return 0
    if not ran and not sent:
        print(_("Nothing is due."))
    return int(any([*(ran or ()), *sent]))


def _look(office: Office, runner: Runner, stop: threading.Event) -> list[bool] | None:
    """Do what is due and say how it went: whether each has failed. A store that does not answer is asked again."""
    from channergy_crm.jobs import known
    from channergy_crm.jobs.runner import Interrupted

    def step(done: int, total: int, text: str) -> None:
        if stop.is_set():
            raise Interrupted

    try:
        ran = runner.look(step)
    except Interrupted:
        return []
    except Surroundings as error:
        print(error.message, file=sys.stderr, flush=True)
        return [True]
    for one in ran or ():
        line = {"moment": clock.now(), "job": known.label(one.job, office), "reason": one.error}
        if one.state == "failed":
            print(_("{moment:%Y-%m-%d %H:%M} {job} failed: {reason}").format(**line), file=sys.stderr, flush=True)
        else:
            print(_("{moment:%Y-%m-%d %H:%M} {job} done.").format(**line), flush=True)
    return None if ran is None else [one.state == "failed" for one in ran]


def _list_backups(request: Namespace) -> int:
    from channergy_crm.services import backups
    from channergy_crm.services.rights import Program

    with opened(request) as office:
        plan, held = backups.plan(office, Program.COMMAND_LINE), backups.listed(office, Program.COMMAND_LINE)
    for one in held:
        print(_line(one))
    said = ngettext("{count:,} backup in {folder}.", "{count:,} backups in {folder}.", len(held))
    print(said.format(count=len(held), folder=plan.folder))
    return 0


def _line(one: Backup) -> str:
    words = [
        f"{one.made:%Y-%m-%d %H:%M}", f"{one.size / 2**20:>9,.1f} MB",  # unsaid: a unit
        _("{rows:>10,} rows").format(rows=sum(one.rows.values())),
        _("whole") if one.verified else _("not whole"), *([_("encrypted")] if one.is_sealed else []), one.path.name,
    ]  # fmt: skip
    return "  ".join(words)


def _make_backup(request: Namespace) -> int:
    from channergy_crm.services import backups
    from channergy_crm.services.rights import Program

    with opened(request) as office, told() as progress:
        made = backups.write(office, Program.COMMAND_LINE, lambda done, total: progress(done, total, _("Copying")))
    print(_("The office is copied to {file}.").format(file=made.path))
    return 0


def _verify_backup(request: Namespace) -> int:
    from channergy_crm.store import kept_backups

    one = _chosen(request)
    looked = kept_backups.verify(one, passphrase(one.path))
    said = _("{file} is whole: {rows:,} rows in {tables} tables.")
    print(said.format(file=looked.path, rows=sum(looked.rows.values()), tables=len(looked.rows)))
    return 0


def _restore_backup(request: Namespace) -> int:
    return put_back(request, _chosen(request).path)


def _chosen(request: Namespace) -> Backup:
    """The backup that is named, or the newest of the office."""
    from channergy_crm.services import backups
    from channergy_crm.services.rights import Program
    from channergy_crm.store import kept_backups

    if request.file:
        return kept_backups.told(request.file) or kept_backups.unknown(request.file)
    with opened(request) as office:
        held = backups.listed(office, Program.COMMAND_LINE)
    if not held:
        raise Mistake(_("There is no backup yet. main.py backups make makes one."))
    return held[0]
