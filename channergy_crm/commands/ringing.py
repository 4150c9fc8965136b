"""The commands other programs start: somebody rings, a telephone link was pressed; the open window hears it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from channergy_crm import running
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.store import addresses, database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name these commands to the command line."""
    calling = commands.add_parser(
        "call-from", parents=[shared], help=_("somebody rings: the open window says who; 1 when none is open")
    )
    calling.add_argument("number", metavar="NUMBER", help=_("as the telephone tells it, also tel:… or sip:…"))
    calling.set_defaults(command=_call_from)
    dialing = commands.add_parser(
        "dial", parents=[shared], help=_("the open window asks whether to dial; 1 when none is open")
    )
    dialing.add_argument("number", metavar="NUMBER", help=_("a number, or a link such as tel:+16502530000"))
    dialing.set_defaults(command=_dial)


def _call_from(request: Namespace) -> int:
    return _told(request, "call-from")


def _dial(request: Namespace) -> int:
    from channergy_crm.text.links import number_of

    if not number_of(request.number):
        raise Mistake(_("There is no phone number in “{text}”.").format(text=request.number))
    return _told(request, "dial")


def _told(request: Namespace, verb: running.Verb) -> int:
    office = addresses.known_as(request.database or database.default_url())
    heard = running.tell(office, verb, request.number)
    if heard is None:
        print(_("No window is open over this office."), file=sys.stderr)
    return 0 if heard else 1
