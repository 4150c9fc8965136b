"""The tags of the sample office: those of the office on leads, accounts, contacts and deals, and one's own (BX-40)."""
# unsaid file: sample data

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Account, Contact, Lead, Opportunity
from channergy_crm.services import tags
from channergy_crm.work import key_field

if TYPE_CHECKING:
    import random

    from channergy_crm.work.record import Record

BY = "ADMIN"
TAGS: tuple[tuple[str, str, dict[type[Record], float]], ...] = (
    ("fair 2026", "teal", {Lead: 0.3, Account: 0.15, Contact: 0.1}), ("organic", "green", {Lead: 0.2, Account: 0.3}),
    ("key account", "violet", {Account: 0.2, Opportunity: 0.1}), ("newsletter", "blue", {Contact: 0.4, Lead: 0.1}),
    ("call mornings", "orange", {Lead: 0.12, Contact: 0.1}), ("price-sensitive", "red", {Lead: 0.08, Opportunity: 0.2}),
    ("referral", "pink", {Lead: 0.07, Account: 0.05}), ("seasonal", "grey", {Account: 0.2, Opportunity: 0.15}),
    ("wholesale", "blue", {Account: 0.25}), ("sample sent", "green", {Lead: 0.1, Opportunity: 0.2}),
    ("German-speaking", "grey", {Lead: 0.05, Contact: 0.06}), ("competitor's customer", "orange", {Lead: 0.05}),
)  # fmt: skip
MINE = ("my Friday pile", "pink")


def add(dice: random.Random) -> None:
    """Put them on, some here and some there, and begin a pile of one's own."""
    kinds: list[type[Record]] = [Lead, Account, Contact, Opportunity]
    keys = {record: list(record.select(key_field(record)).order_by(key_field(record)).scalars()) for record in kinds}
    for name, colour, shares in TAGS:
        for record, share in shares.items():
            those = [key for key in keys[record] if dice.random() < share]
            if those:
                tags.put_on(record, those, name, BY, colour=colour)
    tags.put_on(Lead, keys[Lead][:4], MINE[0], BY, colour=MINE[1], shared=False)
