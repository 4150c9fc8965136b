"""Who gets a mail and what stands in it; who is left out, and why (BX-14, VT-98, VT-161, DP-9, DP-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Customer
from channergy_crm.records.messages import WITH_NO_MAIL
from channergy_crm.records.preferences import Preferences
from channergy_crm.records.privacy import Channel, Consent, OptOut
from channergy_crm.services import filling, left_out, recipients, rights
from channergy_crm.services.left_out import LeftOut
from channergy_crm.services.mail import bodies
from channergy_crm.services.privacy import optouts
from channergy_crm.text.links import mail_address

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from channergy_crm.work.record import Record

    Progress = Callable[[int, int, str], object]
    Key = tuple[str, str]

TOGETHER, LONGEST_SUBJECT, LONGEST_BODY = 400, 250, 100_000
"""people asked about at once; letters a subject and a text may have"""
SAID: dict[str, str] = {
    "gone": left_out.GONE,
    "no_address": N_("no e-mail address"),
    "wrong_address": N_("the e-mail address is none"),
    "opted_out": N_("want no e-mail"),
    "refused": N_("on the list of those who are not written to"),
    "consent": N_("have not agreed to it"),
    "twice": N_("same address as somebody before"),
    "unknown": left_out.UNKNOWN,
    "empty": N_("nothing would stand in the mail"),
}
"""why somebody is left out, as it is counted"""


class Recipient(NamedTuple):
    """One who gets a mail: the record, the address, the subject, the text plain and as HTML with the signature.

    `about` is the record it was written for, where that is another one: a deal, whose account gets the mail.
    """

    record: Record
    address: str
    subject: str
    text: str
    html: str
    about: Record | None = None


class Prepared(left_out.Prepared[Recipient]):
    """What a text comes to: who gets which mail, and who is left out."""

    said = SAID


class _Meant(NamedTuple):
    """One who may get a mail, until it is known whether: who, for which record, at which address."""

    record: Record
    source: Record
    address: str


def problem(subject: str, body: str, by: str) -> str | None:
    """What keeps a mail from being sent to anybody, in a sentence; None when nothing does."""
    rights.require(by, "see")
    if not subject.strip():
        return _("Write what the mail is about.")
    if not body.strip():
        return _("Write what the mail says.")
    for text, most in ((subject, LONGEST_SUBJECT), (body, LONGEST_BODY)):
        if len(text) > most:
            return _("There are at most {count:,} letters.").format(count=most)
    return filling.problem(subject, by) or filling.problem(body, by)


def prepare(
    records: Sequence[tuple[type[Record], object]], subject: str, body: str, by: str,
    progress: Progress | None = None, purpose: str = "",
) -> Prepared:  # fmt: skip
    """Fill subject and text in for each of these records, by type and key, and part those who must not get the mail.

    Of a deal its account is written to. With a `purpose` only those who have agreed to it. Nothing is stored.
    """
    rights.require(by, "dial")
    if (wrong := problem(subject, body, by)) is not None:
        raise Mistake(wrong, "text")
    filler = _Filler(subject, body, by)
    out: list[LeftOut] = []
    found: dict[str, Recipient] = {}
    for start in range(0, len(records), TOGETHER):
        gone: list[str] = []
        if progress is not None:
            progress(start, len(records), _("Looking who gets it"))
        pairs = list(recipients.written_to(records[start : start + TOGETHER], by, gone))
        out += left_out.gone(gone)
        for each in _allowed(_with_addresses(pairs, out), purpose, out):
            _keep(each, filler, found, out)
    return Prepared(list(found.values()), out)


def still_allowed(rows: Sequence[tuple[str, Record | None]], by: str) -> list[str]:
    """Why these addresses are not written to now, though they were to be when the mail was made; "" where they are."""
    rights.require(by, "see")
    refusing, listed = _refusing(address for address, _record in rows)
    said = _("No e-mail is wanted at this address.")
    return [said if optouts.address_key(Channel.EMAIL, address) in refusing | listed else "" for address, _one in rows]


def addresses(records: Sequence[tuple[type[Record], object]], by: str) -> tuple[dict[Key, str], list[LeftOut]]:
    """At which address each of these is written to now, by table and number, and who is not written to at all."""
    rights.require(by, "dial")
    gone: list[str] = []
    pairs = list(recipients.written_to(records, by, gone))
    left_out = [LeftOut(name, "gone") for name in gone]
    found = _allowed(_with_addresses(pairs, left_out), "", left_out)
    return {_named(each.source): each.address for each in found}, left_out


# ---------------------------------------------------------------- one step after the other


def _with_addresses(some: list[tuple[Record, Record]], out: list[LeftOut]) -> list[_Meant]:
    """Those with an address; an account without one lends that of its customer."""
    keys = {each.customer for each, _source in some if isinstance(each, Account) and each.customer is not None}
    rows: Any = Customer.select().where(Customer.number.in_(sorted(keys))) if keys else ()
    customers: dict[object, Record] = {row.number: row for row in rows}
    found: list[_Meant] = []
    for record, source in some:
        own = customers.get(record.customer) if isinstance(record, Account) else None
        typed = next((text for each in (record, own) if each is not None and (text := _typed(each))), "")
        if address := mail_address(typed):
            found.append(_Meant(record, source, address))
        else:
            out.append(LeftOut(record.caption(), "wrong_address" if typed else "no_address", typed))
    return found


def _typed(record: Record) -> str:
    return str(record.__data__.get("email") or "").strip()


def _allowed(some: Sequence[_Meant], purpose: str, out: list[LeftOut]) -> Iterable[_Meant]:
    refusing, listed = _refusing(each.address for each in some)
    agreed = _agreed(some, purpose)
    for each in some:
        key, name = optouts.address_key(Channel.EMAIL, each.address), each.record.caption()
        if key in refusing or _wishes(each.record):
            out.append(LeftOut(name, "opted_out"))
        elif key in listed:
            out.append(LeftOut(name, "refused"))
        elif agreed is not None and not agreed & {_named(each.record), _named(each.source)}:
            out.append(LeftOut(name, "consent", purpose))
        else:
            yield each


def _wishes(record: Record) -> bool:
    return isinstance(record, WITH_NO_MAIL) and bool(record.email_opt_out)


def _refusing(addresses: Iterable[str]) -> tuple[set[str], set[str]]:
    """Which of these, folded, belong to somebody who wants no e-mail, under whatever name, and which the list has."""
    keys = {optouts.address_key(Channel.EMAIL, address) for address in addresses} - {""}
    wishes = set[str]()
    for record in WITH_NO_MAIL if keys else ():
        folded: Any = record.kind("email_folded")
        wishes |= keys & set(record.select(folded).where(record.email_opt_out & folded.in_(sorted(keys))).scalars())
    hashed = {optouts.hashed(Channel.EMAIL, key): key for key in keys}
    asked = (OptOut.channel == Channel.EMAIL.value) & OptOut.key_of_address.in_([*keys, *hashed])
    on_list = set(OptOut.select(OptOut.key_of_address).where(asked).scalars()) if keys else set()
    return wishes, {hashed.get(key, key) for key in on_list}


def _named(record: Record) -> Key:
    return record._meta.table_name, str(record.key)


def _agreed(some: Collection[_Meant], purpose: str) -> set[tuple[str, str]] | None:
    """Who of them has agreed to a purpose and not taken it back; None where no purpose is asked for."""
    if not purpose:
        return None
    keys = {str(one.key) for each in some for one in (each.record, each.source)}
    holds = (Consent.purpose == purpose) & Consent.withdrawn.is_null() & Consent.of.in_(sorted(keys))
    rows: Any = Consent.select(Consent.table, Consent.of).where(holds)
    return set(rows.tuples())


class _Filler:
    """Fills subject and text in; what is put into the text stands there as it is and forms nothing."""

    def __init__(self, subject: str, body: str, by: str) -> None:
        self._subject, self._body, self._by = subject, body, by
        own = Preferences.find(by)
        self._signature = str(own.signature or "") if own is not None else ""
        self._labels: dict[str, str] = {}

    def fill(self, each: _Meant) -> tuple[str, str, str] | str:
        """The subject, the text plain and as HTML; or, in words, what is not known."""
        about = filling.Subject(each.source)
        subject = filling.fill(self._subject, about, self._by)
        body = filling.fill(self._body, about, self._by, _as_it_is)
        if missing := dict.fromkeys([*subject.missing, *body.missing]):
            self._labels = self._labels or {field.name: field.label for field in filling.offered(self._by)}
            return left_out.not_known(missing, self._labels)
        return " ".join(subject.text.split()), *bodies.signed(body.text, self._signature)


def _as_it_is(kind: Any, value: object) -> str:
    return bodies.escaped(filling.written(kind, value))


def _keep(each: _Meant, filler: _Filler, found: dict[str, Recipient], out: list[LeftOut]) -> None:
    """Each address once, whoever has it."""
    name, key = each.record.caption(), each.address.casefold()
    if key in found:
        out.append(left_out.twice(name, found[key].record.caption()))
        return
    filled = filler.fill(each)
    if isinstance(filled, str):
        out.append(LeftOut(name, "unknown", filled))
        return
    subject, text, html = filled
    if not subject or not text:
        out.append(LeftOut(name, "empty"))
        return
    about = None if each.source is each.record else each.source
    found[key] = Recipient(each.record, each.address, subject, text, html, about)
