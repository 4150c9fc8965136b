"""Attempts to reach what belongs to another customer: generated, by number, so that each can be tried again (VT-177).

python -m tests.domain.intruding 1000 [SEED]     so many by hand, over a file of its own
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from channergy_crm import clock, work
from channergy_crm.portal.routes import ROUTES
from channergy_crm.records import FAQ, Contact, Product, Ticket, TicketComment
from channergy_crm.records.portal import PortalLink, PortalSession
from channergy_crm.records.tickets import PUBLISHED
from channergy_crm.services import documents, notes
from channergy_crm.services.portal import entering
from channergy_crm.services.portal.visitor import Visitor
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import comments
from tests.domain.visiting import BASE, BY, Browser, contact, ticket

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.domain.visiting import Came

MARK = "Zqx"
"""stands in everything that is not theirs, followed by what it is"""
OTHERS = 3
METHODS = (*["GET"] * 12, *["POST"] * 6, "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get")
SHAPES = [shape for each in ROUTES for shape in [each.pattern.pattern] * (4 if "[1-9]" in each.pattern.pattern else 1)]
"""pages with numbers are tried more often than others"""
MEDDLING = ("X_ORIGINAL_URL", "X_REWRITE_URL", "X_HTTP_METHOD_OVERRIDE", "X_FORWARDED_FOR", "X_USER", "RANGE", "ACCEPT")
PDF = b"%PDF-1.7\n" + b"x" * 40


class House:
    """An office in which a visitor has a little, others have everything, and what is theirs bears a mark."""

    def __init__(self) -> None:
        self.me = contact("Chiara", "Millstone Candle Works")
        self.mine = ticket(self.me, "Box arrived broken", description="Mine alone.")
        self.browser, self.numbers, self.tokens = Browser(), [0], list[str]()
        self.documents: list[int] = []
        self.browser.enter(self.me)
        comments.say(self.mine.number, f"{MARK}note for us", BY, internal=True, mailed=False)
        self.documents.append(documents.add(Ticket, self.mine.number, PDF, BY, name=f"{MARK}ours.pdf").number)
        notes.add(Ticket, self.mine.number, f"{MARK}note on the record", BY)
        for place in range(OTHERS):
            self._other(place)
        with work.unit("x", by=BY):
            for place, status in enumerate(("Draft", "Reviewed", "Obsolete", None)):
                held = FAQ(question=f"{MARK}question {place}?", answer=f"{MARK}answer", status=status, owner=BY)
                held.save()
                self.numbers.append(held.number)
            FAQ(question="Which wax?", answer="Bees.", status=PUBLISHED, owner=BY).save()
        self.others = [each for each in (*self.numbers, *self.documents) if each not in (0, self.mine.number)]
        self.before = self.state()

    def _other(self, place: int) -> None:
        who = contact(f"{MARK}person{place}", f"{MARK}firm{place}", email=f"{MARK}{place}@secret.example".lower())
        with work.unit("x", by=BY):
            product = Product(name=f"{MARK}product{place}", code=f"{MARK}{place}", inactive=True)
            product.save()
        held = ticket(who, f"{MARK}title{place}", description=f"{MARK}description", solution=f"{MARK}solution",
                      product=product.number)  # fmt: skip
        inside = Visitor(who)
        inside.say(held.number, f"{MARK}words", [(f"{MARK}file.pdf", PDF)])
        comments.say(held.number, f"{MARK}answer", BY, mailed=False)
        self.documents += [each.number for each in documents.of([(Ticket, held.number)], BY)]
        stray = TicketComment(ticket=self.mine.number, contact=who.number, text=f"{MARK}stray", said_on=clock.now())
        with work.unit("x", by=BY):
            stray.save()
        self.numbers += [held.number, who.number, stray.number, who.__data__["customer"]]
        other = Browser()
        other.enter(who)
        self.tokens += [other.cookies["visit"], other.seal, entering.offer(who.number, Program.COMMAND_LINE)]

    def is_inside(self) -> bool:
        """Whether the visit goes on; some attempts end it, as they may."""
        held = self.browser.cookies.get("visit", "")
        return bool(held) and entering.visitor(held, Program.PORTAL) is not None

    def state(self) -> Any:
        """What others have, as far as somebody outside might change it."""
        theirs = Ticket.select().where(Ticket.contact != self.me.number).order_by(Ticket.number)
        mine = Ticket.select(Ticket.number).where(Ticket.contact == self.me.number)
        said = TicketComment.select().where(TicketComment.ticket.not_in(mine)).count()
        links = PortalLink.select().where(PortalLink.used.is_null(), PortalLink.contact != self.me.number).count()
        visits = PortalSession.select().where(PortalSession.contact != self.me.number).count()
        answers = [(each.number, each.status) for each in FAQ.select().order_by(FAQ.number)]
        rows = [(each.number, each.title, each.status, each.closed, each.__data__["contact"]) for each in theirs]
        return rows, said, links, visits, answers, Contact.select().count()


class Attempt:
    """One request that somebody made up who is inside, or outside, and wants what is not theirs."""

    def __init__(self, house: House, chance: random.Random) -> None:
        self._house, self._chance = house, chance
        self.method = chance.choice(METHODS)
        self.path, self.body, self.heads = self._path(), b"", self._heads()
        if self.method == "POST":
            self.body, self.heads["CONTENT_TYPE"] = self._body()

    def __repr__(self) -> str:
        return f"{self.method} {self.path} {self.heads} {self.body[:80]!r}"

    def make(self) -> Came:
        """Ask it."""
        return self._house.browser.ask(self.path, self.method, self.body, **self.heads)

    def _number(self) -> str:
        chance, number = self._chance, self._chance.choice(self._house.others)
        return chance.choice([
            *[str(number)] * 12, f"0{number}", f"-{number}", f"+{number}", f" {number}", f"{number} ",
            f"{number}.0", str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")), f"{number}%00",
            f"{number}\0", f"{number}'--", f"{number} OR 1=1", str(number + 2**32), str(number + 2**64), f"{number}e0",
            f"0x{number:x}", str(self._house.mine.number) + f",{number}", f"{number};{self._house.mine.number}",
        ])  # fmt: skip

    def _path(self) -> str:
        chance = self._chance
        shape = chance.choice(SHAPES)
        path = shape.replace("\\", "").replace("([A-Za-z0-9_-]{43})", self._token())
        while "([1-9][0-9]{0,9})" in path:
            own = str(self._house.mine.number)
            path = path.replace("([1-9][0-9]{0,9})", own if chance.random() < 0.3 else self._number(), 1)
        twist = chance.choice([
            *[lambda text: text] * 24, lambda text: f"//{text}", lambda text: f"{text}/", lambda text: f"{text}/.",
            lambda text: f"/tickets/..{text}", lambda text: f"/tickets/%2e%2e{text}", lambda text: f"{text};x=1",
            lambda text: text.replace("/", "//", 1), lambda text: text.replace("/", "\\"), str.upper,
            lambda text: f"{text}%2f", lambda text: f"{text}\n", lambda text: f"{text}.json", lambda text: f"/.{text}",
            lambda text: text.replace("t", "ｔ", 1), lambda text: f"/portal.css/..{text}",
        ])  # fmt: skip
        query = chance.choice(["", "", "", f"?page={self._number()}", f"?q={MARK}", f"?contact={self._number()}",
                               "?page=-1", "?category=Fault&q=%25", f"?q={MARK}&category=%27", "?number=1&by=ADMIN",
                               f"?seal={self._token()}", "?q=_", f"?q=%23{self._number()}"])  # fmt: skip
        return str(twist(path)) + query

    def _token(self) -> str:
        """A token that is nearly one, or a hash of one; those that let somebody in are tried as cookies."""
        chance = self._chance
        held = chance.choice(self._house.tokens)
        made = chance.choice([held[::-1], held[:-1], entering.hashed(held), held.swapcase(), "A" * 43, held[1:] + "A"])
        return made[:43].ljust(43, "-")

    def _heads(self) -> dict[str, Any]:
        chance, heads = self._chance, dict[str, Any]()
        name, held = "visit", self._house.browser.cookies["visit"]
        heads["HTTP_COOKIE"] = chance.choice([
            *[f"{name}={held}"] * 24, None, f"{name}={self._token()}", f"{name}={self._token()}; {name}={held}",
            f"__Host-{name}={self._token()}", f'{name}="{self._token()}"', f"{name}={held[:-1]}", f"{name}=",
            f"{name}={held}; contact={self._number()}; operator=ADMIN", f"Visit={held}", f"{name}={held}%00",
        ])  # fmt: skip
        heads["HTTP_ORIGIN"] = chance.choice([*[BASE] * 6, "https://evil.example", "null", None, f"{BASE}.evil"])
        if chance.random() < 0.2:
            heads[f"HTTP_{chance.choice(MEDDLING)}"] = f"/tickets/{chance.choice(self._house.others)}"
        return heads

    def _body(self) -> tuple[bytes, str]:
        chance, house = self._chance, self._house
        seal = chance.choice([*[house.browser.seal] * 5, self._token(), "", *house.tokens])
        words = {
            "seal": seal, "text": f"Tried {chance.random()}", "title": "Tried", "contact": self._number(),
            "number": self._number(), "ticket": self._number(), "owner": "ADMIN", "account": self._number(),
            "category": chance.choice(["", "Fault", MARK, "'"]), "product": chance.choice(["", self._number()]),
            "address": chance.choice([f"{MARK}0@secret.example", "*@*", f"{MARK}0@secret.example, a@b.example"]),
        }  # fmt: skip
        for name in chance.sample(sorted(words), chance.randrange(4)):
            del words[name]
        return urlencode(words).encode(), "application/x-www-form-urlencoded"


def betrays(came: Came) -> bool:
    """Whether an answer holds anything that is not theirs; what was asked for is not said again."""
    return MARK.lower() in came.text.lower() or any(MARK.lower() in value.lower() for value in came.heads.values())


def attempts(house: House, count: int, seed: int) -> list[str]:
    """Try so many; those that came to something."""
    found = []
    for number in range(count):
        one = Attempt(house, random.Random(seed * 1_000_003 + number))
        came = one.make()
        if not house.is_inside():
            house.browser.enter(house.me)
        asked_for_it = MARK in one.path or MARK.encode() in one.body
        if came.status >= 500 or (betrays(came) and not (asked_for_it and only_echoed(came, one))):
            found.append(f"{number}: {one!r} -> {came.status}")
    if house.state() != house.before:
        found.append("something of the others was changed")
    return found


def only_echoed(came: Came, one: Attempt) -> bool:
    """Whether the mark stands on the page because it was typed there, alone."""
    return came.text.count(MARK) <= 1 and all(f"{MARK}{word}" not in came.text for word in WORDS)


WORDS: Sequence[str] = (
    "note", "ours", "person", "firm", "product", "title", "description", "solution", "words", "file", "answer", "stray",
    "question",
)  # fmt: skip


def main(count: int, seed: int) -> int:
    """Try so many by hand."""
    from channergy_crm.store.database import open_database
    from tests.conftest import migrate

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'office.db'}"
        migrate(url)
        office = open_database(url)
        found = attempts(House(), count, seed)
        office.close()
    print(f"{count} attempts, {len(found)} came to something.", *found[:20], sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(int((sys.argv[1:] or ["1000"])[0]), int((sys.argv[2:] or ["1"])[0])))
