"""The rows of messages as whoever sends them reads and turns them, whatever way they go (SI-24, BX-14)."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import Surroundings
from channergy_crm.records import BY_TABLE
from channergy_crm.records.messages import MessageRow, State
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.work.record import Record

WRITTEN_AGAIN = 5


def waiting(channels: Sequence[str]) -> Any:
    """The question for what waits and may go now."""
    come = MessageRow.next_try.is_null() | (MessageRow.next_try <= clock.now())
    return MessageRow.select().where(
        (MessageRow.state == State.WAITING.value) & come & MessageRow.channel.in_(channels)
    )


def begun(channels: Sequence[str]) -> Any:
    """The question for what is being sent."""
    return MessageRow.select().where(
        (MessageRow.state == State.SENDING.value) & MessageRow.channel.in_(channels)
    )  # fmt: skip


class Turn(NamedTuple):
    """How a message is to stand, if it still stands as thought."""

    number: int
    before: Sequence[State]
    values: dict[str, object]


def turned(
    row: Any, before: Sequence[State], state: State | None = None, *, keep: bool = False, **values: object
) -> Turn:  # fmt: skip
    """How a message is to stand; the moment is that of now, unless what was known of it is kept."""
    if state is not None:
        values["state"] = state.value
    if not keep:
        values["changed"] = clock.now()
    return Turn(row.number, before, values)


def turn(
    row: Any, before: Sequence[State], state: State | None = None, *, keep: bool = False, **values: object
) -> bool:  # fmt: skip
    """Write how a message stands, if it still stands as thought."""
    return turn_all([turned(row, before, state, keep=keep, **values)])[0]


def turn_all(turns: Sequence[Turn]) -> list[bool]:
    """Write how some messages stand, in one piece, and which of them still stood as thought; a store that does not
    answer is asked again.
    """
    for again in range(WRITTEN_AGAIN):
        try:
            with database.writing(), translated(), database.proxy.obj.atomic():
                return [_turn(each) for each in turns]
        except Surroundings:
            if again == WRITTEN_AGAIN - 1 or not any(State.SENDING in each.before for each in turns):
                raise
            _pause()
    return []


def _turn(one: Turn) -> bool:
    stands = (MessageRow.number == one.number) & MessageRow.state.in_([each.value for each in one.before])
    return bool(MessageRow.update(**one.values).where(stands).execute())


def _pause() -> None:
    threading.Event().wait(1)


def records(rows: Sequence[Any]) -> dict[tuple[str, str], Record]:
    """The records some messages go to, by table and number."""
    found: dict[tuple[str, str], Record] = {}
    for table in {row.table for row in rows}:
        record = BY_TABLE.get(table)
        if record is not None:
            keys = [int(row.key) if row.key.isdigit() else row.key for row in rows if row.table == table]
            held: Any = record.select().where(key_field(record).in_(keys))
            found.update({(table, str(each.key)): each for each in held})
    return found
