"""Searching a list by the values of one field (SI-33…SI-35)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.services import office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import SEARCH_LISTS
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from channergy_crm.query.listing import ListQuery
    from channergy_crm.work.record import Record

MOST = 500
"""values of one field that are offered"""
EVERYBODY = "*"


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
    kinds, kept = record.offered(), rights.hidden(record, by)
    usable = {name: kind for name, kind in kinds.items() if not kind.unlisted and name not in kept}
    return sorted(((name, kind.label) for name, kind in usable.items()), key=lambda pair: fold(pair[1]))


def values(query: ListQuery, name: str, by: str) -> list[tuple[str, int]]:
    """The values that stand in a field of the rows of a list, and how often each; the most frequent first (SI-34)."""
    rights.require(by, "search", query.record)
    rights.require_shown(query.record, [name], by)
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
