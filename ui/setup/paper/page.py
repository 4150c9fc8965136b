"""Settings > Documents on paper: what is chosen at the left, a sample of a document at the right (BX-26, BX-52)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _
from ui.setup.paper.topic import PaperTopic
from ui.setup.whole_page import WholePage
from ui.widgets.dialog import scrolling

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.session.chosen import Chosen


class PaperPage(WholePage):
    """The topic that takes the whole page. `sample` makes what shows a document as it would come out: it stands above
    the settings, and has a `show_as` for kind and language, and asks what is being typed.
    """

    def __init__(self, chosen: Chosen, sample: Callable[[QWidget], Any], parent: QWidget) -> None:
        super().__init__("paper.page", _("Documents on paper"), parent)
        self.head.addStretch(1)
        self.topic = PaperTopic(chosen, self)
        self.sample: Any = sample(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        area = scrolling(self.topic)
        area.setObjectName("paper.settings")
        row.addWidget(area, 3)
        row.addWidget(self.sample, 2)
        self.lines.addLayout(row, 1)
        self.sample.typing = self.topic.typing
        self.topic.turned.connect(self._turn)
        self.topic.typed.connect(self._look)
        chosen.changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self._turn(self.topic.kind, self.topic.language)

    def _turn(self, kind: str, language: str) -> None:
        self.sample.show_as(kind, language)
