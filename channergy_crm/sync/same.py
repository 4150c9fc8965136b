"""Which company there is which account here, and which contact which: by name and address, by e-mail address. After a
backup was put back also which program is which opportunity: by company, name and arrival.

Nothing is written and nothing is asked of the site: what it holds was read before (`Held`). The memory this takes
grows by the names of the accounts, not by what stands in them.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

import peewee

from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.sync import TABLES, SyncLink
from channergy_crm.sync import links
from channergy_crm.sync.companies import Company
from channergy_crm.sync.viper.wire import Theirs
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from channergy_crm.sync.pulling import Progress
    from channergy_crm.sync.viper.wire import Kind, Site

TOGETHER = 200
ACCOUNTS, CONTACTS, DEALS = TABLES
PLACE = (
    ("bill_address", "billing_address"),
    ("bill_city", "billing_city"),
    ("bill_postal_code", "billing_postal_code"),
)
"""what of an address is compared: a country or state is written in too many ways"""


class Held:
    """All records of a kind that are there, read once into a file of this computer's that is gone when it is closed."""

    def __init__(self, site: Site, kind: Kind, step: Progress) -> None:
        self.kind, self.count = kind, 0
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  closed below
        try:
            for each in site.all(kind):
                line = [each.id, each.etag, dict(each.values), dict(each.shown)]
                self._file.write(json.dumps(line) + "\n")
                self.count += 1
                if self.count % TOGETHER == 1:
                    step(self.count, 0, _("Reading from Viper"))
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_what: object) -> None:
        self._file.close()

    def parts(self) -> Iterator[list[Theirs]]:
        """So many at a time; of one that was changed while it was read, the first reading."""
        self._file.seek(0)
        seen: set[int] = set()
        while lines := list(islice(self._file, TOGETHER)):
            part = []
            for id, etag, values, shown in map(json.loads, lines):
                if hash(id) not in seen:
                    seen.add(hash(id))
                    part.append(Theirs(id, etag, values, shown=shown))
            yield part


@dataclass
class Same:
    """What is the same: by its id there the number here. `left` are accounts that may be one of several companies, or a
    company one of several of them: by number, the companies. `doubtful` counts contacts of whom that holds.
    """

    companies: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)
    programs: dict[str, int] = field(default_factory=dict)
    left: dict[int, tuple[str, ...]] = field(default_factory=dict)
    doubtful: int = 0
    strangers: int = 0
    """companies there that are none of ours"""


def compare(held: Sequence[Held], step: Progress) -> Same:
    """Find what is the same, of all that is not linked yet: companies, contacts and, where they were read, programs."""
    found = Same()
    _companies(held[0], found, step)
    for each, matched in zip(held[1:], (_contacts, _programs), strict=False):
        taken = set[int]()
        for part in each.parts():
            matched(part, found, taken)
            step(0, 0, _("Comparing with Viper"))
    return found


def unlinked(record: Any, table: str) -> Any:
    """The condition that nobody knows yet what a record is there."""
    of_it = (SyncLink.table == table) & (SyncLink.key == record.number.cast("TEXT"))
    return ~peewee.fn.EXISTS(SyncLink.select(peewee.Value(1)).where(of_it))


def fresh(table: str, part: Sequence[Theirs]) -> list[Theirs]:
    """Those that are none of ours yet."""
    known = links.at(table, [each.id for each in part])
    return [each for each in part if each.id not in known]


def named(theirs: Theirs) -> Company:
    """A company as a person tells it from others."""
    return Company(
        theirs.id, *(str(theirs.values.get(name) or "") for name in ("name", *(at for _ours, at in PLACE[:2])))
    )


# ---------------------------------------------------------------- companies


def _companies(held: Held, found: Same, step: Progress) -> None:
    """Where the address says so it is that one; where one has no address the name does, if it is the only one."""
    names = _by_name()
    sure: dict[int, tuple[str, ...]] = {}
    perhaps: dict[int, tuple[str, ...]] = {}
    several: dict[int, tuple[str, ...]] = {}
    for part in held.parts():
        step(0, 0, _("Comparing with Viper"))
        new = fresh(ACCOUNTS, part)
        found.strangers += len(new)
        wanted = {number for each in new for number in names.get(hash(_name(each)), ())}
        accounts = {each.number: each for each in _accounts(wanted)}
        for each in new:
            here = [accounts[number] for number in names.get(hash(_name(each)), ()) if number in accounts]
            alike = {one.number: _alike(one, each) for one in here if fold((one.name or "").strip()) == _name(each)}
            best = [number for number, how in alike.items() if how == max(alike.values()) > 0]
            claims = several if len(best) > 1 else sure if best and alike[best[0]] == SURE else perhaps
            for number in best:
                claims[number] = (*claims.get(number, ()), each.id)
    _settle(sure, perhaps, several, found)
    open_there = {id for ids in found.left.values() for id in ids}
    found.strangers -= len(found.companies) + len(open_there)


SURE = 2


def _settle(
    sure: Mapping[int, tuple[str, ...]], perhaps: Mapping[int, tuple[str, ...]], several: Mapping[int, tuple[str, ...]],
    found: Same,
) -> None:  # fmt: skip
    for number in sure.keys() | perhaps.keys():
        claims = sure.get(number) or perhaps[number]
        if len(claims) == 1:
            found.companies[claims[0]] = number
        else:
            found.left[number] = claims
    matched = sure.keys() | perhaps.keys()
    for number, ids in several.items():
        rest = tuple(id for id in ids if id not in found.companies)
        if rest and number not in matched:
            found.left[number] = rest


def _by_name() -> dict[int, tuple[int, ...]]:
    """The accounts nobody has linked, by what their names are compared by."""
    found: dict[int, tuple[int, ...]] = {}
    for number, name in (
        Account.select(Account.number, Account.name).where(unlinked(Account, ACCOUNTS)).tuples().iterator()
    ):
        if name and (folded := fold(name.strip())):
            found[hash(folded)] = (*found.get(hash(folded), ()), number)
    return found


def _name(theirs: Theirs) -> str:
    return fold(str(theirs.values.get("name") or "").strip())


def _accounts(numbers: Iterable[int]) -> Iterator[Any]:
    held = sorted(numbers)
    columns = (Account.number, Account.name, Account.bill_address, Account.bill_city, Account.bill_postal_code)
    for start in range(0, len(held), 500):
        yield from Account.select(*columns).where(Account.number.in_(held[start : start + 500]))


def _alike(ours: Any, theirs: Theirs) -> int:
    """2 where the addresses are the same as far as both have one, 1 where one has none, 0 where they are others."""
    pairs = [(_bare(getattr(ours, here)), _bare(theirs.values.get(there))) for here, there in PLACE]
    both = [(one, other) for one, other in pairs if one and other]
    if any(one != other for one, other in both):
        return 0
    return SURE if both else 1


def _bare(text: object) -> str:
    return "".join(sign for sign in fold(str(text or "")) if sign.isalnum())


# ---------------------------------------------------------------- contacts


def _contacts(part: Sequence[Theirs], found: Same, taken: set[int]) -> None:
    """By e-mail address; somebody at the same company first."""
    new = fresh(CONTACTS, part)
    mails = {each.id: fold(str(each.values.get("email") or "").strip()) for each in new}
    homes = _homes(new, found)
    here = _by_mail([mail for mail in mails.values() if mail])
    for each in new:
        candidates = here.get(mails[each.id], [])
        account = homes.get(each.id)
        there = [number for number, of in candidates if account is not None and of == account]
        best = there or [number for number, _of in candidates]
        if len(best) == 1 and best[0] not in taken:
            found.contacts[each.id] = best[0]
            taken.add(best[0])
        elif best:
            found.doubtful += 1


def _homes(new: Sequence[Theirs], found: Same) -> dict[str, int]:
    """By its id, the account of whom each is, where that is known."""
    homes = {each.id: str(each.values.get("company_id") or "") for each in new}
    linked = {remote: int(link.key) for remote, link in links.at(ACCOUNTS, set(homes.values())).items()}
    accounts = {id: found.companies.get(home, linked.get(home)) for id, home in homes.items()}
    return {id: account for id, account in accounts.items() if account is not None}


def _by_mail(mails: Sequence[str]) -> dict[str, list[tuple[int, int | None]]]:
    """The contacts nobody has linked, by their addresses: number, and the number of their account."""
    found: dict[str, list[tuple[int, int | None]]] = {}
    rows: Any = Contact.select(Contact.number, Contact.kind("email_folded"), Account.number)
    rows = rows.join(Account, peewee.JOIN.LEFT_OUTER, on=(Account.customer == Contact.customer))
    wanted = Contact.kind("email_folded").in_(mails) & unlinked(Contact, CONTACTS)
    for number, mail, account in rows.where(wanted).tuples() if mails else ():
        found.setdefault(mail, []).append((number, account))
    return found


# ---------------------------------------------------------------- programs


def _programs(part: Sequence[Theirs], found: Same, taken: set[int]) -> None:
    """By company, name and arrival; of several that are the same in these, one each, the oldest first."""
    new = fresh(DEALS, part)
    homes = _homes(new, found)
    here: dict[tuple[int, str, str], list[int]] = {}
    rows: Any = Opportunity.select(Opportunity.account, Opportunity.name, Opportunity.arrival, Opportunity.number)
    rows = rows.where(Opportunity.account.in_(set(homes.values())) & unlinked(Opportunity, DEALS))
    for account, name, arrival, number in rows.order_by(Opportunity.number).tuples() if homes else ():
        here.setdefault((account, _folded(name), str(arrival or "")), []).append(number)
    for each in new:
        arrival = str(each.values.get("preferred_arrival") or "")[:10]
        same = here.get((homes.get(each.id, 0), _folded(each.values.get("name")), arrival), [])
        if number := next((number for number in same if number not in taken), None):
            found.programs[each.id] = number
            taken.add(number)


def _folded(name: object) -> str:
    return " ".join(fold(str(name or "")).split())
