"""Figures of deals as marks of charts: what stands on each bar and what is heard for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from channergy_crm.language import _, ngettext
from channergy_crm.records.projects import Means
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.pipeline_tables import age_said
from ui.charts.chart import Mark
from ui.look.wording import short_money, whole_money, written_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.pipeline import Line, Old, Pipeline, Worth
    from channergy_crm.services.pipeline_stages import Step

MOST_LINES = 12
"""operators, projects, sources that are drawn; all of them stand in the export"""


def deals_said(count: int) -> str:
    """How many deals."""
    return ngettext("{count:,} deal", "{count:,} deals", count).format(count=count)


def days_said(days: float) -> str:
    """How many days."""
    whole = round(days)
    return ngettext("{count:,} day", "{count:,} days", whole).format(count=whole)


def worth_said(held: Worth) -> str:
    """Some deals together: what they may bring, how likely, what they brought, how many."""
    said = _("projected {projected}, weighted {weighted}, won {won}, {deals}")
    return said.format(projected=whole_money(held.projected), weighted=whole_money(held.weighted),
                       won=whole_money(held.won), deals=deals_said(held.deals))  # fmt: skip


def steps(held: Sequence[Step]) -> list[Mark]:
    """From stage to stage: how many came, and how many of a hundred went on."""
    found = []
    for place, step in enumerate(held):
        won = step.means is Means.WON
        on = "" if won or step.percent is None else _("{percent} %\u00a0go on").format(percent=step.percent)
        said = _("{stage}, {deals} came, {on:,} went on, {here:,} still there, {lost:,} lost, {elsewhere:,} elsewhere")
        if won:
            said = _("{stage}, {deals}")
        heard = said.format(stage=step.label, deals=deals_said(step.came), on=step.on, here=step.here, lost=step.lost,
                            elsewhere=step.elsewhere)  # fmt: skip
        days = "" if step.days is None else f"{round(step.days)}"
        cells = step.label, *(f"{each}" for each in (step.came, step.on, step.here, step.lost, step.elsewhere)), days
        found.append(Mark(Chosen("came", step.key), (0, place), step.label, f"{step.came:,}", heard, step.came,
                          meaning="done" if won else "", more=on, cells=cells))  # fmt: skip
    return found


def days(held: Sequence[Step]) -> list[Mark]:
    """How long deals were in a stage before they left it, the one in the middle."""
    found: list[Mark] = []
    for step in held:
        if step.days is None:
            continue
        long = days_said(step.days)
        left = ngettext("{count:,} left", "{count:,} left", step.left).format(count=step.left)
        said = _("{stage}, {days} in the middle, {left}").format(stage=step.label, days=long, left=left)
        cells = step.label, f"{round(step.days)}", f"{step.left}"
        at = 0, len(found)
        found.append(Mark(Chosen("days", step.key), at, step.label, long, said, step.days, more=left, cells=cells))
    return found


def lines(part: str, held: Sequence[Line]) -> list[Mark]:
    """A lying bar for each operator, project or source: won, weighted, projected."""
    found = []
    for place, line in enumerate(held[:MOST_LINES]):
        worth = line.worth
        said = _("{what}, {worth}").format(what=line.label, worth=worth_said(worth))
        amounts = (written_money(each, QLocale.c()) for each in (worth.projected, worth.weighted, worth.won))
        cells = line.label, *amounts, f"{worth.deals}"
        total = worth.projected + worth.won
        found.append(Mark(Chosen(part, line.key), (0, place), line.label, short_money(total), said, total,
                          worth.weighted, more=deals_said(worth.deals), done=worth.won, cells=cells))  # fmt: skip
    return found


def reasons(held: Sequence[Line]) -> list[Mark]:
    """Why deals were lost, the most frequent first, and what they would have brought."""
    found = []
    for place, line in enumerate(held[:MOST_LINES]):
        amount = whole_money(line.worth.missed)
        said = _("{reason}, {deals} lost, {amount}").format(
            reason=line.label, deals=deals_said(line.worth.lost), amount=amount
        )
        cells = line.label, f"{line.worth.lost}", written_money(line.worth.missed, QLocale.c())
        found.append(Mark(Chosen("reason", line.key), (0, place), line.label, f"{line.worth.lost:,}", said,
                          line.worth.lost, meaning="overdue", more=amount, cells=cells))  # fmt: skip
    return found


def ages(held: Sequence[Old]) -> list[Mark]:
    """How old open deals are."""
    return [_old("age", place, each, age_said(each.key)) for place, each in enumerate(held)]


def rotten(held: Pipeline) -> list[Mark]:
    """The open deals of each stage, with those that have been there for too long."""
    names = {step.key: step.label for step in held.steps}
    return [_old("rotten", place, each, names[each.key]) for place, each in enumerate(held.stages)]


def _old(part: str, place: int, held: Old, label: str) -> Mark:
    rotten_ones = _("{count:,} rotten").format(count=held.rotten) if held.rotten else ""
    said = ", ".join(part for part in (label, deals_said(held.deals), rotten_ones) if part)
    return Mark(Chosen(part, held.key), (0, place), label, f"{held.deals:,}", said, held.deals, held.rotten,
                meaning="overdue", more=rotten_ones, cells=(label, f"{held.deals}", f"{held.rotten}"))  # fmt: skip
