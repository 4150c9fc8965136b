"""Entering the Customer Portal: a link is mailed to who has access, lets them in once, and they leave again (VT-177).

Nobody who asks learns whether an address is known. What is kept of a link or a visit is a hash of it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock
from channergy_crm.language import N_
from channergy_crm.records.messages import NOTICE, MessageRow, State
from channergy_crm.records.people import Contact
from channergy_crm.records.portal import PortalLink, PortalSession
from channergy_crm.services import office, rights
from channergy_crm.services.mail import accounts, bodies, making
from channergy_crm.services.portal.visitor import Visitor
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.text.folding import fold
from channergy_crm.text.links import mail_address

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LINK_FOR, STAYS, IDLE = timedelta(minutes=20), timedelta(hours=12), timedelta(minutes=30)
"""how long a link is good for, how long somebody may stay, and how long without doing anything"""
SEEN_EVERY = timedelta(minutes=1)
NAMESAKES = 5
"""contacts of one address who are written to"""
NOBODY = 0
LONGEST_ADDRESS = 254
KEPT_FOR = timedelta(days=1)
"""so long after their end links and visits are still remembered: a link that was used says so"""
SUBJECT = N_("Your way into the portal of {office}")
TEXT = N_("""Hello {name},

somebody, probably you, wants to enter the portal of {office}. This link lets you in, once, within {minutes} minutes:

{link}

Was it not you? Then do nothing: without the link nobody gets in.

{office}""")


def mails() -> bool:
    """Whether links can be mailed at all: the office has an e-mail server."""
    return accounts.is_set_up()


def ask(typed: str, base: str, say: Callable[[str], str], by: Program) -> int:
    """Mail a link to the contacts who have access by this address; to how many. `base` is where the portal is reached,
    `say` says a text in the language of whoever asks.
    """
    rights.require(by, "see", Contact)
    tidy(by)
    if not mails():
        return 0
    people = _people(typed)
    with database.writing(), translated(), database.proxy.obj.atomic():
        for each in people:
            token = secrets.token_urlsafe(32)
            _keep(each, token, _mail(each, f"{base}/enter/{token}", say))
        if not people:  # as much is written for nobody, so that the time it takes tells nothing
            _keep(Contact(number=NOBODY), secrets.token_urlsafe(32), "")
    return len(people)


def offer(contact: int, by: Program) -> str:
    """A link's token for a contact with access, mailed to nobody: for the trial over the sample office."""
    rights.require(by, "see", Contact)
    found = Contact.find(contact)
    token = secrets.token_urlsafe(32)
    if found is not None and found.portal:
        _keep(found, token, "")
    return token


def is_good(token: str, by: Program) -> bool:
    """Whether somebody could enter by this link now."""
    rights.require(by, "see", Contact)
    return _link(token) is not None


def enter(token: str, by: Program) -> str | None:
    """Use a link up; the token of the visit that begins, None where the link lets nobody in."""
    rights.require(by, "see", Contact)
    found = _link(token)
    if found is None:
        return None
    link, contact = found
    now, visit = clock.now(), secrets.token_urlsafe(32)
    with database.writing(), translated(), database.proxy.obj.atomic():
        unused = (PortalLink.held == link.held) & PortalLink.used.is_null()
        if PortalLink.update(used=now).where(unused).execute() != 1:
            return None
        PortalSession.insert(held=hashed(visit), contact=contact.number, address=_marked(visit, contact), made=now,
                             until=now + STAYS, seen=now).execute()  # fmt: skip
        _empty([link.mail])
    return visit


def visitor(token: str, by: Program) -> Visitor | None:
    """Who is inside by this visit; None where it has ended, whatever ended it."""
    rights.require(by, "see", Contact)
    held = PortalSession.get_or_none(PortalSession.held == hashed(token))
    if held is None:
        return None
    now = clock.now()
    contact = _standing(held.contact, token, held.address)
    if contact is None or now >= held.until or now - held.seen >= IDLE:
        leave(token, by)
        return None
    if not timedelta() <= now - held.seen < SEEN_EVERY:
        with database.writing(), translated():
            PortalSession.update(seen=now).where(PortalSession.held == held.held).execute()
    return Visitor(contact)


def leave(token: str, by: Program) -> None:
    """The visit is over."""
    rights.require(by, "see", Contact)
    with database.writing(), translated():
        PortalSession.delete().where(PortalSession.held == hashed(token)).execute()


def tidy(by: Program) -> None:
    """Forget links and visits that ended long ago; the mail of a link that is too old says it no more."""
    rights.require(by, "see", Contact)
    now = clock.now()
    old = list(PortalLink.select(PortalLink.mail).where(PortalLink.until <= now, PortalLink.mail != "").scalars())
    gone = PortalLink.until < now - KEPT_FOR
    if not old and not PortalLink.select().where(gone).exists():
        return
    with database.writing(), translated(), database.proxy.obj.atomic():
        _empty(old)
        PortalLink.update(mail="").where(PortalLink.until <= now).execute()
        PortalLink.delete().where(gone).execute()
        PortalSession.delete().where(PortalSession.until < now).execute()


def hashed(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


# ---------------------------------------------------------------- parts


def _people(typed: str) -> Sequence[Contact]:
    """The contacts with access and this address; it is the address that is kept of them that is written to."""
    address = mail_address(typed) if len(typed) <= LONGEST_ADDRESS else ""
    if not address:
        return []
    theirs = Contact.portal & (Contact.kind("email_folded") == fold(address))
    rows = Contact.select().where(theirs).order_by(Contact.number).limit(NAMESAKES)
    return [each for each in rows if mail_address(each.email or "")]


def _mail(contact: Contact, link: str, say: Callable[[str], str]) -> str:
    """Put the mail with a link down; what it is called by. Nobody at work sees it in a list."""
    name, who = office.get(OFFICE_NAME, Program.ITSELF), contact.caption()
    minutes = int(LINK_FOR.total_seconds()) // 60
    text = say(TEXT).format(office=name, name=who, link=link, minutes=minutes)
    marked = say(TEXT).format(office=bodies.escaped(name), name=bodies.escaped(who), link=f"<{link}>", minutes=minutes)
    row = making.row("", Contact._meta.table_name, contact.number, mail_address(contact.email or ""),
                     say(SUBJECT).format(office=name), text, bodies.html(marked),
                     accounts.account(password=False).sender, Program.ITSELF.value, NOTICE)  # fmt: skip
    database.insert_many(MessageRow._meta.table_name, making.COLUMNS, [row])
    return str(row[making.COLUMNS.index("Reference")])


def _keep(contact: Contact, token: str, reference: str) -> None:
    now: datetime = clock.now()
    with database.writing(), translated():
        PortalLink.insert(held=hashed(token), contact=contact.number, address=_marked(token, contact), mail=reference,
                          made=now, until=now + LINK_FOR).execute()  # fmt: skip


def _empty(references: Sequence[str]) -> None:
    """What these mails said is of no use any more: nobody gets in who reads it, and one that waits is not sent."""
    kept = MessageRow.reference.in_([each for each in references if each])
    waits = kept & (MessageRow.state == State.WAITING.value)
    MessageRow.update(state=State.CANCELLED.value, changed=clock.now()).where(waits).execute()
    MessageRow.update(text="", html="").where(kept & (MessageRow.state != State.SENDING.value)).execute()


def _marked(token: str, contact: Contact) -> str:
    """The address somebody has now, so that nobody can guess it by what is kept."""
    return hashed(f"{token} {fold(contact.email or '')}")


def _link(token: str) -> tuple[PortalLink, Contact] | None:
    held = PortalLink.get_or_none(PortalLink.held == hashed(token))
    if held is None or held.used is not None or clock.now() >= held.until:
        return None
    contact = _standing(held.contact, token, held.address)
    return (held, contact) if contact is not None else None


def _standing(number: int, token: str, address: str) -> Contact | None:
    """The contact as they stand now: still there, with access, and with the address they were written to by."""
    found = Contact.find(number)
    good = found is not None and bool(found.portal) and _marked(token, found) == address
    return found if good else None
