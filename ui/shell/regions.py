"""F6 goes round the parts of a page: the list, the strip with Dial, the call that is noted, the form; the parts of a
board.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from ui.forms.form import Form
from ui.lists.table import RecordTable
from ui.pages.page import PlainPage, can_hear
from ui.widgets.strip import SummaryStrip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.shell.window import MainWindow

CALL = ("call.panel", "call.script", "call.objections")
"""the names of the call bar, which is built when somebody dials, and of what is said in the call"""


def go_round(window: MainWindow, by: int) -> None:
    """The keys go to the next part, or the one before; where somebody was in it before, they are again."""
    parts = [(part, first) for part in _parts(window) if (first := _first(part)) is not None]
    if not parts:
        return
    focus = QApplication.focusWidget()
    around = [place for place, (part, _) in enumerate(parts) if focus and (part is focus or part.isAncestorOf(focus))]
    here = around[0] if around else None
    part, first = parts[0 if here is None else (here + by) % len(parts)]
    last = part.focusWidget()
    (last if last is not None and can_hear(last) else first).setFocus()


def _parts(window: MainWindow) -> Iterator[QWidget]:
    page: QWidget = window.tabs.currentWidget()
    first = window.main_table()
    if first is not None:
        yield first
    yield from page.findChildren(SummaryStrip)
    for name in CALL:
        yield from page.findChildren(QWidget, name)
    yield from (table for table in page.findChildren(RecordTable) if table is not first)
    yield from page.findChildren(Form)
    shown: object = window.tabs.pages.get(window.tabs.currentIndex())
    if isinstance(shown, PlainPage):
        yield from shown.parts()


def _first(part: QWidget) -> QWidget | None:
    """What of a part hears the keys first: the rows of a list, Dial in the strip, the first field of a form."""
    if not part.isVisible():
        return None
    found: list[QWidget] = []
    if isinstance(part, RecordTable):
        found = [part.grid, part.search]
    elif isinstance(part, SummaryStrip):
        found = part.tiles[0].findChildren(QWidget)
    elif isinstance(part, Form):
        found = [row.editor for row in part.rows.values() if not row.kind.system]
    return next((each for each in (*found, part, *part.findChildren(QWidget)) if can_hear(each)), None)
