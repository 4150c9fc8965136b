"""A filter as one reads it aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.query.conditions import LIST, TOLD, names, plain
from channergy_crm.query.syntax import All, Any_, Node, Not, Test, Word, parse

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

SIGNS_IN_WORDS = {
    ":": "contains", "=": "is", "!=": "is not", "<": "before", "<=": "up to", ">": "after", ">=": "from",
}  # fmt: skip
COMPARED = {
    "text": SIGNS_IN_WORDS,
    "value": {**SIGNS_IN_WORDS, ":": "is"},
    "figure": {**SIGNS_IN_WORDS, "<": "less than", "<=": "at most", ">": "more than", ">=": "at least", ":": "is"},
}
"""by what a kind is compared as"""


def sentence(record: type[Record], text: str) -> str:
    """A filter as one reads it aloud: `-phone: due<today` is "Phone is empty and Reminder Dt before today"."""
    tree = parse(text)
    return _in_words(record, tree) if tree is not None else f"All {record.plural.lower()}"


def _in_words(record: type[Record], node: Node, *, negated: bool = False) -> str:
    if isinstance(node, Word):
        return f"“{node.text}” stands {'nowhere' if negated else 'anywhere'}"
    if isinstance(node, Not):
        return _in_words(record, node.part, negated=not negated)
    if isinstance(node, All | Any_):
        joint = " and " if isinstance(node, All) else " or "
        inner = joint.join(
            f"({_in_words(record, part)})" if isinstance(part, All | Any_) else _in_words(record, part)
            for part in node.parts
        )
        return f"not ({inner})" if negated else inner
    return _test_in_words(record, node, negated)


def _test_in_words(record: type[Record], test: Test, negated: bool) -> str:
    name = names(record).get(plain(test.field), test.field)
    extra = record.extras().get(name)
    kind = record.kinds().get(name)
    label = extra.label if extra else kind.label if kind else test.field
    if kind is None and extra is None and plain(test.field) == LIST:
        return f"{'not ' if negated else ''}on {f'the list “{test.value}”' if test.value else 'any list'}"
    if not test.value:
        return f"{label} is {'empty' if negated else 'not empty'}"
    told = kind is None and extra is None and plain(test.field) in TOLD
    how = COMPARED[kind.compared_as if kind is not None else "value" if told else "text"][test.sign]
    return f"{'not ' if negated else ''}{label} {how} {test.value}"
