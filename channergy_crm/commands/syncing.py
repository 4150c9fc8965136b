"""The command that syncs with the Viper site now, or says what that would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.commands.opened import Stopped, opened, told
from channergy_crm.errors import Mistake
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name this command to the command line."""
    parser = commands.add_parser("sync", parents=[shared], help=_("sync with the Viper site now"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what would come of it"))
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
