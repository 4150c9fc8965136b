"""What customers ask for after the sale: tickets, what was said about them, and the answers to what is asked again and
again (VT-172…VT-193).
"""

from __future__ import annotations

import textwrap
from enum import StrEnum
from typing import TYPE_CHECKING

import peewee

from channergy_crm.fields import (
    Flag,
    Imported,
    Link,
    LongText,
    Lookup,
    Moment,
    Number,
    OneOf,
    Owner,
    RecordNumber,
    Reference,
    SearchText,
    Text,
)
from channergy_crm.language import N_, _
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Contact
from channergy_crm.records.products import Product
from channergy_crm.records.ticket_limits import CLOSED as CLOSED
from channergy_crm.records.ticket_limits import FOLLOW, follows
from channergy_crm.records.ticket_limits import OPEN as OPEN
from channergy_crm.records.ticket_limits import WAITING as WAITING
from channergy_crm.records.ticket_limits import WORKING as WORKING
from channergy_crm.store import database
from channergy_crm.work.about import About, Called, Lines, loosely
from channergy_crm.work.record import Extra, Record

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DRAFT, REVIEWED, PUBLISHED, OBSOLETE = "Draft", "Reviewed", "Published", "Obsolete"
"""the stages of an answer: only what is published is read in the portal (VT-176)"""
SOLVED = N_("This is solved.")
"""what a button of the portal says for the customer: kept so, and read by everybody in their own language"""
LONGEST_TEXT = 20_000
"""letters of a comment, a solution or an answer"""
CALLED = 80
"""letters by which a comment is called"""
OPENED_IN_FILES = """created on, created at, created, created time, opened on, opened at, date opened, erstellt am,
eröffnet am, créé le, ouvert le, creado el, abierto el"""  # unsaid: the words of other programs
CLOSED_IN_FILES = """closed on, closed at, closed date, date closed, closed time, resolved on, resolved at,
resolution date, abgeschlossen am, geschlossen am, erledigt am, clôturé le, fermé le, cerrado el"""  # unsaid: the same


class CameBy(StrEnum):
    """How somebody turned to us; the value is stored."""

    PHONE = "phone"
    MAIL = "mail"
    PORTAL = "portal"


WAYS: dict[str, str] = {
    CameBy.PHONE: N_("by telephone"),
    CameBy.MAIL: N_("by mail"),
    CameBy.PORTAL: N_("by the portal"),
}


class StageOfTicket(Lookup):
    """How far a ticket is; what follows from it is kept beside it: whether it is over, whether it waits for the
    customer, when it was closed and until when somebody answers and solves (VT-190). Stages of the office's own are
    stages somebody works on.
    """

    def derived(self) -> tuple[str, ...]:
        """What follows from it."""
        return FOLLOW

    def derive(self, values: Mapping[str, object], changed: Collection[str]) -> dict[str, object]:
        """The same whatever way it came to it: by a form, for many at once, by a file, a mail or the portal."""
        return follows(values, changed)


class PriorityOfTicket(Lookup):
    """How urgent a ticket is: its limits go with it, and are taken back with it."""

    def derived(self) -> tuple[str, ...]:
        """The limits; the stage says them."""
        return ("due", "solve_due")


class Ticket(Record):
    """A request, a fault or a complaint of a customer, about something sold or not: from the first word to the solution
    (VT-178).
    """

    number = RecordNumber("Ticket #", column_name="TicketNo")
    title = Text("Ticket Title", column_name="Title", required=True, searched=True, width=40, limit=250,
                 synonyms="title, subject, summary, Betreff, Titel, Objet, Sujet, Asunto, Título")  # fmt: skip
    account = Link(Account, "Account", column_name="CRMAccountNo", index=True, width=24)
    contact = Link(Contact, "Contact", column_name="ContactNo", index=True, width=20)
    product = Link(Product, "Product", column_name="ProductNo", index=True, width=24)
    status = StageOfTicket(
        "Status", column_name="Status", width=16, default=OPEN, synonyms="state, stage, Statut, Estado, Stand"
    )
    priority = PriorityOfTicket("Priority", column_name="Priority", width=10)
    severity = Lookup("Severity", column_name="Severity", width=10)
    category = Lookup("Category", column_name="Category", width=12)
    description = LongText("Description", column_name="Description", searched=True, personal=True, limit=LONGEST_TEXT)
    solution = LongText("Solution", column_name="Solution", searched=True, personal=True, limit=LONGEST_TEXT)
    due = Moment("Answer Due", column_name="AnswerDueDt", system=True)
    solve_due = Moment("Solution Due", column_name="SolutionDueDt", system=True)
    quiet = Flag("No Mails About It", column_name="IsQuiet", width=14)
    came_by = OneOf("Came", column_name="CameBy", words=WAYS, default=CameBy.PHONE.value, width=12)
    owner = Owner(Operator, "Assigned To", column_name="OwnerOperatorID", required=True)
    closed = Flag("Closed", column_name="IsClosed", system=True)
    waiting = Flag("Waiting", column_name="IsWaiting", system=True, hidden=True)
    closed_on = Moment("Closed Dt", column_name="ClosedDt", system=True, told=True, synonyms=CLOSED_IN_FILES)
    answered_on = Moment("First Answer Dt", column_name="FirstAnswerDt", system=True)
    last_said = Moment("Last Comment Dt", column_name="LastCommentDt", system=True)
    split_from = Reference("Ticket", "Split From", column_name="SplitFromNo")
    created_on = Moment("Create Dt", column_name="CreateDt", system=True, told=True, synonyms=OPENED_IN_FILES)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    imported = Imported("Imported #", synonyms="ticket id, ticket no, ticket number, case id, case number")
    search_text = SearchText()

    singular = "Ticket"
    plural = "Tickets"
    about = About(
        icon="ticket", title=("title",), detail=("status", "priority"), standing=("closed",), target="ticket",
        screen="tickets", page=True, known_by=("title", "account", "contact", "created_on"),
        usually="Title, whose it is, and when it came", extendable=True, documents=True,
        called=Called(("title",), new="title"), fed_by=("CRMTicketComments",),
        lines=Lines("priority", ("account_name",), "due", "due {day}"), rank=60,
    )  # fmt: skip

    class Meta:
        table_name = "CRMTickets"

    def caption(self) -> str:
        return self.title or _("Ticket {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        account = Account.select(Account.name).where(Account.number == cls.account)
        product = Product.select(Product.name).where(Product.number == cls.product)
        return {"account_name": Extra("Account", account, width=26), "product_name": Extra("Product", product)}


Ticket.add_index(Ticket.owner, Ticket.closed, Ticket.due, name="CRMTickets_of_owner")
Ticket.add_index(Ticket.closed, Ticket.due, name="CRMTickets_due")


class TicketNewsRow(peewee.Model):
    """What was told of a ticket: at which stage the customer knows it, and of which time limit somebody was warned.

    The program's own bookkeeping, in no journal.
    """

    ticket = peewee.IntegerField(column_name="TicketNo", primary_key=True)
    status = peewee.TextField(column_name="ToldStatus", default="")
    warned = peewee.DateTimeField(column_name="WarnedOfDt", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMTicketNews"
        legacy_table_names = False


class TicketComment(Record):
    """Something said about a ticket, in the order in which it was said: by somebody of the office, or by the customer.
    What is only for us is never shown to the customer (VT-191).
    """

    number = RecordNumber("Comment #", column_name="CommentNo")
    ticket = Link(Ticket, "Ticket", column_name="TicketNo", required=True, index=True, along=True)
    text = LongText("Comment", column_name="CommentText", required=True, personal=True, limit=LONGEST_TEXT)
    author = Link(Operator, "Operator ID", column_name="OperatorID", system=True, width=10)
    contact = Link(Contact, "Contact", column_name="ContactNo", index=True, system=True, width=20)
    came_by = OneOf("Came", column_name="CameBy", words=WAYS, system=True, width=12)
    internal = Flag("Only For Us", column_name="IsInternal")
    solves = Flag("Solution", column_name="IsSolution", system=True)
    said_on = Moment("Create Dt", column_name="CreateDt", required=True, system=True)

    singular = "Comment on a ticket"
    plural = "Comments on tickets"
    about = About(icon="note", rights="CRMTickets", keeps_links=True, rank=62)

    class Meta:
        table_name = "CRMTicketComments"

    @property
    def by_button(self) -> bool:
        """Whether the program has put it into words for the customer."""
        return self.text == SOLVED and self.__data__["author"] is None

    def words(self) -> str:
        """What was said, for whoever reads it here."""
        return _(SOLVED) if self.by_button else self.text or ""

    def caption(self) -> str:
        said = " ".join(self.words().split())
        return textwrap.shorten(said, CALLED, placeholder="…") or _("Comment {number}").format(number=self.number)


class CommentFile(peewee.Model):
    """A document of a ticket that came with one of its comments (VT-193).

    The program's own bookkeeping, in no journal: the document stands in it, and whoever takes it back has it back.
    """

    document = peewee.IntegerField(column_name="DocumentNo", primary_key=True)
    comment = peewee.IntegerField(column_name="CommentNo", index=True)

    class Meta:
        database = database.proxy
        table_name = "CRMTicketCommentFiles"
        legacy_table_names = False


class FAQ(Record):
    """A question that is asked again and again, and what the office answers (VT-176, VT-186)."""

    number = RecordNumber("FAQ #", column_name="FAQNo")
    question = Text("Question", column_name="Question", required=True, searched=True, width=44, limit=500)
    answer = LongText("Answer", column_name="Answer", required=True, searched=True, limit=LONGEST_TEXT)
    status = Lookup("Status", column_name="Status", width=12, default=DRAFT)
    category = Lookup("Category", column_name="Category", table="CRMTickets", width=12)
    product = Link(Product, "Product", column_name="ProductNo", index=True, width=24)
    ticket = Reference("Ticket", "From Ticket", column_name="TicketNo")
    used = Number("Used", column_name="TimesUsed", system=True, default=0, width=8)
    used_on = Moment("Last Used Dt", column_name="LastUsedDt", system=True)
    owner = Owner(Operator, "Assigned To", column_name="OwnerOperatorID", required=True)
    created_on = Moment("Create Dt", column_name="CreateDt", system=True)
    last_activity = Moment("Last Activity Dt", column_name="LastActivityDt", touched=True)
    imported = Imported("Imported #", synonyms="faq id, faq no, article id")
    search_text = SearchText()

    singular = "FAQ"
    plural = "FAQ"
    about = About(
        icon="faq", title=("question",), detail=("status",), target="faq_answer", screen="faq", page=True,
        known_by=("question",), signs=loosely("question"), usually="Question", extendable=True,
        documents=True, file="faq", called=Called(("question",), new="question"), rank=61,
    )  # fmt: skip

    class Meta:
        table_name = "CRMFAQ"

    def caption(self) -> str:
        return self.question or _("FAQ {number}").format(number=self.number)

    @classmethod
    def declared_extras(cls) -> dict[str, Extra]:
        product = Product.select(Product.name).where(Product.number == cls.product)
        return {"product_name": Extra("Product", product)}
