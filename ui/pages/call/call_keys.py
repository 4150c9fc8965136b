"""The keys of the call bar: its own while it is open, given back to the record afterwards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ui.pages.record_page import RecordPage

ON_THE_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class CallKeys:
    """Takes keys away from the commands of a record, and gives them back."""

    def __init__(self, page: RecordPage, given_up: Iterable[str]) -> None:
        self._page, self._panel, self._given_up = page, page.panel, given_up
        self._theirs: dict[str, list[QKeySequence]] = {}
        self._own: list[QAction | QShortcut] = []

    def take(
        self, runs: Iterable[tuple[Sequence[str], Callable[[], object]]], digit: Callable[[int], object]
    ) -> None:  # fmt: skip
        """From now on these keys do this, and Alt with a digit chooses a result."""
        for name in self._given_up:
            action = self._panel.commands.named(name)
            self._theirs[name] = action.shortcuts()
            action.setShortcuts([])
        for keys, run in runs:
            action = QAction(self._panel)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.setShortcutContext(ON_THE_PAGE)
            action.setAutoRepeat(False)
            action.triggered.connect(lambda _on=False, run=run: run())
            self._page.addAction(action)
            self._own.append(action)
        for number in range(10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self._page)
            shortcut.setContext(ON_THE_PAGE)
            shortcut.activated.connect(partial(digit, number))
            self._own.append(shortcut)

    def give_back(self) -> None:
        """The record has its keys again."""
        for own in self._own:
            if isinstance(own, QAction):
                self._page.removeAction(own)
            own.setEnabled(False)
            own.deleteLater()
        self._own = []
        for name, keys in self._theirs.items():
            self._panel.commands.named(name).setShortcuts(keys)
        self._theirs = {}
