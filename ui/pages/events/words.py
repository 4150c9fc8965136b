"""What the page says of a rule: who has written it, what it would make, and what it has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, figures, ngettext
from channergy_crm.records.events import EventState
from ui.look.wording import day_in_words
from ui.pages.events import choices
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.records.events import Event
    from channergy_crm.services.events.activating import Preview
    from channergy_crm.services.events.counts import Standing


def line_under(event: Event, last: datetime | None) -> str:
    """Under the name: what it is for, who has written it, when it has looked last."""
    writer = event.__data__.get("written_by") or ""
    said = [choices.capital(_(event.type)) if event.type else ""]
    if event.is_new:
        said.append(_("not saved yet"))
    elif writer:
        said.append(_("written by {operator}").format(operator=writer))
    if last is not None:
        day = day_in_words(last.date(), inside=True)
        said.append(_("last run {day} {time:%H:%M}").format(day=day, time=last))
    elif not event.is_new:
        said.append(_("never run"))
    return " · ".join(filter(None, said))


def follow_ups(count: int) -> str:
    """So many follow-ups."""
    return ngettext("{count:,} follow-up", "{count:,} follow-ups", count).format(count=count)


def of_records(count: int, event: Event) -> str:
    """So many of the records it is about."""
    record = choices.record_of(event.table or "")
    if record is None:
        return ""
    return _("of {count} {records}").format(count=figures(count), records=record.plural)


def facts(event: Event, found: Preview | None, standing: Standing | None) -> list[Fact]:
    """The three facts over the form: what it would make now, or has made; how many later; who gets them."""
    if event.state == EventState.ACTIVE:
        held = standing.open if standing is not None else 0
        late = standing.late if standing is not None else 0
        waiting = standing.waiting if standing is not None else 0
        more = [ngettext("{count:,} late", "{count:,} late", late).format(count=late)] if late else []
        more += [_("{count:,} wait").format(count=waiting)] if waiting else []
        first = Fact(_("Open now"), follow_ups(held), "overdue" if late else "", " · ".join(more))
    elif found is None or found.why_not:
        first = Fact(_("If activated now"), "–" if found is None else _("nothing yet"))
    else:
        first = Fact(_("If activated now"), follow_ups(found.follow_ups), "", of_records(found.records, event))
    return [first, _later(found), _who(found)]


def _later(found: Preview | None) -> Fact:
    if found is None or found.a_week is None:
        return Fact(_("Later"), "–", more=_("nothing to go by yet") if found is not None else "")
    said = ngettext("about {count:,} a week", "about {count:,} a week", found.a_week)
    return Fact(_("Later"), said.format(count=found.a_week) if found.a_week else _("hardly any"))


def _who(found: Preview | None) -> Fact:
    if found is None or not found.people:
        return Fact(_("Who gets them"), "–")
    count = len(found.people)
    said = ngettext("{count:,} person", "{count:,} people", count).format(count=count)
    most = found.most_a_day
    more = _("at most {count:,} a day each").format(count=most) if most else ""
    return Fact(_("Who gets them"), said, more=more)
