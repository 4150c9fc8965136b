"""Searching a list by the values of one field (SI-33…SI-35)."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.office import OfficeSetting
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import SEARCH_FIELDS, SEARCH_LISTS
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.query.listing import ListQuery
    from channergy_crm.work.record import Record

MOST = 500
"""values of one field that are offered"""
EVERYBODY = "*"
BOTH, VALUES, TEXT, NOTHING = "both", "values", "text", "none"


class Way(NamedTuple):
    """How a field can be searched: by the values that stand in it, in a drop-down, and by any part of a text."""

    values: bool = True
    text: bool = True


WAYS = {BOTH: Way(), VALUES: Way(text=False), TEXT: Way(values=False), NOTHING: Way(values=False, text=False)}


def why_not(by: str) -> str | None:
    """None when this operator may search for lists by field, or the sentence why not (SI-33)."""
    if reason := rights.may(by, "search") and rights.may(by.upper(), "search"):  # upper and lower case are the same
        return reason
    chosen = {name.strip().upper() for name in office.get(SEARCH_LISTS, Program.ITSELF).split(",")}
    if EVERYBODY in chosen or by.upper() in chosen:
        return None
    return _("The office has not switched on searching by field for you; an administrator can, in the settings.")


def fields(record: type[Record], by: str) -> list[tuple[str, str]]:
    """The fields a list can be searched by, and what people call them; long texts are found by words."""
    rights.require(by, "choose", record)
    held, kept = _ways(record), rights.hidden(record, by)
    return [(name, label) for name, label in _usable(record) if name not in kept and any(held.get(name, Way()))]


def _usable(record: type[Record]) -> list[tuple[str, str]]:
    found = [(name, kind.label) for name, kind in record.offered().items() if not kind.unlisted]
    return sorted(found, key=lambda pair: fold(pair[1]))


def ways(record: type[Record], by: str) -> list[tuple[str, str, Way]]:
    """Every field a list of these records could be searched by, what people call it, and how the office lets it."""
    rights.require(by, "see", OfficeSetting)
    held = _ways(record)
    return [(name, label, held.get(name, Way())) for name, label in _usable(record)]


def way(record: type[Record], name: str, by: str) -> Way:
    """How a list can be searched by this field (SI-34, SI-35)."""
    rights.require(by, "choose", record)
    return _ways(record).get(name, Way())


def let(record: type[Record], name: str, way: Way, by: str) -> None:
    """Say how lists of these records can be searched by a field."""
    rights.require(by, "administer")
    held = _all_ways()
    word = next(word for word, each in WAYS.items() if each == way)
    held.setdefault(record._meta.table_name, {})[name] = word
    differing = {table: {one: said for one, said in by_name.items() if said != BOTH} for table, by_name in held.items()}
    written = {table: by_name for table, by_name in differing.items() if by_name}
    office.choose(SEARCH_FIELDS, json.dumps(written, sort_keys=True) if written else "", by)


def _ways(record: type[Record]) -> dict[str, Way]:
    return {name: WAYS[word] for name, word in _all_ways().get(record._meta.table_name, {}).items() if word in WAYS}


def _all_ways() -> dict[str, dict[str, str]]:
    """What is kept; what cannot be read, or was written by a later program, is passed over."""
    with suppress(ValueError):
        held = json.loads(office.get(SEARCH_FIELDS, Program.ITSELF) or "{}")
        if isinstance(held, dict):
            return {table: dict(by_name) for table, by_name in held.items() if isinstance(by_name, dict)}
    return {}


def values(query: ListQuery, name: str, by: str) -> list[tuple[str, int]]:
    """The values that stand in a field of the rows of a list, and how often each; the most frequent first (SI-34).
    None where the office lets the field be searched by text alone.
    """
    rights.require(by, "search", query.record)
    rights.require_shown(query.record, [name], by)
    if not _ways(query.record).get(name, Way()).values:
        return []
    kind = query.record.kind(name)
    count = peewee.fn.COUNT(peewee.SQL("1"))
    rows = query.select(kind, count).group_by(kind).order_by(count.desc(), kind).limit(MOST)
    shown = ((kind.show(value), times) for value, times in rows.tuples().execute() if value not in (None, ""))
    return [(text, times) for text, times in shown if text]


def filter_for(record: type[Record], name: str, value: str, *, exact: bool) -> str:
    """The typed filter that finds it: exactly this value, or this text anywhere in the field (SI-35)."""
    kind = record.kind(name)
    value = value.replace('"', "”").strip()  # a quotation mark is a quotation mark, and this one ends no value
    if not value.strip("”"):
        raise Mistake(_("Choose a value of {field}, or type a part of it.").format(field=kind.label), "value")
    sign = "=" if exact else ":"
    quoted = f'"{value}"' if any(letter.isspace() or letter in "()" for letter in value) else value
    return f"{name}{sign}{quoted}"
