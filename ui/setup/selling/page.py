"""Settings > CRM: the processes and what is searched (General), personal data (GDPR), fixed labels (Definition).

SI-10, SI-32…SI-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from channergy_crm.language import N_, _
from ui.setup.privacy_part import PrivacyPart
from ui.setup.rights.part import Column
from ui.setup.selling.definition_part import DefinitionPart
from ui.setup.selling.general_part import GeneralPart
from ui.setup.selling.part import CrmPart
from ui.setup.whole_page import WholePage
from ui.widgets.dialog import named, scrolling
from ui.widgets.tab_bars import Tray

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ui.session.chosen import Chosen
    from ui.session.session import Session


def on_page(build: Callable[[Session, QWidget], QWidget]) -> Callable[[Chosen, QWidget], QWidget]:
    """What stands on any page becomes a part: with the margins of one, and it scrolls where there is little room."""

    def build_part(chosen: Chosen, parent: QWidget) -> QWidget:
        page = Column(0, parent)
        page.lines.setContentsMargins(24, 14, 24, 14)
        page.lines.addWidget(build(chosen.session, page))
        page.lines.addStretch(1)
        return scrolling(page)

    return build_part


PARTS: tuple[tuple[str, str, Callable[[Chosen, QWidget], QWidget]], ...] = (
    ("general", N_("General"), GeneralPart),
    ("gdpr", N_("GDPR"), on_page(PrivacyPart)),
    ("definition", N_("Definition"), DefinitionPart),
)
"""name, title, what builds it"""
INSIDE = {
    "settings.search_lists": "general", "search_fields": "general", "processes": "general", "stages": "general",
    "settings.privacy": "gdpr", "subjects": "definition", "weights": "definition", "fixed": "definition",
}  # fmt: skip
"""in which part a widget stands, by the beginning of its name"""


class CrmPage(WholePage):
    """The topic that takes the whole page; a part is built when somebody looks at it."""

    def __init__(self, chosen: Chosen, parent: QWidget) -> None:
        super().__init__("crm.page", _("CRM"), parent)
        self._chosen = chosen
        self.tray = named(Tray(self), "crm.parts", _("Parts"))
        for _name, label, _build in PARTS:
            self.tray.addTab(_(label))
        self.head.addWidget(self.tray)
        self.head.addStretch(1)
        self._stack = QStackedWidget(self)
        self.lines.addWidget(self._stack, 1)
        self.parts: dict[int, QWidget] = {}
        self.tray.currentChanged.connect(self._turn)

    def bring_up(self, part: str) -> None:
        """Show the part in which the widget of this name stands, such as “weights.grid”."""
        within = next((within for begin, within in INSIDE.items() if part.startswith(begin)), "")
        place = next((at for at, (name, *_more) in enumerate(PARTS) if within == name), None)
        if place is not None:
            self.tray.setCurrentIndex(place)
            self._turn(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Everything as it is now."""
        super().showEvent(event)
        self._turn(self.tray.currentIndex())

    def _turn(self, place: int) -> None:
        part = self.parts.get(place)
        if part is None:
            part = self.parts[place] = PARTS[place][2](self._chosen, self)
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(part)
        if isinstance(part, CrmPart):
            part.show_all()
