"""Where somebody stands in the window, so that they stand there again when the window was put together anew."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

from PySide6.QtWidgets import QApplication, QTabWidget, QWidget

from ui.lists.view_bar import ViewBar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.lists.table import RecordTable
    from ui.pages.page import Page
    from ui.shell.window import MainWindow


@runtime_checkable
class Turning(Protocol):
    """The part of a page that is turned to something, its `turning`: days, topics."""

    def stands_at(self) -> object:
        """What it is turned to."""

    def stand_at(self, where: Any) -> None:
        """Turn to that again."""


class InList(NamedTuple):
    """Where somebody stands in a list, and what of it they look at."""

    filter: str
    key: object
    view: object


class OnPage(NamedTuple):
    """Where somebody stands on a page."""

    parts: Mapping[str, int]
    """the part that is open of what has parts, by its name"""
    lists: Mapping[str, InList]
    records: tuple[object, ...]
    """the records that are open, by their numbers"""
    turned: object


class Place(NamedTuple):
    """Where somebody stands in the window."""

    tab: str
    closable: tuple[str, ...]
    pages: Mapping[str, OnPage]
    shown: str
    """whose records the lists show"""
    focus: str


def place_in(window: MainWindow) -> Place:
    """Where somebody stands now."""
    tabs, focused = window.tabs, QApplication.focusWidget()
    return Place(
        tabs.declared[tabs.currentIndex()].name,
        tuple(tab.name for tab in tabs.declared if tab.closable),
        {tabs.declared[at].name: _on(page) for at, page in tabs.pages.items()},
        window.session.shown,
        focused.objectName() if focused is not None and focused.window() is window else "",
    )


def stand_again(window: MainWindow, place: Place, *, whole: bool) -> None:
    """Open the tabs that were open, the page somebody was on, and what they had open there.

    The other pages are built when they are wanted, or now for the `whole` window; each is as it was left.
    """
    tabs, session, left = window.tabs, window.session, dict(place.pages)
    if place.shown != session.shown:
        session.set_operator(place.shown)
    for tab in tabs.on_demand:
        if tab.name in place.closable:
            tabs.take_up(tab)
    at = next((at for at, tab in enumerate(tabs.declared) if tab.name == place.tab), 0)
    tabs.built.connect(partial(_as_left, left))
    if at == tabs.currentIndex():
        tabs.build(at, session)
    tabs.setCurrentIndex(at)
    if whole:
        window.build_all()
    window.start()
    focused = window.findChild(QWidget, place.focus) if place.focus else None
    if focused is not None and focused.isVisible():
        focused.setFocus()


def _as_left(left: dict[str, OnPage], name: str, page: Page) -> None:
    page.widget.show()
    if held := left.pop(name, None):
        _stand(page, held)


def _on(page: Page) -> OnPage:
    widget = page.widget
    return OnPage(
        {part.objectName(): part.currentIndex() for part in widget.findChildren(QTabWidget) if part.objectName()},
        {each.name: InList(each.search.text(), each.current(), _view(each)) for each in page.lists()},
        tuple(panel.record.key if panel.record is not None else None for panel in page.panels()),
        turning.stands_at() if (turning := _turning(page)) is not None else None,
    )


def _view(table: RecordTable) -> object:
    bar = table.findChild(ViewBar)
    return bar.which.currentData() if bar is not None else None


def _stand(page: Page, held: OnPage) -> None:
    for part in page.widget.findChildren(QTabWidget):
        part.setCurrentIndex(held.parts.get(part.objectName(), part.currentIndex()))
    for table in page.lists():
        if (was := held.lists.get(table.name)) is not None:
            _look_at(table, was)
    main = page.main_list()
    open_now = held.records[0] if held.records else None
    if open_now is not None and main is not None and main.current() != open_now:
        page.show_target("", open_now)  # it stands in no list, or in that of somebody else
    if (turning := _turning(page)) is not None:
        turning.stand_at(held.turned)


def _turning(page: Page) -> Turning | None:
    turning = getattr(page, "turning", None)
    return turning if isinstance(turning, Turning) else None


def _look_at(table: RecordTable, was: InList) -> None:
    bar = table.findChild(ViewBar)
    if bar is not None and was.view is not None:
        bar.which.setCurrentIndex(bar.which.findData(was.view))
    if was.filter != table.search.text():
        table.search.setText(was.filter)
    if was.key is not None:
        table.read_at(was.key)
