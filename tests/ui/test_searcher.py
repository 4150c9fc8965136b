"""A search beside the window: given back when it is closed, and none begun by a window that goes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pytest

from channergy_crm.query.listing import ListQuery
from channergy_crm.records import Lead
from ui.lists.loader import Loader
from ui.session.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.engines("sqlite")
LONG = 10


def searching() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("search")]


def test_closed_it_is_off_its_thread_and_opens_another_until_the_window_goes(
    qtbot: Any, qapp: Any, office: Any
) -> None:
    asked: list[str] = []

    def find(_reader: object, text: str) -> Iterator[str]:
        asked.append(text)
        yield text.upper()

    searcher, found = Searcher(office, find, qapp), list[object]()
    searcher.found.connect(lambda _number, what, _last: found.append(what))
    for text in ("ann", "bob"):
        searcher.request(text)
        qtbot.waitUntil(lambda text=text: found[-1:] == [text.upper()])
        searcher.close()
        assert not searching()
    searcher.end()
    searcher.request("cleo")
    assert asked == ["ann", "bob"] and not searching()


def test_what_was_superseded_has_left_the_connection_before_that_is_closed(qapp: Any, office: Any) -> None:
    begun, go_on, used = threading.Event(), threading.Event(), list[bool]()

    def find(reader: Any, _text: str) -> Iterator[int]:
        begun.set()
        go_on.wait(LONG)
        used.append(bool(reader.rows("SELECT 1")))
        yield 1

    searcher = Searcher(office, find, qapp)
    searcher.request("ann")
    assert begun.wait(LONG)
    searcher.request("bob")
    assert searcher._running.cancel(), "it has not begun"
    go_on.set()
    searcher.close()
    assert used == [True] and not searching()


def test_a_fault_on_its_thread_is_reported_and_not_kept_by_the_pool(
    qtbot: Any, qapp: Any, office: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pools of searches and lists say nothing of what was raised in them, and the list waited for ever."""
    told: list[object] = []
    monkeypatch.setattr(threading, "excepthook", lambda args: told.append(args.exc_value))

    def find(_reader: object, text: str) -> Iterator[str]:
        raise LookupError(text)

    searcher, loader = Searcher(office, find, qapp), Loader(office, qapp)
    searcher.request("ann")
    loader.request(ListQuery(Lead, ("no such column",)))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert {type(each) for each in told} == {LookupError, KeyError}
    searcher.end()
    loader.close()
