"""Who gets a mail and what stands in it; who is left out, and why (BX-14, VT-157, VT-161)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Customer, Opportunity
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.privacy import Channel
from channergy_crm.services import filling, rights
from channergy_crm.services.mail import bodies
from channergy_crm.services.privacy import optouts
from channergy_crm.text.folding import fold
from channergy_crm.text.links import mail_address
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from channergy_crm.work.record import Record

    Progress = Callable[[int, int, str], object]

Why = Literal["gone", "no_address", "wrong_address", "opted_out", "twice", "unknown"]
SAID: dict[Why, str] = {
    "gone": N_("not there any more, or not shown to you"),
    "no_address": N_("no e-mail address"),
    "wrong_address": N_("no address a mail can go to"),
    "opted_out": N_("want no e-mail"),
    "twice": N_("same address as somebody before"),
    "unknown": N_("something is not known that the text asks for"),
}
"""why somebody is left out, as it is counted"""


class Recipient(NamedTuple):
    """One who gets a mail: the record, the address, the subject, and the text with the signature, plain and as HTML.

    `about` is the record it was written for, where that is another one: a deal, whose account gets the mail.
    """

    record: Record
    address: str
    subject: str
    text: str
    html: str
    about: Record | None = None


class LeftOut(NamedTuple):
    """One who gets none: what it is called, why in a word and in a sentence ("" where the word says it all)."""

    name: str
    why: Why
    reason: str = ""


class Prepared(NamedTuple):
    """What a text comes to: who gets which, and who is left out."""

    recipients: list[Recipient]
    left_out: list[LeftOut]


def problem(subject: str, body: str, by: str) -> str | None:
    """What keeps a mail from being sent to anybody, in a sentence; None when nothing does."""
    rights.require(by, "see")
    if not subject.strip():
        return _("Write what the mail is about.")
    if not body.strip():
        return _("Write what the mail says.")
    return filling.problem(subject, by) or filling.problem(body, by)


def prepare(
    records: Sequence[tuple[type[Record], object]], subject: str, body: str, by: str, progress: Progress | None = None
) -> Prepared:
    """Fill a text in for each of these records, by type and key, and part those who must not get it. Of a deal its
    account is written to. Nothing is stored.
    """
    rights.require(by, "dial")
    if (wrong := problem(subject, body, by)) is not None:
        raise Mistake(wrong, "text")
    left_out: list[LeftOut] = []
    found: dict[str, Recipient] = {}
    for place, (record, source) in enumerate(_found(records, by, left_out)):
        if progress is not None:
            progress(place, len(records), _("Looking who gets it"))
        one = _one(record, source, subject, body, by, left_out)
        if one is not None and fold(one.address) in found:
            before = found[fold(one.address)].record.caption()
            left_out.append(LeftOut(record.caption(), "twice", _("like {name}").format(name=before)))
        elif one is not None:
            found[fold(one.address)] = one
    return Prepared(list(found.values()), left_out)


def _found(
    records: Sequence[tuple[type[Record], object]], by: str, left_out: list[LeftOut]
) -> Iterable[tuple[Record, Record]]:
    held: dict[tuple[type[Record], object], Record] = {}
    for kind in dict.fromkeys(kind for kind, _key in records):
        keys = [key for each, key in records if each is kind]
        rows: Any = rights.rows(kind, by).where(key_field(kind).in_(keys))
        held.update({(kind, row.key): row for row in rows})
    for kind, key in records:
        source = held.get((kind, key))
        record = Account.find(source.account) if isinstance(source, Opportunity) else source
        if source is None or record is None:
            left_out.append(LeftOut(_("{kind} {number}").format(kind=_(kind.singular), number=key), "gone"))
        else:
            yield record, source


def _one(record: Record, source: Record, subject: str, body: str, by: str, left_out: list[LeftOut]) -> Recipient | None:
    held: Any = record
    written = (held.email or "").strip()
    if not written and isinstance(record, Account) and record.customer is not None:
        customer = Customer.find(record.customer)
        written = (customer.email or "").strip() if customer is not None else ""
    name, address = record.caption(), mail_address(written)
    why: Why | None = "no_address" if not written else "wrong_address" if not address else None
    if why is None and (_refuses(record) or optouts.refuses(Channel.EMAIL, address, by)):
        why = "opted_out"
    if why is not None:
        left_out.append(LeftOut(name, why))
        return None
    about = filling.Subject(source)
    filled = [filling.fill(text, about, by) for text in (subject, body)]
    if missing := list(dict.fromkeys([*filled[0].missing, *filled[1].missing])):
        labels = {field.name: field.label for field in filling.offered(by)}
        said = ", ".join(labels.get(field, field) for field in missing)
        left_out.append(LeftOut(name, "unknown", _("not known: {fields}").format(fields=said)))
        return None
    own = Preferences.find(by)
    text, html = bodies.signed(filled[1].text, str(own.signature or "") if own is not None else "")
    return Recipient(record, address, filled[0].text, text, html, None if source is record else source)


def _refuses(record: Record) -> bool:
    flag = type(record).about.unwritten
    return bool(flag and getattr(record, flag))
