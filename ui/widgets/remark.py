"""A quiet sentence beside what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.look.plain import Label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Remark(Label):
    """A sentence beside what it is about: muted, or in the colour of what it means ("overdue" for a wrong value)."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, ink: str = "muted") -> None:
        super().__init__(text, parent)
        self.setWordWrap(True)
        self.wear(ink)

    def say(self, text: str, ink: str = "") -> None:
        """Say this from now on; nothing takes no room."""
        self.setText(text)
        self.setVisible(bool(text))
        self.wear(ink or self._ink)
