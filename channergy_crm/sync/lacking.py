"""All that is not sent because it lacks something or because Viper refused it, each with where it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_, _
from channergy_crm.records.sync import Outgoing, OutState
from channergy_crm.sync import chips, sight
from channergy_crm.sync.chips import Waiting
from channergy_crm.sync.ready import Asks, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = 100
REFUSED = "refused"
TITLE = N_("Refused by Viper")


def read(by: str, reason: str = "", start: int = 0, count: int = SHOWN) -> list[Waiting]:
    """Some of them, what was refused first; only for one reason where it is named: a requirement, or `REFUSED`."""
    refused = _refused(by) if reason in ("", REFUSED) else None
    found = list(_told(refused.offset(start).limit(count), by)) if refused is not None else []
    if reason == REFUSED or len(found) >= count:
        return found
    before = 0 if refused is None else refused.count()
    return found + chips.waiting(by, reason or None, max(0, start - before), count - len(found))


def counts(by: str) -> dict[str, int]:
    """How many there are of each reason; of none where there is none."""
    refused = int(_refused(by).count())
    return ({REFUSED: refused} if refused else {}) | chips.counts(by)


def titles() -> dict[str, str]:
    """What each reason is called."""
    return {REFUSED: _(TITLE)} | chips.titles()


def _refused(by: str) -> Asks:
    rows: Asks = Outgoing.select().where((Outgoing.state == OutState.REFUSED.value) & sight.any_seen(Outgoing, by))
    return rows.order_by(Outgoing.number)


def _told(rows: Asks, by: str) -> Iterator[Waiting]:
    held = list(rows)
    records = sight.found(((row.table, row.key) for row in held), by)
    for row in held:
        record = records.get((row.table, row.key))
        if record is not None:
            lack = Lack(REFUSED, "", row.error or _(TITLE), row.table, record.key)
            yield Waiting(row.table, record.key, record.caption(), lack)
