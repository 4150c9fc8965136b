"""What a database driver says, turned into what an operator can act on."""

from __future__ import annotations

import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import peewee

from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.patterns import pattern
from channergy_crm.store.addresses import host_of, without_secrets

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = N_("The disk is full. Nothing was saved; make room and try again.")
GONE = N_("The database does not answer. Nothing was saved; try again.")
LOCKED = N_("Another program is using the office's file. Nothing was saved; try again in a moment.")
NOT_OPENED = N_("The office's file cannot be opened. Check that its folder exists and may be written.")
STOPPED = N_("Stopped.")
TOO_SLOW = N_("That took longer than the server allows. Nothing was saved; try again, or ask for less.")
SAME_MOMENT = N_("Somebody else saved the same at the same moment. Nothing was saved; try again.")
OTHER_TABLES = N_("The tables of this office are not those of this version of the program. Close it and open it again.")
DAMAGED = N_("The office's file is damaged. Restore the latest backup.")
NO_ROOM = N_("The server takes no more connections. Close what is not needed, or try again in a moment.")
STARTING = N_("The server is being started or stopped. Try again in a moment.")
NO_LETTER = N_("A character in this can neither be stored nor looked for; take it out.")
LETTERS = N_("The server cannot keep these letters. Nothing was saved.")
ONLY_READ = N_("This office may only be read from here. Nothing was saved.")
STATES = {
    "53100": FULL, "53200": N_("The server has no memory left. Nothing was saved; try again."), "53300": NO_ROOM,
    "57P01": GONE, "57P02": GONE, "57P03": STARTING, "40001": SAME_MOMENT, "40P01": SAME_MOMENT,
    "55P03": N_("Somebody is working on these records. Nothing was saved; try again."),
    "42P01": OTHER_TABLES, "42703": OTHER_TABLES, "22021": LETTERS, "22P05": LETTERS,
    "XX001": N_("The server's files are damaged. Restore the latest backup."),
    "XX002": N_("The server's files are damaged. Restore the latest backup."),
}  # fmt: skip
"""what PostgreSQL's numbers for its errors mean to somebody at work"""
BUGS = ("42", "0A", "34", "26", "2F")
"""the classes of errors that are the program's own"""
SILENT = N_("No server answers at {host}.")
UNREACHED = (
    (
        pattern(r"password|fe_sendauth|authentication"),
        N_("The server {host} does not accept this user or password."),
    ),
    (
        pattern(r"database \".*\" does not exist"),
        N_("The server {host} has no such database. Check the end of the address."),
    ),
    (pattern(r"role \".*\" does not exist"), N_("The server {host} does not know this user.")),
    (pattern(r"pg_hba|permission denied"), N_("The server {host} does not let this user in from this workstation.")),
    (pattern(r"too many|connection slots"), NO_ROOM),
    (pattern(r"starting up|shutting down|recovery"), STARTING),
    (pattern(r"resolve|translate host|name or service|nodename"), N_("There is no server {host}. Check its name.")),
    (
        pattern(r"timeout|timed out"),
        N_("The server {host} does not answer in time. Check the network and try again."),
    ),
    (
        pattern(r"refused|no such file|is the server running|unreachable|no route"),
        SILENT,
    ),
)
"""what a server says, in whatever order, who cannot be reached"""


OF_FILES = (
    (pattern("locked|busy"), LOCKED),
    (pattern("full"), FULL),
    (pattern("unable to open"), NOT_OPENED),
    (pattern("interrupted"), STOPPED),
    (pattern("no such table|no such column|has no column"), OTHER_TABLES),
    (pattern("disk I/O"), N_("The disk does not answer. Nothing was saved; check it and try again.")),
)
"""what SQLite says, and what it means to somebody at work"""
OF_DAMAGE = ("malformed", "not a database", "Could not decode")  # unsaid: what it looks for
"""what SQLite says of a page it cannot make sense of, and Python of letters that are none any more"""


class ReadOnly(Surroundings):
    """The store may be read from here, and nothing else."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what a database driver says into what an operator can act on."""
    try:
        yield
    except (CRMError, peewee.IntegrityError):
        raise
    except (peewee.DatabaseError, peewee.InterfaceError, sqlite3.DatabaseError) as error:
        said = _of_letters(error) or _of_server(error) or _of_file(error)
        if said is None:
            raise
        raise said from error
    except Exception as error:
        said = _of_letters(error) or _of_server(error)
        if said is None:
            raise
        raise said from error


def _of_letters(error: Exception) -> Mistake | None:
    """Half of a sign, as broken programs put it on the clipboard, and on a server the sign that ends a text."""
    of_server = "NUL (0x00)" in str(error)  # unsaid: what it says
    return Mistake(_(NO_LETTER)) if isinstance(error, UnicodeEncodeError) or of_server else None


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """Whoever connects to a server is told why that fails, without what stands in its address but the server's name.

    Nothing of the driver's own error goes on: it may repeat the password.
    """
    try:
        yield
    except Exception as error:
        if not (_is_servers(error) or isinstance(error, UnicodeError)):
            raise
        raise _unreached(str(error), url) from None


def _unreached(said: str, url: str) -> Surroundings:
    host = host_of(url) or _("of this machine")
    if re.search(r"invalid (?:percent|connection|port|integer|URI)|missing|unexpected|forbidden", said):
        return Surroundings(
            _("The address of the server cannot be read. In a password @ / # % are written %40 %2F %23 %25.")
        )
    for said_so, sentence in UNREACHED:
        if said_so.search(said.lower()):
            if sentence == SILENT and not host_of(url):
                return Surroundings(_("No server answers on this machine."))
            return Surroundings(_(sentence).format(host=host))
    last = re.sub(r"\"[^\"]*\"", "…", without_secrets(_first_line(said)))  # what is quoted may be a part of the address
    return Surroundings(_("The server {host} cannot be reached. ({said})").format(host=host, said=last))


def _is_servers(error: BaseException | None) -> bool:
    return type(error).__module__.partition(".")[0] == "psycopg"


def say(error: sqlite3.DatabaseError) -> NoReturn:
    """The same, of what SQLite complains of, where rows are fetched one by one."""
    said = _of_file(error)
    if said is None:
        raise error
    raise said from error


def _of_server(error: Exception) -> Surroundings | Mistake | None:
    """What a server complains of; None when it is no server's complaint, or one about the program itself."""
    links = (error, error.__cause__, error.__context__, *error.args)
    inner = next((one for one in links if isinstance(one, BaseException) and _is_servers(one)), None)
    if inner is None:
        return None
    state = str(getattr(inner, "sqlstate", None) or "")
    said = without_secrets(_first_line(str(inner)))
    if state in STATES:
        return Surroundings(_(STATES[state]))
    if state == "57014":
        return Surroundings(_(TOO_SLOW) if "timeout" in said else _(STOPPED))
    return _of_state(state, said, type(inner).__name__)


def _of_state(state: str, said: str, kind: str) -> Surroundings | Mistake | None:
    if state in ("42501", "25006"):
        return ReadOnly(_(ONLY_READ))
    if state.startswith("22"):
        return Mistake(_("The database refused this: {said}").format(said=said))
    if state.startswith(BUGS) or (not state and kind not in ("OperationalError", "InterfaceError", "AdminShutdown")):
        return None
    return Surroundings(_("The database does not answer. Nothing was saved; try again. ({said})").format(said=said))


def _of_file(error: Exception) -> Surroundings | None:
    """What SQLite complains of; None when it is the program's own mistake."""
    said = str(error)
    if any(sign in said for sign in OF_DAMAGE):
        return Surroundings(_(DAMAGED))
    if isinstance(error, (peewee.OperationalError, peewee.InterfaceError, sqlite3.OperationalError)):
        return in_words(said)
    return None


def in_words(said: str) -> Surroundings:
    """What SQLite said, as a sentence."""
    for said_so, sentence in OF_FILES:
        if said_so.search(said):
            return Surroundings(_(sentence))
    if "readonly" in said or "read-only" in said:
        return ReadOnly(_("The office's file cannot be written. Check its permissions and try again."))
    said = _first_line(said)
    return Surroundings(_("The database does not answer. Nothing was saved; try again. ({said})").format(said=said))


def _first_line(said: str) -> str:
    return (said.strip().splitlines() or [""])[0]
