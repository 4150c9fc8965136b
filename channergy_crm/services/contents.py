"""What is in documents, kept by content in parts of a megabyte: put in, read, and let go when nobody holds it any more.

The same content is kept once, however often it is put on a record. Parts are written before the document that holds
them, some at a time, so that nobody waits for long; the document comes last, in a unit that looks whether all of them
are there. So a document is whole or not there at all. Parts of one that never came are let go a day later, and those of
one that was removed when no step of undo reaches it any more.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import peewee

from channergy_crm import clock
from channergy_crm.errors import Mistake, Surroundings
from channergy_crm.language import _
from channergy_crm.records.documents import PART, Document, DocumentPart
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import ChangeRow, UnitRow
from channergy_crm.work.bulk import alone
from channergy_crm.work.journal_values import unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    Tell = Callable[[int, int, str], object]

TOGETHER = 4
"""parts of one short transaction"""
LET_GO = 8
"""files whose parts go in one"""
UNWANTED_AFTER = timedelta(days=1)
"""so old are parts before anybody takes them for those of a document that never came"""
LOCK = 0x43484344  # the name of the lock on PostgreSQL


class Content(NamedTuple):
    """What is in a file: its sha256 in letters, how many bytes, and what it is by what stands in it."""

    hash: str
    size: int
    type: str


def parts(size: int) -> int:
    """How many parts so many bytes make; an empty file has none."""
    return -(-size // PART)


def hashed(file: BinaryIO, size: int, tell: Tell) -> str:
    """The hash of a file that is open to be read, read a part at a time."""
    file.seek(0)
    adding, done = hashlib.sha256(), 0
    while piece := file.read(PART):
        adding.update(piece)
        done += len(piece)
        tell(done, size, _("Reading the file"))
    return adding.hexdigest()


def put(content: Content, file: BinaryIO, tell: Tell) -> None:
    """Write the parts of this content where they are not there yet. What `tell` raises ends it; no harm is done then.

    `Mistake` where the file has changed since it was hashed.
    """
    if is_held(content.hash):
        return
    file.seek(0)
    adding, number, done = hashlib.sha256(), 0, 0
    while pieces := _some(file):
        with database.writing(), translated(), database.proxy.atomic():
            database.proxy.obj.look_at_tables()
            for piece in pieces:
                adding.update(piece)
                _write(content.hash, number, piece)
                number += 1
        done += sum(map(len, pieces))
        tell(done, content.size, _("Keeping the document"))
    if adding.hexdigest() != content.hash or done != content.size:
        _discard(content.hash)
        raise Mistake(_("The file was changed while it was read. Try again."))


def put_small(content: Content, data: bytes) -> None:
    """The same within a unit for what fits into one part: there is nothing that could be left over."""
    if data and not is_held(content.hash):
        _write(content.hash, 0, data)


def require_whole(content: Content) -> None:
    """Within the unit that writes the document: all its parts are there, and stay; else `Surroundings`."""
    alone(LOCK)
    length = peewee.fn.LENGTH(DocumentPart.data)
    here = DocumentPart.hash == content.hash
    asked: Any = DocumentPart.select(peewee.fn.COUNT(length), peewee.fn.SUM(length))
    count, size = asked.where(here).tuples().get()
    if (int(count), int(size or 0)) != (parts(content.size), content.size):
        raise Surroundings(_("The document did not arrive whole. Nothing was kept; try again."))


def is_held(hash: str) -> bool:
    """Whether a document holds this content, so that all its parts are there."""
    return bool(Document.select().where(Document.hash == hash).exists())


def pieces(hash: str, size: int) -> Iterator[bytes]:
    """What is in a document, a part at a time. `Surroundings` where it is not what was put in."""
    adding, came = hashlib.sha256(), 0
    for number in range(parts(size)):
        here = (DocumentPart.hash == hash) & (DocumentPart.number == number)
        found = DocumentPart.select(DocumentPart.data).where(here).scalar()
        piece = bytes(found) if found is not None else b""
        adding.update(piece)
        came += len(piece)
        yield piece
    if came != size or (size and adding.hexdigest() != hash):
        raise Surroundings(_("What is in this document is damaged: it is not what was put in. See main.py check."))


def _some(file: BinaryIO) -> list[bytes]:
    found: list[bytes] = []
    while len(found) < TOGETHER and (piece := _whole_part(file)):
        found.append(piece)
    return found


def _whole_part(file: BinaryIO) -> bytes:
    """A part; some files give less at a time than was asked for."""
    held = file.read(PART)
    while held and len(held) < PART and (more := file.read(PART - len(held))):
        held += more
    return held


def _write(hash: str, number: int, piece: bytes) -> None:
    """Put a part into its place; who writes the same at another window writes the same bytes."""
    row = {"hash": hash, "number": number, "data": piece, "written": clock.now()}
    writing: Any = DocumentPart.insert(row)
    place = (DocumentPart.hash, DocumentPart.number)
    writing.on_conflict(conflict_target=place, preserve=(DocumentPart.data, DocumentPart.written)).execute()


def _discard(hash: str) -> None:
    """Parts that are not what they are called go at once."""
    with database.writing(), translated(), database.proxy.atomic():
        alone(LOCK)
        if not is_held(hash):
            DocumentPart.delete().where(DocumentPart.hash == hash).execute()


# ---------------------------------------------------------------- what nobody holds any more


def sweep(by: str, tell: Callable[[int], object] = lambda steps: None) -> int:
    """Let go the parts that no document holds and no step of undo could bring back; how many bytes.

    It is done in steps, each its own short transaction; `tell` is told how many are done.
    """
    rights.require(by, "remove")
    before = clock.now() - UNWANTED_AFTER
    held = Document.select(Document.hash)
    newest: Any = peewee.fn.MAX(DocumentPart.written)
    asked: Any = DocumentPart.select(DocumentPart.hash).where(DocumentPart.hash.not_in(held))
    loose = list(asked.group_by(DocumentPart.hash).having(newest < before).scalars())
    gone = 0
    for step, start in enumerate(range(0, len(loose), LET_GO), 1):
        gone += let_go(loose[start : start + LET_GO])
        tell(step)
    return gone


def let_go(hashes: Collection[str]) -> int:
    """Let these parts go as far as nobody holds them and no step of undo reaches them; how many bytes."""
    with database.writing(), translated(), database.proxy.atomic():
        database.proxy.obj.look_at_tables()
        alone(LOCK)
        wanted = set(hashes)
        wanted -= set(Document.select(Document.hash).where(Document.hash.in_(list(wanted))).scalars())
        wanted -= _within_reach() if wanted else set()
        here = DocumentPart.hash.in_(list(wanted))
        size = DocumentPart.select(peewee.fn.SUM(peewee.fn.LENGTH(DocumentPart.data))).where(here).scalar()
        DocumentPart.delete().where(here).execute()
        return int(size or 0)


def _within_reach() -> set[str]:
    """The contents that undo or redo could bring back."""
    young = UnitRow.select(UnitRow.number).where(UnitRow.pruned.is_null())
    asked: Any = ChangeRow.select(ChangeRow.before, ChangeRow.after)
    rows = asked.where((ChangeRow.table == Document._meta.table_name) & ChangeRow.unit.in_(young)).tuples()
    images = (unpacked(Document, text) for texts in rows.iterator() for text in texts)
    return {str(held["hash"]) for held in images if "hash" in held}


def sizes() -> tuple[int, int]:
    """How many bytes are kept, and how many contents."""
    length = peewee.fn.SUM(peewee.fn.LENGTH(DocumentPart.data))
    asked: Any = DocumentPart.select(length, peewee.fn.COUNT(DocumentPart.hash.distinct()))
    size, count = asked.tuples().get()
    return int(size or 0), int(count)


def broken() -> list[tuple[int, str]]:
    """The documents, by number and name, of which not every part is there."""
    length: Any = peewee.fn.SUM(peewee.fn.LENGTH(DocumentPart.data)).alias("length")
    kept: Any = DocumentPart.select(DocumentPart.hash, length).group_by(DocumentPart.hash).alias("kept")
    asked: Any = Document.select(Document.number, Document.name)
    joined = asked.join(kept, peewee.JOIN.LEFT_OUTER, on=(Document.hash == kept.c.ContentHash))
    whole = peewee.fn.COALESCE(kept.c.length, 0) == Document.size
    return list(joined.where(~whole).order_by(Document.number).tuples())
