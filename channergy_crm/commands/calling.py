"""The commands about who may be called: a list of numbers for the register, and what is known of one number (BX-6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from channergy_crm.commands.opened import for_whom, opened, told
from channergy_crm.commands.users import administrator
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    barred = commands.add_parser("do-not-call", parents=[shared], help=_("the register of numbers that are not called"))
    what = barred.add_subparsers(title=_("commands"), metavar="COMMAND", required=True)
    importing = what.add_parser("import", parents=[shared], help=_("take in a list; an earlier one of its name goes"))
    importing.add_argument("file", type=Path, metavar="FILE", help=_("one number a line, or a table with numbers"))
    importing.add_argument("--source", metavar="NAME", default="", help=_("what it is called; else like its file"))
    importing.add_argument("--listed", metavar="DATE", default="", help=_("the day it is of, 2026-11-23; else today"))
    importing.add_argument("--by", metavar="ID", default="", help=_("the administrator who does it"))
    importing.set_defaults(command=_import)
    checking = what.add_parser("check", parents=[shared], help=_("whether a number may be called; 1 when not"))
    checking.add_argument("number", metavar="NUMBER")
    checking.add_argument("--operator", metavar="ID", default="", help=_("who asks"))
    checking.set_defaults(command=_check)


def _import(request: Namespace) -> int:
    from channergy_crm import clock
    from channergy_crm.records import DoNotCall
    from channergy_crm.services import register
    from channergy_crm.transfer.reading import number_lists

    with opened(request):
        typed = DoNotCall.kind("listed_on").read(request.listed) if request.listed else None
        listed = typed if isinstance(typed, date) else clock.today()
        name = request.source or request.file.stem
        with told() as progress:
            taken = register.take_in(
                number_lists.lines(request.file), name, listed, administrator(request),
                lambda done: progress(0, 0, _("Taking in {count:,} numbers").format(count=done)),
            )  # fmt: skip
    print(taken.sentence(name))
    return 0


def _check(request: Namespace) -> int:
    from channergy_crm.errors import Mistake
    from channergy_crm.services import gate, register
    from channergy_crm.services.rights import Program

    with opened(request):
        by = for_whom(request) or Program.COMMAND_LINE
        if not register.key(request.number):
            raise Mistake(_("There is no phone number in “{text}”.").format(text=request.number))
        refused = gate.refusal(request.number, by)
        old = [warning for source in register.sources(by) if (warning := register.warning(source))]
    print(refused or _("{number} may be called.").format(number=request.number))
    for warning in old:
        print(_("Note: {sentence}").format(sentence=warning))
    return 1 if refused else 0
