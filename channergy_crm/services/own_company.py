"""The own company as an account, and everybody who works here as its contacts (VT-74): what is needed to write to each
other as to customers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from channergy_crm import access, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Account, Contact, OfficeSetting, Operator
from channergy_crm.records.preferences import Preferences
from channergy_crm.services import accounts, rights, saving
from channergy_crm.settings import OFFICE_NAME
from channergy_crm.text.folding import fold
from channergy_crm.text.names import split_name

if TYPE_CHECKING:
    from channergy_crm.work.record import Record


def enter(by: str) -> Account:
    """Make the account of the office under its name, and a contact for each operator at work; whoever is there already
    stays as they are. One step, which Undo takes back.
    """
    rights.require(by, "create", Account)
    rights.require(by, "create", Contact)
    name = _own_name()
    if name == OFFICE_NAME.default:
        raise Mistake(_("Say first what the office is called: the account has its name."))
    with work.unit("Enter our own company {name}", by=by, name=name):
        there = Account.select().where(Account.kind("name_folded") == fold(name)).order_by(Account.number).first()
        own = cast("Account", there) if there is not None else accounts.make(Account(name=name, owner=by), by)
        known = {_called(each) for each in Contact.select().where(Contact.customer == own.customer)}
        for operator in access.operators():
            contact = _contact(operator, own)
            if own.customer is not None and _called(contact) not in known:
                saving.save(contact, by)
    return own


def _own_name() -> str:
    held = OfficeSetting.select(OfficeSetting.value).where(OfficeSetting.name == OFFICE_NAME.name).scalar()
    return str(held or OFFICE_NAME.default).strip()


def _called(contact: Record) -> tuple[str, str]:
    held = contact.__data__
    return fold(held.get("first_name") or ""), fold(held.get("last_name") or "")


def _contact(operator: Operator, own: Account) -> Contact:
    """What is known of somebody who works here."""
    first, last = split_name(operator.name)
    told = Preferences.find(operator.id)
    about = {name: getattr(told, name) for name in ("title", "phone", "email")} if told is not None else {}
    return Contact(customer=own.customer, first_name=first, last_name=last, **about)
