"""What an office is called by: a file, `sqlite:///path/to/file`, or `postgresql://user@host/name`.

A password may stand in the address of a server. It is handed to the driver and to nobody else: nothing that is shown,
logged or kept is made of anything but `shown`.
"""

from __future__ import annotations

import os
import re
import urllib.parse
from pathlib import Path

from channergy_crm import secrets
from channergy_crm.errors import Mistake
from channergy_crm.language import _

SERVERS = ("postgresql://", "postgres://")
_NO_FILE = r"(?is)(?:postgres|postgresql|psql|pg|sqlite\d?):|.*\bpassword\s*="
"""what somebody typed who meant a server"""
_HIDDEN = r"(?i)(\w*password\s*=\s*)(?:'[^']*'|[^&\s'\"]*)"
_CREDENTIALS = r"(\w+://[^:@/\s'\"]*):[^\s'\"]*@"


def is_server(url: str) -> bool:
    """Whether this is the address of a server."""
    return url.lower().startswith(SERVERS)


def sqlite_path(url: str) -> Path | None:
    """The file behind a `sqlite:///…` address or a plain path; None for PostgreSQL."""
    if is_server(url):
        return None
    if url.lower().startswith("sqlite://"):
        rest = os.fsdecode(urllib.parse.unquote_to_bytes(os.fsencode(url[len("sqlite://") :])))
        text = rest[1:] if rest.startswith("/") else rest
    else:
        text = "" if "://" in url or re.match(_NO_FILE, url) else url
    if not text.strip() or "\0" in text:
        raise Mistake(_("A database is a file, sqlite:///path/to/file, or postgresql://user@host/name."))
    try:
        return Path(text).expanduser()
    except RuntimeError:  # ~nobody
        return Path(text)


def url_of(path: Path) -> str:
    """The address of a file, whatever signs stand in its name: `sqlite_path` finds the same file again."""
    return f"sqlite:///{_quoted(path)}"


def read_only(path: Path, *, frozen: bool = False) -> str:
    """What SQLite is given to open a file for reading only; `frozen`: nobody writes it, so no log is looked for."""
    return _file_uri(path, "ro") + ("&immutable=1" if frozen else "")


def existing(path: Path) -> str:
    """What SQLite is given to open a file that must be there already: none is made."""
    return _file_uri(path, "rw")


def _file_uri(path: Path, mode: str) -> str:
    text = _quoted(path)
    return f"file://{'' if text.startswith('/') else '/'}{text}?mode={mode}"


def _quoted(path: Path) -> str:
    return urllib.parse.quote(os.fsencode(path.absolute().as_posix()), safe="/:")


def shown(url: str) -> str:
    """The address of an office as people may see it: without the password, however wrongly it is written."""
    if not is_server(url):
        return url
    scheme, _sign, rest = url.partition("://")
    who, at, where = rest.rpartition("@")  # a password that was not quoted may hold an @ of its own
    user = who.partition(":")[0]
    return re.sub(_HIDDEN, r"\1…", f"{scheme}://{user}{at}{where}")


def complete(url: str) -> str:
    """The address of a server with the password that is kept for it on this workstation, if it holds none itself."""
    if not is_server(url) or "PGPASSWORD" in os.environ:
        return url
    if password_in(url) or re.search(_HIDDEN, url) or (secret := secrets.find(url)) is None:
        return url
    return with_password(url, secret)


def with_password(url: str, secret: str) -> str:
    """An address without a password, with one."""
    scheme, sign, rest = url.partition("://")
    who, at, where = rest.rpartition("@")
    quoted = urllib.parse.quote(secret, safe="")
    if not at:  # whoever is signed in at this workstation
        return f"{url}{'&' if '?' in url else '?'}password={quoted}"
    return f"{scheme}{sign}{who}:{quoted}{at}{where}"


def password_in(url: str) -> str:
    """The password that stands in an address, or ''."""
    who = url.partition("://")[2].rpartition("@")[0]
    return urllib.parse.unquote(who.partition(":")[2])


def without_secrets(text: str) -> str:
    """A sentence of somebody else's that may repeat what was typed: without the passwords in it."""
    return re.sub(_HIDDEN, r"\1…", re.sub(_CREDENTIALS, r"\1@", text))


def known_as(url: str) -> str:
    """What tells one office from another, however its address is written: its file, or the server without secrets."""
    path = sqlite_path(url)
    if path:
        return os.fspath(path.resolve())
    where, _sign, options = shown(url).partition("://")[2].partition("?")
    kept = [each for each in options.split("&") if each and not re.match(_HIDDEN, each)]  # once kept, it stands there
    return f"{SERVERS[0]}{where}{'?' if kept else ''}{'&'.join(kept)}"


def host_of(url: str) -> str:
    """The server's name in an address, to be said in a sentence; '' where none is named."""
    where = shown(url).partition("://")[2].rpartition("@")[2]
    return urllib.parse.unquote(re.split(r"[/?#]", where, maxsplit=1)[0])
