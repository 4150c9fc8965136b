"""A filter as one reads it aloud."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, many
from channergy_crm.query.conditions import LISTS, TOLD, asks_for_tags, asks_who_takes_part, names, plain
from channergy_crm.query.syntax import All, Any_, Node, Not, Test, Word, parse

if TYPE_CHECKING:
    from channergy_crm.language import Named
    from channergy_crm.work.record import Record

IS = (N_("{field} is {value}"), N_("{field} is not {value}"))
SIGNS_IN_WORDS = {
    ":": (N_("{field} contains {value}"), N_("{field} does not contain {value}")),
    "=": IS,
    "!=": IS[::-1],
    "<": (N_("{field} before {value}"), N_("{field} not before {value}")),
    "<=": (N_("{field} up to {value}"), N_("{field} not up to {value}")),
    ">": (N_("{field} after {value}"), N_("{field} not after {value}")),
    ">=": (N_("{field} from {value}"), N_("{field} not from {value}")),
}
FIGURES_IN_WORDS = {
    "<": (N_("{field} less than {value}"), N_("{field} not less than {value}")),
    "<=": (N_("{field} at most {value}"), N_("{field} not at most {value}")),
    ">": (N_("{field} more than {value}"), N_("{field} not more than {value}")),
    ">=": (N_("{field} at least {value}"), N_("{field} not at least {value}")),
}
COMPARED = {
    "text": SIGNS_IN_WORDS,
    "value": {**SIGNS_IN_WORDS, ":": IS},
    "figure": {**SIGNS_IN_WORDS, **FIGURES_IN_WORDS, ":": IS},
}
"""by what a kind is compared as: what it says when it is so, and when it is not"""


def sentence(record: type[Record], text: str, called: type[Named] | None = None) -> str:
    """A filter as one reads it aloud: `-phone: due<today` is "Phone is empty and Reminder Dt before today"."""
    tree = parse(text)
    return _in_words(record, tree) if tree is not None else _("All {records}").format(records=many(called or record))


def _in_words(record: type[Record], node: Node, *, negated: bool = False) -> str:
    if isinstance(node, Word):
        said = _("“{text}” stands nowhere") if negated else _("“{text}” stands anywhere")
        return said.format(text=node.text)
    if isinstance(node, Not):
        return _in_words(record, node.part, negated=not negated)
    if isinstance(node, All | Any_):
        joint = _("{this} and {that}") if isinstance(node, All) else _("{this} or {that}")
        parts = (
            f"({_in_words(record, part)})" if isinstance(part, All | Any_) else _in_words(record, part)
            for part in node.parts
        )
        inner = reduce(lambda this, that: joint.format(this=this, that=that), parts)
        return _("not ({conditions})").format(conditions=inner) if negated else inner
    return _test_in_words(record, node, negated)


def _test_in_words(record: type[Record], test: Test, negated: bool) -> str:
    name = names(record).get(plain(test.field), test.field)
    extra = record.extras().get(name)
    kind = record.kinds().get(name)
    label = extra.label if extra else kind.label if kind else test.field
    if kind is None and extra is None and plain(test.field) in LISTS:
        return _on_list(test.value, negated)
    if kind is None and extra is None and asks_for_tags(record, test.field):
        return _tagged(test.value, negated != (test.sign == "!="))
    if kind is None and extra is None and asks_who_takes_part(record, test.field):
        said = _("{operator} takes no part") if negated != (test.sign == "!=") else _("{operator} takes part")
        return said.format(operator=test.value.upper())
    if not test.value:
        return (_("{field} is empty") if negated else _("{field} is not empty")).format(field=label)
    told = kind is None and extra is None and plain(test.field) in TOLD
    so, not_so = COMPARED[kind.compared_as if kind is not None else "value" if told else "text"][test.sign]
    said = not_so if negated else so
    return _(said).format(field=label, value=test.value)


def _on_list(name: str, negated: bool) -> str:
    if not name:
        return _("not on any list") if negated else _("on any list")
    return (_("not on the list “{name}”") if negated else _("on the list “{name}”")).format(name=name)


def _tagged(name: str, negated: bool) -> str:
    if not name:
        return _("without a tag") if negated else _("with a tag")
    return (_("without the tag “{name}”") if negated else _("with the tag “{name}”")).format(name=name)
