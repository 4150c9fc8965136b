"""Whether a lead is lost, which its Call Status says (VT-152)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.fields import Lookup

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

LOST = "Lost"
"""the Call Status that takes a lead out of the working list and the queue (VT-152, K25)"""


class StatusOfLead(Lookup):
    """How it stands with calling a lead; whether it is lost is kept beside it, for the working list."""

    def derived(self) -> tuple[str, ...]:
        """Whether it is lost."""
        return ("lost",)

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        """Lost is what says so, whatever else it says."""
        return {"lost": values.get(self.name) == LOST} if self.name in changed else {}
