"""A batch of mails to a server that refuses, puts off, stalls and closes, the program killed again and again (BX-14).

`python -m tests.benchmarks.bench_mail [MAILS] [KILLS] [URL]` prints JSON. The server is a real one on loopback. In the
end nobody has got two, and whoever has got none stands in the list of refused or unknown, with the server's last word.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.outgoing.mail import sending
from channergy_crm.outgoing.messages import Busy
from channergy_crm.records import Lead
from channergy_crm.records.messages import MessageRow
from channergy_crm.services import leads
from channergy_crm.services.mail import making, recipients
from channergy_crm.store.database import open_database
from tests.benchmarks.short_lives import life, read_first
from tests.domain.mail_server import HELLO, MailServer, arrange

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.store.database import Office

MAILS, KILLS = 5_000, 50
LONGEST_LIFE = 30.0
STALLED = 0.2
WAYS = ("550 5.1.1 Nobody here", "rcpt 550 5.7.1 Not wanted", "451 4.7.1 Later", "rcpt 450 Full", "deaf", "close",
        "half", "stall", "mail 421 Enough")  # fmt: skip
ONE_IN, MANY = 40, 1_000
"""how many mails there are to one the server has something against, in a batch of many; of few there are more"""


class Moody(MailServer):
    """It has something against some of the mails, always the same ones for the same dice."""

    def __init__(self, one_in: int) -> None:
        self._dice, self._one_in = random.Random(11), one_in
        self.moods: list[str] = []
        super().__init__()

    def way(self, sort: str) -> str:
        """Decided when somebody begins to send."""
        if sort == "mail" and not self.ways and not self._dice.randrange(self._one_in):
            self.ways = [self._dice.choice(WAYS)]
            self.moods += self.ways
        return super().way(sort)


def send(ready: Callable[[], object], url: str) -> None:
    """The program: it sends until nothing waits, or until it is killed. What was put off is sent at once."""
    office = open_database(url)
    ready()
    moment = clock.now()
    while True:
        with clock.fixed(moment), suppress(Busy):
            sending.run(lambda *_told: None, STALLED)
        latest = MessageRow.select(MessageRow.next_try).where(MessageRow.state == "waiting")
        if not latest.exists():
            break
        moment = max(moment, latest.order_by(MessageRow.next_try.desc()).limit(1).scalar() or moment)
    office.close()


def office_of(url: str, count: int, server: MailServer) -> tuple[Office, float]:
    """So many people with an address, and a mail to each of them; how long that took to prepare and put down."""
    office = open_database(url)
    arrange(server)
    for place in range(count):
        address = f"p{place}@people.example"
        leads.create({"description": address, "first_name": "Ann", "email": address}, "ADMIN")
    held = [(Lead, key) for (key,) in Lead.select(Lead.number).tuples()]
    began = time.perf_counter()
    ready = recipients.prepare(held, "News", HELLO, "ADMIN")
    making.make("bench", "News", HELLO, ready, "ADMIN")
    return office, time.perf_counter() - began


def measure(count: int, kills: int, url: str, server: MailServer) -> dict[str, Any]:
    """Send a batch with so many kills in it; what everybody got."""
    dice = random.Random(7)
    office, prepared = office_of(url, count, server)
    killed, began = 0, time.perf_counter()
    while MessageRow.select().where(MessageRow.state.in_(["waiting", "sending"])).exists():
        with life(send, url) as program:
            if killed < kills:
                left = max(count - len(server.sent), 1) / (kills - killed)
                server.wait_for(len(server.sent) + round(left * dice.random()), LONGEST_LIFE)
                killed += program.is_alive()
            else:
                program.join()
    seconds = time.perf_counter() - began
    stood: dict[str, int] = {}
    got = {to for to, _mail in server.sent}
    without, wordless = 0, 0
    for row in MessageRow.select():
        stood[row.state] = stood.get(row.state, 0) + 1
        listed = row.state in ("failed", "unknown")
        without += row.address not in got and not listed
        wordless += listed and not row.error
    office.close()
    return {
        "mails": count, "kills": killed, "twice": len(server.twice()), "got_one": len(got), "states": stood,
        "neither": without, "without_a_word": wordless, "prepared_s": round(prepared, 2), "seconds": round(seconds, 1),
        "passes": not server.twice() and not without and not wordless,
    }  # fmt: skip


def plain_speed(count: int, url: str) -> float:
    """Mails a second from the first to the last, by one program that nobody kills, to a server beside it that takes all
    of them.
    """
    server = MailServer()
    office, _prepared = office_of(url, count, server)
    with life(send, url) as program:
        server.wait_for(1, LONGEST_LIFE)
        began = time.perf_counter()
        server.wait_for(count, count)
        seconds = time.perf_counter() - began
        program.join()
    assert len(server.sent) == count
    office.close()
    server.stop()
    return round(count / seconds, 1)


def main(count: int, kills: int, url: str = "") -> None:
    """The batch with the kills; how many go in a second without them, where there are enough to say."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CHANNERGY_CRM_HOME"] = folder
        server = Moody(ONE_IN if count >= MANY else 6)
        found = measure(count, kills, url or f"sqlite:///{folder}/office.db", server)
        server.stop()
        found["moods"] = len(server.moods)
        if count >= MANY and not url:
            found["a_second"] = plain_speed(count, f"sqlite:///{folder}/quiet.db")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    from tests.benchmarks import bench_mail

    read_first(bench_mail.__name__)
    bench_mail.main(*(int(each) for each in (sys.argv[1:3] if len(sys.argv) > 2 else (MAILS, KILLS))), *sys.argv[3:4])
