"""*Start calling* on Home: the row under the cursor of *Due now* first, then all the leads that are due (BX-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import queue
from ui.pages.home import opening
from ui.pages.home.block_list import BlockList
from ui.pages.ways import ALL_DUE, NOBODY, to_something

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.home.lines import Line
    from ui.pages.home.block import Block
    from ui.pages.home.filling import Filling
    from ui.session.session import Session


def _current(block: Block | None) -> Line | None:
    rows = block.findChild(BlockList) if block is not None else None
    line: Line | None = rows.current_entry() if rows is not None else None
    return line


def why_not(block: Block | None, filling: Filling | None) -> str | None:
    """Why there is nobody to call; None while that is not known."""
    if filling is None or filling.stale or not filling.known or _current(block) is not None:
        return None
    return _(NOBODY)


def start(session: Session, block: Block | None, page: QWidget) -> None:
    """Call whom the row under the cursor is about; one that is about a lead begins a round through all who are due."""
    line = _current(block)
    if line is not None and line.opens is not None and line.opens[0] != "lead":
        opening.call(line, session)
        return
    first = [line.opens[1]] if line is not None and line.opens is not None else []
    due = session.attempt(lambda: queue.due(session.by, limit=ALL_DUE, project=session.project)) or []
    keys = [*first, *(key for key in due if key not in first)]
    if keys:
        session.go_to("calling", keys)
    else:
        way = to_something(session, page)
        session.notices.say(_(NOBODY), action=(way.text, way.run))
