"""What waits in the outbox goes to the site: parents before children, in batches, each change once (VP-3, VP-4).

That a row is being sent, and under which key, stands in the store before the site hears of it. Whoever finds it so
after a crash, or has heard no answer, sends it again under the same key: the site does it once. No lock is held while
the network is waited for.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING
from uuid import uuid4

import peewee

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import BY_TABLE
from channergy_crm.records.sync import Met, Outgoing, OutState, SyncLink
from channergy_crm.services import history
from channergy_crm.sync import agreeing, fields, links, pulling, sent
from channergy_crm.sync.merging import first, merge
from channergy_crm.sync.sent import Ready
from channergy_crm.sync.viper.wire import MOST_ITEMS, Busy, Item, Lost, NotSent, Refused, Theirs
from channergy_crm.work import UnitRow, key_field

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from channergy_crm.sync.fields import Names
    from channergy_crm.sync.pulling import Progress
    from channergy_crm.sync.tally import Tally
    from channergy_crm.sync.turns import Turn
    from channergy_crm.sync.viper.wire import Kind, Outcome, Site
    from channergy_crm.work.record import Record

MOST_PASSES = 5
"""so often one that was changed there in the same moment is merged and sent again in one round"""
STUBBORN = 3
"""so often records are sent together without an answer; after that the one the site stumbles over is looked for"""
MOST_STUMBLES = 2
"""records that get no answer by themselves, before the site is taken to give none to any"""
BEGUN = (OutState.SENDING.value, OutState.UNKNOWN.value)
DUE = (OutState.WAITING.value, *BEGUN)
GONE_HERE = "gone_here"
"""of what is held: it was deleted here, and whether it was made there nobody knows"""
GONE = (Met.GONE_THERE.value, Met.MERGED_THERE.value, Met.FORGOTTEN.value)


def come(now: datetime) -> peewee.ColumnBase:
    """The condition that it is time to send something. A moment further off than any delay was told by a clock that was
    wrong.
    """
    at = Outgoing.next_try
    return at.is_null() | (at <= now) | (at > now + 2 * links.LONGEST)


class Pusher:
    """Sends what waits of one kind. `step` raises between two batches when it is to stop."""

    def __init__(self, site: Site, kind: Kind, turn: Turn, tally: Tally, step: Progress) -> None:
        self.site, self.kind, self.turn, self.tally, self.step = site, kind, turn, tally, step
        self.table = pulling.TABLES[kind]
        self.record: type[Record] = BY_TABLE[self.table]
        self.answered, self.stumbles = False, 0

    def take_up(self) -> None:
        """What was begun and whose end nobody saw: asked for under its key, before anything is read from the site.
        What the site stumbles over again and again waits for its time, so that it keeps nothing else back.
        """
        self._pass(BEGUN, (Outgoing.tries <= STUBBORN) | come(clock.now()))

    def send(self) -> None:
        """All that waits and can be sent; what lacks something was held before (`outbox.sort_out`)."""
        for _time in range(MOST_PASSES):
            if not self._pass(DUE, come(clock.now())):
                return

    def _pass(self, states: Sequence[str], which: peewee.ColumnBase) -> bool:
        """Send these once, the oldest first; whether something of it is to be sent again at once."""
        waits = (Outgoing.table == self.table) & Outgoing.state.in_(list(states)) & which
        rows = Outgoing.select(Outgoing.number).where(waits).order_by(Outgoing.number).tuples().iterator()
        numbers = array("q", (row[0] for row in rows))
        again = False
        for start in range(0, len(numbers), MOST_ITEMS):
            self.step(start, len(numbers), _("Sending to Viper"))
            again |= self._batch(list(numbers[start : start + MOST_ITEMS]))
        return again

    # ---------------------------------------------------------------- what need not be sent

    def put_away(self) -> None:
        """What was changed here last by deleting it: nothing is deleted there, and it is told."""
        key = key_field(self.record)
        there = self.record.select(peewee.Value(1)).where(key == Outgoing.key.cast("INTEGER"))
        mine = (Outgoing.table == self.table) & Outgoing.state.in_(list(DUE)) & ~peewee.fn.EXISTS(there)
        gone = list(Outgoing.select().where(mine))
        for start in range(0, len(gone), MOST_ITEMS):
            with self.turn.writing():
                self._part(gone[start : start + MOST_ITEMS])

    def _part(self, rows: Sequence[Outgoing]) -> None:
        """These records are not here any more. One whose making nobody saw the end of is made under its key again,
        should it come back.
        """
        known = links.of(self.table, [row.key for row in rows])
        units = UnitRow.number.in_([row.unit for row in rows]) & (UnitRow.name == history.MERGE)
        merging = set(UnitRow.select(UnitRow.number).where(units).scalars())
        for row in rows:
            link = known.get(row.key)
            if link is not None and link.met not in GONE:
                links.met(link, Met.MERGED_HERE if row.unit in merging else Met.GONE_HERE)
            self._forget(row, keep=link is None and bool(row.request))

    def _forget(self, row: Outgoing, *, keep: bool) -> None:
        mine = (Outgoing.number == row.number) & (Outgoing.unit == row.unit)
        if keep:
            held = {"state": OutState.HELD.value, "reason": GONE_HERE, "next_try": None}
            Outgoing.update(held).where(mine).execute()
        else:
            Outgoing.delete().where(mine).execute()

    # ---------------------------------------------------------------- a batch

    def _batch(self, numbers: Sequence[int]) -> bool:
        rows = list(Outgoing.select().where(Outgoing.number.in_(numbers)).order_by(Outgoing.number))
        key = key_field(self.record)
        found = self.record.select().where(key.in_([int(row.key) for row in rows]))
        held = {str(each.key): each for each in found}
        known, names = links.of(self.table, held), fields.names(list(held.values()))
        going: list[Ready] = []
        over: list[Outgoing] = []
        short: list[Outgoing] = []
        for row in rows:
            record, link = held.get(row.key), known.get(row.key)
            if record is None:
                continue
            if link is None and not row.request and not sent.has_parents(record, names):
                short.append(row)
            elif (one := self._ready(row, record, link, names)) is not None:
                going.append(one)
            else:
                over.append(row)
        if going or over or short:
            with self.turn.writing():
                for row in over:
                    self._forget(row, keep=False)
                agreeing.settle(self.table, [held[row.key] for row in over])
                for row in short:
                    self._turn(row, OutState.HELD, "", reason="account_held")
                going = sent.mark(going)
        return self._send(going) if going else False

    def _ready(self, row: Outgoing, record: Record, link: SyncLink | None, names: Names) -> Ready | None:
        """What is to be said of a record; None where there is nothing to say."""
        request = row.request or uuid4().hex
        if link is None:
            told = first(pulling.values(fields.values(record, names, new=True)), fields.of(self.table))
            return Ready(row, record, None, Item(request, "", "", told))
        if link.met in GONE or self.kind == "programs":
            return None
        base = links.base(link)
        ours = pulling.values(fields.values(record, names, new=False))
        told = merge(base, ours, base, fields.of(self.table, fields.Direction.BOTH)).to_them
        if self.kind == "contacts":
            self.tally.unsent += any(each.name == "email" for each in fields.not_sent(record, base, names))
        if not told and not row.request and link.met == Met.SYNCED.value:
            return None
        return Ready(row, record, link, Item(request, link.remote, link.etag, told))

    def _send(self, going: Sequence[Ready]) -> bool:
        try:
            outcomes = self.site.send(self.kind, [each.item for each in going])
        except (Busy, NotSent, Refused) as error:
            self._not_heard(going, error.message)
            raise
        except Lost as error:
            self._perhaps(going, error.message)
            if max(each.row.tries for each in going) >= STUBBORN:
                return self._by_halves(going, error)
            self.tally.later += len(going)
            raise
        self.answered = True
        return self._heard(list(zip(going, outcomes, strict=True)))

    def _by_halves(self, going: Sequence[Ready], error: Lost) -> bool:
        """One record the site stumbles over keeps no other one back; it alone is tried later."""
        if len(going) > 1:
            middle, again = len(going) // 2, False
            for part in (going[:middle], going[middle:]):
                self.step(0, len(part), _("Sending to Viper"))
                again |= self._send(part)
            return again
        self.tally.later += 1
        self.stumbles += 1
        if self.stumbles > MOST_STUMBLES and not self.answered:
            raise error
        return False

    def _not_heard(self, going: Sequence[Ready], why: str) -> None:
        """Nothing of it was done this time; of what was begun before still nobody knows."""
        self.tally.later += len(going)
        with self.turn.writing():
            for each in going:
                begun = each.row.state if each.row.request else OutState.WAITING.value
                values = {"state": begun, "error": why, "request": each.row.request}
                Outgoing.update(values).where(Outgoing.number == each.row.number).execute()

    def _perhaps(self, going: Sequence[Ready], why: str) -> None:
        """Somebody perhaps heard it: it goes again under the same key, before anything is read from the site."""
        now = clock.now()
        with self.turn.writing():
            for each in going:
                each.row.state, each.row.request = OutState.UNKNOWN.value, each.item.request_key
                again = links.again(each.row.tries + 1, now)
                values = {"state": OutState.UNKNOWN.value, "error": why, "next_try": again, "tries": each.row.tries + 1}
                Outgoing.update(values).where(Outgoing.number == each.row.number).execute()

    # ---------------------------------------------------------------- what became of it

    def _heard(self, told: Sequence[tuple[Ready, Outcome]]) -> bool:
        """Write what the site has said; whether something is to be sent again."""
        done = [(each, said) for each, said in told if said.status == "done"]
        met = [(each, said) for each, said in told if said.status == "conflict"]
        with self.turn.writing():
            sent.hold([each for each, _said in told])
            done = self._without_strange(done)
            sent.write_links(self.table, done)
            agreeing.settle(self.table, [each.record for each, _said in done])
            sent.over([each for each, _said in done if not each.row.request])
            sent.wait_again([each for each, _said in done if each.row.request])
            for each, said in told:
                if said.status not in ("done", "conflict"):
                    self._not_done(each, said)
            sent.wait_again([each for each, _said in met])
        for each, _said in done:
            (self.tally.sent if each.link is not None else self.tally.made)[self.kind] += 1
        if met:
            theirs = [Theirs(said.remote_id or each.item.remote_id, said.etag, said.values) for each, said in met]
            pulling.take(self.kind, theirs, self.turn, self.tally)
        return bool(met) or any(each.row.request for each, _said in done)

    def _without_strange(self, done: Sequence[tuple[Ready, Outcome]]) -> list[tuple[Ready, Outcome]]:
        """Those whose answer can be: the site does not say of two records here that they are one there."""
        known = links.at(self.table, [said.remote_id for each, said in done if each.link is None])
        found, seen = [], {remote: link.key for remote, link in known.items()}
        for each, said in done:
            if each.link is None and seen.setdefault(said.remote_id, each.row.key) != each.row.key:
                why = _("Viper takes it for another record that is here already.")
                self._turn(each.row, OutState.REFUSED, why)
                self.tally.refused += 1
            else:
                found.append((each, said))
        return found

    def _not_done(self, each: Ready, said: Outcome) -> None:
        if said.status == "refused":
            self._turn(each.row, OutState.REFUSED, said.said)
            self.tally.refused += 1
        elif said.status == "gone" and each.link is not None:
            merged = said.remote_id not in ("", each.item.remote_id)
            links.met(each.link, Met.MERGED_THERE if merged else Met.GONE_THERE)
            (self.tally.merged if merged else self.tally.gone)[self.kind] += 1
            self._forget(each.row, keep=False)
        else:
            begun = said.status == "unknown" or bool(each.row.request)
            state, request = (OutState.UNKNOWN, each.item.request_key) if begun else (OutState.WAITING, "")
            again, tries = links.again(each.row.tries + 1, clock.now()), each.row.tries + 1
            values = {"state": state.value, "error": said.said, "next_try": again, "tries": tries, "request": request}
            Outgoing.update(values).where(Outgoing.number == each.row.number).execute()
            self.tally.later += 1

    def _turn(self, row: Outgoing, state: OutState, said: str, **values: object) -> None:
        """How a row stands; one that was changed meanwhile waits, for it is another one now."""
        held = {"state": state.value, "error": said, "request": "", "reason": "", **values}
        unchanged = (Outgoing.number == row.number) & (Outgoing.unit == row.unit)
        if not Outgoing.update(held).where(unchanged).execute():
            sent.wait_again_where(Outgoing.number == row.number)
