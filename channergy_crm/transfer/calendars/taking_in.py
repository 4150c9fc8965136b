"""Events of a calendar file become tasks of whoever takes them in, or change the reminders they are of (SI-31).

An event is known by what its calendar calls it: what went out of this office comes back to its record, and what came in
before changes its task. One step, with one undo.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from channergy_crm import clock, work
from channergy_crm.errors import CRMError
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import Account, Contact, Lead, Task
from channergy_crm.services import accounts, office, rights, saving, tasks
from channergy_crm.services.calendar import making
from channergy_crm.settings import OFFICE_ID
from channergy_crm.text import series
from channergy_crm.transfer.calendars import people, reading
from channergy_crm.transfer.calendars.events import told, wall
from channergy_crm.transfer.calendars.writing import LASTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from channergy_crm.services.calendar.making import Person
    from channergy_crm.transfer.calendars.reading import Read

    Step = Callable[[int, int, str], object]

R = TypeVar("R", Task, Lead)
TITLE_LIMIT = PLACE_LIMIT = 250
OURS = re.compile(r"(?P<table>\w+)-(?P<key>\d+)@(?P<office>.+)")
SAID_AT_MOST = 3
DONE = {
    "made": (N_("Event made: {name}."), N_("{count:,} events made.")),
    "changed": (N_("Changed by the file: {name}."), N_("{count:,} changed by the file.")),
    "ended": (N_("Ended by the file: {name}."), N_("{count:,} ended by the file.")),
    "same": (N_("{name} is here already, unchanged."), N_("{count:,} are here already, unchanged.")),
}


@dataclass
class Taken:
    """What became of the events of a file."""

    did: dict[str, list[str]] = field(default_factory=lambda: {what: [] for what in DONE})
    """made, changed, ended, or the same before: what these are called"""
    left_out: list[str] = field(default_factory=list)
    """a sentence for each event that was not taken in"""
    remarks: list[str] = field(default_factory=list)
    """a sentence for each that was taken in otherwise than it stood there"""
    records: list[Task | Lead] = field(default_factory=list)
    """those that were made or changed"""
    unit: int = 0
    """the step that Undo takes back; 0 where nothing was written"""

    def sentences(self) -> list[str]:
        """What is to be said about it."""
        said = []
        for what, names in self.did.items():
            one, several = DONE[what]
            if names:
                said.append(_(one).format(name=names[0]) if len(names) == 1 else _(several).format(count=len(names)))
        if len(self.left_out) > SAID_AT_MOST:
            out = ngettext("{count:,} left out, such as: {reason}", "{count:,} left out, such as: {reason}",
                           len(self.left_out))  # fmt: skip
            said.append(out.format(count=len(self.left_out), reason=self.left_out[0]))
        else:
            said += [_("Left out: {reason}").format(reason=reason) for reason in self.left_out]
        return said + self.remarks[:SAID_AT_MOST]


def take_in(path: Path, by: str, progress: Step | None = None) -> Taken:
    """Take the events of a calendar file in; what was made, changed, left out and why. All or nothing is written."""
    rights.require(by, "see", Task)
    hangs, today = wall(by), clock.today()
    contents = reading.read(path, hangs.zone, today)
    events = _apart(contents.events)
    taken = Taken(left_out=list(contents.unread))
    with work.unit("Take in {file}", by=by, file=path.name) as unit:
        for place, event in enumerate(events):
            if progress is not None and not place % 20:
                progress(place, len(events), _("Taking in events"))
            _take(event, len(contents.events) == 1, taken, by)
    taken.unit = unit.number
    return taken


def _apart(events: Sequence[Read]) -> list[Read]:
    """The events, and the single ones of those that come again that stand elsewhere: each by itself, and the day it was
    planned for is left out of its series.
    """
    whole = {each.uid: each for each in events if each.put_off is None}
    alone = [each._replace(put_off=None) for each in events if each.put_off is not None and each.uid not in whole]
    others = [each for each in events if each.put_off is None and whole[each.uid] is not each]
    for each in sorted((each for each in events if each.put_off is not None), key=lambda each: str(each.put_off)):
        if (of := whole.get(each.uid)) is not None and each.put_off is not None and of.day is not None:
            if not of.repeats or each.put_off < of.day:
                continue
            if each.put_off == of.day and each.at == of.at and not each.ended:
                whole[each.uid] = of._replace(day=each.day, put_off=of.day)  # the next one, put off: it goes on by rule
                continue
            whole[each.uid] = _without(of, each.put_off)
            if not each.ended:
                alone.append(each._replace(uid=f"{each.uid}#{each.put_off:%Y%m%d}", put_off=None))
    return [*whole.values(), *others, *alone]


def _without(event: Read, day: date) -> Read:
    """A series without one of its days; where nothing follows it is over."""
    but = event.left_out | {day}
    if event.put_off is not None or day != event.day:
        return event._replace(left_out=but)
    found = series.following(event.repeats, day, day, but)
    if found is None:
        return event._replace(repeats="", ended="done", left_out=frozenset())
    return event._replace(day=found[0], repeats=found[1], left_out=frozenset(each for each in but if each > found[0]))


def _take(event: Read, alone: bool, taken: Taken, by: str) -> None:
    """One event; what cannot be done with it is said, and the others are taken in all the same."""
    try:
        held = _known(event, by)
        if held is None:
            _make(event, alone, taken, by)
        elif isinstance(held, Lead):
            _change_lead(held, event, taken, by)
        else:
            _change_task(held, event, taken, by)
    except CRMError as error:
        taken.left_out.append(_("“{name}”: {reason}").format(name=event.title, reason=error.message))


def _known(event: Read, by: str) -> Task | Lead | None:
    """The record this event is of."""
    ours = OURS.fullmatch(event.uid)
    if ours and ours["office"] == office.get(OFFICE_ID, by):
        record = {each._meta.table_name: each for each in (Task, Lead)}.get(ours["table"])
        held = record.find(int(ours["key"])) if record is not None and len(ours["key"]) < 16 else None
        if held is not None:
            rights.require(by, "see", held)
        return held
    if not event.uid:
        return None
    same = list(rights.rows(Task, by).where((Task.calendar_uid == event.uid) & Task.is_crm).order_by(Task.number))
    return next((task for task in same if task.owner == by), None)


# ---------------------------------------------------------------- what is new


def _make(event: Read, alone: bool, taken: Taken, by: str) -> None:
    if event.ended:
        why = _("“{name}” is over or was cancelled, and does not stand here.")
        taken.left_out.append(why.format(name=event.title))
    elif not alone and event.is_over(clock.today()):
        taken.left_out.append(_("“{name}” is over.").format(name=event.title))
    else:
        account, lead = _about(event, by)
        task = accounts.start_task(by, account=account, lead=lead)
        invited, event = _guests(event, by)
        _fill(task, event)
        task.calendar_uid = event.uid[:500]
        making.save(task, invited, by)
        _note(task, event, "made", taken)


def _guests(event: Read, by: str) -> tuple[list[Person], Read]:
    """Who of those who take part is known here; the others are told with the event."""
    known = people.those_with((each.email for each in event.guests), by)
    strangers = [each for each in event.guests if each.email not in known]
    if not strangers:
        return list(known.values()), event
    told = ", ".join(f"{each.name} <{each.email}>" if each.name else each.email for each in strangers)
    said = _("Guests: {people}").format(people=told)
    return list(known.values()), event._replace(more="\n".join(filter(None, (event.more, said))))


def _about(event: Read, by: str) -> tuple[Account | None, Lead | None]:
    """The one account, or the one lead, whose e-mail address stands among those who take part."""
    if not event.people:
        return None, None
    customers = [each.customer for each in _with(Contact, event.people, by)]
    mine = Account.kind("email").is_one_of(event.people) | Account.customer.in_(customers)
    found = list(rights.rows(Account, by).where(mine).limit(2)) if rights.may(by, "see", Account) is None else []
    if found:
        return (found[0] if len(found) == 1 else None), None
    leads = [lead for lead in _with(Lead, event.people, by) if not (lead.removed or lead.converted)]
    return None, (leads[0] if len(leads) == 1 else None)


def _with(record: type[Any], people: Sequence[str], by: str) -> list[Any]:
    """Those of these records, as far as they are shown to this one, whose e-mail address is among these."""
    if rights.may(by, "see", record) is not None:
        return []
    return list(rights.rows(record, by).where(record.kind("email").is_one_of(people)).limit(20))


def _fill(task: Task, event: Read) -> None:
    task.action, notes = event.title[:TITLE_LIMIT], event.said()
    if len(event.title) > TITLE_LIMIT:
        notes = f"{event.title}\n{notes}"
    task.notes = _joined(task.notes, notes)
    task.place, task.minutes, task.activity = event.place[:PLACE_LIMIT], event.minutes or None, event.kind
    _set_day(task, event)


def _set_day(task: Task, event: Read) -> None:
    planned = (event.put_off or event.day) if event.repeats else None
    if not _goes_on_as(task, event):
        task.repeats = event.repeats
    elif not event.repeats:
        planned = task.planned_on
    but = series.left_out(task.left_out or "")
    if event.repeats and event.left_out != {day for day in but if planned is not None and day > planned}:
        task.left_out = series.kept(event.left_out)
    for name, value in (("reminder_date", event.day), ("reminder_time", event.at), ("planned_on", planned)):
        if getattr(task, name) != value:
            setattr(task, name, value)


def _goes_on_as(task: Task, event: Read) -> bool:
    """Whether it comes again as it does here: a calendar writes the last day of short months otherwise, and knows
    nothing of what counts from when it was done.
    """
    held, begun = task.repeats or "", task.planned_on or task.reminder_date
    if held == event.repeats or not held or begun is None:
        return held == event.repeats
    if not event.repeats:
        return not task.calendar_uid and not (series.is_by_rule(held) and series.falls_on(held, begun))
    return event.repeats == series.with_last_days(held, begun)


def _joined(held: str | None, new: str) -> str:
    """Nothing of what stood there is lost, and nothing stands there twice."""
    before = held or ""
    if not new or new in before:
        return before
    return new if before in new else f"{before}\n\n{new}"


# ---------------------------------------------------------------- what stands here already


def _change_task(task: Task, event: Read, taken: Taken, by: str) -> None:
    if _is_older(task, event, taken):
        return
    if task.closed and not event.ended:
        taken.left_out.append(_("“{name}” is closed here.").format(name=task.caption()))
    elif task.closed:
        taken.did["same"].append(task.caption())
    elif event.ended:
        _end(task, event, by)
        _note(task, event, "ended", taken)
    else:
        invited, event = _guests(event, by)
        _take_words(task, event, by)
        _set_day(task, event)
        _save(task, event, taken, partial(_written, invited=invited), by)


def _written(task: Task, by: str, invited: Sequence[Person]) -> Task:
    """Who is invited here stays so; who came with the file comes along."""
    there = [each.person for each in making.guests_of(task.number, by)]
    new = [each for each in invited if each not in there]
    return making.save(task, [*there, *new] if new else None, by)


def _take_words(task: Task, event: Read, by: str) -> None:
    """What it is called and what is said about it, where that is not what went out of here."""
    went_out = told([task], by)[0]
    if event.title != went_out.title:
        behind = went_out.title.removeprefix(task.caption())
        task.action = (event.title.removesuffix(behind) or event.title)[:TITLE_LIMIT]
    if event.place and event.place != went_out.place:
        task.place = event.place[:PLACE_LIMIT]
    if event.minutes != went_out.minutes and (went_out.minutes or event.minutes != LASTS.total_seconds() // 60):
        task.minutes = event.minutes or None
    notes = event.said() if task.calendar_uid else event.notes
    if notes != went_out.about:
        head = went_out.about.partition("\n")[0] if went_out.about != task.notes else ""
        task.notes = _joined(task.notes, notes.removeprefix(head).strip())


def _end(task: Task, event: Read, by: str) -> None:
    """What is done is closed, and what comes again comes again; what was cancelled does not."""
    if event.ended == "cancelled" and task.repeats:
        task.repeats = ""
    task.closed = True
    tasks.save(task, by)


def _change_lead(lead: Lead, event: Read, taken: Taken, by: str) -> None:
    """Only its reminder: what it is called is the lead's own."""
    if _is_older(lead, event, taken):
        return
    day, at = (None, None) if event.ended else (event.day, event.at)
    if lead.reminder_date != day:
        lead.reminder_date = day
    if lead.reminder_time != at:
        lead.reminder_time = at
    _save(lead, event, taken, saving.save, by)


def _save(record: R, event: Read, taken: Taken, write: Callable[[R, str], object], by: str) -> None:
    if not record.changes():
        taken.did["same"].append(record.caption())
        return
    write(record, by)
    _note(record, event, "ended" if event.ended else "changed", taken)


def _is_older(record: Task | Lead, event: Read, taken: Taken) -> bool:
    """What went out of here and was changed here since is older than what stands here."""
    brought = isinstance(record, Task) and record.calendar_uid
    older = not brought and event.sequence < (record.version or 1) - 1
    if older:
        why = _("“{name}” was changed here since this file was written.")
        taken.left_out.append(why.format(name=record.caption()))
    return bool(older)


def _note(record: Task | Lead, event: Read, what: str, taken: Taken) -> None:
    taken.did[what].append(record.caption())
    taken.records.append(record)
    if event.remark:
        taken.remarks.append(event.remark)
