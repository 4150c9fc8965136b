"""Anonymising one person in an office of a million leads, and clearing the file of them (issue 12, DP-4).

What the person is called stands in the lead, its history, calls, tasks, notes and a draft. First the rows, then the
file, in which every byte is searched: `python -m tests.benchmarks.bench_privacy [leads]`.
"""

from __future__ import annotations

import mmap
import os
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any

from channergy_crm import work
from channergy_crm.records import Account, Contact, Customer, Lead, PhoneCall, Task
from channergy_crm.services import notes
from channergy_crm.services.privacy import anonymising, cleaning, refusals, seats
from channergy_crm.services.rights import Program
from channergy_crm.settings import Station, home
from channergy_crm.store import database
from channergy_crm.work.drafts import Drafts
from tests.benchmarks import measure, office

if TYPE_CHECKING:
    from pathlib import Path

MARK, NUMBER = "Zqmarkwort", "650-253-7777"
ROWS, NONE = 2_000.0, 0.0
"""milliseconds for the rows; traces that may be left"""


def person(url: str) -> Lead:
    """Somebody full of marked words in the middle of the office."""
    lead: Any = Lead.select().where(Lead.working()).order_by(Lead.number).offset(Lead.select().count() // 2).get()
    account: Any = Account.select().order_by(Account.number).offset(1_000).get()
    with work.unit("Make somebody", by=office.ANN):
        lead.first_name, lead.last_name, lead.company = MARK, f"{MARK}er", f"{MARK} Ltd"
        lead.email, lead.phone, lead.notes = f"{MARK}@{MARK}.example", NUMBER, f"{MARK} said so. " * 50
        lead.account, lead.customer, account.name = account.key, account.customer, f"{MARK} Ltd"
        lead.save()
        account.save()
        customer: Any = Customer.find(account.customer)
        customer.company, customer.notes = f"{MARK} Ltd", MARK
        customer.save()
        for place in range(20):
            Contact.create(customer=account.customer, last_name=f"{MARK}{place}", phone=NUMBER)
            Task.create(action=f"Call {MARK}", lead=lead.key, account=account.key, owner=office.ANN, notes=MARK)
            PhoneCall.create(lead=lead.key, operator=office.ANN, direction="outgoing", phone=NUMBER, note=MARK,
                             started=lead.created_on or "2026-11-01 10:00:00")  # fmt: skip
    for place in range(50):
        lead.objection = f"{MARK} {place}"
        with work.unit("Save lead {name}", by=office.ANN, name=lead.caption()):
            lead.save()
        notes.add(Lead, lead.key, f"{MARK} note {place}", office.ANN)
    refusals.add("phone", NUMBER, f"{MARK} asked", "ADMIN")
    typing = Drafts(home() / "drafts", url)
    typing.put("leads", lead, {"notes": MARK})
    return lead


def traces(path: Path) -> int:
    """How often a marked word stands in the office's file, its log and the files of this workstation, byte by byte."""
    found = 0
    for file in [*path.parent.glob(f"{path.name}*"), *(each for each in home().rglob("*") if each.is_file())]:
        if not file.stat().st_size:
            continue
        with file.open("rb") as held, mmap.mmap(held.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for word in (MARK, MARK.lower(), MARK.upper(), "6502537777", "650-253-7777"):
                place = content.find(word.encode())
                while place >= 0:
                    found, place = found + 1, content.find(word.encode(), place + 1)
    return found


def main(leads: int) -> int:
    """Measure and print."""
    with office.copied(leads=leads) as url, tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        opened = database.open_database(url)
        path = opened.path
        assert path is not None
        lead = person(opened.url)
        before = traces(path)
        previewed = measure.timed(lambda: anonymising.preview(Lead, lead.key, "ADMIN"))
        done: list[anonymising.Erased] = []
        rows = measure.timed(lambda: done.append(anonymising.anonymise(Lead, lead.key, "asked", "ADMIN")))
        seats.clean(opened, Station(), done[0], "ADMIN")
        between, begun = traces(path), time.perf_counter()
        cleaning.clean(Program.ITSELF)
        cleared = time.perf_counter() - begun
        left = traces(path)
        opened.close()
    figures = [
        measure.figure("preview", previewed, ROWS, 0.0),
        measure.figure("rows", rows, ROWS, 0.0),
        measure.figure("traces left in the files", float(left), NONE, 0.0),
    ]
    return measure.show("privacy", figures, leads=leads, traces_before=before, traces_after_the_rows=between,
                        seconds_to_clear_the_file=round(cleared, 1))  # fmt: skip


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    sys.exit(main(numbers[0] if numbers else 1_000_000))
