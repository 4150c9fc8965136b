"""Help where there is no window to work in: at the door, and where the program says it was at fault (VT-13).

Only pages are read there, nothing of the office: what a page could do in the program is not done.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.settings import Station

DOOR, FAULT = "operators", "first-steps"
"""pages: who comes in and with what, and the one everything begins with"""


def let_ask(over: QWidget, page: str, cannot: str, station: Station) -> None:
    """F1 opens this page beside the window; `cannot` says why nothing is done from there."""
    action = QAction(over)
    action.setObjectName("main.help")
    action.setShortcut("F1")
    action.triggered.connect(partial(_open, over, page, cannot, station))
    over.addAction(action)


def _open(over: QWidget, page: str, cannot: str, station: Station) -> None:
    from ui.shell.helping.beside import HelpBeside, open_beside

    active = QApplication.activeWindow()
    open_beside(active if isinstance(active, HelpBeside) else over, page,
                partial(HelpBeside, lambda _page: (), None, station, cannot=cannot))  # fmt: skip
