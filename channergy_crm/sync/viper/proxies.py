"""The way out where the network of an office has a proxy: as this system says, like in a browser.

`HTTPS_PROXY` and `ALL_PROXY` name it, `NO_PROXY` the computers that are spoken to without it; on Windows and macOS
the settings of the system where none of these is there. The proxy passes on what is encrypted and cannot read it; the
certificate is that of the site. This computer itself is never asked for by way of a proxy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from channergy_crm.dialing import web
from channergy_crm.language import _
from channergy_crm.outgoing.line import NotSent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from urllib3.connection import HTTPConnection

PORTS = {"http": 80, "https": 443}


class Proxy(NamedTuple):
    """Where it is, how it is spoken to (http, https), and what it is told to be let through."""

    scheme: str
    host: str
    port: int
    heads: Mapping[str, str]


def proxy_for(host: str) -> Proxy | None:
    """The proxy by which this computer is reached; None where it is reached without. `NotSent` where what the system
    names is none.
    """
    from urllib.request import getproxies, proxy_bypass

    if web.is_here(host):
        return None
    named = getproxies()
    said = named.get("https") or named.get("all") or ""
    return _read(said) if said and not proxy_bypass(host) else None


def lead(connection: HTTPConnection, proxy: Proxy, host: str, port: int) -> None:
    """Let a line that is not open yet go through to that computer."""
    connection.set_tunnel(host, port, proxy.heads, proxy.scheme)


def _read(said: str) -> Proxy:
    import urllib3

    try:
        parts = urlsplit(said if "://" in said else f"http://{said}")
        scheme, host, port = parts.scheme.casefold(), parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    if scheme not in PORTS or not host:
        raise NotSent(_("The proxy this system names is none that speaks HTTP; set HTTPS_PROXY to one that does."))
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    account = f"{user}:{password}" if user else None
    return Proxy(scheme, host, port or PORTS[scheme], urllib3.make_headers(proxy_basic_auth=account))
