"""How tickets say until when somebody answers, and how comments and answers say where they came from (VT-173)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import FAQ, Ticket
from channergy_crm.records.messages import State
from channergy_crm.records.tickets import WAITING, WAYS
from channergy_crm.services.tickets import limits
from ui.lists.row_words import Said, Sign, TwoLines
from ui.look.wording import day_in_words, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from channergy_crm.services.tickets.comments import Said as Comment
    from ui.lists.row_words import Signing

SIGNS = {"soon": Sign("", "soon", "clock"), "late": Sign("", "overdue", "warning"), "": Sign("", "", "")}
NEAR_MINUTES = 100
"""within so many minutes the minutes are said, else the hour"""
RARE = ("Urgent", "High")  # unsaid: values of a list
"""what stands as a tag in the narrow list; that something is usual need not be said"""
MAILED = {
    State.WAITING: N_("answer, mail waits"), State.SENT: N_("answer, by mail"), State.FAILED: N_("answer, mail failed"),
}  # fmt: skip


def away(limit: datetime, now: datetime | None = None) -> str:
    """How far away a limit is: “in 54 min”, “40 min late”, “Today 17:00”, “3 days late”."""
    now = now or clock.now()
    minutes = int((limit - now).total_seconds() // 60)
    if minutes in (0, -1):
        return _("now")
    if 0 <= minutes < NEAR_MINUTES:
        return _("in {count} min").format(count=minutes)
    if minutes >= 0:
        return f"{day_in_words(limit.date())} {limit:%H:%M}"
    late = int((now - limit).total_seconds() // 60)
    if late < NEAR_MINUTES:
        return _("{count} min late").format(count=late)
    if late < 48 * 60:
        return _("{count} h late").format(count=late // 60)
    days = late // (24 * 60)
    return ngettext("{count} day late", "{count} days late", days).format(count=days)


class TicketLines(TwoLines):
    """Two lines of a ticket: its title and how urgent it is, whose it is and until when somebody answers."""

    minutes = 0
    """so long before a limit it is said to be soon"""

    def __init__(self) -> None:
        assert Ticket.about.lines is not None  # noqa: S101  it is declared there
        super().__init__(Ticket, Ticket.about.lines)
        self.look()

    def look(self) -> None:
        """Take on what the office has set."""
        self.minutes = limits.warn_minutes()

    def reads(self) -> list[str]:
        return [*super().reads(), "solve_due", "status", "closed", "closed_on"]

    def say(self, values: Mapping[str, Any], signing: Signing | None = None) -> Said:
        said = super().say(values)
        when, sign = self._limit(values)
        urgent = values.get("priority") in RARE
        return said._replace(aside=said.aside if urgent else "", tag=urgent, when=when, sign=sign)

    def _limit(self, values: Mapping[str, Any]) -> tuple[str, Sign]:
        if values.get("closed"):
            on = values.get("closed_on")
            said = _("closed {day}") if on is not None else _("closed")
            return said.format(day=day_in_words(on.date(), inside=True) if on is not None else ""), SIGNS[""]
        if values.get("status") == WAITING:
            return _("waits for them"), SIGNS[""]
        both = (values.get("due"), values.get("solve_due"))
        limit = min((each for each in both if isinstance(each, datetime)), default=None)
        if limit is None:
            return "", SIGNS[""]
        now = clock.now()
        how = "late" if limit <= now else "soon" if limit <= now + timedelta(minutes=self.minutes) else ""
        near = not how and limit.date() == now.date()
        return away(limit, now), SIGNS["soon" if near else how]


def came(comment: Comment) -> str:
    """Small behind who said something: how it came or went."""
    if comment.by_customer:
        return _("customer, {way}").format(way=_(WAYS[comment.came_by])) if comment.came_by in WAYS else _("customer")
    if comment.internal:
        return _("note")
    return _(MAILED[State(comment.mail)]) if comment.mail in MAILED else _("answer")


def moment(when: datetime | None) -> str:
    """When something was said: “Today 09:12”."""
    return f"{day_in_words(when.date())} {when:%H:%M}" if when is not None else ""


def used(answer: FAQ) -> str:
    """Under an answer: its stage, and how often it was put into one."""
    count = answer.used or 0
    times = ngettext("used {count} time", "used {count} times", count).format(count=count)
    times = times if count else _("not used yet")
    return " · ".join(part for part in (shown(FAQ.kind("status"), answer.status), times) if part)


def at(limit: datetime) -> str:
    """A limit as the fact of a ticket says it: the hour of today, else the day too."""
    today = limit.date() == clock.today()
    return f"{limit:%H:%M}" if today else f"{day_in_words(limit.date())} {limit:%H:%M}"


def promised(ticket: Ticket) -> str:
    """Beside the limit: how long the office promises for this priority."""
    from channergy_crm.settings import TICKET_ANSWER_HOURS

    hours = limits.hours(TICKET_ANSWER_HOURS).get(ticket.priority or "")
    return _("{count} h promised").format(count=hours) if hours else ""


def warns(ticket: Ticket) -> str:
    """How the next limit of a ticket stands, by its colour."""
    return {"soon": "soon", "late": "overdue", "": ""}[limits.how(limits.next_limit(ticket))]
