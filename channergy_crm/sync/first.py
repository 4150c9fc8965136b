"""The first connection: an office that has clients meets a site that has some too (VP-1, VP-3).

Companies are known by name and address, contacts by their e-mail address; programs are not matched, for opportunities
go over once (VP-4). Looked at first, then done in one unit that is undone like an import: undo takes the links off
again and gives back what was taken over, also after rounds; what those have sent stays there. Until it is done again
nothing is sent (`is_open`); nor after a backup was put back, until what was made there since is found: then programs
too, by company, name and arrival. Of two values, one of which is empty, the other goes; where both say something, ours
is sent and theirs is kept as a conflict.
"""

from __future__ import annotations

from collections import Counter
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import peewee

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, ngettext
from channergy_crm.records import BY_TABLE
from channergy_crm.records.office import OfficeSetting
from channergy_crm.records.sync import (
    FIRST,
    SEVERAL,
    TAKES,
    Conflict,
    Cursor,
    First,
    Met,
    SyncLink,
    first_connection,
    keep_first,
)
from channergy_crm.services import rights
from channergy_crm.services.rights import Program
from channergy_crm.settings import VIPER_FIRST
from channergy_crm.store import database
from channergy_crm.store.put_back import NOTED
from channergy_crm.sync import connection, fields, links, pulling, ready
from channergy_crm.sync.companies import Company, written
from channergy_crm.sync.merging import merge
from channergy_crm.sync.same import ACCOUNTS, CONTACTS, DEALS, Held, Same, compare, fresh, named
from channergy_crm.sync.tally import Tally
from channergy_crm.sync.turns import Turn
from channergy_crm.work import key_field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from channergy_crm.sync.pulling import Progress
    from channergy_crm.sync.viper.wire import Kind, Site, Theirs

CONNECTED = N_("First connection with Viper")
SAMPLES = 5
COLUMNS = ("TableName", "RecordNo", "RemoteID", "ETag", "Base", "Shown", "State", "SyncedDt")
OF_KIND: tuple[tuple[Kind, str], ...] = (("companies", ACCOUNTS), ("contacts", CONTACTS), ("programs", DEALS))


class Sample(NamedTuple):
    """Two that are taken for one, or may be one: what ours is called, and theirs."""

    ours: str
    theirs: str


@dataclass
class Found:
    """What the first connection comes to, counted by kind (companies, contacts, programs), with some examples."""

    same: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    lacking: Counter[str] = field(default_factory=Counter)
    left: int = 0
    """accounts a person has to look at"""
    doubtful: int = 0
    """contacts there whose address several have here"""
    strangers: int = 0
    taken: int = 0
    """records here that take something over"""
    sent: int = 0
    conflicts: int = 0
    unit: int | None = None
    """once it was done"""
    pairs: list[Sample] = field(default_factory=list)
    open: list[Sample] = field(default_factory=list)

    def lines(self) -> list[str]:
        """All of it, a sentence a line."""
        accounts, contacts, lacking = self.same["companies"], self.same["contacts"], self.lacking.total()
        known = self.same["programs"]
        firms, people, programs = (self.new[kind] for kind in fields.KINDS.values())
        return [
            *_of(accounts, ngettext("{count:,} account is the same as a company there.",
                                    "{count:,} accounts are the same as companies there.", accounts)),
            *_of(firms, ngettext("{count:,} account is new there.", "{count:,} accounts are new there.", firms)),
            *_of(contacts, ngettext("{count:,} contact is the same as one there.",
                                    "{count:,} contacts are the same as some there.", contacts)),
            *_of(people, ngettext("{count:,} contact is new there.", "{count:,} contacts are new there.", people)),
            *_of(known, ngettext("{count:,} opportunity is the same as a program there.",
                                 "{count:,} opportunities are the same as programs there.", known)),
            *_of(programs, ngettext("{count:,} opportunity becomes a program.",
                                    "{count:,} opportunities become programs.", programs)),
            *_of(lacking, ngettext("{count:,} record lacks something and is not sent.",
                                   "{count:,} records lack something and are not sent.", lacking)),
            *self._left(),
        ]  # fmt: skip

    def _left(self) -> list[str]:
        """What a person has to look at, and what takes over what."""
        return [
            *_of(self.left, ngettext("{count:,} account may be one of several, and is left to you.",
                                     "{count:,} accounts may be one of several, and are left to you.", self.left)),
            *_of(self.doubtful, ngettext(
                "{count:,} contact there may be one of several here, and is left to you.",
                "{count:,} contacts there may be one of several here, and are left to you.", self.doubtful)),
            *_of(self.taken, ngettext("{count:,} record here takes over what only Viper has.",
                                      "{count:,} records here take over what only Viper has.", self.taken)),
            *_of(self.sent, ngettext("{count:,} record there takes over what stands here.",
                                     "{count:,} records there take over what stands here.", self.sent)),
            *_of(self.conflicts, ngettext(
                "{count:,} field says something else on both sides: ours is sent, theirs is kept.",
                "{count:,} fields say something else on both sides: ours is sent, theirs is kept.", self.conflicts)),
            *_of(self.strangers, ngettext(
                "{count:,} company there is none of ours and stays as it is.",
                "{count:,} companies there are none of ours and stay as they are.", self.strangers)),
        ]  # fmt: skip


def _of(count: int, sentence: str) -> list[str]:
    return [sentence.format(count=count)] if count else []


# ---------------------------------------------------------------- whether it is needed


def is_open(site: Site) -> bool:
    """Whether the two sides are still to be put together, so that nothing is sent: both have clients and none is known
    on the other side, or it was taken back, or a backup was put back.
    """
    return _is_open(site.companies)


def _is_open(companies: Callable[[], int]) -> bool:
    if is_put_back():
        return True
    held = first_connection()
    if held.opened or held.units:
        return held.opened
    if SyncLink.select().exists() or Cursor.select().where(Cursor.what.in_([FIRST, *pulling.TABLES])).exists():
        return False
    return companies() > 0 and BY_TABLE[ACCOUNTS].select().exists()


def is_put_back() -> bool:
    """Whether what is known here is older than what the other side was told: a backup was put back."""
    return Cursor.select().where(Cursor.what == NOTED).exists()


def is_needed() -> bool:
    """The same, asked of the site the office has chosen."""
    with connection.site() as site:
        return is_open(site)


# ---------------------------------------------------------------- looking and doing


def look(by: str, step: Progress, site: Site | None = None) -> Found:
    """What it would come to; nothing is written. It reads the whole site, so it runs beside the window."""
    rights.require(by, "administer")
    with _read(step, site) as (held, same):
        found = _count(same, step)
        for each, (kind, table) in zip(held, OF_KIND, strict=False):
            for part in _pairs(each, table, same):
                step(0, 0, _("Comparing with Viper"))
                _weigh(kind, table, part, found)
        _name_open(held[0], same, found)
    return found


def connect(by: str, step: Progress, site: Site | None = None) -> Found:
    """Do it, in one unit of this administrator's; all of it or, where `step` raises, nothing. Undo takes it back."""
    rights.require(by, "administer")
    if not connection.is_on():
        raise Mistake(_("Switch the sync on first."))
    disputed = list[tuple[str, str, str, object, object]]()
    found = _connect(by, step, site, disputed)
    _note(disputed)
    return found


def _connect(by: str, step: Progress, site: Site | None, disputed: list[tuple[str, str, str, object, object]]) -> Found:
    turn = Turn()
    with _read(step, site) as (held, same):
        found = _count(same, step)
        with work.unit(CONNECTED, by=by) as unit:
            turn.hold()
            unit.asked_once[TAKES] = True
            asked_for = _is_open(lambda: held[0].count)
            before = SyncLink.select(peewee.fn.MAX(SyncLink.number)).scalar() or 0
            _leave(held[0], same, found)
            for each, (kind, table) in zip(held, OF_KIND, strict=False):
                for place, part in enumerate(_pairs(each, table, same), 1):
                    step(0, 0, _("Connecting with Viper"))
                    _take(kind, table, part, unit, found, disputed)
                    if place & (place - 1) == 0:  # whenever there are twice as many
                        database.look_over("CRMSyncLinks", "CRMSyncConflicts", "CRMSyncOutbox")
            _remember()
            unit.finishing.append(lambda done: _keep(done.number, before, asked_for=asked_for))
        found.unit = unit.number
    return found


@contextmanager
def _read(step: Progress, site: Site | None) -> Iterator[tuple[list[Held], Same]]:
    """What the site holds, and which of it is ours; the line is closed again before anything is written."""
    opened: AbstractContextManager[Site] = connection.site() if site is None else nullcontext(site)
    with opened as there, ExitStack() as files:
        kinds = [kind for kind, table in OF_KIND if table != DEALS or is_put_back()]
        held = [files.enter_context(Held(there, kind, step)) for kind in kinds]
        if site is None:
            there.close()
        yield held, compare(held, step)


def _pairs(held: Held, table: str, same: Same) -> Iterator[list[tuple[int, Theirs]]]:
    """What belongs together, so many at a time: the number here, and theirs."""
    known = {ACCOUNTS: same.companies, CONTACTS: same.contacts, DEALS: same.programs}[table]
    for part in held.parts():
        if found := [(known[each.id], each) for each in fresh(table, part) if each.id in known]:
            yield found


def _count(same: Same, step: Progress) -> Found:
    """What is new there and what lacks something, of all that is not linked and has nothing there."""
    known = Counter(companies=len(same.companies), contacts=len(same.contacts), programs=len(same.programs))
    found = Found(known, left=len(same.left), doubtful=same.doubtful, strangers=same.strangers)
    matched = {ACCOUNTS: {*same.companies.values(), *same.left}, CONTACTS: set(same.contacts.values()),
               DEALS: set(same.programs.values())}  # fmt: skip
    for table, kind in fields.KINDS.items():
        step(0, 0, _("Comparing with Viper"))
        asked = ready.question(table)
        key = getattr(asked.record, key_field(BY_TABLE[table]).name)
        of_it = (SyncLink.table == table) & (SyncLink.key == key.cast("TEXT"))
        rows = asked.query.select(key, asked.first).where(
            ~peewee.fn.EXISTS(SyncLink.select(SyncLink.number).where(of_it))
        )
        for number, lacks in rows.tuples().iterator():
            if number not in matched.get(table, ()):
                (found.lacking if lacks else found.new)[kind] += 1
    return found


def _weigh(kind: Kind, table: str, part: Sequence[tuple[int, Theirs]], found: Found) -> None:
    """What taking these together would change."""
    record: Any = BY_TABLE[table]
    held = {each.key: each for each in record.select().where(key_field(record).in_([number for number, _t in part]))}
    known = fields.names(list(held.values()))
    mapped = fields.of(table, fields.Direction.BOTH, fields.Direction.BACK)
    for number, theirs in part:
        if (ours := held.get(number)) is None:
            continue
        values = pulling.values({each.remote: fields.said(each, ours, known) for each in mapped})
        merged = merge({}, values, pulling.values(theirs.values), mapped)
        found.taken += bool(merged.to_us)
        found.sent += bool(merged.to_them)
        found.conflicts += len(merged.conflicts)
        if kind == "companies" and len(found.pairs) < SAMPLES:
            found.pairs.append(Sample(ours.caption(), named(theirs).said))


def _name_open(held: Held, same: Same, found: Found) -> None:
    """Some of those that are left to a person, with what they may be."""
    some = dict(sorted(same.left.items())[:SAMPLES])
    called = _called(held, {id for ids in some.values() for id in ids})
    for number, ids in some.items():
        ours = BY_TABLE[ACCOUNTS].find(number)
        said = "; ".join(called[id].said for id in ids)
        found.open.append(Sample(ours.caption() if ours else "", said))


def _called(held: Held, wanted: set[str]) -> dict[str, Company]:
    """These by their ids; of one that was not among what was read, its id alone."""
    said = {each.id: named(each) for part in held.parts() for each in part if each.id in wanted} if wanted else {}
    return {id: Company(id, "") for id in wanted} | said


# ---------------------------------------------------------------- writing


def _leave(held: Held, same: Same, found: Found) -> None:
    """What is left to a person is not sent before somebody has said that it is another one, or looked at it anew."""
    _name_open(held, same, found)
    mine = (Conflict.table == ACCOUNTS) & (Conflict.field == SEVERAL) & Conflict.settled.is_null()
    Conflict.delete().where(mine).execute()
    settled = (Conflict.table == ACCOUNTS) & (Conflict.field == SEVERAL)
    said_so = set(Conflict.select(Conflict.key).where(settled).scalars())
    called = _called(held, {id for ids in same.left.values() for id in ids})
    said = {number: written([called[id] for id in ids]) for number, ids in same.left.items()}
    left = [links.Differs(each, SEVERAL, "", told) for each, told in said.items() if str(each) not in said_so]
    links.conflicts(ACCOUNTS, left)


def _take(
    kind: Kind, table: str, part: Sequence[tuple[int, Theirs]], unit: work.Unit, found: Found,
    disputed: list[tuple[str, str, str, object, object]],
) -> None:  # fmt: skip
    """Link these, and let each side have what only the other one says."""
    record = BY_TABLE[table]
    key = key_field(record)
    here = set(record.select(key).where(key.in_([number for number, _theirs in part])).tuples())
    there = [(number, theirs) for number, theirs in part if (number,) in here]
    now = str(clock.now())
    rows = [(table, str(number), theirs.id, "", "{}", "{}", Met.SYNCED.value, now) for number, theirs in there]
    database.insert_many("CRMSyncLinks", COLUMNS, rows)
    tally = Tally()
    found.taken += pulling.apply(kind, [theirs for _number, theirs in there], unit, tally, disputed)
    found.conflicts += tally.conflicts


def _remember() -> None:
    """When it was done stands among the settings, and in the history even where nothing else was changed."""
    row = OfficeSetting.find(VIPER_FIRST.name) or OfficeSetting(name=VIPER_FIRST.name)
    row.value = f"{clock.now():%Y-%m-%d %H:%M:%S.%f}"
    row.save()


def _keep(unit: int, before: int, *, asked_for: bool) -> None:
    Cursor.delete().where(Cursor.what == NOTED).execute()
    last = SyncLink.select(peewee.fn.MAX(SyncLink.number)).scalar() or before
    keep_first(First(False, [*first_connection().units, [unit, before + 1, last, int(asked_for)]]))


def _note(disputed: list[tuple[str, str, str, object, object]]) -> None:
    """The history of each record tells what the site said of it; taken back, that is what stands here. The list is
    empty afterwards: what is noted of a hundred thousand fields is not held twice.
    """
    if not disputed:
        return
    disputed.reverse()
    with work.unit(pulling.OTHERWISE_ALL, by=Program.VIPER) as unit:
        while disputed:
            table, key, name, ours, theirs = disputed.pop()
            unit.note(BY_TABLE[table], key, "update", {name: theirs}, {name: ours})
