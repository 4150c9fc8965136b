"""Tags: a word with a colour, put on records of any type (BX-40). Own, or shared with the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm.fields import Flag, Link, Number, Owner, RecordNumber, Text
from channergy_crm.language import N_, quoted
from channergy_crm.records.operators import Operator
from channergy_crm.store import database
from channergy_crm.text.folding import fold
from channergy_crm.work import key_field
from channergy_crm.work.about import About
from channergy_crm.work.record import Extra, Record, for_every

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 40
"""letters of one tag: it stands whole wherever it is shown"""
GREY = "grey"
COLOURS = {
    GREY: N_("Grey"), "red": N_("Red"), "orange": N_("Orange"), "green": N_("Green"), "teal": N_("Teal"),
    "blue": N_("Blue"), "violet": N_("Violet"), "pink": N_("Pink"),
}  # fmt: skip
"""what a tag may wear, and how people call it; the word of the tag always stands with it"""
BETWEEN, WITHIN = "\x1e", "\x1f"


class Tag(Record):
    """A word that can be put on records: “fair 2026”. The office's, or one's own, which nobody else ever sees."""

    number = RecordNumber("Tag #", column_name="TagNo")
    name = Text("Name", column_name="TagName", required=True, limit=LONGEST)
    colour = Text("Colour", column_name="Colour", limit=20, system=True)
    shared = Flag("Shared with the office", column_name="IsShared")
    owner = Owner(Operator, "Operator ID", column_name="OwnerOperatorID", required=True, system=True)

    singular = "Tag"
    plural = "Tags"
    about = About(icon="tag", internal=True)

    class Meta:
        table_name = "CRMTags"

    def caption(self) -> str:
        return quoted(self.name)


class Tagging(Record):
    """That a record wears a tag. It stands at the record by table and number, and goes with the tag."""

    number = RecordNumber("Tagging #", column_name="TaggingNo")
    tag = Link(Tag, "Tag #", column_name="TagNo", required=True, system=True, index=False, along=True)
    table = Text("Table", column_name="TableName", required=True, system=True, limit=60)
    record = Number("Record #", column_name="RecordNo", required=True)

    singular = "Tagging"
    plural = "Taggings"
    about = About(internal=True)

    class Meta:
        table_name = "CRMTaggings"
        indexes = ((("tag", "table", "record"), True), (("table", "record"), False))


class Worn(tuple[tuple[str, str], ...]):
    """The tags of one record, by name: each with its colour. As a text they stand with commas between."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(name for name, _colour in self)


def can_be_tagged(record: type[Record]) -> bool:
    """Whether tags can be put on records of this type: on all that people look for by name, whatever comes later."""
    return bool(record.about.title) and not record.about.internal and key_field(record).numeric


def usable(by: str) -> peewee.ColumnBase:
    """The condition for the tags somebody may see: those of the office and the own ones; a part of the program sees
    those of the office.
    """
    mine: peewee.ColumnBase = (Tag.owner == by) | Tag.shared
    return mine if by else Tag.shared


def worn_by(record: type[Record], tags: Iterable[int]) -> peewee.ModelSelect[Tagging]:
    """The query for the numbers of the records of one type that wear one of these tags."""
    here = Tagging.table == record._meta.table_name
    found: peewee.ModelSelect[Tagging] = Tagging.select(Tagging.record).where(here & Tagging.tag.in_(list(tags)))
    return found


def wears(record: type[Record], tags: Iterable[int]) -> peewee.ColumnBase:
    """The same, asked of each record by itself: the sooner, the more of them wear one."""
    worn = Tagging.alias()
    here = (worn.tag.in_(list(tags))) & (worn.table == record._meta.table_name) & (worn.record == key_field(record))
    found: peewee.ColumnBase = peewee.fn.EXISTS(worn.select(peewee.SQL("1")).where(here))
    return found


def _shown(record: type[Record], by: str) -> peewee.Node:
    """What a list selects for the column: the tags of each row whoever looks may see, in one text."""
    glue = peewee.fn.string_agg if database.on_server() else peewee.fn.group_concat
    said = Tag.name.concat(WITHIN).concat(Tag.colour)
    here = (Tagging.table == record._meta.table_name) & (Tagging.record == key_field(record))
    joined = Tagging.select(glue(said, BETWEEN)).join(Tag, on=(Tagging.tag == Tag.number))
    found: peewee.Node = joined.where(here & usable(by))
    return found


def read_worn(text: Any) -> Worn | None:
    """The tags in such a text, by name; None where there are none, so that the cell stays empty."""
    pairs = (part.partition(WITHIN) for part in str(text or "").split(BETWEEN) if part)
    found = sorted(((name, colour) for name, _sign, colour in pairs), key=lambda pair: fold(pair[0]))
    return Worn(found) if found else None


def _column(record: type[Record]) -> dict[str, Extra]:
    if not can_be_tagged(record):
        return {}
    shows = Extra(N_("Tags"), peewee.SQL("NULL"), read_worn, 24, stored=False, seen_by=lambda by: _shown(record, by))
    return {"tags": shows}


for_every.append(_column)
