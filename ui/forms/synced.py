"""How the record that is open stands with the Viper site: a line above its fields (VP-4, VP-10)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.language import _, all_of
from channergy_crm.records.sync import SEVERAL, TABLES
from channergy_crm.settings import VIPER
from channergy_crm.sync import chips, connection, shown
from channergy_crm.sync.chips import Standing
from channergy_crm.sync.ready import DEALS
from ui.forms.at_field import come_to
from ui.forms.columns import NARROW_SIDES, SIDES, TWO
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.wording import day_in_words
from ui.widgets.controls import Button, Tag
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from channergy_crm.sync.chips import Chip
    from channergy_crm.sync.ready import Lack
    from channergy_crm.work import Done
    from ui.session.session import Session

HIGH = 34
"""pixels: the same with a tag as with a button, so that nothing below moves"""
SOON_MS, AGAIN_MS = 150, 10_000
"""until it is looked again after something was done; and while it waits, for the sync is done beside all windows"""
MEANS = {Standing.SYNCED: "done", Standing.HELD: "soon", Standing.REFUSED: "overdue", Standing.APART: "soon"}
SETTINGS = "CRMSettings"  # unsaid: a table


class _Found(NamedTuple):
    chip: Chip | None
    users: list[str]


def mend(lack: Lack, session: Session, here: QWidget) -> None:
    """Go where it is mended: to the field of the record, to the conflicts, or to who stands for whom in Settings."""
    if lack.in_settings:
        session.go_to("setting", "viper.people")
    elif lack.name == SEVERAL:
        session.go_to("sync_list", "conflicts")
    else:
        come_to(session, here, lack.table, lack.key, lack.field)


class SyncedLine(QWidget):
    """A tag; with what is lacking it is a button that goes where it is mended. Behind it what else is to be said.

    `wanted` tells of the field of the very record that is to be filled; of another record's it goes there itself.
    """

    wanted = Signal(str)
    together = Signal()
    """the record that is open stands on both sides now: what is updated there is only read here (K23)"""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._asked = session, 0
        self._of: tuple[str, object] | None = None
        self._on: bool | None = None
        self._chip: Chip | None = None
        self._tag = named(Tag("", self), f"{name}.sync_state", _("Viper"))
        self._press = named(Button("", self), f"{name}.sync_lacks", _("Viper"))
        self._press.setIcon(icon("warning", self._press))
        self._press.clicked.connect(self._fill)
        self._more = named(Label(parent=self), f"{name}.sync_more", _("Viper"))
        self._more.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._more.setFont(theme.small(self.font()))
        self._more.muted(True)
        self._at_edge, self._row = False, QHBoxLayout(self)
        self.setFixedHeight(theme.px(HIGH, self))
        self._row.addWidget(self._tag, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._press)
        self._row.addWidget(self._more, 1)
        self._fit()
        self._soon = later(self, self._read, SOON_MS)
        self._again = later(self, self._read, AGAIN_MS)
        session.done.connect(self._heard)
        parent.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The record is seen again."""
        if event.type() == QEvent.Type.Show and self._of is not None:
            self.look_at(*self._of)
        return False

    def stand_at_edge(self) -> None:
        """Where what it stands in keeps its own distance."""
        self._at_edge = True
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It begins where the fields below it do."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side = 0 if self._at_edge else NARROW_SIDES if self.width() < theme.px(TWO, self) else SIDES
        self._row.setContentsMargins(side, 2, 16, 2)

    def look_at(self, table: str, key: object) -> None:
        """Another record is open, or the same one as it is now; none without a number."""
        before, self._of = self._of, (table, key) if key is not None else None
        self._asked += 1
        if self._of is None or not self._is_on():
            self._say(_Found(None, []))
            return
        if before != self._of:  # nothing is said of it that is said of another one
            self._press.hide()
            self._tag.setText("")
            self._more.setText("")
        self.show()
        self._soon.start()

    def _is_on(self) -> bool:
        if self._on is None:
            with suppress(Surroundings):  # said by whatever is asked of the store next
                self._on = connection.is_on()
        return bool(self._on)

    def _heard(self, done: Done) -> None:
        if SETTINGS in done.tables:
            self._on = None
        if self._of is not None and (SETTINGS in done.tables or done.tables & {*TABLES}):
            self.look_at(*self._of)

    def _read(self) -> None:
        parent = self.parentWidget()
        if self._of is None or parent is None or not parent.isVisible():
            return
        (table, key), by = self._of, self._session.by
        self._asked += 1
        asked = self._asked

        def read(_progress: Any) -> _Found:
            found = chips.chip(table, key, by)
            return _Found(found, shown.company_users(key, by) if found is not None and table == DEALS else [])

        self._session.work(
            read, label=VIPER.label, done=lambda found: self._say(found) if asked == self._asked else None,
            failed=lambda _error: self._say(_Found(None, [])), progress=False, asker=self,
        )  # fmt: skip

    def _say(self, found: _Found) -> None:
        before, chip = self._chip, found.chip
        self._chip = chip
        self.setVisible(chip is not None)
        if chip is None:
            return
        lacks = chip.lack is not None and (bool(chip.lack.field) or chip.lack.name == SEVERAL)
        self._press.setVisible(lacks)
        self._tag.setVisible(not lacks)
        said = _("Viper: {state}").format(state=_state(chip))
        for part in (self._tag, self._press):
            part.setText(said.replace("&", "&&") if part is self._press else said)
            part.setAccessibleName(said)
            part.setToolTip(as_tip(chip.tip))
        self._tag.meaning = MEANS.get(chip.state, "")
        more = [_("There with {people}").format(people=all_of(found.users))] if found.users else []
        self._more.setText(" · ".join([*more, *([chip.tip] if chip.tip else [])]))
        self._more.setToolTip(as_tip(self._more.text()))
        if chip.state is Standing.WAITS:
            self._again.start()
        elif chip.state is Standing.SYNCED and before is not None and before.state is Standing.WAITS:
            self.together.emit()

    def _fill(self) -> None:
        lack = self._chip.lack if self._chip is not None else None
        if lack is None or self._of is None:
            return
        if (lack.table, lack.key) != self._of or lack.name == SEVERAL or lack.in_settings:
            mend(lack, self._session, self)
        else:
            self.wanted.emit(lack.field)


def _state(chip: Chip) -> str:
    """What is said of it, with the day since which it is so."""
    if chip.day is None:
        return chip.text
    near = abs((clock.today() - chip.day).days) <= 1
    said = _("{state} {day}") if near else _("{state} on {day}")
    return said.format(state=chip.text, day=day_in_words(chip.day, inside=True))


class Synced(QObject):
    """Has such a line above the fields of a record."""

    def __init__(self, panel: Any) -> None:
        super().__init__(panel)
        self._panel = panel
        self.line = SyncedLine(panel.prefix, panel.session, panel)
        self.line.wanted.connect(self._fill)
        self.line.together.connect(panel.form.shown)
        panel.turned.connect(self.look)

    def look(self) -> None:
        """Another record is open, or the same one as it is now."""
        record = self._panel.record
        table = self._panel.screen_.record._meta.table_name
        self.line.look_at(table, None if record is None or record.is_new else record.key)

    def _fill(self, field: str) -> None:
        if field in self._panel.form.rows:
            self._panel.form.focus(field)
