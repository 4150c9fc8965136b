"""What somebody sees first where they have chosen nothing (K24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import projects

if TYPE_CHECKING:
    from ui.shell.window import MainWindow


def begin(window: MainWindow) -> None:
    """Stand on the page this operator sees first, before anything is painted: the sales board, or else Reminders."""
    session, tabs = window.session, window.tabs
    if session.attempt(lambda: projects.first_page(session.by)) == projects.BOARD:
        from ui.shell.board_tab import BOARD

        tabs.take_up(BOARD)
        tabs.setCurrentIndex(tabs.declared.index(BOARD))
    else:
        tabs.build(0, session)
