"""Where the people live whom this office calls: the zones whose clocks stand in the panel of clocks (VT-42)."""

from __future__ import annotations

from collections import Counter

from channergy_crm import phones
from channergy_crm.records import Lead
from channergy_crm.services import rights
from channergy_crm.store import database

LOOKED_AT = 2_000
"""leads, the newest: those who live anywhere else are not called yet"""


def zones(by: str, most: int = 5) -> list[str]:
    """The zones such as America/New_York in which most of the newest leads live that this operator sees.

    The zone is the lead's own, or the one its number tells.
    """
    rights.require(by, "see", Lead)
    kept, region = rights.hidden(Lead, by), database.region()
    query = rights.rows(Lead, by, Lead.number, Lead.time_zone, Lead.phone).where(Lead.working())
    found: Counter[str] = Counter()
    for lead in query.order_by(Lead.number.desc()).limit(LOOKED_AT):
        own = lead.time_zone if "time_zone" not in kept and "/" in (lead.time_zone or "") else ""
        found[own or (phones.time_zone(lead.phone or "", region) if "phone" not in kept else "")] += 1
    return [zone for zone, _count in found.most_common() if zone][:most]
