"""Told when the rows of a view change (VT-144)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from channergy_crm.errors import Mistake
from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead, ListView
from channergy_crm.records.watched_views import WatchRow
from channergy_crm.services import leads, operators, views, watched_views

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.store.database import Office

BY = "ADMIN"


@pytest.fixture
def hot(office: Office, fixed_clock: datetime) -> int:
    """A shared view of leads with two rows, which Ann watches as well as who made it."""
    operators.add("ANN", "Ann Lee", BY)
    for name in ("Abel", "Bell", "Cole"):
        lead(name, "Hot" if name != "Cole" else "Cold")
    view = views.save(ListView(screen="leads", owner=BY, name="Hot leads", filter_text='company="Hot"'), Lead, BY)
    watched_views.watch(view.number, BY)
    return int(view.number)


def lead(name: str, company: str, owner: str = BY) -> int:
    known = {"description": f"About {name}", "last_name": name, "company": company, "owner": owner}
    return int(leads.create(known, BY).number)


def told(by: str = BY, **more: object) -> list[tuple[str, int, int]]:
    return [(each.name, each.came, each.left) for each in watched_views.news(by, **more)]  # type: ignore[arg-type]


def test_vt144_what_came_and_left_is_told_once_and_its_rows_are_found(hot: int) -> None:
    assert told() == [] and watched_views.watched(BY) == {hot} and watched_views.tables(BY) == {"CRMLeads"}
    new = [lead("Dorn", "Hot"), lead("Eder", "Hot")]
    lead("Of nobody's concern", "Cold")
    gone = Lead.get(Lead.last_name == "Abel")
    leads.remove(gone.number, BY)
    [news] = watched_views.news(BY)
    assert (news.name, news.screen, news.came, news.left, list(news.rows)) == ("Hot leads", "leads", 2, 1, new)
    query = ListQuery(Lead, (), None, watched_views.filter_of(news), by=BY)
    assert sorted(query.select(Lead.number).scalars()) == new
    assert told() == [], "once, whichever window it is told in"
    assert watched_views.unseen("leads", BY)[hot].rows == tuple(new) and watched_views.unseen("tasks", BY) == {}
    leads.remove(new[0], BY)
    assert told() == [("Hot leads", 0, 1)] and watched_views.unseen("leads", BY)[hot].rows == (new[1],)
    watched_views.look_at(hot, BY)
    assert watched_views.unseen("leads", BY) == {}
    leads.restore(gone.number, BY)
    assert told() == [("Hot leads", 1, 0)]


def test_vt144_what_one_does_oneself_and_a_changed_filter_are_no_news(hot: int) -> None:
    mine, theirs = lead("Dorn", "Hot"), lead("Eder", "Hot")
    assert told(own={"CRMLeads": [str(mine)]}) == [("Hot leads", 1, 0)] and theirs
    view = ListView.get_by_id(hot)
    view.filter_text = 'company="Cold"'
    views.save(view, Lead, BY)
    assert told() == []
    lead("Frey", "Cold")
    assert told() == [("Hot leads", 1, 0)]
    watched_views.leave(hot, BY)
    lead("Gall", "Cold")
    assert told() == [] and not WatchRow.select().exists()


def test_vt144_everybody_watches_the_own_rows_of_as_many_views_as_they_like(hot: int) -> None:
    watched_views.watch(hot, "ANN")
    for number in range(40):
        view = ListView(screen="leads", owner="ANN", name=f"View {number}", filter_text="", shared=False)
        watched_views.watch(views.save(view, Lead, "ANN").number, "ANN")
    assert len(watched_views.watched("ANN")) == 41
    lead("Dorn", "Hot", "ANN")
    assert len(told("ANN")) == 41 and told() == []
    view = ListView.get(ListView.name == "View 7")
    with pytest.raises(Mistake, match="cannot be watched"):
        watched_views.watch(view.number, BY)  # it is Ann's alone
    views.remove(view.number, "ANN")
    assert told("ANN") == [] and len(watched_views.watched("ANN")) == 40


def test_vt144_of_a_long_view_only_the_number_of_rows_is_kept(hot: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_views, "MOST", 2)
    lead("Dorn", "Hot")
    assert told() == [("Hot leads", 1, 0)], "it has grown too long just now"
    assert WatchRow.get().keys == "" and WatchRow.get().count == 3
    lead("Eder", "Hot")
    [news] = watched_views.news(BY)
    assert (news.came, news.left, news.rows, news.is_counted) == (1, 0, (), True)
    assert watched_views.filter_of(news) == "" and watched_views.unseen("leads", BY)[hot].came == 2
