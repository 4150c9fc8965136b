"""A document whose paper has gone by mail was sent: the server took it, whatever became of the window it was written in
(BX-26, K26).
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.language import N_
from channergy_crm.records import Document, SalesDocument
from channergy_crm.records.messages import EMAIL, BatchRow, MessageRow, State
from channergy_crm.services import rights
from channergy_crm.services.rights import Program
from channergy_crm.services.sales_documents import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

WENT = (State.SENT.value, State.DELIVERED.value)
BACK = timedelta(days=14)
"""how long ago a mail may have been written that goes only now; a server is waited for no longer than some days"""


def settle(by: Program) -> int:
    """Note of each document whose paper was mailed since that it was sent; how many those are.

    Asked after each round of sending; what was sent before the program was ended is found the next time.
    """
    rights.require(by, "edit", SalesDocument)
    found = _papers(_gone())
    held = SalesDocument.select(SalesDocument.number, SalesDocument.sent_on)
    asked: Any = held.where(SalesDocument.number.in_(sorted(found))).tuples() if found else ()
    waiting = [number for number, sent in list(asked) if sent is None or sent < found[number]]
    for number in waiting:
        with work.unit(N_("Sent {name}"), by=Program.ITSELF, name="") as unit:
            document = standing.fast(number)
            unit.say(N_("Sent {name}"), name=document.caption())
            document.sent_on = found[number]
            document.save()
    return len(waiting)


def _gone() -> Mapping[int, datetime]:
    """The documents that went along with mails of late, by number, and when."""
    asked: Any = BatchRow.select(BatchRow.attachments, MessageRow.changed)
    rows = asked.join(MessageRow, on=(MessageRow.batch == BatchRow.key)).where(
        (BatchRow.channel == EMAIL) & (BatchRow.attachments != "") & (BatchRow.made >= clock.now() - BACK)
        & MessageRow.state.in_(WENT)
    )  # fmt: skip
    found: dict[int, datetime] = {}
    for attachments, changed in rows.tuples():
        for number in json.loads(attachments):
            found[number] = max(found.get(number, changed), changed)
    return found


def _papers(gone: Mapping[int, datetime]) -> dict[int, datetime]:
    """Of which documents those were the paper; a reminder is none of them."""
    here = (Document.table == SalesDocument._meta.table_name) & (Document.paper == 0)
    asked: Any = Document.select(Document.number, Document.of).where(here & Document.number.in_(sorted(gone)))
    return {int(of): gone[number] for number, of in asked.tuples()} if gone else {}
