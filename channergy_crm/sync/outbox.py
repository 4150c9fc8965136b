"""The outbox: what has changed here and is to be sent. `records/sync.py` puts it there in the unit that changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import peewee

from channergy_crm.records import Account, Contact, Opportunity
from channergy_crm.records.sync import TABLES, Cursor, Outgoing, OutState, SyncLink, forgotten, put
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import turns
from channergy_crm.sync.ready import APART, RECORDS, Asks, question
from channergy_crm.work import UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TOGETHER = 5_000
FOR_ANOTHERS_SAKE = ("email_twice", "several", "account_apart")
"""requirements that can be met without anything being written into the record or its account"""
UNKNOWN = "unknown"
"""the one that is met when somebody is said to stand for its owner; also where that stands until a round has looked"""
WAITING, HELD, REFUSED = OutState.WAITING.value, OutState.HELD.value, OutState.REFUSED.value


def put_everything(step: Callable[[], object] | None = None) -> dict[str, int]:
    """Let every client of the office wait: when the sync is switched on, for nobody noted meanwhile what was changed.
    What says the same on both sides is found equal when it is its turn. `step` is called in between. Up to which number
    of each table that was.
    """
    ends = dict.fromkeys(TABLES, 0)
    latest = UnitRow.select(peewee.fn.MAX(UnitRow.number)).scalar() or 0
    for table in TABLES:
        key = key_field(RECORDS[table])
        for first, last in _ranges(RECORDS[table].select(key), key):
            with database.writing(), translated(), database.proxy.atomic():
                rows: Asks = RECORDS[table].select(peewee.Value(table), key.cast("TEXT"), peewee.Value(latest))
                put(rows.where(key.between(first, last) & ~forgotten(table, key.cast("TEXT"))))
            ends[table] = last
            if step is not None:
                step()
    return ends


def put_newer(ends: dict[str, int], unit: int) -> None:
    """In the unit that switches the sync on: what others have made since all the rest was put there waits too."""
    for table, last in ends.items():
        key = key_field(RECORDS[table])
        rows: Asks = RECORDS[table].select(peewee.Value(table), key.cast("TEXT"), peewee.Value(unit))
        put(rows.where(key > last))


def _ranges(rows: Asks, key: Asks) -> Iterator[tuple[int, int]]:
    """The ends of runs of so many rows at the most, by their numbers."""
    last = -1
    while True:
        part = list(rows.where(key > last).order_by(key).limit(TOGETHER).tuples())
        if not part:
            return
        yield part[0][0], part[-1][0]
        last = part[-1][0]


def forget_everything() -> None:
    """Nothing waits any more: the connection was taken off. Of what was begun and whose end nobody saw the key stays,
    so that nothing is made there twice when it is put on again.
    """
    with database.writing(), translated():
        Outgoing.delete().where(Outgoing.request == "").execute()


def sort_out(step: Callable[[], object] | None = None) -> None:
    """At the beginning of a round: what waits and lacks something is held with the name of what it lacks
    (`Outgoing.reason`); what was held for what another record lacked waits again when that has changed, and what was
    refused waits for its account where that is not there; deals that are there already wait no longer, for they go once
    (VP-4). It costs what waits, and what is held for another one's sake.
    """
    said = turns.cursor(UNKNOWN)
    with database.writing(), translated():
        _take_out_deals()
        _wake(_has_what_it_lacked((*FOR_ANOTHERS_SAKE, UNKNOWN) if said else FOR_ANOTHERS_SAKE))
        Cursor.delete().where((Cursor.what == UNKNOWN) & (Cursor.cursor == said)).execute()
        _wake(_hanging_on_accounts())
        _wake(_deals_of_contacts())
        _wake(_refused_for_their_account(), REFUSED)
    for table in TABLES:
        _hold(table, step)


def _take_out_deals() -> None:
    """What goes once and has gone; such a one is never held (`_hold`)."""
    deal = Opportunity.number == Outgoing.key.cast("INTEGER")
    Outgoing.delete().where(
        (Outgoing.table == "CRMOpportunities") & (Outgoing.state == WAITING)
        & peewee.fn.EXISTS(_link_of_deal())
        & peewee.fn.EXISTS(Opportunity.select(Opportunity.number).where(deal))
    ).execute()  # fmt: skip


def _link_of_deal() -> Asks:
    there = (SyncLink.table == "CRMOpportunities") & (SyncLink.key == Outgoing.key)
    return SyncLink.select(SyncLink.number).where(there)


def _wake(numbers: list[int], state: str = HELD) -> None:
    values = {Outgoing.state: WAITING, Outgoing.reason: "", Outgoing.error: ""}
    for start in range(0, len(numbers), TOGETHER):
        part = Outgoing.number.in_(numbers[start : start + TOGETHER]) & (Outgoing.state.concat("") == state)
        Outgoing.update(values).where(part).execute()


def _waiting_for(table: str) -> tuple[Asks, Asks]:
    """A question for held rows and the table of their records."""
    asked = question(table)
    of_it = getattr(asked.record, key_field(RECORDS[table]).name) == Outgoing.key.cast("INTEGER")
    return asked, (Outgoing.table == table) & of_it


def person_known() -> None:
    """Within the program's own writing: somebody stands for another one now, so what was held for that is looked at."""
    turns.keep(UNKNOWN, uuid4().hex)


def _has_what_it_lacked(reasons: tuple[str, ...]) -> list[int]:
    found: list[int] = []
    for table in TABLES:
        asked, of_it = _waiting_for(table)
        held = (Outgoing.state == HELD) & Outgoing.reason.in_(reasons) & (asked.first != Outgoing.reason)
        found += asked.query.select(Outgoing.number).join(Outgoing, on=of_it).where(held).scalars()
    return found


def _keys_waiting(table: str) -> Asks:
    waits = (Outgoing.table == table) & (Outgoing.state == WAITING)
    return Outgoing.select(Outgoing.key.cast("INTEGER")).where(waits)


def _held(table: str, records: Asks) -> list[int]:
    # Found by the records: by the state all that is held would be gone through.
    here = (Outgoing.table == table) & (Outgoing.state.concat("") == HELD) & Outgoing.key.in_(records)
    return list(Outgoing.select(Outgoing.number).where(here).scalars())


def _hanging_on_accounts() -> list[int]:
    """The contacts and deals of accounts that wait."""
    accounts = _keys_waiting("CRMAccounts")
    customers = Account.select(Account.customer).where(Account.number.in_(accounts))
    contacts = Contact.select(Contact.number.cast("TEXT")).where(Contact.customer.in_(customers))
    deals = Opportunity.select(Opportunity.number.cast("TEXT")).where(Opportunity.account.in_(accounts))
    return _held("CustomerContacts", contacts) + _held("CRMOpportunities", deals)


def _deals_of_contacts() -> list[int]:
    """The deals of accounts a contact of which waits."""
    customers = Contact.select(Contact.customer).where(Contact.number.in_(_keys_waiting("CustomerContacts")))
    accounts = Account.select(Account.number).where(Account.customer.in_(customers))
    return _held("CRMOpportunities", Opportunity.select(Opportunity.number.cast("TEXT"))
                 .where(Opportunity.account.in_(accounts)))  # fmt: skip


def _refused_for_their_account() -> list[int]:
    """New contacts and deals the site has refused though it was for their account, which is not there (any more)."""
    is_there = (SyncLink.table == "CRMAccounts") & (SyncLink.key == Account.number.cast("TEXT"))
    is_there &= SyncLink.met.not_in(list(APART))
    found: list[int] = []
    for record, of_account in ((Contact, Account.customer == Contact.customer),
                               (Opportunity, Account.number == Opportunity.account)):  # fmt: skip
        table, key = record._meta.table_name, key_field(record)
        known = (SyncLink.table == table) & (SyncLink.key == Outgoing.key)
        refused = (Outgoing.table == table) & (Outgoing.state == REFUSED)
        rows: Asks = Outgoing.select(Outgoing.number).join(record, on=(key == Outgoing.key.cast("INTEGER")))
        rows = rows.join(Account, on=of_account).where(refused)
        for there in (is_there, known):
            rows = rows.where(~peewee.fn.EXISTS(SyncLink.select(SyncLink.number).where(there)))
        found += rows.scalars()
    return found


def _hold(table: str, step: Callable[[], object] | None) -> None:
    """What waits and lacks something is held; read beside the writing, left alone where it was changed meanwhile."""
    asked, of_it = _waiting_for(table)
    waits = (Outgoing.table == table) & (Outgoing.state == WAITING)
    if table == "CRMOpportunities":
        waits &= ~peewee.fn.EXISTS(_link_of_deal())
    for first, last in _ranges(Outgoing.select(Outgoing.number).where(waits), Outgoing.number):
        rows = asked.query.select(Outgoing.number, Outgoing.unit, asked.first).join(Outgoing, on=of_it)
        found = rows.where(waits & Outgoing.number.between(first, last) & (asked.first != "")).tuples()
        held = [(HELD, reason, number, unit, WAITING) for number, unit, reason in found]
        with database.writing(), translated(), database.proxy.atomic():
            database.executemany(
                # sql: our own names
                'UPDATE "CRMSyncOutbox" SET "State" = ?, "Reason" = ? '
                'WHERE "OutboxNo" = ? AND "UnitNo" = ? AND "State" = ?',
                held,
            )
        if step is not None:
            step()
