"""What the rows of reminders say, and the sections they stand in: overdue, today, later, no date (F-51)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Lead, Task
from channergy_crm.services import reminders
from ui.lists.listed_rows import Sectioning
from ui.lists.parts import Head
from ui.lists.row_words import Entry, joined
from ui.look.wording import shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, time

HIGH = "High"  # unsaid: a value of the list
"""the priority that is said on a ground of its own"""
HOUR = 60
HEADS = [
    ("overdue", N_("Overdue"), "overdue", "warning"), ("today", N_("Today"), "soon", "clock"),
    ("later", N_("Later"), "", ""), ("no_date", N_("No date"), "", ""),
]  # fmt: skip
INKS = {"late": "overdue", "today": "soon"}
OF_TASKS = ["reminder_date", "reminder_time", "action", "account_name", "origin", "phone", "local_time", "priority",
            "closed"]  # fmt: skip
OF_LEADS = ["reminder_date", "reminder_time", "company", "first_name", "last_name", "description", "phone",
            "local_time", "call_code"]  # fmt: skip


def in_sections(record: type[Task] | type[Lead]) -> Sectioning:
    """How the reminders of tasks, or of leads, are divided, and what their rows say."""
    of_tasks = record is Task
    return Sectioning(
        [Head(name, _(title), ink, drawing) for name, title, ink, drawing in HEADS],
        lambda values: reminders.STANDINGS.index(_standing(values)),
        lambda: reminders.conditions(record),
        "reminder_date",
        OF_TASKS if of_tasks else OF_LEADS,
        _of_task if of_tasks else _of_lead,
        (_("Phone"), _("Local time"), _("Priority") if of_tasks else _("Result")),
    )


def _standing(values: Mapping[str, Any]) -> reminders.Standing:
    return reminders.standing(values.get("reminder_date"), values.get("reminder_time"))


def _of_task(values: Mapping[str, Any]) -> Entry:
    kind = shown(Task.kind("priority"), values.get("priority"))
    came = values.get("origin")
    second = " · ".join(part for part in (values.get("account_name"), came and came.in_a_line) if part)
    return _entry(values, str(values["action"]), second, kind,
                  tag=values.get("priority") == HIGH)  # fmt: skip


def _of_lead(values: Mapping[str, Any]) -> Entry:
    called = Lead.about.called_by()
    names = [name for name in called.names(*(values.get(one) or "" for one in called.fields)) if name]
    kind = shown(Lead.kind("call_code"), values.get("call_code"))
    return _entry(values, names[0] if names else "", names[1] if len(names) > 1 else "", kind, tag=bool(kind))


def _entry(values: Mapping[str, Any], name: str, second: str, kind: str, *, tag: bool) -> Entry:
    day, at = values.get("reminder_date"), values.get("reminder_time")
    today = day == clock.today()
    return Entry(
        f"{at:%H:%M}" if today and at else joined(day, at), how_late(day, at), INKS.get(_standing(values), ""),
        " ".join(name.split()), " ".join(second.split()), str(values.get("phone") or ""),
        str(values.get("local_time") or ""), kind, tag,
    )  # fmt: skip


def how_late(day: date | None, at: time | None) -> str:
    """How long ago it was due, or in how many minutes it will be; "" when that is far off."""
    now = clock.now()
    if day is None:
        return ""
    if days := (now.date() - day).days:
        return ngettext("{count} day late", "{count} days late", days).format(count=days) if days > 0 else ""
    if at is None:
        return ""
    minutes = int((datetime.combine(day, at) - now.replace(second=0)).total_seconds() // 60)
    if minutes > 0:
        return _("in {count} min").format(count=minutes) if minutes <= HOUR else ""
    if minutes == 0:
        return _("now")
    late = -minutes
    return _("{count} min late").format(count=late) if late < HOUR else _("{count} h late").format(count=late // HOUR)
