"""The clocks: what the time is here and where the people live that are called; which, everybody chooses (VT-42)."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import available_timezones

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCompleter, QGridLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.phones.there import there
from channergy_crm.services import clocks, office
from channergy_crm.settings import TIME_ZONE
from channergy_crm.transfer.calendars import zones
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.wording import day_in_words
from ui.shell.tools.panel import ToolPanel
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from ui.shell.menu import Menu

KEPT = "tools.clock.zones"
MOST = 8
TICK_MS = 1_000


class _Clock(NamedTuple):
    zone: str
    time: Label
    day: Remark


class Clocks(ToolPanel):
    """Rows of place, time and day. A zone is added by its name and taken away by its cross; Ctrl+C takes all along."""

    def __init__(self, menu: Menu) -> None:
        super().__init__("clock", _("Clock"), menu.session, menu.window)
        self._rows: list[_Clock] = []
        self._sheet = QWidget(self)
        self._line = LineField(self)
        self.named(self._line, "add", _("Add a place"))
        self._line.setPlaceholderText(_("Add a place, such as Europe/Berlin"))
        completer = QCompleter(sorted(name for name in available_timezones() if "/" in name), self._line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._line.setCompleter(completer)
        self._line.returnPressed.connect(self._add)
        self._said = Remark("", self)
        self._said.hide()
        for part in (self._sheet, self._line, self._said):
            self.column.addWidget(part)
        self.foot(self.button("copy", _("Copy"), self.copy))
        self.setFixedWidth(theme.px(340, self))
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell)
        menu.session.closing.connect(self._tick.stop)

    def first(self) -> QWidget:
        return self._line

    def look(self) -> None:
        """The places chosen here; where nothing has been chosen, those of the leads are found beside the window."""
        held = self.session.station.recall(self._key(), None)
        self.show_zones(held if isinstance(held, list) else [])
        self._tick.start()
        if held is None:
            by = self.session.by
            self.session.work(lambda _progress: clocks.zones(by), label=_("Looking where the leads live"),
                              done=self._found, failed=lambda _error: None)  # fmt: skip

    def _found(self, found: list[str]) -> None:
        if self.isVisible() and self.session.station.recall(self._key(), None) is None:
            self.show_zones(found)

    def _key(self) -> str:
        return f"{KEPT}.{self.session.by}"

    def _here(self) -> str:
        """The zone of the office, or of this workstation; "" where neither is known."""
        return self.session.attempt(lambda: office.get(TIME_ZONE, self.session.by)) or zones.here()

    def show_zones(self, names: list[str]) -> None:
        """The office first, then these."""
        here = self._here()
        wanted = list(dict.fromkeys(name for name in names if name != here and zones.known(name)))[:MOST]
        sheet, grid = QWidget(self), QGridLayout()
        sheet.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        self._rows = [self._row(grid, 0, here, _("The office"))]
        self._rows += [self._row(grid, at, name, place_name(name)) for at, name in enumerate(wanted, 1)]
        self.column.replaceWidget(self._sheet, sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = sheet
        self._tell()
        self.adjustSize()

    def _row(self, grid: QGridLayout, at: int, zone: str, called: str) -> _Clock:
        name, time, day = Label(called, self), Label(parent=self), Remark("", self)
        name.setToolTip(as_tip(zone))
        time.setObjectName(f"clock.time.{at}")
        time.setFont(theme.fact(self.font()))
        day.setWordWrap(False)
        for column, part in enumerate((name, time, day)):
            grid.addWidget(part, at, column)
        if at:
            cross = IconButton(self)
            self.named(cross, f"remove.{at}", _("Take {place} away").format(place=called))
            cross.setIcon(icon("close", cross))
            cross.setToolTip(as_tip(cross.accessibleName()))
            cross.clicked.connect(partial(self._remove, zone))
            grid.addWidget(cross, at, 3)
        return _Clock(zone, time, day)

    def _names(self) -> list[str]:
        return [row.zone for row in self._rows[1:]]

    def _keep(self, names: list[str]) -> None:
        self.session.station.remember(self._key(), names)
        self.show_zones(names)

    def _add(self) -> None:
        typed = self._line.text().strip().replace(" ", "_")
        zone = next((name for name in available_timezones() if name.casefold() == typed.casefold()), typed)
        said = zones.problem(zone) if "/" in zone or not typed else zones.problem(typed or " ")
        if not said and len(self._rows) > MOST:
            said = _("There is room for {count} places; take one away first.").format(count=MOST)
        self._said.say(said or "", "overdue" if said else "")
        if typed and not said:
            self._line.clear()
            self._keep([*self._names(), zone])

    def _remove(self, zone: str) -> None:
        self._keep([name for name in self._names() if name != zone])
        self._line.setFocus()

    def _tell(self) -> None:
        if not self.isVisible() and self._tick.isActive() and self._rows[0].time.text():
            self._tick.stop()
            return
        now = clock.now()
        for row, (_place, time, day) in zip(self._rows, self._read(now), strict=True):
            row.time.setText(time)
            row.day.setText(day)

    def _read(self, now: datetime) -> list[tuple[str, str, str]]:
        """Place, time and day of each row."""
        told = []
        for at, row in enumerate(self._rows):
            local = now if not at else there(now, row.zone) or now
            day = day_in_words(local.date())
            name = _("The office") if not at else place_name(row.zone)
            told.append((name, f"{local:%H:%M}", f"{day}, UTC{_from_utc(now, local)}"))  # unsaid: a sign
        return told

    def copied(self) -> str:
        """All of them, a line each."""
        return "\n".join(f"{place}\t{time}\t{day}" for place, time, day in self._read(clock.now()))


def place_name(zone: str) -> str:
    """What people call a zone: the city in it."""
    return zone.rpartition("/")[2].replace("_", " ")


def _from_utc(now: datetime, local: datetime) -> str:
    """How far a clock is from UTC: +1, −3:30."""
    utc = now.astimezone(UTC).replace(tzinfo=None)
    minutes = round((local - utc).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"
