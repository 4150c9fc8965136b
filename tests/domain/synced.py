"""An office that is synced with a Viper site: who stands for whom, what is there already, what is held, and an
independent reading of what the documents ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records.sync import Outgoing, SyncLink, SyncPerson
from channergy_crm.services import office
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def stands_for(*owners: str) -> None:
    """Somebody on the site stands for each of these."""
    with database.writing():
        for owner in owners:
            SyncPerson.create(owner=owner, remote=f"u-{owner}")


def link(record: Any, base: str = "{}") -> None:
    """It is on the site already."""
    with database.writing():
        SyncLink.create(
            table=record._meta.table_name, key=str(record.key), remote=f"r{record.key}", base=base, synced=clock.now()
        )


def switch_on() -> None:
    office.choose(VIPER, "on", "ADMIN")


def changed(record: Any, **values: Any) -> Any:
    with work.unit("Change", by="ADMIN"):
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
    return record


def emptied(record: Any, name: str) -> Any:
    """A field without anything in it, as other programs of the suite may leave it."""
    with database.writing():
        kind = type(record).kind(name)
        type(record).update({kind: None if kind.null else ""}).where(
            work.key_field(type(record)) == record.key
        ).execute()
    return record


def held(rows: Iterable[Outgoing] | None = None) -> dict[tuple[str, int], str]:
    """What is held, and what for; everything else waits."""
    return {(row.table, int(row.key)): row.reason for row in rows or Outgoing.select() if row.state == "held"}


class Documents:
    """What each record lacks first, by the words of the documents and without asking the store."""

    def __init__(self, accounts: list, contacts: list, deals: list, people: set[str], linked: set[int]) -> None:
        self._accounts, self._contacts, self._deals = accounts, contacts, deals
        self._people, self._linked = people, linked
        self._by_customer = {each.customer: each for each in accounts}
        self._by_number = {each.number: each for each in accounts}

    def lacking(self) -> dict[tuple[str, int], str]:
        """By table and number; "" for what can be sent."""
        found = {("CRMAccounts", each.number): self._account(each) for each in self._accounts}
        found |= {("CustomerContacts", each.number): self._contact(each) for each in self._contacts}
        return found | {("CRMOpportunities", each.number): self._deal(each) for each in self._deals}

    def _assigned(self, owner: str | None) -> str:
        if not owner:
            return "owner"
        return "admin" if owner.upper() == "ADMIN" else "" if owner in self._people else "unknown"

    def _account(self, one: Any) -> str:
        return self._assigned(one.owner) or ("" if (one.name or "").strip() else "name")

    def _alone(self, one: Any) -> str:
        """Without looking at other contacts."""
        of = self._by_customer.get(one.customer)
        if of is None:
            return "account"
        if said := self._assigned(one.assigned_to or of.owner):
            return said
        if not (one.last_name or "").strip():
            return "last_name"
        return "" if (one.email or "").strip() else "email"

    def _contact(self, one: Any) -> str:
        if said := self._alone(one):
            return said
        held = self._account(self._by_customer[one.customer])
        same = [each for each in self._contacts if each is not one and fold(each.email or "") == fold(one.email)]
        fits = [each for each in same if each.number < one.number and not self._alone(each)
                and not self._account(self._by_customer[each.customer])]  # fmt: skip
        there = any(each.number in self._linked for each in same)
        if one.number not in self._linked and (fits or there):
            return "email_twice"
        return "account_held" if held else ""

    def _deal(self, one: Any) -> str:
        of = self._by_number[one.account]
        if said := self._assigned(one.owner):
            return said
        if not (one.name or "").strip():
            return "name"
        if self._account(of):
            return "account_held"
        if not any(each.customer == of.customer and not self._contact(each) for each in self._contacts):
            return "no_contact"
        return self._dates(one)

    def _dates(self, one: Any) -> str:
        empty = [name for name in ("arrival", "departure") if getattr(one, name) is None]
        early = ["early"] if not empty and one.departure < one.arrival else []
        rest = [name for name in ("stage", "probability") if getattr(one, name) in (None, "")]
        return next(iter([*empty, *early, *rest]), "")
