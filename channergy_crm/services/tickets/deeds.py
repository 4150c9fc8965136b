"""What is done with tickets: taken over, closed, split, joined, made into an answer for everybody (VT-184…VT-190)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records import FAQ, Ticket, TicketComment
from channergy_crm.records.tickets import CLOSED, OPEN, WORKING
from channergy_crm.services import rights, saving
from channergy_crm.services.duplicates import merging, proposal
from channergy_crm.services.duplicates.proposal import JOINED
from channergy_crm.services.tickets import comments, keeping

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.duplicates.proposal import Side

COPIED = ("account", "contact", "product", "priority", "severity", "category", "came_by", "quiet", "owner")
"""what a part of a ticket has in common with the whole"""


def take_over(number: int, by: str) -> Ticket:
    """It is mine from now on, and I am at work on it."""
    held = keeping.require(number, by)
    with work.unit(N_("Take over {name}"), by=by, name=held.caption()):
        held.owner = by
        if held.status == OPEN:
            held.status = WORKING
        held.save()
    return held


def set_status(number: int, status: str, by: str) -> Ticket:
    """Bring a ticket to another stage (VT-190)."""
    held = keeping.require(number, by)
    held.status = status
    return keeping.save(held, by)


def close(number: int, solution: str, by: str) -> Ticket:
    """It is over; what solved it is kept, and told to the customer with an answer (VT-191)."""
    if solution.strip():
        comments.say(number, solution, by, status=CLOSED, solves=True)
        return keeping.require(number, by)
    return set_status(number, CLOSED, by)


def duplicate(number: int, by: str, title: str = "") -> Ticket:
    """A new ticket with the same head, for a part of what was asked (VT-185). Nothing that was said goes along but the
    description; both know of each other.
    """
    held = keeping.require(number, by, "see")
    rights.require(by, "create", Ticket)
    made = saving.start(Ticket, by)
    for name in COPIED:
        setattr(made, name, held.__data__[name])
    made.title = title.strip() or held.title
    made.description, made.split_from, made.status = held.description, held.number, OPEN
    note = _("Split from ticket #{number}: {title}").format(number=held.number, title=held.title)
    with work.unit(N_("Split {name}"), by=by, name=held.caption()):
        made.save()
        TicketComment(ticket=made.number, text=note, author=by, internal=True, said_on=clock.now()).save()
    return made


def join(kept: int, others: Sequence[int], by: str) -> Ticket:
    """Make one ticket of several: what was said about any of them stands in the one that is kept, in order, and so does
    all that hangs on them. One step of undo takes it back.
    """
    if not [each for each in others if each != kept]:
        raise Mistake(_("Choose at least two tickets to make one of."))
    held = keeping.require(kept, by)
    asked = proposal.propose(Ticket, [kept, *(each for each in others if each != kept)], by)
    place = next(place for place, record in enumerate(asked.records) if record.key == kept)
    choice = {side.name: _stays(side, place) for side in asked.sides if not side.settled}
    merging.merge(asked, place, choice, by)
    return keeping.require(held.number, by)


def _stays(side: Side, place: int) -> int:
    """Long texts stand one after the other; of the rest the one that is kept has its own, where it says something."""
    if side.joinable:
        return JOINED
    return place if side.values[place] not in (None, "") else side.proposed


def to_faq(number: int, by: str) -> FAQ:
    """An answer for everybody out of a ticket, as a draft that is not saved yet (VT-186): its title asks, its solution
    or the last answer answers. Who the customer is stays out of it.
    """
    held = keeping.require(number, by, "see")
    rights.require(by, "create", FAQ)
    made = saving.start(FAQ, by)
    made.question, made.category, made.product = held.title, held.category, held.__data__["product"]
    made.answer = held.solution or _last_answer(number)
    made.ticket = held.number
    return made


def _last_answer(number: int) -> str:
    ours = (TicketComment.ticket == number) & ~TicketComment.internal & TicketComment.author.is_null(False)
    last = TicketComment.select(TicketComment.text).where(ours).order_by(TicketComment.number.desc()).first()
    return last.text or "" if last is not None else ""
