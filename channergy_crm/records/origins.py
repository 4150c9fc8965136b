"""Where a task comes from: the event that made it, and from whom it was rerouted; a column of lists (VS-3, VS-15)."""

from __future__ import annotations

from datetime import date

import peewee

from channergy_crm.language import N_, _
from channergy_crm.records.activities import Task
from channergy_crm.records.events import Event, FollowUp, Rerouting
from channergy_crm.records.operators import Operator
from channergy_crm.text.written import written_day
from channergy_crm.work.record import Extra, add_extra

APART = "\x1f"
"""stands between the parts of what is read, and in no name"""
BETWEEN = " · "


class Origin(str):
    """What stands under *Comes from*: the event, and from whom, until when and with which note; "" for what was made by
    hand. `in_a_line` is the same where nothing says that it comes from there.
    """

    event: str
    in_a_line: str

    def __new__(cls, event: str, giver: str, until: date | None = None, note: str = "") -> Origin:
        """`giver` is what people call the one it was rerouted from, `until` the day on which it goes back."""
        day = written_day(until) if until is not None else ""
        lent = _("from {name} until {day}").format(name=giver, day=day) if giver and day else ""
        given = _("from {name}").format(name=giver) if giver else ""
        rest = [part for part in (lent or given, note) if part]
        made = super().__new__(cls, BETWEEN.join([event, *rest] if event else rest))
        named = [_("Event: {name}").format(name=event)] if event else []
        made.event, made.in_a_line = event, BETWEEN.join([*named, *rest])
        return made


def _said(held: str | None) -> Origin:
    """Of the name of the event, the one it came from, and the day, as they are read together."""
    event, giver, day, *_rest = [*(held or "").split(APART), "", "", ""]
    return Origin(event, giver, date.fromisoformat(day[:10]) if day else None)


def _mark(held: Origin) -> str:
    return "event" if held.event else ""  # unsaid: a drawing


def _expression() -> peewee.Node:
    joined = FollowUp.select(Event.name).join(Event, on=(FollowUp.event == Event.number))
    event = joined.where(FollowUp.task == Task.number).limit(1)
    until = peewee.fn.COALESCE(Rerouting.until.cast("TEXT"), "")
    from_whom = Rerouting.select(Operator.name.concat(APART).concat(until))
    holds = (Rerouting.task == Task.number) & Rerouting.back.is_null() & (Rerouting.receiver == Task.owner)
    lent = (
        from_whom.join(Operator, on=(Rerouting.giver == Operator.id))
        .where(holds & ~Task.closed)
        .order_by(Rerouting.number.desc())
        .limit(1)
    )
    both = peewee.fn.COALESCE(event, "").concat(APART).concat(peewee.fn.COALESCE(lent, ""))
    return peewee.fn.NULLIF(both, APART)


add_extra(Task, "origin", Extra(N_("Comes from"), _expression(), _said, 30, stored=False, mark=_mark))
