"""What people asked about their data: taken down with its due date, and answered (DP-6)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.privacy import Asked, DataRequest
from channergy_crm.services import rights

if TYPE_CHECKING:
    from channergy_crm.work.record import Record

MONTHS_LONGER = 2
"""by so much a complex request may be put off, if that is said in time"""


def due(received: date, months: int = 1) -> date:
    """The last day on which it is answered in time: a month later, or the last day of a month that is shorter."""
    year, month = divmod(received.year * 12 + received.month - 1 + months, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=received.day - 1), following - timedelta(days=1))


def take(record: type[Record], key: object, asked: Asked, received: date, by: str, note: str = "") -> DataRequest:
    """Take down that somebody asked; it is due in a month."""
    held = record.find(key)
    rights.require(by, "edit", held or record)
    if held is None:
        raise Mistake(_("{record} {number} is gone.").format(record=record.singular, number=key))
    if received > clock.today():
        raise Mistake(_("That day is still to come."), "received")
    made = DataRequest(
        table=record._meta.table_name, of=str(key), asked=asked.value, received=received, due=due(received), note=note,
        operator=by,
    )  # fmt: skip
    with work.unit("Take down what {name} asked for", by=by, name=held.caption()):
        made.save()
    return made


def put_off(number: int, by: str) -> DataRequest:
    """A complex request is due two months later; whoever asked is to be told so within the first month."""
    rights.require(by, "see", DataRequest)
    held = _held(number)
    with work.unit("Put off request {number}", by=by, number=str(number)):
        held.due = due(held.received or clock.today(), 1 + MONTHS_LONGER)
        held.save()
    return held


def answer(number: int, by: str) -> DataRequest:
    """It is answered, today."""
    rights.require(by, "see", DataRequest)
    held = _held(number)
    with work.unit("Request {number} is answered", by=by, number=str(number)):
        held.answered = clock.today()
        held.save()
    return held


def answer_open(record: type[Record], key: object, by: str) -> int:
    """Their open requests for everything about them are answered, today; how many those were."""
    rights.require(by, "see", record)
    open_ones = [each for each in of(record, key, by) if each.asked == Asked.ACCESS and each.answered is None]
    for each in open_ones:
        answer(each.number, by)
    return len(open_ones)


def of(record: type[Record], key: object, by: str) -> list[DataRequest]:
    """What was asked about a record, the latest first."""
    rights.require(by, "see", record.find(key) or record)
    mine = (DataRequest.table == record._meta.table_name) & (DataRequest.of == str(key))
    return list(DataRequest.select().where(mine).order_by(DataRequest.number.desc()))


def unanswered(by: str) -> list[DataRequest]:
    """What is not answered yet, the most urgent first."""
    rights.require(by, "see", DataRequest)
    return list(DataRequest.select().where(DataRequest.answered.is_null()).order_by(DataRequest.due))


def _held(number: int) -> DataRequest:
    held = DataRequest.find(number)
    if held is None:
        raise Mistake(_("{record} {number} is gone.").format(record=DataRequest.singular, number=number))
    return held
