"""What follow-ups are about: records, those they lead to, whose they are, and how a task hangs on them.

They are read many at a time, and only the fields that are asked for: an event can make a hundred thousand at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.records import BY_TABLE, Account
from channergy_crm.services.events.about import one_of
from channergy_crm.services.filling import RECORDS
from channergy_crm.store import database
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from channergy_crm.work.record import Record

    Values = dict[str, Any]

LINKS = ("account", "opportunity", "lead", "customer")
"""what a task hangs on, by python name"""
OWNED = ("owner", "assigned_to")
TOGETHER = 500
_STEPS = (("lead", "account"), ("lead", "customer"), ("opportunity", "account"), ("contact", "customer"),
          ("account", "customer"))  # fmt: skip
"""who leads to whom, in the order in which it is followed"""


class Subject(NamedTuple):
    """A record with the values that were asked for, and those around it by what texts call them (“account”, …)."""

    table: str
    key: object
    values: Values
    around: Mapping[str, Values]

    @property
    def owner(self) -> str:
        """Whose it is; what is nobody's is of whoever has the account, the deal or the lead. "" for nobody."""
        held = (self.values, *(self.around[word] for word in LINKS if word in self.around))
        return next((str(each[name]) for each in held for name in OWNED if each.get(name)), "")

    def links(self) -> Values:
        """What a task about it hangs on, by python name, so that it stands in its timeline and can be called."""
        return {word: self.around[word][_key_of(word)] for word in LINKS if word in self.around}


def read(table: str, keys: Sequence[object], wanted: Iterable[str] = ()) -> dict[object, Subject]:
    """The records of a table with these numbers, at most some hundreds, that are still there, in the order of `keys`.

    `wanted` are the names texts ask for, such as “account.name”.
    """
    record, names = BY_TABLE[table], _names(wanted)
    own = next((word for word, each in RECORDS.items() if each is record), "")
    found = _rows(record, one_of(key_field(record), keys), names.get(own, ()))
    around: dict[object, dict[str, Values]] = {key: {own: values} if own else {} for key, values in found.items()}
    for word in RECORDS:
        _lead(around, word, {key: values.get(word) for key, values in found.items()}, names)
    for start, end in _STEPS:
        _lead(around, end, {key: held.get(start, {}).get(end) for key, held in around.items()}, names)
    _lead_to_accounts(around, names)
    there = {key: Subject(table, key, found[key], around[key]) for key in keys if key in found}
    return {key: each for key, each in there.items() if not each.values.get("removed")}


def _names(wanted: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name in wanted:
        word, _dot, field = name.partition(".")
        if word in RECORDS and field in RECORDS[word]._meta.fields:
            found.setdefault(word, set()).add(field)
    return found


def _rows(record: type[Record], condition: object, more: Iterable[str]) -> dict[object, Values]:
    fields, key = record._meta.fields, key_field(record).name
    names = [name for name in dict.fromkeys((key, *RECORDS, *OWNED, "removed", *more)) if name in fields]
    rows = database.proxy.execute(record.select(*(fields[name] for name in names)).where(condition))
    found = {row[names.index(key)]: dict(zip(names, row, strict=True)) for row in rows}
    for name in {*more} & {*names}:  # numbers and owners are read as they lie in the store
        for values in found.values():
            values[name] = fields[name].python_value(values[name])
    return found


def _lead(
    around: dict[object, dict[str, Values]], word: str, to: Mapping[object, object], names: Mapping[str, set[str]]
) -> None:
    """Put whom they lead to beside them, where nobody stands there yet."""
    wanted = {key: number for key, number in to.items() if number is not None and word not in around[key]}
    if not wanted:
        return
    record = RECORDS[word]
    held = _rows(record, one_of(key_field(record), set(wanted.values())), names.get(word, ()))
    for key, number in wanted.items():
        if number in held:
            around[key][word] = held[number]


def _lead_to_accounts(around: dict[object, dict[str, Values]], names: Mapping[str, set[str]]) -> None:
    """A customer, and so a contact, has its account: the first one, where there are several."""
    number = _key_of("customer")
    alone = {key: held["customer"][number] for key, held in around.items()
             if "customer" in held and "account" not in held}  # fmt: skip
    if not alone:
        return
    held = _rows(Account, one_of(Account.customer, set(alone.values())), names.get("account", ()))
    first: dict[object, Values] = {}
    for _key, values in sorted(held.items(), key=lambda pair: int(str(pair[0])), reverse=True):
        first[values["customer"]] = values
    for key, customer in alone.items():
        if customer in first:
            around[key]["account"] = first[customer]


def _key_of(word: str) -> str:
    return str(key_field(RECORDS[word]).name)
