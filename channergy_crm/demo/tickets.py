"""What customers of the sample office asked after they had bought, and what is answered again and again (VT-178)."""
# unsaid file: sample data

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import FAQ, Account, Contact, Product, Ticket, TicketComment
from channergy_crm.records.tickets import CLOSED, OPEN, PUBLISHED, REVIEWED, WAITING, WORKING, CameBy

if TYPE_CHECKING:
    import random
    from datetime import datetime

BY = "ADMIN"
TICKETS: tuple[tuple[str, str, str, str, str, str, int, str, int], ...] = (
    ("Parcel went to the old shop", "Fault", "Urgent", "Critical", OPEN, "portal", 0, "ANN", 3),
    ("Box arrived broken", "Fault", "High", "Major", WORKING, "portal", 0, "ANN", 4),
    ("Which wax for outdoors?", "Question", "Normal", "Minor", OPEN, "mail", 2, "ANN", 5),
    ("Invoice twice", "Complaint", "Normal", "Major", OPEN, "phone", -1, "BEN", 6),
    ("Sample missing", "Return", "Low", "Minor", OPEN, "phone", 0, "ANN", 20),
    ("Change of address", "Other", "Low", "Minor", OPEN, "mail", -1, "TF", 26),
    ("Label does not stick", "Fault", "Normal", "Minor", WAITING, "phone", 3, "ANN", 50),
    ("Second key for the portal", "Question", "Low", "Feature", WAITING, "portal", -1, "ANN", 75),
    ("Return of 12 sets", "Return", "Normal", "Major", WAITING, "mail", 1, "BEN", 100),
    ("Wrong color", "Complaint", "Normal", "Minor", WAITING, "phone", 3, "CARLA", 120),
    ("Two lids missing", "Fault", "Normal", "Minor", CLOSED, "phone", 0, "ANN", 600),
    ("Candles melted in the van", "Complaint", "High", "Major", CLOSED, "mail", 0, "BEN", 1900),
    ("Price of the refill", "Question", "Low", "Minor", CLOSED, "phone", 2, "CARLA", 800),
)  # fmt: skip
"""title, category, priority, severity, stage, how it came, about which product (-1: none), whose, how many hours ago"""
ALSO_ASKED = {"Second key for the portal": "Box arrived broken"}
"""asked by whoever had asked this before, and has access to the portal"""
SAID = (
    (None, 0, False, "Two of the twelve boxes were open and 14 candles are broken. I have pictures. We need them for "
     "the market on Saturday."),
    ("ANN", 28, True, "Called back. She can sell ten boxes as they are; two must be replaced before Friday evening."),
    ("BEN", 113, True, "412 sets in stock. A parcel today by 17:00 arrives on Friday morning."),
    ("ANN", 128, False, "Thank you for the pictures. We are sorry. Two new boxes leave us today; you pay nothing. "
     "Please keep the broken ones until the carrier has looked at them."),
    (None, 199, False, "Thank you! How long must I keep the broken ones? And do I have to fill in something for the "
     "carrier?"),
)  # fmt: skip
"""what was said about the broken box: by whom (None: the customer), how many minutes after the first, only for us"""
ASKED = {
    "Parcel went to the old shop": "The parcel was brought to our old shop. Can you send it on to us today?",
    "Which wax for outdoors?": "We want candles on the terrace until October. Which of yours may stand in the wind?",
    "Change of address": "From the first of next month please deliver to the new address below.",
    "Second key for the portal": "My colleague should see our requests, too. Can she have access?",
    "Return of 12 sets": "Twelve sets were too many. We have not opened them. May we send them back?",
}
"""what was written first, where it came by the portal or by mail"""
ANSWERS = (
    ("How long must broken goods be kept?", "Three weeks from the day of the report. The carrier may come to look; "
     "wrapping belongs to it. The carrier brings his form.", "Fault", PUBLISHED, 0, 41),
    ("Who fills in the damage report?", "The carrier. We send him the pictures with the ticket number.", "Fault",
     PUBLISHED, -1, 28),
    ("Parts of a delivery are broken", "Replace what they need first; the rest becomes a credit note.", "Fault",
     REVIEWED, -1, 12),
    ("Which candles may stand outdoors?", "Pillar candles of 20 cm, in a glass. Sets are for indoors.", "Question",
     PUBLISHED, 2, 19),
    ("How do I change the address for deliveries?", "Write to us in the portal, or call: we change it before the next "
     "parcel leaves.", "Other", PUBLISHED, -1, 9),
    ("How do I send something back?", "Tell us the number of the invoice. We send a label; the money is back within a "
     "week after the parcel arrived.", "Return", PUBLISHED, -1, 33),
    ("Can the logo be printed in two colors?", "Yes, from 200 boxes on.", "Question", "Draft", 5, 0),
    ("Do you deliver on Saturdays?", "Until last year we did.", "Question", "Obsolete", -1, 4),
)  # fmt: skip
"""question, answer, category, stage, about which product (-1: none), how often it was put into an answer"""


def add(dice: random.Random) -> None:
    """Tickets of contacts at accounts, one of them with all that was said, and the answers."""
    products = list(Product.select().order_by(Product.number))
    at = Contact.select(Contact, Account).join(Account, on=(Contact.customer == Account.customer), attr="firm")
    people = list(at.where(Contact.email != "").order_by(Contact.number).limit(60))
    with work.unit("Enter tickets", by=BY):
        for question, answer, category, status, place, used in ANSWERS:
            held = FAQ(question=question, answer=answer, category=category, status=status, used=used, owner="ANN",
                       product=products[place].number if place >= 0 else None,
                       created_on=clock.now() - timedelta(days=dice.randrange(20, 200)))  # fmt: skip
            held.save()
        whose: dict[str, Any] = {}
        for entry in TICKETS:
            title, drawn = entry[0], dice.choice(people)
            whose[title] = whose.get(ALSO_ASKED.get(title, ""), drawn)
            _ticket(whose[title], products, *entry)


def _ticket(
    who: Any, products: list[Product], title: str, category: str, priority: str, severity: str, status: str,
    came: str, place: int, owner: str, ago: int,
) -> None:  # fmt: skip
    began = clock.now() - timedelta(hours=ago)
    held = Ticket(title=title, category=category, priority=priority, severity=severity, status=status, came_by=came,
                  owner=owner, account=who.firm.number, contact=who.number, created_on=began, last_said=began,
                  product=products[place].number if place >= 0 else None)  # fmt: skip
    if status in (WAITING, CLOSED):
        held.answered_on = began + timedelta(hours=1)
    if status == CLOSED:
        held.solution, held.closed_on = "Replaced without a charge.", began + timedelta(hours=6)
    held.save()
    if who.portal is False and came == CameBy.PORTAL:
        who.portal = True
        who.save()
    if title in ASKED:
        _comment(held, None, began, False, ASKED[title])
    for author, later, internal, text in SAID if title == "Box arrived broken" else ():
        _comment(held, author, began + timedelta(minutes=later), internal, text)
        held.last_said = min(began + timedelta(minutes=later), clock.now())
    held.save()


def _comment(held: Ticket, author: str | None, at: datetime, internal: bool, text: str) -> None:
    TicketComment(ticket=held.number, author=author, contact=None if author else held.__data__["contact"], text=text,
                  internal=internal, said_on=min(at, clock.now()),
                  came_by="" if author else held.came_by).save()  # fmt: skip
