"""Mails about tickets: our answers, and how it stands with what was asked (VT-173). They go like any other mail."""

from __future__ import annotations

import peewee

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import Contact, Ticket, TicketComment
from channergy_crm.records.lookups import describe
from channergy_crm.records.messages import EMAIL
from channergy_crm.records.privacy import Channel
from channergy_crm.records.tickets import TicketNewsRow
from channergy_crm.services import messages, office, rights
from channergy_crm.services.mail import accounts, bodies, making
from channergy_crm.services.privacy import optouts
from channergy_crm.services.rights import Program
from channergy_crm.settings import OFFICE_NAME, TICKET_TELLS
from channergy_crm.store import database
from channergy_crm.text.links import mail_address

TOGETHER = 200
"""tickets looked at in one round"""


def key(comment: int) -> str:
    """What the mail of a comment is called among the batches."""
    return f"ticket-comment-{comment}"


def address(ticket: Ticket) -> str:
    """Where the contact of a ticket is written to; "" where that is nowhere."""
    number = ticket.__data__.get("contact")
    contact = Contact.find(number) if number is not None else None
    return mail_address(contact.email or "") if contact is not None else ""


def why_not(ticket: Ticket) -> str | None:
    """Why nothing about this ticket goes by mail, in a sentence; None where it does."""
    number = ticket.__data__.get("contact")
    contact = Contact.find(number) if number is not None else None
    if contact is None:
        return _("No contact is named: nothing goes by mail.")
    if ticket.quiet:
        return _("No mails about this ticket are wanted.")
    if not (to := mail_address(contact.email or "")):
        return _("{name} has no e-mail address.").format(name=contact.caption())
    if contact.email_opt_out or optouts.refuses(Channel.EMAIL, to, Program.ITSELF):
        return _("{name} wants no e-mail.").format(name=contact.caption())
    if not accounts.is_set_up():
        return _("The office sends no e-mail yet: Settings › E-mail.")
    return None


def subject(ticket: Ticket) -> str:
    """What such a mail is about: by its number an answer finds back to the ticket."""
    return _("[#{number}] {title}").format(number=ticket.number, title=ticket.title)


def answer(ticket: Ticket, comment: TicketComment, by: str) -> None:
    """Put the mail of an answer down, within the unit it was written in; it tells the stage along with it."""
    name = office.get(OFFICE_NAME, Program.ITSELF)
    foot = _("Ticket #{number} · {status} · {office}")
    foot = foot.format(number=ticket.number, status=describe(Ticket.kind("status"), ticket.status or ""), office=name)
    _put(key(comment.number), ticket, f"{bodies.escaped(comment.text or '')}\n\n{bodies.escaped(foot)}", by)
    _keep(ticket)


def _put(batch: str, ticket: Ticket, body: str, by: str) -> None:
    sender, about = accounts.account(password=False).sender, subject(ticket)
    contact = ticket.__data__.get("contact")
    head = {"channel": EMAIL, "template": body, "by": by, "made": clock.now(), "subject": about}
    row = making.row(batch, Contact._meta.table_name, contact, address(ticket), about, bodies.plain(body),
                     bodies.html(body), sender, by)  # fmt: skip
    messages.put_down(batch, head, making.COLUMNS, [row])


# ---------------------------------------------------------------- stages


def is_wanted() -> bool:
    """Whether any ticket has reached a stage its customer was not told of."""
    return bool(_untold().exists())


def tell(by: Program) -> int:
    """Tell the customers of the stages their tickets have reached since; how many mails. A ticket that is new says
    nothing, and one nobody may be written about counts as told.
    """
    rights.require(by, "see", Ticket)
    sent = 0
    for ticket in list(_untold().limit(TOGETHER)):
        was = TicketNewsRow.get_or_none(TicketNewsRow.ticket == ticket.number)
        with database.writing(), database.proxy.obj.atomic():
            if was is not None and office.get(TICKET_TELLS, by) == "on" and why_not(ticket) is None:
                _put(f"ticket-{ticket.number}-{was.status[:10]}-{clock.now():%d%H%M%S}", ticket, _stage(ticket), by)
                sent += 1
            _keep(ticket)
    return sent


def _untold() -> peewee.ModelSelect[Ticket]:
    known = (TicketNewsRow.ticket == Ticket.number) & (TicketNewsRow.status == peewee.fn.COALESCE(Ticket.status, ""))
    return Ticket.select().where(~peewee.fn.EXISTS(TicketNewsRow.select(TicketNewsRow.ticket).where(known)))


def _stage(ticket: Ticket) -> str:
    status = describe(Ticket.kind("status"), ticket.status or "")
    said = [
        _("Your request “{title}” (#{number}) is now: {status}.").format(
            title=bodies.escaped(ticket.title or ""), number=ticket.number, status=bodies.escaped(status)
        )
    ]
    if ticket.closed and ticket.solution:
        said += [bodies.escaped(ticket.solution)]
    said += [bodies.escaped(office.get(OFFICE_NAME, Program.ITSELF))]
    return "\n\n".join(said)


def _keep(*tickets: Ticket) -> None:
    """These customers know the stage by now."""
    for ticket in tickets:
        row = {"ticket": ticket.number, "status": ticket.status or ""}
        query = TicketNewsRow.insert(**row).on_conflict(
            conflict_target=[TicketNewsRow.ticket], update={TicketNewsRow.status: row["status"]}
        )
        query.execute()
