"""What was done in the week by the script's own reckoning, and what the store says of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import records
from channergy_crm.records.guests import Guest
from channergy_crm.records.messages import EMAIL, MessageRow, State
from channergy_crm.records.tags import Tagging
from channergy_crm.records.transfers import ExportRow
from channergy_crm.store.database import open_database

if TYPE_CHECKING:
    from pathlib import Path

    from tests.domain.mail_server import MailServer
    from tests.ui.hands import Hands

COUNTED: dict[str, tuple[Any, Any]] = {
    "leads": (records.Lead, True), "leads converted": (records.Lead, records.Lead.converted),
    "customers": (records.Customer, True), "accounts": (records.Account, True), "contacts": (records.Contact, True),
    "deals": (records.Opportunity, True), "deals won": (records.Opportunity, records.Opportunity.closed),
    "calls": (records.PhoneCall, True), "entries": (records.Task, True),
    "entries done": (records.Task, records.Task.closed), "guests": (Guest, True), "notes": (records.Note, True),
    "documents": (records.Document, True), "tags": (records.Tag, True), "tags worn": (Tagging, True),
    "templates": (records.Template, True), "mails": (MessageRow, MessageRow.channel == EMAIL),
    "exports": (ExportRow, True),
}  # fmt: skip
"""what is counted: its table, and which of its rows"""


@dataclass
class Book:
    """One office in one week: the server its mails go to, a folder for its files, and what was done."""

    server: MailServer
    folder: Path
    done: Counter[str] = field(default_factory=Counter)
    deeds: Counter[str] = field(default_factory=Counter)
    stages: dict[int, str] = field(default_factory=dict)
    """where each deal stands that was moved"""
    serial: int = 0

    def next(self) -> int:
        """A number nothing else has: names, telephone numbers and addresses are made of it."""
        self.serial += 1
        return self.serial


class Desk(NamedTuple):
    """Somebody at the window: their hands, who they are, and the book of the week."""

    hands: Hands
    by: str
    book: Book


def counted(url: str) -> Counter[str]:
    """What stands in the store, by a connection of its own."""
    office = open_database(url)
    try:
        return Counter({name: record.select().where(which).count() for name, (record, which) in COUNTED.items()})
    finally:
        office.close()


def stages(url: str) -> dict[int, str]:
    """The stage of every deal."""
    office = open_database(url)
    try:
        return {deal.number: deal.stage for deal in records.Opportunity.select()}
    finally:
        office.close()


def sent(url: str) -> int:
    """Of how many mails the store knows that they went."""
    office = open_database(url)
    try:
        return int(MessageRow.select().where(MessageRow.state == State.SENT).count())
    finally:
        office.close()
