"""Which rights tickets and the answers to what is asked often need (VT-172…VT-193)."""

from __future__ import annotations

from datetime import date
from typing import Any

from channergy_crm.records import FAQ, Ticket
from channergy_crm.records.tickets import CameBy
from channergy_crm.services.filing.mails import Mail
from channergy_crm.services.tickets.figures import Line, Support
from channergy_crm.settings import TICKET_ANSWER_HOURS

PURE = {
    "services.tickets.mails": "key subject",
    "services.tickets.figures": "titles rows",
    "services.tickets.limits": "next_limit",
}
PARTS = {
    "services.tickets.keeping": "account_of",
    "services.tickets.comments": "attach",
    "services.tickets.mails": "answer",
    "services.filing.tickets": "ticket_of",
    "services.timeline.support": "tell_opened tell_closed tell_said",
}
OFFICE = {
    "services.tickets.limits": "usual_priority hours how warn_minutes",
    "services.tickets.mails": "is_wanted why_not address",
    "services.tickets.warning": "is_wanted",
}
NEEDS = (
    " tickets.letters.offered tickets.letters.merged tickets.keeping.same_product tickets.keeping.counts faq.count"
    " home.own_tickets.office_has_some home.own_tickets.there_are_answers filing.tickets.take"
    " tickets.keeping.start tickets.keeping.save tickets.keeping.require tickets.comments.of tickets.comments.say"
    " tickets.comments.came_with tickets.calling.write transfer.exporting.support.export_support"
    " tickets.comments.from_customer tickets.deeds.take_over tickets.deeds.set_status tickets.deeds.close"
    " tickets.deeds.duplicate tickets.deeds.join tickets.deeds.to_faq tickets.figures.read tickets.mails.tell"
    " tickets.warning.warn faq.start faq.save faq.search faq.found_for faq.set_status "
)
"""whoever works here works on tickets; the program itself warns and tells"""
OTHERWISE = (
    " timeline.support.opened timeline.support.closed timeline.support.said home.own_tickets.own_tickets"
    " home.own_tickets.recent_answers"
)
"""only of those that may be seen: tested in test_tickets_seen.py"""
ARGUMENTS: dict[str, Any] = {
    "services.tickets.letters.merged.template": None,
    **{f"services.filing.tickets.{name}.mail": Mail("<a@b>", ("", "c@d.example")) for name in ("take", "ticket_of")},
    "services.filing.tickets.ticket_of.answers": None,
    "services.filing.tickets.take.ticket": Ticket(title="A lid", number=1),
    "services.faq.found_for.ticket": 1,
    "services.tickets.deeds.join.kept": 1,
    "services.faq.search.published": False,
    "services.tickets.mails.key.comment": 1,
    "services.tickets.comments.attach.comment": 1,
    "services.tickets.calling.write.ticket": 1,
    "services.tickets.calling.write.called": "contact",
    "services.tickets.keeping.account_of.contact": 1,
    "services.tickets.keeping.start.account": None,
    "services.tickets.keeping.start.contact": None,
    "services.tickets.limits.hours.setting": TICKET_ANSWER_HOURS,
    "services.faq.search.product": None,
    "services.tickets.keeping.start.product": None,
    "services.tickets.limits.next_limit.ticket": Ticket(title="A lid"),
    "services.tickets.limits.how.limit": None,
    **{
        f"services.tickets.{name}.ticket": Ticket(title="A lid", number=1)
        for name in ("mails.subject", "mails.answer", "mails.why_not", "mails.address")
    },
    **{f"services.tickets.comments.{name}.ticket": 1 for name in ("of", "say", "from_customer", "came_with", "attach")},
    "services.tickets.keeping.save.record": Ticket(title="A lid"),
    "services.faq.save.record": FAQ(question="Why?", answer="So."),
    "services.tickets.figures.rows.held": Support(Line(None, "", 0, 0, 0, 0), [], [], None),
    "transfer.exporting.support.export_support.first": date(2026, 1, 1),
    "transfer.exporting.support.export_support.last": date(2026, 12, 31),
    "services.tickets.figures.read.first": date(2026, 1, 1),
    "services.tickets.figures.read.last": date(2026, 12, 31),
}
USUAL: dict[str, Any] = {
    "only_theirs": False, "internal": False, "solves": False, "mailed": False, "answers": (), "solution": "Done.",
    "others": (2,), "came_by": CameBy.PORTAL, "whose": "",
}  # fmt: skip
