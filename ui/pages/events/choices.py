"""What can be chosen in the form of a rule: what happens, to which records, which field and value, who gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import N_, _
from channergy_crm.records import BY_TABLE, Operator, Opportunity
from channergy_crm.records.events import EndsBy, EventType, GoesTo
from channergy_crm.services import groups, lookups, roles
from channergy_crm.services.calls import CODES
from channergy_crm.services.events.triggers import TRIGGERS, UNITS
from channergy_crm.services.processes import STAGES
from ui.look.wording import operator_choices, owner_choices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.fields import Kind
    from channergy_crm.work.record import Record

Choices = list[tuple[object, str]]
DAYS = ((False, N_("days later")), (True, N_("working days later")))
FOR_SOMEBODY = {GoesTo.OPERATOR, GoesTo.GROUP, GoesTo.TURN, GoesTo.ROLE}
"""where it is said besides who that is"""
STANDS_ALONE = {GoesTo.OPERATOR, GoesTo.GROUP}
"""where nobody else need be named"""


def asks(trigger: str) -> frozenset[str]:
    """Which fields of the rule this trigger needs."""
    known = TRIGGERS.get(trigger)
    return frozenset(known.asks) if known is not None else frozenset()


def record_of(table: str) -> type[Record] | None:
    """The record type of a table."""
    return BY_TABLE.get(table)


def types() -> Choices:
    """What a rule is for."""
    return [(each.value, capital(_(each.value))) for each in EventType]


def triggers() -> Choices:
    """What may happen."""
    return [(each.name, capital(each.label)) for each in TRIGGERS.values()]


def tables(trigger: str) -> Choices:
    """The records this may happen to."""
    known = TRIGGERS.get(trigger)
    found = [
        (table, BY_TABLE[table].plural) for table in (known.tables if known is not None else ()) if table in BY_TABLE
    ]
    return list(found)


def units() -> Choices:
    """Days, months."""
    return [(name, _(label)) for name, label in UNITS.items()]


def fields(trigger: str, record: type[Record] | None) -> Choices:
    """The fields of these records that may be watched: days where a day is meant."""
    if record is None:
        return []
    days = trigger == "date"
    return [(name, kind.label) for name, kind in record.offered().items() if not days or _is_day(kind)]


def _is_day(kind: Kind[Any]) -> bool:
    return kind.edited_by == "date"


def settable(record: type[Record] | None) -> Choices:
    """The fields that may be set when the follow-up is done."""
    if record is None:
        return []
    found = record.offered().items()
    return [(name, kind.label) for name, kind in found if not kind.system and kind.edited_by in SETTABLE]


SETTABLE = {"line", "lines", "suggestions", "choice", "tick", "percent", "whole"}


def values(trigger: str, record: type[Record] | None, field: str, by: str) -> Choices | None:
    """What may be chosen for a value; None where it is typed."""
    if "code" in asks(trigger):
        return [(each.value, each.description) for each in lookups.offered(*CODES, by)]
    if trigger == "in_stage":
        return [(each.value, each.description) for each in lookups.offered(*STAGES, by)]
    return values_of(record, field, by)


def values_of(record: type[Record] | None, field: str, by: str) -> Choices | None:
    """What may be chosen for a field of these records; None where it is typed."""
    kind: Any = record.kinds().get(field) if record is not None else None
    if kind is None:
        return None
    if kind.list_key:
        return [(each.value, each.description) for each in lookups.offered(*kind.list_key, by)]
    if kind.linked_to is Operator:
        return list(owner_choices(by))
    if kind.edited_by == "tick":
        return [("1", _("yes")), ("0", _("no"))]
    return None


def goes_to() -> Choices:
    """Who may get it."""
    return [(each.value, _(each.value)) for each in GoesTo]


def receivers(goes: str, by: str) -> Choices:
    """The operators, groups or roles among whom one is chosen."""
    if goes == GoesTo.OPERATOR:
        return list(operator_choices(by))
    if goes in (GoesTo.GROUP, GoesTo.TURN):
        return [(each.id, each.name) for each in groups.every(by)]
    if goes == GoesTo.ROLE:
        return [(str(each.number), each.name) for each in roles.every(by)]
    return []


def others(by: str) -> Choices:
    """Who gets what nobody else would."""
    return [("", _("nobody")), *owner_choices(by)]


def ends(record: type[Record] | None) -> Choices:
    """What closes a follow-up by itself."""
    offered = [each for each in EndsBy if each != EndsBy.CLOSED or record is Opportunity]
    return [(each.value, _(each.value) if each else _("nothing")) for each in offered]


def priorities(by: str) -> Choices:
    """How urgent it is."""
    return [(each.value, each.description) for each in lookups.offered("CustServ", "Priority", by)]


def due_days() -> Choices:
    """Days, or working days."""
    return [(value, _(said)) for value, said in DAYS]


def capital(text: str) -> str:
    """As it stands at the beginning of a line."""
    return text[:1].upper() + text[1:]


def known(pairs: Sequence[tuple[object, str]], value: object) -> str:
    """What people read for a value."""
    return next((said for held, said in pairs if held == value), str(value or ""))
