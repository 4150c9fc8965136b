"""What a Viper site knows of a company, a contact and a program, and what it does not take (VP-15…VP-58)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_, _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STAGES = ("Draft", "Prospect", "Proposal", "Contract", "Order", "Lost")
_ADDRESS = ("address", "city", "state", "country", "postal_code")
FIELDS: dict[str, dict[str, str]] = {
    "companies": {
        "name": N_("Company"), "phone": N_("Phone"), "fax": N_("Fax"), "other_phone": N_("Other Phone"),
        **{f"billing_{part}": N_("Billing Address") for part in _ADDRESS}, "assigned_to": N_("Assigned To"),
    },
    "contacts": {
        "first_name": N_("First Name"), "last_name": N_("Last Name"), "email": N_("Email"),
        **{f"mailing_{part}": N_("Mailing Address") for part in _ADDRESS},
        "company_id": N_("Company"), "assigned_to": N_("Assigned To"),
    },
    "programs": {
        "name": N_("Program"), "company_id": N_("Company"), "sales_stage": N_("Sales Stage"),
        "preferred_arrival": N_("Arrival"), "preferred_departure": N_("Departure"),
        "estimated_value": N_("Estimated Value"), "probability": N_("Probability"),
        "lead_source": N_("Lead Source"), "due_date": N_("Due Date"), "description": N_("Description"),
        "assigned_to": N_("Assigned To"),
    },
}  # fmt: skip
"""by kind, the fields and what people call them"""
NEEDED = {
    "companies": ("assigned_to", "name"),
    "contacts": ("assigned_to", "company_id", "last_name", "email"),
    "programs": ("assigned_to", "name", "company_id", "preferred_arrival", "preferred_departure", "sales_stage",
                 "probability"),
}  # fmt: skip
LETTER = {"companies": "C", "contacts": "P", "programs": "G"}
"""what the ids of a kind begin with"""
LONGEST = 70_000


class Refusal(NamedTuple):
    """Why a record cannot be so, and by which field."""

    message: str
    field: str = ""


class Known(NamedTuple):
    """What the site can look up: who works there, which companies there are, which contact has an e-mail address."""

    people: Mapping[str, str]
    company: Callable[[str], bool]
    holder: Callable[[str], str | None]


def refusal(
    kind: str, id: str, given: Mapping[str, object], values: Mapping[str, object], known: Known
) -> Refusal | None:  # fmt: skip
    """Why the record of this id, or a new one, cannot be `values` once it is given some; None where it can."""
    return _shape(kind, values) or _meaning(id, given, values, known)


def _shape(kind: str, values: Mapping[str, object]) -> Refusal | None:
    for name, value in values.items():
        if name not in FIELDS[kind]:
            return Refusal(_("There is no field {name}.").format(name=name[:60]), name[:60])
        if not isinstance(value, str | int | float | None) or len(str(value)) > LONGEST:
            return Refusal(_("That cannot stand in this field."), name)
    for name in NEEDED[kind]:
        if values.get(name) in (None, ""):
            return Refusal(_("{field} is required.").format(field=_(FIELDS[kind][name])), name)
    return None


def _meaning(id: str, given: Mapping[str, object], values: Mapping[str, object], known: Known) -> Refusal | None:
    if "assigned_to" in given and values["assigned_to"] not in known.people:
        return Refusal(_("Nobody here is called {name}.").format(name=str(values["assigned_to"])[:60]), "assigned_to")
    if "company_id" in given and not known.company(str(values["company_id"])):
        return Refusal(_("There is no such company."), "company_id")
    if "email" in given and known.holder(folded(values["email"])) not in (None, id):
        return Refusal(_("Another contact has this e-mail address."), "email")
    return None


def folded(email: object) -> str:
    """An e-mail address as it is compared."""
    return str(email or "").strip().casefold()
