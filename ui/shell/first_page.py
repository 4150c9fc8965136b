"""What somebody sees first: the page they have chosen, else the sales board or Reminders (VT-14, K24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import projects

if TYPE_CHECKING:
    from ui.pages.page import Page
    from ui.screen import Tab
    from ui.shell.window import MainWindow


def _board() -> Tab[Page]:
    from ui.shell.board_tab import BOARD

    return BOARD


def _home() -> Tab[Page]:
    from ui.shell.home_tab import HOME

    return HOME


ON_DEMAND = {projects.BOARD: _board, projects.HOME: _home}
"""what imports the tab of a page that is not there by itself"""


def begin(window: MainWindow) -> None:
    """Stand on the page this operator sees first, before anything is painted."""
    session, tabs = window.session, window.tabs
    wanted = ON_DEMAND.get(session.attempt(lambda: projects.first_page(session.by)) or "")
    if wanted is None:
        tabs.build(0, session)
    else:
        tab = wanted()
        tabs.take_up(tab)
        tabs.setCurrentIndex(tabs.declared.index(tab))
