"""What *More information*, pictures of contacts and maps say of their own services."""

from __future__ import annotations

from typing import Any

from channergy_crm.records import Contact, Lead, Task
from channergy_crm.services.linked.ways import Way

WAY = Way("task", "points", Task, (("lead", ""),))

PURE = {
    "services.linked.ways": "of named title_of is_listed has_page kinds messages_of",
    "services.linked.reading": "offers",
    "services.linking": "alike",
    "services.maps": "fields written is_in_usa problem",
}
PARTS = {"services.linked.reading": "condition subjects"}
OTHERWISE = (
    " linked.reading.of linked.reading.rest linked.reading.found linked.changing.start linked.changing.refer"
    " linked.changing.referring linked.changing.referred linked.changing.link linked.changing.unlink"
    " linked.changing.candidates linked.changing.among"
    " contact_images.of contact_images.take contact_images.remove"
    " maps.link maps.pattern"
)
"""seeing and changing the records; each is tested in `test_linked.py`"""
USUAL: dict[str, Any] = {"picture": False, "made": Task(is_crm=True)}
ARGUMENTS: dict[str, Any] = {
    "services.linked.ways.title_of.way": WAY, "services.linked.reading.offers.way": WAY,
    "services.maps.written.parts": {"city": "Boston"},
    "services.linking.alike.kind": Contact.kind("reports_to"),
    "services.linked.changing.refer.to": Lead(),
    **{f"services.linked.changing.{name}.other": 1 for name in ("link", "unlink")},
}  # fmt: skip
