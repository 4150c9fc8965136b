"""The store does not answer: the list says so, once, and goes on when it is back (F-16); nobody waits long (F-64)."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from channergy_crm import work
from channergy_crm.records import Lead
from channergy_crm.settings import BRIDGE, Station
from channergy_crm.store.database import open_database
from tests.ui.hands import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.hands import Hands

LEADS = 700
"""more than one window of rows, so that scrolling asks the store"""


@pytest.fixture
def hands(qtbot: Any, database_url: str) -> Iterator[Hands]:
    """At the window, in front of a long list of leads."""
    office = open_database(database_url)
    with work.unit("Leads", by="ADMIN"):
        for number in range(LEADS):
            Lead.create(description=f"Lead {number:03}", owner="ADMIN")
    office.close()
    Station().set(BRIDGE, "copy_only")
    with opened(qtbot, database_url) as hands:
        hands.go("leads")
        hands.bot.waitUntil(lambda: hands.rows("leads") == LEADS)
        hands.read_to_the_end("leads")
        yield hands


@contextmanager
def server_gone(url: str) -> Iterator[None]:
    """The server lets nobody into the office's database and has ended every connection to it."""
    import psycopg
    from psycopg import sql

    name = url.rpartition("/")[0].rpartition("/")[2] if "?" not in url else url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(url.replace(f"/{name}", "/postgres"), autocommit=True) as server:
        allow = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        server.execute(allow.format(sql.Identifier(name), sql.SQL("false")))
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            server.execute(allow.format(sql.Identifier(name), sql.SQL("true")))


def scroll(hands: Hands) -> None:
    """From top to bottom, painting all the way."""
    bar = hands.grid("leads").verticalScrollBar()
    for place in range(0, bar.maximum() + 1, max(1, bar.maximum() // 40)):
        bar.setValue(place)
        hands.grid("leads").viewport().repaint()
        QApplication.processEvents()


def warnings(hands: Hands) -> list[str]:
    return [notice.text for notice in hands.window.notices.recent() if notice.level == "warning"]


@pytest.mark.engines("postgres")
def test_f16_the_list_says_once_that_the_server_is_gone_and_goes_on(hands: Hands, database_url: str) -> None:
    again = hands.part("leads.try_again", QPushButton)
    assert not again.isVisible()
    hands.grid("leads").setFocus()
    with server_gone(database_url):
        scroll(hands)
        hands.bot.waitUntil(again.isVisible)
        scroll(hands)
        assert len(warnings(hands)) == 1, warnings(hands)
        assert hands.part("leads.empty").text() == warnings(hands)[0]
        assert not hands.grid("leads").isVisible()
        hands.click("leads.try_again")
        hands.read_to_the_end("leads")
        hands.bot.waitUntil(again.isVisible)
        assert len(warnings(hands)) == 1
    hands.click("leads.try_again")
    hands.bot.waitUntil(hands.grid("leads").isVisible)
    hands.read_to_the_end("leads")
    scroll(hands)
    assert not again.isVisible()
    assert len(warnings(hands)) == 1
    assert sorted(hands.column("leads", "description"))[-1] == f"Lead {LEADS - 1:03}"


@pytest.mark.engines("postgres")
def test_f16_a_cut_line_is_made_anew_without_a_word(hands: Hands, database_url: str) -> None:
    with server_gone(database_url):
        pass
    scroll(hands)
    hands.read_to_the_end("leads")
    hands.bot.waitUntil(lambda: None not in hands.column("leads", "description"))
    assert hands.grid("leads").isVisible() and warnings(hands) == []


@pytest.mark.engines("postgres")
def test_f64_a_window_has_three_connections_at_most(hands: Hands, database_url: str) -> None:
    import psycopg

    for tab in ("accounts", "contacts", "opportunities", "tasks", "reminders", "leads"):
        hands.go(tab)
        hands.window.build_in_idle_time()
        QApplication.processEvents()
    hands.part("leads.search").setText("lead")
    hands.bot.waitUntil(lambda: hands.window.background.running() == [])
    hands.read_to_the_end("leads")
    with psycopg.connect(database_url, autocommit=True) as server:
        asked = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )

        def few() -> None:
            found = server.execute(asked).fetchone()
            assert found is not None and 1 <= found[0] <= 3

        hands.bot.waitUntil(few)


@pytest.mark.engines("sqlite")
def test_f64_while_another_program_holds_the_file_saving_is_said_with_retry(hands: Hands, tmp_path: Path) -> None:
    hands.click_row("leads", 0)
    hands.fill("leads.notes", "typed")
    other = sqlite3.connect(hands.window.session.office.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    hands.click("leads.save")
    assert time.monotonic() - began < 2
    assert hands.said().startswith("Another program is using the office's file. Nothing was saved")
    assert hands.shows("leads.notes") == "typed"
    hands.read_to_the_end("leads")
    other.execute("ROLLBACK")
    other.close()
    hands.click("notices.action")
    assert Lead.select().where(Lead.notes == "typed").count() == 1


@pytest.mark.engines("sqlite")
def test_f11_a_deleted_file_keeps_what_was_typed_in_the_form(hands: Hands, tmp_path: Path) -> None:
    hands.click_row("leads", 0)
    hands.fill("leads.notes", "typed")
    path = hands.window.session.office.path
    path.rename(tmp_path / "away.db")
    hands.click("leads.save")
    assert "moved or deleted" in hands.said()
    assert hands.shows("leads.notes") == "typed"
    (tmp_path / "away.db").rename(path)
    hands.click("leads.save")
    assert Lead.select().where(Lead.notes == "typed").count() == 1
