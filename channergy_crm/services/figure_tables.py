"""The figures of a period as one table: what goes onto paper and into a file (BX-23)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.figures import Count, Figures, Way
    from channergy_crm.services.pauses import Paused

Cells = tuple[str, str, int, int | None, int | None, int | None, int | None]
"""of what, which, calls, reached, % reached, sales, appointments"""


def titles() -> tuple[str, ...]:
    """The headings of its columns."""
    return _("Figures"), "", _("Calls"), _("Reached"), _("%\u00a0reached"), _("Sales"), _("Appointments")


def weekdays() -> list[str]:
    """Their names, Monday first."""
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


def hour_said(hour: int) -> str:
    """An hour of the day as people read it."""
    return _("{hour} o'clock").format(hour=hour)


def steps(way: Way) -> list[tuple[str, str, int]]:
    """From call to order: each step by its key, its name and how many leads came so far."""
    names = _("Leads"), _("Reached"), _("Opportunity"), _("Order")
    return list(zip(("leads", "reached", "opportunities", "won"), names, way, strict=True))


def rows(figures: Figures) -> list[Cells]:
    """All of it, part under part."""
    every = [_row(_("All calls"), "", figures.total)]
    parts = ((_("By result"), figures.results), (_("By operator"), figures.operators), (_("By list"), figures.lists),
             (_("By time zone"), figures.zones))  # fmt: skip
    every += [_row(title, line.label, line.counted) for title, lines in parts for line in lines]
    every += [_timed(_("By their hour"), hour_said(hour), count) for hour, count in figures.hours.items()]
    days = weekdays()
    every += [_timed(_("By weekday and their hour"), f"{days[day]} {hour_said(hour)}", count)
              for (day, hour), count in sorted(figures.cells.items())]  # fmt: skip
    every += [(_("From call to order"), name, many, None, None, None, None) for _key, name, many in steps(figures.way)]
    every += [(_("Pauses"), _paused(each), each.times, None, None, None, None) for each in figures.pauses]
    return every


def _paused(paused: Paused) -> str:
    return _("{reason}, {time}").format(reason=paused.label, time=lasting(paused.seconds))


def lasting(seconds: int) -> str:
    """How long something took, in hours and minutes."""
    hours, minutes = divmod(round(seconds / 60), 60)
    said = _("{hours} h {minutes} min") if hours else _("{minutes} min")
    return said.format(hours=hours, minutes=minutes)


def pauses_said(pauses: Sequence[Paused]) -> str:
    """The pauses in one sentence; "" when there were none."""
    if not pauses:
        return ""
    count = sum(each.times for each in pauses)
    said = ngettext("{count:,} pause, {time}: {each}.", "{count:,} pauses, {time} together: {each}.", count)
    time = lasting(sum(each.seconds for each in pauses))
    return said.format(count=count, time=time, each="; ".join(_paused(each) for each in pauses))


def _row(title: str, label: str, count: Count) -> Cells:
    return title, label, count.calls, count.reached, count.percent, count.sales, count.appointments


def _timed(title: str, label: str, count: Count) -> Cells:
    """When a call was made is not counted together with what it sold."""
    return title, label, count.calls, count.reached, count.percent, None, None
