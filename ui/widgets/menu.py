"""Menus with rows that are easy to hit."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu


class Menu(QMenu):
    """A menu of the program. Most menus of a window are never opened: what they wear waits until one is."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)  # type: ignore[call-overload]
        self._worn: object = None
        self.aboutToShow.connect(self._dress)

    def _dress(self) -> None:
        if self._worn is None:
            from ui.widgets.menu_rows import menu_rows

            self._worn = menu_rows()
            self.setStyle(menu_rows())
