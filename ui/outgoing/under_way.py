"""How far a batch of messages is: a bar, how many stand how, and *Stop what waits*."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.messages import State
from channergy_crm.services import messages
from ui.outgoing import words
from ui.outgoing.batches_dialog import show_batches
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer

if TYPE_CHECKING:
    from channergy_crm.services.messages import Batch
    from ui.session.session import Session

LOOK_MS = 500


class UnderWay(QWidget):
    """Looks twice a second while there is something to send; it goes on whether anybody looks or not."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._key = session, ""
        self._asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._bar = named(QProgressBar(self), "sms.progress", _("Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(8)
        self._said = named(Remark("", self, ink="text"), "sms.state", _("How far it is"))
        self._why = named(Remark("", self), "sms.why", _("About the messages"))
        self._stop = named(Button(_("Stop what waits"), self), "sms.stop", _("Stop what waits"))
        self._more = named(Button(_("Show the messages…"), self), "sms.show", _("Show the messages…"))
        self._stop.clicked.connect(self._cancel)
        self._more.clicked.connect(lambda: show_batches(session, self.window().parentWidget(), self._key))
        line = QHBoxLayout()
        line.addWidget(self._stop)
        line.addWidget(self._more)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._said, self._bar, self._why):
            column.addWidget(part)
        column.addLayout(line)
        column.addStretch(1)

    def show_batch(self, key: str) -> None:
        """Show how far this one is, from now on."""
        self._key = key
        self.show()
        self._stop.setFocus()
        self._look()
        self._timer.start()

    def stop_looking(self) -> None:
        """Nobody looks any more."""
        self._timer.stop()

    def _look(self) -> None:
        key, by = self._key, self._session.by
        if not self._asking:
            self._asking = True
            self._session.work(lambda _progress: messages.batch(key, by), label=_("Looking how far it is"),
                               done=self._heard, failed=lambda _error: self._heard(None), progress=False)  # fmt: skip

    def _heard(self, batch: Batch | None) -> None:
        self._asking = False
        if batch is None:
            return
        self._bar.setRange(0, max(batch.total, 1))
        self._bar.setValue(batch.total - batch.under_way)
        self._said.say(words.stands(batch))
        self._why.say(_why(batch))
        waits = batch.counts.get(State.WAITING, 0)
        offer(self._stop, "" if waits else _("Nothing waits any more."))
        if not batch.under_way:
            self._timer.stop()
            self._session.messages_changed.emit()

    def _cancel(self) -> None:
        key, by = self._key, self._session.by
        self._session.work(lambda _progress: messages.cancel(key, by), label=_("Stopping"),
                           done=lambda _count: self._look(), progress=False)  # fmt: skip


def _why(batch: Batch) -> str:
    """What somebody has to know of it."""
    if batch.counts.get(State.UNKNOWN):
        return _("Of the unknown ones nobody knows whether they went: they are not sent again by themselves. "
                 "Decide under Show the messages.")  # fmt: skip
    if batch.why:
        return _("It waits: {reason}").format(reason=batch.why)
    if batch.under_way:
        return _("It goes on when this is closed. The messages and what became of them stand in the menu.")
    return _("What becomes of them stands on the timeline of each person.")
