"""Records for tests, made the way the suite and the CRM make them, in one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.records import Account, Contact, Customer, Opportunity, SalesDocument, SalesLine, Task
from channergy_crm.services import operators

if TYPE_CHECKING:
    from collections.abc import Sequence


def colleague(short: str = "BEN", name: str = "Ben Ortiz") -> str:
    """Another operator."""
    operators.add(short, name, "ADMIN")
    return short


def account(name: str, owner: str = "ADMIN", *, with_customer: bool = True, **known: Any) -> Account:
    """An account, and the customer behind it."""
    with work.unit("Make an account", by=owner):
        customer = Customer.create(company=name).number if with_customer else None
        made: Account = Account.create(name=name, owner=owner, customer=customer, **known)
    return made


def contact(of: Account, first: str, last: str = "", **known: Any) -> Contact:
    """A contact of an account."""
    with work.unit("Make a contact", by=of.owner):
        made: Contact = Contact.create(customer=of.customer, first_name=first, last_name=last, **known)
    return made


def opportunity(of: Account, name: str, owner: str = "", **known: Any) -> Opportunity:
    """An opportunity of an account."""
    owner = owner or of.owner
    with work.unit("Make an opportunity", by=owner):
        made: Opportunity = Opportunity.create(
            account=of.number, name=name, owner=owner, **{"created_on": clock.today(), "created_by": owner, **known}
        )
    return made


def task(of: Account | None, action: str, owner: str = "ADMIN", **known: Any) -> Task:
    """A task of the CRM, of an account or of none."""
    links = {"account": of.number, "customer": of.customer} if of else {}
    with work.unit("Make a task", by=owner):
        made: Task = Task.create(action=action, owner=owner, **{"is_crm": True, **links, **known})
    return made


def service_row(of: Account, action: str, owner: str = "ADMIN", **known: Any) -> Task:
    """A row the suite keeps in the same table as the tasks: it carries no CRM mark (CH-148)."""
    return task(of, action, owner, is_crm=False, **known)


def document(
    kind: str, of: Account | None, total: int = 0, *, lines: Sequence[Any] = (), **known: Any
) -> SalesDocument:
    """A document of an account with its lines, issued if it has a number; each line is its product, how many pieces
    and the price of one.
    """
    values = {"owner": "ADMIN", "dated": clock.today(), "currency": "USD", "name": of.name if of else "", **known}
    with work.unit("Make a document", by="ADMIN"):
        made: SalesDocument = SalesDocument.create(
            what=kind,
            account=of.number if of else None,
            net=total,
            total=total,
            open_amount=total if kind == "invoice" else 0,
            **{**values, "document_no": ""},
        )
        for place, (product, quantity, price) in enumerate(lines):
            held = SalesLine(document=made, place=place, product=product, name="A line", quantity=quantity * 1_000,
                             price=price, cost=price // 2)  # fmt: skip
            held.total = quantity * price
            held.save()
        if number := known.get("document_no"):
            made.document_no, made.issued_on = number, clock.now()
            made.state = known.get("state", "open")
            made.save()
    return made
