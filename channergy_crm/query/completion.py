"""What the word somebody is typing into a filter may become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import hidden
from channergy_crm.fields.days import periods
from channergy_crm.language import _
from channergy_crm.query.conditions import LISTS, PART, TAGS, TOLD, labels, names, plain
from channergy_crm.query.spelling import typed_name
from channergy_crm.records import lookups
from channergy_crm.records.deal_people import has_parts
from channergy_crm.records.hand_lists import Gathered
from channergy_crm.records.operators import Operator
from channergy_crm.records.tags import Tag, can_be_tagged, usable
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record


def completions(record: type[Record], text: str, by: str = "") -> list[str]:
    """What the last word of a filter may become: names of fields, or values after the colon of a list. Nothing of what
    the operator who types is not shown.
    """
    kept = hidden.of(by, record)
    start = max(text.rfind(" "), text.rfind("(")) + 1
    start += text[start : start + 1] == "-"
    head, last = text[:start], text[start:]
    if not last:
        return []
    name, colon, typed = last.partition(":")
    if not colon:
        wanted, offered = plain(name), record.offered().keys() - kept
        shown = [(name, label) for name, label in labels(record) if name not in record.kinds() or name in offered]
        titles = {typed_name(label, name) for name, label in shown}
        beside = {_("list"), _("created"), _("changed"), *([_("part")] if has_parts(record) else []),
                  *([_("tag")] if can_be_tagged(record) else [])}  # fmt: skip
        begun = sorted(short for short in titles | beside if wanted and plain(short).startswith(wanted))
        return [f"{head}{short}:" for short in begun][:8]
    field = names(record).get(plain(name))
    if field in kept:
        return []
    typed = typed.strip('"')
    beyond: dict[str, Callable[[], list[str]]] = {
        **dict.fromkeys(LISTS, lambda: _lists(record)), **dict.fromkeys(TOLD, periods),
        **(dict.fromkeys(PART, _people) if has_parts(record) else {}),
        **(dict.fromkeys(TAGS, lambda: _tags(by)) if can_be_tagged(record) else {}),
    }  # fmt: skip
    asked = beyond.get(plain(name))
    values = asked() if field is None and asked else _values(record.kinds().get(field or ""))
    typed = fold(typed)
    return [f"{head}{name}:{value}" for value in values if fold(value.strip('"')).startswith(typed)][:8]


def _lists(record: type[Record]) -> list[str]:
    held = Gathered.select(Gathered.name).where(Gathered.table == record._meta.table_name)
    return [f'"{name}"' if " " in name else str(name) for name in sorted(held.scalars(), key=fold)]


def _tags(by: str) -> list[str]:
    """The tags somebody may use; what is one word needs no quotes."""
    held = {str(name) for name in Tag.select(Tag.name).where(usable(by)).scalars()}
    return [name if name.isalnum() else f'"{name}"' for name in sorted(held, key=fold)]


def _people() -> list[str]:
    return [
        "me",
        *Operator.select(Operator.id).where(Operator.active & ~Operator.group).order_by(Operator.id).scalars(),
    ]


def _values(kind: Kind[object] | None) -> list[str]:
    found = kind.completed(lookups.choices) if kind else ()
    return [f'"{value}"' if " " in value else value for value in found]
