"""The edges of the main window: the line at its foot, and the size it had when it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.session.background import BackgroundBar

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMainWindow

    from ui.session.session import Session

TITLE_BAR, SMALLEST = 32, (960, 568)
"""pixels; what stands beside each other has room from there on, with the bar of its title 600 high"""


class Said(Label):
    """What is shown; where it has too little room its beginning, and all of it in the tip."""

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        said = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(as_tip(self.text()) if said != self.text() else "")
        painter = paint.begin(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)


def add_status_line(window: QMainWindow, session: Session) -> Label:
    """What is shown, what runs beside the window, where the office is kept, what was told; the first of them."""
    said, store = Said(parent=window), Label(parent=window)
    said.setContentsMargins(10, 0, 0, 0)
    said.setMinimumWidth(10)  # it gives way
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
    window.setMinimumSize(*SMALLEST)
    window.resize(wanted.boundedTo(window.screen().availableSize() - QSize(0, TITLE_BAR)))
