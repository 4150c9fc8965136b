"""Which fields go to the Viper site and which come back: the table of the documents, row by row (VP-28…VP-58).

Everything else of the sync asks here. A value travels as JSON: text and numbers of telephones as typed, days as ISO
dates, money as decimal text, percent as a whole number, what comes out of a list as people read it; stages as they are
stored, which is what the documents call them (VP-26), or as the office says that the site calls them.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.lookups import choices, describe
from channergy_crm.records.sync import SyncLink, SyncPerson, stages
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

TOGETHER = 500
LONGEST_NUMBER = 40
"""signs; nothing longer is an amount of money or a percentage"""


class Direction(StrEnum):
    """Which way a field goes."""

    BOTH = N_("both ways")
    FIRST = N_("to Viper, at the first sync only")
    BACK = N_("from Viper")


class Names(NamedTuple):
    """What some records point at, as the site calls it: looked up for many of them at once."""

    people: Mapping[str, str]
    """who stands for an operator or a group, by ID"""
    companies: Mapping[int, str]
    """the site's number of an account, by ours"""
    accounts: Mapping[int, tuple[int, str]]
    """by customer, its account and whose that is"""
    stages: Mapping[str, str]


class Way(NamedTuple):
    """How the values of a field travel: what is sent for a record, and what a value that comes is here."""

    out: Callable[[Record, str, Names], object]
    back: Callable[[Kind[Any], object], object]


def _plain(record: Record, name: str, names: Names) -> object:
    return record.__data__.get(name)


def _text(record: Record, name: str, names: Names) -> str:
    return str(record.__data__.get(name) or "").strip()


def _listed(record: Record, name: str, names: Names) -> str:
    held = record.__data__.get(name)
    return describe(type(record).kind(name), held) if held else ""


def _read(kind: Kind[Any], value: object) -> object:
    return kind.read("" if value is None else str(value))


def _day(record: Record, name: str, names: Names) -> str | None:
    held = record.__data__.get(name)
    return held.isoformat() if held else None


def _read_day(kind: Kind[Any], value: object) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise _unreadable(kind, value) from None


def _cents(record: Record, name: str, names: Names) -> str | None:
    held = record.__data__.get(name)
    return None if held is None else type(record).kind(name).show(held)


def _read_cents(kind: Kind[Any], value: object) -> int | None:
    return None if value in (None, "") else int(_number(kind, value, 100))


def _read_percent(kind: Kind[Any], value: object) -> int | None:
    return None if value in (None, "") else int(_number(kind, str(value).removesuffix("%").strip(), 1))


def _number(kind: Kind[Any], value: object, times: int) -> Decimal:
    try:
        found = Decimal(str(value))
        if len(str(value)) > LONGEST_NUMBER or not found.is_finite() or found.adjusted() > LONGEST_NUMBER:
            raise _unreadable(kind, value)
        return (found * times).to_integral_value()
    except InvalidOperation:
        raise _unreadable(kind, value) from None


def _unreadable(kind: Kind[Any], value: object) -> Mistake:
    said = _("Viper says “{value}” for {field}, which cannot be read here.")
    return Mistake(said.format(value=str(value)[:60], field=kind.label), kind.name)


def _stage(record: Record, name: str, names: Names) -> str:
    held = str(record.__data__.get(name) or "")
    return names.stages.get(held, held)


def _read_stage(kind: Kind[Any], value: object) -> str:
    if not value:
        return ""
    if (found := stage_here(str(value))) is None:
        raise _unreadable(kind, value)
    return found


def _person(record: Record, name: str, names: Names) -> str | None:
    owner = owner_of(record, names)
    return names.people.get(owner) if owner else None


def _company(record: Record, name: str, names: Names) -> str | None:
    held = record.__data__.get(name)
    if held is not None and type(record) is Contact:
        held = names.accounts.get(held, (None, ""))[0]
    return names.companies.get(held) if held is not None else None


def _never(kind: Kind[Any], value: object) -> object:
    raise Mistake(_("{field} is decided here, not in Viper.").format(field=kind.label), kind.name)


TEXT, LISTED = Way(_text, _read), Way(_listed, _read)
DAY, MONEY, PERCENT = Way(_day, _read_day), Way(_cents, _read_cents), Way(_plain, _read_percent)
STAGE, COMPANY, PERSON = Way(_stage, _read_stage), Way(_company, _never), Way(_person, _never)
BOTH, FIRST, BACK = Direction.BOTH, Direction.FIRST, Direction.BACK


class Mapped(NamedTuple):
    """One line of the table: the row of the documents, our field, what the site calls it, which way it goes and what
    the documents call it.
    """

    row: str
    record: type[Record]
    name: str
    remote: str
    direction: Direction
    label: str
    way: Way = TEXT


MAP: tuple[Mapped, ...] = (
    Mapped("VP-29", Account, "name", "name", BOTH, N_("Account Name")),
    Mapped("VP-30", Account, "phone", "phone", BOTH, N_("Phone")),
    Mapped("VP-31", Account, "fax", "fax", BOTH, N_("Fax")),
    Mapped("VP-32", Account, "other_phone", "other_phone", BOTH, N_("Other Phone")),
    Mapped("VP-33", Account, "bill_address", "billing_address", BOTH, N_("Billing Address")),
    Mapped("VP-34", Account, "bill_city", "billing_city", BOTH, N_("Billing City")),
    Mapped("VP-35", Account, "bill_state", "billing_state", BOTH, N_("Billing State")),
    Mapped("VP-36", Account, "bill_country", "billing_country", BOTH, N_("Billing Country")),
    Mapped("VP-37", Account, "bill_postal_code", "billing_postal_code", BOTH, N_("Bill Postal Code")),
    Mapped("VP-15", Account, "owner", "assigned_to", FIRST, N_("Assigned To"), PERSON),
    Mapped("VP-39", Contact, "first_name", "first_name", BOTH, N_("First Name")),
    Mapped("VP-40", Contact, "last_name", "last_name", BOTH, N_("Last Name")),
    Mapped("VP-41", Contact, "mailing_address", "mailing_address", BOTH, N_("Mailing Address")),
    Mapped("VP-42", Contact, "mailing_city", "mailing_city", BOTH, N_("Mailing City")),
    Mapped("VP-43", Contact, "mailing_state", "mailing_state", BOTH, N_("Mailing State")),
    Mapped("VP-44", Contact, "mailing_country", "mailing_country", BOTH, N_("Mailing Country")),
    Mapped("VP-45", Contact, "mailing_postal_code", "mailing_postal_code", BOTH, N_("Mailing Postal Code")),
    Mapped("VP-17", Contact, "assigned_to", "assigned_to", FIRST, N_("Assigned To"), PERSON),
    Mapped("VP-18", Contact, "customer", "company_id", FIRST, N_("Related Account"), COMPANY),
    Mapped("VP-20", Contact, "email", "email", FIRST, N_("Email Address")),
    Mapped("VP-47", Opportunity, "name", "name", FIRST, N_("Opportunity Name")),
    Mapped("VP-48", Opportunity, "account", "company_id", FIRST, N_("Related To"), COMPANY),
    Mapped("VP-49", Opportunity, "stage", "sales_stage", FIRST, N_("Sales Stage"), STAGE),
    Mapped("VP-50", Opportunity, "arrival", "preferred_arrival", FIRST, N_("Preferred Arrival"), DAY),
    Mapped("VP-51", Opportunity, "departure", "preferred_departure", FIRST, N_("Preferred Departure"), DAY),
    Mapped("VP-52", Opportunity, "amount", "estimated_value", FIRST, N_("Amount (Estimated Value)"), MONEY),
    Mapped("VP-53", Opportunity, "probability", "probability", FIRST, N_("Probability"), PERCENT),
    Mapped("VP-54", Opportunity, "lead_source", "lead_source", FIRST, N_("Lead Source"), LISTED),
    Mapped("VP-55", Opportunity, "due", "due_date", FIRST, N_("Due Date"), DAY),
    Mapped("VP-56", Opportunity, "description", "description", FIRST, N_("Description")),
    Mapped("VP-21", Opportunity, "owner", "assigned_to", FIRST, N_("Assigned To"), PERSON),
    Mapped("VP-57", Opportunity, "probability", "probability", BACK, N_("Probability"), PERCENT),
    Mapped("VP-58", Opportunity, "stage", "sales_stage", BACK, N_("Sales Stage"), STAGE),
)
KINDS = {"CRMAccounts": "companies", "CustomerContacts": "contacts", "CRMOpportunities": "programs"}
"""what the site calls the records of a table, in the order in which they are sent: what others hang on comes first"""
TERMS = N_("An account is a company in Viper, and its contacts are the company's contacts. An opportunity is where a "
           "program begins: proposal, costing and contracts stand there.")  # fmt: skip
"""what the two systems call the same thing (VP-7, VP-8, VP-9)"""
RULES: dict[str, str] = {
    "VP-28": N_("New accounts are made here; afterwards these fields may be changed here or in Viper."),
    "VP-38": N_("New contacts are made here; afterwards these fields may be changed here or in Viper."),
    "VP-46": N_("New opportunities are made here and sent once; afterwards Sales Stage and Probability come back."),
}  # fmt: skip
"""what the documents say above the fields of each of the three"""


def of(table: str, *directions: Direction) -> list[Mapped]:
    """The lines of a table's records; only those that go one of these ways where some are named."""
    return [each for each in MAP if each.record._meta.table_name == table
            and (not directions or each.direction in directions)]  # fmt: skip


def owner_of(record: Record, names: Names) -> str:
    """Whose a record is: a contact's is its account's unless one is set (K21); "" where it is nobody's."""
    if type(record) is not Contact:
        return str(record.__data__.get("owner") or "")
    return str(record.__data__.get("assigned_to") or names.accounts.get(record.__data__["customer"], (0, ""))[1])


def names(records: Sequence[Record]) -> Names:
    """What these records point at, as the site calls it; asked in three questions whatever their number."""
    people: Any = SyncPerson.select(SyncPerson.owner, SyncPerson.remote).tuples()
    customers = {each.__data__["customer"] for each in records if type(each) is Contact}
    accounts = {customer: (number, owner or "") for customer, number, owner in _accounts(customers)}
    pointed = {number for number, _owner in accounts.values()}
    pointed |= {each.__data__["account"] for each in records if type(each) is Opportunity}
    return Names(dict(people), dict(_companies(pointed - {None})), accounts, stages())


def _accounts(customers: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    for part in _parts(customers):
        rows: Any = Account.select(Account.customer, Account.number, Account.owner)
        yield from rows.where(Account.customer.in_(part)).tuples()


def _companies(accounts: Iterable[int]) -> Iterator[tuple[int, str]]:
    there = SyncLink.table == "CRMAccounts"
    for part in _parts(accounts):
        rows: Any = SyncLink.select(SyncLink.key, SyncLink.remote)
        for key, remote in rows.where(there & SyncLink.key.in_([str(each) for each in part])).tuples():
            yield int(key), remote


def _parts(keys: Iterable[int]) -> Iterable[list[int]]:
    held = sorted(keys)
    return (held[start : start + TOGETHER] for start in range(0, len(held), TOGETHER))


def said(mapped: Mapped, record: Record, known: Names | None = None) -> object:
    """What is sent of a field: a value JSON can say."""
    return mapped.way.out(record, mapped.name, known or names([record]))


def values(record: Record, known: Names, *, new: bool) -> dict[str, object]:
    """What is sent of a record, by the site's names: when it is created there, or when it is changed."""
    ways = (BOTH, FIRST) if new else (BOTH,)
    return {each.remote: said(each, record, known) for each in of(record._meta.table_name, *ways)}


def put(mapped: Mapped, record: Record, value: object) -> bool:
    """Let a field of a record hold what the site says; whether that is something else than before.

    `Mistake` with the field where it cannot stand here; a stage that is not known yet is one (`stage_here`).
    """
    kind = mapped.record.kind(mapped.name)
    if same(value, said(mapped, record, _NOBODY if mapped.way is not STAGE else _NOBODY._replace(stages=stages()))):
        return False
    held = mapped.way.back(kind, value)
    if sentence := kind.check(held):
        raise Mistake(sentence, mapped.name)
    setattr(record, mapped.name, held)
    return True


_NOBODY = Names({}, {}, {}, {})


def normal(value: Any) -> Any:
    """A value as it travels: without blanks at its ends, one spelling of accents and of the ends of lines; nothing at
    all, and no text, are the same. A telephone number stays as it was typed.
    """
    if value is None or isinstance(value, bool):
        return "" if value is None else value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    return int(value) if isinstance(value, float) and value.is_integer() else value


def same(one: object, other: object) -> bool:
    """Whether two values say the same, so that neither need be told the other. How much stands between two words, and
    whether that is a new line, says nothing: here an address is one line. A site may say a postal code as a number.
    """
    return _bare(one) == _bare(other)


def _bare(value: object) -> str:
    return " ".join(str(normal(value)).split())


def not_sent(record: Record, base: Mapping[str, object], known: Names | None = None) -> list[Mapped]:
    """The fields that were sent once, and hold something else now: they are not sent again (K12, VP-4, VP-46)."""
    known = known or names([record])
    sent = [each for each in once(record._meta.table_name) if each.remote in base]
    return [each for each in sent if not _still(each, record, base[each.remote], known)]


def once(table: str) -> list[Mapped]:
    """The lines of a table's records that are sent when one is made, and neither sent again nor taken back."""
    back = {each.remote for each in of(table, BACK)}
    return [each for each in of(table, FIRST) if each.remote not in back]


def _still(mapped: Mapped, record: Record, base: object, known: Names) -> bool:
    """Whether a record holds what was sent of a field, however the site spells it."""
    now, kind = said(mapped, record, known), mapped.record.kind(mapped.name)
    if same(now, base) or (kind.likeness == "email" and str(now).casefold() == str(base).casefold()):
        return True
    try:
        return mapped.way not in (PERSON, COMPANY) and mapped.way.back(kind, base) == record.__data__.get(mapped.name)
    except Mistake:
        return False


# ---------------------------------------------------------------- stages


def stage_here(theirs: str) -> str | None:
    """The stage of ours that the site calls so: by the map, by its name or what people read; None: unknown."""
    wanted = fold(theirs.strip())
    mapped = {fold(named): ours for ours, named in stages().items()}
    known = choices("CRMOpportunities", "Stage")
    by_name = {fold(each.description): each.value for each in known} | {fold(each.value): each.value for each in known}
    return mapped.get(wanted, by_name.get(wanted))
