"""The master data of a ticket, and its verbs (VT-184, VT-189)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import Account, Contact
from ui.forms.record_panel import RecordPanel
from ui.pages.tickets import deeds
from ui.widgets.command_bar import CommandBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records import Ticket
    from channergy_crm.work.record import Record

FOLDS = ("past", "filed", "noted", "linked")
"""what has a part of its own on this page"""


class Elsewhere:
    """What is a fold under other records, and a part of the page here: opened from anywhere in the same way."""

    def __init__(self, fold: Any, come: Callable[[], Any]) -> None:
        self._fold, self._come = fold, come

    @property
    def view(self) -> Any:
        """What stands in it."""
        return self._come()

    def open(self) -> None:
        """Show it."""
        self._come()

    def look(self) -> None:
        """It is shown when somebody comes there."""


class TicketPanel(RecordPanel):
    """The fields of a ticket; what is saved or given up stands over them, the other verbs over the whole ticket."""

    _number: tuple[object, str] = (None, "")

    def _build(self) -> None:
        super()._build()
        self.fields_bar = CommandBar(self.commands, self, role="fields")
        column: Any = self.layout()
        column.insertWidget(0, self.fields_bar)
        self.along.hide()

    def give_away(self, parts: dict[str, Callable[[], Any]]) -> None:
        """These folds are parts of the page: by the name of the fold, what comes to the part."""
        for name, come in parts.items():
            fold: Any = getattr(self, name)
            fold.hide()
            setattr(self, name, Elsewhere(fold, come))

    def do(self, name: str) -> None:
        """Do one of the verbs; what was typed is saved before."""
        if name == "dial":
            self.dial(self.phone())
        elif self.record is not None and self.save_changes():
            deeds.do(name, self)

    def who(self) -> Record | None:
        """Whom it is about: the contact, else the account."""
        ticket: Ticket | None = self.record
        if ticket is None:
            return None
        places: tuple[tuple[str, type[Record]], ...] = (("contact", Contact), ("account", Account))
        for name, record in places:
            if (key := ticket.__data__.get(name)) is not None and (held := self.session.find(record, key)) is not None:
                return held
        return None

    def phone(self) -> str:
        """Their number, "" for none; that of the account where the contact has none."""
        ticket: Ticket | None = self.record
        if ticket is None:
            return ""
        keys = (ticket.__data__.get("contact"), ticket.__data__.get("account"))
        if self._number[0] != keys:
            found = (self.session.find(record, key) if key is not None else None
                     for record, key in zip((Contact, Account), keys, strict=True))  # fmt: skip
            numbers = (getattr(held, "phone", "") or "" for held in found if held is not None)
            self._number = (keys, next((number for number in numbers if number), ""))
        return self._number[1]

    def forget_number(self) -> None:
        """Somebody may have another number now."""
        self._number = (None, "")
