"""A batch of messages, the program killed again and again while it sends: nobody gets two (SI-24).

`python -m tests.benchmarks.bench_sms [MESSAGES] [KILLS]` prints JSON. The gateway is a real HTTP server on
loopback. Once it knows our references: then everybody has got one in the end. Once it does not: then whoever was in
flight at a kill is listed as unknown, one at the most for each kill, and everybody else has got one.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from dataclasses import replace
from datetime import time as time_of
from typing import TYPE_CHECKING, Any

from channergy_crm.outgoing import gateways
from channergy_crm.outgoing import messages as outgoing
from channergy_crm.records import CallingHours, Lead
from channergy_crm.records.calling_hours import forget
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.services import leads, messages, recipients
from channergy_crm.store import database
from channergy_crm.store.database import open_database
from tests.benchmarks.short_lives import life, read_first
from tests.domain.sms_gateway import SmsServer, arrange

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

MESSAGES, KILLS = 5_000, 50
LONGEST_LIFE = 15.0


def send(ready: Callable[[], object], url: str) -> None:
    """The program: it sends until nothing waits, or until it is killed."""
    office = open_database(url)
    ready()
    gateway = gateways.chosen()
    assert gateway is not None
    sender = outgoing.Sender(replace(gateway, find_wait=0), gateways.account(), lambda *_told: None)
    sender.take_up()
    while gateway.find_url and MessageRow.select().where(MessageRow.state == State.UNKNOWN.value).exists():
        sender.find()
    sender.send()
    office.close()


def office_of(url: str, count: int) -> Office:
    """So many people with a mobile number, and a batch to all of them."""
    office = open_database(url)
    with database.writing():
        CallingHours.update(days="1234567", begins=time_of(0), ends=time_of(23, 59)).execute()
    forget()
    numbers = [f"+49151{10_000_000 + place}" for place in range(count)]
    for number in numbers:
        leads.create({"description": number, "first_name": "Ann", "phone": number}, "ADMIN")
    held = [(Lead, key) for (key,) in Lead.select(Lead.number).tuples()]
    began = time.perf_counter()
    ready = recipients.prepare(held, "Hello {{ lead.first_name }}", "ADMIN")
    prepared = time.perf_counter() - began
    messages.make("bench", "Hello {{ lead.first_name }}", ready, "ADMIN")
    print(json.dumps({"prepared_s": round(prepared, 2), "people": len(ready.recipients)}), file=sys.stderr)
    return office


def measure(count: int, kills: int, url: str, *, knows_references: bool) -> dict[str, Any]:
    """Send a batch with so many kills in it; what everybody got."""
    server, dice = SmsServer(), random.Random(7)
    office = office_of(url, count)
    arrange(server, knows_references=knows_references)
    killed, began = 0, time.perf_counter()
    while MessageRow.select().where(MessageRow.state.in_(["waiting", "sending"])).exists():
        with life(send, url) as program:
            if killed < kills:
                left = max(count - len(server.sent), 1) / (kills - killed)
                server.wait_for(len(server.sent) + round(left * dice.random()), LONGEST_LIFE)
                killed += program.is_alive()
            else:
                program.join()
    stood: dict[str, int] = {}
    for (state,) in MessageRow.select(MessageRow.state).tuples():
        stood[state] = stood.get(state, 0) + 1
    got = {number for _reference, number, _text in server.sent}
    office.close()
    server.stop()
    unknown = stood.get("unknown", 0)
    everybody = len(got) == count if knows_references else count - len(got) <= unknown <= killed
    return {
        "knows_references": knows_references, "messages": count, "kills": killed, "twice": len(server.twice()),
        "got_one": len(got), "states": stood, "seconds": round(time.perf_counter() - began, 1),
        "passes": not server.twice() and everybody and not (knows_references and unknown),
    }  # fmt: skip


def main(count: int, kills: int) -> None:
    """Both sorts of gateway."""
    found = []
    for knows_references in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["CHANNERGY_CRM_HOME"] = folder
            url = f"sqlite:///{folder}/office.db"
            found.append(measure(count, kills, url, knows_references=knows_references))
    print(json.dumps({"passes": all(each["passes"] for each in found), "gateways": found}, indent=1))


if __name__ == "__main__":
    from tests.benchmarks import bench_sms

    read_first(bench_sms.__name__)
    bench_sms.main(*(int(each) for each in (sys.argv[1:3] if len(sys.argv) > 2 else (MESSAGES, KILLS))))
