"""Events are written: begun, taken from the shelf, saved, removed; and said in one line (VS-7, VS-8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from channergy_crm.records.events import Event


def every(by: str) -> list[Event]:
    """The events of the office: the active ones, those being written, those that are off; by name."""
    raise NotImplementedError


def start(by: str, shelf: str = "") -> Event:
    """A new event, not yet saved; or one from the shelf, by its name there."""
    raise NotImplementedError


def save(event: Event, by: str) -> Event:
    """Keep an event; a `Mistake` names the field that cannot be so."""
    raise NotImplementedError


def remove(number: int, by: str) -> None:
    """Take an event away that is not active. The tasks it has made stay."""
    raise NotImplementedError


def sentence(event: Event) -> str:
    """What an event does, in one line: “Customer, no order for 2 months → call”."""
    raise NotImplementedError
