"""The queue in the place of the list: how far it is, who was called, who comes, and who is left out and why (BX-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.phones.there import local_clock
from channergy_crm.records import Lead
from channergy_crm.services import office
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip, unmarked
from ui.look.wording import shown
from ui.pages.call.round_list import Entry, RoundList
from ui.pages.goals_bar import GoalsBar
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import named
from ui.widgets.menu import Menu
from ui.widgets.tab_bars import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.calling_round import Called, Round
    from channergy_crm.services.queue import LeftOut
    from ui.session.session import Session

QUEUE, SCRIPT, TIMELINE = "queue", "script", "timeline"  # unsaid: what stands in the place of the list
LAST, FOOT = 3, 64
"""of those called so many are shown; the height of the foot"""


class Progress(QWidget):
    """A thin bar: how much of the queue is done."""

    HIGH = 6

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(self.HIGH)

    def tell(self, done: int, total: int) -> None:
        """So many of so many."""
        self._share = done / total if total else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        paint.box(painter, room, ground=theme.colour(self, "line"), round_by=self.HIGH / 2)
        filled = QRectF(0, 0, room.width() * self._share, self.HIGH)
        paint.box(painter, filled, ground=theme.colour(self, "done"), round_by=self.HIGH / 2)


class RoundPane(QWidget):
    """Shows a queue; what is pressed in it is told to whoever runs it."""

    pause_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        named(self, "queue.pane", _("Queue"))
        theme.stand_on(self, "side")
        self.name = self._name_button()
        self.pause = named(Button(icon("pause", self), _("Pause"), self, key=_("Alt+P")), "call.pause", _("Pause"))
        self.pause.clicked.connect(self.pause_wanted)
        self.said = Label(parent=self)
        self.said.setObjectName("queue.said")
        self.said.setFont(theme.small(self.font()))
        self.progress = Progress(self)
        self.goals = GoalsBar(session, self, "queue.goals")
        self.tray = named(Segments(self), "queue.tray", _("Queue, script, timeline"))
        self.tray.offer([(QUEUE, _("Queue")), (SCRIPT, _("Script")), (TIMELINE, _("Timeline"))], QUEUE)
        self.tray.hide()
        self.rooms = QStackedWidget(self)
        self.tray.currentChanged.connect(self.rooms.setCurrentIndex)
        self.list = RoundList(self, _("Queue"))
        self.foot = Foot(self)
        self.script_room, self.timeline_room = QVBoxLayout(), QVBoxLayout()
        self._lay_out()

    def _name_button(self) -> IconButton:
        button = named(IconButton(self), "queue.name", _("Queue"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = Menu(button)
        menu.setObjectName("queue.menu")
        self.end = menu.addAction(icon("close", menu), _("End calling"))
        self.end.setObjectName("queue.end")
        self.end.triggered.connect(self.end_wanted)
        button.setMenu(menu)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 12, 0)
        column.addLayout(head)
        head.addWidget(self.name)
        head.addStretch(1)
        head.addWidget(self.pause)
        told = QVBoxLayout()
        told.setContentsMargins(16, 12, 16, 8)
        told.setSpacing(8)
        column.addLayout(told)
        told.addWidget(self.said)
        told.addWidget(self.progress)
        goals = QHBoxLayout()
        goals.setContentsMargins(10, 0, 10, 8)  # its words stand 6 px inside of it, for the ring around them
        column.addLayout(goals)
        goals.addWidget(self.goals)
        aside = QHBoxLayout()
        aside.setContentsMargins(16, 0, 16, 8)
        column.addLayout(aside)
        aside.addWidget(self.tray)
        aside.addStretch(1)
        column.addWidget(self.rooms, 1)
        rows = self._room(QVBoxLayout(), 0)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.foot)
        self._room(self.script_room, 12)
        self._room(self.timeline_room, 0)

    def _room(self, column: QVBoxLayout, side: int) -> QVBoxLayout:
        room = QWidget(self.rooms)
        room.setLayout(column)
        column.setContentsMargins(side, 0, side, 0)
        column.setSpacing(0)
        self.rooms.addWidget(room)
        return column

    def show_talk(self, on: bool) -> None:
        """The script and the timeline stand here, or elsewhere."""
        self.tray.setVisible(on)
        if not on:
            self.tray.setCurrentIndex(0)

    def tell(self, held: Round, now: Lead | None, upcoming: list[Lead], *, paused: str = "") -> None:
        """Say how the queue stands."""
        feed = held.feeds[0].name if held.feeds else ""
        more = len(held.feeds) - 1
        said = ngettext("{name} and {count} more", "{name} and {count} more", more) if more else "{name}"
        self.name.setText(unmarked(said.format(name=feed, count=more)))
        self.pause.setText(_("Go on") if paused else _("Pause"))
        self.pause.setIcon(icon("play" if paused else "pause", self))
        called, total = len(held.called), max(held.total, len(held.called))
        told = _("{called:,} of {total:,} called · {reached:,} reached · since {time}")
        words = told.format(called=called, total=total, reached=held.reached(), time=f"{held.began:%H:%M}")
        self.said.setText(paused or words)
        self.progress.tell(called, total)
        self.list.show_rows([*self._called(held.called), *self._now(now), *self._next(held, upcoming, now)])
        self.foot.tell(held.reasons())

    def _called(self, called: list[Called]) -> list[Entry]:
        if not called:
            return []
        head = Entry(_("Called"), tag=f"{len(called):n}", aside=_("last three"), sign="check", ink="done")
        rows = [
            Entry(call.name, call.company, call.result, "", _length(call), "check", "done", call.key, over=True)
            for call in called[-LAST:]
        ]
        return [head, *rows]

    def _now(self, lead: Lead | None) -> list[Entry]:
        if lead is None:
            return []
        there = _there(lead)
        said = _("{time} there").format(time=there) if there else ""
        last = shown(Lead.kind("call_code"), lead.call_code)
        row = Entry(lead.caption(), lead.company, last, "", said, "phone", "text", lead.number, here=True)
        return [Entry(_("Now")), row]

    def _next(self, held: Round, upcoming: list[Lead], now: Lead | None) -> list[Entry]:
        count = max(held.ahead, len(upcoming))
        if not count:
            return [Entry(_("Next"), tag="0", aside=_("nobody is left"))]
        rows = []
        for place, lead in enumerate(upcoming):
            there, tries = _there(lead), _tries(lead)
            aside = " · ".join(part for part in (there, tries) if part)
            note = "" if place else _("next")
            rows.append(Entry(lead.caption(), lead.company, note=note, aside=aside, key=lead.number))
        return [Entry(_("Next"), tag=f"{count:n}", aside=_("promised first")), *rows]


def _there(lead: Lead) -> str:
    return local_clock(lead.time_zone or lead.phone, office.region())


def _tries(lead: Lead) -> str:
    held = lead.call_try or "0"
    return _("try {number}").format(number=int(held) + 1) if held.isdecimal() else ""


def _length(call: Called) -> str:
    """When it was, and how long it took where that was measured or worked at."""
    at = f"{call.at:%H:%M}"
    if not call.reached or call.seconds is None:
        return at
    minutes, seconds = divmod(call.seconds, 60)
    return _("{time} · {length}").format(time=at, length=f"{minutes}:{seconds:02}")


class Foot(QWidget):
    """Who is left out, fixed at the foot of the queue, with the reasons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "queue.left_out", _("Left out"))
        self._reasons: dict[LeftOut, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def tell(self, reasons: dict[LeftOut, int]) -> None:
        """Why how many."""
        self._reasons = reasons
        said = self.words()
        self.setAccessibleDescription(said)
        self.setToolTip(as_tip(said.replace(" · ", "\n")))
        self.setVisible(bool(reasons))
        self.update()

    def words(self) -> str:
        """The reasons in one line."""
        return " · ".join(
            _("{count:,} {reason}").format(count=count, reason=_(why.value)) for why, count in self._reasons.items()
        )

    def sizeHint(self) -> QSize:
        return QSize(200, theme.px(FOOT, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        painter.fillRect(0, 0, self.width(), 1, theme.colour(self, "line"))
        high = self.height() // 2
        painter.setFont(theme.strong(self.font()))
        painter.setPen(theme.colour(self, "text"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title, count = _("Left out"), f"{sum(self._reasons.values()):n}"
        painter.drawText(16, 4, self.width() - 32, high, left, title)
        at = 16 + painter.fontMetrics().horizontalAdvance(title) + 8
        painter.setFont(self.font())
        painter.setPen(theme.colour(self, "muted"))
        painter.drawText(at, 4, self.width() - at - 16, high, left, count)
        painter.setFont(theme.small(self.font()))
        said = painter.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, self.width() - 32)
        painter.drawText(16, high - 2, self.width() - 32, high, left, said)
