"""The calendar at hand: the month with today and the numbers of its weeks, and the way into the calendar (VT-42)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QEvent, QLocale, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QTableView, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from ui.editors.dates import dress_month
from ui.look.plain import Label
from ui.shell.tools.panel import ToolPanel

if TYPE_CHECKING:
    from ui.shell.menu import Menu

PAGE = "calendar"  # unsaid: the name of a command
"""what opens the page, in an office that has it"""


class Month(ToolPanel):
    """Arrows go from day to day, the page keys from month to month; Enter opens the calendar."""

    def __init__(self, menu: Menu) -> None:
        super().__init__("month", _("Calendar"), menu.session, menu.window)
        self._menu = menu
        self.days = QCalendarWidget(self)
        self.named(self.days, "days", _("Days of the month"))
        self.days.setFirstDayOfWeek(self.locale().firstDayOfWeek())
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        self.days.selectionChanged.connect(self._tell)
        self.days.activated.connect(lambda _day: self._open())
        self._inside = self.days.findChild(QTableView)
        if self._inside is not None:
            self._inside.installEventFilter(self)
        self._said = Label(parent=self)
        self._said.setObjectName("month.said")
        self.column.addWidget(self.days)
        self.column.addWidget(self._said)
        self._open_page = self.button("open", _("Open the calendar"), self._open)
        self.foot(
            self.button("today", _("Today"), self.look), self._open_page, self.button("copy", _("Copy"), self.copy)
        )

    def first(self) -> QWidget:
        return self._inside or self.days

    def look(self) -> None:
        """Today is chosen; the way into the calendar stands there where the office has one."""
        today = clock.today()
        dress_month(self.days, today)
        self.days.setSelectedDate(QDate(today.year, today.month, today.day))
        self.days.showSelectedDate()
        self._open_page.setVisible(any(command.name == PAGE for command in self._menu.commands))
        self._tell()

    def copied(self) -> str:
        """The day that is chosen, as people write it here."""
        return self.locale().toString(self.days.selectedDate(), QLocale.FormatType.ShortFormat)

    def _day(self) -> date:
        chosen = self.days.selectedDate()
        return date(chosen.year(), chosen.month(), chosen.day())

    def _tell(self) -> None:
        week = _("week {number}").format(number=self._day().isocalendar().week)
        self._said.setText(
            f"{self.locale().toString(self.days.selectedDate(), QLocale.FormatType.LongFormat)} · {week}"
        )

    def _open(self) -> None:
        if not self._open_page.isHidden():
            self._menu.run(PAGE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The days would keep Esc and Ctrl+C to themselves."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.takes(event)
