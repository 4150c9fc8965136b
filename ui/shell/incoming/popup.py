"""The pop-up of a call: the number, the people it may be, and what can be done (BX-7).

It never takes the keys from what is being typed; a question whether to dial does, for somebody has just pressed a link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing, ngettext
from channergy_crm.phones.there import local_clock
from channergy_crm.services import office
from channergy_crm.services.callers import MOST
from ui.look import theme
from ui.look.plain import Label
from ui.shell.incoming.row import AROUND, CallerRow
from ui.shell.quiet_window import Foot, QuietWindow
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from channergy_crm.services.callers import Ring

FOOT = 44


class CallPopUp(QuietWindow):
    """Stands in the upper corner until it is answered or closed."""

    opened = Signal(object)
    """the caller that was chosen"""
    new_lead_wanted = Signal()
    dial_wanted = Signal()
    closed = Signal()
    at_the_top = True

    def __init__(self, window: QWidget) -> None:
        super().__init__("incoming.popup", _("Call"), window)
        self.asks = False
        """whether it is asked to dial, instead of told of a call"""
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head, self.heading, close = self.head("phone", "incoming", closing())
        close.clicked.connect(lambda: self.closed.emit())
        column.addWidget(head)
        self.nobody = Label(_("Nobody with this number is known."), self)
        self.nobody.setObjectName("incoming.nobody")
        self.nobody.setContentsMargins(14, 14, 14, 14)
        self.nobody.muted()
        column.addWidget(self.nobody)
        self.rows = [CallerRow(place, self) for place in range(MOST)]
        for row in self.rows:
            row.wanted.connect(self.opened)
            column.addWidget(row)
        column.addWidget(self._foot())

    def _foot(self) -> QWidget:
        foot = Foot(self)
        foot.setFixedHeight(theme.px(FOOT, self))
        row = QHBoxLayout(foot)
        row.setContentsMargins(AROUND, 1, AROUND, 0)
        self.said = Label("", foot)
        self.said.setFont(theme.small(self.font()))
        self.said.muted()
        self.new_lead = named(Button(_("New lead"), foot), "incoming.new_lead", _("New lead"))
        self.new_lead.clicked.connect(lambda: self.new_lead_wanted.emit())
        self.dial = named(Button(_("Dial"), foot), "incoming.dial", _("Dial"))
        self.dial.clicked.connect(lambda: self.dial_wanted.emit())
        row.addWidget(self.said, 1)
        row.addWidget(self.new_lead)
        row.addWidget(self.dial)
        return foot

    def first(self) -> QWidget:
        """What Enter presses first."""
        shown = next((row.open for row in self.rows if not row.isHidden()), None)
        return shown or (self.dial if self.asks else self.new_lead)

    def tell(self, ring: Ring, waiting: int = 0, *, asks: bool = False) -> None:
        """Be about this call; so many others wait behind it."""
        self.asks = asks
        zone = next((caller.zone for caller in ring.who if caller.zone), "") or ring.number
        there = local_clock(zone, office.region()) if ring.number else ""
        title = _("Dial {number}?") if asks else _("Call from {number}")
        told = [
            title.format(number=ring.number or _("no number")),
            _("{time} there").format(time=there) if there else "",
        ]
        self.heading.setText(" · ".join(part for part in told if part))
        self.setAccessibleName(self.heading.text())
        verb = _("Dial") if asks else _("Open")
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(ring.who))
            if place < len(ring.who):
                row.show_caller(ring.who[place], verb, loud=not place)
        self.nobody.setVisible(not ring.who)
        self.new_lead.setVisible(not asks)
        self.new_lead.loud(not ring.who)
        self.dial.setVisible(asks and not ring.who)
        self.dial.loud()
        self._waiting = ngettext("{count:,} more call", "{count:,} more calls", waiting).format(count=waiting)
        self._waiting = self._waiting if waiting else ""
        self.tell_keys()
        self.settle()

    _waiting = ""

    def tell_keys(self) -> None:
        """Say whether it takes keys."""
        taking = QApplication.activeWindow() is self
        keys = _("Esc goes back to your work.") if taking else _("Takes no keys until you press on it.")
        self.said.setText(self._waiting or keys)
