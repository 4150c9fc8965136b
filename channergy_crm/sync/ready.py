"""What a client must have before it is sent, declared once (VP-13…VP-27). What lacks something is held.

Each requirement is one condition the store is asked for: for a single record, and for all that wait at once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import peewee

from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.sync import SEVERAL, TABLES, Conflict, Met, SyncLink, SyncPerson, forgotten
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from channergy_crm.work.record import Record

Asks: TypeAlias = Any
"""a part of a question to the store: a table under another name, one of its fields, a condition"""
ADMIN = "ADMIN"
"""what is this operator's is not sent, however the ID is written (VP-14, K15)"""
ACCOUNTS, CONTACTS, DEALS = TABLES
UNKNOWN = "unknown"
"""the requirement that is mended in Settings > Viper, by an administrator"""
STRANGER = N_("nobody on the Viper site stands for {owner}; an administrator sets that in Settings > Viper")
"""said of `UNKNOWN` to whoever is none"""
APART = {Met.GONE_THERE.value: N_("deleted in Viper"), Met.MERGED_THERE.value: N_("merged in Viper")}
"""what has become of an account on the site, so that nothing new of it can be there"""
RECORDS: dict[str, type[Record]] = {each._meta.table_name: each for each in (Account, Contact, Opportunity)}


class Asked(NamedTuple):
    """The tables a condition speaks of, under the names they have in the question."""

    account: Asks
    contact: Asks = None
    deal: Asks = None


class Requirement(NamedTuple):
    """What a record must have: its name, the rows of the documents, where it is filled in, what is said where it is
    lacking (behind *not synced:* and above a list), and the condition that it is lacking.
    """

    name: str
    rows: str
    field: str
    sentence: str
    title: str
    lacking: Callable[[Asked], Asks]


def _blank(field: Asks) -> Asks:
    return peewee.fn.COALESCE(peewee.fn.TRIM(field), "") == ""


def _owner(asked: Asked) -> Asks:
    """Whose it is; a contact is its account's owner's unless it is given to somebody (K21)."""
    if asked.deal is not None:
        return asked.deal.owner
    if asked.contact is not None:
        return peewee.fn.COALESCE(asked.contact.assigned_to, asked.account.owner)
    return asked.account.owner


def _of_admin(asked: Asked) -> Asks:
    return peewee.fn.UPPER(_owner(asked)) == ADMIN


def _unknown(asked: Asked) -> Asks:
    return _owner(asked).not_in(SyncPerson.select(SyncPerson.owner))


def _linked(table: str, key: Asks) -> Asks:
    of_it = (SyncLink.table == table) & (SyncLink.key == key.cast("TEXT"))
    return peewee.fn.EXISTS(SyncLink.select(peewee.Value(1)).where(of_it))


def _twice(asked: Asked) -> Asks:
    """Another contact that is sent has the same e-mail address: one that was sent already, or else the older one."""
    contact = asked.contact
    other, account = Contact.alias(), Account.alias()
    first = _linked(CONTACTS, other.number) | (
        (other.number < contact.number) & ~_any(CONTACT, Asked(account, other), "email_twice")
    )
    same = (other.email_folded == contact.email_folded) & (other.number != contact.number)
    rows = other.select(peewee.Value(1)).join(account, peewee.JOIN.LEFT_OUTER, on=(account.customer == other.customer))
    return ~_linked(CONTACTS, contact.number) & peewee.fn.EXISTS(rows.where(same & first))


def _several(asked: Asked) -> Asks:
    """The first connection has left it to a person which company it is (`sync.first`)."""
    left = (Conflict.table == ACCOUNTS) & (Conflict.key == asked.account.number.cast("TEXT"))
    rows = Conflict.select(peewee.Value(1)).where(left & (Conflict.field == SEVERAL) & Conflict.settled.is_null())
    return peewee.fn.EXISTS(rows) & ~_linked(ACCOUNTS, asked.account.number)


def _account_held(asked: Asked) -> Asks:
    return _any(ACCOUNT, Asked(asked.account))


def _account_apart(asked: Asked) -> Asks:
    """Its account was deleted or merged there: nothing new of it is sent before somebody has it made there again."""
    of_it = (SyncLink.table == ACCOUNTS) & (SyncLink.key == asked.account.number.cast("TEXT"))
    apart = peewee.fn.EXISTS(SyncLink.select(peewee.Value(1)).where(of_it & SyncLink.met.in_(list(APART))))
    return apart if asked.contact is None else apart & ~_linked(CONTACTS, asked.contact.number)


def _no_contact(asked: Asked) -> Asks:
    contact = Contact.alias()
    good = ~_any(CONTACT, Asked(asked.account, contact), "account_held", "account_apart")
    here = contact.customer == asked.account.customer
    return ~peewee.fn.EXISTS(contact.select(peewee.Value(1)).where(here & good))


def _any(requirements: Sequence[Requirement], asked: Asked, *without: str) -> Asks:
    """One of them is lacking."""
    conditions = [each.lacking(asked) for each in requirements if each.name not in without]
    found = conditions[0]
    for condition in conditions[1:]:
        found = found | condition
    return found


def _assigned(rows: str, field: str) -> list[Requirement]:
    """Somebody in particular, or an office (VP-13): not ADMIN, and somebody the site knows (VP-10)."""
    return [
        Requirement("owner", f"VP-13, {rows}", field, N_("it is assigned to nobody"), N_("Assigned to nobody"),
                    lambda asked: _blank(_owner(asked))),
        Requirement("admin", "VP-14", field, N_("it is assigned to {owner}, and what is ADMIN’s is not sent to Viper"),
                    N_("Assigned to ADMIN"), _of_admin),
        Requirement(UNKNOWN, "VP-10", field, N_("nobody on the Viper site stands for {owner}"),
                    N_("Assigned to somebody Viper does not know"), _unknown),
    ]  # fmt: skip


def _apart(rows: str) -> Requirement:
    said, title = (
        N_("its account {name} is not synced itself: {reason}"),
        N_("Of an account deleted or merged in Viper"),
    )
    return Requirement("account_apart", rows, "", said, title, _account_apart)


def _known_once(lacking: Callable[[Asked], Asks]) -> Requirement:
    said, title = N_("it was anonymised, and nothing more of it is sent"), N_("Anonymised")
    return Requirement("forgotten", "", "", said, title, lacking)


ACCOUNT: list[Requirement] = [
    _known_once(lambda asked: forgotten(ACCOUNTS, asked.account.number.cast("TEXT"))),
    *_assigned("VP-15", "owner"),
    Requirement("name", "VP-16", "name", N_("the account name is missing"), N_("Without a name"),
                lambda asked: _blank(asked.account.name)),
    Requirement("several", "VP-16", "", N_("it is not settled which company there it is"),
                N_("Perhaps one of several companies"), _several),
]  # fmt: skip
CONTACT: list[Requirement] = [
    _known_once(lambda asked: forgotten(CONTACTS, asked.contact.number.cast("TEXT"))),
    Requirement("account", "VP-18", "customer", N_("it belongs to no account"), N_("Without an account"),
                lambda asked: asked.account.number.is_null()),
    *_assigned("VP-17", "assigned_to"),
    Requirement("last_name", "VP-19", "last_name", N_("the last name is missing"), N_("Without a last name"),
                lambda asked: _blank(asked.contact.last_name)),
    Requirement("email", "VP-20", "email", N_("the e-mail address is missing"), N_("Without an e-mail address"),
                lambda asked: _blank(asked.contact.email)),
    Requirement("email_twice", "VP-20", "email", N_("{name} has the same e-mail address"),
                N_("With the e-mail address of another contact"), _twice),
    Requirement("account_held", "VP-18", "", N_("its account {name} is not synced itself: {reason}"),
                N_("Of an account that is not synced itself"), _account_held),
    _apart("VP-18"),
]  # fmt: skip
DEAL: list[Requirement] = [
    *_assigned("VP-21", "owner"),
    Requirement("name", "VP-22", "name", N_("the name is missing"), N_("Without a name"),
                lambda asked: _blank(asked.deal.name)),
    Requirement("account_held", "VP-23", "", N_("its account {name} is not synced itself: {reason}"),
                N_("Of an account that is not synced itself"), _account_held),
    _apart("VP-23"),
    Requirement("no_contact", "VP-23", "", N_("its account {name} has no contact that can be synced"),
                N_("Of an account without a contact that can be synced"), _no_contact),
    Requirement("arrival", "VP-24", "arrival", N_("the arrival date is missing"), N_("Without an arrival date"),
                lambda asked: asked.deal.arrival.is_null()),
    Requirement("departure", "VP-25", "departure", N_("the departure date is missing"),
                N_("Without a departure date"), lambda asked: asked.deal.departure.is_null()),
    Requirement("early", "VP-25", "departure", N_("the departure comes before the arrival"),
                N_("With a departure before the arrival"), lambda asked: asked.deal.departure < asked.deal.arrival),
    Requirement("stage", "VP-26", "stage", N_("the stage is missing"), N_("Without a stage"),
                lambda asked: _blank(asked.deal.stage)),
    Requirement("probability", "VP-27", "probability", N_("the probability is missing"), N_("Without a probability"),
                lambda asked: asked.deal.probability.is_null()),
]  # fmt: skip
OF_TABLE = dict(zip(TABLES, (ACCOUNT, CONTACT, DEAL), strict=True))


class Question(NamedTuple):
    """A question for records of one table, and in it the name of the first requirement each lacks; "" for none."""

    query: Asks
    record: Asks
    first: Asks


def question(table: str) -> Question:
    """For all records of a table, with their accounts; whoever asks says which."""
    return _question(table)


@cache
def _question(table: str) -> Question:
    """Put together once: the chip of every record that is shown asks it."""
    account = Account.alias()
    if table == ACCOUNTS:
        return _asked(account, account.select(), Asked(account), ACCOUNT)
    if table == CONTACTS:
        contact = Contact.alias()
        of_it = contact.select().join(account, peewee.JOIN.LEFT_OUTER, on=(account.customer == contact.customer))
        return _asked(contact, of_it, Asked(account, contact), CONTACT)
    deal = Opportunity.alias()
    rows = deal.select().join(account, peewee.JOIN.LEFT_OUTER, on=(account.number == deal.account))
    return _asked(deal, rows, Asked(account, None, deal), DEAL)


def _asked(record: Asks, query: Asks, asked: Asked, requirements: Sequence[Requirement]) -> Question:
    return Question(query, record, peewee.Case(None, [(each.lacking(asked), each.name) for each in requirements], ""))


class Lack(NamedTuple):
    """What keeps a record from being sent: the requirement, the field of the record that is to be filled ("" where it
    is not one of its own), the sentence, where it is mended: table, number and field, and whether whoever asks mends it
    in Settings > Viper instead.
    """

    name: str
    field: str
    sentence: str
    table: str
    key: Asks
    in_settings: bool = False


def lacks(record: Record, *, leads: bool = True) -> Lack | None:
    """The first thing a saved record lacks; None for one that can be sent."""
    name = missing(record)
    return lack_of(record, name, leads=leads) if name else None


def missing(record: Record) -> str:
    """The name of the first requirement a saved record lacks; "" for none."""
    asked = question(record._meta.table_name)
    key = getattr(asked.record, key_field(type(record)).name)
    return str(asked.query.select(asked.first).where(key == record.key).scalar() or "")


def lack_of(
    record: Record, name: str, tells: Callable[[Record], bool] = lambda other: True, *, leads: bool = True
) -> Lack | None:
    """The sentence about a record that lacks the requirement of this name; None where that is none of its.

    Another record is named in it only where `tells` says that it may be; whoever does not lead the sync is told who
    sets what they cannot.
    """
    table = record._meta.table_name
    wanted = next((each for each in OF_TABLE[table] if each.name == name), None)
    if wanted is None:
        return None
    account = account_of(record)
    where, field, reason, in_settings = (table, record.key), wanted.field, "", leads and name == UNKNOWN
    if name in ("account_held", "account_apart", "no_contact") and account is not None:
        where = (ACCOUNTS, account.number)
        theirs = lacks(account, leads=leads) if name == "account_held" else None
        reason = _there(account) if theirs is None else theirs.sentence
        field, in_settings = (theirs.field, theirs.in_settings) if theirs is not None else ("", False)
    other = _first_with(record) if name == "email_twice" else account
    sentence = wanted.sentence if leads or name != UNKNOWN else STRANGER
    said = _(sentence).format(owner=_owner_id(record, account), name=_named(other, tells), reason=reason)
    return Lack(name, field if where[0] == table or name == "account_held" else "", said, *where, in_settings)


def _there(account: Account) -> str:
    """What has become of an account there, where that keeps what hangs on it from being sent."""
    of_it = (SyncLink.table == ACCOUNTS) & (SyncLink.key == str(account.number))
    met = SyncLink.select(SyncLink.met).where(of_it).scalar()
    return _(APART[met]) if met in APART else _("it is not there yet")


def account_of(record: Record) -> Account | None:
    """The account a record is, or hangs on."""
    if isinstance(record, Account):
        return record
    if isinstance(record, Contact):
        return Account.get_or_none(Account.customer == record.__data__["customer"])
    return Account.find(record.__data__["account"])


def _owner_id(record: Record, account: Account | None) -> str:
    own = record.__data__.get("assigned_to" if isinstance(record, Contact) else "owner")
    return str(own or (account.__data__["owner"] if account is not None else "") or "")


def _first_with(record: Record) -> Record | None:
    """The contact that is sent with this e-mail address."""
    asked = question(CONTACTS)
    other, key = asked.record, record.key
    same = (other.email_folded == record.__data__.get("email_folded")) & (other.number != key)
    sent = _linked(CONTACTS, other.number) | ((other.number < key) & (asked.first == ""))
    found: Record | None = asked.query.where(same & sent).order_by(other.number).first()
    return found


def _named(other: Record | None, tells: Callable[[Record], bool]) -> str:
    return other.caption() if other is not None and tells(other) else _("another record")
