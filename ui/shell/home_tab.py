"""The tab Home: it comes when somebody wants it, and goes when it is closed; the first page by choice (VT-14, K24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Account, Lead, Opportunity, Task
from ui.screen import Tab

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from ui.areas import Block
    from ui.pages.page import Page
    from ui.session.session import Session


def brought() -> Sequence[Block]:
    """The blocks of the areas that are on."""
    from ui.shell.areas import on_screen

    return [block for shown in on_screen().values() for block in shown.blocks]


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.home.page import HomePage

    return HomePage(session, parent, brought)


HOME: Tab[Page] = Tab("home", "Home", "home", _build, closable=True, records=(Lead, Account, Opportunity, Task))
