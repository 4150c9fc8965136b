"""The messages the office sends: made in batches, told how they stand, stopped, decided by a person, erased (SI-24).

What is sent stands in one table whatever way it goes; `outgoing` sends it beside the window. These rows are the
program's own bookkeeping: no journal, no undo, for what was sent is sent.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

import peewee

from channergy_crm import clock
from channergy_crm.errors import Mistake, Refused
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.messages import NOTICE, SMS, BatchRow, MessageRow, State
from channergy_crm.records.operators import Operator
from channergy_crm.services import rights
from channergy_crm.services.answered import answered
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from channergy_crm.services.recipients import Prepared
    from channergy_crm.work.record import Record

MOST_SHOWN, BATCHES_SHOWN, WRITTEN_AT_ONCE = 500, 200, 500
OVER = (State.SENT, State.DELIVERED, State.FAILED, State.CANCELLED)
"""nothing more is done about these by itself"""
_COLUMNS = ("Channel", "BatchKey", "TableName", "RecordNo", "Address", "Text", "Parts", "Reference", "State",
            "LastError", "Cost", "OperatorID", "CreateDt", "StateDt")  # fmt: skip


class Batch(NamedTuple):
    """Messages that were sent together, and how many of them stand how. `cost` is what the gateway told, in words.

    `why` is why one of them waits, where that is known.
    """

    key: str
    template: str
    by: str
    made: datetime
    left_out: int
    counts: Mapping[State, int]
    cost: str = ""
    why: str = ""
    channel: str = SMS
    subject: str = ""

    @property
    def total(self) -> int:
        """How many messages it has."""
        return sum(self.counts.values())

    @property
    def under_way(self) -> int:
        """How many are still to be sent."""
        return self.counts.get(State.WAITING, 0) + self.counts.get(State.SENDING, 0)


class Message(NamedTuple):
    """One message as it stands: to whom, by name and by table and number, and what has become of it."""

    number: int
    name: str
    table: str
    key: str
    address: str
    text: str
    state: State
    error: str
    changed: datetime
    subject: str = ""
    said: str = ""
    """the last word of the server"""
    answered: bool = False
    """an answer to it is filed"""

    @property
    def stands(self) -> str:
        """How it stands, in a word."""
        return _("answered") if self.answered else _(self.state)


def make(key: str, template: str, prepared: Prepared, by: str, channel: str = SMS, campaign: int | None = None) -> int:
    """Put the messages down that are to be sent, in one piece; how many. The same key once more makes nothing new.

    They are sent by what runs by itself, here or at another workstation.
    """
    rights.require(by, "dial")
    if not prepared.recipients:
        raise Mistake(_("Nobody is left to write to."))
    now = clock.now()
    head = {"channel": channel, "template": template, "by": by, "made": now, "left_out": len(prepared.left_out),
            "campaign": campaign}  # fmt: skip
    return put_down(key, head, _COLUMNS, [
        (channel, key, each.record._meta.table_name, str(each.record.key), each.number, each.text,
         each.length.parts, uuid4().hex, State.WAITING.value, "", "", by, now, now)
        for each in prepared.recipients
    ])  # fmt: skip


def put_down(key: str, head: Mapping[str, Any], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> int:
    """Write a batch with its messages, in one piece, unless it is there already; how many it has.

    Whoever calls it has asked for the right.
    """
    with database.writing(), translated(), database.proxy.obj.atomic():
        if _rows_written(BatchRow.insert(key=key, **head).on_conflict_ignore()):
            for start in range(0, len(rows), WRITTEN_AT_ONCE):
                database.insert_many(MessageRow._meta.table_name, columns, rows[start : start + WRITTEN_AT_ONCE])
    return MessageRow.select().where(MessageRow.batch == key).count()


def _rows_written(query: Any) -> bool:
    """Whether an insert wrote its row; both engines tell it by the cursor."""
    cursor = database.proxy.obj.execute(query)
    return bool(cursor.rowcount == 1)


def batches(by: str, limit: int = BATCHES_SHOWN) -> list[Batch]:
    """The batches of this operator, of everybody for who may see that; the latest first."""
    rights.require(by, "see")
    shown = BatchRow.select().where(BatchRow.channel != NOTICE)
    asked: Any = shown.order_by(BatchRow.made.desc(), BatchRow.key).limit(limit)
    rows = list(asked if rights.views_all(by) else asked.where(BatchRow.by == by))
    return _counted(rows)


def batch(key: str, by: str) -> Batch | None:
    """One batch as it stands now; None where there is none of this key."""
    rights.require(by, "see")
    row = BatchRow.get_or_none(BatchRow.key == key)
    if row is None:
        return None
    waits = (MessageRow.batch == key) & (MessageRow.state == State.WAITING.value) & (MessageRow.error != "")
    why = MessageRow.select(MessageRow.error).where(waits).order_by(MessageRow.number).limit(1).scalar()
    return _counted([row])[0]._replace(why=why or "")


def _counted(rows: Sequence[Any]) -> list[Batch]:
    counts: dict[str, Counter[State]] = {row.key: Counter() for row in rows}
    count = peewee.fn.COUNT(MessageRow.number)
    within = MessageRow.batch.in_(list(counts))
    asked: Any = MessageRow.select(MessageRow.batch, MessageRow.state, count).where(within)
    for key, state, number in asked.group_by(MessageRow.batch, MessageRow.state).tuples() if counts else ():
        counts[key][State(state)] += number
    costs = _costs(within) if counts else {}
    return [
        Batch(row.key, row.template, row.by, row.made, row.left_out, counts[row.key], costs.get(row.key, ""),
              channel=row.channel, subject=row.subject)
        for row in rows
    ]  # fmt: skip


def _costs(within: Any) -> dict[str, str]:
    """What the gateway told that the messages of each batch cost: the sum by its unit."""
    columns = (MessageRow.batch, MessageRow.cost)
    asked: Any = MessageRow.select(*columns, peewee.fn.COUNT(MessageRow.number)).where(within & (MessageRow.cost != ""))
    sums: dict[str, dict[str, Decimal]] = {}
    for key, cost, count in asked.group_by(*columns).tuples():
        amount, _blank, unit = cost.partition(" ")
        with suppress(InvalidOperation):
            held = sums.setdefault(key, {})
            held[unit] = held.get(unit, Decimal()) + abs(Decimal(amount)) * count
    return {key: ", ".join(f"{total} {unit}".strip() for unit, total in held.items()) for key, held in sums.items()}


def of_batch(key: str, by: str, states: Collection[State] = (), limit: int = MOST_SHOWN) -> list[Message]:
    """The messages of a batch, those that want a person first; of these states, or all. `limit` rows at the most."""
    rights.require(by, "see")
    condition = MessageRow.batch == key
    if states:
        condition &= MessageRow.state.in_([each.value for each in states])
    wants = peewee.Case(MessageRow.state, [(State.UNKNOWN.value, 0), (State.FAILED.value, 1)], 2)
    rows: Any = MessageRow.select().where(condition).order_by(wants, MessageRow.number).limit(limit)
    return _named(list(rows), by)


def read(number: int, by: str) -> Message | None:
    """One message to somebody this one may see; None where it is there no more."""
    rights.require(by, "see")
    row = MessageRow.get_or_none((MessageRow.number == number) & (MessageRow.channel != NOTICE))
    record = BY_TABLE.get(row.table) if row is not None else None
    if row is None or record is None:
        return None
    rights.require(by, "see", record.find(int(row.key) if row.key.isdigit() else row.key) or record)
    return _named([row], by)[0]


def _named(rows: Sequence[Any], by: str) -> list[Message]:
    """Each with what its record is called, as far as it is shown to this one."""
    names: dict[tuple[str, str], str] = {}
    for table in {row.table for row in rows}:
        record = BY_TABLE.get(table)
        if record is not None:
            held = _shown(record, {row.key for row in rows if row.table == table}, by)
            names.update({(table, str(each.key)): each.caption() for each in held})
    replied = answered([row.number for row in rows], by)
    return [
        Message(row.number, names.get((row.table, row.key), _("somebody")), row.table, row.key, row.address, row.text,
                State(row.state), row.error, row.changed, row.subject, row.said, row.number in replied)
        for row in rows
    ]  # fmt: skip


def _shown(record: type[Record], keys: Iterable[str], by: str) -> Iterable[Record]:
    wanted = [int(key) if key.isdigit() else key for key in keys]
    return list(rights.rows(record, by).where(key_field(record).in_(wanted)))


def undecided(by: str, channel: str = "") -> int:
    """How many messages, of this channel or of all, wait for a person to say whether they went."""
    rights.require(by, "see")
    condition = (MessageRow.state == State.UNKNOWN.value) & MessageRow.next_try.is_null()
    condition &= MessageRow.channel == channel if channel else MessageRow.channel != NOTICE
    if not rights.views_all(by):
        condition &= MessageRow.by == by
    return int(MessageRow.select().where(condition).count())


def cancel(key: str, by: str) -> int:
    """What of a batch still waits is not sent; how many that is. What is being sent just now goes."""
    rights.require(by, "dial")
    require_whose(MessageRow.batch == key, by)
    return _turn((MessageRow.batch == key) & (MessageRow.state == State.WAITING.value), State.CANCELLED, "")


def decide(numbers: Collection[int], *, went: bool, by: str) -> int:
    """A person says of unknown messages that they went, or that they are to be sent again; how many they were."""
    rights.require(by, "dial")
    these = MessageRow.number.in_(list(numbers)) & (MessageRow.state == State.UNKNOWN.value)
    require_whose(these, by)
    if not went:
        return _turn(these, State.WAITING, "")
    operator = Operator.find(by)
    name = operator.caption() if operator is not None else by
    return _turn(these, State.SENT, _("{operator} says that it went.").format(operator=name))


def _turn(condition: Any, state: State, said: str) -> int:
    with database.writing(), translated():
        turned = MessageRow.update(state=state.value, error=said, changed=clock.now(), next_try=None).where(condition)
        return int(turned.execute())


def require_whose(condition: Any, by: str) -> None:
    """One's own messages, or those of everybody for who may see them."""
    if rights.views_all(by):
        return
    others: Any = MessageRow.select(MessageRow.by).where(condition & (MessageRow.by != by))
    if (whose := others.limit(1).scalar()) is not None:
        raise Refused(_("These messages were sent by {operator}.").format(operator=whose))


def erase(table: str, key: object, by: str) -> int:
    """Of messages to a person only figures stay: texts, addresses and what the gateway calls them go; how many rows.

    What still waits is not sent.
    """
    record = BY_TABLE.get(table)
    rights.require(by, "edit", (record.find(key) if record is not None else None) or record)
    theirs = (MessageRow.table == table) & (MessageRow.key == str(key))
    asked: Any = MessageRow.select(MessageRow.batch).where(theirs).distinct()
    keys = [row[0] for row in asked.tuples()]
    _turn(theirs & (MessageRow.state == State.WAITING.value), State.CANCELLED, "")
    alone = [one for one in keys if not MessageRow.select().where((MessageRow.batch == one) & ~theirs).exists()]
    with database.writing(), translated():
        BatchRow.update(template="", subject="").where(BatchRow.key.in_(alone)).execute()
        empty = dict.fromkeys(("address", "text", "error", "subject", "html", "said"), "")
        erased = MessageRow.update(gateway_id=None, **empty).where(theirs)
        return int(erased.execute())
