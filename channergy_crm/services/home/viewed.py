"""Saved views on Home: how many rows each has, and one of them as a list (VT-21, BX-13)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _
from channergy_crm.query import conditions
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import ListView, Task
from channergy_crm.records.belonging import in_project
from channergy_crm.services import rights, views, watched_views
from channergy_crm.services.home import arranging
from channergy_crm.services.home.lines import Content, Line, Said, first_and_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

BESIDE = 3
"""columns of a view that are said beside the name of a row"""
USUAL = {
    "leads": ("company", "phone"), "accounts": ("phone",), "contacts": ("phone",), "tasks": ("reminder_date",),
    "opportunities": ("stage", "amount"),
}  # fmt: skip
"""what is said where a view has no columns of its own"""


class Metric(NamedTuple):
    """A saved view that is counted: its number, its list, its name, and how many rows came into it since its operator
    looked at it last, None where they do not watch it.
    """

    view: int
    screen: str
    name: str
    new: int | None = None


def metrics(by: str) -> list[Metric]:
    """The views that are counted: those that were chosen, in their order, else every one there is (VT-21)."""
    rights.require(by, "see", ListView)
    known = {view.number: view for view in arranging.views(by)}
    chosen = [number for number in arranging.metrics_chosen(by) if number in known] or list(known)
    watched = watched_views.watched(by)
    news: dict[int, int] = {}
    for screen in {known[number].screen for number in chosen if number in watched}:
        news |= {number: told.came for number, told in watched_views.unseen(screen, by).items()}
    return [
        Metric(number, known[number].screen, known[number].name, news.get(number, 0) if number in watched else None)
        for number in chosen
    ]  # fmt: skip


def counts(numbers: Sequence[int], by: str, project: int | None = None) -> dict[int, int]:
    """How many rows each of these views of one list has, counted on one way through it. One whose filter cannot be
    read any more, or asks for what this operator is not shown, is missing.
    """
    rights.require(by, "see", ListView)
    sums: dict[int, Any] = {}
    whole: ListQuery | None = None
    for number in numbers:
        with suppress(CRMError):
            query = _query(_view(number, by), by, project)
            wanted = conditions.condition(query.record, query.text, by)
            every = peewee.Value(1) if wanted is None else peewee.Case(None, [(wanted, 1)], 0)
            sums[number] = peewee.fn.COALESCE(peewee.fn.SUM(every), 0)
            whole = replace(query, text="")
    if whole is None:
        return {}
    found: Any = whole.select(*sums.values()).tuples().get()
    return dict(zip(sums, map(int, found), strict=True))


def read(number: int, by: str, project: int | None = None) -> Content:
    """The first rows of a view in its order, with its first columns; how many there are (VT-55)."""
    rights.require(by, "see", ListView)
    view = _view(number, by)
    query = _query(view, by, project)
    record, lines = query.record, []
    found, total = first_and_all(query)
    for key, values in found:
        name = " ".join(str(values[each]) for each in record.about.title if values.get(each))
        said = [Said(_kind(record, each), values[each]) for each in _beside(record, query.columns)]
        lines.append(Line((_opens(record, values), key), name or str(key), tuple(said)))
    return Content(tuple(lines), total)


def _view(number: int, by: str) -> ListView:
    view: ListView | None = ListView.find(number)
    if view is None or view.screen not in watched_views.LISTS or not (view.shared or view.owner == by):
        raise Mistake(_("That view is not there any more."))
    return view


def _query(view: ListView, by: str, project: int | None) -> ListQuery:
    record, mine = watched_views.LISTS[view.screen]
    rights.require(by, "see", record)
    here = in_project(record, project)
    condition = mine(by) if here is None else mine(by) & here
    beside = [*record.about.title, *(["account"] if record is Task else [])]
    query = views.query(view, ListQuery(record, USUAL[view.screen], condition, by=by))
    more = tuple(each for each in beside if each not in query.columns)
    return ListQuery(
        record, query.columns, condition, query.text, query.order or (("number", True),), by=by, beside=more
    )


def _beside(record: type[Record], columns: Sequence[str]) -> list[str]:
    return [name for name in columns if name not in (*record.about.title, "number")][:BESIDE]


def _kind(record: type[Record], name: str) -> Kind[Any] | None:
    return record.kind(name) if name in record.kinds() else None


def _opens(record: type[Record], values: dict[str, object]) -> str:
    return "task" if record is Task and not values.get("account") else record.about.target
