"""What one reads while talking: the script, the objections with their answers, and what happened so far (BX-1).

Three columns where there is room, two with the objections under the script where there is less; in a narrow window they
stand in the place of the list, under a tray.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.pages.call.objections import Objections
from ui.pages.call.script import ScriptView
from ui.timeline.timeline import Timeline
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from datetime import datetime

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from channergy_crm.records import Lead
    from ui.session.session import Session

THREE, TWO = 1060, 860
"""pixels of the record: from there on three columns, or two; below they stand in the place of the list"""
SCRIPT, TIMELINE, NARROW_TIMELINE = 328, 356, 384
READABLE = 180
"""pixels of height a script has over the objections"""
SIDE, GAP, BESIDE = 24, 16, 12
"""pixels: at the edge, between two columns, and from the line between them to what has no room there of its own"""


class Talk(QWidget):
    """Shows what is said and what was said before, beside one another as far as there is room."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.talk", _("Talk"))
        self.script = ScriptView(session, self)
        self.objections = Objections(session, self)
        self.timeline = Timeline(session, self, name="call.timeline")
        self.script_side = _column(self, self.script, self.objections)
        self._columns, self._elsewhere = 0, False
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SIDE, 8, 8, 8)
        self._grid.setHorizontalSpacing(GAP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lead(self, lead: Lead | None, list_name: str = "") -> None:
        """Everything for this lead."""
        self.script.show_lead(lead, list_name)
        self.objections.show_lead(lead)
        self.timeline.show_record(lead)

    def say_next_try(self, moment: datetime | None) -> None:
        """Another moment is promised: the script says so."""
        self.script.say_next_try(moment)

    def arrange(self, width: int) -> None:
        """Stand side by side in so many pixels, unless it stands elsewhere."""
        wanted = 3 if width >= theme.px(THREE, self) else 2
        if not self._elsewhere and wanted != self._columns:
            self._columns = wanted
            self._lay_out(wanted)

    def _lay_out(self, columns: int) -> None:
        for part in (self.script_side, self.timeline):
            self._grid.removeWidget(part)
        for place in range(3):
            self._grid.setColumnStretch(place, 0)
            self._grid.setColumnMinimumWidth(place, 0)
        across = self.script_side.layout()
        assert isinstance(across, QGridLayout)  # noqa: S101  made so in _column
        across.removeWidget(self.objections)
        across.addWidget(self.objections, *((0, 1) if columns == 3 else (1, 0)))
        self.objections.setContentsMargins(BESIDE if columns == 3 else 0, 0, 0, 0)
        across.setColumnStretch(0, 0 if columns == 3 else 1)
        across.setColumnStretch(1, 1 if columns == 3 else 0)
        across.setRowStretch(0, 3)
        across.setRowStretch(1, 2 if columns == 2 else 0)
        self.script.setFixedWidth(theme.px(SCRIPT, self)) if columns == 3 else _free(self.script)
        self.script.setMinimumHeight(0 if columns == 3 else theme.px(READABLE, self))
        self._grid.addWidget(self.script_side, 0, 0)
        self._grid.addWidget(self.timeline, 0, 1)
        self.timeline.setFixedWidth(theme.px(TIMELINE if columns == 3 else NARROW_TIMELINE, self))
        self._grid.setColumnStretch(0, 1)
        for part in (self.script_side, self.timeline):
            part.show()
        self.update()

    def stand_in(self, script_room: QVBoxLayout, timeline_room: QVBoxLayout) -> None:
        """Move into other rooms, one under the other: those of the tray in the place of the list."""
        self._columns, self._elsewhere = 0, True
        across = self.script_side.layout()
        assert isinstance(across, QGridLayout)  # noqa: S101  made so in _column
        across.removeWidget(self.objections)
        across.addWidget(self.objections, 1, 0)
        self.objections.setContentsMargins(0, 0, 0, 0)
        across.setRowStretch(1, 2)
        _free(self.script)
        _free(self.timeline)
        self.script.setMinimumHeight(theme.px(READABLE, self))
        self._say_titles()
        script_room.addWidget(self.script_side)
        timeline_room.addWidget(self.timeline)
        for part in (self.script_side, self.timeline):
            part.show()  # whoever moves into another room is hidden there at first

    def come_back(self) -> None:
        """Stand here again."""
        self._elsewhere = False
        self._say_titles()
        self.arrange(self.width())

    def _say_titles(self) -> None:
        """Under the tray its words are the titles."""
        for title in (self.script.title, self.timeline.title):
            title.setVisible(not self._elsewhere)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self, "base"))
        if self._columns:
            line = theme.colour(self, "line")
            for part in (self.timeline, *((self.objections,) if self._columns == 3 else ())):
                left = part.mapTo(self, part.rect().topLeft()).x() - GAP // 2
                painter.fillRect(left, 12, 1, self.height() - 24, line)


def _column(parent: QWidget, *parts: QWidget) -> QWidget:
    held = QWidget(parent)
    grid = QGridLayout(held)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(GAP)
    for place, part in enumerate(parts):
        grid.addWidget(part, 0, place)
    return held


def _free(part: QWidget) -> None:
    part.setMinimumWidth(0)
    part.setMaximumWidth(16_777_215)
