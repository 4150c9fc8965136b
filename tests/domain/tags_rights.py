"""What of the tags asks no rights; which rights the rest needs: `test_tags.py` tries those of the records (BX-40)."""

from __future__ import annotations

from typing import Any

from channergy_crm.records import Lead, Tag

PURE = {"services.tags": "record_types readable", "transfer.importing.tagging": "concerns names"}
PARTS = {"services.tags": "unite carry wear"}
NEEDS = (
    " tags.every tags.of tags.on_all tags.put_on tags.take_off tags.counts tags.weighed tags.cloud tags.shows_cloud"
    " tags.why_not_mine tags.rename tags.recolour tags.share tags.merge tags.remove "
)
"""each one's own tags and those of the office; a record is asked for with them"""
ARGUMENTS: dict[str, Any] = {
    "services.tags.of.record": Lead(),
    "services.tags.why_not_mine.tag": Tag(name="fair", owner="ADMIN"),
    **dict.fromkeys(["services.tags.recolour.colour", "services.tags.put_on.colour"], "teal"),
    "services.tags.merge.into": 2,
}
