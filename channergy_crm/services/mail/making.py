"""Mails put down to be sent, in one batch: the one outgoing mechanism sends them (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.messages import BatchRow, MessageRow, State
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.mail.recipients import Prepared

EMAIL = "email"


def make(
    key: str, subject: str, body: str, prepared: Prepared, by: str, attachments: Sequence[int] = (),
    campaign: int | None = None, template: int | None = None,
) -> int:  # fmt: skip
    """Put the mails down that are to be sent, in one piece; how many. The same key once more makes nothing new.

    `attachments` are documents of the office by their numbers.
    """
    rights.require(by, "dial")
    if not prepared.recipients:
        raise Mistake(_("Nobody is left to write to."))
    now = clock.now()
    with database.writing(), translated(), database.proxy.obj.atomic():
        if BatchRow.get_or_none(BatchRow.key == key) is None:
            text = f"{subject}\n\n{body}"
            BatchRow.create(
                key=key, channel=EMAIL, template=text, by=by, made=now, left_out=len(prepared.left_out)
            )  # fmt: skip
            for one in prepared.recipients:
                MessageRow.create(
                    channel=EMAIL, batch=key, table=one.record._meta.table_name, key=str(one.record.key),
                    address=one.address, text=f"{one.subject}\n\n{one.text}", reference=uuid4().hex,
                    state=State.WAITING.value, by=by, made=now, changed=now,
                )  # fmt: skip
    return MessageRow.select().where(MessageRow.batch == key).count()
