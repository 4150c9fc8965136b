"""The way to dial that always works: the number on the clipboard, a person does the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from channergy_crm.dialing.clipboard import put
from channergy_crm.dialing.number import AS_IT_IS, Writing
from channergy_crm.language import N_, _, translated

if TYPE_CHECKING:
    from channergy_crm.dialing.bridge import Clipboard


@translated("label")
@dataclass(frozen=True)
class CopyOnly:
    """Leave the number on the clipboard."""

    clipboard: Clipboard
    writing: Writing = AS_IT_IS

    name = "copy_only"
    label = N_("Copy the number, dial by hand")
    news = N_("The number {number} is on the clipboard.")
    keys = ()
    sure = True
    can_hang_up = False

    def check(self) -> str | None:
        """Whether there is a clipboard."""
        return self.clipboard.check()

    def preview(self, number: str) -> str:
        """What will lie on the clipboard."""
        return _("Copies {number}.").format(number=self.writing.write(number))

    def dial(self, number: str) -> None:
        """Copy the number."""
        put(self.clipboard, self.writing.write(number))
