"""Calling hours by country and state, and the days on which nobody is called: edited in place (BX-5, DP-11)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, closing
from channergy_crm.records import CallingHours, Holiday
from channergy_crm.services import calling_hours, office, rights
from channergy_crm.services.rights import Program
from ui.look.plain import as_tip
from ui.widgets.dialog import Dialog, Remark, named, offer
from ui.widgets.editable_grid import Cells
from ui.widgets.fields import LineField
from ui.widgets.grid_panel import GridPanel
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.settings import Station

HOURS, DAYS_OFF = ("country", "state", "days", "begins", "ends"), ("day", "name", "country", "state")
ABOUT_HOURS = N_(
    "From when to when people are called, by their own clock: the row of their state goes before that of their "
    "country, and without a country it holds everywhere else. Several rows of one place add up. What the law asks "
    "for is for the office to know."
)
ABOUT_HOLIDAYS = N_(
    "Days on which nobody is called there; without a country nobody is called anywhere. Propose a year of a country, "
    "and tick the days that count."
)
DAY = Qt.ItemDataRole.UserRole


class Hours(GridPanel[CallingHours]):
    """The hours of each place as a grid; a cell is saved as soon as it is left."""

    def __init__(self, by: str, parent: QWidget) -> None:
        super().__init__("hours", _("Calling hours"), parent)
        self._by = by
        self._cells = Cells(CallingHours, HOURS, self._store, self._grid, faded=lambda row: False)
        self._cells.locked = rights.may(by, "administer") is not None
        self._line = [
            self._field("country", _("Country, such as US")), self._field("state", _("State")),
            self._field("days", _("Days, such as Mon-Fri")), self._field("begins", _("From")),
            self._field("ends", _("To")),
        ]  # fmt: skip
        self._gone = self._button("remove", _("Remove"), _("These hours hold no longer (Del)"), self._remove)
        self._put_together(
            (100, 140, 160, 90, 90), 2, Remark(_(ABOUT_HOURS), self), self._grid, self._strip(self._gone, None),
            self._new_line(_("Hours of another place (Enter)"), *((field, 1) for field in self._line)), self._said,
        )  # fmt: skip
        self._start()

    def _field(self, name: str, said: str) -> LineField:
        line = named(LineField(self), f"hours.new_{name}", said)
        line.setPlaceholderText(CallingHours.kind(name).label)
        line.setToolTip(as_tip(said))
        return line

    def _entries(self) -> Sequence[CallingHours]:
        return calling_hours.every(Program.ITSELF)

    def _offer(self) -> None:
        offer(self._gone, rights.may(self._by, "administer") or "")

    def _add(self) -> None:
        def add() -> CallingHours:
            typed = {name: field.text().strip() for name, field in zip(HOURS, self._line, strict=True)}
            row = CallingHours(**{name: CallingHours.kind(name).read(text) for name, text in typed.items()})
            calling_hours.save(row, self._by)
            return row

        if (row := self._attempt(add)) is not None:
            for field in self._line:
                field.clear()
            self._reload(row.key)
            self._say(_("Saved."))
            self._line[0].setFocus()

    def _remove(self) -> None:
        row = self._grid.current()
        if row is not None:
            self._attempt(lambda: calling_hours.remove(row, self._by))
            self._reload()

    def _store(self, row: CallingHours, name: str) -> None:
        calling_hours.save(row, self._by)


class HoursDialog(Dialog):
    """The calling hours. What is changed is saved at once and can be undone afterwards."""

    def __init__(self, station: Station, by: str, parent: QWidget | None = None) -> None:
        super().__init__("hours", _("Calling hours"), parent, station, size=(760, 560))
        self.body.addWidget(Hours(by, self), 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))


class DaysOff(GridPanel[Holiday]):
    """The days on which nobody is called; a year of them is proposed and ticked."""

    def __init__(self, by: str, parent: QWidget) -> None:
        super().__init__("holidays", _("Holidays"), parent)
        self._by, self._asked = by, ("", "")
        self._cells = Cells(Holiday, DAYS_OFF, self._store, self._grid, faded=lambda row: False)
        self._cells.locked = rights.may(by, "administer") is not None
        self._gone = self._button("remove", _("Remove"), _("People are called on this day (Del)"), self._remove)
        self._country, self._state, self._year = (
            self._field("country", _("Country, such as US"), office.region()),
            self._field("state", _("State, such as CA"), ""),
            self._field("year", _("Year"), str(calling_hours.next_year())),
        )
        self._propose = self._button("propose", _("Propose"), _("The holidays of this year there"), self._look)
        self._proposed = named(calm(QListWidget(self)), "holidays.proposed", _("Proposed holidays: tick what counts"))
        self._keep = self._button("keep", _("Keep the ticked days"), _("Nobody is called on them"), self._add)
        for line in (self._country, self._state, self._year):
            line.returnPressed.connect(self._look)
        self._put_together(
            (110, 260, 90, 120), 1, Remark(_(ABOUT_HOLIDAYS), self), self._grid, self._strip(self._gone, None),
            self._strip(self._country, self._state, self._year, self._propose), self._proposed,
            self._strip(self._keep, None), self._said,
        )  # fmt: skip
        self._proposed.hide()
        self._keep.hide()
        self._start()

    def _field(self, name: str, said: str, begun: str) -> LineField:
        line = named(LineField(self), f"holidays.{name}", said)
        line.setPlaceholderText(said)
        line.setText(begun)
        return line

    def _entries(self) -> Sequence[Holiday]:
        return calling_hours.days_off(Program.ITSELF)

    def _offer(self) -> None:
        kept_from = rights.may(self._by, "administer") or ""
        offer(self._keep, kept_from)
        offer(self._gone, kept_from or ("" if self._grid.current() is not None else _("Choose the days first.")))

    def _look(self) -> None:
        """Show what is proposed, nothing of it ticked that stands above already."""
        year = self._year.text().strip()
        if not re.fullmatch(r"\d{4}", year) or not 1900 < int(year) < 2200:
            self._refuse(Mistake(_("Type a year such as {year}.").format(year=calling_hours.next_year())))
            return
        self._asked = self._country.text(), self._state.text()
        found = self._attempt(lambda: calling_hours.proposed(*self._asked, int(year), self._by))
        if found is None:
            return
        self._proposed.clear()
        for day, name in found:
            item = QListWidgetItem(f"{day:%Y-%m-%d}  {name}", self._proposed)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            item.setData(DAY, (day, name))
        self._proposed.show()
        self._keep.show()
        self._say("")
        self._proposed.setFocus()

    def _add(self) -> None:
        items = [self._proposed.item(row) for row in range(self._proposed.count())]
        ticked: list[tuple[date, str]] = [
            item.data(DAY) for item in items if item.checkState() == Qt.CheckState.Checked
        ]  # fmt: skip
        kept = self._attempt(lambda: calling_hours.keep(ticked, *self._asked, self._by))
        if kept is not None:
            self._proposed.hide()
            self._keep.hide()
            self._reload()
            self._say(_("New holidays: {count}.").format(count=kept))

    def _remove(self) -> None:
        row = self._grid.current()
        if row is not None:
            self._attempt(lambda: calling_hours.remove(row, self._by))
            self._reload()

    def _store(self, row: Holiday, name: str) -> None:
        calling_hours.save(row, self._by)


class HolidaysDialog(Dialog):
    """The holidays that count. What is changed is saved at once and can be undone afterwards."""

    def __init__(self, station: Station, by: str, parent: QWidget | None = None) -> None:
        super().__init__("holidays", _("Holidays"), parent, station, size=(720, 640))
        self.body.addWidget(DaysOff(by, self), 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))
