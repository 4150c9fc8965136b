"""An office with Security on: people, a group, a role whose rights a test chooses, and records of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import access, work
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.roles import OperatorRole, Role, RoleRight
from channergy_crm.services import groups, operators
from tests import factories

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.work.record import Record

ANN, BEA, CY, NORTH = "ANN", "BEA", "CY", "NORTH"
"""who asks; who works in the same group; who does not; the group"""
OWNERS = {"own": ANN, "of the group itself": NORTH, "of a colleague": BEA, "foreign": CY}
REACHED = {
    "none": (),
    "own": ("own", "of the group itself"),
    "group": ("own", "of the group itself", "of a colleague"),
    "all": tuple(OWNERS),
}
"""whose records each scope reaches"""


def switch_on() -> None:
    """Security is on from now on."""
    with work.unit("Switch Security on", by="ADMIN"):
        held = OfficeSetting.find("security") or OfficeSetting(name="security")
        held.value = "on"
        held.save()


class Secured:
    """An office in which Ann has one role."""

    def __init__(self) -> None:
        for id in (ANN, BEA, CY):
            operators.add(id, id.title(), "ADMIN")
        groups.create(NORTH, "North", "ADMIN")
        groups.let_in(NORTH, [ANN, BEA], "ADMIN")
        with work.unit("Make a role", by="ADMIN"):
            self.role = Role.create(name="Tested").number
            OperatorRole.create(operator=ANN, role=self.role)
        switch_on()

    def let(self, rights: Mapping[str, str], *records: type[Record]) -> None:
        """From now on Ann's role goes so far, with these record types or with all."""
        with work.unit("Change the role", by="ADMIN"):
            for record in records or access.governed():
                table = record._meta.table_name
                for held in RoleRight.select().where((RoleRight.role == self.role) & (RoleRight.table == table)):
                    held.delete_instance()
                for deed, scope in rights.items():
                    if scope != "none":
                        RoleRight.create(role=self.role, table=table, deed=deed, scope=scope)

    def job(self, name: str) -> None:
        """Ann does this beside records."""
        with work.unit("Change the role", by="ADMIN"):
            RoleRight.create(role=self.role, table="", deed=name, scope="all")


def made(record: type[Record], owner: str, turn: int = 0) -> Record:
    """A record that belongs to somebody: an account with its customer, a contact of such an account, …"""
    if record in (Contact, Customer):
        account = made(Account, owner, turn)
        if record is Customer:
            return _found(Customer, account.__data__["customer"])
        with work.unit("Make", by="ADMIN"):
            contact = factories.valid(Contact, turn)
            contact.customer, contact.assigned_to = account.__data__["customer"], None  # type: ignore[attr-defined]
            contact.save()
        return contact
    with work.unit("Make", by="ADMIN"):
        one = factories.valid(record, turn)
        for name, value in _usual(record).items():
            setattr(one, name, value)
        one.owner = owner  # type: ignore[attr-defined]
        if record is Account:
            one.customer = factories.stored(Customer, turn).key  # type: ignore[attr-defined]
        if record in (Opportunity, Task):
            one.account = made(Account, owner, turn).key  # type: ignore[attr-defined]
        one.save()
    return one


def _usual(record: type[Record]) -> dict[str, object]:
    if record is Lead:
        return {"removed": False, "converted": False, "account": None, "customer": None, "call_code": "N"}
    if record is Task:
        return {"is_crm": True, "closed": False, "opportunity": None, "customer": None, "lead": None}
    return {"originating_lead": None, "closed": False} if record is Opportunity else {}


def _found(record: type[Record], key: object) -> Record:
    held = record.find(key)
    assert held is not None
    return held
