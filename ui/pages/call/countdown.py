"""The next number is dialed by itself after a few seconds; Esc stops that (BX-45)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from channergy_crm.language import ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.pages.call.round_line import RoundLine

SECOND_MS = 1000


class Countdown(QObject):
    """Counts the seconds in the line of the queue."""

    def __init__(self, line: RoundLine, dial: Callable[[], object]) -> None:
        super().__init__(line)
        self._line, self._dial, self._left = line, dial, 0
        self._tick = QTimer(self)
        self._tick.setInterval(SECOND_MS)
        self._tick.timeout.connect(self._passed)

    @property
    def is_running(self) -> bool:
        """Whether it is counting."""
        return self._tick.isActive()

    def start(self, seconds: int) -> None:
        """Dial in so many seconds."""
        self._left = seconds
        self._tick.start()
        self._tell()

    def stop(self) -> None:
        """Do not dial by itself."""
        if self._tick.isActive():
            self._tick.stop()
            self._line.say("")

    def _passed(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._tell()
            return
        self.stop()
        self._dial()

    def _tell(self) -> None:
        said = ngettext("Dials in {count} second · Esc", "Dials in {count} seconds · Esc", self._left)
        self._line.say(said.format(count=self._left))
