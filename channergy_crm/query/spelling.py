"""A filter is kept by the names of the fields and read by their labels, so a view serves people of two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import source
from channergy_crm.query.conditions import labels, names, plain
from channergy_crm.query.syntax import FilterMistake, Node, Not, Test, Word, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from channergy_crm.work.record import Record


def by_names(record: type[Record], text: str) -> str:
    """A filter as it is kept: `Rufnummer:504` is `phone:504`. Raises `FilterMistake` where it cannot be read."""

    def respelt(test: Test, name: str) -> str:
        said = record.kinds().get(name) or record.extras().get(name)
        return _first_meant(record, test, [name, plain(source(said, "label"))])

    return _respelt(record, text, respelt)


def by_labels(record: type[Record], text: str) -> str:
    """A filter as it is shown: `phone:504` is `rufnummer:504`; one that cannot be read is shown as it was kept."""
    shown = dict(labels(record))

    def respelt(test: Test, name: str) -> str:
        return _first_meant(record, test, [typed_name(shown[name], name)] if name in shown else [])

    try:
        return _respelt(record, text, respelt)
    except FilterMistake:
        return text


def typed_name(label: str, name: str) -> str:
    """What is typed for a field: its label, unless that begins with a figure, which no test can."""
    short = plain(label)
    return name if short[:1].isdigit() else short


def _first_meant(record: type[Record], test: Test, spellings: list[str]) -> str:
    """The first of these that means the same as what was typed, which stays when none does."""
    meant = meaning(record, test.field, test.value)
    return next((each for each in spellings if meaning(record, each, test.value) == meant), test.field)


def meaning(record: type[Record], field: str, value: str) -> tuple[str, bool]:
    """What a test asks: the python name, and whether of what is looked up for it (the name of an account) or of the
    field itself (its number, where a number stands after the python name).
    """
    if value.isdigit() and field in record.kinds():
        return field, False
    name = names(record).get(plain(field), "")
    return name, name in record.extras()


def _respelt(record: type[Record], text: str, respelt: Callable[[Test, str], str]) -> str:
    tree = parse(text)
    tests = sorted(_tests(tree), key=lambda test: test.start, reverse=True) if tree is not None else []
    for test in tests:
        if name := names(record).get(plain(test.field)):
            text = text[: test.start] + respelt(test, name) + text[test.start + len(test.field) :]
    return text


def _tests(node: Node) -> Iterator[Test]:
    if isinstance(node, Test):
        yield node
    elif isinstance(node, Not):
        yield from _tests(node.part)
    elif not isinstance(node, Word):
        for part in node.parts:
            yield from _tests(part)
