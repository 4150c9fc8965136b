"""The way to dial that always works: the number on the clipboard, a person does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm.dialing.clipboard import put

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import Clipboard


@dataclass(frozen=True)
class CopyOnly:
    """Leave the number on the clipboard."""

    clipboard: Clipboard

    name = "copy_only"
    label = "Copy the number, dial by hand"
    news = "The number {number} is on the clipboard."

    def check(self) -> str | None:
        """Whether there is a clipboard."""
        return self.clipboard.check()

    def preview(self, number: str) -> str:
        """What will lie on the clipboard."""
        return f"Copies {number}."

    def dial(self, number: str) -> None:
        """Copy the number."""
        put(self.clipboard, number)
