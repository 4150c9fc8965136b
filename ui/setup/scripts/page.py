"""Settings > Scripts and snippets: what is said and written again and again, each sort a part of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from channergy_crm.language import _
from ui.setup.scripts.part import TextsPart
from ui.setup.scripts.sorts import SORTS
from ui.setup.whole_page import WholePage
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Tray

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class ScriptsPage(WholePage):
    """The topic that takes the whole page; a part is built when somebody looks at it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("scripts.page", _("Scripts and snippets"), parent)
        self._session = session
        self.tray = named(Tray(self), "scripts.parts", _("Parts"))
        for sort in SORTS:
            self.tray.addTab(_(sort.title))
        self.head.addWidget(self.tray)
        self.head.addStretch(1)
        self._stack = QStackedWidget(self)
        self.lines.addWidget(self._stack, 1)
        self.parts: dict[int, TextsPart] = {}
        self.tray.currentChanged.connect(self._turn)

    def bring_up(self, part: str) -> None:
        """Show the part of this name, such as “snippet.names”."""
        place = next((at for at, sort in enumerate(SORTS) if part.startswith(f"{sort.name}.")), None)
        if place is not None:
            self.tray.setCurrentIndex(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Everything as it is now."""
        super().showEvent(event)
        self._turn(self.tray.currentIndex())

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever goes away has typed: what can be saved is saved, the rest stays where it was typed."""
        super().hideEvent(event)
        for part in self.parts.values():
            part.settle()

    def _turn(self, place: int) -> None:
        part = self.parts.get(place)
        if part is None:
            part = self.parts[place] = TextsPart(SORTS[place], self._session, self)
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        part.show_all()
