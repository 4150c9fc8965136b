"""What the parts of the calendar know of the page they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtCore import QRect

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.places import Slot
    from ui.pages.calendar.side import Side
    from ui.pages.calendar.tools import Tools
    from ui.session.session import Session


class Places(Protocol):
    """Where things stand on the page."""

    def place(self) -> Slot | None:
        """The place somebody stands in."""

    def room_of(self, entry: Entry) -> QRect:
        """Where an entry stands on the page."""

    def room_at(self, slot: Slot) -> QRect:
        """Where an empty place stands on the page."""


class Host(Protocol):
    """The page: what is looked at, and how it is read anew."""

    session: Session
    tools: Tools
    side: Side
    views: dict[str, Any]
    view: str
    anchor: date
    owners: tuple[str, ...]
    begins: int
    stale: bool

    @property
    def where(self) -> Places:
        """Where things stand on the page."""

    @property
    def entries(self) -> list[Entry]:
        """What stands on the days."""

    @property
    def beside(self) -> list[Entry]:
        """What stands in no day."""

    def take(self, word: str, what: object, more: object) -> None:
        """Do what a part of the page wants."""

    def come_to(self, number: int, day: date | None = None) -> None:
        """Read anew and stand on the entry of this task."""

    def put(self, entry: Entry, instead: Entry | None) -> None:
        """Show at once what has become of an entry."""

    def reload(self) -> None:
        """Read anew."""

    def take_focus(self) -> None:
        """The keys go to the days."""

    def fit(self) -> None:
        """Show what has room."""
