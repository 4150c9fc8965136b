"""Messages that were refused are sent again, to the address the person has by now (BX-14, VT-157, SI-24).

A message goes again only from the state it was seen in, so pressing twice or at two windows sends one. Whoever may have
got it already, as nobody knows, gets it again only where a person has said so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.messages import EMAIL, SMS, MessageRow, State
from channergy_crm.services import messages, recipients, rights
from channergy_crm.services.left_out import LeftOut
from channergy_crm.services.mail import recipients as by_mail
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    Held = dict[tuple[str, str], str]

MOST = 500
"""messages sent again in one go: no more are shown of a batch"""


class Again(NamedTuple):
    """How many go again, and who does not, with the reason."""

    messages: int
    left_out: list[LeftOut]


def resend(numbers: Collection[int], by: str, *, unknown: bool = False) -> Again:
    """Send those of these messages again that were refused, with `unknown` also those of which nobody knows whether
    they went: at the address the person has now, as far as they are still written to. All of them, or none.
    """
    rights.require(by, "dial")
    if len(numbers) > MOST:
        raise Mistake(_("At most {count:,} messages are sent again at once.").format(count=MOST))
    wanted = [State.FAILED.value, *([State.UNKNOWN.value] if unknown else [])]
    these = MessageRow.number.in_(list(numbers)) & MessageRow.state.in_(wanted)
    these &= MessageRow.channel.in_([SMS, EMAIL])
    messages.require_whose(these, by)
    asked: Any = MessageRow.select().where(these).order_by(MessageRow.number)
    left_out: list[LeftOut] = []
    rows = list(asked)
    addresses = _addresses(rows, by, left_out)
    count = 0
    with database.writing(), translated(), database.proxy.obj.atomic():
        for row in rows:
            if address := addresses.get((row.table, row.key)):
                if _has_it(row, address):
                    left_out.append(LeftOut(address, "twice"))
                else:
                    count += _turn(row, address)
    return Again(count, left_out)


def _addresses(rows: Sequence[Any], by: str, left_out: list[LeftOut]) -> Held:
    found: Held = {}
    for channel in (EMAIL, SMS):
        pairs = dict.fromkeys((row.table, row.key) for row in rows if row.channel == channel)
        records = [(BY_TABLE[table], int(key) if key.isdigit() else key) for table, key in pairs if table in BY_TABLE]
        held, out = (by_mail.addresses if channel == EMAIL else recipients.numbers)(records, by)
        found |= held
        left_out += out
    return found


def _has_it(row: Any, address: str) -> bool:
    """Whether another message of the batch went to that address, or may have, or is about to."""
    over = [State.FAILED.value, State.CANCELLED.value]
    others = (MessageRow.batch == row.batch) & (MessageRow.number != row.number) & MessageRow.state.not_in(over)
    there = MessageRow.select(MessageRow.address).where(others)
    return any(each.casefold() == address.casefold() for each in there.scalars())


def _turn(row: Any, address: str) -> int:
    """It waits again, if it still stands as it was seen. A mail keeps its own name on the way: who has got it after
    all knows it by that."""
    again: dict[str, Any] = {
        "state": State.WAITING.value, "address": address, "error": "", "said": "", "tries": 0, "next_try": None,
        "changed": clock.now(), "gateway_id": None,
    }  # fmt: skip
    if row.state == State.FAILED.value:
        again["reference"] = uuid4().hex
    stands = (MessageRow.number == row.number) & (MessageRow.state == row.state)
    return int(MessageRow.update(**again).where(stands).execute())
