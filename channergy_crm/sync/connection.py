"""The connection to the Viper site: settings of the office, and a secret on the workstations that may send (VP-1).

Turned off nothing is sent, nothing waits and nothing is locked. Taken off, the site is never asked again and nobody is
let in there any more; which record is which one stays known, so that nothing is made twice when it is put on again.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from channergy_crm import secrets, work
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.sync import Conflict, Cursor, Outgoing, SyncLink, is_on
from channergy_crm.services import rights
from channergy_crm.settings import VIPER, VIPER_ADDRESS, VIPER_CERTIFICATE, VIPER_EVERY, VIPER_USER
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import outbox
from channergy_crm.sync.viper import line, place
from channergy_crm.sync.viper.place import SYSTEM, Connection
from channergy_crm.sync.viper.wire import Site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Connection", "held", "is_on", "is_ready", "keep", "site", "take_off", "test"]

_HELD = (VIPER_ADDRESS, VIPER_USER, VIPER_EVERY, VIPER, VIPER_CERTIFICATE)
"""the settings it is made of, in the order of its fields"""
IDENTITY = "site"
"""where it stands which site the records were synced with"""
TRYING = 15.0
"""seconds a person waits for one answer"""


def held() -> Connection:
    """The connection of the office, as it is chosen now."""
    rows = OfficeSetting.select().where(OfficeSetting.name.in_([each.name for each in _HELD]))
    found = {row.name: row.value or "" for row in rows}
    address, user, every, on, certificate = (found.get(each.name, each.default) for each in _HELD)
    minutes = int(every) if every.isdecimal() and len(every) < 6 else int(VIPER_EVERY.default)
    return Connection(address, user, max(minutes, 1), on == "on", certificate)


def is_ready() -> bool:
    """Whether this workstation can do it: it is on, and the secret for this address and user is kept here."""
    return is_on() and secrets.is_kept(secret_name(held()))


def secret_name(connection: Connection) -> str:
    """Under which name the secret is kept: it is for this site and this user, and is never said to another one."""
    parts = urlsplit(connection.address.strip())
    whose = f"{parts.scheme}://{parts.netloc}\n{connection.user.strip()}".casefold()
    return f"viper.{hashlib.sha256(whose.encode()).hexdigest()[:24]}"


def has_secret(connection: Connection) -> bool:
    """Whether this workstation keeps the secret for it; the key store is not asked."""
    return secrets.is_kept(secret_name(connection))


@contextmanager
def site() -> Iterator[Site]:
    """The site of the office, for one round. The key store is asked, which may take its time; `Surroundings` where it
    is another site than the one the records were synced with.
    """
    chosen = held()
    with Site(chosen, secrets.find(secret_name(chosen)) or "") as there:
        _require_the_same(there.identity())
        yield there


def _require_the_same(identity: str) -> None:
    known = Cursor.select(Cursor.cursor).where(Cursor.what == IDENTITY).scalar()
    if not identity or known == identity:
        return
    if known:
        said = _("This is another site than the one the records were synced with. Begin anew in Settings > Viper.")
        raise Surroundings(said)
    with database.writing(), translated():
        Cursor.insert(what=IDENTITY, cursor=identity).on_conflict_ignore().execute()


def propose_user(by: str) -> str:
    """Whom to name at the site: people have the same credentials for both (VP-1), so one's own e-mail address, or
    one's ID where none is known.
    """
    rights.require(by, "administer")
    email = Preferences.select(Preferences.email).where(Preferences.operator == by).scalar()
    return str(email or by)


# ---------------------------------------------------------------- choosing


def keep(
    connection: Connection, secret: str | None, by: str, step: Callable[[], object] | None = None
) -> None:  # fmt: skip
    """Keep it for the office, the secret in the key store of this workstation; None leaves the secret as it is.

    `Mistake` with the name of the field where something cannot be. Switched on, every client waits to be compared with
    the site; so it may take a while, and runs beside the window, where `step` is called now and then. Undo takes back
    what was chosen, not the secret.
    """
    rights.require(by, "administer")
    connection = tidied(connection)
    require_right(connection)
    before = held()
    if connection.on and not before.on and not secret and not has_secret(connection):
        raise Mistake(_("Type the password of the site first; it is kept at this workstation."), "secret")
    if secret:
        secrets.keep(secret_name(connection), secret)
    ends = outbox.put_everything(step) if connection.on and not before.on else {}
    with work.unit("Change the connection to Viper", by=by) as unit:
        _store(connection)
        outbox.put_newer(ends, unit.number or 0)


def take_off(by: str) -> None:
    """There is no connection any more: nothing is sent or asked, nothing is locked; the secret is forgotten here."""
    rights.require(by, "administer")
    secrets.forget(secret_name(held()))
    with work.unit("Take off the connection to Viper", by=by):
        _store(Connection())
    outbox.forget_everything()


def begin_anew(by: str) -> None:
    """Forget which record is which one on the site, for a site that is another one: the first connection finds them by
    name and address again. What the site holds stays there. Only while it is off; nobody undoes it.
    """
    rights.require(by, "administer")
    if is_on():
        raise Mistake(_("Switch the sync off first."))
    with database.writing(), translated(), database.proxy.atomic():
        for kept in (SyncLink, Conflict, Cursor, Outgoing):
            kept.delete().execute()


def is_linked() -> bool:
    """Whether it is known of any record which one it is on the site."""
    return SyncLink.select().exists()


def tidied(connection: Connection) -> Connection:
    """As it is kept, however it was typed."""
    certificate = connection.certificate.strip() or SYSTEM
    return connection._replace(
        address=connection.address.strip().rstrip("/"),
        user=connection.user.strip(),
        certificate=place.fingerprint(certificate) or certificate,
    )


def require_right(connection: Connection) -> None:
    """`Mistake` with the name of the field where something of it cannot be; without an address it is only off."""
    found = place.wrong(connection)
    if not connection.address and not connection.on:
        found.pop("address", None)
    for field, sentence in found.items():
        raise Mistake(sentence, field)


def _store(connection: Connection) -> None:
    address, user, every, on, certificate = connection
    values = (address, user, str(every), "on" if on else "off", certificate)
    for setting, value in zip(_HELD, values, strict=True):
        row = OfficeSetting.find(setting.name)
        if value != (row.value if row is not None else setting.default):
            row = row or OfficeSetting(name=setting.name)
            row.value = value
            row.save()


# ---------------------------------------------------------------- trying it


def test(connection: Connection, secret: str | None, by: str) -> str:
    """Speak to that site now; in a sentence what was found. `Surroundings` where it does not work.

    Without a secret the kept one is taken. A certificate that is not known to be good is told by its fingerprint, which
    the makers of the site can compare. Nothing is kept.
    """
    rights.require(by, "administer")
    connection = tidied(connection)
    require_right(connection._replace(on=True))
    said = secret or secrets.find(secret_name(connection)) or ""
    try:
        with Site(connection, said, TRYING) as there:
            found = there.test()
            _require_the_same_or_none(there.identity())
    except Surroundings as error:
        if not line.is_about_the_certificate(error):
            raise
        if not (shown := line.presented(connection, TRYING)):
            said = _("{where} does not speak with encryption; is the address right?")
            raise Surroundings(said.format(where=connection.host)) from error
        told = _("{problem} It shows this one: {fingerprint}")
        raise Surroundings(told.format(problem=error.message, fingerprint=shown)) from error
    return found


def _require_the_same_or_none(identity: str) -> None:
    if Cursor.select().where(Cursor.what == IDENTITY).exists():
        _require_the_same(identity)
