"""The status of follow-ups as marks of charts: what stands there, what is heard, which rows it opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm.language import _, ngettext
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.events.status_rows import DONE, ELSE, LATE_ONES, OPEN_ONES, WAITS
from channergy_crm.services.events.status_tables import span_said
from ui.charts.chart import Mark
from ui.charts.months import long_month
from ui.charts.numbers import Named
from ui.look.wording import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.events.spans import Span
    from channergy_crm.services.events.status import Bar, Count, Line, Standing

NUMBERS = (OPEN_ONES, LATE_ONES, DONE, WAITS, ELSE)
"""what the columns count, in their order"""


def titles() -> tuple[str, ...]:
    """Of the columns."""
    return _("Still open"), _("Overdue"), _("Closed"), _("Waiting"), _("To others"), _("Days")


def follow_ups_said(count: int) -> str:
    """How many follow-ups."""
    return ngettext("{count:,} follow-up", "{count:,} follow-ups", count).format(count=count)


def by_event(held: Standing) -> tuple[list[Named], list[Mark]]:
    """Each type with its sum, below it its events; a type without an event is left out."""
    lines: list[tuple[str, Line]] = []
    for type_ in held.types:
        events = [each for each in held.events if each.type == type_.key]
        lines += [("type", type_), *(("event", each) for each in events)] if events else []
    return _numbers(lines)


def lines_of(part: str, held: Sequence[Line]) -> tuple[list[Named], list[Mark]]:
    """Operators, or groups."""
    return _numbers([(part, each) for each in held])


def _numbers(lines: Sequence[tuple[str, Line]]) -> tuple[list[Named], list[Mark]]:
    named, marks = [], []
    for row, (part, line) in enumerate(lines):
        named.append(Named(line.label, (*(f"{count:,}" for count in counts(line.counted)),
                                        days_said(line.counted.median)), sum=part == "type"))  # fmt: skip
        for column, (name, count) in enumerate(zip(NUMBERS, counts(line.counted), strict=True)):
            if count:
                said = f"{line.label}, {said_of(name, count)}"
                marks.append(Mark(Chosen(part, (line.key, name)), (column, row), line.label, f"{count:,}", said, count,
                                  meaning="overdue" if name == LATE_ONES else ""))  # fmt: skip
    return named, marks


def days_said(median: float | None) -> str:
    """The days until one was closed, in the middle of all, as numbers are written here; a dash where none was."""
    return "–" if median is None else QLocale().toString(median, "g", 4)


def counts(held: Count) -> tuple[int, ...]:
    """The numbers of a line, in the order of the columns."""
    return held.open, held.late, held.closed, held.waiting, held.otherwise


def said_of(name: str, count: int) -> str:
    """How many of which there are."""
    words = {
        OPEN_ONES: ngettext("{count:,} open", "{count:,} open", count),
        LATE_ONES: ngettext("{count:,} overdue", "{count:,} overdue", count),
        DONE: ngettext("{count:,} closed", "{count:,} closed", count),
        WAITS: ngettext("{count:,} waits", "{count:,} wait", count),
        ELSE: ngettext("{count:,} came to somebody else", "{count:,} came to somebody else", count),
    }
    return words[name].format(count=count)


def trend(held: Sequence[Bar]) -> list[Mark]:
    """A bar for what was made within some days: closed, overdue, open."""
    found = []
    for place, bar in enumerate(held):
        count = bar.closed + bar.late + bar.open
        parts = ((DONE, bar.closed), (LATE_ONES, bar.late), (OPEN_ONES, bar.open + bar.late))
        said = ", ".join((long_span(bar.span), _("{follow_ups} made").format(follow_ups=follow_ups_said(count)),
                          *(said_of(name, many) for name, many in parts if many)))  # fmt: skip
        cells = span_said(bar.span), f"{count}", *(f"{many}" for _name, many in parts)
        found.append(Mark(Chosen("span", bar.span), (place, 0), short_span(bar.span), f"{count:,}" if count else "",
                          said, count, bar.late, "overdue", done=bar.closed, cells=cells))  # fmt: skip
    return found


def short_span(span: Span) -> str:
    """What stands under a bar: the day, the week's number, the month."""
    if span.unit == "month":
        return QLocale().monthName(span.first.month, QLocale.FormatType.ShortFormat)
    if span.unit == "week":
        return str(span.first.isocalendar().week)
    return _("earlier") if span.unit == "before" else str(span.first.day)


def long_span(span: Span) -> str:
    """The days of a bar in words."""
    if span.unit == "month":
        return long_month(span.first)
    first, last = shown(None, span.first), shown(None, span.last)
    if span.first == span.last:
        return first
    if span.unit == "week":
        return _("Week {week}, {first} to {last}").format(week=span.first.isocalendar().week, first=first, last=last)
    return _("{first} to {last}").format(first=first, last=last)
