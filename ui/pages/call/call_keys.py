"""The keys of the call bar: its own while it is open, given back to the record afterwards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.forms.record_panel import RecordPanel

ON_THE_PAGE = Qt.ShortcutContext.WidgetWithChildrenShortcut


class CallKeys:
    """Takes keys away from the commands of the records on a page, and gives them back."""

    def __init__(self, page: QWidget, panels: Sequence[RecordPanel], given_up: Iterable[str]) -> None:
        self._page = page
        self._given_up = [
            panel.commands.named(each.name) for panel in panels for each in panel.commands.all if each.name in given_up
        ]
        self._theirs: list[tuple[QAction, list[QKeySequence]]] = []
        self._own: list[QAction | QShortcut] = []

    def take(
        self, runs: Iterable[tuple[Sequence[str], Callable[[], object]]], digit: Callable[[int], object]
    ) -> None:  # fmt: skip
        """From now on these keys do this, and Alt with a digit chooses a result."""
        self._theirs = [(action, action.shortcuts()) for action in self._given_up]
        for action in self._given_up:
            action.setShortcuts([])
        for keys, run in runs:
            action = QAction(self._page)
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
        for action, keys in self._theirs:
            action.setShortcuts(keys)
        self._theirs = []
