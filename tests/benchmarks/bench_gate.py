"""Ten thousand dials over every bridge: of numbers that may not be called none leaves, all others do.

Who may be called is reckoned here once more, from what was put into the office, and compared with what arrived.

Run it: python -m tests.benchmarks.bench_gate [dials] [sqlite|postgresql]
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from channergy_crm import clock
from channergy_crm.dialing.asterisk import Asterisk, AsteriskOverHttp, Line
from channergy_crm.dialing.command_line import CommandLine
from channergy_crm.dialing.copy_only import CopyOnly
from channergy_crm.dialing.http_url import HttpUrl
from channergy_crm.dialing.uri import UriScheme
from channergy_crm.records import CallingHours, Contact, Customer, Lead
from channergy_crm.records.calling_hours import forget
from channergy_crm.services import calls, gate, office, saving
from channergy_crm.services.privacy import refusals
from channergy_crm.settings import MOST_A_DAY
from channergy_crm.store import database
from tests.benchmarks import measure
from tests.benchmarks.bench_bridges import Page
from tests.benchmarks.bench_queue import BY, offices
from tests.domain.far_ends import SECRET, USER, SwitchBoard, Web
from tests.domain.fitting import Notepad
from tests.domain.test_bridges import heard, stub

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 250.0
"""milliseconds a dial may take, whatever the bridge"""
PLACES = (("+1212", 7, "America/New_York"), ("+4930", 8, "Europe/Berlin"), ("+813", 8, "Asia/Tokyo"))
OPEN, SHUT, MOST = dt.time(9), dt.time(19), 3


class Expected:
    """What the office was told, and by that whether a number may be called at a moment."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.dialed: dict[str, list[datetime]] = defaultdict(list)

    def why_not(self, number: str, zone: str, at: datetime) -> str:
        """Why this number must not leave now; "" when it may."""
        if number in self.refused:
            return "refused"
        there = at.astimezone(ZoneInfo(zone)).time()
        if not OPEN <= there < SHUT:
            return "hours"
        return "often" if sum(at - moment < timedelta(hours=24) for moment in self.dialed[number]) >= MOST else ""


def numbers_of(by_chance: random.Random, count: int) -> list[tuple[str, str]]:
    """So many numbers with their zones."""
    found = {}
    while len(found) < count:
        area, long, zone = by_chance.choice(PLACES)
        found[area + str(by_chance.randrange(2 * 10 ** (long - 1), 10**long))] = zone
    return list(found.items())


def fill(by_chance: random.Random, numbers: list[tuple[str, str]], expected: Expected) -> None:
    """A third of them asked not to be called, each in another way; all are called from 9 to 19 and thrice a day."""
    with database.writing():
        CallingHours.delete().execute()
        CallingHours.insert(country="", state="", days="1234567", begins=OPEN, ends=SHUT).execute()
    forget()
    office.choose(MOST_A_DAY, str(MOST), BY)
    company = saving.save(Customer(company="Acme"), BY).number
    asked: list[Callable[[str], Any]] = [
        lambda number: Lead(description="A call", phone=number, owner=BY),
        lambda number: Lead(description="A call", more_phones=f"Mobile: {number}", owner=BY),
        lambda number: Customer(last_name="Lee", phone=number),
        lambda number: Contact(customer=company, last_name="Lee", other_phone=number),
    ]
    for number, _zone in numbers[: len(numbers) // 3]:
        if way := by_chance.choice([*asked, None]):
            holder = way(number)
            holder.do_not_call = True
            saving.save(holder, BY)
        else:
            refusals.add("phone", number, "", BY)
        expected.refused.add(number)


def written(by_chance: random.Random, number: str) -> str:
    """The same number as people type it."""
    spaced = " ".join([number[:4], number[4:8], number[8:]])
    return by_chance.choice([number, spaced, spaced.replace(" ", "-"), f"tel. {number}", f"{number} "])


class Ends:
    """The bridges by their names, and what arrived at the other end of each."""

    def __init__(self, place: Path) -> None:
        board, web, page, links = SwitchBoard(), Web(), Page(), list[str]()
        line = Line("PJSIP/100")
        self.bridges: dict[str, Any] = {
            "copy": CopyOnly(page),
            "link": UriScheme("tel", lambda link: not links.append(link)),
            "command": CommandLine(f"{stub(place)} {{number}}"),
            "ami": Asterisk(board.address, USER, lambda: SECRET, line),
            "ari": AsteriskOverHttp(web.address, USER, lambda: SECRET, line),
            "http": HttpUrl(f"{web.address}/dial?to={{number}}"),
        }
        self.arrived: dict[str, Callable[[], list[str]]] = {
            "copy": lambda: page.all,
            "link": lambda: [link.removeprefix("tel:") for link in links],
            "command": lambda: [each[0] for each in heard(place)],
            "ami": lambda: [asked["Exten"] for asked in board.originated],
            "ari": lambda: [channel["extension"] for channel in web.channels.values()],
            "http": lambda: [unquote(path[9:]) for _method, path in web.asked if path.startswith("/dial?to=")],
        }
        self.stops = board.stop, web.stop


def left(bridge: Any, text: str) -> bool:
    """Whether the number in this text was let through."""
    try:
        return calls.dial(text, BY, bridge=bridge, clipboard=Notepad()).sent
    except gate.NotCalled:
        return False


def main(count: int, engine: str) -> int:
    """Dial, and compare."""
    by_chance, expected = random.Random(12), Expected()
    sent: dict[str, list[str]] = defaultdict(list)
    outcomes, times, at = Counter[str](), [], datetime(2026, 11, 23, tzinfo=dt.UTC)
    with offices(engine) as url, tempfile.TemporaryDirectory() as folder:
        opened, ends = database.open_database(url), Ends(Path(folder))
        numbers = numbers_of(by_chance, max(30, count // 20))
        fill(by_chance, numbers, expected)
        for _ in range(count):
            at += timedelta(seconds=by_chance.randrange(120))
            number, zone = by_chance.choice(numbers)
            name, text = by_chance.choice(list(ends.bridges)), written(by_chance, number)
            why = expected.why_not(number, zone, at)
            with clock.fixed(at.astimezone().replace(tzinfo=None)):
                begun = time.perf_counter()
                as_expected = left(ends.bridges[name], text) == (not why)
                times.append((time.perf_counter() - begun) * 1000)
            if not why:
                sent[name].append(number)
                expected.dialed[number].append(at)
            outcomes.update([why or "dialed", "as expected" if as_expected else f"WRONG: {why or 'held back'}"])
        exact = all(ends.arrived[name]() == sent[name] for name in ends.bridges)
        opened.close()
        for stop in ends.stops:
            stop()
    figure = measure.figure("a dial through the gate", measure.median(times), LIMIT, 0, dials=count, engine=engine)
    passes = exact and outcomes["as expected"] == count
    return measure.show("gate", [{**figure, "passes": passes, "in_order_and_exact": exact, "what": dict(outcomes)}])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2] if len(sys.argv) > 2 else "sqlite"))
