"""How a record stands with the Viper site, for the chip beside its name and for the list of all that wait."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_

if TYPE_CHECKING:
    from channergy_crm.sync.ready import Lack


class Standing(StrEnum):
    """How a record stands with the site."""

    SYNCED = N_("synced")
    WAITS = N_("waits")
    HELD = N_("not synced")
    REFUSED = N_("refused")
    APART = N_("no longer together")


class Chip(NamedTuple):
    """What is said beside a record: how it stands, the words, more for whoever points at it, and what is lacking."""

    state: Standing
    text: str
    tip: str = ""
    lack: Lack | None = None


def chip(table: str, key: object, by: str) -> Chip | None:
    """How one record stands; None while the sync is off, and for what is never sent."""
    return None


class Waiting(NamedTuple):
    """A record that is not sent because it lacks something."""

    table: str
    key: object
    caption: str
    lack: Lack


def waiting(by: str, requirement: str | None = None, start: int = 0, count: int = 200) -> list[Waiting]:
    """The records this one may see that are not sent, by what they lack; only for one requirement where it is named."""
    return []


def counts(by: str) -> dict[str, int]:
    """How many records lack what, by the name of the requirement."""
    return {}
