"""Told when the rows of a view change: a quiet notice, a click opens the view with its new rows (VT-144)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QMenu

from channergy_crm.records import Lead, ListView
from channergy_crm.services import leads, views, watched_views
from tests import another
from tests.ui.hands import opened
from ui.lists.view_bar import ViewBar
from ui.shell.view_news import ViewNews

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.engines("sqlite")

NEW = "1 new row in “Hot leads”."


def test_vt144_a_row_somebody_else_adds_is_told_quietly_and_a_click_shows_it(
    qtbot: Any, database_url: str, tmp_path: Path
) -> None:
    with opened(qtbot, database_url, "ADMIN", whole=False) as hands:
        leads.create({"description": "Old", "last_name": "Abel", "company": "Hot"}, "ADMIN")
        view = views.save(
            ListView(screen="leads", owner="ADMIN", name="Hot leads", filter_text="company:hot", pinned=True),
            Lead,
            "ADMIN",
        )
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
        bar.choose(None)
        hands.go("tasks")
        hands.window.session.notices.dismiss()
        news = hands.window.findChild(ViewNews)
        assert news is not None
        leads.create({"description": "My own", "last_name": "Bell", "company": "Hot"}, "ADMIN")
        with another.window(database_url, tmp_path / "there") as there:
            there.does("leads.create({'description': 'New', 'last_name': 'Cole', 'company': 'Hot'}, 'ADMIN')")
            hands.bot.waitUntil(lambda: hands.said() == NEW, timeout=8_000)
        hands.click("notices.action")
        hands.reads("leads", "last_name", ["Cole"])
        assert [each.text for each in hands.window.session.notices.recent()].count(NEW) == 1
