"""A sample office of our own making: invented people and companies, with something to do today.

The telephone numbers are of the range kept for stories (555-0100 to 555-0199), the addresses end in .example, so that
nobody real is ever called or written to.
"""
# unsaid file: sample data

from __future__ import annotations

import random
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from channergy_crm import clock, work
from channergy_crm.demo import (
    calendar,
    campaigns,
    filed_mail,
    following_up,
    home,
    mail,
    more,
    products,
    selling,
    tagging,
    templates,
    tickets,
    viper,
)  # fmt: skip
from channergy_crm.demo.selling import OUTCOMES
from channergy_crm.errors import Mistake
from channergy_crm.fields.multi_lookup import together
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Order, PhoneCall, Task
from channergy_crm.records.call_log import Direction
from channergy_crm.records.calls import SPOKEN
from channergy_crm.records.goals import Goal
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.pauses import PauseRow
from channergy_crm.services import (
    absences,
    bulk_changes,
    conversion,
    custom_fields,
    goals,
    groups,
    leads,
    lookups,
    roles,
)
from channergy_crm.services.figures import codes_meaning
from channergy_crm.settings import SAMPLE
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from channergy_crm.store.database import Office

OPERATORS = {
    "ANN": "Ann Keller", "BEN": "Ben Ortiz", "CARLA": "Carla Novak", "DEV": "Devika Rao", "EMIL": "Emil Strand",
}  # fmt: skip
BOSS = "ANN"
PLACES = [
    ("New York", "NY", "10011", "212"), ("Boston", "MA", "02110", "617"), ("Newark", "NJ", "07102", "973"),
    ("Atlanta", "GA", "30309", "404"), ("Miami", "FL", "33130", "305"), ("Chicago", "IL", "60607", "312"),
    ("Austin", "TX", "78704", "512"), ("New Orleans", "LA", "70115", "504"), ("Minneapolis", "MN", "55401", "612"),
    ("Denver", "CO", "80205", "303"), ("Salt Lake City", "UT", "84101", "801"), ("Phoenix", "AZ", "85004", "602"),
    ("Los Angeles", "CA", "90014", "213"), ("Portland", "OR", "97209", "503"), ("Seattle", "WA", "98104", "206"),
    ("Anchorage", "AK", "99501", "907"), ("Honolulu", "HI", "96814", "808"),
]  # fmt: skip
FIRST = """Adele Amir Astrid Bao Bernice Cedric Chiara Dalia Dmitri Edwina Esteban Farah Felix Greta Hakim Hana Ingrid
Ivo Jasmin Jonas Katya Kofi Leila Linus Magda Mateo Mina Nadia Nils Odette Oskar Priya Quentin Renée Rosa Samir Sigrid
Tariq Thea Ulla Viktor Wanda Xenia Yusuf Zoë""".split()  # noqa: SIM905
LAST = """Abernathy Almeida Bergström Bianchi Castellan Dvorak Eastwick Fairbanks Ferreira Gallagher Grünwald Halvorsen
Hartigan Ibarra Jankowski Kessler Kowalczyk Lindgren Lombardi Mbeki Merriweather Nakagawa Norwood Okafor Ostrander
Pemberton Petrov Quimby Rasmussen Rosenthal Sandoval Silberstein Tanaka Thorne Underhill Vandermeer Villanueva Whitlock
Yamamoto Zielinski""".split()  # noqa: SIM905
NAMED = """Alder Amber Beacon Birch Bramble Cobalt Compass Copper Driftwood Ember Falcon Fern Granary Hazel Heron
Juniper Kestrel Lantern Larkspur Linden Maple Meadow Millstone Nimbus Orchard Otter Pebble Pinecrest Quarry Redwood
Saffron Sparrow Tamarack Thistle Timber Umber Verdant Willow Wren Yarrow""".split()  # noqa: SIM905
TRADES = {
    "Bakery Supply": "Manufacturing", "Books": "Retail", "Candle Works": "Manufacturing", "Catalog Co.": "Retail",
    "Coffee Roasters": "Food & Beverage", "Freight": "Shipping", "Garden Center": "Retail", "Learning": "Education",
    "Media": "Media", "Outfitters": "Retail", "Pharmacy": "Healthcare", "Power": "Utilities", "Software": "Technology",
    "Tea Company": "Food & Beverage", "Theater Group": "Entertainment", "Toys": "Retail",
}  # fmt: skip
TITLES = ["Owner", "Office Manager", "Purchasing", "Operations Director", "Head of Sales", "Bookkeeper", "CEO", ""]
SOURCES = ["Web Site", "Trade Show", "Word of mouth", "Cold Call", "Conference", ""]
WISHES = [
    "wants to see order entry", "asks for a price list", "replaces a home-made system", "needs mail order and web shop",
    "looks for inventory control", "sends catalogs four times a year", "opens a second warehouse",
]  # fmt: skip
NOTES = [
    "Met at the booth on the second day. Interested in how returns are handled.",
    "Spoke to the assistant; best reached before ten in the morning.",
    "Has three people in the call center and works with spreadsheets so far.",
    "Asked twice whether old orders can be carried over.",
    "Budget is decided in the last week of the quarter.",
    "",
]
STREETS = ["Harbor St", "Mill Road", "Orchard Ave", "Station Sq", "Second St", "Ridge Blvd", "Canal Walk"]
OBJECTIONS = ["", "", "Too expensive", "Happy with what they have", "No time this quarter"]
# How the calls went: tries, code, status.
CALLS = [
    ("", "NEW", "Not Called"), ("", "NEW", "Not Called"), ("1", "N", "Not Reached"), ("2", "B", "Not Reached"),
    ("2", "A", "Not Reached"), ("1", "CALLBK", "Call Back Scheduled"), ("3", "CALLBK", "Call Back Scheduled"),
    ("2", "NI", "Closed"), ("4", "NP", "Closed"), ("1", "WP", "Reached"), ("3", "DC", "Closed"),
    ("1", "DNC", "Closed"), ("2", "DEC", "Closed"), ("1", "WN", "Closed"),
]  # fmt: skip
STAGES = {"Draft": 5, "Prospect": 20, "Offer": 60, "Order": 100, "Lost": 0}
ACTIONS = [
    "Call about the offer", "Send the price list", "Prepare a demo", "Ask for a reference", "Check the delivery date",
    "Write the quote", "Thank them for the visit", "Arrange a second appointment",
]  # fmt: skip
# When reminders ring: some days away at a time, or in minutes from now: overdue, due, any moment, later, coming.
RINGS: list[tuple[int, time] | int] = [
    (-9, time(9, 30)), (-2, time(14, 0)), -95, (-1, time(11, 15)), 2, (1, time(9, 0)), -20, 45, (2, time(10, 30)),
    150, (6, time(15, 45)), (15, time(8, 30)),
]  # fmt: skip

# How calls go: for so many days, at these hours, with this chance that somebody answers, and what they come to then.
CALLED_FOR, CALLED_AT = 28, [8, 9, 9, 10, 10, 10, 11, 11, 11, 12, 13, 14, 14, 15, 15, 15, 16, 16, 17]
LIKELY = {8: 0.15, 9: 0.3, 10: 0.42, 11: 0.45, 12: 0.2, 13: 0.25, 14: 0.35, 15: 0.4, 16: 0.3, 17: 0.15}
HEARD = ["CALLBK", "CALLBK", "CALLBK", "WP", "WP", "NI", "NP", "SALE", "DEC"]
UNHEARD = ["N", "N", "N", "B", "A", "A", "WN"]
CALLED_LISTS = ["Trade fair", "Spring catalog", "", ""]

INTERESTS = ["Inventory", "Mail order", "Order entry", "Web shop"]

LEADS, CONVERTED, REMOVED, NEVER_ORDERED = 150, 26, 6, 8


def fill(office: Office) -> None:
    """Fill a new office with some three hundred records, always the same ones, around today's date."""
    if Lead.select().exists():
        raise Mistake(_("The office {url} is in use; the sample office needs a new one.").format(url=office.url))
    _add_fields()
    with work.unit("Make the sample office", by="ADMIN"):
        operators = [
            Operator.create(id=short, name=name, administrator=short == BOSS) for short, name in OPERATORS.items()
        ]
        sample = _Sample(random.Random(1999))  # noqa: S311  nothing secret
        made = [sample.lead(number) for number in range(LEADS)]
        for lead in made[:CONVERTED]:
            sample.work_on(conversion.convert(lead.number, lead.owner))
        for lead in made[CONVERTED : CONVERTED + REMOVED]:
            leads.remove(lead.number, lead.owner)
        for _time in range(NEVER_ORDERED):
            Customer.create(**sample.person(), created_on=clock.today() - timedelta(days=400))
        operators[-1].active = False
        operators[-1].save()
        _add_people()
        selling.add_deal_people(list(OPERATORS)[:-1])
        selling.add_projects()
        _add_calls(random.Random(2001))  # noqa: S311  nothing secret
        _add_pauses(random.Random(2003))  # noqa: S311  nothing secret
        selling.add_documents(NOTES[2:4])
        selling.add_ways(random.Random(2005))  # noqa: S311  nothing secret
        viper.add_connection()
        tagging.add(random.Random(2011))  # noqa: S311  nothing secret
        campaigns.add(random.Random(2013))  # noqa: S311  nothing secret
        mail.add_mails(BOSS)
        filed_mail.add_filed_mails(BOSS)
        more.add_people(BOSS)
        products.add(random.Random(2015))  # noqa: S311  nothing secret
        tickets.add(random.Random(2017))  # noqa: S311  nothing secret
        home.add_home(list(OPERATORS)[:-1], BOSS)
        OfficeSetting.create(name=SAMPLE.name, value="1")
    templates.add_templates(BOSS, OPERATORS)
    following_up.add_events(random.Random(2007), BOSS)  # noqa: S311  nothing secret
    calendar.add_entries(random.Random(2009), list(OPERATORS)[:-1], BOSS)  # noqa: S311  nothing secret


def fill_if_empty(office: Office) -> None:
    """Fill the sample office when it is opened for the first time."""
    if not Lead.select().exists():
        fill(office)
    elif OfficeSetting.find(SAMPLE.name) is None:  # made by a version that did not say so
        with work.unit("Make the sample office", by="ADMIN"):
            OfficeSetting.create(name=SAMPLE.name, value="1")


def _add_people() -> None:
    """The roles an office begins with, a group that owns some leads, and somebody who is away just now."""
    roles.make_usual("ADMIN")
    groups.create("TF", _("Trade fairs"), "ADMIN")
    groups.let_in("TF", ["BEN", "CARLA"], "ADMIN")
    at_the_fair = Lead.select(Lead.number).where((Lead.owner == "BEN") & (Lead.lead_source == "Trade Show"))
    bulk_changes.reassign(Lead, list(at_the_fair.limit(3).scalars()), "TF", "ADMIN")
    absences.mark("DEV", clock.today(), clock.today() + timedelta(days=3), "DEV", receivers=["BEN", "CARLA"])


def _add_calls(dice: random.Random) -> None:
    """Some weeks of calls, most of them of the four who work here, today's until now; and what everybody aims at."""
    them = {lead.number: lead for lead in Lead.select().where(~Lead.removed).order_by(Lead.number)}
    people = [
        (lead.number, owner if (owner := lead.__data__["owner"]) in OPERATORS else BOSS, lead.time_zone, lead.phone)
        for lead in them.values()
    ]
    goals.save(Goal(calls=20, reached=8, appointments=2), "ADMIN")
    spoken = set(codes_meaning(*SPOKEN))
    many = bulk.Many(PhoneCall)
    rows: list[dict[str, Any]] = []
    for ago in range(CALLED_FOR, -1, -1):
        day = clock.today() - timedelta(days=ago)
        for _time in range(dice.randrange(30, 50) if day.weekday() < 5 else dice.randrange(0, 4)):
            lead, owner, zone, phone = dice.choice(people)
            hour = dice.choice(CALLED_AT)
            at = _when(datetime.combine(day, time(hour, dice.randrange(60), dice.randrange(60))), zone)
            kept = dice.random() < LIKELY[hour]
            code, measured = dice.choice(HEARD if kept else UNHEARD), dice.random() < 0.8
            seconds = dice.randrange(40, 420) if kept else dice.randrange(8, 40)
            if at < clock.now() and them[lead].call_try:
                rows.append({
                    "lead": lead, "operator": owner, "direction": Direction.OUT.value, "phone": phone, "started": at,
                    "ended": at + timedelta(seconds=seconds), "seconds": seconds, "measured": measured, "code": code,
                    "reached": code in spoken, "list_name": dice.choice(CALLED_LISTS), "zone": zone,
                })  # fmt: skip
    for last in {row["lead"]: row for row in sorted(rows, key=lambda row: row["started"])}.values():
        held = them[last["lead"]]  # what a lead says of its last call is what the call log says
        last["code"], last["reached"], held.call_date = held.call_code, held.call_code in spoken, last["started"].date()
        held.save()
    many.insert(work.current(), [many.row(row) for row in rows], bulk.reserve(PhoneCall, len(rows)))


def _add_pauses(dice: random.Random) -> None:
    """A pause at noon of each who works here, sometimes a meeting, on the working days of the weeks they called."""
    kept = []
    days = [clock.today() - timedelta(days=ago) for ago in range(CALLED_FOR, 0, -1)]
    for day in (day for day in days if day.weekday() < 5):
        for short in list(OPERATORS)[:-1]:
            for reason, hour, chance, longest in (("break", 12, 1.0, 50), ("meeting", 15, 0.2, 90)):
                began = datetime.combine(day, time(hour, dice.randrange(30)))
                seconds = dice.randrange(20 * 60, longest * 60)
                if dice.random() < chance:
                    kept.append(PauseRow(by=short, reason=reason, began=began, seconds=seconds,
                                         ended=began + timedelta(seconds=seconds)))  # fmt: skip
    PauseRow.bulk_create(kept, 200)


def _when(there: datetime, zone: str) -> datetime:
    """What the office's clock shows when theirs shows that."""
    with suppress(ZoneInfoNotFoundError, ValueError):
        return there.replace(tzinfo=ZoneInfo(zone)).astimezone().replace(tzinfo=None) if zone else there
    return there


def _add_fields() -> None:
    """What this office wants to know beside what every office does; it goes along when a lead is converted."""
    custom_fields.add(Lead, "Catalogs", "number", "ADMIN", hint="a year")
    for record in (Lead, Account):
        field = custom_fields.add(record, "Interests", "multi_lookup", "ADMIN")
        for value in INTERESTS:
            lookups.add(record._meta.table_name, field.column, value, "ADMIN")


class _Sample:
    """Draws believable values, always the same for the same dice."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.now = clock.now()
        names = [f"{name} {trade}" for name in NAMED for trade in TRADES]
        self.companies = dice.sample(names, len(names))
        self.lines = dice.sample(range(len(PLACES) * 100), len(PLACES) * 100)
        self.rings = 0

    def person(self) -> dict[str, str]:
        """Somebody at a company at a place, with the numbers and addresses that go with it."""
        dice = self.dice
        company, first, last = self.companies.pop(), dice.choice(FIRST), dice.choice(LAST)
        city, state, zip_code, _area = PLACES[self.lines[-1] // 100]
        domain = "".join(filter(str.isalnum, company.lower())) + ".example"
        return {
            "company": company, "first_name": first, "last_name": last, "phone": self.phone(),
            "email": f"{first}.{last}@{domain}".lower().translate(str.maketrans("éëöü", "eeou")),
            "website": f"www.{domain}", "address": f"{dice.randrange(1, 999)} {dice.choice(STREETS)}",
            "city": city, "state": state, "postal_code": zip_code, "country": "USA",
        }  # fmt: skip

    def phone(self) -> str:
        """A number nobody has, with the area code of a real place."""
        line = self.lines.pop()
        return f"{PLACES[line // 100][3]}-555-01{line % 100:02d}"

    def ring(self) -> dict[str, date | time]:
        """When the next reminder rings."""
        ring = RINGS[self.rings % len(RINGS)]
        self.rings += 1
        if isinstance(ring, int):
            moment = self.now + timedelta(minutes=ring)
        else:
            moment = datetime.combine(self.now.date() + timedelta(days=ring[0]), ring[1])
        return {"reminder_date": moment.date(), "reminder_time": moment.time().replace(second=0)}

    def lead(self, number: int) -> Lead:
        """A lead of one of the four who work today (and a few of the one who left), called so and so often."""
        dice = self.dice
        person = self.person()
        tries, code, status = dice.choice(CALLS)
        rings = code == "CALLBK" or number % 5 == 0
        made: Lead = Lead.create(
            **person, owner="EMIL" if number % 29 == 28 else list(OPERATORS)[number % 4],
            type=dice.choice(["Prospect", "Inquiry", "Mailing", ""]), lead_source=dice.choice(SOURCES),
            description=f"{person['company']} {dice.choice(WISHES)}", title=dice.choice(TITLES),
            time_zone=leads.zone_for(person["phone"]), notes=dice.choice(NOTES), objection=dice.choice(OBJECTIONS),
            call_try=tries, call_code=code, call_status=status, created_by="ADMIN",
            created_on=self.now - timedelta(days=dice.randrange(20, 90)),
            call_date=clock.today() - timedelta(days=dice.randrange(1, 20)) if tries else None,
            custom_catalogs=number % 5 or None,
            more_phones=f"Mobile: {self.phone()}\nHome: {self.phone()}" if number % 12 == 3 else "",
            custom_interests=together(INTERESTS[place] for place in range(4) if (number % 15 + 1) >> place & 1),
            **(self.ring() if rings and status != "Closed" else {}),
        )  # fmt: skip
        return made

    def work_on(self, made: conversion.Conversion) -> None:
        """What has happened to an account since its lead was converted."""
        owner = made.lead.owner
        account, opportunity = Account.get_by_id(made.account.number), Opportunity.get_by_id(made.opportunity.number)
        self._know(account, made.lead.company)
        self._sell(opportunity)
        for _time in range(self.dice.randrange(0, 3)):
            self._contact(account)
        if self.dice.random() < 0.5:
            more = Opportunity(
                account=account.number, owner=owner, created_by=owner, name=f"Second license for {made.lead.company}",
                created_on=clock.today() - timedelta(days=self.dice.randrange(5, 60)), type="Existing Business",
            )  # fmt: skip
            self._sell(more)
        for held in (opportunity, None):
            self._task(owner, account=account.number, opportunity=held.number if held else None,
                       customer=account.customer)  # fmt: skip

    def _task(self, owner: str, **links: object) -> None:
        dice = self.dice
        Task.create(
            **links, owner=owner, is_crm=True, action=dice.choice(ACTIONS), created_on=self.now,
            priority=dice.choice(["High", "Normal", "Low"]), status=dice.choice(["Not Started", "In Progress"]),
            closed=dice.random() < 0.15, **(self.ring() if dice.random() < 0.8 else {}),
        )  # fmt: skip

    def _know(self, account: Account, company: str) -> None:
        dice = self.dice
        account.type = dice.choice(["Customer", "Prospect", "Ordering"])
        account.industry = next(industry for trade, industry in TRADES.items() if company.endswith(trade))
        account.employees = dice.choice([3, 8, 15, 40, 120, 300])
        account.annual_revenue = account.employees * dice.randrange(80, 160) * 1_000_00
        account.order_volume = dice.choice([20, 150, 600, 2500])
        account.save()
        if account.type != "Prospect":
            Order.create(
                customer=account.customer, ordered_on=clock.today() - timedelta(days=dice.randrange(3, 300)),
                amount=dice.randrange(40_00, 9000_00),
            )  # fmt: skip

    def _sell(self, opportunity: Opportunity) -> None:
        dice = self.dice
        stage = dice.choice(list(STAGES))
        opportunity.stage, opportunity.probability = stage, STAGES[stage]
        opportunity.amount = dice.randrange(8, 240) * 100_00
        opportunity.budget = opportunity.amount + dice.choice([-500_00, 0, 1_000_00])
        opportunity.type = opportunity.type or "New Business"
        opportunity.interest_level = dice.choice(["Hot", "Warm", "Cold"])
        opportunity.next_step = dice.choice(["Call", "Demo", "Quote", "Follow up"])
        opportunity.close_date_1 = clock.today() + timedelta(days=dice.randrange(-20, 60))
        if stage in OUTCOMES:
            opportunity.closed, opportunity.outcome = True, OUTCOMES[stage]
        opportunity.save()

    def _contact(self, account: Account) -> None:
        first, last = self.dice.choice(FIRST), self.dice.choice(LAST)
        domain = account.website.removeprefix("www.")
        Contact.create(
            customer=account.customer, first_name=first, last_name=last, title=self.dice.choice(TITLES),
            phone=self.phone(), email=f"{first[0].lower()}{len(last)}@{domain}",
        )  # fmt: skip
