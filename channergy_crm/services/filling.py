"""What can be put into a text, and what stands there: the fields of whoever is at hand, who works here, the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.language import N_, _
from channergy_crm.phones.there import local_clock
from channergy_crm.records import (
    Account,
    Contact,
    Customer,
    Lead,
    Opportunity,
    Product,
    Ticket,
    fixed_labels,
)
from channergy_crm.records.lookups import describe
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.operators import Operator
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import rights, written_to
from channergy_crm.settings import OFFICE_ADDRESS, OFFICE_NAME
from channergy_crm.store import database
from channergy_crm.text import placeholders, repeats
from channergy_crm.text.written import written_cents, written_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.text.placeholders import Filled
    from channergy_crm.work.record import Record

RECORDS: dict[str, type[Record]] = {
    "lead": Lead, "account": Account, "contact": Contact, "opportunity": Opportunity, "customer": Customer,
    "ticket": Ticket, "product": Product,
}  # fmt: skip
"""by the first half of a name"""
OTHERS = {
    "operator.name": N_("The operator's name"),
    "operator.id": N_("The operator's ID"),
    "operator.title": N_("The operator's title"),
    "operator.phone": N_("The operator's phone"),
    "operator.email": N_("The operator's e-mail address"),
    "office.name": N_("Name of the office"),
    "office.address": N_("Address of the office"),
    "today": N_("The day today"),
    "call.next_try": N_("The next try"),
    "lead.local_time": N_("Their local time"),
}
"""what is no field of a record"""
_LINKS = (("contact", "customer", "customer"), ("lead", "account", "account"), ("lead", "customer", "customer"),
          ("lead", "opportunity", "opportunity"), ("opportunity", "account", "account"),
          ("account", "customer", "customer"), ("ticket", "contact", "contact"), ("ticket", "account", "account"),
          ("ticket", "product", "product"), ("contact", "customer", "customer"))  # fmt: skip
"""who leads to whom, by which link"""


class Offered(NamedTuple):
    """A field that can be put into a text: its name there, what people call it, and what it belongs to."""

    name: str
    label: str
    group: str


class Subject(NamedTuple):
    """Who and what a text is about. `next_try` is the moment of the office's clock a call is promised for."""

    record: Record | None = None
    next_try: datetime | None = None


def offered(by: str) -> list[Offered]:
    """Every field a text may ask for, as people read them: first who works here, then record by record."""
    rights.require(by, "see")
    found = [Offered(name, _(label), _("General")) for name, label in OTHERS.items()]
    found += [Offered(name, _(label), _("Whom it goes to")) for name, label in written_to.PERSON.items()]
    for word, record in RECORDS.items():
        fields = record.offered().items()
        found += [Offered(f"{word}.{name}", kind.label, record.singular) for name, kind in fields]
    return found


def problem(text: str, by: str) -> str | None:
    """What of a text cannot be filled in, in a sentence; None when all of it can."""
    rights.require(by, "see")
    names = [each.name for each in offered(by)]
    return placeholders.problem(text, sorted(names, key=lambda name: name in written_to.PERSON))


def written(kind: Any, value: object) -> str:
    """A value as it stands in a text that others read later, in the language in use; the screen says days and amounts
    as its place does.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return written_day(value)
    return WRITTEN.get(kind.shown_as, _shown)(kind, value) if kind is not None else str(value)


def _shown(kind: Any, value: Any) -> str:
    return str(kind.show(value))


WRITTEN: dict[str, Callable[[Any, Any], str]] = {
    "tick": lambda kind, value: _("Yes") if value else _("No"),
    "money": lambda kind, value: written_cents(value),
    "percent": lambda kind, value: f"{value} %",
    "rate": lambda kind, value: f"{kind.show(value)} %",
    "weight": lambda kind, value: fixed_labels.weight_said(value),
    "described": lambda kind, value: describe(kind, str(value)),
    "repeats": lambda kind, value: repeats.words(value),
}
"""by the word a kind has for how it is shown; the others say it themselves"""


def fill(text: str, subject: Subject, by: str, say: Callable[[Any, object], str] = written) -> Filled:
    """A text with what is known of its subject put in. What a role hides is not known; nor is what may not be seen."""
    rights.require(by, "see")
    parts = placeholders.parse(text)
    return placeholders.fill(parts, values(placeholders.names(parts), subject, by, say))


def values(
    names: Iterable[str], subject: Subject, by: str, say: Callable[[Any, object], str] = written
) -> Mapping[str, str]:
    """What is known under these names, in words; what is not known is not there."""
    rights.require(by, "see")
    held = dict.fromkeys(RECORDS) | _around(subject.record, by)
    found = {name: _other(name, held["lead"], subject, by, say) for name in names if name in OTHERS}
    begun = _word(subject.record)
    found |= {name: written_to.said(name, begun, held, by, say) for name in names if name in written_to.PERSON}
    for name in names:
        word, _dot, field = name.partition(".")
        record = held.get(word)
        if name in OTHERS or record is None or field not in type(record).offered():
            continue
        if field not in rights.hidden(type(record), by):
            found[name] = say(type(record).kind(field), getattr(record, field))
    return {name: said for name, said in found.items() if said}


def _around(record: Record | None, by: str) -> dict[str, Record | None]:
    """The record, and those it leads to, which this one may see."""
    word = _word(record)
    held: dict[str, Record | None] = {word: record} if word and _is_seen(record, by) else {}
    for start, link, end in _LINKS:
        key = getattr(held.get(start), link, None)
        if key is None or end in held:
            continue
        found = RECORDS[end].find(key)
        held[end] = found if _is_seen(found, by) else None
    customer = held.get("customer")
    if customer is not None and "account" not in held:  # a customer does not say which its account is
        account = Account.get_or_none(Account.customer == customer.key)
        held["account"] = account if _is_seen(account, by) else None
    return held


def _word(record: Record | None) -> str:
    return next((word for word, each in RECORDS.items() if isinstance(record, each)), "")


def _is_seen(record: Record | None, by: str) -> bool:
    return record is not None and rights.may(by, "see", record) is None


def _other(name: str, lead: Any, subject: Subject, by: str, say: Callable[[Any, object], str]) -> str:
    if name in _OF_OPERATOR:
        return say(None, _of_operator(name, by))
    if name in _OF_OFFICE:
        setting = _OF_OFFICE[name]
        held = OfficeSetting.find(setting.name)
        return say(None, str((held.value if held else "") or setting.default))
    if name == "today":
        return say(None, clock.today())
    if name == "call.next_try":
        return say(None, subject.next_try) if subject.next_try else ""
    there = (lead.time_zone or lead.phone or "") if lead is not None else ""
    return local_clock(there, database.region())


_OF_OFFICE = {"office.name": OFFICE_NAME, "office.address": OFFICE_ADDRESS}
_OF_OPERATOR = {
    "operator.id": "", "operator.name": "", "operator.title": "title", "operator.phone": "phone",
    "operator.email": "email",
}  # fmt: skip
"""the field of their preferences, by name"""


def _of_operator(name: str, by: str) -> str:
    """Who works here, as they say it of themselves in My Preferences."""
    if name == "operator.id":
        return str(by)
    if name == "operator.name":
        found = Operator.find(by)
        return found.name if found is not None else ""
    held = Preferences.find(by)
    return str(getattr(held, _OF_OPERATOR[name]) or "") if held is not None else ""
