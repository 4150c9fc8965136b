"""The edges of the main window: the line at its foot, and the size it had when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from channergy_crm.language import _
from ui.look import theme
from ui.look.plain import Label, as_tip
from ui.session.background import BackgroundBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from ui.session.session import Session

TITLE_BAR, NARROWEST = 32, 960
"""pixels; what stands beside each other has room from there on"""


def add_status_line(window: QMainWindow, session: Session) -> Label:
    """What is shown, what runs beside the window, where the office is kept, what was told; the first of them."""
    said, store = Label(parent=window), Label(parent=window)
    said.setContentsMargins(10, 0, 0, 0)
    said.setObjectName("main.status")
    store.setObjectName("main.store")
    theme.stand_on(line := window.statusBar(), "chrome")
    line.setSizeGripEnabled(False)
    line.addWidget(said, 1)
    line.addPermanentWidget(BackgroundBar(session.background, line))
    line.addPermanentWidget(store)
    line.addPermanentWidget(session.notices.recent_button(line))
    office = session.office
    store.setText(office.path.name if office.path else "PostgreSQL")  # unsaid: a name
    store.setToolTip(as_tip(office.warning or str(office.path or _("The office's server"))))
    return said


def restore_size(window: QMainWindow, session: Session) -> None:
    """As large as it was last, as far as the screen goes."""
    held = session.station.recall("window.size", [])
    wanted = QSize(*held) if len(held) == 2 else QSize(1280, 960)
    window.setMinimumWidth(NARROWEST)
    window.resize(wanted.boundedTo(window.screen().availableSize() - QSize(0, TITLE_BAR)))
