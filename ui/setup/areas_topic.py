"""Settings > Areas: which parts of the program the office works with. Switched at once, with Undo (CH-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records.areas import AREAS
from channergy_crm.services import areas, rights
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.switch import Switch

if TYPE_CHECKING:
    from channergy_crm.records.areas import Area
    from ui.session.session import Session

NOTHING_TO_SWITCH = N_("Everything this version holds is on; there is no area to switch on or off yet.")
NOTHING_IS_LOST = N_("What is off is not in the window. Nothing is lost: switched on again, everything is as it was.")


class AreasTopic(QWidget):
    """A row with a switch for every area an office may do without."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._switches: dict[Area, Switch] = {}
        named(self, "settings.areas", _("Areas"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        offered = areas.optional()
        self._column.addWidget(Remark(_(NOTHING_IS_LOST) if offered else _(NOTHING_TO_SWITCH), self))
        titled = ""
        for area in offered:
            if area.group and area.group != titled:
                titled = area.group
                self._column.addWidget(Plain(titled, self, bold=True))
            self._column.addLayout(self._row(area))
        if refused := rights.may(session.by, "administer"):
            self._column.addWidget(Remark(refused, self, ink="overdue"))
            for switch in self._switches.values():
                switch.setEnabled(False)
        self._show()
        session.done.connect(self._follow)

    @Slot(object)
    def _follow(self, _done: object) -> None:
        """Taken back, or switched at another window."""
        self._show()

    def _row(self, area: Area) -> QHBoxLayout:
        sign, words, row = Label(parent=self), QVBoxLayout(), QHBoxLayout()
        sign.setPixmap(icon(area.icon, self).pixmap(QSize(18, 18)))
        title = area.title
        if area.needs:
            needed = ", ".join(other.title for other in AREAS if other.name in area.needs)
            title = _("{area} (needs {others})").format(area=title, others=needed)
        words.setSpacing(2)
        words.addWidget(Plain(title, self, bold=True))
        words.addWidget(Plain(area.sentence, self))
        if area.adds:
            words.addWidget(Remark(_("Adds: {adds}").format(adds=area.adds), self))
        switch = self._switches[area] = named(Switch(self), f"settings.area.{area.name}", area.title)
        switch.setAccessibleDescription(area.sentence)
        switch.clicked.connect(lambda on: self._switch(area, on))
        row.addWidget(sign)
        row.addLayout(words, 1)
        row.addWidget(switch)
        return row

    def _switch(self, area: Area, wanted: bool) -> None:
        if told := self._session.attempt(lambda: areas.switch(area, wanted, self._session.by)):
            self._session.say_done(told)
        self._show()

    def _show(self) -> None:
        """Each switch as it is now; one that moved may have moved another with it."""
        there = areas.on()
        for area, switch in self._switches.items():
            switch.setChecked(area in there)
            switch.setToolTip(as_tip((areas.why_it_stays(area) if area in there else None) or area.sentence))
