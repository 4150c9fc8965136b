"""What the page says of a rule: who has written it, what it would make, and what it has made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _, figures, many, ngettext
from channergy_crm.records.events import EventState
from ui.look.wording import day_in_words
from ui.pages.events import choices
from ui.widgets.summary import Fact

if TYPE_CHECKING:
    from channergy_crm.records.events import Event
    from channergy_crm.services.events.activating import Preview
    from channergy_crm.services.events.counts import Standing
    from channergy_crm.services.events.looking import Last


def line_under(event: Event) -> str:
    """Under the name: what it is for, who has written it, since when it is active or off."""
    writer = event.__data__.get("written_by") or ""
    said = [choices.capital(_(event.type)) if event.type else ""]
    if event.is_new:
        return " · ".join([*filter(None, said), _("not saved yet")])
    if writer:
        said.append(_("written by {operator}").format(operator=writer))
    if event.changed_on is None:
        said.append(_("never run"))
    else:
        since = _("active since {day}") if event.state == EventState.ACTIVE else _("off since {day}")
        said.append(since.format(day=day_in_words(event.changed_on.date(), inside=True)))
    return " · ".join(filter(None, said))


def last_run(last: Last) -> list[str]:
    """When the rules have looked last, what came of it, and when they look again."""
    day = day_in_words(last.when.date(), inside=True)
    found = [
        _("last run {day} {time:%H:%M}").format(day=day, time=last.when),
        ngettext("{count:,} follow-up made", "{count:,} follow-ups made", last.made).format(count=last.made),
    ]
    if last.more:
        return [*found, _("more are being made")]
    return [*found, *([_("next {time:%H:%M}").format(time=last.next)] if last.next is not None else [])]


def follow_ups(count: int) -> str:
    """So many follow-ups."""
    return ngettext("{count:,} follow-up", "{count:,} follow-ups", count).format(count=count)


def of_records(count: int, event: Event) -> str:
    """So many of the records it is about."""
    record = choices.record_of(event.table or "")
    if record is None:
        return ""
    return _("of {count} {records}").format(count=figures(count), records=many(record))


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
    return [first, _later(found), _who(event, found)]


def _later(found: Preview | None) -> Fact:
    if found is None or found.a_week is None:
        return Fact(_("Later"), "–", more=_("nothing to go by yet") if found is not None else "")
    said = ngettext("about {count:,} a week", "about {count:,} a week", found.a_week)
    return Fact(_("Later"), said.format(count=found.a_week) if found.a_week else _("hardly any"))


def _who(event: Event, found: Preview | None) -> Fact:
    most = event.most_a_day
    more = _("at most {count:,} a day each").format(count=most) if most else ""
    count = len(found.people) if found is not None else 0
    said = ngettext("{count:,} person", "{count:,} people", count).format(count=count)
    return Fact(_("Who gets them"), said if count else _(event.goes_to) if event.goes_to else "–", more=more)
