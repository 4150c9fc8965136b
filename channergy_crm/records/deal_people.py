"""Who has a part in a deal: contacts of its account and operators of the office, each in a role (SI-29, SI-30)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.fields import Link, Lookup, Number, RecordNumber
from channergy_crm.language import _
from channergy_crm.records.operators import Operator
from channergy_crm.records.people import Account, Contact
from channergy_crm.records.sales import Opportunity
from channergy_crm.work.about import About
from channergy_crm.work.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from peewee import ColumnBase, Select


class DealContact(Record):
    """That somebody at the account has a part in a deal, such as its decision maker (SI-29).

    It is a part of the deal: whoever sees the deal sees it, whoever may change the deal changes it. It goes with the
    deal and with the contact, and comes back with them.
    """

    number = RecordNumber("Number", column_name="DealContactNo")
    deal = Link(Opportunity, "Opportunity #", column_name="OpportunityNo", required=True, system=True, along=True)
    contact = Link(Contact, "Contact #", column_name="ContactNo", required=True, system=True, along=True)
    role = Lookup("Role", column_name="Role")
    place = Number("Sort number", column_name="SortNo", system=True)

    singular = "Contact of a deal"
    plural = "Contacts of deals"
    about = About(internal=True)

    class Meta:
        table_name = "CRMDealContacts"
        indexes = ((("deal", "contact"), True),)

    def caption(self) -> str:
        return _said(Contact, self.__data__.get("contact"))


class DealOperator(Record):
    """That an operator works on a deal that is somebody else's, such as who answers technical questions (SI-30).

    It is a part of the deal like its contacts. Whoever is linked so sees the deal, its account and the contacts linked
    to it, whosever they are.
    """

    number = RecordNumber("Number", column_name="DealOperatorNo")
    deal = Link(Opportunity, "Opportunity #", column_name="OpportunityNo", required=True, system=True, along=True)
    operator = Link(Operator, "Operator ID", column_name="OperatorID", required=True, system=True, width=10)
    role = Lookup("Role", column_name="Role")
    place = Number("Sort number", column_name="SortNo", system=True)

    singular = "Operator of a deal"
    plural = "Operators of deals"
    about = About(internal=True)

    class Meta:
        table_name = "CRMDealOperators"
        indexes = ((("deal", "operator"), True),)

    def caption(self) -> str:
        return _said(Operator, self.__data__.get("operator"))


def _said(record: type[Record], key: object) -> str:
    held = record.find(key)
    return held.caption() if held is not None else _("{record} {number}").format(record=record.singular, number=key)


def taking_part(record: type[Record], operator: str) -> ColumnBase | None:
    """The condition for the deals an operator takes part in, for their accounts and the contacts linked to them; None
    for any other record type, and for whoever takes part in none.
    """
    asked = _THEIRS.get(record)
    theirs = DealOperator.select(DealOperator.deal).where(DealOperator.operator == operator)
    return asked(theirs) if asked is not None and theirs.exists() else None


def has_parts(record: type[Record]) -> bool:
    """Whether somebody can take part in such records: deals, and through them accounts and contacts."""
    return record in _THEIRS


def _deals(deals: Select) -> ColumnBase:
    return Opportunity.number.in_(deals)


def _accounts(deals: Select) -> ColumnBase:
    return Account.number.in_(Opportunity.select(Opportunity.account).where(Opportunity.number.in_(deals)))


def _contacts(deals: Select) -> ColumnBase:
    return Contact.number.in_(DealContact.select(DealContact.contact).where(DealContact.deal.in_(deals)))


_THEIRS: Mapping[type[Record], Callable[[Select], ColumnBase]] = {
    Opportunity: _deals, Account: _accounts, Contact: _contacts,
}  # fmt: skip
