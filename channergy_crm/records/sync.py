"""What the sync with the Viper site keeps: what waits to be sent, who is who there, what disagreed, how far it read.

The program's own bookkeeping: nobody undoes it. What it changes in the records themselves are units of *Viper* (VP-1,
VP-3, VP-4, BX-34).
"""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from random import randrange
from typing import TYPE_CHECKING, NamedTuple

import peewee

from channergy_crm import work
from channergy_crm.clock import now
from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, _
from channergy_crm.records.office import OfficeSetting
from channergy_crm.settings import VIPER, VIPER_STAGES
from channergy_crm.store import database
from channergy_crm.work.journal import ChangeRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from channergy_crm.fields import Kind

WRITER = "Viper"
"""who writes what comes from the site (`services.rights.Program.VIPER`)"""
TABLES = ("CRMAccounts", "CustomerContacts", "CRMOpportunities")
"""only clients and what is planned with them is sent, in this order (VP-2, VP-12)"""
NUMBERS = dict(zip(TABLES, ("CRMAccountNo", "ContactNo", "OpportunityNo"), strict=True))
FIRST = "first"
"""where it stands whether the two sides were put together, and which units have done so (`sync.first`)"""
SEVERAL = "several"
"""instead of a field: a conflict about an account that may be one of several companies, or one of several here"""
TAKES = "takes"
"""noted in a unit by which somebody takes what the site has said, though it could not stand here when it came"""
TAKEN_OFF = "-"
"""before the table of a link that was taken back with the unit that made it"""


class OutState(StrEnum):
    """What has become of a change that is to be sent.

    *Held* lacks something the site asks for; *unknown* was sent without an answer, and is sent again under its key.
    """

    WAITING = N_("waiting")
    SENDING = N_("sending")
    HELD = N_("held")
    REFUSED = N_("refused")
    UNKNOWN = N_("unknown")


class Met(StrEnum):
    """Whether a record and what it is on the site still belong together."""

    SYNCED = N_("synced")
    GONE_HERE = N_("deleted here")
    GONE_THERE = N_("deleted there")
    MERGED_HERE = N_("merged here")
    MERGED_THERE = N_("merged there")
    FORGOTTEN = N_("anonymised here")


class Outgoing(peewee.Model):
    """That a record has changed since the site heard of it: one row a record, written in the unit that changes it."""

    number = peewee.AutoField(column_name="OutboxNo")
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    unit = peewee.IntegerField(column_name="UnitNo")
    """the latest unit that changed it: what came while it was sent waits on"""
    state = peewee.CharField(column_name="State", max_length=20, default=OutState.WAITING.value)
    reason = peewee.CharField(column_name="Reason", max_length=40, default="")
    """of what is held: the name of the requirement it lacks (`sync.ready`)"""
    request = peewee.CharField(column_name="RequestKey", max_length=40, default="")
    """the key under which it is sent again, so that the site does it once"""
    tries = peewee.IntegerField(column_name="Tries", default=0)
    next_try = peewee.DateTimeField(column_name="NextTryDt", null=True)
    error = peewee.TextField(column_name="LastError", default="")
    made = peewee.DateTimeField(column_name="CreateDt")

    class Meta:
        database = database.proxy
        table_name = "CRMSyncOutbox"
        legacy_table_names = False
        indexes = ((("table", "key"), True), (("state", "next_try"), False), (("table", "state", "reason"), False))


class SyncLink(peewee.Model):
    """Which record is which one on the site, and what both said when they last agreed (`base`, JSON by field)."""

    number = peewee.AutoField(column_name="LinkNo")
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    remote = peewee.CharField(column_name="RemoteID", max_length=120)
    etag = peewee.CharField(column_name="ETag", max_length=200, default="")
    base = peewee.TextField(column_name="Base", default="{}")
    shown = peewee.TextField(column_name="Shown", default="{}")
    """what of it is only shown here, such as the company users of a program (VP-10)"""
    met = peewee.CharField(column_name="State", max_length=20, default=Met.SYNCED.value)
    synced = peewee.DateTimeField(column_name="SyncedDt")
    left = peewee.DateTimeField(column_name="LeftDt", null=True)
    """when somebody said that two that no longer belong together are to be left so"""
    parted = peewee.DateTimeField(column_name="PartedDt", null=True)
    """when it was heard that they no longer belong together"""

    class Meta:
        database = database.proxy
        table_name = "CRMSyncLinks"
        legacy_table_names = False
        indexes = ((("table", "key"), True), (("table", "remote"), True), (("met",), False))


class Conflict(peewee.Model):
    """A field both sides have changed: what each said. Ours was sent; turned round, theirs stands here."""

    number = peewee.AutoField(column_name="ConflictNo")
    table = peewee.CharField(column_name="TableName", max_length=60)
    key = peewee.CharField(column_name="RecordNo", max_length=60)
    field = peewee.CharField(column_name="FieldName", max_length=64)
    ours = peewee.TextField(column_name="Ours", default="")
    theirs = peewee.TextField(column_name="Theirs", default="")
    seen = peewee.DateTimeField(column_name="SeenDt")
    settled = peewee.DateTimeField(column_name="SettledDt", null=True)
    by = peewee.CharField(column_name="OperatorID", max_length=40, default="")
    kept = peewee.CharField(column_name="Kept", max_length=10, default="ours")
    unit = peewee.IntegerField(column_name="UnitNo", null=True)
    """the unit by which theirs came to stand here, or the one that took it back or did it again"""

    class Meta:
        database = database.proxy
        table_name = "CRMSyncConflicts"
        legacy_table_names = False
        indexes = ((("table", "key"), False), (("settled",), False))


class Cursor(peewee.Model):
    """How far the changes of the site have been read, by what is read: companies, contacts, programs."""

    what = peewee.CharField(column_name="Kind", max_length=40, primary_key=True)
    cursor = peewee.CharField(column_name="Cursor", max_length=400, default="")
    read = peewee.DateTimeField(column_name="ReadDt", null=True)

    class Meta:
        database = database.proxy
        table_name = "CRMSyncState"
        legacy_table_names = False


class SyncPerson(peewee.Model):
    """Who stands for whom: an operator or a group here, a user or an office there (VP-10)."""

    owner = peewee.CharField(column_name="OwnerID", max_length=10, primary_key=True)
    remote = peewee.CharField(column_name="RemoteID", max_length=120, unique=True)
    name = peewee.CharField(column_name="RemoteName", max_length=200, default="")

    class Meta:
        database = database.proxy
        table_name = "CRMSyncPeople"
        legacy_table_names = False


def is_on() -> bool:
    """Whether this office has switched the sync on. Asked of the store: somebody may have done so a moment ago."""
    asked_of = database.proxy.obj  # every unit that touches a client asks this: no query is put together for it
    found = asked_of.execute_sql(
        f'SELECT "Value" FROM "CRMSettings" WHERE "Name" = {asked_of.param}',  # noqa: S608
        (VIPER.name,),
    ).fetchone()  # sql: the engine's own sign for a value
    return found is not None and found[0] == "on"


def is_led_there(deal: object) -> bool:
    """Whether a deal, by its number, is a program on the site by now: its stage and probability are updated there, and
    come back (VP-46, K23). No longer when the sync is off, or the program was deleted there.
    """
    unit = work.under_way()
    held = unit.asked_once if unit is not None else {}
    there = (SyncLink.table == TABLES[2]) & (SyncLink.key == str(deal)) & (SyncLink.met == Met.SYNCED.value)
    try:
        if "sync" not in held:
            held["sync"] = is_on()
        return bool(held["sync"]) and SyncLink.select().where(there).exists()
    except Surroundings:
        if unit is not None:
            raise
        return False  # whoever writes it is told


def led_there(kind: Kind[Any], deal: object) -> str | None:
    """One sentence why nobody changes this field of a deal here, or None; what comes from the site may, and undo."""
    unit = work.under_way()
    from_there = unit is not None and (unit.by == WRITER or TAKES in unit.asked_once)
    if deal is None or from_there or not is_led_there(deal):
        return None
    said = _("{field} is updated in Viper, where this opportunity is a program, and comes back from there.")
    return said.format(field=kind.label)


def stages() -> dict[str, str]:
    """What a stage of ours is called on the site, where that is something else."""
    held = OfficeSetting.select(OfficeSetting.value).where(OfficeSetting.name == VIPER_STAGES.name).scalar()
    with suppress(ValueError):
        found = json.loads(held or "{}")
        if isinstance(found, dict):
            return {str(ours): str(theirs) for ours, theirs in found.items() if theirs}
    return {}


def stage_renamed(old: str, new: str) -> None:
    """A stage is called otherwise here; on the site it is what it was. Within a unit."""
    if not is_on():
        return
    held = stages()
    held[new] = held.pop(old, old)
    setting = OfficeSetting.find(VIPER_STAGES.name) or OfficeSetting(name=VIPER_STAGES.name)
    setting.value = json.dumps({ours: theirs for ours, theirs in held.items() if ours != theirs})
    setting.save()


def forgotten(table: Any, key: Any) -> Any:
    """The condition that a record was anonymised: nothing of it is sent any more, and nothing of it taken (DP-4)."""
    from channergy_crm.records.privacy import ErasureRow

    of_it = (ErasureRow.table == table) & (ErasureRow.key == key)
    return peewee.fn.EXISTS(ErasureRow.select(peewee.Value(1)).where(of_it))


def put(rows: peewee.ModelSelect[Any]) -> None:
    """Let records wait to be sent, within a unit or the program's own writing. `rows` is a question for table, number
    and unit. One that waits already waits on; what is being sent just now keeps its key, and goes again after that.
    """
    under_way = Outgoing.state.in_([OutState.SENDING.value, OutState.UNKNOWN.value])
    columns = [Outgoing.table, Outgoing.key, Outgoing.unit, Outgoing.state, Outgoing.reason, Outgoing.request,
               Outgoing.tries, Outgoing.error, Outgoing.made]  # fmt: skip
    rest = [peewee.Value(held) for held in (OutState.WAITING.value, "", "", 0, "", now())]
    Outgoing.insert_from(rows.select_extend(*rest), columns).on_conflict(
        conflict_target=[Outgoing.table, Outgoing.key],
        update={
            Outgoing.unit: peewee.EXCLUDED.UnitNo,
            Outgoing.state: peewee.Case(None, [(under_way, Outgoing.state)], OutState.WAITING.value),
            Outgoing.reason: "",
            Outgoing.tries: 0,
            Outgoing.next_try: None,
        },
    ).execute()


def put_foreign(table: str, keys: Sequence[object]) -> None:
    """What another program has written of these past the journal waits too, within the unit that makes it ready."""
    if table in TABLES and is_on():
        rows: Any = peewee.Table(table)
        number = getattr(rows.c, NUMBERS[table])
        since = -randrange(1, 1 << 31)  # noqa: S311  no unit has it: what is sent just now is known to have changed
        of_it = rows.select(peewee.Value(table), number.cast("TEXT"), peewee.Value(since))
        put(of_it.where(number.in_(list(keys)) & ~forgotten(table, number.cast("TEXT"))))


def _send_along(unit: work.Unit) -> None:
    """What a unit changes of clients waits to be sent, in the same transaction, whoever writes it and wherever. What
    came from the site does not go back there; whoever takes that back sends what stands then.
    """
    ours = not (unit.by == WRITER and unit.mode == "do")
    if ours and any(change.table in TABLES for change in unit.changes) and is_on():
        # Found by its number alone: by the table all changes there ever were would be gone through.
        here = (ChangeRow.unit == unit.number) & ChangeRow.table.concat("").in_(TABLES)
        here &= ~forgotten(ChangeRow.table, ChangeRow.key)
        put(ChangeRow.select(ChangeRow.table, ChangeRow.key, ChangeRow.unit).where(here).distinct())


def _all_waits(unit: work.Unit) -> None:
    """Whoever takes back that the sync was switched off lets every client wait: nobody noted what changed meanwhile."""
    switched = unit.reverses is not None and any(
        change.table == "CRMSettings" and str(change.key) == VIPER.name for change in unit.changes
    )
    for table, key in NUMBERS.items() if switched and is_on() else ():
        rows: Any = peewee.Table(table)
        number = getattr(rows.c, key)
        put(rows.select(peewee.Value(table), number.cast("TEXT"), peewee.Value(unit.number)).where(number > 0))


def _links_along(unit: work.Unit) -> None:
    """Whoever takes back that the two sides were put together takes the links off that it made, and puts them on again
    with the next step. While they are off nothing is sent: it would be made there a second time. One that was not asked
    for and made none changes nothing of that.
    """
    held = first_connection() if unit.reverses is not None else First(opened=False, units=[])
    for each in held.units:
        if each[0] == unit.reverses:
            each[0] = unit.number
            off = unit.mode == "undo"
            units = _without_older(held.units, each) if off else held.units
            _take_off(each[1], each[2], off=off)
            asked_for = each[3] if len(each) > ASKED_FOR else True
            matters = asked_for or each[1] <= each[2]
            keep_first(First(off if matters else held.opened, units))


def _without_older(units: list[list[int]], taken_back: list[int]) -> list[list[int]]:
    """What was taken back before and was done anew since is forgotten: its links stand in the way of those that are
    taken off now. Whoever does it again puts nothing on.
    """
    in_the_way: set[int] = set()
    for table in TABLES:
        mine: Any = SyncLink.alias()
        made = (mine.table == table) & mine.number.between(taken_back[1], taken_back[2])
        same = SyncLink.key.in_(mine.select(mine.key).where(made))
        same |= SyncLink.remote.in_(mine.select(mine.remote).where(made))
        off = SyncLink.table == TAKEN_OFF + table
        in_the_way.update(SyncLink.select(SyncLink.number).where(off & same).scalars())
    gone = [each for each in units if any(each[1] <= number <= each[2] for number in in_the_way)]
    for _unit, first, last, *_asked_for in gone:
        taken_off = SyncLink.table.in_([TAKEN_OFF + table for table in TABLES])
        SyncLink.delete().where(taken_off & SyncLink.number.between(first, last)).execute()
    return [each for each in units if each not in gone]


def _take_off(first: int, last: int, *, off: bool) -> None:
    for table in TABLES:
        now, then = (table, TAKEN_OFF + table) if off else (TAKEN_OFF + table, table)
        made = (SyncLink.table == now) & SyncLink.number.between(first, last)
        if off:
            keys = SyncLink.select(SyncLink.key).where(made)
            here = (Conflict.table == table) & Conflict.settled.is_null() & (Conflict.field != SEVERAL)
            Conflict.delete().where(here & Conflict.key.in_(keys)).execute()
        SyncLink.update(table=then).where(made).execute()


class First(NamedTuple):
    """Whether the two sides are still to be put together, and which units have done so: the unit, or the latest that
    took it back or did it again, the links it made, first and last, and 1 where nothing was sent before it, else 0.
    """

    opened: bool
    units: list[list[int]]


def first_connection() -> First:
    """How that stands; nothing where it was never needed."""
    held = Cursor.select(Cursor.cursor).where(Cursor.what == FIRST).scalar()
    with suppress(ValueError, TypeError):
        opened, units = json.loads(held or "[false, []]")
        return First(bool(opened), [[int(part) for part in each] for each in units])
    return First(opened=False, units=[])


def keep_first(held: First) -> None:
    """Within a transaction: so it stands now. Only the latest few are remembered."""
    row = {"what": FIRST, "cursor": json.dumps([held.opened, held.units[-MOST_FIRST:]]), "read": now()}
    Cursor.insert(row).on_conflict(conflict_target=[Cursor.what], preserve=[Cursor.cursor, Cursor.read]).execute()


MOST_FIRST = 6
ASKED_FOR = 3
"""where of such a unit it stands whether nothing was sent before it"""


def _turn_along(unit: work.Unit) -> None:
    """Whoever takes back that theirs stands here has the conflict open again; done again, it is settled again."""
    if unit.reverses is None or not any(change.table in TABLES for change in unit.changes):
        return
    back = unit.mode == "undo"
    values = {"unit": unit.number, "settled": None if back else now(), "kept": "ours" if back else "theirs"}
    Conflict.update(values).where(Conflict.unit == unit.reverses).execute()


work.along += [_send_along, _all_waits, _links_along, _turn_along]
