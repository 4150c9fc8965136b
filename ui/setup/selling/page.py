"""Settings > CRM: the processes and what is searched (General), personal data (GDPR), fixed labels (Definition).

SI-10, SI-32…SI-37.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from channergy_crm.language import N_, _
from ui.setup.selling.definition_part import DefinitionPart
from ui.setup.selling.general_part import GeneralPart
from ui.setup.whole_page import WholePage
from ui.widgets.dialog import named
from ui.widgets.tab_bars import Tray

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from ui.session.chosen import Chosen

PARTS: tuple[tuple[str, str, Callable[[Chosen, QWidget], QWidget]], ...] = (
    ("general", N_("General"), GeneralPart),
    ("definition", N_("Definition"), DefinitionPart),
)
"""name, title, what builds it; each has `show_all`. GDPR has its place between the two"""
INSIDE = {
    "settings.search_lists": "general", "search_fields": "general", "processes": "general", "stages": "general",
    "subjects": "definition", "weights": "definition", "fixed": "definition",
}  # fmt: skip
"""in which part a widget stands, by the beginning of its name; else its name begins with crm. and that of its part"""


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
        """Show the part in which the widget of this name stands, such as “weights.grid” or “crm.definition”."""
        within = INSIDE.get(part) or INSIDE.get(part.partition(".")[0]) or part.removeprefix("crm.").partition(".")[0]
        place = next((at for at, (name, *_more) in enumerate(PARTS) if name == within), None)
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
        part.show_all()  # type: ignore[attr-defined]
