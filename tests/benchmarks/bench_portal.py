"""Pages of the Customer Portal over the network: the list of tickets, one ticket, the FAQ; beside each a bare page of
the same web server that says hello.

Run it: python -m tests.benchmarks.bench_portal [pages] [postgresql]
"""

from __future__ import annotations

import http.client
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from channergy_crm import demo
from channergy_crm.portal.routes import portal
from channergy_crm.portal.serving import Server
from channergy_crm.records import Contact, Ticket
from channergy_crm.services.portal import entering
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import keeping
from channergy_crm.store import database
from tests import postgres
from tests.benchmarks import measure
from tests.domain.visiting import ANY_NUMBER, BASE, Rates

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 10.0
TICKETS = 50
"""on one page, the most there are"""


def run(url: str, pages: int) -> int:
    """Every page so many times by one browser, one after the other."""
    office = database.open_database(url)
    demo.fill(office)
    who = Contact.select().where(Contact.portal).order_by(Contact.number).get()
    for number in range(TICKETS):
        held = keeping.start("ADMIN", contact=who.number)
        held.title = f"Ticket no. {number}"
        keeping.save(held, "ADMIN")
    visit = entering.enter(entering.offer(who.number, Program.COMMAND_LINE), Program.COMMAND_LINE)
    last = Ticket.select(Ticket.number).where(Ticket.contact == who.number).order_by(Ticket.number).scalar()
    bare = _times(_hello, office, "/", "", pages)
    served = portal(BASE, Rates(ANY_NUMBER, kept=()))
    figures = []
    for name, path in (("tickets", "/tickets"), ("a ticket", f"/tickets/{last}"), ("FAQ", "/faq?q=broken")):
        times = _times(served, office, path, f"visit={visit}", pages)
        middle = measure.median(times)
        figures.append(measure.figure(name, middle, LIMIT, measure.median(bare), a_second=round(1000 / middle)))
    office.close()
    return measure.show("portal", figures, engine=office.engine, pages=pages)


def _hello(_environ: Any, start: Callable[..., object]) -> list[bytes]:
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def _times(application: Any, office: database.Office, path: str, cookie: str, pages: int) -> list[float]:
    server = Server(application, office, "127.0.0.1", 0)
    running = threading.Thread(target=server.run)
    running.start()
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)

    def ask() -> None:
        line.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200

    ask()
    times = [measure.timed(ask) for _page in range(pages)]
    line.close()
    server.stop()
    running.join()
    return times


def main() -> int:
    """On a new sample office of either engine."""
    pages = next((int(word) for word in sys.argv[1:] if word.isdigit()), 300)
    if "postgresql" in sys.argv[1:]:
        with postgres.running() as cluster, cluster.database("template0") as url:
            return run(url, pages)
    with tempfile.TemporaryDirectory() as folder:
        return run(f"sqlite:///{Path(folder) / 'office.db'}", pages)


if __name__ == "__main__":
    sys.exit(main())
