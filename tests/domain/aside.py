"""What areas say of their own services (what asks the store nothing, what is a part), in a file for each."""

from __future__ import annotations

from tests.domain import (
    events_followed,
    events_looked,
    events_made,
    filed,
    home_rights,
    private,
    synced_rights,
    taken_in,
)


def aside(what: str) -> dict[str, str]:
    """All that they say under this name, such as `PURE`."""
    areas = (filed, home_rights, private, events_made, events_looked, events_followed, synced_rights, taken_in)
    return {name: said for each in areas for name, said in getattr(each, what, {}).items()}
