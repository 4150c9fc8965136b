"""The kind that holds what other programs number a record by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.fields.text import Text
from channergy_crm.patterns import pattern
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

BETWEEN, AFTER_SOURCE = "; ", ": "
NONE = {"", "-", "0", "null", "none", "n/a", "na", "#n/a", "(null)", "\\n"}  # unsaid: what stands for no number
SPOILT = pattern(r"\d+(?:[.,]\d+)?E\+\d+", re.I)  # a spreadsheet has dropped its last digits: many share what is left
ANY = """
    id, record id, external id, unique id, uid, uuid, guid, identifier, unique identifier, salesforce id, hubspot id,
    zoho id, pipedrive id, legacy id, old id, original id, crm id, object id, entity id, system id, row id,
    case safe id, 18 digit id, Datensatz-ID, Kennung, identifiant, identificador"""  # unsaid: what other programs write


class Number(NamedTuple):
    """A number another program has given: the title of its column tells where it comes from."""

    source: str
    text: str

    @property
    def loose(self) -> str:
        """The same where blanks, capitals and leading zeros were changed on the way."""
        return re.sub(r"\s+", "", fold(self.text)).removesuffix(".0").lstrip("0")


class Imported(Text):
    """What other programs number a record by, each number with its source: `opportunity_id: 1C1I7A6R`."""

    brought = True
    shared = False

    def __init__(self, label: str, *, synonyms: str, **options: Any) -> None:
        self.found_as = _alone
        super().__init__(label, **{"column_name": "ImportedNo", "system": True, "limit": 2000, "searched": True,
                                   "synonyms": f"{synonyms}, {ANY}", **options})  # fmt: skip

    def given(self) -> peewee.ColumnBase:
        """The records that have one."""
        # Written without parameters: an index over these alone is only recognised by its very words.
        return peewee.NodeList((self, peewee.SQL("<> ''")))

    def tagged(self, title: str, text: str) -> str:
        """A number out of a column with this title; '' where the cell says that there is none."""
        number = " ".join(text.split())
        if number.lower() in NONE or SPOILT.fullmatch(number):
            return ""
        if self.is_own(title):
            return number
        return f"{_clean(title)}{AFTER_SOURCE}{_clean(number)}"

    def is_own(self, title: str) -> bool:
        """Whether the column is this very field, out of our own files: its numbers stand with their sources."""
        names = (self.name, self.label, self.column_name, self.declared)
        return source_of(title) in {source_of(each) for each in names} - {""}

    def numbers(self, value: object) -> list[Number]:
        """The single numbers of what a record holds."""
        return _numbers(str(value)) if value else []

    def renamed(self, value: str, sources: Mapping[str, str]) -> str:
        """The same numbers with some of their sources called otherwise, by how sources are compared."""
        found = []
        for part in value.split(BETWEEN):
            title, between, number = part.partition(AFTER_SOURCE)
            held = source_of(title) if between else ""
            count = sources.get(held, "").removeprefix(held)
            found.append(f"{title} {count}{AFTER_SOURCE}{number}" if count else part)
        return BETWEEN.join(found)

    def joined(self, values: Sequence[str]) -> str:
        """All of the numbers, each once."""
        parts = dict.fromkeys(part for value in values if value for part in value.split(BETWEEN))
        return BETWEEN.join(parts)

    def inherited(self, values: Sequence[str], oldest: int) -> str:
        """Records that have become one are known by the numbers of all of them."""
        return self.joined([values[oldest], *values])


def _alone(value: str) -> str:
    """By the numbers: whoever looks for “opportunity” does not look for all that came with an opportunity_id."""
    return " ".join(dict.fromkeys(each.text for each in _numbers(value)))


def source_of(title: str) -> str:
    """Where numbers come from, by the title of their column: "Record ID" and "record_id" are the same."""
    return re.sub(r"[\W_]+", "", fold(title))


def _clean(text: str) -> str:
    return " ".join(text.split()).replace(BETWEEN, ", ").replace(AFTER_SOURCE, ":").strip(" ;:")


def _numbers(value: str) -> list[Number]:
    return [Number(source_of(source), number) for source, number in map(_apart, value.split(BETWEEN))]


def _apart(part: str) -> Iterable[str]:
    source, between, number = part.partition(AFTER_SOURCE)
    return (source, number) if between else ("", part)
