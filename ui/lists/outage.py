"""A list that cannot be read says so itself, once, offers to try again, and goes on when it can."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from channergy_crm.errors import CRMError, Surroundings

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QStackedWidget

    from ui.lists.empty_word import EmptyWord
    from ui.lists.grid import Grid
    from ui.lists.table_model import RecordModel


class Outage(QObject):
    """Hears what goes wrong while a list is read. `again` reads it anew, `tell` makes a notice."""

    def __init__(
        self, stack: QStackedWidget, grid: Grid, word: EmptyWord, again: Callable[[], None],
        tell: Callable[[str], object],
    ) -> None:  # fmt: skip
        super().__init__(stack)
        self._stack, self._grid, self._word = stack, grid, word
        self._again, self._tell = again, tell
        self._said = self._tried = self._closed = False
        word.again.connect(self._try_again)

    def watch(self, model: RecordModel) -> None:
        """Hear of rows that cannot be read; not while they are being painted."""
        model.lost.connect(self.lost, Qt.ConnectionType.QueuedConnection)

    def failed(self, error: CRMError) -> None:
        """The list could not be read: what the user can mend is a notice, the rest stands in the list."""
        if isinstance(error, Surroundings):
            self.lost(error.message)
        else:
            self._tell(error.message)

    def lost(self, text: str) -> None:
        """Read once more, for a line that was cut may be there again; then say it, in the place of the rows."""
        if self._closed:
            return
        if not self._tried:
            self._tried = True
            self._again()
            return
        self._word.say_trouble(text, keyboard=self._grid.hasFocus())
        self._stack.setCurrentWidget(self._word)
        if not self._said:
            self._said = True
            self._tell(text)

    def over(self) -> None:
        """The list was read: its rows stand there again, with the keyboard if *Try again* had it."""
        self._tried = False
        if self._said:
            self._said = False
            keyboard = self._word.has_keyboard
            self._stack.setCurrentWidget(self._grid)
            if keyboard:
                self._grid.setFocus()

    def _try_again(self) -> None:
        self._tried = False
        self._again()

    def close(self) -> None:
        """The window is going."""
        self._closed = True
