"""The command about calendar files: what stands in the calendar of an operator (SI-31)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.commands.opened import opened
from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name this command to the command line."""
    writing = commands.add_parser("calendar", parents=[shared], help=_("write what stands in somebody's calendar"))
    writing.add_argument("operator", metavar="OPERATOR", help=_("whose reminders"))
    writing.add_argument("file", type=Path, metavar="FILE.ics", help=_("an iCalendar file; one that is there goes"))
    writing.set_defaults(command=_calendar)


def _calendar(request: Namespace) -> int:
    from channergy_crm.transfer.calendars import feed

    with opened(request):
        count = feed.write(request.operator, request.file)
    said = ngettext("{count:,} event written to {file}.", "{count:,} events written to {file}.", count)
    print(said.format(count=count, file=request.file))
    return 0
