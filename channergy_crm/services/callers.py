"""Who rings: the people behind a number, and what is written down of a call that comes in (BX-7)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, phones, work
from channergy_crm.language import N_
from channergy_crm.records import Account, Contact, Customer, Lead, Operator, PhoneCall
from channergy_crm.records.call_log import Direction, links_of, zone_of
from channergy_crm.records.lookups import describe
from channergy_crm.services import gate, office, rights
from channergy_crm.services.rights import Program
from channergy_crm.text.links import number_of
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from channergy_crm.records.call_log import Called

MOST = 3
"""people that are shown for one number"""
SAME_CALL = timedelta(minutes=2)
"""several workstations that tell of one call do so within that time"""
TOLD_AT_ONCE = 0x43484352  # the name of the lock on PostgreSQL
LINKS = ("lead", "account", "customer", "contact", "opportunity")
WHO: tuple[type[Called], ...] = (Contact, Lead, Account, Customer)


class Caller(NamedTuple):
    """Somebody with this number: what they are called, what belongs to it, their clock, and the last call."""

    record: Called
    name: str
    company: str
    owner: str
    zone: str
    last: datetime | None
    result: str
    refuses: bool
    """they asked not to be called"""


class Ring(NamedTuple):
    """A call that comes in: its number, its row in the call log, and who it may be, the likeliest first."""

    number: str
    logged: int
    who: list[Caller]


def come_in(text: str, by: str) -> Ring:
    """Somebody rings: write it down once, whoever else tells of the same call, and say who it may be."""
    rights.require(by, "dial")
    number = number_of(text)
    found = who(number, by)
    return Ring(number, _written(number, found, by), found)


def who(number: str, by: str) -> list[Caller]:
    """The people with this number, of those this operator may see, the likeliest first."""
    rights.require(by, "see", Lead)
    held = phones.keys(number, office.region())
    if not held.digits:
        return []
    # Whoever has the number in two of their fields is one person.
    found = list({(kind, one.key): one for kind in WHO for one in _with_number(kind, held, by)}.values())
    accounts = {one.customer for one in found if isinstance(one, Account)}
    told = [_told(one, by) for one in found if not (isinstance(one, Customer) and one.key in accounts)]
    return sorted(told, key=lambda one: _rank(one.record))[:MOST]


def _with_number(kind: type[Called], held: phones.Keys, by: str) -> Iterator[Called]:
    names = [name for name in ("phone", "other_phone") if name in kind.kinds()]
    hidden = rights.hidden(kind, by)
    conditions: list[Any] = [
        kind.kind(f"{name}_e164") == held.e164 if held.e164 else kind.kind(f"{name}_digits") == held.digits
        for name in names
        if name not in hidden
    ]
    for condition in conditions:
        yield from _first(kind, condition, by)
    if "more_phones" not in hidden and held.e164:
        # Between blanks: a number that only begins like this one is somebody else's.
        all_of_them = peewee.Value(" ").concat(kind.kind("more_phones_digits")).concat(" ")
        this = all_of_them.contains(f" {held.e164.removeprefix('+')} ")
        yield from _first(kind, kind.more_phones.given() & this, by)


def _first(kind: type[Called], condition: peewee.ColumnBase, by: str) -> Iterator[Called]:
    listed = kind.listed()
    query = rights.rows(kind, by).where(condition if listed is None else condition & listed)
    aside = [Lead.lost] if kind is Lead else []
    yield from query.order_by(*aside, kind.number.desc()).limit(MOST)


def _rank(record: Called) -> tuple[bool, int]:
    """Whom one works with comes before what lies aside."""
    aside = isinstance(record, Lead) and bool(record.converted or record.removed or record.lost)
    return aside, WHO.index(type(record))


def _told(record: Called, by: str) -> Caller:
    asked = PhoneCall.concerning(record) & (PhoneCall.code != "")
    last = rights.rows(PhoneCall, by).where(asked).order_by(PhoneCall.started.desc()).first()
    result = describe(Lead.kind("call_code"), last.code) if last is not None else ""
    owner = Operator.find(record.owner) if isinstance(record, (Lead, Account)) else None
    return Caller(
        record, record.caption(), _company(record), owner.name if owner is not None else "", zone_of(record),
        last.started if last is not None else None, result, bool(gate.forbidden(record)),
    )  # fmt: skip


def _company(record: Called) -> str:
    if isinstance(record, Contact):
        customer = Customer.find(record.customer) if record.customer else None
        return customer.company or "" if customer is not None else ""
    return "" if isinstance(record, Account) else record.company or ""


def _written(number: str, found: list[Caller], by: str) -> int:
    """The row of this call; the one somebody else has just written of the same call."""
    # The program's own step: Ctrl+Z takes back what somebody did themselves, not that a telephone rang.
    with work.unit(N_("A call from {number}"), by=Program.ITSELF, number=number or "?"):
        bulk.alone(TOLD_AT_ONCE)
        call = _same(number) or PhoneCall(
            operator=by, direction=Direction.IN.value, phone=number, started=clock.now()
        )  # fmt: skip
        if found and not any(getattr(call, link) for link in LINKS):  # others may not have seen who that is
            for link, key in links_of(found[0].record).items():
                setattr(call, link, key)
        call.save()
    return int(call.number)


def _same(number: str) -> PhoneCall | None:
    """The row of a call that has just come in from this number, however it was told, and has no result yet."""
    held = phones.keys(number, office.region())
    if not held.digits:
        return None
    told = PhoneCall.kind("phone_e164") == held.e164 if held.e164 else PhoneCall.kind("phone_digits") == held.digits
    open_yet = (PhoneCall.direction == Direction.IN.value) & (PhoneCall.code == "")
    recent = PhoneCall.started > clock.now() - SAME_CALL
    found: PhoneCall | None = PhoneCall.select().where(told & open_yet & recent).first()
    return found
