"""Documents on a record of any type: put there, read, replaced, removed; each step can be undone (SI-26, BX-29).

Whoever sees the record sees its documents; whoever may change it puts them there, replaces and removes them. What is in
them is kept by content (see `contents`). A step is told on the record's timeline and in its list at every window.
"""

from __future__ import annotations

import io
from contextlib import contextmanager
from functools import reduce
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Document
from channergy_crm.records.documents import LONGEST_NAME, PART
from channergy_crm.services import areas, contents, office, rights
from channergy_crm.services.contents import Content
from channergy_crm.services.rights import Program
from channergy_crm.settings import DOCUMENT_MOST
from channergy_crm.store import copies
from channergy_crm.text.amounts import of_bytes
from channergy_crm.text.file_kinds import sniffed, usual_ending
from channergy_crm.text.file_names import cleaned, ending
from channergy_crm.work import Change, ChangeRow, UnitRow
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.services.contents import Tell
    from channergy_crm.work.record import Record

Subject = tuple["type[Record]", object]
MB = 1 << 20
AT_A_TIME = 500


class Total(NamedTuple):
    """How many documents there are, older versions included, their bytes, and how many bytes the store keeps."""

    documents: int
    size: int
    kept: int


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def of(subjects: Sequence[Subject], by: str) -> list[Document]:
    """The documents of these records, the newest first; not the versions that were replaced."""
    for record, key in subjects:
        rights.require(by, "see", record.find(key) or record)
    if not subjects:
        return []
    asked = Document.select().where(about(subjects) & Document.current.is_null())
    return list(asked.order_by(Document.created.desc(), Document.number.desc()))


def about(subjects: Sequence[Subject]) -> Any:
    """The condition for the documents of these records."""
    keys: dict[str, list[str]] = {}
    for record, key in subjects:
        keys.setdefault(record._meta.table_name, []).append(str(key))
    return reduce(or_, [(Document.table == table) & Document.of.in_(those) for table, those in keys.items()])


def counts(record: type[Record], keys: Sequence[object], by: str) -> dict[object, int]:
    """How many documents each of these records has; one without any is left out."""
    rights.require(by, "see", record)
    by_text = {str(key): key for key in keys}
    here = (Document.table == record._meta.table_name) & Document.current.is_null()
    asked: Any = Document.select(Document.of, peewee.fn.COUNT(Document.number))
    found: dict[object, int] = {}
    for start in range(0, len(by_text), AT_A_TIME):
        part = list(by_text)[start : start + AT_A_TIME]
        rows = asked.where(here & Document.of.in_(part)).group_by(Document.of).tuples()
        found |= {by_text[text]: int(count) for text, count in rows}
    return found


def versions(number: int, by: str) -> list[Document]:
    """What stood in the place of a document before it was replaced, the latest first."""
    document, _held = _found(number, by)
    asked = Document.select().where(Document.current == document.number)
    return list(asked.order_by(Document.created.desc(), Document.number.desc()))


def most(by: str) -> int:
    """How many bytes a document may have, by the office's rule."""
    return office.whole(DOCUMENT_MOST, by) * MB


def why_not_added(record: Record, by: str) -> str | None:
    """None when this one may put documents on a record, or the sentence why not."""
    return rights.may(by, "edit", record)


# ---------------------------------------------------------------- put there


def add(
    record: type[Record], key: object, source: Path | bytes, by: str, *, name: str = "", note: str = "",
    tell: Tell = _nobody,
) -> Document:  # fmt: skip
    """Put a file on a record: the one at a path, or these bytes. `tell` is told how far it is; what it raises ends it.

    `Mistake` where it is too large, cannot be read, or was changed meanwhile; then nothing is kept.
    """
    held = subject(record, key, by, "edit")
    return keep(held, source, by, N_("Add a document to {name}"), name=name, note=note, tell=tell)


def keep(
    held: Record, source: Path | bytes, by: str, deed: str, *, name: str = "", note: str = "", tell: Tell = _nobody,
    wanted: Callable[[Content], object] = lambda content: None, picture: bool = False, paper: int | None = None,
) -> Document:  # fmt: skip
    """The same under another name in the journal, for a service that has asked for the right itself. `wanted` looks at
    what it is before it is kept; a `picture` shows whose it is, a `paper` is what was sent.
    """
    rights.require(by, "see", held)
    with _opened(source, name, by) as (file, called, size):
        content, small = _taken_in(file, size, tell, wanted)
        document = Document(table=held._meta.table_name, of=str(held.key), note=note.strip(), picture=picture,
                            paper=paper)  # fmt: skip
        _fill(document, content, called, by)
        with work.unit(deed, by=by, name=held.caption()):
            _settle(content, small)
            document.save()
    return document


def replace(number: int, source: Path | bytes, by: str, *, name: str = "", tell: Tell = _nobody) -> Document:
    """Put another file in the place of a document; what stood there stays as an older version."""
    document, held = _found(number, by, "edit")
    return put_instead(document, held, source, by, N_("Replace a document of {name}"), name=name, tell=tell)


def put_instead(
    document: Document, held: Record, source: Path | bytes, by: str, deed: str, *, name: str = "",
    tell: Tell = _nobody, wanted: Callable[[Content], object] = lambda content: None,
) -> Document:  # fmt: skip
    """The same for a service that has asked for the right itself."""
    rights.require(by, "see", held)
    with _opened(source, name or ("" if isinstance(source, Path) else document.name), by) as (file, called, size):
        content, small = _taken_in(file, size, tell, wanted)
        if content.hash == document.hash:
            raise Mistake(_("That is the same file, to the last letter. Nothing was changed."))
        before = Document(current=document.number, **{each: document.__data__[each] for each in _OF_A_VERSION})
        with work.unit(deed, by=by, name=held.caption()):
            _settle(content, small)
            before.save()
            _fill(document, content, called, by)
            document.save()
    return document


_OF_A_VERSION = ("table", "of", "name", "type", "size", "hash", "author", "created", "note")


def _fill(document: Document, content: Content, name: str, by: str) -> None:
    document.name, document.type, document.size, document.hash = name, content.type, content.size, content.hash
    document.author, document.created = None if isinstance(by, Program) else by, clock.now()


@contextmanager
def _opened(source: Path | bytes, name: str, by: str) -> Iterator[tuple[BinaryIO, str, int]]:
    """A file to be read, what it is called here, and its size; refused before it is read where it is too large."""
    called = cleaned(name or (source.name if isinstance(source, Path) else ""), LONGEST_NAME)
    if isinstance(source, bytes):
        _require_room(called, len(source), by)
        yield io.BytesIO(source), called, len(source)
        return
    if source.is_dir():
        raise Mistake(_("“{name}” is a folder. Add the files in it, or pack them into one.").format(name=called))
    try:
        file = source.open("rb")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Mistake(_("“{name}” cannot be read: {reason}.").format(name=called, reason=reason)) from error
    with file:
        size = file.seek(0, io.SEEK_END)
        _require_room(called, size, by)
        yield file, called, size


def _require_room(name: str, size: int, by: str) -> None:
    if size > (largest := most(by)):
        said = _("“{name}” has {size}; a document may have {most}. The office's settings say how large one may be.")
        raise Mistake(said.format(name=name, size=of_bytes(size), most=of_bytes(largest)))


def _taken_in(
    file: BinaryIO, size: int, tell: Tell, wanted: Callable[[Content], object]
) -> tuple[Content, bytes | None]:
    """What it is; a small one as it is, of a larger one the parts are in the store already."""
    try:
        if size <= PART:
            file.seek(0)
            data = file.read(PART + 1)
            file = io.BytesIO(data)
            size = len(data)
        content = Content(contents.hashed(file, size, tell), size, sniffed(file))
        wanted(content)
        if size <= PART:
            return content, data
        contents.put(content, file, tell)
    except OSError as error:
        said = _("The file cannot be read to its end: {reason}.")
        raise Mistake(said.format(reason=error.strerror or error)) from error
    return content, None


def _settle(content: Content, small: bytes | None) -> None:
    """Within the unit: all of it is in the store."""
    if small is not None:
        contents.put_small(content, small)
    contents.require_whole(content)


# ---------------------------------------------------------------- read


def pieces(number: int, by: str) -> Iterator[bytes]:
    """What is in a document, a megabyte at a time."""
    document, _held = _found(number, by)
    return contents.pieces(document.hash, document.size or 0)


def read(number: int, by: str) -> bytes:
    """All that is in a document."""
    rights.require(by, "see")
    return b"".join(pieces(number, by))


def save_as(number: int, path: Path, by: str, tell: Tell = _nobody) -> Path:
    """Write a document into a file, which has its name only when it is whole; only its owner may read it."""
    document, _held = _found(number, by)
    done = 0
    with copies.said_of(path), copies.unfinished(path) as part:
        with part.open("wb") as file:
            for piece in contents.pieces(document.hash, document.size or 0):
                file.write(piece)
                done += len(piece)
                tell(done, document.size or 0, _("Writing the document"))
        part.replace(path)
    return path


def total(by: str) -> Total:
    """How much the office's documents are."""
    rights.require(by, "see")
    asked: Any = Document.select(peewee.fn.COUNT(Document.number), peewee.fn.SUM(Document.size))
    count, size = asked.tuples().get()
    return Total(int(count), int(size or 0), contents.sizes()[0])


# ---------------------------------------------------------------- changed


def change(number: int, by: str, *, name: str | None = None, note: str | None = None) -> Document:
    """Give a document another name or note. A name without an ending keeps the one it had."""
    document, held = _found(number, by, "edit")
    if name is not None:
        document.name = _named(name, document)
    if note is not None:
        document.note = note.strip()
    with work.unit("Change a document of {name}", by=by, name=held.caption()):
        document.save()
    return document


def _named(name: str, document: Document) -> str:
    called = cleaned(name, LONGEST_NAME)
    if not called:
        raise Mistake(_("A document needs a name."), "name")
    last = ending(document.name or "") or usual_ending(document.type or "")
    return called if ending(called) or not last else cleaned(f"{called}.{last}", LONGEST_NAME)


def remove(number: int, by: str) -> None:
    """Take a document away with its older versions; undo brings all of it back."""
    document, held = _found(number, by, "edit")
    take_away(document, held, by, N_("Remove a document of {name}"))


def take_away(document: Document, held: Record, by: str, deed: str) -> None:
    """The same for a service that has asked for the right itself."""
    rights.require(by, "see", held)
    with work.unit(deed, by=by, name=held.caption()):
        for each in Document.select().where(Document.current == document.number).order_by(Document.number):
            each.delete_instance()
        document.delete_instance()


def subject(record: type[Record], key: object, by: str, deed: str = "see") -> Record:
    """The record on which documents are, for whoever may see it, or do that to it."""
    rights.require(by, "see", record)
    held = record.find(key)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=record.singular, number=key))
    rights.require(by, "see", held)
    if deed == "edit":
        rights.require(by, "edit", held)
    return held


def _found(number: int, by: str, deed: str = "see") -> tuple[Document, Record]:
    rights.require(by, "see")
    document = Document.find(number)
    if document is None:
        raise Mistake(_("That document is not there any more."))
    record = areas.every_table().get(document.table or "")
    if record is None:
        raise Mistake(_("The record of that document is not there any more."))
    return document, subject(record, document.of, by, deed)


# ---------------------------------------------------------------- gone for good


def erase(table: str, key: object, by: str) -> int:
    """Erase all documents of a record for good, within the unit of whoever erases that record; how many there were.

    Nothing of them stays in the journal, no undo brings them back, and what was in them goes too where no other record
    has the same. What right that takes is asked by whoever calls it.
    """
    rights.require(by, "see")
    unit = work.current()
    here = (Document.table == table) & (Document.of == str(key))
    rows: list[Any] = list(Document.select(Document.number, Document.hash).where(here).tuples())
    images = _in_journal(table, str(key))
    numbers = {int(row[0]) for row in rows} | {number for number, _hash in images}
    Document.delete().where(here).execute()
    unit.changes.extend(Change(Document._meta.table_name, int(row[0]), "delete") for row in rows)
    _forget_steps(numbers)
    contents.let_go({str(row[1]) for row in rows} | {hash for _number, hash in images})
    return len(rows)


def _in_journal(table: str, key: str) -> set[tuple[int, str]]:
    """The numbers and contents of documents of a record of which the journal knows, gone ones too."""
    asked: Any = ChangeRow.select(ChangeRow.key, ChangeRow.before, ChangeRow.after)
    rows = list(asked.where(ChangeRow.table == Document._meta.table_name).tuples().iterator())
    held = [(int(row[0]), unpacked(Document, text)) for row in rows for text in row[1:] if text]
    those = {number for number, image in held if (image.get("table"), image.get("of")) == (table, key)}
    elsewhere = (Document.table != table) | (Document.of != key)
    those -= set(Document.select(Document.number).where(elsewhere).scalars())  # it was moved, and stays there
    return {(number, str(image["hash"])) for number, image in held if number in those and "hash" in image}


def _forget_steps(numbers: set[int]) -> None:
    """Nothing is told of these documents any more; a step of which nothing is left goes."""
    here = (ChangeRow.table == Document._meta.table_name) & ChangeRow.key.in_([str(number) for number in numbers])
    units = list(ChangeRow.select(ChangeRow.unit).where(here).distinct().scalars())
    ChangeRow.delete().where(here).execute()
    left = ChangeRow.select(ChangeRow.number).where(ChangeRow.unit == UnitRow.number)
    UnitRow.delete().where(UnitRow.number.in_(units) & ~peewee.fn.EXISTS(left)).execute()
