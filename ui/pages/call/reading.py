"""Script, objections and timeline beside a call: below the call bar, or in the place of the list where it is narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QVBoxLayout

from ui.look import theme
from ui.pages.call.round_line import FIELDS, TALK
from ui.pages.call.talk import TWO, Talk

if TYPE_CHECKING:
    from channergy_crm.records import Lead
    from ui.pages.call.room import Room
    from ui.pages.call.round_line import RoundLine
    from ui.pages.call.round_pane import RoundPane
    from ui.pages.record_page import RecordPage

QUEUE_WIDTHS = ((1900, 392), (1400, 348), (0, 288))
"""from which width of the page on the queue is how wide"""


class Reading(QObject):
    """Puts what one reads where there is room for it, in the place of the fields or of the list."""

    def __init__(self, line: RoundLine, pane: RoundPane, room: Room, page: RecordPage) -> None:
        super().__init__(page)
        self._line, self._pane, self._room, self._page, self._panel = line, pane, room, page, page.panel
        self.talk = Talk(page.session, self._panel)
        self.talk.hide()
        self._panel.over_commands.addWidget(self.talk, 1)
        self._on, self._beside = False, True
        self._lead: int | None = None
        self._turned_away = False
        self._line.turned.connect(lambda _part: self._fit())
        self.talk.objections.wanted.connect(lambda title: self._panel.form.put({"objection": title}))
        self._panel.installEventFilter(self)
        self._panel.turned.connect(self._turned)

    def begin(self) -> None:
        """Calling begins."""
        self._on = True
        self._page.give_room(QUEUE_WIDTHS)
        self._fit()

    def end(self) -> None:
        """The fields are there again."""
        self._on = False
        self._page.give_room(None)
        self._fit()

    def show_lead(self, lead: Lead, list_name: str) -> None:
        """Everything for this lead."""
        self._lead = lead.number
        if self._turned_away:
            self._turned_away = False
            self._line.show_part(TALK)
        self.talk.show_lead(lead, list_name)

    def show_nobody(self) -> None:
        """Nobody is called now: instead of an empty script the fields of who is open."""
        self._lead, self._turned_away = None, self._line.parts.value() == TALK
        self._line.show_part(FIELDS)

    def _turned(self) -> None:
        """Somebody began a new lead, or came to another one: its fields are what is wanted."""
        record = self._panel.record
        if self._on and (record is None or record.key != self._lead):
            self._turned_away = self._line.parts.value() == TALK
            self._line.show_part(FIELDS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The record has more room, or less."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        wide = self._panel.width() >= theme.px(TWO, self._panel)
        reads = self._on and wide and self._line.parts.value() == TALK
        self._line.offer_parts(wide)
        self._pane.show_talk(self._on and not wide)
        if self._on and not wide and self._beside:
            self.talk.stand_in(self._pane.script_room, self._pane.timeline_room)
        elif wide and not self._beside:
            self.talk.come_back()
        self._beside = wide or (self._beside and not self._on)
        self.talk.setVisible(reads)
        self._panel.form.setVisible(not reads)
        column = self._panel.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101  made so in RecordPanel
        column.setStretchFactor(self._panel.over_commands, 1000 if reads else 0)
        self._room.put_away(self._on)
