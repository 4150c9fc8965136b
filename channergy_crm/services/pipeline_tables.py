"""The figures of deals as one table: what goes onto paper and into a file (BX-24)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from channergy_crm.services.pipeline import AGES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from channergy_crm.services.pipeline import Month, Pipeline, Worth

Cells = tuple[str, str, int | None, int | None, int | None, int | None, int | None, int | None, int | None, int | None]
"""of what, which, deals, projected, weighted, won, went on, still there, lost, days"""
MONEY = (3, 4, 5)
"""the columns in cents"""


def titles() -> tuple[str, ...]:
    """The headings of its columns."""
    return (_("Figures"), "", _("Deals"), _("Projected"), _("Weighted"), _("Won"), _("Went on"), _("Still there"),
            _("Lost"), _("Days"))  # fmt: skip


def rows(figures: Pipeline, said: Callable[[date | None, date | None], str] | None = None) -> list[Cells]:
    """All of it, part under part; `said` puts a month into words, without it the month stands by its number."""
    every = [_worth(_("All deals"), "", figures.total)]
    every += [_month(each, (said or month_said)(each.month, each.until)) for each in figures.months]
    parts = ((_("By owner"), figures.owners), (_("By project"), figures.projects), (_("By source"), figures.sources))
    every += [_worth(title, line.label, line.worth) for title, lines in parts for line in lines]
    every += [(_("From stage to stage"), step.label, step.came, None, None, None, step.on, step.here, step.lost,
               round(step.days) if step.days is not None else None) for step in figures.steps]  # fmt: skip
    every += [_bare(_("Age of open deals"), age_said(each.key), each.deals) for each in figures.ages]
    names = {step.key: step.label for step in figures.steps}
    every += [_bare(_("Rotten deals"), names.get(each.key, each.key[1]), each.rotten) for each in figures.stages]
    every += [_bare(_("Reasons lost"), line.label, line.worth.lost) for line in figures.reasons]
    return every


def age_said(days: int | None) -> str:
    """Up to how many days old, in words; None for older than all of these."""
    if days is None:
        return _("Over {days} days").format(days=AGES[-1])
    before = (0, *AGES)[AGES.index(days)]
    if not before:
        return ngettext("Up to {days} day", "Up to {days} days", days).format(days=days)
    return _("{first} to {last} days").format(first=before + 1, last=days)


def month_said(month: date | None, until: date | None = None) -> str:
    """A month by its number, which reads the same everywhere."""
    if month is None:
        return _("No date")
    said = f"{month:%Y-%m}"
    return said if until is None or until == month else _("{first} to {last}").format(first=said, last=f"{until:%Y-%m}")


def _worth(title: str, label: str, held: Worth) -> Cells:
    return (title, label, held.deals, held.projected, held.weighted, held.won, None, None, held.lost, None)


def _month(held: Month, label: str) -> Cells:
    return (_("Forecast by month"), label, held.deals, held.projected, held.weighted,
            held.won, None, None, None, None)  # fmt: skip


def _bare(title: str, label: str, deals: int) -> Cells:
    return title, label, deals, None, None, None, None, None, None, None
