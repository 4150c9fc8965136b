"""The rule that is open: its head, its form, and beside it or below it what it would make."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.events import EventState
from ui.look import theme
from ui.pages.events import words
from ui.pages.events.counting import Counting
from ui.pages.events.form import WIDEST, EventForm, Rule
from ui.pages.events.head import Head
from ui.pages.events.preview import PreviewPanel
from ui.pages.events.trying import Trying
from ui.pages.events.verbs import COMMANDS
from ui.setup.rights.part import Column
from ui.widgets.command_bar import Commands
from ui.widgets.dialog import scrolling

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent

    from channergy_crm.records.events import Event
    from channergy_crm.services.events.activating import Preview
    from channergy_crm.services.events.counts import Standing
    from ui.session.session import Session

BESIDE, PREVIEW, NARROW_PREVIEW, WIDE = 860, 320, 280, 1000
"""pixels: from which width what it would make stands beside the form, how wide it is there, and from which width the
wider one has room
"""


class Pane(QWidget):
    """One rule at a time."""

    counted = Signal(int)
    """how many follow-ups the rule would make now"""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._found: Preview | None = None
        self._standing: Standing | None = None
        self.form = EventForm(session, self)
        self.preview = PreviewPanel(self)
        self.counting = Counting(session, self.form.as_typed, self)
        self.trying = Trying(session, self.form.as_typed, self)
        self.form.edited.connect(self.counting.soon.start)
        self.preview.cancel.clicked.connect(self.counting.stop)
        self.preview.opened.connect(self._open)
        self.preview.wants_all.connect(self._show_all)
        self.preview.wants_status.connect(lambda: session.go_to("events_status", self.form.row.number))
        self.trying.turned.connect(self._tab_through)
        self.counting.began.connect(self.preview.counting)
        self.counting.slow.connect(self.preview.slow)
        self.counting.counted.connect(self._show)
        self.counting.failed.connect(lambda said: self.preview.say(_("It could not be counted"), said, "overdue"))
        self.counting.stopped.connect(self._stopped)

    def furnish(self, page: QWidget) -> None:
        """The verbs belong to the page: their keys work anywhere on it."""
        self.commands = Commands("events", COMMANDS, page)
        self.head = Head(self.commands, self)
        self.head.under.addWidget(self.trying)
        self.trying.closed.connect(self.head.buttons["try_on"].setFocus)
        self._content = Column(0, self)
        self._content.lines.setContentsMargins(24, 14, 24, 24)
        self._content.lines.setSpacing(0)
        self._content.lines.addWidget(self.form)
        self._above = Rule(self._content)
        self._content.lines.addWidget(self._above)
        self._content.lines.addStretch(1)
        self._above.hide()
        self._beside = Column(PREVIEW, self, "base", "left")
        self._beside.lines.setContentsMargins(0, 0, 0, 0)
        self._room = Column(0, self)
        self._room.lines.setContentsMargins(18, 14, 20, 24)
        self._room.lines.addWidget(self.preview)
        self._room.lines.addStretch(1)
        area = scrolling(self._room)
        self._beside.lines.setContentsMargins(1, 0, 0, 0)
        self._beside.lines.addWidget(area)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(scrolling(self._content), 1)
        row.addWidget(self._beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What it would make stands beside the form, or below it."""
        super().resizeEvent(event)
        width = event.size().width()
        beside = width >= theme.px(BESIDE, self)
        self._beside.setFixedWidth(theme.px(PREVIEW if width >= theme.px(WIDE, self) else NARROW_PREVIEW, self))
        sides = 24 if beside else 16
        free = width - (self._beside.width() if beside else 0) - theme.px(WIDEST, self) - sides
        self._content.lines.setContentsMargins(sides, 14, max(sides, free), 24)
        if beside == self._beside.isHidden():
            room = self._room.lines if beside else self._content.lines
            room.insertWidget(0 if beside else 2, self.preview)
            self._beside.setVisible(beside)
            self._above.setVisible(not beside)

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody comes back: what was not counted to its end is counted now."""
        super().showEvent(event)
        if self.form.row is not None and self._found is None:
            self.counting.count()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing is counted for nobody."""
        self.counting.forget()
        super().hideEvent(event)

    # ---------------------------------------------------------------- what is shown

    def show_rule(self, row: Event | None) -> None:
        """Show this rule, and count what it would make."""
        same = row is not None and self.form.row is not None and self.form.row.number == row.number
        self.form.show_row(row)
        if not same:
            self._found = None
            self.head.question.hide()
            self.trying.hide()
            self.preview.say(_("Counting…"), "")
            self.form.say_how_it_reads("")
        self.head.said.say("")
        self.tell()
        if row is not None:
            self.counting.count()

    def show_standing(self, standing: Standing | None, fallen: str) -> None:
        """How its follow-ups stand is known now, and which went elsewhere because nobody else is at work."""
        self._standing = standing
        self.head.said.say(fallen, "soon")
        self.tell()

    def tell(self) -> None:
        """The head says how it stands with the rule."""
        row = self.form.row
        if row is None:
            return
        active = row.state == EventState.ACTIVE
        self.head.show_rule(row.name or _("New rule"), words.line_under(row))
        self.head.show_facts(words.facts(row, self._found, self._standing))
        self.commands.refresh()
        self.head.buttons["activate"].setVisible(not active)
        self.head.buttons["deactivate"].setVisible(active)
        self.tell_edited()

    def tell_edited(self) -> None:
        """The verb that is filled: *Activate*, or of an active rule *Save Changes* where there is something to save."""
        self.commands.refresh()
        row = self.form.row
        edited = row is not None and (self.form.is_edited or row.is_new)
        active = row is not None and row.state == EventState.ACTIVE
        self.head.buttons["cancel"].setVisible(edited)
        self.head.loud("save" if active and edited else "" if active else "activate")

    def _show(self, found: Preview | None) -> None:
        self._found = found
        row = self.form.row
        if row is None:
            return
        if found is None:
            problem = next(iter(self.form.problems().values()), "")
            self.preview.say(_("Not counted"), problem or _("Something in the rule cannot be read yet."))
        else:
            existing = bool(self.form.editors["existing"].value())
            self.preview.show_preview(found, row.state == EventState.ACTIVE, existing)
            self.form.say_how_it_reads(found.first[0].said if found.first else "")
            if not self.form.is_edited and not found.why_not:
                self.counted.emit(found.follow_ups)
        self.head.show_facts(words.facts(row, found, self._standing))

    def _stopped(self) -> None:
        self.preview.say(_("Counting was stopped"), _("A change in the form, or F5, counts again."))

    def _tab_through(self) -> None:
        for first, then in pairwise(self.in_order()):
            QWidget.setTabOrder(first, then)

    def in_order(self) -> list[QWidget]:
        """What Tab goes through: the verbs, the questions, the form, what it would make."""
        head, shown = self.head, self.preview
        asked: list[QWidget] = [head.question.keep, head.question.withdraw, head.question.stay]
        beside: list[QWidget] = [shown.cancel, shown.all, shown.status, shown.first]
        return [*head.buttons.values(), *asked, *self.trying.in_order(), *self.form.in_order(), *beside]

    # ---------------------------------------------------------------- to the records

    def _open(self, table: str, key: object) -> None:
        from ui.pages.events.choices import record_of

        record = record_of(table)
        held = self._session.find(record, key) if record is not None else None
        if held is not None and held.about.target:
            self._session.go_to(*held.opened_at(held.key, held.caption()))

    def _show_all(self) -> None:
        """The list of the records the rule falls on."""
        from ui.pages.events.all_records import show_all

        if (draft := self.form.as_typed()) is not None:
            show_all(draft, self._session, self)
