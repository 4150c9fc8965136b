"""Who is inside the Customer Portal, and the one door to what they see and do: every question is about what is theirs.

What the office keeps for itself, such as notes, documents it has put on a ticket and answers that are not published,
never comes through here (VT-104, VT-177).
"""

from __future__ import annotations

from typing import Any

import peewee

from channergy_crm import clock, work
from channergy_crm.language import N_
from channergy_crm.records import FAQ, Account, Contact, Document, Operator, Product, Ticket, TicketComment
from channergy_crm.records.lookups import choices
from channergy_crm.records.portal import PortalFile
from channergy_crm.records.tickets import CLOSED, OPEN, PUBLISHED, SOLVED, CameBy
from channergy_crm.services import documents, office
from channergy_crm.services.portal import asking, sending
from channergy_crm.services.portal.seen import File, Found, Line, Listed, Offered, Said, Seen, Unfit
from channergy_crm.services.rights import Program
from channergy_crm.services.tickets import comments, keeping, limits
from channergy_crm.settings import PORTAL_WHOLE_ACCOUNT

BY = Program.PORTAL
AT_ONCE = 50
"""tickets and answers on one page"""
PRODUCTS = 200
"""more than these are looked for by words of their names"""
LONGEST_TITLE = 250
LARGEST_NUMBER = 2**31 - 1


class Visitor:
    """A contact who is inside. Nothing of anybody else is reached through any of this."""

    def __init__(self, contact: Contact) -> None:
        self._contact = contact
        self.number = int(contact.number)
        self.name = contact.caption()

    # ---------------------------------------------------------------- tickets

    def tickets(self, page: int = 0) -> Listed:
        """Their tickets, open ones first, what was said last before; so many on a page."""
        last = peewee.fn.COALESCE(Ticket.last_said, Ticket.created_on)
        shown = (Ticket.number, Ticket.title, Ticket.status, Ticket.closed, last, Ticket.category)
        asked: Any = Ticket.select(*shown).where(self._theirs())
        ordered = asked.order_by(Ticket.closed, last.desc(), Ticket.number.desc())
        rows = [Line(*row) for row in ordered.offset(page * AT_ONCE).limit(AT_ONCE + 1).tuples()]
        return Listed(rows[:AT_ONCE], more=len(rows) > AT_ONCE)

    def ticket(self, number: int) -> Seen | None:
        """One of theirs, with what was said to them and by them; None where it is not theirs or not there."""
        held = self._ticket(number)
        if held is None:
            return None
        product = held.__data__["product"]
        name = Product.select(Product.name).where(Product.number == product).scalar() if product else ""
        return Seen(_line(held), held.description or "", held.solution or "" if held.closed else "", name or "",
                    held.created_on, self._said(held), self._files(held))  # fmt: skip

    def file(self, ticket: int, number: int) -> tuple[File, bytes] | None:
        """A file they sent with one of their tickets, and what is in it."""
        held = self._ticket(ticket)
        found = next((each for each in self._files(held) if each.number == number), None) if held else None
        return (found, documents.read(number, BY)) if found is not None else None

    # ---------------------------------------------------------------- writing

    def say(self, number: int, text: str, files: list[tuple[str, bytes]] | None = None) -> bool:
        """Write to us about a ticket; False where it is not theirs. `Unfit` says what is wrong with it."""
        held = self._ticket(number)
        if held is None:
            return False
        said = asking.text(text)
        kept = sending.fitting(files or [])
        with work.unit("Comment on {name}", by=BY, name=held.caption()):
            comment = comments.from_customer(held.number, said, self.number, BY)
            asking.tell(held, N_("{name} has written: {ticket}"), self.name)
        comments.attach(comment.number, sending.keep(held, kept, self.number), held.number)
        return True

    def solve(self, number: int) -> bool:
        """Say that a ticket is solved, which closes it; False where it is not theirs."""
        held = self._ticket(number)
        if held is None:
            return False
        if held.closed:
            return True
        now = clock.now()
        with work.unit("Comment on {name}", by=BY, name=held.caption()):
            TicketComment(ticket=held.number, text=SOLVED, contact=self.number, said_on=now,
                          came_by=CameBy.PORTAL.value).save()  # fmt: skip
            held.status, held.last_said = CLOSED, now
            keeping.save(held, BY)
        return True

    def ask(
        self, title: str, text: str, category: str = "", product: str = "", files: list[tuple[str, bytes]] | None = None
    ) -> int:
        """A new ticket of theirs; its number. Whoever has their account gets it. `Unfit` says what is wrong."""
        title = " ".join(title.split())
        if not title:
            raise Unfit(N_("Say in a few words what it is about."), "title")
        if len(title) > LONGEST_TITLE:
            raise Unfit(N_("There are at most {count} letters."), "title", count=LONGEST_TITLE)
        said = asking.text(text)
        if category and category not in dict(self.categories()):
            raise Unfit(N_("Choose one of the list."), "category")
        if product and self.product(product) is None:
            raise Unfit(N_("Choose one of the list."), "product")
        kept = sending.fitting(files or [])
        made = Ticket(
            title=title, description=said, category=category, contact=self.number, created_on=clock.now(),
            account=keeping.account_of(self.number), product=int(product) if product else None, status=OPEN,
            priority=limits.usual_priority(), came_by=CameBy.PORTAL.value, owner=asking.owner(self._contact),
            last_said=clock.now(),
        )  # fmt: skip
        with work.unit(N_("Create {name}"), by=BY, name=title):
            keeping.save(made, BY)
            asking.tell(made, N_("{name} has asked something new: {ticket}"), self.name)
        sending.keep(made, kept, self.number)
        return int(made.number)

    # ---------------------------------------------------------------- what they choose from

    def categories(self) -> list[tuple[str, str]]:
        """What a ticket or an answer may be about: what is stored, and what people read."""
        held = choices("CRMTickets", "Category")
        return [(each.value, each.description) for each in held if not each.retired]

    def products(self, typed: str = "") -> Offered:
        """The products that are still sold and have all of these words in their names: the first of them, and whether
        there are more.
        """
        asked = Product.select(Product.number, Product.name).where(~Product.inactive & asking.named(typed))
        rows = list(asked.order_by(Product.name, Product.number).limit(PRODUCTS + 1))
        return Offered([(str(row.number), row.name) for row in rows[:PRODUCTS]], len(rows) > PRODUCTS)

    def product(self, number: str) -> tuple[str, str] | None:
        """One of them by its number as a form says it; None where it is none that is sold."""
        if not (number.isascii() and number.isdigit() and len(number) < 11 and 0 < int(number) <= LARGEST_NUMBER):
            return None
        row = Product.get_or_none((Product.number == int(number)) & ~Product.inactive)
        return (str(row.number), row.name) if row is not None else None

    # ---------------------------------------------------------------- answers

    def answers(self, typed: str = "", category: str = "") -> list[Found]:
        """The published answers with all of these words, of a category where one is named; the most used first."""
        wanted = asking.with_words(typed) & (FAQ.status == PUBLISHED)
        wanted = wanted & (FAQ.category == category) if category else wanted
        used = peewee.fn.COALESCE(FAQ.used, 0).desc()
        rows = FAQ.select().where(wanted).order_by(used, FAQ.number).limit(AT_ONCE)
        return [Found(row.number, row.question or "", row.answer or "", row.category or "") for row in rows]

    def answer(self, number: int) -> Found | None:
        """One published answer; None for any other."""
        if not 0 < number <= LARGEST_NUMBER:
            return None
        row = FAQ.get_or_none((FAQ.number == number) & (FAQ.status == PUBLISHED))
        return Found(row.number, row.question or "", row.answer or "", row.category or "") if row is not None else None

    # ---------------------------------------------------------------- whose

    def _theirs(self) -> peewee.ColumnBase:
        """The condition for what is theirs, which every question about tickets has: their own, or their account's."""
        own: peewee.ColumnBase = Ticket.contact == self.number
        if office.get(PORTAL_WHOLE_ACCOUNT, Program.ITSELF) != "on":
            return own
        customer = self._contact.__data__["customer"]
        return own | Ticket.account.in_(Account.select(Account.number).where(Account.customer == customer))

    def _ticket(self, number: int) -> Ticket | None:
        if not 0 < number <= LARGEST_NUMBER:
            return None
        found: Ticket | None = Ticket.get_or_none((Ticket.number == number) & self._theirs())
        return found

    def _said(self, held: Ticket) -> list[Said]:
        """Ours that are not for us alone, and theirs: what somebody of another customer wrote stays away, whatever
        ticket it came to stand in.
        """
        mine = Contact.select(Contact.number).where(Contact.customer == self._contact.__data__["customer"])
        shown = TicketComment.contact.is_null() | TicketComment.contact.in_(mine)
        here = (TicketComment.ticket == held.number) & ~TicketComment.internal & shown
        rows = list(TicketComment.select().where(here).order_by(TicketComment.said_on, TicketComment.number))
        authors = {row.__data__["author"] for row in rows} - {None}
        contacts = {row.__data__["contact"] for row in rows} - {None}
        names = {each.id: each.name for each in Operator.select().where(Operator.id.in_(authors))}
        people = {each.number: each.caption() for each in Contact.select().where(Contact.number.in_(contacts))}
        return [
            Said(names.get(row.__data__["author"]) or people.get(row.__data__["contact"], ""),
                 row.__data__["author"] is None, row.text or "", row.said_on, bool(row.solves), row.by_button)
            for row in rows
        ]  # fmt: skip

    def _files(self, held: Ticket) -> list[File]:
        """What they sent themselves, and is still on the ticket."""
        sent = PortalFile.select(PortalFile.document).where(
            (PortalFile.ticket == held.number) & (PortalFile.contact == self.number)
        )
        here = (Document.table == Ticket._meta.table_name) & (Document.of == str(held.number))
        rows = Document.select().where(Document.number.in_(sent) & here & Document.current.is_null())
        return [File(row.number, row.name or "", row.size or 0) for row in rows.order_by(Document.number)]


def _line(row: Ticket) -> Line:
    return Line(row.number, row.title or "", row.status or "", bool(row.closed), row.last_said or row.created_on,
                row.category or "")  # fmt: skip
