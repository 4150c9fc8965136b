"""A person full of marked words: every field of every record that is about them, or hangs on them, says who it is."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.fields import Email, Phone, Text, Website
from channergy_crm.fields.more_phones import MorePhones
from channergy_crm.records import ALL, Account, Contact, Customer, Lead, Opportunity
from channergy_crm.records.erasing import BOOKS, At
from channergy_crm.services.privacy import personal
from channergy_crm.work.record import Record
from tests.factories import BY, valid

if TYPE_CHECKING:
    import peewee

USED = ("table", "of", "to")
"""fields that name a record or an operator"""


class Marked:
    """Makes the records, and knows every word that is in them."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self._next = count(1)
        self.people: dict[type[Record], Any] = {}
        self.parts: dict[type[Record], list[Any]] = {}

    def value(self, kind: Any) -> str:
        """A value of this kind that says who it is."""
        number = next(self._next)
        word = f"Zqmark{number:03d}x"
        self.words.add(word.casefold())
        if isinstance(kind, MorePhones | Phone):
            digits = f"650253{7000 + number}"
            self.words.add(digits)
            self.words.discard(word.casefold())
            return digits if isinstance(kind, Phone) else f"Mobile: {digits}"
        if isinstance(kind, Email):
            return f"{word}@{word}.example"
        if isinstance(kind, Website):
            return f"www.{word}.example"
        return f"{word} {word}y"

    def fill(self, record: Any) -> Any:
        """Put a marked word into every field that is emptied."""
        for name in personal.erased(type(record)):
            kind = type(record).kind(name)
            if isinstance(kind, Text):
                setattr(record, name, self.value(kind))
        return record

    def whole(self) -> Lead:
        """A lead that was converted, its account, customer and contact, and everything that hangs on one of them."""
        with work.unit("Make somebody", by=BY):
            for record in (Customer, Account, Contact, Lead):
                self.people[record] = self._save(record)
            for record in personal.hanging():
                self.parts[record] = [self._save(record) for _turn in range(1 if record.about.internal else 2)]
        with work.unit("Change everything", by=BY):
            for row in [*self.people.values(), *(rows[0] for rows in self.parts.values())]:
                self.fill(again(row)).save()
        with work.unit("Delete some of it", by=BY):
            for record in reversed(personal.hanging()):
                if record is not Opportunity and not record.about.internal:
                    again(self.parts[record][1]).delete_instance()
        self._books()
        lead: Lead = again(self.people[Lead])
        return lead

    def _save(self, record: type[Record]) -> Any:
        made = self.fill(valid(record, 1))
        for link in record._meta.refs:
            if link.rel_model in self.people:
                setattr(made, link.name, self.people[link.rel_model].key)
            elif link.rel_model in self.parts:
                setattr(made, link.name, self.parts[link.rel_model][0].key)
        if "ordered_on" in record._meta.fields:
            made.ordered_on = date(2001, 1, 1)  # nothing is held any more
        for flag in record.about.refusing:
            setattr(made, flag, record.about.refusing[flag])
        made.save()
        return made

    def _books(self) -> None:
        """Rows of every other table that names the lead."""
        with work.unit("Say something elsewhere", by=BY):
            for book in BOOKS:
                if issubclass(book.table, Record) and isinstance(book.found, At):
                    for gone in (False, True):
                        row = self._named(book.table, book.found)
                        if gone:
                            row.delete_instance()
        moment = clock.now()
        for book in BOOKS:
            if not issubclass(book.table, Record) and isinstance(book.found, At):
                _insert(book.table, book.found, self.people[Lead], moment)

    def _named(self, record: type[Record], named: At) -> Any:
        row: Any = valid(record, 1)
        key = self.people[Lead].key
        setattr(row, named.table.name, Lead._meta.table_name)
        setattr(row, named.key.name, str(key) if isinstance(named.key, Text) else key)
        for name, kind in record._meta.fields.items():
            if isinstance(kind, Text) and not kind.system and kind.list_key is None and name not in USED:
                setattr(row, name, self.value(kind)[: kind.limit])
        row.save()
        return row


def _insert(table: type[peewee.Model], named: At, lead: Any, moment: Any) -> None:
    from channergy_crm.store import database

    values: dict[Any, Any] = {}
    for field in table._meta.sorted_fields:
        if field.primary_key and field.field_type == "AUTO":
            continue
        texts = {"VARCHAR": "zq", "TEXT": "zq", "DATETIME": moment}
        values[field] = texts.get(field.field_type, 1)
    values[named.table], values[named.key] = Lead._meta.table_name, lead.key
    with database.writing():
        table.insert(values).execute()


def again(row: Any) -> Any:
    """The same record, read anew."""
    return type(row).find(row.key)


def every_type() -> list[type[Record]]:
    """All record types whose personal fields can be chosen."""
    return [record for record in ALL if record in personal.chosen_of()]
