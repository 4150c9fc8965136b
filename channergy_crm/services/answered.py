"""Which of our mails were answered by one that is filed (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.records import FiledMail
from channergy_crm.services import rights

if TYPE_CHECKING:
    from collections.abc import Iterable


def answered(numbers: Iterable[int], by: str) -> set[int]:
    """Those of these messages of ours to which an answer is filed."""
    rights.require(by, "see")
    held = list(numbers)
    found: Any = FiledMail.select(FiledMail.answers).where(FiledMail.answers.in_(held)).distinct()
    return {int(number) for number in found.scalars()} if held else set()
