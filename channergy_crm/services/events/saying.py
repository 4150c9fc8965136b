"""An event said in one line, for the list of them: “Account, no order for 2 months → Call …” (VS-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import BY_TABLE
from channergy_crm.records.lookups import describe
from channergy_crm.services.events import triggers
from channergy_crm.text import placeholders

if TYPE_CHECKING:
    from channergy_crm.records.events import Event

LONGEST = 60
"""letters of what is to be done"""
_HAPPENS = {
    "created": N_("New: {record}"),
    "value": N_("{record}, {field}: {value}"),
    "no_order": N_("{record}, no order for {time}"),
    "no_contact": N_("{record}, no contact for {time}"),
    "no_change": N_("{record}, no change for {time}"),
    "won": N_("Deal won"),
    "lost": N_("Deal lost"),
    "in_stage": N_("Deal in {value} for {time}"),
    "call": N_("{record}, call ended with {value}"),
    "order": N_("{record}, an order"),
    "done": N_("Follow-up of another rule done"),
}


def sentence(event: Event) -> str:
    """What happens and what is to be done then, as far as the first field that is filled in later, which is “…”."""
    parts = placeholders.parse(event.action or "")
    begins = parts[0].strip() if parts and isinstance(parts[0], str) else ""
    if begins:
        said = f"{begins} …" if len(parts) > 1 else begins
    else:
        said = " ".join("".join(part if isinstance(part, str) else "…" for part in parts).split())
    said = said if len(said) <= LONGEST else f"{said[:LONGEST].rstrip()}…"
    return _("{happens} → {action}").format(happens=happens(event), action=said)


def happens(event: Event) -> str:
    """What an event waits for, in a few words."""
    record = BY_TABLE[event.table].singular if event.table in BY_TABLE else ""
    form = _date_form(event) if event.trigger == "date" else _HAPPENS.get(event.trigger, "{record}")
    if event.trigger == "order" and event.field == triggers.FIRST:
        form = N_("{record}, the first order")
    return _(form).format(record=record, field=_field(event), value=_value(event),
                          time=lasting(abs(event.amount or 0), event.unit))  # fmt: skip


def lasting(amount: int, unit: str) -> str:
    """A length of time in words, such as “2 months”."""
    forms = {
        "week": ngettext("{count:,} week", "{count:,} weeks", amount),
        "month": ngettext("{count:,} month", "{count:,} months", amount),
        "year": ngettext("{count:,} year", "{count:,} years", amount),
    }
    return forms.get(unit or "", ngettext("{count:,} day", "{count:,} days", amount)).format(count=amount)


def _date_form(event: Event) -> str:
    before = event.amount or 0
    if before == 0:
        return N_("{record}, on {field} every year") if event.yearly else N_("{record}, on {field}")
    if event.yearly and before > 0:
        return N_("{record}, {time} before {field} every year")
    if event.yearly:
        return N_("{record}, {time} after {field} every year")
    return N_("{record}, {time} before {field}") if before > 0 else N_("{record}, {time} after {field}")


def _field(event: Event) -> str:
    kind = BY_TABLE[event.table].offered().get(event.field) if event.table in BY_TABLE else None
    return kind.label if kind is not None else _("a day") if event.trigger == "date" else _("a field")


def _value(event: Event) -> str:
    kind = triggers.kind_of(event) if event.table in BY_TABLE else None
    if kind is None or not event.value:
        return event.value or "…"
    if kind.shown_as == "described":
        return describe(kind, event.value)
    return event.value
