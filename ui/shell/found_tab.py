"""The tab with all that was found: it comes with *Find*, and goes when it is closed (VT-41)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.found import FoundPage

    return FoundPage(session, parent)


FOUND: Tab[Page] = Tab("found", "Search", "search", _build, targets=("find",), closable=True)
