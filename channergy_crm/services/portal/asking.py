"""What becomes of what customers write in the portal: whose it is, who is told, and what is looked for (VT-177)."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.query import words
from channergy_crm.records import FAQ, Account, Contact, Operator, Product, Ticket
from channergy_crm.records.team_notices import TeamNotice, Told
from channergy_crm.records.tickets import LONGEST_TEXT
from channergy_crm.services.portal.seen import Unfit
from channergy_crm.services.rights import Program
from channergy_crm.services.team_notices import LONGEST
from channergy_crm.store import letters

if TYPE_CHECKING:
    import peewee

MOST_WORDS, LONGEST_WORD = 8, 60
"""words that are looked for at once, and letters of one"""


def text(typed: str) -> str:
    """What somebody wrote, as it is kept: without signs nobody sees. `Unfit` where it is nothing, or too much."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    said = "".join(sign for sign in lines if sign in "\n\t" or sign.isprintable()).strip()
    if not said:
        raise Unfit(N_("Write something first."), "text")
    if len(said) > LONGEST_TEXT:
        raise Unfit(N_("There are at most {count} letters."), "text", count=LONGEST_TEXT)
    return said


def owner(contact: Contact) -> str:
    """Whose a new ticket is: whoever has the account, else the contact, else an administrator."""
    customer = contact.__data__.get("customer")
    account = Account.select(Account.owner).where(Account.customer == customer).order_by(Account.number).limit(1)
    for one in (account.scalar(), contact.__data__.get("assigned_to")):
        if one and Operator.select().where((Operator.id == one) & Operator.active).exists():
            return str(one)
    works = Operator.active & ~Operator.group
    asked = Operator.select(Operator.id).where(works).order_by(Operator.administrator.desc(), Operator.id)
    return str(asked.limit(1).scalar())


def tell(ticket: Ticket, words_said: str, name: str) -> None:
    """A notice to whoever has the ticket, within the unit of what was written."""
    said = _(words_said).format(name=name, ticket=ticket.caption())
    TeamNotice(
        what=Told.NOTICE.value, text=said[:LONGEST], sender=Program.PORTAL.value, to=ticket.__data__["owner"],
        made=clock.now(), until=clock.now() + timedelta(days=3), table=Ticket._meta.table_name, record=ticket.number,
    ).save()  # fmt: skip


def named(typed: str) -> peewee.ColumnBase:
    """The condition for the products in whose names all of these words stand; what else the office knows of a product
    is nothing that can be looked for.
    """
    every: peewee.ColumnBase = Product.number.is_null(False)
    looked = [each for each in typed.split()[:MOST_WORDS] if len(each) <= LONGEST_WORD]
    return reduce(and_, [letters.holds(Product.name, each) for each in looked], every)


def with_words(typed: str) -> peewee.ColumnBase:
    """The condition for the answers in which all of these words stand."""
    every: peewee.ColumnBase = FAQ.number.is_null(False)
    looked = [each for each in typed.split()[:MOST_WORDS] if len(each) <= LONGEST_WORD]
    return reduce(and_, [words.word(FAQ, each) for each in looked], every)
