"""Answers to what is asked again and again: kept, published, found while somebody is on the phone (VT-176)."""

from __future__ import annotations

import re
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

import peewee

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.query import words
from channergy_crm.records import FAQ, Ticket
from channergy_crm.records.tickets import DRAFT, OBSOLETE, PUBLISHED, REVIEWED
from channergy_crm.services import rights, saving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.access import Deed

OFFERED = 8
"""answers that are offered at once"""
SHORTEST, MOST_WORDS = 4, 12
"""letters of a word of a ticket that says what it is about, and how many of them are looked for"""
STAGES = (DRAFT, REVIEWED, PUBLISHED, OBSOLETE)


def start(by: str) -> FAQ:
    """A new one, not saved yet: a draft."""
    held = saving.start(FAQ, by)
    held.status = DRAFT
    return held


def save(record: FAQ, by: str) -> FAQ:
    """Keep a question with its answer."""
    record.question = " ".join((record.question or "").split())
    return saving.save(record, by)


def search(
    typed: str, by: str, *, product: int | None = None, published: bool = False, limit: int = OFFERED
) -> list[FAQ]:
    """The answers in which all of these words stand, the most used first; those of the product before the others.

    What is obsolete is never offered; `published` leaves only what customers may read.
    """
    rights.require(by, "search", FAQ)
    wanted = [words.word(FAQ, each) for each in typed.split()[:MOST_WORDS]]
    held = reduce(and_, wanted) if wanted else None
    return _offered(held, by, product, published, limit)


def count(by: str) -> int:
    """How many answers there are that may be offered."""
    rights.require(by, "count", FAQ)
    shown = rights.seen(FAQ, by)
    stands = peewee.fn.COALESCE(FAQ.status, "") != OBSOLETE
    return int(FAQ.select().where(stands if shown is None else stands & shown).count())


def found_for(ticket: int, by: str, limit: int = OFFERED) -> list[FAQ]:
    """The answers that may fit a ticket: those with most of its words, those of its product first."""
    rights.require(by, "see", Ticket)
    held = Ticket.find(ticket)
    if held is None:
        return []
    rights.require(by, "see", held)
    product = held.__data__["product"]
    looked = _telling(f"{held.title} {held.description or ''}")
    if not looked:
        return _offered(None, by, product, False, limit) if product is not None else []
    met = [words.word(FAQ, each) for each in looked]
    rows = _offered(reduce(or_, met), by, product, False, limit * 4)
    return sorted(rows, key=lambda row: -_fit(row, looked, product))[:limit]


def _telling(text: str) -> list[str]:
    """The words of a text that say what it is about: the longer ones, each once."""
    found = dict.fromkeys(word.casefold() for word in re.findall(r"[^\W_]+", text) if len(word) >= SHORTEST)
    return sorted(found, key=len, reverse=True)[:MOST_WORDS]


def _fit(row: FAQ, looked: Sequence[str], product: int | None) -> int:
    said = f"{row.question} {row.answer}".casefold()
    title = (row.question or "").casefold()
    same = product is not None and row.__data__["product"] == product
    return sum((word in said) + 2 * (word in title) for word in looked) + 3 * same


def _offered(held: peewee.ColumnBase | None, by: str, product: int | None, published: bool, limit: int) -> list[FAQ]:
    shown = rights.seen(FAQ, by)
    stands = FAQ.status == PUBLISHED if published else peewee.fn.COALESCE(FAQ.status, "") != OBSOLETE
    for each in (held, shown):
        stands = stands if each is None else stands & each
    theirs = peewee.Case(None, [(FAQ.product == (product or -1), 0)], 1)
    newest = peewee.fn.COALESCE(FAQ.used, 0).desc()
    asked = FAQ.select().where(stands).order_by(theirs, newest, FAQ.number)
    return list(asked.limit(limit))


def set_status(number: int, status: str, by: str) -> FAQ:
    """Bring an answer to another stage: only what is published is read by customers."""
    held = _found(number, by, "edit")
    held.status = status
    return saving.save(held, by)


def _found(number: int, by: str, deed: Deed = "see") -> FAQ:
    held = FAQ.find(number)
    if held is None:
        rights.require(by, deed, FAQ)
        raise Mistake(_("That answer is not there any more."))
    rights.require(by, deed, held)
    return held
