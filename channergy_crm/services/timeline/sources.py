"""What a timeline is made of: each source is read from where a page ended, the newest first, a piece at a time."""

from __future__ import annotations

from datetime import datetime
from functools import partial, reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import peewee

from channergy_crm.language import _
from channergy_crm.records import Document, FiledMail, Note, PhoneCall, Task, lookups
from channergy_crm.records.call_log import Direction
from channergy_crm.records.filed_mails import OUT
from channergy_crm.records.messages import EMAIL, SMS, MessageRow, State
from channergy_crm.services import history, rights
from channergy_crm.services.answered import answered as answered_mails
from channergy_crm.services.documents import about as documents_about
from channergy_crm.services.filing import reading as filing
from channergy_crm.services.filing.mails import names
from channergy_crm.services.notes import about as notes_about
from channergy_crm.services.timeline.sales import OF_SALES
from channergy_crm.services.timeline.support import OF_TICKETS
from channergy_crm.work import ChangeRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, time

    from channergy_crm.services.timeline.subjects import Subjects

Kind = Literal[
    "call", "message", "mail", "filed", "task", "note", "document", "issued", "sent", "answered",
    "reminded", "paid", "ticket", "ticket_closed", "ticket_said", "change"
]  # fmt: skip
Place = tuple[Any, ...]
"""where a page of one source ended: the values its order is made of"""
NO_DAY = datetime(1970, 1, 1)
"""where what has no time stands: at the end"""


class Entry(NamedTuple):
    """One entry: of which kind, its number there, when it was, what it says, and who did it (an operator's ID).

    `title` is the first line. `note` is the text of a note, or what was noted on a call, a task or a document.
    `seconds` is the length of a call, None where nobody measured it. `where` is the record it stands at, where that is
    another one than the timeline's. `opens` is what it leads to: a table and a number. `step` is the change as the
    history tells it.
    """

    kind: Kind
    number: int
    at: datetime
    title: str
    note: str
    by: str
    place: Place
    seconds: int | None = None
    pinned: bool = False
    done: bool = False
    due: tuple[date, time | None] | None = None
    where: str = ""
    opens: tuple[str, object] | None = None
    step: history.Entry | None = None

    @property
    def said(self) -> str:
        """All its words, to look for some in them."""
        fields = " ".join(
            f"{one.kind.label} {one.kind.show(one.before)} {one.kind.show(one.after)}"
            for one in (self.step.fields if self.step is not None else ())
        )
        return f"{self.title} {self.note} {self.where} {self.by} {fields}"


class Source(NamedTuple):
    """How entries of one kind are read and counted."""

    read: Callable[[Subjects, str, Place | None, int], Iterator[Entry]]
    counted: Callable[[Subjects, str], int]


def _paged(
    query: Any, order: Sequence[Any], place: Place | None, piece: int, place_of: Callable[[Any], Place]
) -> Iterator[Any]:
    """The rows of a question from that place on, by two keys that both fall, a piece at a time."""
    first, second = order
    while True:
        older = query
        if place is not None:
            older = query.where((first < place[0]) | ((first == place[0]) & (second < place[1])))
        rows = list(older.order_by(first.desc(), second.desc()).limit(piece))
        yield from rows
        if len(rows) < piece:
            return
        place = place_of(rows[-1])


# ---------------------------------------------------------------- calls


def _calls(subjects: Subjects, by: str, *fields: object) -> Any:
    query = rights.rows(PhoneCall, by, *fields)
    return query.where(subjects.calls if subjects.calls is not None else PhoneCall.number.is_null())


def _read_calls(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    hidden = rights.hidden(PhoneCall, by)
    names = {choice.value: choice.description for choice in lookups.choices("CRMLeads", "CallCode")}
    order = (PhoneCall.started, PhoneCall.number)
    for call in _paged(_calls(subjects, by), order, place, piece, lambda call: (call.started, call.number)):
        result = "" if "code" in hidden else names.get(call.code or "", call.code or "")
        came_in = call.direction == Direction.IN
        said = _("Incoming call") if came_in else _("Call")
        if came_in and not call.code and "code" not in hidden:
            result = _("not taken here")
        where, opens = _stands(subjects, call)
        title = _("{call} · {result}").format(call=said, result=result) if result else said
        yield Entry(
            "call", call.number, call.started, title, "" if "note" in hidden else call.note or "", call.operator,
            (call.started, call.number), seconds=call.seconds if call.measured else None, where=where, opens=opens,
        )  # fmt: skip


def _count_calls(subjects: Subjects, by: str) -> int:
    return int(_calls(subjects, by, PhoneCall.number).count())


# ---------------------------------------------------------------- messages


def _messages(subjects: Subjects, channel: str = SMS) -> Any:
    """The condition for the messages of a channel to these records; what was called off was none."""
    keys: dict[str, list[str]] = {}
    for record, key in subjects.records:
        keys.setdefault(record._meta.table_name, []).append(str(key))
    theirs = [(MessageRow.table == table) & MessageRow.key.in_(held) for table, held in keys.items()]
    there = (MessageRow.channel == channel) & (MessageRow.state != State.CANCELLED.value)
    return reduce(or_, theirs) & there


def _read_messages(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    query = MessageRow.select().where(_messages(subjects))
    order = (MessageRow.made, MessageRow.number)
    for row in _paged(query, order, place, piece, lambda row: (row.made, row.number)):
        said = _("{channel} · {state}").format(channel="SMS", state=_(row.state))
        note = _("{text}\n{error}").format(text=row.text, error=row.error) if row.error else row.text
        yield Entry(
            "message", row.number, row.made, said, note, row.by, (row.made, row.number),
            where=subjects.name(row.table, row.key), opens=subjects.opened(row.table, row.key),
        )  # fmt: skip


def _count_messages(subjects: Subjects, by: str) -> int:
    return int(MessageRow.select().where(_messages(subjects)).count())


# ---------------------------------------------------------------- mails


def _read_mails(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    query = MessageRow.select().where(_messages(subjects, EMAIL))
    order = (MessageRow.made, MessageRow.number)
    answered = answered_mails(query.select(MessageRow.number).scalars(), by)
    for row in _paged(query, order, place, piece, lambda row: (row.made, row.number)):
        state = _("answered") if row.number in answered else _(row.state)
        said = _("E-mail · {state}: {subject}").format(state=state, subject=row.subject)
        note = _("{error}\n{text}").format(text=row.text, error=row.error) if row.error else row.text
        yield Entry(
            "mail", row.number, row.made, said, note, row.by, (row.made, row.number),
            where=subjects.name(row.table, row.key), opens=subjects.opened(row.table, row.key),
        )  # fmt: skip


def _count_mails(subjects: Subjects, by: str) -> int:
    return int(MessageRow.select().where(_messages(subjects, EMAIL)).count())


# ---------------------------------------------------------------- filed mails


def _read_filed(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    query = FiledMail.select().where(filing.about(subjects.records))
    order = (FiledMail.sent, FiledMail.number)
    for mail in _paged(query, order, place, piece, lambda mail: (mail.sent, mail.number)):
        said = _("E-mail to {to}: {subject}") if mail.direction == OUT else _("E-mail from {sender}: {subject}")
        title = said.format(to=names(mail.to), sender=names(mail.sender), subject=mail.subject)
        yield Entry(
            "filed", mail.number, mail.sent, title,
            mail.text or "", mail.__data__["by"] or "", (mail.sent, mail.number),
            where=subjects.name(mail.table, mail.of), opens=subjects.opened(mail.table, mail.of),
        )  # fmt: skip


def _count_filed(subjects: Subjects, by: str) -> int:
    return int(FiledMail.select().where(filing.about(subjects.records)).count())


# ---------------------------------------------------------------- tasks


def _tasks(subjects: Subjects, by: str, *fields: object) -> Any:
    query = rights.rows(Task, by, *fields).where(Task.is_crm)
    return query.where(subjects.tasks if subjects.tasks is not None else Task.number.is_null())


def _read_tasks(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    hidden = rights.hidden(Task, by)
    at: Any = peewee.fn.COALESCE(Task.closed_on, Task.created_on, NO_DAY)
    origin = Task.extras()["origin"]
    query = _tasks(subjects, by, Task, peewee.Alias(origin.expression, "origin"))
    for task in _paged(query, (at, Task.number), place, piece, _place_of_task):
        when = _place_of_task(task)[0]
        said = _("Task done: {action}") if task.closed else _("Task: {action}")
        due = None if task.closed or not task.reminder_date else (task.reminder_date, task.reminder_time)
        came: Any = origin.convert(getattr(task, "origin", None))
        note = "\n".join(filter(None, (came.in_a_line, "" if "notes" in hidden else task.notes)))
        yield Entry(
            "task", task.number, when, said.format(action=task.caption()), note.strip(), task.owner or "",
            _place_of_task(task), done=bool(task.closed), due=due, where=_stands(subjects, task)[0],
            opens=(Task._meta.table_name, task.number),
        )  # fmt: skip


def _place_of_task(task: Any) -> Place:
    return task.closed_on or task.created_on or NO_DAY, task.number


def _count_tasks(subjects: Subjects, by: str) -> int:
    return int(_tasks(subjects, by, Task.number).count())


# ---------------------------------------------------------------- notes


def _note(note: Any, subjects: Subjects) -> Entry:
    return Entry(
        "note", note.number, note.created, "", note.text, note.author, (note.created, note.number), pinned=note.pinned,
        where=subjects.name(note.table, note.of), opens=subjects.opened(note.table, note.of),
    )  # fmt: skip


def _read_notes(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    query = Note.select().where(notes_about(subjects.records) & ~Note.pinned)
    order = (Note.created, Note.number)
    for note in _paged(query, order, place, piece, lambda note: (note.created, note.number)):
        yield _note(note, subjects)


def _count_notes(subjects: Subjects, by: str) -> int:
    return int(Note.select().where(notes_about(subjects.records)).count())


def pinned(subjects: Subjects, by: str) -> list[Entry]:
    """The notes that are pinned on top, the newest first."""
    rights.require(by, "see")
    on_top = Note.select().where(notes_about(subjects.records) & Note.pinned)
    return [_note(note, subjects) for note in on_top.order_by(Note.created.desc(), Note.number.desc())]


# ---------------------------------------------------------------- documents


def _documents(subjects: Subjects) -> Any:
    return Document.select().where(documents_about(subjects.records) & Document.current.is_null())


def _read_documents(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    order = (Document.created, Document.number)
    for each in _paged(_documents(subjects), order, place, piece, lambda each: (each.created, each.number)):
        yield Entry(
            "document", each.number, each.created, each.caption(), each.note or "", each.__data__["author"] or "",
            (each.created, each.number), where=subjects.name(each.table, each.of),
            opens=(Document._meta.table_name, each.number),
        )  # fmt: skip


def _count_documents(subjects: Subjects, by: str) -> int:
    return int(_documents(subjects).count())


# ---------------------------------------------------------------- sales documents and tickets


OF_OTHERS: Mapping[str, Any] = {**OF_SALES, **OF_TICKETS}


def _read_sales(kind: Kind, subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    asked, told, order = OF_OTHERS[kind]
    for row in _paged(asked(subjects, by), order, place, piece, lambda row: told(row)[5]):
        number, at, title, note, whose, here, document = told(row)
        yield Entry(
            kind, number, at, title, note, whose, here, where=_stands(subjects, document)[0],
            opens=(document._meta.table_name, document.number),
        )  # fmt: skip


def _count_sales(kind: Kind, subjects: Subjects, by: str) -> int:
    return int(OF_OTHERS[kind][0](subjects, by).count())


def _of_sales(kind: Kind) -> Source:
    return Source(partial(_read_sales, kind), partial(_count_sales, kind))


# ---------------------------------------------------------------- changes


def _units(subjects: Subjects) -> Any:
    """The units that changed these records; one that wrote down a call is told as the call."""
    call = ChangeRow.alias()
    calls = call.select(peewee.SQL("1")).where(
        (call.unit == ChangeRow.unit) & (call.table == PhoneCall._meta.table_name)
    )
    return history.concerning(subjects.records) & ~peewee.fn.EXISTS(calls)


def _read_changes(subjects: Subjects, by: str, place: Place | None, piece: int) -> Iterator[Entry]:
    about = _units(subjects)
    while True:
        older = about if place is None else about & (ChangeRow.unit < place[0])
        asked: Any = ChangeRow.select(ChangeRow.unit).where(older).distinct().order_by(ChangeRow.unit.desc())
        numbers = [int(row[0]) for row in asked.limit(piece).tuples()]
        for step in history.told(numbers, subjects.records, by):
            yield Entry("change", step.unit, step.done, step.said, "", step.by, (step.unit,), step=step)
        if len(numbers) < piece:
            return
        place = (numbers[-1],)


def _count_changes(subjects: Subjects, by: str) -> int:
    counted = ChangeRow.select(peewee.fn.COUNT(ChangeRow.unit.distinct())).where(_units(subjects))
    return int(counted.scalar() or 0)


def _stands(subjects: Subjects, row: Any) -> tuple[str, tuple[str, object] | None]:
    """The record a call or a task stands at, where it is read along: what it is called and where it is opened."""
    links = sorted(row._meta.refs, key=lambda field: -row._meta.sorted_fields.index(field))
    for link in links:
        table, key = link.rel_model._meta.table_name, row.__data__.get(link.name)
        if key is not None and (name := subjects.name(table, key)):
            return name, subjects.opened(table, key)
    return "", None


SOURCES: Mapping[Kind, Source] = {
    "call": Source(_read_calls, _count_calls),
    "message": Source(_read_messages, _count_messages),
    "mail": Source(_read_mails, _count_mails),
    "filed": Source(_read_filed, _count_filed),
    "task": Source(_read_tasks, _count_tasks),
    "note": Source(_read_notes, _count_notes),
    "document": Source(_read_documents, _count_documents),
    "issued": _of_sales("issued"),
    "sent": _of_sales("sent"),
    "answered": _of_sales("answered"),
    "reminded": _of_sales("reminded"),
    "paid": _of_sales("paid"),
    "ticket": _of_sales("ticket"),
    "ticket_closed": _of_sales("ticket_closed"),
    "ticket_said": _of_sales("ticket_said"),
    "change": Source(_read_changes, _count_changes),
}
