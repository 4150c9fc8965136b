"""The office a command works in, and how far its work is."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake, Refused
from channergy_crm.language import _
from channergy_crm.store import database

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator
    from pathlib import Path

PASSPHRASE = "CHANNERGY_CRM_PASSPHRASE"  # noqa: S105  the name of a variable


class Stopped(CRMError):
    """Somebody pressed Ctrl+C before it was done."""


def may_make(request: Namespace) -> bool:
    """Whether an office is made where none is: the usual one is, another only when --new says so."""
    return not request.database or bool(request.new)


def address(text: str) -> str:
    """The address of an office on the command line."""
    if not text.strip():
        from argparse import ArgumentTypeError

        raise ArgumentTypeError(_("names no office"))
    return text


def named(request: Namespace) -> str:
    """The address of the office the command line names; one that is not there is refused, unless it is to be made."""
    url: str = request.database or database.default_url()
    if not may_make(request):
        database.require(url)
    return url


@contextlib.contextmanager
def opened(request: Namespace) -> Iterator[database.Office]:
    """The office the command line names, closed at the end."""
    office = database.open_database(
        request.database or database.default_url(), make=may_make(request), before_update=keep_what_is_there
    )
    if office.warning:
        print(office.warning, file=sys.stderr)
    try:
        for operator in filter(None, (getattr(request, "operator", ""), getattr(request, "by", ""))):
            _require_operator(operator)
            _prove(operator)
        _forget_again()
        yield office
    finally:
        office.close()


def _forget_again() -> None:
    """An older backup was put back: who was anonymised since is anonymised in it again."""
    from channergy_crm.store import erasures

    if erasures.waiting():
        from channergy_crm.services.privacy import anonymising
        from channergy_crm.services.rights import Program

        anonymising.again(Program.ITSELF)


def keep_what_is_there(office: database.Office) -> None:
    """Another version of the program is about to change the tables of an office: it is backed up, and that is said."""
    from channergy_crm.store.backup import before_update

    said = _("The office is brought up to date. As it was until now it is kept in {file}.")
    print(said.format(file=before_update(office)), file=sys.stderr)


def _require_operator(id: str) -> None:
    from channergy_crm.services import operators
    from channergy_crm.services.rights import Program

    if not any(id == operator.id for operator in operators.everybody(Program.COMMAND_LINE, retired=True)):
        said = _("There is no operator {id} in this office. Add one with: main.py operators add {id} NAME")
        raise Mistake(said.format(id=id))


def passphrase(file: Path) -> str:
    """What opens a sealed backup: asked for, or taken from the surroundings, never from the command line."""
    from channergy_crm.store.kept_backups import SEALED

    if not file.name.endswith(SEALED):
        return ""
    if PASSPHRASE in os.environ:
        return os.environ[PASSPHRASE]
    if not sys.stdin.isatty():
        raise Mistake(_("It is encrypted: put its passphrase into {name}.").format(name=PASSPHRASE))
    return asked(_("Passphrase: "))


def asked(question: str) -> str:
    """A secret somebody types, which is not shown; from a pipe its first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    import getpass

    return getpass.getpass(question)


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
    import signal

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
