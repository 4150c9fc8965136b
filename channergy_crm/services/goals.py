"""The goals of a day: what the office or an operator has set, and how far somebody has come today (BX-22)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import PhoneCall
from channergy_crm.records.call_log import Direction
from channergy_crm.records.calls import Meaning
from channergy_crm.records.goals import Goal
from channergy_crm.records.operators import Operator
from channergy_crm.services import calling_hours, due, figures, rights

WORKED = timedelta(hours=8)
"""how long a working day is taken for"""


class Done(NamedTuple):
    """How many are done, and of how many; without a goal that is None."""

    done: int
    of: int | None

    @property
    def reached(self) -> bool:
        """Whether there is a goal and it is met."""
        return self.of is not None and self.done >= self.of


class Goals(NamedTuple):
    """How a day stands: the calls made, the people reached, the appointments."""

    calls: Done
    reached: Done
    appointments: Done

    @property
    def any(self) -> bool:
        """Whether anything was set at all."""
        return any(each.of is not None for each in self)


def working_day(by: str) -> tuple[datetime, datetime]:
    """From when to when a goal of today is worked on: eight hours from the beginning of the office's day, as far as one
    calls there at that time of the day (BX-22).
    """
    rights.require(by, "count", PhoneCall)
    day, begins = clock.today(), due.day_begins(by)
    called = calling_hours.hours_of(calling_hours.at_home(), clock.now())
    first = datetime.combine(day, max(begins, called[0]) if called else begins)
    last = datetime.combine(day, begins) + WORKED
    if called:
        last = min(last, datetime.combine(day, called[1]))
    return first, last if last > first else first + WORKED


def today(by: str) -> Goals:
    """How far this operator has come today, by the office's clock."""
    rights.require(by, "count", PhoneCall)
    goal = _holding(by)
    begun = datetime.combine(clock.today(), time())
    mine = (PhoneCall.operator == by) & (PhoneCall.started >= begun) & (PhoneCall.direction == Direction.OUT.value)
    promised = PhoneCall.code.in_(figures.codes_meaning(Meaning.CALL_BACK))
    sums = [peewee.fn.COALESCE(peewee.fn.SUM(peewee.Case(None, [(each, 1)], 0)), 0)
            for each in (PhoneCall.reached, promised)]  # fmt: skip
    counted: Any = PhoneCall.select(peewee.fn.COUNT(PhoneCall.number), *sums).where(mine).tuples().get()
    calls, reached, appointments = counted
    return Goals(
        Done(calls, goal.calls), Done(int(reached), goal.reached), Done(int(appointments), goal.appointments)
    )  # fmt: skip


def said(held: Goals) -> str:
    """The goals that are set, in words."""
    words = (_("{done:,} of {of:,} calls"), _("{done:,} of {of:,} reached"), _("{done:,} of {of:,} appointments"))
    pairs = zip(words, held, strict=True)
    return " · ".join(word.format(done=each.done, of=each.of) for word, each in pairs if each.of is not None)


def _holding(by: str) -> Goal:
    """The goals somebody works with: their own, otherwise everybody's, otherwise none."""
    own = Goal.get_or_none(Goal.operator == by)
    return own or Goal.get_or_none(Goal.operator.is_null()) or Goal()


def of(operator: str, by: str) -> Goal:
    """The goals of an operator, or everybody's for ""; not yet saved where there are none."""
    rights.require(by, "see", Goal)
    same = Goal.operator == operator if operator else Goal.operator.is_null()
    held: Goal = Goal.get_or_none(same) or Goal(operator=operator or None)
    return held


def every(by: str) -> list[Goal]:
    """All that is set: everybody's first, then by operator."""
    rights.require(by, "see", Goal)
    return sorted(Goal.select(), key=lambda goal: goal.__data__.get("operator") or "")


def may_set(by: str) -> str | None:
    """None for who leads, and so may set goals: administrators and those who view all operators; else the sentence."""
    return rights.may(by, "see") or (None if rights.views_all(by) else rights.may(by, "administer"))


def save(goal: Goal, by: str) -> Goal:
    """Keep these goals; with nothing in them they are taken away."""
    rights.require(by, "edit", Goal)
    if not rights.views_all(by):
        rights.require(by, "administer")
    operator = goal.__data__.get("operator")
    if operator and Operator.find(operator) is None:
        raise Mistake(_("There is no operator {id}.").format(id=operator))
    with work.unit("Set the daily goals of {name}", by=by, name=goal.caption()):
        if goal.calls or goal.reached or goal.appointments:
            goal.save()
        elif not goal.is_new:
            goal.delete_instance()
    return goal
