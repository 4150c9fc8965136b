"""Convert To Opportunity: one unit that turns a lead into what the office sells to (CH-40, VT-83, VT-165…171)."""

from __future__ import annotations

from functools import reduce
from itertools import islice
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, phones, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity, Task, guests
from channergy_crm.records.projects import begins_in
from channergy_crm.records.sync import is_on
from channergy_crm.services import gate, rights, tags, team_notices
from channergy_crm.services.campaigns import becoming
from channergy_crm.services.custom_fields import carried
from channergy_crm.services.leads import BILLING, SHARED_WITH_ACCOUNT, SHARED_WITH_CUSTOMER
from channergy_crm.store import database
from channergy_crm.text.folding import ways
from channergy_crm.text.names import account_name
from channergy_crm.work.called import deed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_OFFERED = 20
SURE_DIGITS = 7  # fewer could be an extension that many accounts share


class Conversion(NamedTuple):
    """What a conversion made or used."""

    lead: Lead
    customer: Customer | None
    account: Account
    contact: Contact | None
    opportunity: Opportunity


class Match(NamedTuple):
    """An account that may already be this lead's, and what speaks for it."""

    account: Account
    reason: str


def matches(lead: Lead, by: str) -> list[Match]:
    """Accounts with the lead's company name, phone number or e-mail address; none for a lead of an account."""
    rights.require(by, "search", Account)
    if lead.account or lead.customer:
        return []
    email = lead.email.strip()
    signs = {
        _("same company"): _of_company(lead.company, by),
        _("same phone"): _where(_same_phone(lead.phone), by),
        _("same e-mail"): _where(Account.kind("email").is_one_of([email]) if email else None, by),
    }
    found: dict[int, tuple[Account, list[str]]] = {}
    for reason, accounts in signs.items():
        for account in islice(accounts, MOST_OFFERED):
            found.setdefault(account.number, (account, []))[1].append(reason)
    return [Match(account, ", ".join(reasons)) for account, reasons in found.values()]


def _where(sign: object, by: str) -> Iterable[Account]:
    return [] if sign is None else rights.rows(Account, by).where(sign).order_by(Account.number)


def _same_phone(phone: str) -> object | None:
    keys = phones.keys(phone, database.region())
    if keys.e164:
        return (Account.kind("phone_e164") == keys.e164) | (Account.kind("other_phone_e164") == keys.e164)
    same = (Account.kind("phone_digits") == keys.digits) | (Account.kind("other_phone_digits") == keys.digits)
    return same if len(keys.digits) >= SURE_DIGITS else None


def _of_company(company: str, by: str) -> Iterator[Account]:
    """Accounts are named `Company; First Last`: the company is all of the name, or what stands before the semicolon."""
    wanted = ways(company.strip()) if company.strip() else ()
    sign = reduce(or_, [Account.search_text.contains(way) for way in wanted]) if wanted else None
    for account in _where(sign, by):
        names = ways(account.name)
        if any(name == way or name.startswith(f"{way}; ") for name in names for way in wanted):
            yield account


def convert(
    number: int,
    by: str,
    account: int | None = None,
    *,
    name: str | None = None,
    owner: str | None = None,
    deal: Mapping[str, object] | None = None,
) -> Conversion:
    """Turn lead `number` into an opportunity, once.

    It is called `name`, or else like the lead's description (CH-93), and belongs to `owner`, or else to whom the lead
    is assigned (CH-40). `deal` is what is known of it besides, by python name, such as its stage and its amount.

    `account` is the existing account somebody chose for it, which gets the opportunity and nothing else; without one, a
    new lead gets a customer, an account and a contact of its own, and a lead that came from an account or a customer
    stays with that (CH-139, CH-140).
    """
    rights.require(by, "convert", Lead)
    with work.unit("Convert lead", by=by) as unit:
        lead = _claimed(number)
        rights.require(by, "convert", lead)
        unit.say(deed(lead, N_("Convert lead {name}"), N_("Convert {name}")), name=lead.caption())
        owner = owner or lead.owner or by
        held_account, customer, contact = _account_for(lead, account, owner)
        opportunity = _opportunity(lead, {"name": name or lead.description, **(deal or {})}, held_account, owner, by)
        _carry_links(lead, held_account, opportunity, owner)
        if contact is not None:
            guests.instead(Lead, [lead.number], contact)
        becoming.converted(lead, contact, opportunity)
        tags.carry(lead, opportunity, contact, held_account if held_account.originating_lead == lead.number else None)
        lead.account, lead.customer = held_account.number, held_account.customer
        lead.opportunity, lead.converted = opportunity.number, True
        lead.save()
        if team_notices.is_won(opportunity):
            team_notices.sale(opportunity, by)
    return Conversion(lead, customer, held_account, contact, opportunity)


def _claimed(number: int) -> Lead:
    """The lead, locked until the unit ends, so that two workstations never convert it twice."""
    lead = next(iter(work.locked(Lead, Lead.number == number)), None)
    if lead is None:
        raise Mistake(_("Lead {number} is not there any more.").format(number=number))
    if lead.removed:
        raise Mistake(_("{name} is removed; bring the lead back first.").format(name=lead.caption()))
    if lead.converted:
        raise Mistake(
            _("{name} has already been converted, to opportunity {opportunity}.").format(
                name=lead.caption(), opportunity=lead.opportunity
            )
        )
    return lead


def _account_for(lead: Lead, chosen: int | None, owner: str) -> tuple[Account, Customer | None, Contact | None]:
    wanted = chosen if chosen is not None else lead.account
    if wanted is None and lead.customer is not None:
        wanted = Account.select(Account.number).where(Account.customer == lead.customer).scalar()
    if wanted is not None:
        account = Account.find(wanted)
        if account is None:
            raise Mistake(
                _("Account {number} is not there any more. Convert the lead again and choose another one.").format(
                    number=wanted
                )
            )
        return account, None, None
    if lead.customer is not None:
        return _account(lead, lead.customer, owner), None, None
    customer = _customer(lead)
    account = _account(lead, customer.number, owner)
    return account, customer, _contact(lead, customer.number)


def _customer(lead: Lead) -> Customer:
    known = {name: getattr(lead, name) for name in SHARED_WITH_CUSTOMER}
    made: Customer = Customer.create(
        **known, **carried(lead, Customer), created_on=clock.today(), do_not_call=bool(gate.forbidden(lead))
    )
    return made


def _account(lead: Lead, customer: int, owner: str) -> Account:
    made: Account = Account.create(
        customer=customer, originating_lead=lead.number, owner=owner,
        project=lead.__data__.get("project"),
        name=account_name(lead.company, lead.first_name, lead.last_name) or lead.description[: Account.name.limit],
        description=lead.description, **carried(lead, Account),
        **{name: getattr(lead, name) for name in SHARED_WITH_ACCOUNT}, **_billing(lead, customer),
    )  # fmt: skip
    return made


def _billing(lead: Lead, customer: int) -> dict[str, object]:
    """The address of the lead, or that of the customer it was started for."""
    known = {name: getattr(lead, theirs) for name, theirs in BILLING.items()}
    held = None if any(known.values()) else Customer.find(customer)
    return known if held is None else {name: getattr(held, theirs) for name, theirs in BILLING.items()}


def _contact(lead: Lead, customer: int) -> Contact:
    names = "first_name last_name title phone other_phone more_phones fax email"  # unsaid: python names
    known = {name: getattr(lead, name) for name in names.split()}
    made: Contact = Contact.create(
        customer=customer, **known, **carried(lead, Contact), do_not_call=bool(gate.forbidden(lead))
    )
    return made


def _opportunity(lead: Lead, known: Mapping[str, object], account: Account, owner: str, by: str) -> Opportunity:
    project = lead.__data__.get("project")
    begun = {"stage": begins_in(project) if project or is_on() else "", **carried(lead, Opportunity), **known}
    made: Opportunity = Opportunity.create(
        account=account.number, owner=owner, created_on=clock.today(), created_by=by, originating_lead=lead.number,
        project=project, description=lead.notes, lead_source=lead.lead_source, objection=lead.objection, **begun,
    )  # fmt: skip
    return made


def _carry_links(lead: Lead, account: Account, opportunity: Opportunity, owner: str) -> None:
    """Tasks of the lead, and its reminder, go on with the opportunity (VT-165, C12)."""
    for task in Task.select().where(Task.lead == lead.number):
        task.account, task.opportunity, task.customer = account.number, opportunity.number, account.customer
        task.save()
    if lead.reminder_date:
        Task.create(
            action=_("Call {name}").format(name=lead.caption()), reminder_date=lead.reminder_date,
            reminder_time=lead.reminder_time, account=account.number, opportunity=opportunity.number,
            customer=account.customer, lead=lead.number, owner=owner, is_crm=True, created_on=clock.now(),
            in_calendar=lead.in_calendar,
        )  # fmt: skip
