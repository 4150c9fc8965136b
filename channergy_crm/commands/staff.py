"""The commands about who works in the office: an import or an export at the command line names an operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.commands.opened import opened
from channergy_crm.errors import Refused
from channergy_crm.language import _

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    staff = commands.add_parser("operators", parents=[shared], help=_("who works in the office, or somebody new"))
    staff.set_defaults(command=_list)
    what = staff.add_subparsers(title=_("commands"), metavar="COMMAND")
    listing = what.add_parser("list", parents=[shared], help=_("everybody, also who is retired"))
    listing.set_defaults(command=_list)
    adding = what.add_parser("add", parents=[shared], help=_("somebody new"))
    adding.add_argument("id", metavar="ID", help=_("a short text such as ANN, by which records name their operator"))
    adding.add_argument("name", metavar="NAME", help=_("first and last name"))
    adding.add_argument("--by", metavar="ID", default="", help=_("who adds, if not the first operator of the office"))
    adding.set_defaults(command=_add)


def _list(request: Namespace) -> int:
    from channergy_crm.services import operators
    from channergy_crm.services.rights import Program

    with opened(request):
        everybody = operators.everybody(Program.COMMAND_LINE, retired=True)
    for operator in everybody:
        retired = "" if operator.active else " (" + _("retired") + ")"
        print(f"{operator.id}  {operator.name}{retired}")
    return 0


def _add(request: Namespace) -> int:
    from channergy_crm.services import operators, rights
    from channergy_crm.services.rights import Program

    with opened(request):
        if not request.by and rights.is_secured():
            raise Refused(_("Security is on in this office: say with --by which administrator does it."))
        by = request.by or operators.at_work("", Program.COMMAND_LINE)
        added = operators.add(request.id, request.name, by)
    print(_("{name} works in this office now.").format(name=added.caption()))
    return 0
