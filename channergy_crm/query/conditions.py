"""A typed filter turned into a condition, by asking the kinds of the fields it names."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.fields import Date, Flag, Link, Lookup, Moment, Phone, Text, Time
from channergy_crm.fields.multi_lookup import MultiLookup
from channergy_crm.query import words as search
from channergy_crm.query.syntax import All, Any_, FilterMistake, Node, Not, Test, Word, parse
from channergy_crm.records import lookups
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.text.folding import fold
from channergy_crm.text.periods import period
from channergy_crm.work import ChangeRow, UnitRow, key_field
from channergy_crm.work.record import Extra, Record, until_fields_change

if TYPE_CHECKING:
    from collections.abc import Iterator

LIST = "list"
TOLD = {"created": "insert", "changed": "update"}
"""what the journal tells of every record, and the verb it uses; a field of that name comes first"""
PERIODS = ["today", "tomorrow", "yesterday", "this week", "next week", "next 7 days", "last 30 days",
           "older than 2 months"]  # fmt: skip
ME = ("me", "mine")
OTHER_NAMES = {
    "due": "reminder_date", "reminder": "reminder_date", "mail": "email", "tel": "phone", "zip": "postal_code",
    "code": "call_code", "try": "call_try", "first": "first_name", "last": "last_name", "source": "lead_source",
    "created": "created_on", "web": "website",
}  # fmt: skip


def condition(record: type[Record], text: str, by: str = "") -> Any:
    """The rows a typed filter finds; None for an empty one. `FilterMistake` points at the word that is wrong.

    `by` is the operator who asks: `owner:me`.
    """
    tree = parse(text)
    return _condition(record, _with_operator(record, tree, by)) if tree is not None else None


def _with_operator(record: type[Record], node: Node, by: str) -> Node:
    """The tree with the operator who asks in the place of “me”."""
    if isinstance(node, Not):
        return Not(_with_operator(record, node.part, by))
    if isinstance(node, All | Any_):
        return type(node)(tuple(_with_operator(record, part, by) for part in node.parts))
    if isinstance(node, Test) and node.value.lower() in ME and _is_owner(record, node.field):
        return replace(node, sign="!=" if node.sign == "!=" else "=", value=by)
    return node


def _is_owner(record: type[Record], name: str) -> bool:
    owner = record.owner_kind()
    return owner is not None and names(record).get(plain(name)) == owner.name


def words(text: str) -> list[str]:
    """The words that must stand in every row a typed filter finds, whatever else it asks for."""
    tree = parse(text)
    parts = tree.parts if isinstance(tree, All) else [tree]
    return [part.text for part in parts if isinstance(part, Word)]


def _condition(record: type[Record], node: Node) -> Any:
    if isinstance(node, Word):
        return search.word(record, node.text)
    if isinstance(node, Not):
        # An empty field makes a comparison neither true nor false; not being so, it counts as not.
        return ~peewee.fn.COALESCE(_condition(record, node.part), False)
    if isinstance(node, All | Any_):
        parts = [_condition(record, part) for part in node.parts]
        return reduce(and_ if isinstance(node, All) else or_, parts)
    return _test(record, node)


def _test(record: type[Record], test: Test) -> Any:
    name = names(record).get(plain(test.field))
    if name is None and plain(test.field) == LIST:
        return _on_list(record, test)
    if name is None and plain(test.field) in TOLD:
        return _told(record, test)
    if name is None:
        raise FilterMistake(
            f"{record.plural} have no field “{test.field}”. To look for the text itself, put it in quotes.",
            test.start, test.end,
        )  # fmt: skip
    by_number = test.value.isdigit() and test.field in record.kinds()
    extra = record.extras().get(name) if not by_number else None
    name = test.field if by_number else name
    try:
        if extra is not None:
            return _of_extra(extra, test)
        kind = record.kind(name)
        if not test.value:
            return filled(kind)
        return _compare(kind, test.sign, test.value)
    except FilterMistake:
        raise
    except Mistake as mistake:
        raise FilterMistake(mistake.message, test.start, test.end) from mistake


def _on_list(record: type[Record], test: Test) -> Any:
    """The records somebody has put on a list; without a name, on any list."""
    lists = Gathered.select(Gathered.number).where(Gathered.table == record._meta.table_name)
    if test.value:
        lists = lists.where(peewee.fn.LOWER(Gathered.name) == test.value.lower())
        if not lists.exists():
            raise FilterMistake(f"There is no list “{test.value}” of {record.plural.lower()}.", test.start, test.end)
    return key_field(record).in_(GatheredRow.select(GatheredRow.record).where(GatheredRow.list.in_(lists)))


def _told(record: type[Record], test: Test) -> Any:
    """The records the journal tells to have been created or changed in a period (VT-147)."""
    units = UnitRow.select(UnitRow.number)
    if test.value:
        try:
            units = units.where(_in_period(UnitRow.done, test.sign, *period(test.value, clock.today())))
        except Mistake as mistake:
            raise FilterMistake(mistake.message, test.start, test.end) from mistake
    key = key_field(record)
    told = ChangeRow.key.cast("INTEGER") if key.numeric else ChangeRow.key
    verb = TOLD[plain(test.field)]
    here = (ChangeRow.table == record._meta.table_name) & (ChangeRow.verb == verb) & ChangeRow.unit.in_(units)
    return key.in_(ChangeRow.select(told).where(here))


def plain(name: str) -> str:
    """A name as it is compared: folded, without blanks and signs."""
    return re.sub(r"[\W_]+", "", fold(name))


@until_fields_change
def names(record: type[Record]) -> dict[str, str]:
    """What may stand before the colon, and the field it means: labels, python names, and single words of a label."""
    found: dict[str, str] = {}
    words: dict[str, list[str]] = {}
    for name, extra in record.extras().items():
        if not extra.numeric:
            found[plain(extra.label)] = name
    for name, label in labels(record):
        found.setdefault(plain(name), name)
        found.setdefault(plain(label), name)
        for part in re.split(r"[\W_]+", fold(label)):
            words.setdefault(part, []).append(name)
    for part, holders in words.items():
        if len(set(holders)) == 1 and len(part) > 2:
            found.setdefault(part, holders[0])
    for name, kind in record.kinds().items():
        for former in kind.called_before:
            found.setdefault(plain(former), name)
    for other, name in OTHER_NAMES.items():
        if name in record.kinds():
            found.setdefault(other, name)
    return found


def labels(record: type[Record]) -> Iterator[tuple[str, str]]:
    """The python name and the label of everything a filter can ask for."""
    for name, kind in record.kinds().items():
        yield name, kind.label
    for name, extra in record.extras().items():
        if not extra.numeric:
            yield name, extra.label


def filled(kind: Any) -> Any:
    """The rows in which something stands in this field."""
    if isinstance(kind, Flag):
        return kind == True  # noqa: E712  peewee writes the comparison
    there = kind.is_null(False)
    return there & (kind != "") if isinstance(kind, Text | Time) or _is_text_link(kind) else there


def _is_text_link(kind: Any) -> bool:
    return isinstance(kind, Link) and not kind.numeric


def _of_extra(extra: Extra, test: Test) -> Any:
    text = peewee.fn.LOWER(extra.expression)
    return text.contains(fold(test.value)) if test.value else extra.expression.is_null(False)


def _compare(kind: Any, sign: str, value: str) -> Any:  # noqa: PLR0911
    if isinstance(kind, Date | Moment):
        return _in_period(kind, sign, *period(value, clock.today()))
    if isinstance(kind, Flag):
        return _signed(kind, "=" if sign == ":" else sign, kind.read(value))
    if isinstance(kind, MultiLookup):
        return _held_among(kind, sign, value)
    if isinstance(kind, Lookup):
        return _looked_up(kind, sign, value)
    if isinstance(kind, Phone) and sign == ":":
        found = kind.match(value)
        return found if found is not None else peewee.SQL("1 = 0")
    if isinstance(kind, Text) or _is_text_link(kind):
        return _text(kind, sign, value)
    return _figures(kind, sign, value)


def _figures(kind: Any, sign: str, value: str) -> Any:
    if ".." in value:
        first, last = (kind.read(part) for part in value.split("..", 1))
        parts = ([kind >= first] if first is not None else []) + ([kind <= last] if last is not None else [])
        return reduce(and_, parts) if parts else filled(kind)
    read = kind.read(value)
    if read is None:
        raise Mistake(f"{kind.label} takes a number, not “{value}”.")
    return _signed(kind, "=" if sign == ":" else sign, read)


def _text(kind: Any, sign: str, value: str) -> Any:
    if sign == ":":
        return kind.contains(value)  # whatever its case; LOWER would make every row of a long list dearer
    return _signed(peewee.fn.LOWER(kind), sign, value.lower())


def _looked_up(kind: Lookup, sign: str, value: str) -> Any:
    """Lists are compared by what people read as well as by what is stored."""
    held = _meant(kind, sign, value)
    if sign in (":", "="):
        own = peewee.fn.LOWER(kind) == value.lower()
        return own | kind.in_(held) if held else own
    if sign == "!=":
        return kind.not_in(held or [value])
    return _signed(peewee.fn.LOWER(kind), sign, value.lower())


def _meant(kind: Lookup, sign: str, value: str) -> list[str]:
    """The values of the list that somebody means by a word."""
    wanted, every = fold(value), lookups.choices(*kind.list_key)
    held = [choice.value for choice in every if wanted in (fold(choice.value), fold(choice.description))]
    if sign == ":" and not held:
        held = [choice.value for choice in every if wanted in fold(choice.description)]
    return held


def _held_among(kind: MultiLookup, sign: str, value: str) -> Any:
    """One of several values: `:` and `=` say that it is there, `!=` that it is not; `Books; Toys` asks for both."""
    if sign not in (":", "=", "!="):
        raise Mistake(f"{kind.label} holds several values; use a colon.")
    found = reduce(and_, [
        reduce(or_, [kind.holding(one) for one in _meant(kind, sign, part) or [part]])
        for part in kind.parts(kind.read(value)) or [value]
    ])  # fmt: skip
    return ~found if sign == "!=" else found


def _signed(left: Any, sign: str, value: Any) -> Any:
    comparisons = {
        "=": lambda: left == value, "!=": lambda: left != value, "<": lambda: left < value, "<=": lambda: left <= value,
        ">": lambda: left > value, ">=": lambda: left >= value,
    }  # fmt: skip
    return comparisons[sign]()


def _in_period(kind: Any, sign: str, first: date | None, last: date | None) -> Any:
    """`:` and `=` lie inside, `<` before and `>` after the whole period."""
    start, end = _edge(kind, first), _edge(kind, last, after=True)
    inside = [kind >= start] if start is not None else []
    inside += [kind < end] if end is not None else []
    if sign in (":", "="):
        return reduce(and_, inside)
    if sign == "!=":
        return ~peewee.fn.COALESCE(reduce(and_, inside), False)
    edges = {"<": (kind.__lt__, start), "<=": (kind.__lt__, end), ">": (kind.__ge__, end), ">=": (kind.__ge__, start)}
    compare, edge = edges[sign]
    if edge is None:
        raise Mistake("That period has no such end; use a colon instead.")
    return compare(edge)


def _edge(kind: Any, day: date | None, *, after: bool = False) -> Any:
    if day is None:
        return None
    day = day + timedelta(days=1) if after else day
    return datetime.combine(day, time()) if isinstance(kind, peewee.DateTimeField) else day
