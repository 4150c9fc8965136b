"""What is said about a ticket: answers to the customer, notes only for us, and what the customer writes (VT-191)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import FAQ, Contact, Document, Operator, Ticket, TicketComment
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.records.portal import PortalFile
from channergy_crm.records.ticket_limits import terms
from channergy_crm.records.tickets import CLOSED, LONGEST_TEXT, OPEN, WAITING, CameBy, CommentFile
from channergy_crm.services.tickets import keeping, mails
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    import peewee

    from channergy_crm.work.record import Record


AT_ONCE = timedelta(minutes=1)
"""so soon after it a file was sent along with a ticket"""


class Said(NamedTuple):
    """A comment as it is read: who said it, when, how it came or went ("" where nobody knows), and to whom."""

    number: int
    who: str
    by_customer: bool
    text: str
    when: datetime | None
    internal: bool
    solves: bool
    came_by: str
    mail: str
    """how it stands with the mail it went by: a `State`; "" where there is none"""
    files: Sequence[Document] = ()
    """what came with it, or was put beside it"""


def of(ticket: int, by: str, *, only_theirs: bool = False) -> list[Said]:
    """What was said, in the order in which it was said; what is only for us is left out for the customer."""
    keeping.require(ticket, by, "see")
    asked = TicketComment.select().where(TicketComment.ticket == ticket)
    if only_theirs:
        asked = asked.where(~TicketComment.internal)
    rows = list(asked.order_by(TicketComment.said_on, TicketComment.number))
    authors = _names(Operator, {row.__data__["author"] for row in rows})
    contacts = _names(Contact, {row.__data__["contact"] for row in rows})
    sent, files = _mails([row.number for row in rows]), _files(ticket)
    return [_read(row, authors, contacts, sent)._replace(files=files.get(row.number, ())) for row in rows]


def _read(row: TicketComment, authors: dict[object, str], contacts: dict[object, str], sent: dict[int, str]) -> Said:
    author, contact = row.__data__["author"], row.__data__["contact"]
    theirs = contact is not None and author is None
    who = contacts.get(contact, "") if theirs else authors.get(author, "")
    return Said(
        row.number, who or _("Customer") if theirs else who, theirs, row.words(), row.said_on, bool(row.internal),
        bool(row.solves), row.came_by or "", sent.get(row.number, ""),
    )  # fmt: skip


def _names(record: type[Record], wanted: Iterable[object]) -> dict[object, str]:
    keys = [each for each in wanted if each is not None]
    rows = record.select().where(key_field(record).in_(keys)) if keys else ()
    return {row.key: row.name if isinstance(row, Operator) else row.caption() for row in rows}


def _mails(numbers: list[int]) -> dict[int, str]:
    """How it stands with the mails these comments went by."""
    keys = {mails.key(number): number for number in numbers}
    rows = MessageRow.select(MessageRow.batch, MessageRow.state).where(MessageRow.batch.in_(list(keys))) if keys else ()
    return {keys[row.batch]: State(row.state).value for row in rows}


def _files(ticket: int) -> dict[int, list[Document]]:
    """The documents that still hang on a ticket, by the comment they came with."""
    found: dict[int, list[Document]] = {}
    asked: Any = Document.select(Document, CommentFile.comment.alias("said_with"))
    joined = asked.join(CommentFile, on=(CommentFile.document == Document.number), attr="came")
    for each in joined.where(_here(ticket)).order_by(Document.number).objects():
        found.setdefault(int(each.said_with), []).append(each)
    return found


def _here(ticket: int) -> peewee.ColumnBase:
    here: peewee.ColumnBase = (Document.table == Ticket._meta.table_name) & (Document.of == str(ticket))
    return here & Document.current.is_null()


def came_with(ticket: int, by: str) -> list[Document]:
    """The files a customer has sent in the portal when they opened a ticket: they belong to what it is about."""
    held = keeping.require(ticket, by, "see")
    if held.created_on is None:
        return []
    sent = PortalFile.select(PortalFile.document).where(PortalFile.ticket == ticket)
    told = CommentFile.select(CommentFile.document)
    begun = Document.created <= held.created_on + AT_ONCE
    asked = Document.select().where(_here(ticket) & begun & Document.number.in_(sent) & Document.number.not_in(told))
    return list(asked.order_by(Document.number))


def attach(comment: int, files: Sequence[int], ticket: int) -> None:
    """These documents of a ticket came with this comment (VT-193)."""
    there = Document.select(Document.number).where(_here(ticket) & Document.number.in_(list(files))) if files else ()
    rows = [{"document": each.number, "comment": comment} for each in there]
    if rows:
        with database.writing(), translated():
            CommentFile.insert_many(rows).on_conflict_ignore().execute()


def say(
    ticket: int,
    text: str,
    by: str,
    *,
    internal: bool = False,
    status: str = "",
    solves: bool = False,
    mailed: bool = True,
    answers: Sequence[int] = (),
    files: Sequence[int] = (),
) -> TicketComment:
    """Write down an answer, or a note only for us, and bring the ticket to a stage. An answer goes to the contact by
    mail where the office sends mail and nobody has asked for silence; one that solves becomes the
    solution. `answers` are the FAQ that were put into it, `files` the documents of the ticket that stand beside it.
    """
    held = keeping.require(ticket, by)
    comment = TicketComment(ticket=ticket, text=_readable(text), author=by, internal=internal, said_on=clock.now(),
                            solves=solves and not internal)  # fmt: skip
    name = N_("Note on {name}") if internal else N_("Answer {name}")
    with work.unit(name, by=by, name=held.caption()):
        comment.save()
        attach(comment.number, files, ticket)
        if internal:
            _turn(held, status)
        else:
            _answered(held, comment, status)
        held.save()
        _used(answers)
        if not internal and mailed and mails.why_not(held) is None:
            mails.answer(held, comment, by)
    return comment


def _used(answers: Sequence[int]) -> None:
    """These were put into an answer once more (VT-176)."""
    for each in FAQ.select().where(FAQ.number.in_(list(answers))) if answers else ():
        each.used, each.used_on = (each.used or 0) + 1, clock.now()
        each.save()


def _answered(held: Ticket, comment: TicketComment, status: str) -> None:
    """We have answered: nothing is waited for from us but the solution."""
    now = clock.now()
    held.answered_on, held.last_said, held.due = held.answered_on or now, now, None
    if comment.solves:
        held.solution = comment.text
    _turn(held, status or (CLOSED if comment.solves else ""))


def _turn(held: Ticket, status: str) -> None:
    if status and status != held.status:
        held.status = status


def from_customer(ticket: int, text: str, contact: int, by: str, came_by: CameBy = CameBy.PORTAL) -> TicketComment:
    """What the customer says: somebody has to answer again, and what was closed or waited for them is open again."""
    held = keeping.require(ticket, by)
    now = clock.now()
    comment = TicketComment(ticket=ticket, text=_readable(text), contact=contact, said_on=now, came_by=came_by.value)
    with work.unit("Comment on {name}", by=by, name=held.caption()):
        comment.save()
        held.last_said = now
        if held.status in (WAITING, CLOSED):
            held.status = OPEN
        held.due = terms().answered_by(held.priority, now)
        held.save()
    return comment


def _readable(text: str) -> str:
    said = text.strip()
    if not said:
        raise Mistake(_("Write something first."), "text")
    if len(said) > LONGEST_TEXT:
        raise Mistake(_("There are at most {count:,} letters.").format(count=LONGEST_TEXT), "text")
    return said
