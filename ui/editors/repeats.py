"""How often something comes again: chosen from a drop-down, or typed in words such as “every 2 weeks” (BX-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import Mistake
from channergy_crm.text import repeats
from ui.editors.choices import SuggestEditor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class RepeatsEditor(SuggestEditor):
    """Its text stands for a rule; what cannot be read stays and is told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rule = ""
        super().__init__((), parent)

    def set_suggestions(self, suggestions: Sequence[str]) -> None:
        """The usual turns, whatever others typed."""
        super().set_suggestions(repeats.offered())

    def value(self) -> str:
        """The rule; while the text cannot be read, the last one that could."""
        if self.text_problem() is None:
            self._rule = repeats.read(self.currentText())
        return self._rule

    def set_value(self, value: str | None) -> None:
        """Show this rule in words."""
        self._rule = value or ""
        super().set_value(repeats.words(self._rule))

    def text_problem(self) -> str | None:
        """A sentence when the text cannot be read."""
        try:
            repeats.read(self.currentText())
        except Mistake as mistake:
            return mistake.message
        return None
