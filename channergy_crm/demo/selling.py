"""What the sample office sells: projects, who the deals are talked about with, how they came to where they stand."""
# unsaid file: sample data

from __future__ import annotations

import struct
import zlib
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.records import Account, Contact, Lead, Opportunity, Project
from channergy_crm.records.stages import Move, written
from channergy_crm.services import bulk_changes, deal_people, documents, projects

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

WAYS = {
    "Offer": [["Prospect", "Offer"]], "Order": [["Prospect", "Offer", "Order"], ["Prospect", "Order"]],
    "Lost": [["Prospect", "Lost"], ["Prospect", "Offer", "Lost"], ["Prospect", "Offer", "Lost"]],
}  # fmt: skip
REASONS = ["Too expensive", "Too expensive", "Chose somebody else", "No budget this year", "No time this quarter"]
OUTCOMES = {"Order": "Won", "Lost": "Lost"}


def add_deal_people(working: Sequence[str]) -> None:
    """Who the open deals are talked about with, and who else works on some of them."""
    for place, deal in enumerate(list(Opportunity.select().where(~Opportunity.closed).order_by(Opportunity.number))):
        customer = Account.select(Account.customer).where(Account.number == deal.account)
        known = Contact.select(Contact.number).where(Contact.customer.in_(customer)).order_by(Contact.number)
        for contact, role in zip(known.limit(2).scalars(), ("Decision maker", "Technical"), strict=False):
            deal_people.link_contact(deal.number, contact, "ADMIN", role)
        other = working[place % len(working)]
        if place % 3 == 0 and other != deal.owner:
            deal_people.link_operator(deal.number, other, "ADMIN", "Technical")


def add_documents(notes: Sequence[str]) -> None:
    """What somebody wrote down on a visit, and a picture of the shelf there."""
    first = Account.select().order_by(Account.number).limit(2)
    for account in first:
        visited = f"Visit to {account.name}\n\n{notes[0]}\n{notes[1]}\n"
        documents.add(Account, account.number, visited.encode(), account.owner, name="Visit.txt")
        documents.add(
            Account, account.number, _picture(), account.owner, name="Shelf.png", note="The shelf at the door"
        )


def _picture() -> bytes:
    """A small picture: coloured boxes on a shelf."""
    boxes = [(28, 92, 200), (130, 177, 255), (240, 189, 88), (26, 107, 56), (179, 38, 30), (125, 211, 159)]
    wide, high = 120, 80
    row = b"".join(bytes(boxes[x // 20]) for x in range(wide))
    shelf, air = bytes((120, 90, 60)) * wide, bytes((244, 246, 250)) * wide
    lines = b"".join(b"\0" + (air if y % 40 < 12 else shelf if y % 40 > 35 else row) for y in range(high))
    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    whole = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


def add_projects() -> None:
    """Two projects: one that is sold through the board, in which each of its members owns the customers, and one that
    only calls. What Ann works on is personal.
    """
    fair = projects.save(Project(name="Trade fairs", description="Whom we met at our booths", uses_crm=True), "ADMIN",
                         ["BEN", "CARLA"])  # fmt: skip
    catalog = projects.save(Project(name="Spring catalog", description="Whom the catalog went to"), "ADMIN")
    for project, owners in ((fair, ["BEN", "CARLA"]), (catalog, ["DEV"])):
        first = Lead.select(Lead.number).where(Lead.owner.in_(owners)).order_by(Lead.number).limit(20 * len(owners))
        held = list(first.scalars())
        accounts = list(Account.select(Account.number).where(Account.originating_lead.in_(held)).scalars())
        deals = list(Opportunity.select(Opportunity.number).where(Opportunity.account.in_(accounts)).scalars())
        for record, keys in ((Lead, held), (Account, accounts), (Opportunity, deals)):
            bulk_changes.set_field(record, keys, "project", project.number, "ADMIN")


def add_ways(dice: random.Random) -> None:
    """How each deal came to where it stands, over the last months; what was won brought in, why others were lost."""
    for deal in Opportunity.select().order_by(Opportunity.number):
        way = dice.choice(WAYS.get(deal.stage, [[deal.stage]]))
        ended = deal.stage in OUTCOMES
        came = clock.today() - timedelta(days=dice.randrange(170) if ended else dice.choice([2, 5, 9, 14, 20, 38, 52]))
        path = [Move(way[-1], came)]
        for stage in reversed(way[:-1]):
            path.insert(0, Move(stage, path[0].on - timedelta(days=dice.randrange(3, 40))))
        deal.stage_path, deal.stage_since, deal.created_on = written(path), came, path[0].on
        lead = Lead.find(deal.originating_lead) if deal.originating_lead else None
        if lead is not None and lead.created_on and lead.created_on.date() >= path[0].on:  # what came of it came later
            lead.created_on = datetime.combine(path[0].on - timedelta(days=dice.randrange(2, 12)), time(9, 30))
            lead.save()
        if deal.stage == "Prospect":
            deal.close_date_1 = clock.today() + timedelta(days=dice.randrange(10, 170))
        if ended:
            deal.close_date_1 = came + timedelta(days=dice.randrange(-20, 15))
            deal.close_date_2 = came
            brought = (deal.amount or 0) * dice.choice([9, 10, 10, 11]) // 10
            deal.actual_amount = brought if deal.stage == "Order" else None
            deal.outcome_reason = dice.choice(REASONS) if deal.stage == "Lost" else ""
        deal.save()
