"""What of a program is only shown here: the company users who work on it at the site (VP-10)."""

from __future__ import annotations

from channergy_crm.records.sync import Met, SyncLink, is_on
from channergy_crm.services import rights
from channergy_crm.sync import links
from channergy_crm.sync.ready import DEALS, RECORDS
from channergy_crm.work import key_field


def company_users(deal: object, by: str) -> list[str]:
    """Who works on a deal at the site, as they are called there; nobody while the sync is off."""
    rights.require(by, "see", RECORDS[DEALS])
    if deal is None or not is_on():
        return []
    link = SyncLink.get_or_none((SyncLink.table == DEALS) & (SyncLink.key == str(deal)))
    record = RECORDS[DEALS]
    if link is None or link.met != Met.SYNCED.value:
        return []
    if not rights.rows(record, by, key_field(record)).where(key_field(record) == deal).exists():
        return []
    users = links.read(link.shown).get("company_users")
    return [str(each) for each in users] if isinstance(users, list) else []
