"""An office and a Viper site beside it: records made on either side, rounds, and whether the two agree."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer, OfficeSetting, Operator, Opportunity
from channergy_crm.records.sync import Conflict, Outgoing, SyncLink, SyncPerson
from channergy_crm.services import rights
from channergy_crm.settings import VIPER
from channergy_crm.store import database
from channergy_crm.sync import fields, rounds
from channergy_crm.sync.sandbox.server import PASSWORD, USER, Sandbox
from channergy_crm.sync.viper.place import Connection
from channergy_crm.sync.viper.wire import Site
from channergy_crm.work import UnitRow

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.sync.tally import Tally
    from channergy_crm.work.record import Record

ANN, ADMIN, THERE = "ANN", "ADMIN", "U1"
VIPER_ITSELF = rights.Program.VIPER


def nobody_watches(_done: int, _total: int, _text: str) -> None:
    """Nobody looks how far it is."""


class TwoSides:
    """The office that is open, the sync switched on, and a site that runs in a thread."""

    def __init__(self, folder: Path) -> None:
        self.site = Sandbox(folder).start()
        switch_on()

    def stop(self) -> None:
        """The site answers no longer."""
        self.site.stop()

    def connection(self) -> Connection:
        """Where the site is."""
        return Connection(self.site.address, USER, every_minutes=15, on=True)

    def sync(self, step: Any = nobody_watches, seconds: float = 20) -> Tally:
        """One round."""
        with Site(self.connection(), PASSWORD, seconds) as site:
            return rounds.round(step, site)

    def there(self, record: Record) -> dict[str, Any]:
        """What the site says of one of our records."""
        return self.site.rows(fields.KINDS[record._meta.table_name])[link(record).remote]

    def change(self, record: Record, **values: object) -> None:
        """Somebody changes it there."""
        self.site.change(fields.KINDS[record._meta.table_name], link(record).remote, **values)

    def agree(self) -> None:
        """Everything that is on both sides says the same in the fields that are kept alike, and nothing waits."""
        assert not [row.__data__ for row in Outgoing.select() if row.state != "held"]
        for table, kind in fields.KINDS.items():
            rows = self.site.rows(kind)
            for each in SyncLink.select().where((SyncLink.table == table) & (SyncLink.met == "synced")):
                record: Any = {"CRMAccounts": Account, "CustomerContacts": Contact}.get(table, Opportunity)
                here = record.find(each.key)
                for mapped in fields.of(table, fields.Direction.BOTH, fields.Direction.BACK):
                    ours, theirs = fields.said(mapped, here), rows[each.remote].get(mapped.remote)
                    assert fields.same(ours, theirs), (table, each.key, mapped.name, ours, theirs)


def switch_on() -> None:
    """The sync is on, and Ann has somebody who stands for her there."""
    with work.unit("Switch on", by=ADMIN):
        OfficeSetting(name=VIPER.name, value="on").save()
        if Operator.find(ANN) is None:
            Operator(id=ANN, name="Ann", active=True).save(force_insert=True)
    with database.writing():
        SyncPerson.insert(owner=ANN, remote=THERE, name="Demo").on_conflict_ignore().execute()


def account(name: str = "Acme", by: str = ADMIN, **values: Any) -> Account:
    """A new client of Ann's."""
    with work.unit("Make", by=by):
        customer = Customer(company=name)
        customer.save()
        made = Account(customer=customer.number, name=name, **{"owner": ANN, **values})
        made.save()
    return made


def contact(of: Account, last_name: str = "Berg", by: str = ADMIN, **values: Any) -> Contact:
    """Somebody there."""
    email = f"{last_name.lower()}@example.com"
    with work.unit("Make", by=by):
        made = Contact(customer=of.__data__["customer"], last_name=last_name, **{"email": email, **values})
        made.save()
    return made


def deal(of: Account, name: str = "Trip", by: str = ADMIN, **values: Any) -> Opportunity:
    """Something that can become a program."""
    usual = {"owner": ANN, "stage": "Draft", "probability": 10, "arrival": date(2027, 5, 1),
             "departure": date(2027, 5, 4)}  # fmt: skip
    with work.unit("Make", by=by):
        made = Opportunity(account=of.number, name=name, **{**usual, **values})
        made.save()
    return made


def edit(record: Any, by: str = ADMIN, **values: Any) -> Any:
    """Somebody changes it here."""
    held = type(record).find(record.key)
    with work.unit("Change", by=by):
        for name, value in values.items():
            setattr(held, name, value)
        held.save()
    return held


def remove(record: Any, by: str = ADMIN) -> None:
    """Somebody deletes it here."""
    with work.unit("Delete", by=by):
        type(record).find(record.key).delete_instance()


def now(record: Any) -> Any:
    """As it is in the store now."""
    return type(record).find(record.key)


def link(record: Any) -> SyncLink:
    """What it is on the site."""
    return SyncLink.get((SyncLink.table == record._meta.table_name) & (SyncLink.key == str(record.key)))


def waiting() -> list[tuple[str, str, str]]:
    """What stands in the outbox: table, state and why it is held."""
    rows = Outgoing.select(Outgoing.table, Outgoing.state, Outgoing.reason).order_by(Outgoing.number)
    return list(rows.tuples())


def conflicts() -> list[tuple[str, str, str]]:
    """The fields in which the two sides differ: name, ours, theirs."""
    rows = Conflict.select(Conflict.field, Conflict.ours, Conflict.theirs).order_by(Conflict.number)
    return list(rows.tuples())


def later(**time: float) -> Any:
    """It is so much later."""
    return clock.fixed(clock.now() + timedelta(**time))


def of_viper() -> list[str]:
    """What the history says that came from the site."""
    return [str(row.message) for row in UnitRow.select().where(UnitRow.by == "Viper").order_by(UnitRow.number)]


def office_off(by: str = ADMIN) -> None:
    """The sync is switched off."""
    with work.unit("Switch off", by=by):
        row = OfficeSetting.find(VIPER.name)
        row.value = "off"
        row.save()
