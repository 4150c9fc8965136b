"""The saved views of leads as lists that are called through, one after the other in order of priority (BX-46)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from channergy_crm.services import rights, views
from channergy_crm.services.calling_round import Feed
from channergy_crm.services.queue import Limits

if TYPE_CHECKING:
    from channergy_crm.records.views import ListView

SCREEN, ORDER = "leads", (("reminder_date", False),)
"""the list of leads, and its order where a view has none: what is promised comes first"""


def offered(by: str) -> list[ListView]:
    """The views of leads this operator may call through: the own ones and the shared ones."""
    rights.require(by, "see", Lead)
    return views.of_list(SCREEN, by)


def limits_named(name: str, by: str) -> Limits:
    """What the list of this name asks; nothing where no view is called so."""
    rights.require(by, "see", Lead)
    of_this_name = sorted((view for view in offered(by) if view.name == name), key=lambda view: view.owner != by)
    return _limits(of_this_name[0]) if of_this_name else Limits()


def feed(view: ListView, by: str, project: int | None = None) -> Feed:
    """The leads of a view in its order, with what it asks of its own; with a project those that belong to it."""
    query = _query(view, by, project)
    rows: Any = query.ordered(query.select(Lead.number)).tuples()
    return Feed(view.name, [int(row[0]) for row in rows], _limits(view))


def count(view: ListView, by: str, project: int | None = None) -> int:
    """How many leads stand in a view; with a project how many of them belong to it."""
    return int(_query(view, by, project).select(Lead.number).count())


def keep(view: ListView, by: str) -> ListView:
    """Keep what a list asks of its own; only who may change the view may do that."""
    return views.save(view, Lead, by)


def _query(view: ListView, by: str, project: int | None) -> ListQuery:
    rights.require(by, "see", Lead)
    mine = rights.visible(Lead, by, project) & Lead.working()
    query = views.query(view, ListQuery(Lead, ("description",), mine, by=by))
    return query if query.order else replace(query, order=ORDER)


def _limits(view: ListView) -> Limits:
    return Limits(view.most_tries, view.cool_down, view.most_a_day)
