"""A mail that answers us about a ticket: it is what the customer says, wherever it came in (VT-173, BX-14)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from channergy_crm.records import Account, Contact, Ticket, TicketComment
from channergy_crm.records.messages import MessageRow
from channergy_crm.records.tickets import LONGEST_TEXT, CameBy
from channergy_crm.services import rights
from channergy_crm.services.tickets import comments, mails
from channergy_crm.text.likeness import email_key
from channergy_crm.text.replies import own_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.filing.mails import Mail

NAMED = re.compile(r"\[#(\d{1,9})\]")
"""as our own subjects name a ticket"""
OURS = re.compile(r"ticket-(?:comment-)?(\d{1,9})(?:-|$)")
"""what the mails about tickets are called among the batches"""


def ticket_of(mail: Mail, answers: int | None) -> Ticket | None:
    """The ticket a mail is about: by the number in its subject, or as an answer to a mail about a ticket. Only what
    comes from the contact or the account of that ticket is theirs: anybody may write a number.
    """
    if mail.is_automatic:
        return None
    named = [int(each) for each in NAMED.findall(mail.subject)[:1]]
    for number in (*named, *_answered(answers)):
        held = Ticket.find(number)
        if held is not None and email_key(mail.sender[1]) in _addresses(held):
            return held
    return None


def take(mail: Mail, ticket: Ticket, by: str, files: Sequence[int] = ()) -> TicketComment | None:
    """What they say stands at the ticket, with the files they sent; None where it says nothing, or nobody of theirs is
    named.
    """
    rights.require(by, "edit", ticket)
    contact, text = ticket.__data__["contact"], own_words(mail.text)[:LONGEST_TEXT]
    if contact is None or not text.strip():
        return None
    made = comments.from_customer(ticket.number, text, contact, by, CameBy.MAIL)
    comments.attach(made.number, files, ticket.number)
    return made


def _answered(message: int | None) -> list[int]:
    """The ticket a message of ours was about."""
    row: Any = MessageRow.get_or_none(MessageRow.number == message) if message is not None else None
    found = OURS.match(row.batch or "") if row is not None else None
    if found is None:
        return []
    number = int(found[1])
    if not str(row.batch).startswith(mails.key(number)):
        return [number]
    comment = TicketComment.find(number)
    return [comment.__data__["ticket"]] if comment is not None else []


def _addresses(ticket: Ticket) -> set[str]:
    """How the customer of a ticket writes, as addresses are compared."""
    places: tuple[tuple[str, Any], ...] = (("contact", Contact), ("account", Account))
    held = (record.find(ticket.__data__[name]) for name, record in places if ticket.__data__[name] is not None)
    return {key for each in held if each is not None and (key := email_key(each.email or ""))}
