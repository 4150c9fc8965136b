"""The calendar in words: what an entry says, which days are shown, and what is heard of what is only painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

from channergy_crm.language import N_, _, all_of, ngettext
from channergy_crm.records.guests import ANSWERS
from channergy_crm.services import dated
from ui.look.wording import day_in_words, key_name
from ui.pages.calendar.places import goes_on, has_day, whole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from channergy_crm.services.calendar.entries import Entry
    from ui.pages.calendar.places import Slot

KINDS = {"call": N_("Call"), "meeting": N_("Meeting"), "task": N_("Task")}
SIGNS = {"call": "phone", "meeting": "meeting", "task": "task", "opportunity": "opportunity", "lead": "lead",
         "contact": "contact", "account": "account"}  # fmt: skip
STATES = {"done": N_("done"), "overdue": N_("overdue"), "soon": N_("due soon")}
STATE_SIGNS = {"done": "check", "overdue": "warning", "soon": "clock"}
VIEWS = {"day": N_("Day"), "week": N_("Week"), "month": N_("Month"), "list": N_("List")}


def sign(entry: Entry) -> str:
    """The drawing before an entry: how it stands goes before what it is."""
    return STATE_SIGNS.get(entry.state) or SIGNS.get(entry.kind.partition(".")[0], "task")


def kind_said(kind: str) -> str:
    """What kind of entry that is."""
    if (source := dated.source(kind)) is not None:
        return source.record.singular
    return _(KINDS[kind]) if kind in KINDS else kind


def lines(entry: Entry) -> tuple[str, str]:
    """What stands first and what below: of a call who is called, of everything else what it is."""
    if entry.kind == "call" and entry.about and not entry.guest:
        return entry.about, entry.title
    answer = answer_said(entry.answer) if entry.guest else ""
    return entry.title, " · ".join(part for part in (answer, entry.place or entry.about) if part)


def when(entry: Entry, *, inside: bool = False) -> str:
    """From when to when, on which day; `inside` a sentence as it stands there."""
    entry = whole(entry)
    if not has_day(entry):
        return _("no date")
    day = day_in_words(entry.day, inside=inside)
    if entry.at is None:
        return day
    if not entry.minutes:
        return _("{day}, {time}").format(day=day, time=f"{entry.at:%H:%M}")
    said, ends = _("{day}, {time} to {until}"), entry.ends
    if goes_on(entry):
        said = _("{day}, {time} to {until} on {other}")
    other = day_in_words(ends.date(), inside=True)
    return said.format(day=day, time=f"{entry.at:%H:%M}", until=f"{ends:%H:%M}", other=other)


def at_first(entry: Entry) -> str:
    """The time that stands before an entry: when it begins, on its last day until when it lasts."""
    if entry.at is None:
        return ""
    if not entry.after:
        return f"{entry.at:%H:%M}"
    return _("until {time}").format(time=f"{whole(entry).ends:%H:%M}") if entry.after == goes_on(entry) else ""


def why_not(entry: Entry) -> str:
    """Why an entry is not moved or changed by whoever looks; nothing where it is."""
    if entry.may_edit:
        return ""
    source = dated.source(entry.kind)
    return (source.kept if source is not None else "") or _("This entry belongs to somebody else.")


def guests_said(entry: Entry) -> str:
    """How many are invited."""
    return ngettext("{count:,} guest", "{count:,} guests", entry.guests).format(count=entry.guests)


def answer_said(answer: str) -> str:
    """What a guest has answered."""
    return _(ANSWERS[answer]) if answer in ANSWERS else _(ANSWERS[""])


def invited_said(entry: Entry) -> str:
    """That whoever it stands with is only invited to it, and what they have answered; nothing of their own."""
    if not entry.guest:
        return ""
    return _("{owner} is invited: {answer}").format(owner=entry.owner, answer=answer_said(entry.answer))


def heard(entry: Entry) -> str:
    """The whole of an entry for whoever hears the screen; the tip of the mouse too."""
    state = _(STATES[entry.state]) if entry.state in STATES else ""
    planned = _("planned in a series") if entry.planned else ""
    guests = guests_said(entry) if entry.guests else ""
    whose = invited_said(entry) or entry.owner
    said = [kind_said(entry.kind), entry.title, when(entry), entry.about, entry.place, guests, whose, state]
    return ", ".join(part for part in (*said, planned) if part)


def nothing(source: str, *, filtered: bool) -> str:
    """What is said where there is no entry: how one comes there, or comes back."""
    if filtered:
        return _("Nothing here says what is typed above. Esc shows all.")
    if (held := dated.source(source)) is not None:
        said = _("{records} by {field}: none on these days. Turn the page, or choose another day to look at above.")
        return said.format(records=held.record.plural, field=held.label)
    said = _("Nothing stands here. Double-click a place, or press {key}, and an entry begins.")
    return said.format(key=key_name("Ctrl+N"))


def free_heard(slot: Slot) -> str:
    """An empty place, as it is heard."""
    day = day_in_words(slot.day)
    if slot.at is None:
        return _("{day}, no time, {owner}: nothing here. Enter begins an entry.").format(day=day, owner=slot.owner)
    said = _("{day}, {time}, {owner}: free. Enter begins an entry.")
    return said.format(day=day, time=f"{slot.at:%H:%M}", owner=slot.owner)


def title(view: str, days: Sequence[date]) -> str:
    """What is shown, as the head of the page says it: one day, some days, a month."""
    locale, first, last = QLocale(), days[0], days[-1]
    if view == "day":
        return locale.toString(QDate(first.year, first.month, first.day), QLocale.FormatType.LongFormat)
    if view in ("month", "list"):
        return _("{month} {year}").format(month=locale.standaloneMonthName(first.month), year=first.year)
    month = locale.monthName(last.month)
    if first.month == last.month:
        return _("{first} to {last} {month} {year}").format(
            first=first.day, last=last.day, month=month, year=last.year)  # fmt: skip
    other = locale.monthName(first.month)
    return _("{first} {month} to {last} {other} {year}").format(
        first=first.day, month=other, last=last.day, other=month, year=last.year)  # fmt: skip


def head(day: date) -> str:
    """The name of a day over its column."""
    name = QLocale().dayName(day.isoweekday(), QLocale.FormatType.ShortFormat)
    return _("{weekday} {day}").format(weekday=name, day=day.day)


def standing(view: str, days: Sequence[date], owners: Sequence[str], entries: Sequence[Entry]) -> str:
    """The status line: which days, whose, how many and how many of them are late."""
    count = ngettext("{count:,} entry", "{count:,} entries", len(entries)).format(count=len(entries))
    late = sum(entry.state == "overdue" for entry in entries)
    if late:
        count = _("{entries}, {count:,} overdue").format(entries=count, count=late)
    week = _("Week {number}").format(number=days[len(days) // 2].isocalendar().week) if view == "week" else ""
    whose = all_of(list(owners))
    return " · ".join(part for part in (week, title(view, days), whose, count) if part)


def days_late(entry: Entry, today: date) -> str:
    """How late an entry is, beside it."""
    late = (today - entry.day).days
    if late <= 0:
        return _("late")
    return ngettext("{count:,} day late", "{count:,} days late", late).format(count=late)
