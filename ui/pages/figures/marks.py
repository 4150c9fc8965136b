"""Figures as marks of charts: what stands on each bar and what is heard for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext
from channergy_crm.services.chosen import Chosen
from channergy_crm.services.figure_tables import hour_said, steps, weekdays
from ui.charts.chart import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.figures import Count, Figures, Line, Way

EARLIEST, LATEST = 8, 17
"""the hours that are always there"""
FEW = 5
"""calls; what fewer came to says little"""
MOST_LINES = 12
"""operators, lists, results, zones that are drawn; all of them stand in the export"""


def calls_said(count: Count) -> str:
    """How many reached, of how many calls."""
    calls = ngettext("{count:,} call", "{count:,} calls", count.calls).format(count=count.calls)
    return _("{percent} %\u00a0reached, {calls}").format(percent=count.percent or 0, calls=calls)


def hours_of(held: Figures) -> list[int]:
    """The hours of the map, without a gap."""
    called = [hour for _day, hour in held.cells]
    return list(range(min([EARLIEST, *called]), max([LATEST, *called]) + 1))


def days_of(held: Figures) -> list[int]:
    """The weekdays of the map: Saturday and Sunday only when somebody was called."""
    return [day for day in range(7) if day < 5 or any(called == day for called, _hour in held.cells)]


def short_days(days: Sequence[int]) -> list[str]:
    """The names of weekdays where there is little room."""
    names = [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")]
    return [names[day] for day in days]


def cells(held: Figures) -> list[Mark]:
    """A mark for every hour of a weekday in which somebody was called; one with few calls is never the darkest."""
    hours, days, names = hours_of(held), days_of(held), weekdays()
    found = []
    for (day, hour), count in sorted(held.cells.items()):
        said = _("{day} {hour}, {calls}").format(day=names[day], hour=hour_said(hour), calls=calls_said(count))
        at, percent = (hours.index(hour), days.index(day)), count.percent or 0
        warm = percent * min(1.0, count.calls / FEW)
        found.append(
            Mark(Chosen("cell", (day, hour)), at, f"{hour}", f"{percent}", said, warm, more=f"{count.calls}")
        )  # fmt: skip
    return found


def hours(held: Figures) -> list[Mark]:
    """A bar for every hour: how many were called, and how many of them were reached."""
    found = []
    for place, (hour, count) in enumerate(held.hours.items()):
        said = _("{hour}, {calls}").format(hour=hour_said(hour), calls=calls_said(count))
        percent = _("{percent} %").format(percent=count.percent)
        found.append(Mark(Chosen("hour", hour), (place, 0), f"{hour}", percent, said, count.calls, count.reached,
                          more=f"{count.calls}"))  # fmt: skip
    return found


def lines(part: str, held: Sequence[Line]) -> list[Mark]:
    """A lying bar for each operator, list, result or zone."""
    found = []
    for place, line in enumerate(held[:MOST_LINES]):
        count = line.counted
        said = _("{what}, {calls}").format(what=line.label, calls=calls_said(count))
        percent = _("{percent} %\u00a0reached").format(percent=count.percent)
        found.append(Mark(Chosen(part, line.key), (0, place), line.label, f"{count.calls:,}", said, count.calls,
                          count.reached, more=percent))  # fmt: skip
    return found


def way(held: Way) -> list[Mark]:
    """From call to order, step under step, with how many go on."""
    found: list[Mark] = []
    before = 0
    for place, (key, name, many) in enumerate(steps(held)):
        on = _("{percent} %\u00a0go on").format(percent=round(100 * many / before)) if before and place else ""
        leads = ngettext("{count:,} lead", "{count:,} leads", many).format(count=many)
        said = " · ".join(part for part in (name, leads, on) if part)
        meaning = "done" if key == "won" else ""
        found.append(Mark(Chosen("way", key), (0, place), name, f"{many:,}", said, many, meaning=meaning, more=on))
        before = many
    return found
