"""The status of follow-ups as one table: what goes onto paper and into a file (VS-12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.events.spans import Span
    from channergy_crm.services.events.status import Count, Standing

Cells = tuple[str, str, int | None, int | None, int | None, int | None, int | None, str]
"""of what, which, open, overdue, closed, waiting, to somebody else, days to close"""


def titles() -> tuple[str, ...]:
    """The headings of its columns."""
    return (_("Figures"), "", _("Still open"), _("Overdue"), _("Closed"), _("Waiting"), _("To somebody else"),
            _("Days to close"))  # fmt: skip


def rows(held: Standing, said: Callable[[Span], str] | None = None) -> list[Cells]:
    """All of it, part under part; `said` puts the days of a bar into words."""
    every = [_row(_("All follow-ups"), "", held.total)]
    parts = ((_("By type"), held.types), (_("By event"), held.events), (_("By operator"), held.operators),
             (_("By group"), held.groups))  # fmt: skip
    every += [_row(title, line.label, line.counted) for title, lines in parts for line in lines]
    every += [
        (_("Made"), (said or span_said)(bar.span), bar.open + bar.late, bar.late, bar.closed, None, None, "")
        for bar in held.trend
    ]
    return every


def span_said(span: Span) -> str:
    """Some days by their numbers, which read the same everywhere."""
    if span.first == span.last:
        return f"{span.first}"
    return _("{first} to {last}").format(first=span.first, last=span.last)


def days_said(median: float | None) -> str:
    """The days until one was closed, in the middle of all; "" where none was."""
    return "" if median is None else f"{median:g}"


def _row(title: str, label: str, held: Count) -> Cells:
    return (title, label, held.open, held.late, held.closed, held.waiting, held.otherwise, days_said(held.median))
