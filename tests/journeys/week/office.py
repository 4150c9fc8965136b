"""The office on Sunday evening: ten people with their roles and passwords, each with leads, deals and things to do."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, demo
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import groups, leads, preferences
from channergy_crm.settings import BRIDGE, POP_UP, Station
from channergy_crm.store.database import open_database
from tests import made
from tests.domain.mail_server import arrange
from tests.journeys.week.plan import DAYS, MONDAY, PEOPLE
from tests.secured import secure

if TYPE_CHECKING:
    from tests.journeys.week.book import Book

DEALS = 2
"""each of them begins the week with so many deals, and at each something to do on every day"""
SUNDAY = datetime.combine(MONDAY - timedelta(days=1), time(18))


def furnish(url: str, book: Book, leads_each: int) -> None:
    """Make it in an empty office. A workstation pops nothing up: it would come whenever a deed takes long enough."""
    Station().set(BRIDGE, "copy_only")
    Station().set(POP_UP, False)
    office = open_database(url)
    try:
        with clock.fixed(SUNDAY):
            _people(book)
            arrange(book.server, name="Harbor Office")
            for by in PEOPLE:
                _work_of(by, book, leads_each)
    finally:
        office.close()


def _people(book: Book) -> None:
    secure(book.folder, **{by: role for by, role in PEOPLE.items() if role})
    groups.create("SALES", "Sales", "ADMIN")
    groups.let_in("SALES", [by for by in PEOPLE if by != "ADMIN"], "ADMIN")
    for by in PEOPLE:
        preferences.save(Preferences(operator=by, signature=f"{by.title()}, Harbor Office", own_composer=True), by)


def _work_of(by: str, book: Book, leads_each: int) -> None:
    if PEOPLE[by] == "Reader":
        return
    for _lead in range(leads_each):
        leads.create(somebody(book), by)
    for place in range(DEALS):
        number = book.next()
        account = made.account(f"Quay {number}; Cleo Quay", by, phone=phone(number))
        made.contact(account, "Cleo", f"Quay{number}", email=f"cleo{number}@people.example")
        made.opportunity(account, f"Deal {number}", stage="Prospect", amount=100_000 * (place + 1),
                         close_date_1=DAYS[-1] + timedelta(days=20))  # fmt: skip
        for day in DAYS:
            made.task(account, f"Call back {number}", by, reminder_date=day, reminder_time=time(9))


def somebody(book: Book) -> dict[str, object]:
    """A lead nobody else is like."""
    number = book.next()
    first, last = demo.FIRST[number % len(demo.FIRST)], demo.LAST[number % len(demo.LAST)]
    return {
        "description": f"Wish {number}", "first_name": first, "last_name": f"{last} {number}", "phone": phone(number),
        "company": f"Pier {number}", "email": f"lead{number}@people.example", "call_try": "1",
    }  # fmt: skip


def phone(number: int) -> str:
    """A telephone number of the range kept for stories."""
    area = demo.PLACES[number // 100 % len(demo.PLACES)][3]
    return f"{area}-555-{100 + number % 100:04}"
