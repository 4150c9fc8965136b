"""Everything the office holds about somebody, to be shown to them: records, what hangs on them, history (DP-6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import N_, _
from channergy_crm.records import DoNotCall
from channergy_crm.records.documents import Document
from channergy_crm.records.erasing import BOOKS, At
from channergy_crm.records.messages import MessageRow
from channergy_crm.records.privacy import OptOut
from channergy_crm.services import contents, history, register, rights
from channergy_crm.services.privacy import circle, optouts
from channergy_crm.work import key_field
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from channergy_crm.records.erasing import Whom

HISTORY = N_("History")


class Part(NamedTuple):
    """Some entries of one kind: what they are called, and each with its values by the name of the field, in words."""

    title: str
    table: str
    entries: list[dict[str, str]]


class File(NamedTuple):
    """A document that goes along, under its name."""

    name: str
    pieces: Iterable[bytes]


def _documents(whom: Whom) -> Iterator[File]:
    condition = ON_RECORDS(whom)
    for document in Document.select().where(condition) if condition is not None else ():
        yield File(document.name, contents.pieces(document.hash, document.size or 0))


ON_RECORDS = At(Document.table, Document.of)
DOCUMENTS: list[Callable[[Whom], Iterable[File]]] = [_documents]
"""what hangs on these records as files; one line for each kind of it"""


class About(NamedTuple):
    """All of it: what somebody is called, and the parts, in the order in which they are read."""

    called: str
    parts: list[Part]
    whom: Whom


def about(record: type[Record], key: object, by: str, *, along: bool = True) -> About:
    """Everything about the person of this record. `Mistake` where there is none of this number."""
    rights.require(by, "export", record)
    if reason := rights.may_erase(by):
        raise Refused(reason)
    held = record.find(key)
    if held is None or not record.about.person:
        raise Mistake(_("{record} {number} is gone.").format(record=record.singular, number=key))
    found = circle.around(record, key, along=along)
    whom = found.whom({
        number for kind, keys in found.people.items() for each in _rows(kind, keys)
        for number in optouts.numbers_of(each)
    })  # fmt: skip
    parts = [_part(kind, _rows(kind, keys)) for kind, keys in found.every()]
    parts += [*_said_elsewhere(whom), *_sent(whom), *_lists(whom.numbers), _history(found, by)]
    return About(held.caption(), [part for part in parts if part.entries], whom)


def _rows(kind: type[Record], keys: Iterable[Any]) -> list[Any]:
    key = key_field(kind)
    return list(kind.select().where(key.in_(sorted(keys, key=str))).order_by(key))


def _part(kind: type[Record], rows: Iterable[Any]) -> Part:
    return Part(kind.plural, kind._meta.table_name, [_entry(kind, row) for row in rows])


def _entry(kind: type[Record], row: Any) -> dict[str, str]:
    """What stands in a record, in words; what is empty is left out."""
    shown = {field.label: field.show(row.__data__.get(name)) for name, field in kind.kinds().items()}
    return {label: text for label, text in shown.items() if text}


def _said_elsewhere(whom: Whom) -> Iterator[Part]:
    """Notes, consents, touches, requests: the records that name these by table and number."""
    seen = set[type[Any]]()
    for book in BOOKS:
        condition = book.found(whom)
        if issubclass(book.table, Record) and condition is not None and book.table not in seen:
            seen.add(book.table)
            yield _part(book.table, book.table.select().where(condition).order_by(key_field(book.table)))


def _sent(whom: Whom) -> Iterator[Part]:
    """Documents by their names, and messages."""
    here, there = ON_RECORDS(whom), At(MessageRow.table, MessageRow.key)(whom)
    if here is not None:
        yield _part(Document, Document.select().where(here).order_by(Document.number))
    if there is not None:
        rows = MessageRow.select().where(there).order_by(MessageRow.number)
        entries = [{_("When"): f"{row.made:%Y-%m-%d %H:%M}", _("Number"): row.address, _("Subject"): row.subject,
                    _("Text"): row.text} for row in rows]  # fmt: skip
        yield Part(_("Messages"), MessageRow._meta.table_name, entries)


def _lists(numbers: Iterable[str]) -> Iterator[Part]:
    keys = [key for number in numbers for key in (number, register.hashed(number))]
    if keys:
        yield _part(DoNotCall, DoNotCall.select().where(DoNotCall.key_of_number.in_(keys)))
        yield _part(OptOut, OptOut.select().where(OptOut.key_of_address.in_(keys)))


def _history(found: circle.Circle, by: str) -> Part:
    """What was changed in their own records, when and by whom."""
    entries: list[dict[str, str]] = []
    for kind, keys in found.people.items():
        for key in sorted(keys, key=str):
            if kind.find(key) is not None:
                entries += [_change(each) for each in history.of([(kind, key)], by, limit=1_000).entries]
    return Part(_(HISTORY), "CRMChanges", entries)


def _change(entry: history.Entry) -> dict[str, str]:
    changes = [
        _("{field}: {before} → {after}").format(
            field=each.kind.label, before=_shown(each, each.before), after=_shown(each, each.after)
        )
        for each in entry.fields
    ]
    said: Mapping[str, str] = {
        _("When"): f"{entry.done:%Y-%m-%d %H:%M}", _("Who"): entry.who, _("What was done"): entry.said,
        _("Changes"): "; ".join(changes),
    }  # fmt: skip
    return {label: text for label, text in said.items() if text}


def _shown(change: history.Changed, value: object) -> str:
    return change.kind.show(value) if value not in (None, "") else _("nothing")
