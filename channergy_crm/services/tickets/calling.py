"""A call from a ticket stands in the call log of whom it was to, and at the ticket as a note only for us (VT-193)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm import work
from channergy_crm.language import N_, _
from channergy_crm.services import calls, calls_to
from channergy_crm.services.tickets import comments, keeping

if TYPE_CHECKING:
    from channergy_crm.records.call_log import Called
    from channergy_crm.services.calls import Call


def write(ticket: int, called: Called, call: Call, by: str) -> None:
    """Write down how a call about a ticket went, with what was noted in it; taken back in one step."""
    held = keeping.require(ticket, by)
    with work.unit(N_("Note the call about {name}"), by=by, name=held.caption()):
        calls_to.write(called, call, by)
        result = next((each.label for each in calls.results(by) if each.code == call.code), call.code)
        said = _("Call to {name}: {result}").format(name=called.caption(), result=result)
        comments.say(ticket, "\n".join([said, *([call.note.strip()] if call.note.strip() else [])]), by, internal=True)
