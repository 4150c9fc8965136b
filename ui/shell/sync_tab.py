"""The tab Viper: it comes when somebody wants it, and goes when it is closed (VP-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.sync.page import SyncPage

    return SyncPage(session, parent)


SYNC: Tab[Page] = Tab("sync", "Viper", "refresh", _build, targets=("sync_list",), closable=True)
