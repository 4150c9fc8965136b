"""What stands on the page Pipeline while there is no deal to count: why, and two ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.projects import course_of
from ui.look.icons import icon
from ui.session.within import project_name
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from channergy_crm.services.pipeline_deals import Asked
    from ui.pages.pipeline.asking import ToolRow
    from ui.session.session import Session


class Nothing(QWidget):
    """A sentence, the way to the opportunities, and everybody's deals where these may be looked at."""

    def __init__(self, session: Session, tools: ToolRow, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._tools = session, tools
        self._said = Remark("", self)
        self._said.setObjectName("pipeline.empty")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        start = named(Button(_("Go to Opportunities"), self), "pipeline.start", _("Go to Opportunities"))
        start.setIcon(icon("opportunity", start))
        start.clicked.connect(lambda: session.go_to("opportunities"))
        everybody = _("Show everybody's deals")
        self._everybody = named(Button(everybody, self), "pipeline.everybody", everybody)
        self._everybody.quiet()
        self._everybody.clicked.connect(tools.show_everybody)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(start)
        row.addWidget(self._everybody)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addLayout(row)
        column.addStretch(2)

    def say(self, text: str, ink: str = "muted") -> None:
        """Say this, and offer what can be done."""
        self._said.say(text, ink)
        self._everybody.setVisible(self._tools.offers_everybody())

    def why(self, asked: Asked) -> str:
        """Why there is nothing to count."""
        if asked.project and course_of(asked.project) is None:
            said = _("The project {name} is kept without CRM: its deals go through no stages, and none is counted.")
            return said.format(name=project_name(self._session))
        return _(
            "No deal closes in this period. What opportunities say of Amount, Probability % and Close Dt 1 is counted "
            "here."
        )
