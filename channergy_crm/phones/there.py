"""What the clock shows where somebody is called: by their time zone, or by their number."""

from __future__ import annotations

from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from channergy_crm import clock, phones


def local_clock(zone_or_number: str, region: str) -> str:
    """What the clock shows there now, such as 09:30; "" when that is not known.

    Given a number, the zone is the one it decides, read as in the country `region`.
    """
    if not zone_or_number:
        return ""
    place = _zone(zone_or_number) or _zone(_zone_of(zone_or_number, region))
    return f"{clock.now().astimezone(place):%H:%M}" if place else ""


@lru_cache(maxsize=4096)
def _zone_of(number: str, region: str) -> str:
    return phones.time_zone(number, region)


@lru_cache(maxsize=4096)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if "/" in name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
