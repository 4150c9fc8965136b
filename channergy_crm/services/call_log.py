"""The call log: what is written down of a call, and what is corrected in it afterwards (BX-7, BX-37, BX-45)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock, phones, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.patterns import pattern
from channergy_crm.records import Opportunity, PhoneCall
from channergy_crm.records.call_log import Direction, links_of, zone_of
from channergy_crm.services import reading, rights, saving
from channergy_crm.services.rights import Program
from channergy_crm.store import database

if TYPE_CHECKING:
    from datetime import datetime

    from channergy_crm.records.call_log import Called
    from channergy_crm.work.record import Record


LONGEST_REASON, LONGEST_NUMBER, LONGEST_LIST = 2_000, 250, 80
"""what is longer is cut: a call that was made is never refused for the name of its list"""
ADDRESS = pattern(r"https?://[^\s/]+\S*", re.IGNORECASE)


class Line(NamedTuple):
    """What the telephone knows of a call: the number, from when to when, over which bridge, out of which list.

    Times are on the office's clock. `measured`: the bridge told when it ended, otherwise it is time at the desk.
    `logged` is the number of the row that was written when it was dialed already; `wrap_up` the seconds after it.
    """

    number: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    bridge: str = ""
    measured: bool = False
    list_name: str = ""
    wrap_up: int | None = None
    logged: int | None = None


def write(
    record: Called, line: Line, by: str, *, code: str, note: str, reached: bool, about: Opportunity | None = None
) -> PhoneCall:
    """The row of a call to this one, a part of the unit in which its result is noted (BX-7).

    `about` is the opportunity that was spoken of.
    """
    rights.require(by, "see", record)
    ended = line.ended or clock.now()
    started = min(line.started or ended, ended)
    call = (PhoneCall.find(line.logged) if line.logged else None) or PhoneCall(
        operator=by, started=started, direction=Direction.OUT.value
    )
    for link, key in links_of(record, about).items():
        setattr(call, link, key)
    call.operator = by  # one that comes in is theirs who take it
    call.phone = line.number.strip()[:LONGEST_NUMBER] or record.phone
    call.zone = zone_of(record, call.phone or "")
    call.ended, call.measured = ended, line.measured
    call.seconds = max(0, int((ended - (call.started or ended)).total_seconds()))  # clocks are put back, too
    call.wrap_up = None if line.wrap_up is None else max(0, line.wrap_up)
    call.bridge, call.list_name = line.bridge, line.list_name[:LONGEST_LIST]
    call.code, call.note, call.reached = code, note.strip(), reached
    with work.unit("Log a call to {name}", by=by, name=record.caption()):
        call.save()
    return call


def write_dialed(number: str, by: str, record: Record | None, bridge: str) -> int:
    """That a number was dialed by somebody who notes no result; the number of the row."""
    rights.require(by, "dial")
    return _begin(number, by, record, bridge, N_("Dial {number}"), who=Program.ITSELF)  # no step that Ctrl+Z takes back


def write_override(number: str, reason: str, by: str, record: Record | None, bridge: str) -> int:
    """That somebody is called although a rule is against it, and why; the number of the row, for the call's result.

    `Mistake` when there is nothing to dial.
    """
    rights.require(by, "dial")
    phones.dialable(number, database.region())
    return _begin(number, by, record, bridge, N_("Dial {number} although: {reason}"), reason.strip()[:LONGEST_REASON])


def _begin(number: str, by: str, record: Record | None, bridge: str, deed: str, reason: str = "", who: str = "") -> int:
    call = PhoneCall(
        operator=by, direction=Direction.OUT.value, phone=number.strip()[:LONGEST_NUMBER], started=clock.now()
    )
    call.bridge, call.override = bridge, reason
    for link, key in (links_of(record) if record is not None else {}).items():
        setattr(call, link, key)
    with work.unit(deed, by=who or by, number=number.strip(), reason=reason):
        call.save()
    return int(call.number)


def keep_recording(number: int, address: str, by: str) -> PhoneCall:
    """Put down where the recording of a call lies (BX-37); "" takes it off again."""
    call = reading.find(PhoneCall, number, by)
    rights.require(by, "edit", call or PhoneCall)
    if call is None:
        raise Mistake(_("Call {number} is not there any more.").format(number=number))
    address = address.strip()
    if address and not ADDRESS.fullmatch(address):
        said = _("“{text}” is no address of a recording, such as https://pbx.example/calls/17.wav.")
        raise Mistake(said.format(text=address[:LONGEST_NUMBER]), "recording")
    call.recording = address
    return saving.save(call, by)
