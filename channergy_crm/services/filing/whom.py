"""Whom a mail belongs to: who answered a mail of ours, or whose address it is from or to (BX-14).

The addresses of the office and of those who work there say nothing. Many mails are asked about together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Customer, FiledMail, Lead
from channergy_crm.records.messages import EMAIL, MessageRow
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import areas, office, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import MAIL_ADDRESS, MAIL_REPLY_TO, WATCH_USER
from channergy_crm.text.likeness import email_key
from channergy_crm.text.links import mail_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from channergy_crm.services.filing.mails import Mail
    from channergy_crm.work.record import Record

Why = Literal["answer", "from", "to", "cc", "here", "other_address", "several", "nobody", "ours"]
SAID: dict[Why, str] = {
    "answer": N_("answers a mail from here"),
    "from": N_("the sender's address"),
    "to": N_("the recipient's address"),
    "cc": N_("the address of who got a copy"),
    "here": N_("dropped here"),
    "other_address": N_("dropped here; none of its addresses is this one's"),
    "several": N_("several have this address; choose one"),
    "nobody": N_("nobody here has this address"),
    "ours": N_("only people who work here wrote it to each other"),
}
"""why a mail goes where it goes, in words"""
PEOPLE: tuple[type[Record], ...] = (Contact, Lead, Account, Customer)
TOGETHER = 400
"""mails, and addresses, asked about at once"""


class Person(NamedTuple):
    """Somebody a mail may belong to: the record by type and key, and what it is called."""

    record: type[Record]
    key: Any
    name: str


class Proposal(NamedTuple):
    """What is proposed for a mail: the people it may belong to, one where that is clear, and why.

    `filed` is the number it is filed under already, `answers` the message of ours it answers, `out` whether it was
    sent from here.
    """

    people: list[Person]
    why: Why
    out: bool = False
    answers: int | None = None
    filed: int | None = None

    @property
    def person(self) -> Person | None:
        """The one it belongs to, where that is clear."""
        return self.people[0] if len(self.people) == 1 else None


class Known(NamedTuple):
    """What is asked once for many mails: who has which address, whose are ours, which messages are answered, which are
    filed.
    """

    by_address: Mapping[str, list[Any]]
    ours: Collection[str]
    sent: Mapping[str, Any]
    filed: Mapping[str, int]


def look(mails: Sequence[Mail], by: str, *, here: Record | None = None) -> list[Proposal]:
    """What is proposed for each of these mails; dropped on a record (`here`) they go there."""
    rights.require(by, "see", type(here) if here is not None else None)
    if here is not None:
        rights.require(by, "see", here)
    known = _known(mails, by)
    return [_propose(mail, known, by, here) for mail in mails]


def _known(mails: Sequence[Mail], by: str) -> Known:
    ids = {mail.message_id for mail in mails}
    referred = {each for mail in mails for each in mail.answers}
    ours = own_addresses(by)
    keys = {key for mail in mails for each in mail.addresses if (key := email_key(each))} - set(ours)
    sent: dict[str, Any] = {}
    for part in _parts(referred):
        rows = MessageRow.select().where(MessageRow.message_id.in_(part) & (MessageRow.channel == EMAIL))
        sent |= {row.message_id: row for row in rows}
    filed: dict[str, int] = {}
    for part in _parts(ids):
        there: Any = FiledMail.select(FiledMail.message_id, FiledMail.number).where(FiledMail.message_id.in_(part))
        filed |= {str(id): int(number) for id, number in there.tuples()}
    return Known(_by_address(keys, by), ours, sent, filed)


def own_addresses(by: str) -> set[str]:
    """The addresses of the office and of everybody who works there, as they are compared."""
    rights.require(by, "see")
    held = [office.get(each, Program.ITSELF) for each in (MAIL_ADDRESS, MAIL_REPLY_TO, WATCH_USER)]
    held += list(Preferences.select(Preferences.email).where(Preferences.email != "").scalars())
    return {key for each in held if (key := email_key(mail_address(str(each or ""))))}


def _by_address(keys: Iterable[str], by: str) -> dict[str, list[Any]]:
    """The records with one of these addresses that this one may see, by address."""
    found: dict[str, list[Any]] = {}
    asked = [each for each in PEOPLE if not rights.may(by, "see", each) and "email" not in rights.hidden(each, by)]
    for part in _parts(keys):
        for record in asked:
            listed = record.listed()
            query = rights.rows(record, by).where(record.kind("email").is_one_of(part))
            for each in query.where(listed) if listed is not None else query:
                found.setdefault(email_key(str(getattr(each, "email", "") or "")), []).append(each)
    return found


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    held = sorted(values)
    return (held[start : start + TOGETHER] for start in range(0, len(held), TOGETHER))


def _propose(mail: Mail, known: Known, by: str, here: Record | None) -> Proposal:
    out = email_key(mail.sender[1]) in known.ours
    answered = next((known.sent[each] for each in mail.answers if each in known.sent), None)
    answers = int(answered.number) if answered is not None and not out else None
    people, why = _whose(mail, known, answered, by, out)
    if here is not None:
        theirs = any((each.record, str(each.key)) == (type(here), str(here.key)) for each in people)
        any_of = theirs or _has_address(here, mail)
        people, why = [Person(type(here), here.key, here.caption())], "here" if any_of else "other_address"
    return Proposal(people, why, out, answers, known.filed.get(mail.message_id))


def _has_address(here: Record, mail: Mail) -> bool:
    own = email_key(str(getattr(here, "email", "") or ""))
    return bool(own) and own in {email_key(each) for each in mail.addresses}


def _whose(mail: Mail, known: Known, answered: Any, by: str, out: bool) -> tuple[list[Person], Why]:
    if answered is not None and not out and (person := _written_to(answered, by)) is not None:
        return [person], "answer"
    groups: list[tuple[Why, list[str]]] = [
        ("from", [mail.sender[1]]), ("to", [each for _name, each in mail.to]), ("cc", [each for _name, each in mail.cc])
    ]  # fmt: skip
    for why, addresses in groups:
        held = [each for one in addresses for each in known.by_address.get(email_key(one), ())]
        if people := [Person(type(each), each.key, each.caption()) for each in _nearest(held)]:
            return people, why if len(people) == 1 else "several"
    others = [each for each in mail.addresses if (key := email_key(each)) and key not in known.ours]
    return [], "nobody" if others else "ours"


def _written_to(message: Any, by: str) -> Person | None:
    """To whom a message of ours was sent, where this one may see them."""
    record = areas.every_table().get(message.table)
    held: Record | None = record.find(message.key) if record is not None else None
    if held is None or rights.may(by, "see", held) is not None:
        return None
    return Person(type(held), held.key, held.caption())


def _nearest(held: Sequence[Any]) -> list[Any]:
    """Those among records with the same address that are nearest to the person: a contact before its account, an
    account before its customer, anything before the lead it was made from.
    """
    each_once = list({(type(each), each.key): each for each in held}.values())
    contacts = {each.__data__.get("customer") for each in each_once if isinstance(each, Contact)}
    accounts = [each for each in each_once if isinstance(each, Account) and each.__data__["customer"] not in contacts]
    spoken_for = contacts | {each.__data__["customer"] for each in each_once if isinstance(each, Account)}
    found = [
        each for each in each_once
        if isinstance(each, Contact) or each in accounts
        or (isinstance(each, Customer) and each.key not in spoken_for)
    ]  # fmt: skip
    leads = [each for each in each_once if isinstance(each, Lead)]
    fresh = [each for each in leads if not each.converted]
    return [*found, *(fresh or ([] if found else leads))]


def said(proposal: Proposal) -> str:
    """Why, in words."""
    return _("is filed already") if proposal.filed is not None else _(SAID[proposal.why])
