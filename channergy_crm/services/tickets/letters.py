"""A mail about a ticket out of a template: its text, and what is known of the ticket (VT-180, VT-188)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.records import Ticket
from channergy_crm.records.lookups import describe
from channergy_crm.records.templates import TemplateKind
from channergy_crm.services import templates
from channergy_crm.services.mail import bodies
from channergy_crm.services.tickets import keeping, mails
from channergy_crm.text.placeholders import OPENS

if TYPE_CHECKING:
    from channergy_crm.records import Template


def offered(by: str) -> list[Template]:
    """The templates of mails this operator may begin with."""
    return templates.of_kind(TemplateKind.MAIL.value, by)


def merged(number: int, template: int | None, by: str) -> tuple[str, str]:
    """Subject and text of a mail about a ticket. The number in the subject brings an answer back to the ticket; what
    somebody typed into it is no field of a template and no markup.
    """
    held = keeping.require(number, by, "see")
    row = next((each for each in offered(by) if each.number == template), None)
    about = _plain(mails.subject(held))
    subject = f"[#{held.number}] {row.subject}" if row is not None and row.subject else about
    parts = [row.body or ""] if row is not None else []
    return subject, "\n\n".join([*parts, *_told(held)])


def _told(held: Ticket) -> list[str]:
    status = describe(Ticket.kind("status"), held.status or "")
    head = [_("Ticket {number}: {title}").format(number=held.number, title=held.title), status]
    texts = [held.description or "", held.solution or ""]
    return [bodies.escaped(_plain(text)) for text in (" · ".join(filter(None, head)), *texts) if text.strip()]


def _plain(text: str) -> str:
    return text.replace(OPENS, " ".join(OPENS))
