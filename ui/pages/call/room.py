"""Room for a call: in a queue, and in a low window, the commands of the record stand in ⋯ for as long as it lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from ui.lists.record_stepper import Steps
from ui.widgets.summary import is_low

if TYPE_CHECKING:
    from ui.pages.record_page import RecordPage


class Room(QObject):
    """Takes the bar of commands away while a call is noted and the window is low, and brings it back."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__(page)
        self._page, self._bar, self._in_a_call, self._away = page, page.panel.command_bar, False, False
        pager = page.findChild(Steps)
        assert pager is not None  # noqa: S101  every page of records has one
        self._verbs = pager.verbs
        page.installEventFilter(self)

    def make(self, in_a_call: bool) -> None:
        """A call begins, or is over."""
        self._in_a_call = in_a_call
        self._fit()

    def put_away(self, on: bool) -> None:
        """The commands stand in ⋯ whatever room there is, as in a queue; or where they were."""
        self._away = on
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window is as high as its page lets it know."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        low = self._away or (self._in_a_call and is_low(self._page))
        self._bar.setVisible(not low)
        self._verbs[:] = self._bar.verbs() if low else []
