"""Documents on a record of any type, and the parts in which the store keeps what is in them (SI-26, BX-29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.fields import Flag, Link, LongText, Moment, Number, RecordNumber, Text
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

PART = 1 << 20
"""bytes of one part; the last one of a document holds what is left"""
LONGEST_NAME = 200
CALLED = frozenset({"name", "note", "picture", "author", "version"})
"""what of the paper of an issued document may still change: how its file is called, nothing of what is in it"""


class Document(Record):
    """A file on a record of any type: its name, what it is, how large, who put it there and when, and a note.

    It hangs on a record by table and number, as notes do; rights are those of that record. What is in it lies in the
    parts of its `hash`, so the same file twice is kept once. Of a document that was replaced `current` is the number
    of the one that took its place; it is read as an older version of that one.
    """

    number = RecordNumber("Document #", column_name="DocumentNo")
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    of = Text("Record #", column_name="RecordNo", required=True, system=True, limit=60)
    name = Text("Name", column_name="DocumentName", required=True, limit=LONGEST_NAME)
    type = Text("Type", column_name="ContentType", required=True, system=True, limit=100)
    size = Number("Size", column_name="Size", required=True, system=True)
    hash = Text("Content", column_name="ContentHash", hidden=True, limit=64)
    author = Link(Operator, "Operator ID", column_name="OperatorID", system=True, width=10)
    created = Moment("Create Dt", column_name="CreateDt", required=True, system=True)
    note = LongText("Note", column_name="Note", limit=2_000)
    current = Number("Replaced By", column_name="CurrentDocumentNo", system=True, index=True)
    picture = Flag("Picture", column_name="IsPicture", hidden=True)
    """it shows whose it is, such as the image of a contact (VT-103)"""
    paper = Number("Paper", column_name="PaperLevel", hidden=True)
    """what was sent of an issued document: 0 its paper, from 1 on its reminders; nothing takes its place (BX-26)"""

    singular = "Document"
    plural = "Documents"
    about = About(
        icon="document", internal=True, found_again=True, stands_at=("table", "of"), part_of="current",
        guard=lambda *change: _guard_paper(*change),
    )  # fmt: skip

    class Meta:
        table_name = "CRMDocuments"
        indexes = ((("table", "of", "created"), False), (("hash",), False))

    def caption(self) -> str:
        return self.name or _("Document {number}").format(number=self.number)


Document.add_index(Document.table, Document.of, Document.paper, unique=True, name="CRMDocuments_paper",
                   where=Document.paper.is_null(False))  # fmt: skip


def _guard_paper(key: object, verb: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """What was issued stays what was sent, whoever wants it otherwise."""
    if verb == "insert" or (verb == "update" and after.keys() <= CALLED):
        return
    kept = before.get("paper")
    if verb == "update" and "paper" not in before:
        kept = Document.select(Document.paper).where(Document.number == key).scalar()
    if kept is not None:
        raise Mistake(_("That is the paper as it was issued: it stays as it was sent. A correction is a new document."))


class DocumentPart(peewee.Model):
    """A piece of what is in documents: the program's own bookkeeping, in no journal. `hash` is that of the whole."""

    hash = peewee.CharField(column_name="ContentHash", max_length=64)
    number = peewee.IntegerField(column_name="PartNo")
    written = peewee.DateTimeField(column_name="CreateDt")
    data = peewee.BlobField(column_name="Data")
    """the last column: what stands behind something so large is slow to read"""

    class Meta:
        database = database.proxy
        table_name = "CRMDocumentParts"
        legacy_table_names = False
        primary_key = peewee.CompositeKey("hash", "number")
