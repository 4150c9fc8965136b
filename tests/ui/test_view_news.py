"""Told when the rows of a view change: a quiet notice, a click opens the view with its new rows (VT-144)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu

from channergy_crm.records import Lead, ListView
from channergy_crm.services import leads, views, watched_views
from tests import another
from tests.ui.hands import opened
from ui.lists.view_bar import ViewBar
from ui.shell.view_news import ViewNews

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.hands import Hands

pytestmark = pytest.mark.engines("sqlite")

NEW = "1 new row in “Hot leads”."


def hot(*, pinned: bool) -> ListView:
    view = ListView(screen="leads", owner="ADMIN", name="Hot leads", filter_text="company:hot", pinned=pinned)
    return views.save(view, Lead, "ADMIN")


def test_vt144_a_row_somebody_else_adds_is_told_quietly_and_a_click_shows_it(
    qtbot: Any, database_url: str, tmp_path: Path
) -> None:
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        leads.create({"description": "Old", "last_name": "Abel", "company": "Hot"}, "ADMIN")
        view = hot(pinned=True)
        hands.go("leads")
        bar = next(each for each in hands.window.findChildren(ViewBar) if each._screen == "leads")
        bar.choose(view.number)
        menu = hands.part("leads.views_menu", QMenu)
        menu.aboutToShow.emit()
        entry = next(each for each in menu.actions() if each.objectName() == "leads.watch_view")
        pill = hands.part(f"leads.view_{view.number}")
        assert not entry.isChecked() and pill.accessibleName() == "View Hot leads"
        wide = pill.sizeHint().width()
        entry.trigger()
        assert "you are told" in pill.accessibleName() and pill.sizeHint().width() > wide, "its pill has a bell"
        assert watched_views.watched("ADMIN") == {view.number} and "will be told" in hands.said()
        view.pinned = False
        views.save(view, Lead, "ADMIN")
        shown = hands.part("leads.show", QComboBox)
        bar.choose(None)
        hands.go("tasks")
        hands.window.session.notices.dismiss()
        news = hands.window.findChild(ViewNews)
        assert news is not None
        leads.create({"description": "My own", "last_name": "Bell", "company": "Hot"}, "ADMIN")
        with another.window(database_url, tmp_path / "there") as there:
            there.does("leads.create({'description': 'New', 'last_name': 'Cole', 'company': 'Hot'}, 'ADMIN')")
            hands.bot.waitUntil(lambda: hands.said() == NEW, timeout=8_000)
        assert shown.accessibleDescription() == NEW, "it has no pill: the drop-down says it"
        hands.click("notices.action")
        hands.reads("leads", "last_name", ["Cole"])
        assert shown.accessibleDescription() == ""
        assert [each.text for each in hands.window.session.notices.recent()].count(NEW) == 1


def test_vt144_the_drop_down_counts_what_is_new_in_a_view_until_it_is_looked_at(hands: Hands) -> None:
    view = hot(pinned=False)
    watched_views.watch(view.number, "ADMIN")
    hands.go("leads")
    leads.create({"description": "Later", "last_name": "Dorn", "company": "Hot"}, "ADMIN")
    bar = next(each for each in hands.window.findChildren(ViewBar) if each._screen == "leads")
    assert watched_views.news("ADMIN") and not bar.watched.tell_again()
    shown = hands.part("leads.show", QComboBox)
    place = shown.findData(view.number)
    assert shown.itemData(place, Qt.ItemDataRole.AccessibleTextRole) == "Hot leads, 1 new"
    shown.setCurrentIndex(place)
    hands.click("notices.action")
    assert hands.part("leads.search", QLineEdit).text().startswith("number=")
    assert shown.accessibleDescription() == "" and not watched_views.unseen("leads", "ADMIN")
