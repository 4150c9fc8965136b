"""What somebody sees first where they have chosen nothing (K24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.services import projects

if TYPE_CHECKING:
    from ui.shell.window import MainWindow


def open_first(window: MainWindow) -> None:
    """Come to the page this operator sees first, where its tab is there or comes on demand; else it is Reminders."""
    session, tabs = window.session, window.tabs
    wanted = session.attempt(lambda: projects.first_page(session.by))
    known = {tab.name for tab in (*tabs.declared, *tabs.on_demand)}
    if wanted in known and wanted != tabs.declared[tabs.currentIndex()].name:
        window.go_to(wanted)
