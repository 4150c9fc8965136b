"""What was changed on the site comes here: read by cursor, page by page, each page one unit of *Viper* (VP-3, BX-34).

A page and the cursor after it are written in one transaction, so a round that ends in the middle is taken up where it
stopped. What the CRM itself has sent comes back like everything else, and is known by its etag. Nothing is made here:
clients are made in the CRM first (VP-11, VP-12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm import access, clock, work
from channergy_crm.errors import CRMError, Mistake, Refused
from channergy_crm.language import N_, _, counted
from channergy_crm.records import BY_TABLE
from channergy_crm.records.lookups import choices, forget
from channergy_crm.records.sales import Opportunity
from channergy_crm.records.sync import Met, Outgoing, OutState, SyncLink
from channergy_crm.services import lookups, rights, team_notices
from channergy_crm.services.rights import Program
from channergy_crm.sync import agreeing, fields, links, turns
from channergy_crm.sync.merging import merge
from channergy_crm.sync.viper.wire import Theirs
from channergy_crm.work import key_field
from channergy_crm.work.stored import derive

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.sync.fields import Mapped, Names
    from channergy_crm.sync.merging import Merged, Value
    from channergy_crm.sync.tally import Tally
    from channergy_crm.sync.turns import Turn
    from channergy_crm.sync.viper.wire import Kind, Site
    from channergy_crm.work.record import Record

    Progress = Callable[[int, int, str], object]

TABLES: dict[Kind, str] = {kind: table for table, kind in fields.KINDS.items()}  # type: ignore[misc]
PAGE = 200
STAGES = ("CRMOpportunities", "Stage")
LONGEST_STAGE, MOST_NEW_STAGES, MOST_STAGES = 60, 20, 200
"""signs of a stage that joins the list by itself; how many do so in one round; how long the list may be then"""
UNLISTED = N_(
    "Viper has stages that are not known here and are too many or too long to be added by themselves, such as "
    "“{stage}”. Add those you want in Settings > Lists and fields; until then such a deal keeps its stage here."
)
CAME = N_("Viper: {records}")
OTHERWISE_ALL = N_("Viper said otherwise at the first connection, ours is sent")
OTHERWISE = N_("Viper said otherwise, ours is sent: {records}")


class Disputed(NamedTuple):
    """A field in which the two sides differ from now on: what is here, and what the site says, as it stands here."""

    record: Record
    name: str
    ours: object
    theirs: object


def pull(site: Site, kind: Kind, turn: Turn, tally: Tally, step: Progress) -> None:
    """Take all that has changed there since the last time, of one kind."""
    done, more = 0, True
    while more:
        step(done, 0, _("Reading from Viper"))
        since = turns.cursor(kind)
        page = site.changed_since(kind, since, PAGE)
        step(done, 0, _("Reading from Viper"))
        if page.cursor != since or page.items:
            take(kind, page.items, turn, tally, page.cursor)
        done += len(page.items)
        more = page.more and page.cursor != since


def take(kind: Kind, items: Sequence[Theirs], turn: Turn, tally: Tally, cursor: str | None = None) -> None:
    """Let records here be as these are there, in one unit; with the cursor that comes after them.

    Where something refuses all of them, each is tried by itself, and the one that cannot be is passed over and told.
    """
    try:
        _take(kind, items, turn, tally, cursor)
    except (Mistake, Refused) as error:
        if len(items) > 1:
            for item in items:
                take(kind, [item], turn, tally)
        else:
            _pass_over(kind, items, turn, tally, error)
        with turn.writing():
            if cursor is not None:
                turns.keep(kind, cursor)


def _take(kind: Kind, items: Sequence[Theirs], turn: Turn, tally: Tally, cursor: str | None) -> None:
    before = tally.copied()
    try:
        with work.unit(CAME, by=Program.VIPER, records="") as unit:
            turn.hold()
            page = _Page(TABLES[kind], kind, items, unit, tally)
            changed = page.apply()
            agreeing.settle(page.table, page.held)
            unit.say(CAME, records=counted(page.record, changed))
            if cursor is not None:
                turns.keep(kind, cursor)
    except BaseException:
        tally.back_to(before)
        forget()
        raise
    _note(page.disputed)


def lead_again(turn: Turn, tally: Tally) -> None:
    """Deals that were changed here though they are led there, by undo or while the sync was off, are once more as the
    site said last (VP-46, K23).
    """
    table = TABLES["programs"]
    there = (SyncLink.table == table) & (SyncLink.key == Outgoing.key) & (SyncLink.met == Met.SYNCED.value)
    waits = (Outgoing.table == table) & (Outgoing.state == OutState.WAITING.value)
    # All numbers first: asked for in their order, every link there is would be gone through.
    numbers = sorted(SyncLink.select(SyncLink.number).join(Outgoing, on=there).where(waits).scalars())
    for start in range(0, len(numbers), PAGE):
        part = SyncLink.select().where(SyncLink.number.in_(numbers[start : start + PAGE]))
        said = [Theirs(each.remote, each.etag, links.base(each), shown=links.read(each.shown)) for each in part]
        with work.unit(CAME, by=Program.VIPER, records="") as unit:
            turn.hold()
            page = _Page(table, "programs", said, unit, tally, again=True)
            unit.say(CAME, records=counted(page.record, page.apply()))


def apply(
    kind: Kind, items: Sequence[Theirs], unit: work.Unit, tally: Tally,
    disputed: list[tuple[str, str, str, object, object]],
) -> int:  # fmt: skip
    """Within a unit of somebody else's: let records here be as these are there; how many were changed. In which fields
    they differ is added to `disputed`: table, key, field, ours, theirs.
    """
    page = _Page(TABLES[kind], kind, items, unit, tally)
    changed = page.apply()
    table = TABLES[kind]
    disputed += [(table, str(each.record.key), each.name, each.ours, each.theirs) for each in page.disputed]
    return changed


def _pass_over(kind: Kind, items: Sequence[Theirs], turn: Turn, tally: Tally, error: CRMError) -> None:
    """Something here refuses a record of the site as a whole: it stays as it is, and that is a conflict."""
    with turn.writing():
        for remote, link in links.at(TABLES[kind], [item.id for item in items]).items():
            tally.conflicts += links.conflict(link.table, link.key, "", "", f"{remote}: {error.message}")


def _note(disputed: Sequence[Disputed]) -> None:
    """The history of each record tells what the site said of it; taken back, that is what stands here."""
    if not disputed:
        return
    about = type(disputed[0].record)
    with work.unit(OTHERWISE, by=Program.VIPER, records=counted(about, len({each.record.key for each in disputed}))):
        for each in disputed:
            work.current().note(about, each.record.key, "update", {each.name: each.theirs}, {each.name: each.ours})


class _Page:
    """Some records of the site of one kind, and what they are here."""

    def __init__(
        self, table: str, kind: Kind, items: Sequence[Theirs], unit: work.Unit, tally: Tally, *, again: bool = False
    ) -> None:  # fmt: skip
        self._again = again
        self.table, self.kind, self.unit, self.tally = table, kind, unit, tally
        self.items = list({item.id: item for item in items}.values())
        self.record: type[Record] = BY_TABLE[table]
        self.mapped = {each.remote: each for each in fields.of(table, fields.Direction.BOTH, fields.Direction.BACK)}
        self.once = fields.once(table)
        self.links = links.at(table, [item.id for item in items])
        self.disputed: list[Disputed] = []
        self.held: list[Record] = []
        """those that are here, as they are from now on"""
        self._saved: list[Record] = []
        self._met: list[list[object]] = []
        self._waits: list[object] = []
        self._differs: list[tuple[links.Differs, Disputed | None]] = []

    def apply(self) -> int:
        """Write them; how many records here were changed."""
        fresh = [(item, link) for item in self.items if (link := self._known(item)) is not None]
        keys = [int(link.key) for _item, link in fresh]
        held = {each.key: each for each in work.locked(self.record, key_field(self.record).in_(keys))} if keys else {}
        gone = links.forgotten(self.table, keys)  # while the rows were waited for
        known = fields.names(list(held.values()))
        for item, link in (each for each in fresh if each[1].key not in gone):
            self._one(item, link, held.get(int(link.key)), known)
        self.held = list(held.values())
        changed = self.unit.save_many(self._saved)
        links.write_met(self._met)
        links.wait(self.table, self._waits)
        self._keep_what_differs()
        self.tally.taken[self.kind] += changed
        return changed

    def _known(self, item: Theirs) -> SyncLink | None:
        """The link of a record that has changed there and is ours; what else there is to say of it is said."""
        link = self.links.get(item.id)
        if link is None:
            self.tally.strangers[self.kind] += not (item.deleted or item.merged_into)
        elif link.met == Met.FORGOTTEN.value:
            return None
        elif item.deleted or item.merged_into:
            self._gone(item, link)
        elif self._again or link.etag != item.etag or link.met != Met.SYNCED.value:
            return link
        elif dict(item.shown) != links.read(link.shown):
            SyncLink.update(shown=links.written(item.shown)).where(SyncLink.number == link.number).execute()
        return None

    def _gone(self, item: Theirs, link: SyncLink) -> None:
        """It is told, and never made again by itself."""
        state = Met.MERGED_THERE if item.merged_into else Met.GONE_THERE
        if link.met != state.value:
            count = self.tally.merged if item.merged_into else self.tally.gone
            count[self.kind] += 1
        links.met(link, state, etag=item.etag)

    def _one(self, item: Theirs, link: SyncLink, held: Record | None, known: Names) -> None:
        if held is None:
            gone = Met.MERGED_HERE if link.met == Met.MERGED_HERE.value else Met.GONE_HERE
            links.met(link, gone)  # its etag stays: brought back here, what was missed is merged by the next answer
            return
        ours = {name: _value(fields.said(each, held, known)) for name, each in self.mapped.items()}
        before = links.base(link)
        merged = merge(before, ours, values(item.values), self.mapped.values())
        self._learn_stages(merged.to_us)
        refused = put(held, self._wanted(merged, item), self.mapped) if merged.to_us else {}
        if held.changes():
            self._saved.append(held)
        self._dispute(held, merged, refused, ours)
        base = merged.base | {name: before.get(name) for name in refused}
        for each in self.once:
            if each.remote not in base:  # it was there before the two were connected: what is here now counts as sent
                base[each.remote] = _value(fields.said(each, held, known))
        shown = links.written(item.shown)
        self._met.append([Met.SYNCED.value, item.etag, links.written(base), str(clock.now()), shown, link.number])
        if merged.to_them:
            self._waits.append(held.key)

    def _wanted(self, merged: Merged, item: Theirs) -> dict[str, Value]:
        """What is to stand here; all that only comes back is said again, for one of them may bring another along."""
        back = [name for name, each in self.mapped.items() if each.direction == fields.Direction.BACK]
        return merged.to_us | {name: merged.base[name] for name in back if name in item.values}

    def _dispute(self, held: Record, merged: Merged, refused: Mapping[str, str], ours: Mapping[str, Value]) -> None:
        for each in merged.conflicts:
            mapped = self.mapped[each.remote]
            theirs = _read(mapped, each.theirs)
            said = Disputed(held, mapped.name, held.__data__[mapped.name], theirs) if theirs is not None else None
            self._differs.append((links.Differs(held.key, mapped.name, each.ours, each.theirs), said))
        for remote in refused:
            said_there = merged.base[remote]
            self._differs.append((links.Differs(held.key, self.mapped[remote].name, ours[remote], said_there), None))

    def _keep_what_differs(self) -> None:
        """What was not known yet is a conflict, and stands in the history of its record."""
        new = links.conflicts(self.table, [each for each, _said in self._differs])
        self.tally.conflicts += sum(new)
        told = zip(new, self._differs, strict=True)
        self.disputed += [said for is_new, (_differs, said) in told if is_new and said is not None]

    def _learn_stages(self, values: Mapping[str, Value]) -> None:
        """A stage that is not known here joins the list, and whoever leads the office is told (VP-57, VP-58)."""
        for remote, value in values.items():
            mapped = self.mapped[remote]
            if mapped.record is not Opportunity or mapped.name != "stage" or not value:
                continue
            if fields.stage_here(stage := str(value)) is not None:
                continue
            if self._may_join(stage):
                lookups.add(*STAGES, stage, Program.VIPER)
                forget()
                self.tally.stages.append(stage)
                tell(_("A stage that was not known here: “{stage}”. It is in the list Stage now.").format(
                    stage=stage))  # fmt: skip
            else:
                self.tally.unlisted += 1
                if self.tally.unlisted == 1:
                    tell(_(UNLISTED).format(stage=stage[:LONGEST_STAGE]))

    def _may_join(self, stage: str) -> bool:
        """A site that is broken does not fill the list."""
        few = len(self.tally.stages) < MOST_NEW_STAGES and len(choices(*STAGES)) < MOST_STAGES
        return few and len(stage) <= LONGEST_STAGE and Opportunity.kind("stage").check(stage) is None


def tell(said: str) -> None:
    """Whoever leads the office is told; while Security is off that is everybody."""
    leading = [each.id for each in access.operators() if (held := access.standing(each.id)) and held.administrator]
    for operator in leading if rights.is_secured() else [""]:
        team_notices.send(said, operator, Program.VIPER)


def put(record: Any, values: Mapping[str, Value], mapped: Mapping[str, Mapped]) -> dict[str, str]:
    """Let a record hold what the site says, not yet saved; by the site's name why a value cannot stand here."""
    refused: dict[str, str] = {}
    before = record.held()
    while True:
        wanted = {name: value for name, value in values.items() if name not in refused}
        refused |= _fill(record, wanted, mapped)
        derive(record)
        _fill(record, {name: value for name, value in wanted.items() if name not in refused}, mapped)
        problems = record.problems(record.changes()) if record.changes() else {}
        wrong = {name: said for name in wanted if name not in refused and (said := problems.get(mapped[name].name))}
        if not problems:
            return refused
        said = next(iter(problems.values()))
        refused |= wrong or dict.fromkeys(wanted, said)
        record.hold(before)
        before = record.held()


def _fill(record: Record, values: Mapping[str, Value], mapped: Mapping[str, Mapped]) -> dict[str, str]:
    refused = {}
    for name, value in values.items():
        try:
            fields.put(mapped[name], record, value)
        except Mistake as error:
            refused[name] = error.message
    return refused


def _read(mapped: Mapped, value: Value) -> object:
    """A value of the site as it would stand here; None where it cannot."""
    try:
        return mapped.way.back(mapped.record.kind(mapped.name), value)
    except Mistake:
        return None


def values(held: Mapping[str, object]) -> dict[str, Value]:
    """Values of the wire as they are merged: what is neither text nor a number is read as text."""
    return {name: _value(value) for name, value in held.items()}


def _value(value: object) -> Value:
    return value if value is None or isinstance(value, str | int | float) else str(value)
