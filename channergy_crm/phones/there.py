"""What the clock shows where somebody is called: by their time zone, or by their number."""

from __future__ import annotations

from functools import lru_cache, total_ordering
from typing import TYPE_CHECKING

from channergy_crm import clock, phones

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo


@total_ordering
class LocalTime:
    """What the clock shows there, found out when it is looked at: a list reads many more rows than it shows."""

    def __init__(self, zone_or_number: str, region: str) -> None:
        self._there, self._region = zone_or_number, region

    def __str__(self) -> str:
        return local_clock(self._there, self._region)

    def __eq__(self, other: object) -> bool:
        return str(self) == str(other)

    def __lt__(self, other: object) -> bool:
        return str(self) < str(other)

    def __hash__(self) -> int:
        return hash((self._there, self._region))


def local_clock(zone_or_number: str, region: str) -> str:
    """What the clock shows there now, such as 09:30; "" when that is not known.

    Given a number, the zone is the one it decides, read as in the country `region`.
    """
    if not zone_or_number:
        return ""
    place = _zone(zone_or_number) or _zone(_zone_of(zone_or_number, region))
    return f"{clock.now().astimezone(place):%H:%M}" if place else ""


def there(moment: datetime, zone: str) -> datetime | None:
    """What the clock shows in this zone at that moment of the office; None when that is not known."""
    place = _zone(zone)
    try:
        return moment.astimezone(place).replace(tzinfo=None) if place else None
    except OverflowError:
        return None


def here(local: datetime, zone: str) -> datetime:
    """What the clock of the office shows when the one of this zone shows `local`; the same where it is not known."""
    place = _zone(zone)
    return local.replace(tzinfo=place).astimezone().replace(tzinfo=None) if place else local


def look_at_numbers(on: bool) -> None:
    """From now on numbers tell their zones, or do not yet."""
    phones.wait(not on)
    _zone_of.cache_clear()


@lru_cache(maxsize=4096)
def _zone_of(number: str, region: str) -> str:
    return phones.time_zone(number, region)


@lru_cache(maxsize=4096)
def _zone(name: str) -> ZoneInfo | None:
    if "/" not in name:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # a start without clocks elsewhere is quicker

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
