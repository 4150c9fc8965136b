"""Links of an imported row: the record meant by a number or by a name, and the ones that are to be made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from channergy_crm import access, clock, work
from channergy_crm.errors import Mistake
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity
from channergy_crm.records.operators import Operator
from channergy_crm.services import rights
from channergy_crm.text.folding import fold
from channergy_crm.text.names import account_name, person_name
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from channergy_crm.transfer.importing.plan import MissingLinks
    from channergy_crm.work.record import Record

# What a record is called by: the columns to read, and the names they make, the best one first.
_NAMES: dict[type[Record], tuple[tuple[str, ...], Callable[..., Iterable[str]]]] = {
    Account: (("name",), lambda name: (name, name.split(";")[0])),
    Customer: (
        ("company", "first_name", "last_name"),
        lambda company, first, last: (account_name(company, first, last), company, person_name(first, last)),
    ),
    Opportunity: (("name",), lambda name: (name,)),
    Lead: (
        ("company", "first_name", "last_name", "description"),
        lambda company, first, last, text: (person_name(first, last), company, text),
    ),
}

_LONGEST: dict[type[Record], int] = {Operator: 80, Account: 760, Customer: 250}  # what can be made from its name


class Links:
    """Finds the records of one type that rows name, and makes the missing ones where that is wanted.

    Until they are made, the missing ones of a numbered type have negative numbers: -1, -2, …
    """

    def __init__(self, kind: Any, missing: MissingLinks, operator: str, owner: type[Record]) -> None:
        self.kind = kind
        self.target: type[Record] = kind.rel_model
        self._missing = missing
        self._operator = operator
        self._with_account = owner is Contact  # a customer without an account is in nobody's lists
        self._keys: set[Any] = set()
        self._names: list[dict[str, Any]] = [{}, {}, {}]
        self.made: dict[str, str] = {}  # by the folded name, the name as it was written
        self._places: dict[str, Any] = {}
        self._without_customer: dict[str, int] = {}
        if self.target is Operator:
            self._read_operators()
        else:
            self._read()

    def _read(self) -> None:
        columns, names = _NAMES[self.target]
        key = work.key_field(self.target)
        rows: Any = self.target.select(key, *(self.target.kind(name) for name in columns)).order_by(key).tuples()
        for number, *values in rows.iterator():
            self._keys.add(number)
            for place, name in enumerate(names(*(value or "" for value in values))):
                self._note(place, name, number)
        if self.target is Customer:
            self._read_accounts_of_customers()

    def _read_accounts_of_customers(self) -> None:
        """A customer is also called like its account; an account without one can get it."""
        rows: Any = Account.select(Account.number, Account.customer, Account.name).order_by(Account.number).tuples()
        for number, customer, name in rows.iterator():
            company = (name or "").split(";")[0]
            if customer is None:
                self._without_customer.setdefault(_plain(company), number)
            else:
                self._note(2, company, customer)

    def _read_operators(self) -> None:
        everybody: list[Operator] = access.operators(retired=True)
        self._taken = {one.id for one in everybody} | {part.upper() for part in rights.Program}
        for one in everybody:
            if one.active:
                self._note(0, one.id, one.id)
                self._note(1, one.name, one.id)

    def _note(self, place: int, name: str, key: Any) -> None:
        if folded := _plain(name):
            held = self._names[place].setdefault(folded, key)
            if held != key:
                self._names[place][folded] = [*(held if isinstance(held, list) else [held]), key]

    def find(self, text: str) -> Any:
        """The key of the record meant, a placeholder for one that is to be made, or None for one to be left out.

        `Mistake` says that there is none, or that several are called like that.
        """
        if self.target is not Operator and text.isascii() and text.isdigit() and int(text) in self._keys:
            return int(text)
        folded = _plain(text)
        for names in self._names:
            if found := names.get(folded):
                if isinstance(found, list) and len(set(found)) > 1:
                    raise Mistake(f"{len(set(found))} {self.target.plural.lower()} are called {text}; give the number.")
                return found[0] if isinstance(found, list) else found
        if folded in self._places:
            return self._places[folded]
        return self._absent(text, folded)

    def _absent(self, text: str, folded: str) -> Any:
        if self.target is Operator:
            sentence = f"There is no active operator {text} in this office."
        else:
            sentence = f"There is no {self.target.singular.lower()} {text}."
        if self._missing == "skip":
            return None
        fits = len(text) <= _LONGEST.get(self.target, 0) and "\0" not in text
        if self._missing == "report" or text.isdigit() or not folded or not fits:
            raise Mistake(sentence)
        self.made[folded] = " ".join(text.split())
        self._places[folded] = self._new_id(text) if self.target is Operator else -len(self.made)
        return self._places[folded]

    def _new_id(self, name: str) -> str:
        """A short ID for a new operator: Moses Frase is MFRASE, a second one MFRASE2."""
        words = re.findall(r"[A-Z0-9]+", re.sub(r"[^\x00-\x7f]", "", fold(name)).upper()) or ["NEW"]
        short = ("".join(word[0] for word in words[:-1]) + words[-1])[:8]
        found: str = next(each for each in (short, *(f"{short}{n}" for n in range(2, 100))) if each not in self._taken)
        self._taken.add(found)
        return found

    def make(self, unit: work.Unit) -> dict[Any, Any]:
        """Make the missing ones that were asked for; what their placeholders stand for."""
        if not self.made:
            return {}
        names = list(self.made.values())
        places = [self._places[folded] for folded in self.made]
        if self.target is Operator:
            rights.require(self._operator, "administer")
            for key, name in zip(places, names, strict=True):
                Operator(id=key, name=name, active=True).save(force_insert=True)
            return {}
        if self.target is Customer:
            keys = self._write(unit, Customer, [{"company": name, "created_on": clock.today()} for name in names])
            if self._with_account:
                self._give_accounts(unit, names, keys)
        else:
            keys = self._write(unit, Account, [{"name": name, "owner": self._operator} for name in names])
        return dict(zip(places, keys, strict=True))

    def _give_accounts(self, unit: work.Unit, names: list[str], customers: list[int]) -> None:
        new = []
        for name, customer in zip(names, customers, strict=True):
            held = Account.find(self._without_customer.get(_plain(name)))
            if held is None:
                new.append({"name": name, "customer": customer, "owner": self._operator})
            else:
                held.customer = customer
                held.save()
        self._write(unit, Account, new)

    def _write(self, unit: work.Unit, record: type[Record], rows: list[dict[str, Any]]) -> list[int]:
        many, keys = bulk.Many(record), list(bulk.reserve(record, len(rows)))
        many.insert(unit, [many.row(row) for row in rows], keys)
        return keys


def links_of(record: type[Record]) -> dict[str, Any]:
    """The fields of a record that point at another one."""
    return {name: kind for name, kind in record.kinds().items() if kind.linked_to is not None}


def carried(record: type[Record]) -> Callable[[dict[str, Any]], None]:
    """What a link brings with it: a task of an opportunity is of its account, and of that account's customer."""
    if not {"account", "customer"} <= links_of(record).keys() or record is Lead:
        return lambda values: None
    accounts: dict[int, int | None] = {}
    opportunities: dict[int, int | None] = {}

    def carry(values: dict[str, Any]) -> None:
        deal = values.get("opportunity")
        if deal and not values.get("account"):
            values["account"] = _once(opportunities, Opportunity, deal, Opportunity.account)
        held = values.get("account")
        if held and held > 0 and not values.get("customer"):
            values["customer"] = _once(accounts, Account, held, Account.customer)

    return carry


def _once(held: dict[int, int | None], record: type[Record], key: int, wanted: Any) -> int | None:
    if key not in held:
        held[key] = record.select(wanted).where(work.key_field(record) == key).scalar()
    return held[key]


def _plain(name: str) -> str:
    return fold(" ".join(name.split()))
