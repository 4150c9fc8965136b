"""A typed filter turned into a condition, by asking the kinds of the fields it names."""

from __future__ import annotations

import re
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import peewee

from channergy_crm import clock, hidden
from channergy_crm.errors import Mistake
from channergy_crm.fields.comparing import in_period
from channergy_crm.language import _, many, source
from channergy_crm.query import words as search
from channergy_crm.query.syntax import All, Any_, FilterMistake, Node, Not, Test, Word, parse
from channergy_crm.records import lookups
from channergy_crm.records.deal_people import has_parts, taking_part
from channergy_crm.records.hand_lists import Gathered, GatheredRow
from channergy_crm.records.tags import Tag, can_be_tagged, usable, wears, worn_by
from channergy_crm.store import database, letters, trigrams
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold, ways
from channergy_crm.work import ChangeRow, UnitRow, key_field
from channergy_crm.work.record import Extra, Record, assigning, until_fields_change

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.fields import Kind

LISTS = ("list", "liste")
TAGS = ("tag", "tags", "schlagwort", "schlagworte", "schlagworter")
"""what somebody has put on records: `tag:"fair 2026"` (BX-40)"""
WORN_BY_MANY = 20_000
"""records that wear a tag, of which the first in the order of a list are met sooner than all are gathered"""
PART = ("part", "beteiligt")
"""who takes part in a deal that is somebody else's: `part:me` (SI-30)"""
TOLD = {"created": "insert", "changed": "update", "angelegt": "insert", "geandert": "update"}
"""what the journal tells of every record, and the verb it uses; a field of that name comes first"""
ME = ("me", "mine", "ich", "mir", "meine")


def condition(
    record: type[Record], text: str, by: str = "", *, prepared: bool = False, worn: bool = False
) -> peewee.ColumnBase | None:
    """The rows a typed filter finds; None for an empty one. `FilterMistake` points at the word that is wrong.

    `by` is the operator who asks: `owner:me`. What their role hides is neither asked for nor found (VT-96).
    Where not all rows are `prepared` for searching, the fields of the others are looked through. Where the tags that
    must be `worn` are asked for already, they are not asked for again.
    """
    tree = parse(text)
    if worn:
        parts = [part for part in _parts(tree) if not _must_wear(record, part)]
        tree = All(tuple(parts)) if len(parts) > 1 else parts[0] if parts else None
    if tree is None:
        return None
    return _condition(record, _with_operator(record, tree, by), search.Sight(hidden.of(by, record), prepared, by))


def _with_operator(record: type[Record], node: Node, by: str) -> Node:
    """The tree with the operator who asks in the place of “me”."""
    if isinstance(node, Not):
        return Not(_with_operator(record, node.part, by))
    if isinstance(node, All | Any_):
        return type(node)(tuple(_with_operator(record, part, by) for part in node.parts))
    if isinstance(node, Test) and fold(node.value) in ME and _names_somebody(record, node.field):
        return node._replace(sign="!=" if node.sign == "!=" else "=", value=by)
    return node


def _names_somebody(record: type[Record], name: str) -> bool:
    owner, meant = assigning(record), names(record).get(plain(name))
    return meant == owner.name if owner is not None and meant else not meant and asks_who_takes_part(record, name)


def words(record: type[Record], text: str) -> list[str]:
    """What must stand in the search text of every row a typed filter finds, whatever else it asks for."""
    return [word for part in _parts(parse(text)) if (word := _sought(record, part))]


def _sought(record: type[Record], part: Node | None) -> str:
    if isinstance(part, Word):
        return part.text
    name, extra = _meant(record, part) if isinstance(part, Test) else ("", None)
    kind = record.kinds().get(name) if extra is None else None
    if not isinstance(part, Test) or kind is None or not (kind.searched and kind.spelt_out):
        return ""
    # Of two letters the index knows those that begin a word; a field holds them anywhere.
    there = part.sign in (":", "=") and all(len(way) >= trigrams.LETTERS for way in ways(part.value))
    return part.value if there else ""


def _meant(record: type[Record], test: Test) -> tuple[str, Extra | None]:
    """The field a test names, "" if there is none; of a link, what it is called, unless its number is asked for."""
    if test.value.isdigit() and test.field in record.kinds():
        return test.field, None
    name = names(record).get(plain(test.field), "")
    return name, record.extras().get(name)


def asks_who_takes_part(record: type[Record], name: str) -> bool:
    """Whether that asks for the deals somebody takes part in."""
    return plain(name) in PART and has_parts(record)


def asks_for_tags(record: type[Record], name: str) -> bool:
    """Whether that asks what wears a tag: a field of that name comes first."""
    return plain(name) in TAGS and not names(record).get(plain(name)) and can_be_tagged(record)


def asks_for_lists(text: str) -> bool:
    """Whether a typed filter asks who is on a list or wears a tag: it finds others as soon as somebody is put there or
    taken off.
    """
    try:
        left = [parse(text)]
    except FilterMistake:
        return False
    while left:
        node = left.pop()
        if isinstance(node, Test) and plain(node.field) in (*LISTS, *TAGS):
            return True
        left += node.parts if isinstance(node, All | Any_) else [node.part] if isinstance(node, Not) else []
    return False


def _condition(record: type[Record], node: Node, sight: search.Sight) -> peewee.ColumnBase:
    if isinstance(node, Word):
        return search.word(record, node.text, sight)
    if isinstance(node, Not):
        # An empty field makes a comparison neither true nor false; not being so, it counts as not.
        return peewee.Negated(peewee.fn.COALESCE(_condition(record, node.part, sight), False))
    if isinstance(node, All | Any_):
        parts = [_condition(record, part, sight) for part in node.parts]
        return _joined(and_ if isinstance(node, All) else or_, parts)
    return _test(record, node, sight)


def _joined(join: Callable[[Any, Any], Any], parts: Sequence[peewee.ColumnBase]) -> peewee.ColumnBase:
    """Many conditions as one, the halves first: the database goes no deeper into it than it can."""
    half = len(parts) // 2
    return join(_joined(join, parts[:half]), _joined(join, parts[half:])) if half else parts[0]


def _test(record: type[Record], test: Test, sight: search.Sight) -> peewee.ColumnBase:
    name, extra = _meant(record, test)
    if name in sight.kept:
        raise FilterMistake(hidden.sentence(record, [name]), test.start, test.end)
    if not name and plain(test.field) in LISTS:
        return _on_list(record, test)
    if not name and asks_for_tags(record, test.field):
        return _tagged(record, test, sight.by)
    if not name and plain(test.field) in TOLD:
        return _told(record, test)
    if not name and asks_who_takes_part(record, test.field):
        return _taking_part(record, test)
    if not name:
        raise FilterMistake(
            _("{records} have no field “{field}”. To look for the text itself, put it in quotes.").format(
                records=record.plural, field=test.field),
            test.start, test.end,
        )  # fmt: skip
    try:
        if extra is not None:
            return _of_extra(extra, test)
        kind = record.kind(name)
        found: peewee.ColumnBase = kind.compare(test.sign, test.value, lookups.choices) if test.value else kind.filled()
        return found
    except FilterMistake:
        raise
    except Mistake as mistake:
        raise FilterMistake(mistake.message, test.start, test.end) from mistake


def _on_list(record: type[Record], test: Test) -> peewee.ColumnBase:
    """The records somebody has put on a list; without a name, on any list."""
    lists = Gathered.select(Gathered.number).where(Gathered.table == record._meta.table_name)
    if test.value:
        lists = lists.where(letters.is_called(Gathered.kind("name"), [test.value]))
        if not lists.exists():
            raise FilterMistake(
                _("There is no list “{list}” of {records}.").format(list=test.value, records=many(record)),
                test.start,
                test.end,
            )
    key: Kind[object] = key_field(record)
    return key.in_(GatheredRow.select(GatheredRow.record).where(GatheredRow.list.in_(lists)))


def worn(record: type[Record], text: str, by: str) -> list[list[int]]:
    """The tags of which every row a typed filter finds wears one, whatever else it asks for: for each part of it."""
    if not text or not can_be_tagged(record):
        return []
    return [_tags_of(part, by) for part in _parts(parse(text)) if isinstance(part, Test) and _must_wear(record, part)]


def _parts(tree: Node | None) -> Sequence[Node]:
    """What must be so, all of it."""
    return tree.parts if isinstance(tree, All) else [tree] if tree is not None else []


def _must_wear(record: type[Record], part: Node) -> bool:
    """Whether that asks for what wears a tag, or any tag."""
    return isinstance(part, Test) and part.sign != "!=" and asks_for_tags(record, part.field)


def _tagged(record: type[Record], test: Test, by: str) -> peewee.ColumnBase:
    """The records that wear a tag of this name, or any tag at all; of the tags whoever asks may see."""
    tags = _tags_of(test, by)
    found: peewee.ColumnBase = key_field(record).in_(worn_by(record, tags))
    if not database.on_server() and worn_by(record, tags).offset(WORN_BY_MANY).exists():
        found = wears(record, tags)
    return peewee.Negated(found) if test.sign == "!=" else found


def _tags_of(test: Test, by: str) -> list[int]:
    tags = _tags(test.value, by)
    if test.value and not tags:
        raise FilterMistake(_("There is no tag “{name}”.").format(name=test.value), test.start, test.end)
    return tags


def _tags(name: str, by: str) -> list[int]:
    """The tags of that name which somebody may see, by number; without a name all of them."""
    tags = Tag.select(Tag.number).where(usable(by))
    return list((tags.where(letters.is_called(Tag.kind("name"), [name])) if name else tags).scalars())


def _taking_part(record: type[Record], test: Test) -> peewee.ColumnBase:
    """The deals an operator takes part in, and the accounts and contacts of these."""
    nothing: peewee.ColumnBase = key_field(record).is_null()
    found = taking_part(record, test.value.upper())
    found = nothing if found is None else found
    return peewee.Negated(found) if test.sign == "!=" else found


def _told(record: type[Record], test: Test) -> peewee.ColumnBase:
    """The records the journal tells to have been created or changed in a period (VT-147)."""
    from channergy_crm.text.periods import period

    units = UnitRow.select(UnitRow.number)
    if test.value:
        try:
            units = units.where(in_period(UnitRow.done, test.sign, *period(test.value, clock.today())))
        except Mistake as mistake:
            raise FilterMistake(mistake.message, test.start, test.end) from mistake
    key: Kind[object] = key_field(record)
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
        if extra.has_words:
            found[plain(extra.label)] = name
    for name, label in labels(record):
        found.setdefault(plain(name), name)
        found.setdefault(plain(label), name)
    english = [(name, source((record.extras() | record.kinds())[name], "label")) for name, _label in labels(record)]
    for name, label in english:  # which is understood everywhere
        found.setdefault(plain(label), name)
    for name, label in [*labels(record), *english]:
        for part in re.split(r"[\W_]+", fold(label)):
            words.setdefault(part, []).append(name)
    for part, holders in words.items():
        if len(set(holders)) == 1 and len(part) > 2:
            found.setdefault(part, holders[0])
    for name, kind in record.kinds().items():
        for former in kind.called_before:
            found.setdefault(plain(former), name)
    for short, name in vocabulary.SHORT.items():
        if name in record.kinds():
            found.setdefault(short, name)
    for name, called in _called(record):
        found.setdefault(plain(called), name)
    return found


def _called(record: type[Record]) -> Iterator[tuple[str, str]]:
    """What other programs call its fields: who knows these words from there need not learn ours."""
    for name, kind in record.kinds().items():
        yield from ((name, word) for word in kind.synonyms)
    for name, words in vocabulary.SYNONYMS.items():
        yield from ((name, word) for word in words if name in record.kinds())


def labels(record: type[Record]) -> Iterator[tuple[str, str]]:
    """The python name and the label of everything a filter can ask for."""
    for name, kind in record.kinds().items():
        yield name, kind.label
    for name, extra in record.extras().items():
        if extra.has_words:
            yield name, extra.label


def _of_extra(extra: Extra, test: Test) -> peewee.ColumnBase:
    if not test.value:
        return peewee.fn.COALESCE(extra.expression, "") != ""
    return letters.holds(extra.expression, test.value)
