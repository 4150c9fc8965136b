"""The office a command works in, and how far its work is."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake, Refused
from channergy_crm.language import _
from channergy_crm.store import database

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator


class Stopped(CRMError):
    """Somebody pressed Ctrl+C before it was done."""


def may_make(request: Namespace) -> bool:
    """Whether an office is made where none is: the usual one is, another only when --new says so."""
    return not request.database or bool(request.new)


def named(request: Namespace) -> str:
    """The address of the office the command line names; one that is not there is refused, unless it is to be made."""
    url: str = request.database or database.default_url()
    if not may_make(request):
        database.require(url)
    return url


@contextlib.contextmanager
def opened(request: Namespace) -> Iterator[database.Office]:
    """The office the command line names, closed at the end."""
    office = database.open_database(request.database or database.default_url(), make=may_make(request))
    if office.warning:
        print(office.warning, file=sys.stderr)
    try:
        for operator in filter(None, (getattr(request, "operator", ""), getattr(request, "by", ""))):
            _require_operator(operator)
            _prove(operator)
        yield office
    finally:
        office.close()


def _require_operator(id: str) -> None:
    from channergy_crm.services import operators
    from channergy_crm.services.rights import Program

    if not any(id == operator.id for operator in operators.everybody(Program.COMMAND_LINE, retired=True)):
        said = _("There is no operator {id} in this office. Add one with: main.py operators add {id} NAME")
        raise Mistake(said.format(id=id))


def for_whom(request: Namespace) -> str:
    """The operator a command works for; while Security is on it must name one (CH-7)."""
    from channergy_crm.services import rights

    operator: str = request.operator
    if not operator and rights.is_secured():
        raise Refused(_("Security is on in this office: say with --operator who you are."))
    return operator


PASSWORD = "CHANNERGY_CRM_PASSWORD"  # noqa: S105  the name of a variable


def _prove(operator: str) -> None:
    """While Security is on whoever acts for an operator shows that it is really them."""
    from channergy_crm.services import rights

    if rights.is_secured():
        import platform

        from channergy_crm.services import signing_in

        signing_in.require_proof(operator, _typed(_("Password of {operator}: "), operator), platform.node())


def _typed(said: str, operator: str) -> str | None:
    """A password from the surroundings, else asked for where somebody sits; None where nobody can be asked."""
    if (held := os.environ.get(PASSWORD)) is not None:
        return held
    if not sys.stdin.isatty():
        return None
    from getpass import getpass

    return getpass(said.format(operator=operator))


def new_password(operator: str) -> str:
    """A password somebody chooses for themself: typed twice where it can be asked for."""
    first = _typed(_("New password of {operator}: "), operator)
    if first is None:
        raise Refused(_("The password of {operator} is needed, in CHANNERGY_CRM_PASSWORD.").format(operator=operator))
    again = _typed(_("Once more: "), operator)
    if again != first:
        raise Mistake(_("The two are not the same; type it once more."))
    return first


@contextlib.contextmanager
def told() -> Iterator[Callable[[int, int, str], None]]:
    """Shows how far the work is and ends it at Ctrl+C, between two steps, so that it is done or not, never half."""
    pressed: list[int] = []

    def press(number: int, frame: object) -> None:
        pressed.append(number)
        signal.signal(signal.SIGINT, before)  # pressed again, it ends at once

    def step(done: int, total: int, text: str) -> None:
        if pressed:
            raise Stopped(_("Stopped. Nothing was changed."))
        if sys.stderr.isatty():
            print(f"\r{text} ({100 * done // max(1, total)} %)\x1b[K", end="", file=sys.stderr)

    before = signal.signal(signal.SIGINT, press)
    try:
        yield step
    finally:
        signal.signal(signal.SIGINT, before)
        if sys.stderr.isatty():
            print("\r\x1b[K", end="", file=sys.stderr)
