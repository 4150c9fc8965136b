"""What is linked to a record, by group: how many, and the first of each; rights and hidden fields are kept (VT-79).

Each group costs two questions, whatever its length, and all of them belong beside the window.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Document, Note, Opportunity, Order, Product, SalesDocument, Vendor
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import documents, notes, rights
from channergy_crm.services import reading as records
from channergy_crm.services.linked import suite, ways
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.services.linked.ways import Way
    from channergy_crm.work.record import Record

FIRST = 8
"""rows of each group that are read at once"""
MOST = 500
"""and at the most, where somebody asks for all of them"""
FACTS = 3
QUOTED: Mapping[type[Record], tuple[str, str]] = {
    Account: ("new_quote", "account"), Contact: ("new_quote", "contact"), Opportunity: ("new_quote", "deal"),
    Vendor: ("new_purchase_order", "vendor"),
}  # fmt: skip
"""whom a new document can be for: where it is begun, and how that page calls them"""
ASKED: Mapping[type[Record], str] = {Account: "account", Contact: "contact", Product: "product"}
"""whom or what a ticket can be about, and how its page calls them"""
SHORTEST = 200
"""letters of a note or a message that are told"""


class Row(NamedTuple):
    """One linked thing: its number, what it is called, a few facts (the field and its value, or a text), what it opens
    (a table and a number; None for what has no page), and whether it is over and done with.
    """

    key: object
    said: str
    facts: tuple[tuple[Kind[Any] | None, object], ...] = ()
    opens: tuple[str, object] | None = None
    done: bool = False


class Group(NamedTuple):
    """What hangs on a record in one way. `why_not` says for *new*, *link* and *unlink* why this one cannot do it; what
    makes no sense here at all is not in `offers`. Of orders there is the `sum`, in cents.
    """

    name: str
    title: str
    record: type[Record] | None
    total: int
    rows: tuple[Row, ...]
    offers: frozenset[str]
    why_not: dict[str, str]
    sum: int | None = None


def of(record: type[Record], key: object, by: str, first: int = FIRST) -> list[Group]:
    """Everything that is linked to a record, in groups, those people read first at the head. A group is there where it
    holds something, or where something can be put into it.
    """
    rights.require(by, "see", record)
    held = found(record, key, by)
    groups = (_group(held, way, by, first, 0) for way in ways.of(record) if _is_shown(held, way, by))
    return [group for group in groups if group.total or group.offers]


def rest(record: type[Record], key: object, name: str, by: str, start: int = 0, limit: int = MOST) -> list[Row]:
    """The rows of one group from there on."""
    rights.require(by, "see", record)
    held, way = found(record, key, by), ways.named(record, name)
    if way is None or not _is_shown(held, way, by):
        return []
    return list(_group(held, way, by, limit, start).rows)


def found(record: type[Record], key: object, by: str) -> Record:
    """The record that is looked at; `Mistake` where it is gone."""
    rights.require(by, "see", record)
    held = records.find(record, key, by)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=record.singular, number=key))
    return held


def condition(held: Record, way: Way) -> Any:
    """The condition for the rows of a group."""
    kind = way.record
    assert kind is not None  # noqa: S101  messages have their own
    if way.how == "own":
        return key_field(kind) == held.__data__.get(way.field)
    if way.join is not None:
        join, here, there = way.join
        hung = join.select(join.kind(there)).where(join.kind(here) == held.key)
        return key_field(kind).in_(hung)
    parts = [(kind.kind(name), held.__data__.get(along) if along else held.key) for name, along in way.places]
    fits = reduce(or_, [field == (value if value is not None else -1) for field, value in parts])
    return fits & kind.kind(kind.about.only) if kind.about.only else fits


def _is_shown(held: Record, way: Way, by: str) -> bool:
    """Whether this one sees such records, and the field that links them."""
    if way.record is None or way.how in ways.BESIDE:
        return True
    if rights.may(by, "see", way.record):
        return False
    kept = rights.hidden(type(held) if way.how == "own" else way.record, by)
    return way.join is not None or any(name not in kept for name, _along in way.places)


def _group(held: Record, way: Way, by: str, limit: int, start: int) -> Group:
    title = ways.title_of(type(held), way)
    if way.how in ways.BESIDE:
        count, rows = _BESIDE[way.how](held, limit, start)
        refused = rights.may(by, "edit", held) if way.how == "document" else None
        written = way.how != "message"
        made = frozenset({"new"} if written else ())
        return Group(way.name, title, way.record, count, rows, made, {"new": refused} if refused else {})
    kind: Any = way.record
    fits = condition(held, way)
    hidden = rights.hidden(kind, by)
    query = rights.rows(kind, by).where(fits)
    count = int(query.count())
    over = [kind.kind(name).asc() for name in kind.about.standing]
    rows = tuple(
        _row(each, hidden) for each in query.order_by(*over, key_field(kind).desc()).limit(limit).offset(start)
    )
    offered, summed = offers(type(held), way), None
    if kind is Order and "amount" not in hidden:
        led = suite.documents_of([row.key for row in rows], by)
        rows, summed = tuple(row._replace(opens=led.get(row.key)) for row in rows), suite.summed(fits, by)
    return Group(way.name, title, kind, count, rows, offered, _why_not(held, kind, way, by, offered), summed)


def _row(held: Record, hidden: frozenset[str]) -> Row:
    record, about = type(held), type(held).about
    names = [name for name in about.detail or _telling(record) if name not in hidden and name not in about.title]
    facts = [(record.kind(name), held.__data__.get(name)) for name in names]
    told = tuple((kind, value) for kind, value in facts if value not in (None, "", False))[:FACTS]
    opens = (record._meta.table_name, held.key) if about.target else None
    return Row(held.key, held.caption(), told, opens, any(held.__data__.get(name) for name in about.standing))


def _telling(record: type[Record]) -> list[str]:
    """What is told of records that do not say it themselves: their first fields that are short."""
    kinds = [kind for kind in record.offered().values() if not (kind.system or kind.primary_key or kind.own)]
    short = [kind.name for kind in kinds if kind.edited_by not in ("lines", "link", "tick")]
    return [name for name in short if name not in record.about.title][:FACTS]


def offers(record: type[Record], way: Way) -> frozenset[str]:
    """What makes sense in a group, whoever asks: *new*, *link*, *unlink*."""
    kind = way.record
    assert kind is not None  # noqa: S101  messages have their own
    if way.how == "own":
        field = record.kind(way.field)
        fixed = field.required or record.about.keeps_links
        return frozenset() if fixed else frozenset({"link", "unlink"})
    if way.join is not None:
        return frozenset({"link", "unlink"})
    if way.how == "refers" or not ways.has_page(kind) or kind.kind(way.field).unique:
        return frozenset()
    if kind is SalesDocument and record not in QUOTED:
        return frozenset({"link", "unlink"})
    fixed = kind.kind(way.field).required or kind.about.keeps_links
    return frozenset({"new"} if fixed else {"new", "link", "unlink"})


def _why_not(held: Record, kind: type[Record], way: Way, by: str, offers: frozenset[str]) -> dict[str, str]:
    changed: Any = held if way.how == "own" or way.join is not None else kind
    asked = {"new": rights.may(by, "create", kind) if "new" in offers else None}
    edits = rights.may(by, "edit", changed) if offers & {"link", "unlink"} else None
    asked |= {"link": edits, "unlink": edits}
    return {name: reason for name, reason in asked.items() if reason}


# ---------------------------------------------------------------- what stands at any record


def _notes(held: Record, limit: int, start: int) -> tuple[int, tuple[Row, ...]]:
    query = Note.select().where(notes.about([(type(held), held.key)]))
    first = query.order_by(Note.pinned.desc(), Note.created.desc(), Note.number.desc()).limit(limit).offset(start)
    rows = tuple(
        Row(each.number, _begin(each.text), ((None, each.created), (None, each.__data__["author"])), _at(each))
        for each in first
    )
    return int(query.count()), rows


def _documents(held: Record, limit: int, start: int) -> tuple[int, tuple[Row, ...]]:
    query = Document.select().where(documents.about([(type(held), held.key)]) & Document.current.is_null())
    first = query.order_by(Document.created.desc(), Document.number.desc()).limit(limit).offset(start)
    rows = tuple(
        Row(each.number, each.caption(), ((None, each.created), (None, each.__data__["author"])), _at(each))
        for each in first
    )
    return int(query.count()), rows


def _messages(held: Record, limit: int, start: int) -> tuple[int, tuple[Row, ...]]:
    here = ways.messages_of(held._meta.table_name, held.key) & (MessageRow.state != State.CANCELLED.value)
    query = MessageRow.select().where(here)
    first = query.order_by(MessageRow.made.desc(), MessageRow.number.desc()).limit(limit).offset(start)
    rows = tuple(Row(each.number, _begin(each.text), ((None, each.made), (None, _(each.state)))) for each in first)
    return int(query.count()), rows


_BESIDE = {"note": _notes, "document": _documents, "message": _messages}


def _begin(text: str) -> str:
    return " ".join(text.split())[:SHORTEST]


def _at(held: Record) -> tuple[str, object]:
    return held._meta.table_name, held.key


def subjects(held: Record, way: Way) -> Sequence[tuple[str, object]]:
    """The fields of a row of this group that lead here, each with the number it holds."""
    found = ((name, held.__data__.get(along) if along else held.key) for name, along in way.places)
    return [(name, value) for name, value in found if value is not None]
