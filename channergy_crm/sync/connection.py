"""The connection to the Viper site: settings of the office, and a secret on the workstations that may send (VP-1).

Turned off nothing is sent, nothing waits and nothing is locked; taken off entirely the site is never asked again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.services import rights
from channergy_crm.sync.viper.place import Connection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.sync.viper.wire import Site, User

__all__ = ["Connection"]


class Person(NamedTuple):
    """An operator or a group that can own records here, and who stands for them there ("" nobody)."""

    owner: str
    name: str
    group: bool
    remote: str = ""
    remote_name: str = ""


def held() -> Connection:
    """The connection of the office, as it is chosen now."""
    return Connection()


def is_on() -> bool:
    """Whether records are kept alike here and there; one look by its key, for every unit that is written."""
    return False


def is_ready() -> bool:
    """Whether this workstation can do it: it is on, and the secret for this address is kept here."""
    return False


def site() -> Site:
    """The site of the office; the key store is asked for the secret, which may take its time."""
    raise NotImplementedError


def keep(connection: Connection, secret: str | None, by: str) -> None:
    """Keep it for the office, the secret in the key store of this workstation; None leaves the secret as it is.

    `Mistake` with the name of the field where something cannot be.
    """
    rights.require(by, "administer")


def take_off(by: str) -> None:
    """There is no connection any more: nothing is sent or asked, nothing is locked, the secret of this one is gone."""
    rights.require(by, "administer")


def test(connection: Connection, secret: str | None, by: str) -> str:
    """Speak to that site now; in a sentence what was found. `Surroundings` where it does not work."""
    rights.require(by, "administer")
    raise NotImplementedError


def people(by: str) -> list[Person]:
    """Everybody who can own a record here, ADMIN excepted (VP-14), with who stands for them there."""
    rights.require(by, "administer")
    return []


def keep_person(owner: str, remote: str, by: str, name: str = "") -> None:
    """Have a user or office there stand for an owner here; "" for nobody."""
    rights.require(by, "administer")


def propose_people(users: Sequence[User], by: str) -> dict[str, User]:
    """Who could stand for whom, by the same name or e-mail address, for those nobody stands for yet."""
    rights.require(by, "administer")
    return {}


def remote_of(owner: str) -> str | None:
    """Who stands for this owner there; None for nobody."""
    return None


def owner_of(remote: str) -> str | None:
    """Who stands for that user or office here; None for nobody."""
    return None
