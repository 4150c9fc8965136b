"""How a sign that stands in a filter becomes a condition: on figures, on texts, on days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_
from typing import Any

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.store import letters
from channergy_crm.text.folding import fold


def signed(left: peewee.ColumnBase, sign: str, value: object) -> peewee.ColumnBase:
    """The condition a sign means; a colon is a matter of the kind."""
    comparisons = {
        "=": lambda: left == value, "!=": lambda: left != value, "<": lambda: left < value, "<=": lambda: left <= value,
        ">": lambda: left > value, ">=": lambda: left >= value,
    }  # fmt: skip
    return comparisons[sign]()


def figures(kind: Any, sign: str, value: str) -> peewee.ColumnBase:
    """Numbers, amounts, times: one of them, or from one to another as in `10..20`."""
    if ".." in value:
        first, last = (kind.read(part) for part in value.split("..", 1))
        parts = ([kind >= first] if first is not None else []) + ([kind <= last] if last is not None else [])
        found: peewee.ColumnBase = reduce(and_, parts) if parts else kind.filled()
        return found
    read = kind.read(value)
    if read is None:
        raise Mistake(_("{field} takes a number, not “{value}”.").format(field=kind.label, value=value))
    return signed(kind, "=" if sign == ":" else sign, read)


def texts(kind: peewee.ColumnBase, sign: str, value: str) -> peewee.ColumnBase:
    """A colon finds the text anywhere in the field; the other signs compare all of it, however either is written."""
    if sign == ":":
        return letters.holds(kind, value)
    if sign in ("=", "!="):
        same = letters.is_called(kind, [value])
        return same if sign == "=" else ~same
    return signed(peewee.NodeList((letters.folded(kind),)), sign, fold(value))


def in_period(field: peewee.ColumnBase, sign: str, first: date | None, last: date | None) -> peewee.ColumnBase:
    """`:` and `=` lie inside, `<` before and `>` after the whole period."""
    start, end = _edge(field, first), _edge(field, last, after=True)
    inside = [field >= start] if start is not None else []
    inside += [field < end] if end is not None else []
    if sign in (":", "="):
        return reduce(and_, inside)
    if sign == "!=":
        outside: peewee.ColumnBase = ~peewee.fn.COALESCE(reduce(and_, inside), False)
        return outside
    edges = {
        "<": (field.__lt__, start), "<=": (field.__lt__, end), ">": (field.__ge__, end), ">=": (field.__ge__, start),
    }  # fmt: skip
    compare, edge = edges[sign]
    if edge is None:
        raise Mistake(_("That period has no such end; use a colon instead."))
    found: peewee.ColumnBase = compare(edge)
    return found


def _edge(field: object, day: date | None, *, after: bool = False) -> date | None:
    if day is None:
        return None
    day = day + timedelta(days=1) if after else day
    return datetime.combine(day, time()) if isinstance(field, peewee.DateTimeField) else day
