"""How a new document begins: for whom, where it goes, in which currency and on which terms (VT-86, VT-138)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, Opportunity, SalesDocument, Vendor
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import office, rights, saving, selling
from channergy_crm.settings import (
    SALES_DUE_DAYS,
    SALES_GROSS,
    SALES_ROUNDING,
    SALES_TERMS,
    SALES_VALID_DAYS,
)
from channergy_crm.store import database
from channergy_crm.text import postal
from channergy_crm.text.names import person_name

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

ON = "on"
DUE = frozenset({DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE})
WHOM = ("account", "contact", "vendor")
"""the fields of a document that say whom it is for"""
_BILLED = ("bill_address", "bill_city", "bill_state", "bill_postal_code", "bill_country")
_MAILED = ("mailing_address", "mailing_city", "mailing_state", "mailing_postal_code", "mailing_country")
_THERE = ("address", "city", "state", "postal_code", "country")


def begin(
    kind: DocumentKind | str, by: str, *, account: int | None = None, contact: int | None = None,
    deal: int | None = None, vendor: int | None = None,
) -> SalesDocument:  # fmt: skip
    """A new document, not saved: what is known of whom it is for stands in its head."""
    held = saving.start(SalesDocument, by)
    held.what, held.dated = DocumentKind(kind).value, clock.today()
    if deal is not None:
        account = _from_deal(held, deal, by) or account
    if contact is not None and account is None:
        account = _account_of(contact, by)
    held.account, held.contact, held.vendor = account, contact, vendor
    _by_the_office(held, by)
    _as_last_time(held, by)
    held.until = until(held, by)
    held.addressee = address_of(by, account=account, contact=contact, vendor=vendor)
    held.name = whose(held)
    return held


def until(document: SalesDocument, by: str) -> date | None:
    """How long a quote is valid, and when an invoice is due, by the office's days or those of the vendor."""
    if document.dated is None or document.what == DocumentKind.SALES_ORDER:
        return None
    if document.what == DocumentKind.PURCHASE_ORDER:
        held = Vendor.find(document.__data__.get("vendor"))
        days = int(held.days_to_pay or 0) if held is not None else 0
        return document.dated + timedelta(days) if days else None
    days = office.whole(SALES_DUE_DAYS if document.what in DUE else SALES_VALID_DAYS, by)
    try:
        return document.dated + timedelta(days)
    except OverflowError:
        return None


def whose(document: SalesDocument) -> str:
    """Whom a document is for, as it is listed."""
    if document.what == DocumentKind.PURCHASE_ORDER:
        vendor = Vendor.find(document.__data__.get("vendor"))
        return str(vendor.name or "") if vendor is not None else ""
    account = Account.find(document.__data__.get("account"))
    if account is not None:
        return str(account.name or "")
    contact = Contact.find(document.__data__.get("contact"))
    return contact.caption() if contact is not None else ""


def address_of(by: str, *, account: int | None = None, contact: int | None = None, vendor: int | None = None) -> str:
    """The address as it stands on the envelope: the company's, and the person there."""
    if vendor is not None:
        there = _seen(Vendor, vendor, by)
        return _block(there, str(there.name or ""), "", _THERE, by) if there is not None else ""
    person, company = _seen(Contact, contact, by), _seen(Account, account, by)
    name = person_name(_said(person, "first_name", by), _said(person, "last_name", by)) if person is not None else ""
    of = _said(company, "name", by) if company is not None else ""
    own = _block(company, of, name if name != of else "", _BILLED, by) if company is not None else ""
    return own or (_block(person, of, name if name != of else "", _MAILED, by) if person is not None else "")


def addressed(document: SalesDocument, by: str) -> str:
    """The address that is written on it, or that of whoever it is for where nobody has written one."""
    whom = {name: document.__data__.get(name) for name in WHOM}
    return document.addressee or address_of(by, **whom)


def _block(record: Record, company: str, name: str, fields: tuple[str, ...], by: str) -> str:
    street, city, state, code, country = (_said(record, field, by) for field in fields)
    parts = postal.Postal(company, name, street, city, state, code, country)
    return postal.block(parts, database.region()) or "\n".join(filter(None, (company, name)))


def _said(record: Record | None, field: str, by: str) -> str:
    if record is None or field in rights.hidden(type(record), by):
        return ""
    return str(getattr(record, field) or "")


def _seen(record: type[Any], key: int | None, by: str) -> Any:
    """The record with that number, where this operator may see it."""
    if key is None:
        return None
    held = record.find(key)
    if held is None:
        raise Mistake(_("{record} {number} is not there any more.").format(record=_(record.singular), number=key))
    rights.require(by, "see", held)
    return held


def _from_deal(document: SalesDocument, number: int, by: str) -> int | None:
    deal = _seen(Opportunity, number, by)
    document.deal, document.subject = number, str(deal.name or "")[:250]
    document.project = deal.__data__.get("project")
    document.owner = deal.__data__.get("owner") or by
    return int(deal.__data__["account"]) if deal.__data__.get("account") is not None else None


def _account_of(contact: int, by: str) -> int | None:
    held = _seen(Contact, contact, by)
    number = Account.select(Account.number).where(Account.customer == held.__data__["customer"]).scalar()
    return int(number) if number is not None else None


def _by_the_office(document: SalesDocument, by: str) -> None:
    document.currency = selling.currency(by)
    document.gross = office.get(SALES_GROSS, by) == ON
    document.rounding = office.get(SALES_ROUNDING, by) or "document"
    document.terms = office.get(SALES_TERMS, by)[:250]


def _as_last_time(document: SalesDocument, by: str) -> None:
    """The same customer is written to in the same language, on the same terms."""
    field = SalesDocument.vendor if document.what == DocumentKind.PURCHASE_ORDER else SalesDocument.account
    whom = document.__data__.get(field.name)
    if whom is None:
        return
    before = rights.rows(SalesDocument, by).where((field == whom) & (SalesDocument.what != DocumentKind.CREDIT_NOTE))
    if field is SalesDocument.account:
        before = before.where(SalesDocument.what != DocumentKind.PURCHASE_ORDER)
    last = before.order_by(SalesDocument.number.desc()).first()
    if last is None:
        return
    document.terms, document.language, document.gross = last.terms or document.terms, last.language, last.gross
    document.their_tax_number = last.their_tax_number
