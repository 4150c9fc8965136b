"""In which ways records hang together: read from the declarations, so that a new record type brings its own (VT-79)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm.language import _
from channergy_crm.records import Document, Note, Operator, those
from channergy_crm.records.messages import MessageRow
from channergy_crm.work.about import ADMINISTRATORS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

How = Literal["own", "points", "refers", "joined", "note", "document", "message"]
BESIDE: tuple[How, ...] = ("note", "document", "message")
"""what stands at a record of any type by table and number"""


class Way(NamedTuple):
    """One way in which records hang on another one; what hangs so is one group of *More information*.

    `places` are the fields that lead there: of the records that are listed, each with the field of the record looked
    from that holds the number ("" is its own); for `own` the field of the record looked from. `join` is the record
    between the two, with the fields that name this side and the other one.
    """

    name: str
    how: How
    record: type[Record] | None
    places: tuple[tuple[str, str], ...] = ()
    join: tuple[type[Record], str, str] | None = None

    @property
    def title(self) -> str:
        """What the group is called."""
        if self.record is None or self.how in BESIDE:
            return {"note": _("Notes"), "document": _("Documents"), "message": _("Messages")}[self.name]
        return self.record.plural

    @property
    def field(self) -> str:
        """The field that is written when something is linked."""
        return self.places[0][0] if self.places else ""


def of(record: type[Record]) -> list[Way]:
    """All ways in which records hang on one of this type: what it belongs to, what points at it, what stands at it."""
    subjects: list[tuple[type[Record], str]] = [(record, "")]
    if along := record.about.speaks_for:
        subjects.append((record.kind(along).linked_to, along))  # an account is read as one with its customer
    found = [*_own(record), *_pointing(record, subjects), *_joined(record)]
    return [*found, Way("note", "note", Note), Way("document", "document", Document), Way("message", "message", None)]


def named(record: type[Record], name: str) -> Way | None:
    """The way of that name, or None."""
    return next((way for way in of(record) if way.name == name), None)


def title_of(record: type[Record], way: Way) -> str:
    """What the group is called among those of a record of this type."""
    if way.how == "own":
        kind = record.kind(way.field)
        return kind.linked_to.singular if kind.system else kind.label
    if way.record is record and way.field:
        said = _("{records} ({field})")
        return said.format(records=way.title, field=record.kind(way.field).label)
    return way.title


def is_listed(record: type[Record]) -> bool:
    """Whether records of this type are what people work with, not how the office is arranged."""
    about = record.about
    return not about.internal and about.rights != ADMINISTRATORS and "number" in record._meta.fields


def has_page(record: Any) -> bool:
    """Whether one of these is opened somewhere."""
    return bool(record.about.target)


def kinds(record: type[Record]) -> list[Kind[Any]]:
    """The fields of a record, those people do not see too."""
    return [kind for kind in record._meta.sorted_fields if hasattr(kind, "linked_to")]


def _word(record: type[Record]) -> str:
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in record.__name__).strip("_")


def _own(record: type[Record]) -> Iterator[Way]:
    for kind in kinds(record):
        if kind.hidden or kind.name == record.about.speaks_for:
            continue
        if kind.linked_to is not None and has_page(kind.linked_to):
            yield Way(f"own_{kind.name}", "own", kind.linked_to, ((kind.name, ""),))


def _pointing(record: type[Record], subjects: list[tuple[type[Record], str]]) -> Iterator[Way]:
    for other in those(is_listed):
        links: list[tuple[str, str]] = []
        referring: list[tuple[str, str]] = []
        for subject, along in subjects:
            for kind in kinds(other):
                if along and other is record:
                    continue  # it is that one itself
                if kind.linked_to is subject:
                    links.append((kind.name, along))
                elif kind.kept and kind.points_at(subject):
                    referring.append((kind.name, along))
        if links:
            yield Way(_word(other), "points", other, (*links, *referring))
        elif referring:
            yield Way(_word(other), "refers", other, tuple(referring))


def _joined(record: type[Record]) -> Iterator[Way]:
    """Records between two others, such as that a contact has a part in a deal."""
    for join in those(lambda each: each.about.internal and not each.about.stands_at[0]):
        links = [kind for kind in kinds(join) if kind.linked_to is not None and not kind.hidden]
        if len(links) != 2 or not all(kind.required for kind in links):
            continue
        for here, there in (links, links[::-1]):
            if here.linked_to is record and (has_page(there.linked_to) or there.linked_to is Operator):
                name = f"{_word(join)}"
                yield Way(name, "joined", there.linked_to, (), (join, here.name, there.name))


def messages_of(table: str, key: object) -> Any:
    """The condition for the messages to a record."""
    return (MessageRow.table == table) & (MessageRow.key == str(key))
