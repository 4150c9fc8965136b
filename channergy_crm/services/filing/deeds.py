"""Filing a mail with a person, and taking it away again; each is one step that can be undone (BX-14).

Whoever may change the record files mails there and takes them away. A mail is filed once only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import Document, FiledMail, Lead, Ticket
from channergy_crm.records.filed_mails import (
    IN,
    LONGEST_ADDRESSES,
    LONGEST_SUBJECT,
    LONGEST_TEXT,
    OUT,
    Seen,
)
from channergy_crm.services import areas, documents, leads, rights
from channergy_crm.services.campaigns import becoming
from channergy_crm.services.filing import tickets, watched, whom
from channergy_crm.services.filing.mails import written
from channergy_crm.services.rights import Program

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from channergy_crm.services.contents import Tell
    from channergy_crm.services.filing.mails import Mail
    from channergy_crm.services.filing.watched import Place
    from channergy_crm.services.filing.whom import Proposal
    from channergy_crm.work.record import Record

MOST_FILES = 50


class Wanted(NamedTuple):
    """A mail that is to be filed: with which record, or, without one, with a lead that holds these values."""

    mail: Mail
    record: type[Record] | None = None
    key: object = None
    values: Mapping[str, object] = {}
    proposal: Proposal | None = None
    place: Place | None = None


class Filed(NamedTuple):
    """The mails that were filed, how many were there before, and the unit that did it."""

    mails: list[FiledMail]
    before: int
    unit: int | None


def _nobody(done: int, total: int, text: str) -> None:
    """Where nobody wants to know how far it is."""


def file(
    mail: Mail, record: type[Record], key: object, by: str, *, proposal: Proposal | None = None,
    place: Place | None = None,
) -> FiledMail:  # fmt: skip
    """File a mail with a record, its files among the record's documents. `Mistake` where it is filed already. Whoever
    answers with it a mail of a campaign has responded (VT-141); a program that answers has not.

    `place` is where it lies in the watched folder: that it is filed is put down in the same step.
    """
    held = documents.subject(record, key, by, "edit")
    found = proposal or whom.look([mail], by)[0]
    with work.unit("File an e-mail with {name}", by=by, name=held.caption()):
        _require_new(mail)
        filed = _row(mail, held, found, by)
        ticket = _ticket(mail, found, by)
        kept = _keep_files(mail, ticket or held, by)
        filed.files = ",".join(map(str, kept))
        filed.save()
        if ticket is not None:
            tickets.take(mail, ticket, by, kept)
        if filed.answers is not None:
            becoming.responded(filed.answers, (held._meta.table_name, str(held.key)), (mail.sent or clock.now()).date())
        if place is not None:
            watched.put_down(place, mail.hash, Seen.FILED)
    return filed


def file_as_lead(
    mail: Mail, values: Mapping[str, object], by: str, *, proposal: Proposal | None = None, place: Place | None = None
) -> FiledMail:
    """Make a lead with these values and file the mail with it, in one step."""
    rights.require(by, "create", Lead)
    with work.unit("Make a lead of an e-mail", by=by):
        _require_new(mail)
        lead = leads.create(dict(values), by)
        return file(mail, Lead, lead.number, by, proposal=proposal, place=place)


def file_all(wanted: Sequence[Wanted], by: str, tell: Tell = _nobody) -> Filed:
    """File several mails in one step. What is filed already is passed over; `tell` is told how far it is, and what it
    raises ends it: then nothing is filed.
    """
    rights.require(by, "see")
    mails, before = list[FiledMail](), 0
    with work.unit("File e-mails", by=by) as unit:
        for done, each in enumerate(wanted):
            tell(done, len(wanted), _("Filing mails"))
            try:
                mails.append(_file_one(each, by))
            except AlreadyFiled:
                before += 1
    return Filed(mails, before, unit.number if mails else None)


def _file_one(each: Wanted, by: str) -> FiledMail:
    if each.record is None:
        return file_as_lead(each.mail, each.values, by, proposal=each.proposal, place=each.place)
    return file(each.mail, each.record, each.key, by, proposal=each.proposal, place=each.place)


def remove(number: int, by: str) -> None:
    """Take a filed mail away, and the files that came with it; undo brings all of it back."""
    filed, held = found(number, by, "edit")
    with work.unit("Take an e-mail of {name} away", by=by, name=held.caption()):
        for document in files(filed):
            documents.take_away(document, held, by, N_("Remove a document of {name}"))
        filed.delete_instance()


def found(number: int, by: str, deed: str = "see") -> tuple[FiledMail, Record]:
    """A filed mail and the record it stands at, for whoever may see that, or do that to it."""
    rights.require(by, "see")
    filed = FiledMail.find(number)
    if filed is None:
        raise Mistake(_("That e-mail is not filed here any more."))
    record = areas.every_table().get(filed.table or "")
    if record is None:
        raise Mistake(_("The record of that e-mail is not there any more."))
    return filed, documents.subject(record, filed.of, by, deed)


def files(filed: FiledMail) -> list[Document]:
    """The documents that came with a mail and are still where it stands."""
    numbers = [int(each) for each in (filed.files or "").split(",") if each.isdigit()]
    here = (Document.table == filed.table) & (Document.of == filed.of)
    here |= Document.table == Ticket._meta.table_name  # it answered us about a ticket
    return list(Document.select().where(Document.number.in_(numbers) & here)) if numbers else []


def _require_new(mail: Mail) -> None:
    there = FiledMail.get_or_none(FiledMail.message_id == mail.message_id)
    if there is not None:
        raise AlreadyFiled(int(there.number))


class AlreadyFiled(Mistake):
    """The mail stands in the office already, under this number."""

    def __init__(self, number: int) -> None:
        super().__init__(_("This e-mail is filed already."))
        self.number = number


def _row(mail: Mail, held: Record, proposal: Proposal, by: str) -> FiledMail:
    return FiledMail(
        message_id=mail.message_id, table=held._meta.table_name, of=str(held.key),
        direction=OUT if proposal.out else IN, sender=written((mail.sender,))[:LONGEST_ADDRESSES],
        to=written((*mail.to, *mail.cc))[:LONGEST_ADDRESSES], subject=mail.subject[:LONGEST_SUBJECT],
        sent=mail.sent or clock.now(), text=mail.text[:LONGEST_TEXT],
        answers=None if mail.is_automatic else proposal.answers,
        by=None if isinstance(by, Program) else by, created=clock.now(),
    )  # fmt: skip


def _ticket(mail: Mail, found: Proposal, by: str) -> Ticket | None:
    """The ticket the customer answers us about, where this one may write at it: there stand the words and the files."""
    ticket = tickets.ticket_of(mail, found.answers) if not found.out else None
    return ticket if ticket is not None and rights.may(by, "edit", ticket) is None else None


def _keep_files(mail: Mail, held: Record, by: str) -> list[int]:
    """The files of a mail as documents; one that is too large for a document here stays out."""
    most, kept = documents.most(by), list[int]()
    note = _("Came with the e-mail “{subject}”.").format(subject=mail.subject[:LONGEST_SUBJECT])
    for each in mail.attached[:MOST_FILES]:
        if each.data and len(each.data) <= most:
            made: Any = documents.keep(held, each.data, by, N_("Add a document to {name}"), name=each.name, note=note)
            kept.append(int(made.number))
    return kept
