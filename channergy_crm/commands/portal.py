"""The command that serves the Customer Portal beside the office (VT-177)."""

from __future__ import annotations

import ipaddress
import logging
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from channergy_crm.commands.opened import opened
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.settings import PORTAL_ADDRESS
from channergy_crm.store import addresses, database

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from collections.abc import Iterator

    from channergy_crm.store.database import Office

LOCAL = "127.0.0.1"


def add(commands: _SubParsersAction[ArgumentParser], shared: ArgumentParser) -> None:
    """Name this command to the command line."""
    portal = commands.add_parser("portal", parents=[shared], help=_("serve the Customer Portal, until it is stopped"))
    portal.add_argument("--port", type=int, metavar="N", required=True, help=_("where it listens"))
    portal.add_argument("--host", default=LOCAL, metavar="ADDRESS",
                        help=_("on which network: usually this computer, a web server before it"))  # fmt: skip
    portal.add_argument("--address", default="", metavar="URL",
                        help=_("how customers reach it, such as https://help.office.example"))  # fmt: skip
    portal.add_argument("--proxy", nargs="?", const=LOCAL, default="", metavar="ADDRESS",
                        help=_("a web server stands before it, here or there, and says who asks"))  # fmt: skip
    portal.add_argument("--demo", action="store_true", dest="trial",
                        help=_("serve a passing sample office, and print a link that lets you in"))  # fmt: skip
    portal.set_defaults(command=_portal)


def _portal(request: Namespace) -> int:
    if request.trial and request.database:
        raise Mistake(_("The trial has an office of its own: it takes no --database."))
    with _sample() if request.trial else opened(request) as office:
        return serve(office, request)


def serve(office: Office, request: Namespace) -> int:
    """Serve this office until somebody stops it."""
    from channergy_crm.portal.routes import portal
    from channergy_crm.portal.serving import Server

    base = reached_at(request)
    server = Server(portal(base), office, request.host, request.port, request.proxy)
    _log()
    for sentence in _remarks(office, request, base):
        print(sentence, file=sys.stderr)
    print(_("The portal is at {address}. Ctrl+C stops it.").format(address=base), flush=True)
    if request.trial:
        print(_("This link lets you in, once: {link}").format(link=_way_in(base)), flush=True)
    signal.signal(signal.SIGTERM, lambda *_heard: server.stop())
    server.run()
    return 0


def reached_at(request: Namespace) -> str:
    """How customers reach the portal: as the command line says, or the office's settings, or at this computer alone.

    `Mistake` where anybody on the way could read along.
    """
    from channergy_crm.services import office
    from channergy_crm.services.rights import Program

    held = "" if request.trial else office.get(PORTAL_ADDRESS, Program.COMMAND_LINE)
    said = (request.address or held).strip().rstrip("/")
    shown = f"[{request.host}]" if ":" in request.host else request.host
    base = said or f"http://{shown}:{request.port}"
    try:
        parts = urlsplit(base)
        whole = f"{parts.scheme}://{parts.netloc}" == base and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if not whole or parts.scheme not in ("http", "https") or "@" in base:
        raise Mistake(_("The address looks like https://help.office.example, with nothing behind it."))
    if parts.scheme == "http" and not (_is_here(str(parts.hostname)) and _is_here(request.host)):
        raise Mistake(
            _("The portal is reached encrypted or from this computer alone. Put a web server before it that encrypts, "
              "and name its address: --address https://help.office.example")
        )  # fmt: skip
    return base


def _is_here(host: str) -> bool:
    """Whether that is this computer and no other one."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _remarks(office: Office, request: Namespace, base: str) -> Iterator[str]:
    """What whoever starts it should know."""
    from channergy_crm.services.portal import entering

    if not entering.mails():
        yield _("The office sends no e-mail yet (Settings › E-mail): nobody can sign in.")
    else:
        yield _("Links are mailed by whatever workstation has the password of the e-mail server, or by run-jobs there.")
    if office.engine == "sqlite":
        yield _("The office is a file: the portal has to run on the computer where the file lies. For more than a few "
                "visitors use PostgreSQL.")  # fmt: skip
    if base.startswith("https:") and not request.proxy:
        yield _("Without --proxy everybody behind the web server counts as one visitor.")


@contextmanager
def _sample() -> Iterator[Office]:
    """A sample office that is gone when the portal is stopped."""
    from channergy_crm import demo

    with tempfile.TemporaryDirectory(prefix="channergy-crm-portal-", ignore_cleanup_errors=True) as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        office = database.open_database(addresses.url_of(Path(folder) / "office.db"))
        try:
            demo.fill(office)
            yield office
        finally:
            office.close()


def _way_in(base: str) -> str:
    """A link for the visitor of the sample office."""
    import peewee

    from channergy_crm.records import Contact, Ticket
    from channergy_crm.services.portal import entering
    from channergy_crm.services.rights import Program

    count = peewee.fn.COUNT(Ticket.number).desc()
    asked = Contact.select(Contact.number).join(Ticket, on=(Ticket.contact == Contact.number)).where(Contact.portal)
    number = asked.group_by(Contact.number).order_by(count, Contact.number).limit(1).scalar()
    return f"{base}/enter/{entering.offer(int(number), Program.COMMAND_LINE)}"


def _log() -> None:
    """Who reads along sees which pages were asked for, never by whom."""
    log = logging.getLogger("channergy_crm.portal")
    said = logging.StreamHandler(sys.stderr)
    said.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%d %H:%M:%S"))
    log.addHandler(said)
    log.setLevel(logging.INFO)
    log.propagate = False
