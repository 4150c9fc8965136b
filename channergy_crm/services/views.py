"""Saved list views: kept, shared, pinned, taken away."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.query import conditions, spelling
from channergy_crm.records.views import ListView
from channergy_crm.services import preferences, rights
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.query.listing import ListQuery
    from channergy_crm.work.record import Record

LEADS = "leads"
"""the list for which everybody chooses in My Preferences what it opens with (VT-63)"""


def of_list(screen: str, by: str) -> list[ListView]:
    """The views of one list this operator may use: the own ones and the shared ones, in their order."""
    rights.require(by, "see", ListView)
    mine = (ListView.screen == screen) & ((ListView.owner == by) | ListView.shared)
    found = list(ListView.select().where(mine))
    return sorted(found, key=lambda view: (view.place is None, view.place or 0, fold(view.name)))


def named(screen: str, name: str, by: str) -> ListView:
    """The view of that name; without an operator any that is shared."""
    held = [view for view in of_list(screen, by) if fold(view.name) == fold(name)]
    if not held:
        known = ", ".join(view.caption() for view in of_list(screen, by)) or "none"
        raise Mistake(_("There is no view “{name}” of that list; there is {known}.").format(name=name, known=known))
    return next((view for view in held if view.owner == by), held[0])


def query(view: ListView, whole: ListQuery) -> ListQuery:
    """What a view shows of a list: its rows in its order and, where it has any, its columns."""
    known = {*whole.record.kinds(), *whole.record.extras()}
    columns = [name for name in view.column_names() if name in known]
    order = [pair for pair in view.sort_order() if pair[0] in known]
    return replace(whole, columns=tuple(columns) or whole.columns, text=view.filter_text, order=order)


def opening(screen: str, by: str) -> ListView | None:
    """The view a list opens with for this operator: an own one before a shared one."""
    known = of_list(screen, by)
    wished = preferences.of(by, by).default_view if screen == LEADS and by else None
    if wished is not None and (own := next((view for view in known if view.number == wished), None)) is not None:
        return own
    chosen = [view for view in known if view.opens]
    return next((view for view in chosen if view.owner == by), chosen[0] if chosen else None)


def start(screen: str, by: str, text: str, columns: Sequence[str], order: Sequence[tuple[str, bool]]) -> ListView:
    """A new view of the list as it stands, not yet saved."""
    return ListView(
        screen=screen, owner=by, filter_text=text, pinned=True, columns=json.dumps(list(columns)),
        order=json.dumps([list(pair) for pair in order]),
    )  # fmt: skip


def save(view: ListView, record: type[Record], by: str) -> ListView:
    """Keep a view. Its filter and its colour rules must be readable; only its owner changes it."""
    _only_its_owner(view, by)
    conditions.condition(record, view.filter_text, by)
    for text, _ink in view.colour_rules():
        if not text.strip():
            raise Mistake(_("A colour rule needs a filter."), "colours")
        conditions.condition(record, text, by)
    view.filter_text = spelling.by_names(record, view.filter_text)
    if rules := view.colour_rules():
        view.colours = json.dumps([(spelling.by_names(record, text), ink) for text, ink in rules])
    if any(other.name == view.name and other.number != view.number for other in _own(view)):
        raise Mistake(_("There is a view {name} of this list already.").format(name=view.caption()), "name")
    with work.unit("Save view {name}", by=by, name=view.caption()):
        if view.opens:
            for other in _own(view):
                if other.opens and other.number != view.number:
                    other.opens = False
                    other.save()
        view.save()
    return view


def _own(view: ListView) -> list[ListView]:
    return list(ListView.select().where((ListView.screen == view.screen) & (ListView.owner == view.owner)))


def remove(number: int, by: str) -> None:
    """Take a view away; undo brings it back."""
    rights.require(by, "remove", ListView)
    view = ListView.find(number)
    if view is None:
        raise Mistake(_("That view is not there any more."))
    _only_its_owner(view, by)
    with work.unit("Delete view {name}", by=by, name=view.caption()):
        view.delete_instance()


def _only_its_owner(view: ListView, by: str) -> None:
    rights.require(by, "edit", view)
    if view.owner != by:
        raise Refused(
            _("View {name} belongs to {operator}. Save it under a name of your own.").format(
                name=view.caption(), operator=view.owner
            )
        )
