"""The command that syncs with the Viper site now, or says what that would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.commands.opened import Stopped, opened, told
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction

    from channergy_crm.sync.pulling import Progress

ADMIN = "ADMIN"


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name this command to the command line."""
    parser = commands.add_parser("sync", parents=[shared], help=_("sync with the Viper site now"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would come of it"))
    parser.add_argument("--connect", action="store_true", help=_("put the clients of both sides together first"))
    parser.add_argument("--by", metavar="ID", default="", help=_("the administrator who does that"))
    parser.set_defaults(command=_sync)


def _sync(request: Namespace) -> int:
    from channergy_crm.jobs import lease, viper
    from channergy_crm.sync import connection, rehearsing

    with opened(request) as office:
        if not connection.is_on():
            raise Mistake(_("The sync with Viper is switched off."))
        if not connection.is_ready():
            raise Mistake(
                _("This computer does not have the password of the Viper site; type it on the connection page.")
            )
        with told() as progress:
            if found := _first(request, progress):
                print("\n".join(found))
                return 0
        try:
            with told() as progress:
                tally = rehearsing.rehearse(progress) if request.dry_run else viper.now(office, progress)
        except Stopped as stopped:
            raise Stopped(_("Stopped. What was sent and taken until then stays.")) from stopped
        if tally is None:
            print(_("{station} does this for the office just now.").format(station=lease.holder(viper.NAME)))
            return 1
    print(tally.said())
    return int(bool(tally.waits or tally.later))


def _first(request: Namespace, progress: Progress) -> list[str]:
    """What the first connection would come to, or has come to; nothing where it is not asked for or not needed."""
    from channergy_crm.sync import first

    if not request.dry_run and not request.connect:
        return []
    if not request.connect and not first.is_needed():
        return []
    does = first.look if request.dry_run else first.connect
    return does(_by(request), progress).lines() or [_("Nothing is the same on both sides.")]


def _by(request: Namespace) -> str:
    """Who puts both sides together: while Security is on somebody who has shown that it is them."""
    from channergy_crm.services import rights

    if not request.by and rights.is_secured():
        raise Refused(_("Security is on in this office: say with --by who you are."))
    return request.by or ADMIN
