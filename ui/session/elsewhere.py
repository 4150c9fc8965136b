"""Hears what other windows and programs do, beside the window, and tells it like what is done here."""

from __future__ import annotations

import math
import threading
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from channergy_crm import work
from channergy_crm.errors import CRMError
from channergy_crm.records import BY_TABLE, edited
from channergy_crm.work.elsewhere import Elsewhere
from ui.session.line import Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.records.edited import Typing
    from channergy_crm.store.bell import Bell
    from channergy_crm.store.database import Office
    from channergy_crm.work import Done

AGAIN_AFTER = 1.0
"""seconds until a store that did not answer is asked again"""
BREATH = 1.0
"""seconds between two refreshes of everything, however often another program writes"""


class Others(QObject):
    """Listens on a thread and a connection of its own, from the moment it is made until the window goes."""

    heard = Signal(object)
    typing = Signal(object)
    """what somebody is typing into anywhere, as often as that changes"""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._journal = Elsewhere(BY_TABLE)
        self._bell: Bell | None = None
        self._gone, self._line = threading.Event(), Line(self)
        self._thread: threading.Thread | None = None
        self._waiting: Done | None = None
        self._typing: Sequence[Typing] = ()
        self._breathe_until = 0.0
        self.heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Listen from now on."""
        if self._thread is None and not self._gone.is_set():
            self._thread = threading.Thread(target=self._listen, name="elsewhere", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """The window is going."""
        self._gone.set()
        self._line.cut()
        bell = self._bell
        if bell is not None:
            bell.wake()
        if self._thread is not None:
            self._thread.join(2)

    def _take(self, done: Done) -> None:
        """Told when the window's own line stands as well: everybody who hears it looks into the store."""
        if self._gone.is_set():
            return
        if self._office.answers():
            work.tell(done)
        else:
            QTimer.singleShot(round(AGAIN_AFTER * 1000), self, partial(self._take, done))

    def _listen(self) -> None:
        while not self._gone.is_set():
            try:
                self._listen_to(self._office.bell())
            except (CRMError, OSError):  # said by whatever asks the store next
                self._gone.wait(AGAIN_AFTER)

    def _listen_to(self, bell: Bell) -> None:
        self._bell = bell
        try:
            self._hear(bell)  # what was done while nobody listened
            while not self._gone.is_set():
                if bell.wait(self._until_told()) and not self._gone.is_set():
                    self._hear(bell)
                self._tell_what_waits()
                self._tell_who_types(bell)
        finally:
            self._bell = None
            with suppress(CRMError, OSError):
                bell.close()

    def _hear(self, bell: Bell) -> None:
        for done in self._journal.look(bell):
            if done.number:
                self._tell(done)
            else:
                self._waiting = done

    def _until_told(self) -> float:
        """Seconds until what waits may be told."""
        return math.inf if self._waiting is None else max(0.0, self._breathe_until - monotonic())

    def _tell_what_waits(self) -> None:
        if self._waiting is not None and monotonic() >= self._breathe_until:
            done, self._waiting = self._waiting, None
            self._breathe_until = monotonic() + BREATH
            self._tell(done)

    def _tell_who_types(self, bell: Bell) -> None:
        typing = edited.standing(bell)
        if typing != self._typing:
            self._typing = typing
            self._line.tell(lambda: self.typing.emit(typing))

    def _tell(self, done: Done) -> None:
        self._line.tell(lambda: self.heard.emit(done))
