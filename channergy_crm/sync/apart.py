"""Records that were deleted or merged here or in Viper: told, never made anew without being asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _
from channergy_crm.records.sync import Met, SyncLink
from channergy_crm.services import rights
from channergy_crm.store import database
from channergy_crm.store.complaints import translated
from channergy_crm.sync import links, sight
from channergy_crm.sync.ready import RECORDS, Asks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from channergy_crm.work.record import Record

SHOWN = 200
THERE = (Met.GONE_THERE.value, Met.MERGED_THERE.value)
SAID = {
    Met.GONE_HERE.value: N_("Deleted here, still in Viper"),
    Met.GONE_THERE.value: N_("Deleted in Viper, still here"),
    Met.MERGED_HERE.value: N_("Merged here, still by itself in Viper"),
    Met.MERGED_THERE.value: N_("Merged in Viper, still by itself here"),
}
ADVICE = {
    Met.GONE_HERE.value: N_("Delete it there as well, or restore it here."),
    Met.GONE_THERE.value: N_("Make it there again, delete it here as well, or leave it."),
    Met.MERGED_HERE.value: N_("Merge it there as well, or leave it."),
    Met.MERGED_THERE.value: N_("Merge it here as well, make it there again, or leave it."),
}


class Apart(NamedTuple):
    """A record that is on one side only: which, what has become of it, what can be done, when they last agreed."""

    number: int
    table: str
    key: str
    caption: str
    said: str
    advice: str
    synced: datetime
    there: bool
    """whether the record is still here"""
    again: bool
    """whether it can be made there again"""


def open(by: str, start: int = 0, count: int = SHOWN) -> list[Apart]:
    """Those nobody has left so, as far as this one may see them, the latest first."""
    rows = SyncLink.select().where(_open(by)).order_by(SyncLink.number.desc()).offset(start).limit(count)
    held = list(rows)
    records = sight.found(((row.table, row.key) for row in held), by)
    return [_told(row, records.get((row.table, row.key))) for row in held]


def count(by: str) -> int:
    """How many that are."""
    return int(SyncLink.select().where(_open(by)).count())


def _open(by: str) -> Asks:
    apart = SyncLink.met.in_([each.value for each in Met if each is not Met.SYNCED])
    return apart & (SyncLink.left.is_null() | (SyncLink.left < SyncLink.synced)) & sight.any_seen(SyncLink, by)


def _told(row: SyncLink, record: Record | None) -> Apart:
    name = _("{record} {number}").format(record=RECORDS[row.table].singular, number=row.key)
    return Apart(
        row.number, row.table, row.key, record.caption() if record is not None else name, _(SAID[row.met]),
        _(ADVICE[row.met]), row.synced, record is not None, record is not None and row.met in THERE,
    )  # fmt: skip


class Remade(NamedTuple):
    """A record that is to be made there again: what it is called, and what it was there, to take that back."""

    caption: str
    table: str
    key: str
    link: Mapping[str, object]


def make_again(number: int, by: str) -> Remade:
    """Have a record that is gone in Viper made there once more, with the next round."""
    row, record = _of(number, by)
    if record is None or row.met not in THERE:
        raise Mistake(_("Only what is still here and gone in Viper can be made there again."))
    with database.writing(), translated(), database.proxy.atomic():
        SyncLink.delete().where(SyncLink.number == row.number).execute()
        links.wait(row.table, [row.key])
    was = {name: value for name, value in row.__data__.items() if name != "number"}
    return Remade(record.caption(), row.table, row.key, was)


def take_back(remade: Remade, by: str) -> None:
    """It is not made there again, where it was not sent yet; else `Mistake` says what can be done."""
    table, key = remade.table, remade.key
    record = RECORDS[table].find(int(key))
    rights.require(by, "edit", record if record is not None else RECORDS[table])
    with database.writing(), translated(), database.proxy.atomic():
        if record is None or key in links.forgotten(table, [key]):
            raise Mistake(_("It is not here any more."))
        if not links.unsent(table, key):
            raise Mistake(_sent(table, key).format(name=remade.caption))
        SyncLink.insert(dict(remade.link)).execute()


def _sent(table: str, key: str) -> str:
    if links.of(table, [key]):
        return _("{name} was sent meanwhile and is in Viper again; delete it there if it is not wanted.")
    return _("{name} is being sent to Viper just now; delete it there afterwards if it is not wanted.")


def leave(number: int, by: str) -> str:
    """Leave it so: it is not told any more; which, in words."""
    row, record = _of(number, by)
    _mark(row.number, leaves=True)
    return _told(row, record).caption


def take_up(number: int, by: str) -> None:
    """Tell it again."""
    _mark(_of(number, by)[0].number, leaves=False)


def _mark(number: int, *, leaves: bool) -> None:
    with database.writing(), translated():
        SyncLink.update(left=clock.now() if leaves else None).where(SyncLink.number == number).execute()


def _of(number: int, by: str) -> tuple[SyncLink, Record | None]:
    rights.require(by, "edit")
    row = SyncLink.get_or_none((SyncLink.number == number) & (SyncLink.met != Met.SYNCED.value))
    if row is None:
        raise Mistake(_("They belong together again."))
    record = RECORDS[row.table].find(int(row.key))
    rights.require(by, "edit", record if record is not None else RECORDS[row.table])
    return row, record
