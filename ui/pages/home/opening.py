"""From a block to what it is about: to a record, or to a list with the very rows that were counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.query import spelling
from channergy_crm.records import Task
from channergy_crm.services import reading
from ui.lists.view_bar import ViewBar
from ui.pages.ways import call_for_task

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.home.lines import Line
    from ui.session.session import Session


def open_line(line: Line, session: Session) -> None:
    """Go to the record of a row."""
    if line.opens is not None:
        session.go_to(*line.opens)


def call(line: Line, session: Session) -> None:
    """Dial the number of a row on the page where the call is noted (BX-1)."""
    if line.opens is None:
        return
    target, key = line.opens
    if target == "lead":
        session.go_to("call_lead", key)
    elif (task := session.attempt(lambda: reading.find(Task, key, session.by))) is not None:
        call_for_task(session, task)


def open_list(beside: QWidget, session: Session, screen: str, *, view: int | None = None, text: str = "") -> None:
    """Go to a list and look at it through a saved view, or with a filter, by the names of its fields."""
    window: Any = beside.window()
    session.go_to(screen)
    table = next((each for each in window.tables_shown() if each.name == screen), None)
    bar = table.findChild(ViewBar) if table is not None else None
    if table is None:
        return
    if bar is not None:
        bar.choose(view)
    if view is None:
        table.search.setText(spelling.by_labels(table.record, text))
    table.grid.setFocus()


def is_there(beside: QWidget, tab: str) -> bool:
    """Whether the window knows a tab of this name, open or not."""
    tabs: Any = getattr(beside.window(), "tabs", None)
    return tabs is not None and any(each.name == tab for each in (*tabs.declared, *tabs.on_demand))
