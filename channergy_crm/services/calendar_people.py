"""Who an entry of the calendar may be about, or who may be invited to it: found by what is typed of their name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import _, one
from channergy_crm.records import Account, Contact, Lead, Operator
from channergy_crm.services import linking, rights

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

EACH = 5
"""of each record type"""
ABOUT: tuple[type[Record], ...] = (Account, Lead, Contact)
GUESTS: tuple[type[Record], ...] = (Contact, Lead, Operator)


class Person(NamedTuple):
    """Somebody that was found: what they are called, which record that is."""

    name: str
    record: type[Record]
    key: object

    @property
    def said(self) -> str:
        """With what they are."""
        return _("{name} ({record})").format(name=self.name, record=one(self.record))


def found(text: str, by: str, *, guests: bool = False) -> list[Person]:
    """Who is called like that: accounts, leads and contacts, or those who can be `guests`."""
    rights.require(by, "see")
    known: list[Person] = []
    for record in GUESTS if guests else ABOUT:
        if text.strip() and not rights.may(by, "see", record):
            those = linking.candidates(record, text, by, EACH)
            known += [Person(each.caption, record, each.key) for each in those]
    return known
