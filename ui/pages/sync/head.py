"""How the sync stands, at a glance: what was done last, what comes next, how many stand how, and *Sync now*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm import clock
from channergy_crm.language import _, figures
from ui.look.icons import icon
from ui.look.wording import shown
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.summary import Fact, Tile
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.sync.status import Status

FACTS = 6


class StatusHead(QWidget):
    """Facts to read, those with a list behind them to press; below them a sentence. `wanted` tells whose list."""

    wanted = Signal(str)
    asked = Signal()
    """*Sync now* was pressed, or *Cancel* while it runs"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "sync.status", _("How the sync stands"))
        self._wrong = ""
        self._last: datetime | None = None
        facts = QWidget(self)
        row = WrappingRow(facts)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._tiles = [Tile(facts) for _place in range(FACTS)]
        for place, tile in enumerate(self._tiles):
            tile.setObjectName(f"sync.fact_{place + 1}")
            tile.pressed.connect(self.wanted)
            row.addWidget(tile)
        self.now = named(Button(_("Sync now"), self), "sync.now", _("Sync now"))
        self.now.setIcon(icon("refresh", self.now))
        self.now.loud()
        self.now.clicked.connect(self.asked)
        self._said = named(Remark("", self), "sync.said", _("About the sync"))
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(facts, 1)
        top.addWidget(self.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 4)
        column.setSpacing(8)
        column.addLayout(top)
        self.settings = named(Button(_("Settings"), self), "sync.settings", _("Set it up in Settings > Viper"))
        self.settings.setIcon(icon("settings", self.settings))
        self.settings.quiet()
        self.settings.hide()
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._said, 1)
        line.addWidget(self.settings)
        column.addLayout(line)

    def show_status(self, status: Status) -> None:
        """Say how it stands."""
        for tile, fact in zip(self._tiles, _facts(status), strict=True):
            tile.show_fact(fact)
        if status.last != self._last or status.failed is not None:
            self._wrong = ""
        self._last = status.last
        sentence, ink = (self._wrong, "overdue") if self._wrong else _sentence(status)
        self._said.say(sentence, ink)
        said = [f"{tile.accessibleName()}." for tile in self._tiles]
        self.setAccessibleDescription(" ".join([*said, sentence]))

    def fail(self, reason: str) -> None:
        """Say why *Sync now* failed, until a round has come to its end."""
        self._wrong = _("{when}: {reason}").format(when=shown(None, clock.now()), reason=reason)
        self.say(self._wrong)

    def say(self, sentence: str, ink: str = "overdue") -> None:
        """Say this below the facts."""
        self._said.say(sentence, ink)

    def offer(self, why_not: str, *, runs: bool) -> None:
        """Offer to sync now, or to cancel what runs."""
        self.now.setText(_("Cancel") if runs else _("Sync now"))
        self.now.setAccessibleName(self.now.text())
        self.now.loud(not runs)
        offer(self.now, "" if runs else why_not)


def _facts(status: Status) -> list[Fact]:
    counts = status.counts
    ink = {name: "soon" if getattr(counts, name) else "" for name in ("held", "conflicts", "apart")}
    lacking = counts.held + counts.refused
    return [
        Fact(_("Last synced"), _when(status.last) or _("not yet"), "done" if status.last else ""),
        Fact(_("Next sync"), _("in a moment") if status.soon else _when(status.next) or _("at once")),
        Fact(_("Synced"), figures(counts.synced), opens="report"),
        Fact(_("To be sent"), figures(counts.waits), opens="report"),
        Fact(_("Lacks something"), figures(lacking), "overdue" if counts.refused else ink["held"], opens="waiting"),
        Fact(_("Conflicts"), figures(counts.conflicts), ink["conflicts"], opens="conflicts"),
    ]


def _when(moment: datetime | None) -> str:
    return shown(None, moment) if moment is not None else ""


def _sentence(status: Status) -> tuple[str, str]:
    """What the last round did; what went wrong stands before that."""
    if status.failed is not None:
        said = _("{when}: {reason}").format(when=_when(status.failed), reason=status.why)
        return said, "overdue"
    if status.last is None:
        return _("Nothing has been synced yet. The first round sends whatever is ready."), "muted"
    return status.said, "muted"
