"""A filter as one reads it aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, all_of, any_of, many
from channergy_crm.query.conditions import LIST, TOLD, names, plain
from channergy_crm.query.syntax import All, Any_, Node, Not, Test, Word, parse

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

TEXTS = {
    ":": N_("{field} contains {value}"),
    "=": N_("{field} is {value}"),
    "!=": N_("{field} is not {value}"),
    "<": N_("{field} before {value}"),
    "<=": N_("{field} up to {value}"),
    ">": N_("{field} after {value}"),
    ">=": N_("{field} from {value}"),
}
VALUES = {**TEXTS, ":": TEXTS["="]}
FIGURES = {
    **VALUES,
    "<": N_("{field} less than {value}"),
    "<=": N_("{field} at most {value}"),
    ">": N_("{field} more than {value}"),
    ">=": N_("{field} at least {value}"),
}
COMPARED = {"text": TEXTS, "value": VALUES, "figure": FIGURES}
"""by what a kind is compared as"""


def sentence(record: type[Record], text: str) -> str:
    """A filter as one reads it aloud: `-phone: due<today` is "Phone is empty and Reminder Dt before today"."""
    tree = parse(text)
    return _in_words(record, tree) if tree is not None else _("All {records}").format(records=many(record))


def _in_words(record: type[Record], node: Node, *, negated: bool = False) -> str:
    if isinstance(node, Word):
        said = _("“{word}” stands nowhere") if negated else _("“{word}” stands anywhere")
        return said.format(word=node.text)
    if isinstance(node, Not):
        return _in_words(record, node.part, negated=not negated)
    if isinstance(node, All | Any_):
        parts = [
            f"({_in_words(record, part)})" if isinstance(part, All | Any_) else _in_words(record, part)
            for part in node.parts
        ]
        inner = all_of(parts) if isinstance(node, All) else any_of(parts)
        return _("not ({filter})").format(filter=inner) if negated else inner
    return _test_in_words(record, node, negated)


def _test_in_words(record: type[Record], test: Test, negated: bool) -> str:
    name = names(record).get(plain(test.field), test.field)
    extra = record.extras().get(name)
    kind = record.kinds().get(name)
    label = extra.label if extra else kind.label if kind else test.field
    if kind is None and extra is None and plain(test.field) == LIST:
        return _on_list(test.value, negated)
    if not test.value:
        return (_("{field} is empty") if negated else _("{field} is not empty")).format(field=label)
    told = kind is None and extra is None and plain(test.field) in TOLD
    how = COMPARED[kind.compared_as if kind is not None else "value" if told else "text"][test.sign]
    said = _(how).format(field=label, value=test.value)
    return _("not {filter}").format(filter=said) if negated else said


def _on_list(name: str, negated: bool) -> str:
    if not name:
        return _("not on any list") if negated else _("on any list")
    return (_("not on the list “{list}”") if negated else _("on the list “{list}”")).format(list=name)
