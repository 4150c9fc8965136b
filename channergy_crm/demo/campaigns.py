"""The campaigns of the sample office: one that is over, one at work, one that is planned (VT-139…VT-141)."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.records import Campaign, CampaignMember, Contact, Lead, Opportunity
from channergy_crm.records.campaigns import Status
from channergy_crm.services.campaigns import members

if TYPE_CHECKING:
    import random

BY = "ADMIN"
ROWS: tuple[tuple[dict[str, object], int, int, float, tuple[Status, ...]], ...] = (
    ({"name": "Spring catalog mailing", "type": "Direct Mail", "status": "Completed", "product": "Spring catalog",
      "audience": "Garden centers and florists", "budget": 450_000, "expected_cost": 420_000, "actual_cost": 398_500,
      "expected_revenue": 2_500_000, "expected_responses": 25, "owner": "ANN",
      "notes": "Printed catalog with a reply card; calls a week later."},
     -75, -20, 0.45, (Status.WRITTEN, Status.WRITTEN, Status.CALLED, Status.RESPONDED, Status.REFUSED)),
    ({"name": "Trade fair, hall 4", "type": "Trade Show", "status": "Active", "product": "Order entry",
      "audience": "Mail-order companies", "sponsor": "Trade association", "budget": 1_200_000,
      "expected_cost": 1_150_000, "actual_cost": 640_000, "expected_revenue": 6_000_000, "expected_responses": 40,
      "owner": "BEN", "notes": "Stand 12. Whoever comes by gets a sample and is called within three days."},
     -12, 20, 0.3, (Status.PLANNED, Status.WRITTEN, Status.CALLED, Status.RESPONDED)),
    ({"name": "Winter web seminar", "type": "Webinar", "status": "Planning", "product": "Web shop",
      "audience": "Customers without a shop of their own", "budget": 150_000, "expected_responses": 15,
      "expected_revenue": 900_000, "owner": "ANN"},
     30, 60, 0.12, (Status.PLANNED,)),
)  # fmt: skip
"""what each holds, from and to which day, how many of all people it reaches, how it stands with them"""


def add(dice: random.Random) -> None:
    """Campaigns with leads and contacts, and the deals that came from two of them."""
    leads = list(Lead.select(Lead.number).where(Lead.working()).order_by(Lead.number).scalars())
    contacts = list(Contact.select(Contact.number).order_by(Contact.number).scalars())
    deals = list(Opportunity.select().order_by(Opportunity.number))
    for place, (values, first, last, share, stands) in enumerate(ROWS):
        days = {"begins": clock.today() + timedelta(days=first), "closes": clock.today() + timedelta(days=last)}
        with work.unit("Create campaign {name}", by=BY, name=values["name"]):
            held = Campaign.create(**values, **days, created_on=clock.today() + timedelta(days=min(first, 0) - 14))
            members.put_in(held.number, Lead, [key for key in leads if dice.random() < share])
            members.put_in(held.number, Contact, [key for key in contacts if dice.random() < share])
            for row in CampaignMember.select().where(CampaignMember.campaign == held.number):
                members.become(row, dice.choice(stands).value)
                row.save()
            for deal in deals[place::3][:5] if values["status"] != "Planning" else ():
                deal.campaign = held.number
                deal.save()
