"""Beside the reminders, where there is room: what one needs to know before dialing (F-51)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import Account, Lead, Opportunity, Task
from channergy_crm.services import leads
from ui.look import theme
from ui.look.plain import Label
from ui.look.wording import day_in_words, shown
from ui.widgets.summary import Tile
from ui.widgets.timers import later
from ui.widgets.views import calm

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session
    from ui.timeline.latest import Latest

AROUND, GAP, SOON_MS = 20, 8, 100
FROM = ((1800, 440), (1400, 388), (1240, 340))
"""from which width of the page on the pane is how wide"""


def width_of(page: int) -> int:
    """How wide the pane is beside a page of this width; 0 where there is no room for it."""
    return next((wide for least, wide in FROM if page >= least), 0)


class ReminderPane(QScrollArea):
    """Who it is, the number, their time, when it is due; what is known of it, and the notes."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setViewport(QWidget(self))  # Qt's own makes Python look through every kind of widget to see what it is
        self._session = session
        self.setObjectName("reminders.pane")
        self.setAccessibleName(_("About the reminder"))
        self.setWidgetResizable(True)
        theme.stand_on(self, "line")  # seen as the edge towards the list
        theme.stand_on(self.viewport(), "base")
        self.setViewportMargins(1, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        calm(self).setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = self._inside = QWidget(self)
        theme.stand_on(inside, "base")
        column = QVBoxLayout(inside)
        column.setContentsMargins(AROUND, AROUND - 4, AROUND, AROUND)
        column.setSpacing(GAP)
        self._name = self._label("name", theme.fact, column)
        self._line = self._label("line", theme.normal, column)
        self._line.muted(True)
        self._tiles = [Tile(inside) for _count in range(3)]
        beside = QHBoxLayout()
        beside.setSpacing(GAP)
        beside.addWidget(self._tiles[0], 3)
        beside.addWidget(self._tiles[1], 2)
        column.addLayout(beside)
        column.addWidget(self._tiles[2])
        self._known = QGridLayout()
        self._known.setContentsMargins(0, GAP, 0, GAP)
        self._known.setHorizontalSpacing(16)
        self._known.setVerticalSpacing(GAP)
        self._known.setColumnStretch(1, 1)
        column.addLayout(self._known)
        self._notes_head = self._label("notes_head", theme.section, column)
        self._notes_head.setText(_("Notes"))
        self._notes = self._label("notes", theme.normal, column)
        column.addStretch(1)
        self._latest = _LatestBelow(self, session, column)
        self.setWidget(inside)

    def _label(self, word: str, font: object, column: QVBoxLayout) -> Label:
        label = Label(parent=self)
        label.setObjectName(f"reminders.pane_{word}")
        label.setFont(font(self.font()))  # type: ignore[operator]
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        column.addWidget(label)
        return label

    def show_reminder(self, held: Task | Lead | None) -> None:
        """Tell about this one; about none, nothing."""
        self._inside.setVisible(held is not None)
        if held is None:
            self._latest.show_record(None)
        if isinstance(held, Task):
            self._show_task(held)
        elif isinstance(held, Lead):
            line = " · ".join(part for part in (held.title, held.company) if part)
            known = [(_("Result"), shown(Lead.kind("call_code"), held.call_code)),
                     (_("Status"), shown(Lead.kind("call_status"), held.call_status)),
                     (_("Last call"), _last_call(held))]  # fmt: skip
            self._show(held, held.caption(), line, (held.phone, held.time_zone or ""), known)
            self._latest.show_record(held)

    def _show_task(self, task: Task) -> None:
        account = self._session.find(Account, task.account) if task.account else None
        number = task.lead or (account.originating_lead if account is not None else None)
        lead = self._session.find(Lead, number) if number else None
        deal = self._session.find(Opportunity, task.opportunity) if task.opportunity else None
        phone = (account.phone if account is not None else "") or (lead.phone if lead is not None else "")
        zone = leads.zone_shown(phone, self._session.by) if phone else ""
        known = [(_("Priority"), shown(Task.kind("priority"), task.priority)),
                 (_("Status"), shown(Task.kind("status"), task.status)),
                 (_("Last call"), _last_call(lead) if lead is not None else ""),
                 (_("Opportunity"), _of(deal) if deal is not None else "")]  # fmt: skip
        from channergy_crm.services.events import origins

        by = self._session.by
        came = (self._session.attempt(lambda: origins.said([task.number], by)) or {}).get(task.number, "")
        known.append((_("Comes from"), came))
        line = account.name if account is not None else lead.caption() if lead is not None else ""
        self._show(task, task.action, line, (phone, zone or (lead.time_zone if lead is not None else "") or ""), known)
        self._latest.show_record(account or deal or lead)

    def _show(
        self, held: Task | Lead, name: str, line: str, reach: tuple[str, str], known: list[tuple[str, str]]
    ) -> None:
        from ui.pages import facts

        self._name.setText(name)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        due = facts.next_reminder(held.reminder_date, held.reminder_time)
        told = [facts.phone(reach[0], ""), facts.their_time(reach[1], number=reach[0]), due._replace(caption=_("Due"))]
        for tile, fact in zip(self._tiles, told, strict=True):
            tile.setVisible(fact is not None)
            if fact is not None:
                there = tile is self._tiles[1]
                tile.show_fact(fact._replace(more=fact.more.rpartition(" · ")[2]) if there else fact)
                tile.brief(there and bool(fact.ink))  # the sign says that they are not called now, the tip since when
        self._tell_known([(caption, said) for caption, said in known if said])
        self._notes.setText((held.notes or "").strip())
        self._notes.setVisible(bool(self._notes.text()))
        self._notes_head.setVisible(bool(self._notes.text()))

    def _tell_known(self, known: list[tuple[str, str]]) -> None:
        while item := self._known.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for row, (caption, said) in enumerate(known):
            for column, text in enumerate((caption, said)):
                label = Label(text, self._inside)
                label.setWordWrap(column == 1)
                label.muted(column == 0)
                self._known.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)


class _LatestBelow(QObject):
    """The last few entries of the timeline: made when somebody has stood on a reminder for a moment."""

    def __init__(self, pane: QWidget, session: Session, column: QVBoxLayout) -> None:
        super().__init__(pane)
        self._session, self._column = session, column
        self._record: Record | None = None
        self._latest: Latest | None = None
        self._soon = later(self, self._tell, SOON_MS)

    def show_record(self, record: Record | None) -> None:
        """Those of this record."""
        self._record = record
        if self._latest is not None:
            self._latest.show_record(record)
        else:
            self._soon.start()

    def _tell(self) -> None:
        from ui.timeline.latest import Latest

        if self._latest is None and self._record is not None:
            self._latest = Latest(self._session, "reminders.pane_timeline")
            self._column.insertWidget(self._column.count() - 1, self._latest)
            self._latest.show_record(self._record)


def _last_call(lead: Lead) -> str:
    if not lead.call_date:
        return ""
    tried = _("try {count}").format(count=lead.call_try or 1)
    said = f"{day_in_words(lead.call_date)}, {tried}"
    result = shown(Lead.kind("call_code"), lead.call_code)
    return f"{said} · {result}" if result else said


def _of(deal: Opportunity) -> str:
    amount = shown(Opportunity.kind("amount"), deal.amount)
    return f"{deal.name}, {amount}" if amount else deal.name
