"""Looking in what is written beside the records: notes, the names of documents, what filed mails are about (VT-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.records import Document, FiledMail, Note
from channergy_crm.services import areas, reading, rights
from channergy_crm.store import letters

if TYPE_CHECKING:
    from peewee import ColumnBase

    from channergy_crm.store.reader import Reader
    from channergy_crm.work.record import Record

SHOWN, LOOKED_AT, AROUND = 50, 200, 32
SHORTEST = 2
"""letters of a text that is looked for"""


class Writing(NamedTuple):
    """A note, a document or a filed mail: the record it stands at, how that is called, the piece with the words."""

    kind: type[Record]
    at: type[Record]
    key: object
    title: str
    piece: str


def find(reader: Reader, text: str, by: str, most: int = SHOWN) -> list[Writing]:
    """The newest notes, documents and filed mails in which all these words stand, of records this operator sees."""
    rights.require(by, "search")
    words = text.split()
    if not words or max(map(len, words)) < SHORTEST:
        return []
    return [
        *_found(reader, Note, Note.kind("text"), words, by, most),
        *_found(reader, Document, Document.kind("name"), words, by, most),
        *_found(reader, FiledMail, FiledMail.kind("subject"), words, by, most),
    ]


def _found(
    reader: Reader, kind: type[Record], text: ColumnBase, words: list[str], by: str, most: int
) -> list[Writing]:  # fmt: skip
    query = kind.select(kind.kind("table"), kind.kind("of"), text).order_by(kind.kind("number").desc())
    if kind is Document:
        query = query.where(Document.current.is_null())  # an older version is read as part of the newest
    for word in words:
        query = query.where(letters.holds(text, word))
    known, found = areas.every_table(), list[Writing]()
    for table, key, written in reader.rows(*query.limit(LOOKED_AT).sql()):
        record = known.get(table)
        held = reading.find(record, key, by) if record is not None and rights.may(by, "see", record) is None else None
        if record is not None and held is not None and record.about.target:
            found.append(Writing(kind, record, held.key, held.caption(), _piece(written, words)))
        if len(found) == most:
            break
    return found


def _piece(text: str, words: list[str]) -> str:
    """The first of the words with what stands around it, on one line."""
    plain = " ".join(str(text).split())
    at = max(0, plain.casefold().find(words[0].casefold()))
    start, end = max(0, at - AROUND), at + len(words[0]) + 2 * AROUND
    return f"{'…' if start else ''}{plain[start:end]}{'…' if end < len(plain) else ''}"
