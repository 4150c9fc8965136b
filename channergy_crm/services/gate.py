"""Who must not be called now, and why: asked before every way to dial or copy a number (BX-5, BX-6, BX-43, DP-8)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from channergy_crm import access, clock
from channergy_crm.errors import Refused
from channergy_crm.language import _, ngettext
from channergy_crm.records import Account, Contact, Customer, Lead
from channergy_crm.records.call_log import DialRow
from channergy_crm.records.calls import Meaning, meaning_of, rules
from channergy_crm.records.lookups import describe
from channergy_crm.services import calling_hours, office, register, rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import MOST_A_DAY

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    import peewee

    from channergy_crm.work.record import Record

Kind = Literal["do_not_call", "register", "hours", "often"]
DAY = timedelta(hours=24)
TOGETHER = 400
WITH_A_FLAG: tuple[type[Lead | Contact | Customer], ...] = (Lead, Contact, Customer)
"""who can ask not to be called"""


class Barred(NamedTuple):
    """Why somebody is not called now, in a sentence; whether this operator may call despite it; when it is over.

    `opens` is on the clock of the office, None where it never is, or nobody knows.
    """

    kind: Kind
    reason: str
    may_override: bool
    opens: datetime | None = None


class NotCalled(Refused):
    """The gate let a number not through: what it said stands in `barred`."""

    def __init__(self, barred: Barred) -> None:
        super().__init__(barred.reason, "phone")
        self.barred = barred


def barred(number: str, by: str, *, record: Record | None = None, at: datetime | None = None) -> Barred | None:
    """Why the number in this text is not dialed now; None when it may be.

    `record` is the lead, contact, account or customer it is dialed for; `at` a moment of the office's clock.
    """
    rights.require(by, "dial")
    key, moment = register.key(number), at or clock.now()
    return _Known([key], by, moment).barred(number, key, record)


def barred_many(leads: Sequence[Lead], by: str, at: datetime | None = None) -> dict[int, Barred]:
    """Who of these leads is not called now, by the number a queue dials first; a few hundred in a few questions."""
    rights.require(by, "dial")
    numbers = {lead.number: first_number(lead) for lead in leads}
    keys = {key: register.key(number) for key, number in numbers.items()}
    known = _Known(keys.values(), by, at or clock.now())
    told = ((lead.number, known.barred(numbers[lead.number], keys[lead.number], lead)) for lead in leads)
    return {key: found for key, found in told if found is not None}


def not_written_to(
    numbers: Sequence[tuple[str, Record | None]], by: str, at: datetime | None = None
) -> list[Barred | None]:  # fmt: skip
    """The same for messages: why none is sent to these numbers now, in their order (SI-24).

    How often somebody was called does not matter; who wants no calls gets no messages either.
    """
    rights.require(by, "see", Lead)
    keys = [register.key(number) for number, _record in numbers]
    known = _Known(keys, by, at or clock.now())
    found = (known.barred(number, key, record) for (number, record), key in zip(numbers, keys, strict=True))
    return [None if each is not None and each.kind == "often" else each for each in found]


def refusal(number: str, by: str) -> str:
    """Why the number in this text is never dialed: somebody who has it, or the register, says so; "" when it may be."""
    rights.require(by, "see", Lead)
    key = register.key(number)
    found = _Known([key], by, clock.now()).never(key, None) if key else None
    return found[1] if found else ""


def put_on_register(record: Record, reason: str, by: str, *, forgotten: bool = False) -> None:
    """Within a unit: all numbers of a record are not called any more, whatever becomes of the record (DP-7).

    Of who asked to be forgotten only keyed hashes stay, without a reason.
    """
    rights.require(by, "see", type(record))
    register.put(register.numbers_of(record), reason, by, forgotten=forgotten)


def first_number(called: Lead | Contact | Customer) -> str:
    """The number of theirs that is dialed first, "" when they have none."""
    more = called.kind("more_phones").numbers(called.more_phones or "")
    return str(called.phone or called.other_phone or next((number for _label, number in more), ""))


def forbidden(record: Record | None) -> str:
    """The result or the flag by which this one is not to be called, such as “Do Not Call”; "" when there is none."""
    if isinstance(record, Lead) and record.call_code and meaning_of(record.call_code) == Meaning.DO_NOT_CALL:
        return describe(Lead.kind("call_code"), record.call_code)
    if isinstance(record, WITH_A_FLAG) and record.do_not_call:
        return type(record).kind("do_not_call").label
    return ""


def note(number: str, by: str, lead: Lead | None = None) -> None:
    """Remember that a number was dialed; what is older than eight days is forgotten."""
    rights.require(by, "dial")
    from channergy_crm.store import database
    from channergy_crm.store.complaints import translated

    now = clock.now()
    key = register.key(number) or "".join(filter(DIALED.__contains__, number))[: DialRow.key.max_length]
    with database.writing(), translated():
        DialRow.insert(key=key, dialed=now, by=by, lead=lead.key if lead is not None else None).execute()
        DialRow.delete().where(DialRow.dialed < now - 8 * DAY).execute()


DIALED = frozenset("0123456789*#+,;")


class _Known:
    """What the store says about some numbers, asked at once."""

    def __init__(self, keys: Iterable[str], by: str, moment: datetime) -> None:
        wanted = sorted(set(filter(None, keys)))
        self._by, self._moment = by, moment
        self._override = not isinstance(by, Program) and access.has_job(by, "call_anyway")
        self._most = office.whole(MOST_A_DAY, Program.ITSELF)
        self._listed = register.find(wanted, Program.ITSELF)
        self._refusing: dict[str, Record] = {}
        self._dialed: Mapping[str, list[datetime]] = _dialed(wanted, moment) if self._most else {}
        for start in range(0, len(wanted), TOGETHER):
            _find_refusing(wanted[start : start + TOGETHER], self._refusing)
        _find_by_more_numbers(wanted, self._refusing)

    def barred(self, number: str, key: str, record: Record | None) -> Barred | None:
        """Why this number is not dialed for this record."""
        if never := self.never(key, record):
            return Barred(*never, self._override)
        if not key:
            return None
        if shut := calling_hours.closed(calling_hours.place(number, record), self._moment):
            return Barred("hours", shut.sentence(), self._override, shut.opens)
        return self._often(key)

    def never(self, key: str, record: Record | None) -> tuple[Kind, str] | None:
        """Who or what says that this number is not dialed at any time."""
        asked = record
        if isinstance(record, Account) and record.customer:  # the same company, as a customer
            asked = Customer.find(record.customer)
        holder = asked if forbidden(asked) else self._refusing.get(key)
        if holder is not None:
            return "do_not_call", self._noted_of(holder)
        return ("register", register.sentence(self._listed[key])) if key in self._listed else None

    def _noted_of(self, holder: Record) -> str:
        said = _("{result} was noted of {name}: this number is not dialed.")
        seen = rights.may(self._by, "see", holder) is None
        name = holder.caption() if seen else _("somebody another operator looks after")
        return said.format(result=forbidden(holder), name=name)

    def _often(self, key: str) -> Barred | None:
        dialed = self._dialed.get(key, [])
        if not self._most or len(dialed) < self._most:
            return None
        opens = dialed[self._most - 1] + DAY
        said = ngettext(
            "This number was called {count} time within 24 hours, as often as the office allows. Again from {time}.",
            "This number was called {count} times within 24 hours, as often as the office allows. Again from {time}.",
            len(dialed),
        )
        return Barred("often", said.format(count=len(dialed), time=f"{opens:%H:%M}"), self._override, opens)


def _refuse(record: type[Lead | Contact | Customer]) -> peewee.ColumnBase:
    """The condition for those of this type who are not to be called: by their flag, or by a result."""
    says: Any = record.kind("do_not_call").filled()
    codes = [rule.code for rule in rules() if rule.meaning == Meaning.DO_NOT_CALL] if record is Lead else []
    refuse: peewee.ColumnBase = says | Lead.call_code.in_(codes) if codes else says
    return refuse


def _find_by_more_numbers(keys: Collection[str], found: dict[str, Record]) -> None:
    """Who is not to be called and has one of these among the further numbers; only those are read (BX-6)."""
    wanted = {key.removeprefix("+"): key for key in keys if key not in found}
    for record in WITH_A_FLAG if wanted else ():
        digits = record.kind("more_phones_digits")
        query: Any = record.select(record.number, digits).where(record.more_phones.given() & _refuse(record))
        held = {wanted[each]: number for number, text in query.tuples() for each in text.split() if each in wanted}
        _load(record, held, found)


def _find_refusing(keys: Collection[str], found: dict[str, Record]) -> None:
    """Which leads, contacts and customers with these numbers are not to be called (VT-100)."""
    for record in WITH_A_FLAG:
        names = ("phone_e164", "other_phone_e164")
        has: peewee.ColumnBase = reduce(or_, (record.kind(name).in_(list(keys)) for name in names))
        query: Any = record.select(record.number, *(record.kind(name) for name in names)).where(has & _refuse(record))
        held = {each: number for number, *theirs in query.tuples() for each in theirs if each in keys}
        _load(record, held, found)


def _load(record: type[Lead | Contact | Customer], held: Mapping[str, int], found: dict[str, Record]) -> None:
    """Read those who have the numbers `held`: hardly ever somebody, and only they are read whole."""
    holders = (
        {each.number: each for each in record.select().where(record.number.in_(list(held.values())))} if held else {}
    )
    for each, number in held.items():
        if number in holders:
            found.setdefault(each, holders[number])


def _dialed(keys: Sequence[str], moment: datetime) -> Mapping[str, list[datetime]]:
    """When these numbers were dialed in the last 24 hours, the latest first."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for start in range(0, len(keys), TOGETHER):
        since = (DialRow.dialed > moment - DAY) & (DialRow.dialed <= moment)
        wanted = DialRow.key.in_(keys[start : start + TOGETHER])
        query: Any = DialRow.select(DialRow.key, DialRow.dialed).where(wanted & since).order_by(DialRow.dialed.desc())
        for key, at in query.tuples():
            found[key].append(at)
    return found
