"""Records out of a file: all of it in one unit of work, each record once, whatever cannot be taken said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from channergy_crm import work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted, many, one
from channergy_crm.records import Lead
from channergy_crm.services import imports, rights
from channergy_crm.store import database
from channergy_crm.transfer.importing import forgotten
from channergy_crm.transfer.importing.joining import Joining
from channergy_crm.transfer.importing.leftovers import Told, put_behind, report
from channergy_crm.transfer.importing.matching import NOTHING, Known, Reader, Signs, rule_for
from channergy_crm.transfer.importing.outcome import Outcome
from channergy_crm.transfer.importing.plan import Plan, propose
from channergy_crm.transfer.importing.rows import Problem, Rows
from channergy_crm.transfer.importing.rows import split_name as split_name
from channergy_crm.transfer.importing.tagging import Tagged
from channergy_crm.transfer.reading.losses import Losses
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.work import bulk
from channergy_crm.work.long_lists import let_go, uncollected

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.text.days import Order
    from channergy_crm.work.record import Record

Progress = Callable[[int, int, str], None]

STEP = 250  # rows between two words of progress
TOGETHER = 500  # records changed at once
ANOTHERS = N_("Numbers of another program than those that are here, kept apart from them")


class _Wanted(NamedTuple):
    """One row that can be taken, unless the office has it already."""

    number: int
    signs: Signs
    columns: tuple[object, ...]
    given: dict[str, object]
    cells: Sequence[str]
    told: tuple[Told, ...] = ()


class _Changed(NamedTuple):
    """One row about a record that is there: what it says of it."""

    number: int
    key: object
    given: dict[str, object]
    cells: Sequence[str]


class _Sorted(NamedTuple):
    """The rows that make a record, those that may say something new of one that is there, and the numbers that other
    programs have for records that stay as they are.
    """

    new: list[_Wanted]
    changed: list[_Changed]
    numbered: list[_Changed]


def import_leads(path: Path, *, operator: str, progress: Progress | None = None, encoding: str = "") -> Outcome:
    """Take the leads of a file into the office as the file itself suggests; those that are there stay as they are.

    Days that read both ways are read as they are written in the office's country.
    """
    rights.require(operator, "import", Lead)
    order: Order = "MDY" if database.region() in ("US", "PH", "FM", "MH", "PW") else "DMY"
    plan = propose(Lead, open_source(path, encoding=encoding))
    return run(Plan(**{**vars(plan), "order": order}), operator=operator, progress=progress)


def run(plan: Plan, *, operator: str, progress: Progress | None = None, dry_run: bool = False) -> Outcome:
    """Do what the plan says, as one unit of work that Undo and `imports.reject` take back; a dry run only counts.

    A row without a description gets the company, the person's name or the e-mail address as a lead's description. A
    lead is there already, also a removed or converted one, or as an earlier row of the file, with

    - the same phone number, the same person's name and the same company, or
    - the same e-mail address and the same person's name, or
    - where neither phone nor e-mail is known: the same person's name, company and description;

    upper and lower case, accents and the way a number is written do not matter, so a second run changes nothing. What
    the other records are known again by the record type says of itself.

    Records belong to `operator`, unless the file has a column of operators. `progress` is told how far it is, of how
    much, and at what; what it raises ends the import with nothing changed.
    """
    if dry_run:
        return rehearse(plan, operator=operator, progress=progress)[0]
    with uncollected():
        work_at_hand = _begun(plan, operator, progress)
        work_at_hand.write()
    return work_at_hand.outcome


def rehearse(plan: Plan, *, operator: str, progress: Progress | None = None) -> tuple[Outcome, Rows]:
    """What the import would do, and what reads its rows, to check one of them again."""
    with uncollected():
        work_at_hand = _begun(plan, operator, progress)
        work_at_hand.count()
    return work_at_hand.outcome, work_at_hand.rows


def _begun(plan: Plan, operator: str, progress: Progress | None) -> _Import:
    rights.require(operator, "import", plan.record)
    rights.require_shown(plan.record, plan.columns.values(), operator)
    if not plan.columns:
        raise Mistake(
            _(
                "None of the columns of {file} is known ({columns}). "
                "Its first row must hold the column titles, such as First Name, Company, Phone."
            ).format(file=plan.source.path.name, columns=", ".join(plan.source.header[:6]))
        )
    for place, example in plan.unanswered.items():
        raise Mistake(
            _(
                "Column {column} seems to say who must not be called or written to, such as “{example}”. Say what "
                "becomes of it: --map {place}=do_not_call, {place}=other_refusal, or {place}= to leave it out."
            ).format(column=plan.title(place), example=example[:80], place=place + 1)
        )
    work_at_hand = _Import(plan, operator, progress)
    work_at_hand.read()
    return work_at_hand


class _Import:
    """One run of a plan."""

    def __init__(self, plan: Plan, operator: str, progress: Progress | None) -> None:
        self._plan, self._operator, self._progress = plan, operator, progress
        self._reader = Reader(plan.record, rule_for(plan.record, plan.match_by), self._filled())
        self.rows = Rows(plan, operator, plan.settled())
        self._wanted: list[_Wanted] = []
        self._tagged = Tagged(plan.record, plan.columns)
        self._joining = Joining(plan.record, plan.columns, operator)
        self._told = Losses()
        self._key, self._kinds = self.rows.key, plan.record.kinds()
        imported = self._reader.imported
        self._numbered = self.rows.many.names.index(imported.name) - 1 if imported is not None else -1
        self._links = [(self.rows.many.names.index(name) - 1, name, links) for name, links in self.rows.links.items()]
        self.outcome = Outcome(problems=self.rows.problems)

    def _filled(self) -> list[str]:
        """The fields the file fills."""
        kinds = self._plan.record.kinds()
        names = (name for name in dict.fromkeys(self._plan.columns.values()) if name in kinds)
        return [name for name in names if not kinds[name].counted]

    def read(self) -> None:
        """Read and check every row, before anything is locked."""
        source, updating = self._plan.source, self._plan.on_match == "update"
        for count, row in enumerate(self._plan.rows()):
            if self._progress and count % STEP == 0:
                reading = _("Reading row {number} of {file}").format(number=row.number, file=source.path.name)
                self._say(min(row.number, source.lines), reading)
            values = self.rows.read(row)
            if values is None:
                self.outcome.failed(row.number, row.values)
                continue
            self._tagged.read(row)
            self._joining.read(row)
            given = values.given if updating or self._key else {}
            signs = NOTHING if self._plan.on_match == "create" else self._reader.read(values.held, values.given)
            columns = tuple(values.held.values())
            cells = row.values if updating or self._key or self.rows.fixed else ()
            self._wanted.append(_Wanted(row.number, signs, columns, given, cells, values.told))
        self.outcome.slips = self.rows.slips()
        self._told = Losses().add(source.losses).add(self.rows.left.lost).add(self._joining.lost)

    def count(self) -> None:
        """What the import would do."""
        found = self._sort_out(self._known())
        self.outcome.taken = len(found.new)
        for _part in self._changes(found.changed):
            pass
        self._count_made()
        let_go(found.new, found.changed, found.numbered, self._wanted)

    def write(self) -> None:
        """Do it, all or nothing."""
        record, outcome = self._plan.record, self.outcome
        known = self._known()
        with work.unit("Import {records}", by=self._operator, records=many(record)) as unit:
            bulk.alone()
            known.read_newer()
            found = self._sort_out(known)
            real = self._make_links(unit, found)
            rows = [self._linked(each.columns, real) for each in found.new]
            rows, outcome.forgotten = forgotten.marked(record, self.rows.many.names[1:], rows, self._operator)
            report = (lambda done: self._saving(done, len(rows))) if self._progress else None
            numbers = bulk.reserve(record, len(rows))
            self.rows.many.insert(unit, rows, numbers, report)
            outcome.taken = len(rows)
            changed = [each._replace(given=self._linked_values(each.given, real)) for each in found.changed]
            for records in self._changes(changed):
                unit.save_many(records)
            for records in self._numbers(found.numbered):
                unit.save_many(records)
            made = [(each.number, key) for each, key in zip(found.new, numbers, strict=True)]
            known_ones = [(each.number, int(str(each.key))) for each in changed]
            self._tagged.put_on(made, known_ones, self._operator)
            self._joining.put_in([*made, *known_ones])
            unit.message = outcome.title(record, self._plan.source.path.name)
            run = imports.Run(record=record, file=self._plan.source.path.name, by=self._operator,
                              created=outcome.taken, updated=outcome.updated, skipped=outcome.skipped,
                              refused=len(outcome.refused))  # fmt: skip
            unit.finishing.append(run.note)
        outcome.unit, outcome.run = unit.number, run.number
        let_go(found.new, found.changed, found.numbered, changed, rows, self._wanted)

    def _known(self) -> Known:
        known = Known(self._plan.record, self._reader, [each.signs for each in self._wanted])
        if others := known.others():
            self._wanted = [self._renamed(each, others) for each in self._wanted]
            known = Known(self._plan.record, self._reader, [each.signs for each in self._wanted])
        return known

    def _renamed(self, wanted: _Wanted, others: Mapping[str, str]) -> _Wanted:
        """A row whose numbers are another program's than those called so here (F-0)."""
        imported = self._reader.imported
        if imported is None or not wanted.signs.numbers:
            return wanted
        before = str(wanted.columns[self._numbered])
        now = imported.renamed(before, others)
        if now == before:
            return wanted
        self._told.tell(_(ANOTHERS), wanted.number, now, kept=True)
        columns, given = list(wanted.columns), dict(wanted.given)
        columns[self._numbered] = now
        if imported.name in given:
            given[imported.name] = now
        signs = wanted.signs._replace(numbers=imported.numbers(now))
        return wanted._replace(signs=signs, columns=tuple(columns), given=given)

    def _sort_out(self, known: Known) -> _Sorted:
        """What is new, and what is there; of the others the outcome tells which record they are."""
        found, single, again = _Sorted([], [], []), one(self._plan.record), self._plan.on_match
        stored = self._stored_keys()
        for each in self._wanted:
            key = each.given.get(self._key) if self._key else None
            if key is not None and key not in stored:
                self._refuse(each, _("There is no {record} {name}.").format(record=single, name=key))
                continue
            number = key if key is not None else known.number(each.signs)
            if number is None and again == "update":
                number = known.only(each.signs)
            row = known.row(Signs([f"\0{key}"]) if key is not None else each.signs, each.number)
            if row is not None and (number is None or again == "update"):
                self.outcome.already.append((each.number, _("It is the same as row {row}.").format(row=row)))
            elif number is None and (unfit := self._unfit(each)):
                self.outcome.problems.append(unfit)
                self.outcome.failed(each.number, each.cells)
            elif number is None:
                found.new.append(each)
            elif again == "update":
                given = {name: value for name, value in each.given.items() if name != self._key}
                found.changed.append(_Changed(each.number, number, given, each.cells))
            else:
                there = _("It is there already, as {record} {number}.").format(record=single, number=number)
                self.outcome.already.append((each.number, there))
                if each.signs.numbers and self._reader.imported is not None:
                    number_of = {self._reader.imported.name: each.columns[self._numbered]}
                    found.numbered.append(_Changed(each.number, number, number_of, ()))
        self._tell(found)
        return found

    def _tell(self, found: _Sorted) -> None:
        """What went elsewhere in the rows that are taken, and who refuses in those that are not."""
        taken = {each.number for part in found for each in part}
        kept, unheard = report(((each.number, each.told) for each in self._wanted if each.told), taken)
        self.outcome.losses = [*(loss for loss in self._told if not loss.kept), *unheard]
        self.outcome.kept = [*(loss for loss in self._told if loss.kept), *kept]

    def _stored_keys(self) -> set[object]:
        if not self._key:
            return set()
        return set(self._plan.record.select(work.key_field(self._plan.record)).scalars())

    def _unfit(self, wanted: _Wanted) -> Problem | None:
        if not self.rows.fixed:
            return None
        return self.rows.unfit(wanted.number, dict(zip(self.rows.many.names[1:], wanted.columns, strict=True)))

    def _refuse(self, wanted: _Wanted | _Changed, sentence: str) -> None:
        self.outcome.problems.append(Problem(wanted.number, "", "", sentence))
        self.outcome.failed(wanted.number, wanted.cells)

    # ------------------------------------------------------------ links

    def _make_links(self, unit: work.Unit, found: _Sorted) -> dict[str, dict[object, object]]:
        """Make the linked records that rows to be taken name; what their placeholders stand for, by field."""
        self._count_made()
        if not found.new and not found.changed:
            return {}
        return {name: links.make(unit) for _place, name, links in self._links}

    def _count_made(self) -> None:
        for *_where, links in self._links:
            if links.made:
                self.outcome.missing[links.target] = len(links.made)

    def _linked(self, columns: tuple[object, ...], real: dict[str, dict[object, object]]) -> tuple[object, ...]:
        changed = [(place, real[name][columns[place]]) for place, name, _kept in self._links
                   if columns[place] in real.get(name, ())]  # fmt: skip
        if not changed:
            return columns
        held = list(columns)
        for place, key in changed:
            held[place] = key
        return tuple(held)

    @staticmethod
    def _linked_values(given: dict[str, object], real: dict[str, dict[object, object]]) -> dict[str, object]:
        return {name: real.get(name, {}).get(value, value) for name, value in given.items()}

    # ------------------------------------------------------------ changes

    def _changes(self, changed: Sequence[_Changed]) -> Iterator[list[Record]]:
        """The records that get other values, with these set, some hundred at a time; the others are there already."""
        single = one(self._plan.record)
        for start in range(0, len(changed), TOGETHER):
            part: dict[object, _Changed] = {each.key: each for each in changed[start : start + TOGETHER]}
            found = []
            for held in _stored(self._plan.record, list(part)):
                each = part[held.key]
                for name, value in self._joined(held, each.given):
                    before = held.__data__.get(name)
                    if before != (now := put_behind(held.kind(name), before, value)):
                        setattr(held, name, now)
                if held.changes() and (refused := rights.may(self._operator, "edit", held)):
                    self._refuse(each, refused)
                elif not held.changes():
                    same = _("It is there already, as {record} {number}, and says the same.")
                    self.outcome.already.append((each.number, same.format(record=single, number=held.key)))
                elif sentence := next(iter(held.problems().values()), ""):
                    self._refuse(each, sentence)
                else:
                    found.append(held)
            self.outcome.updated += len(found)
            yield found

    def _joined(self, held: Record, given: dict[str, object]) -> Iterator[tuple[str, object]]:
        """What a row says of a record; the numbers of other programs come to those it has."""
        for name, value in given.items():
            kind = self._kinds[name]
            yield name, kind.joined([held.__data__.get(name), value]) if kind.brought else value

    def _numbers(self, numbered: Sequence[_Changed]) -> Iterator[list[Record]]:
        """The records that are there already and stay as they are, with the numbers rows have for them."""
        for start in range(0, len(numbered), TOGETHER):
            given: dict[object, list[dict[str, object]]] = {}
            for each in numbered[start : start + TOGETHER]:
                given.setdefault(each.key, []).append(each.given)
            kept = rights.beyond(self._plan.record, list(given), self._operator)
            found = [held for held in _stored(self._plan.record, list(given)) if held.key not in kept]
            for held in found:
                for each_given in given[held.key]:
                    for name, value in self._joined(held, each_given):
                        if held.__data__.get(name) != value:
                            setattr(held, name, value)
            yield found

    # ------------------------------------------------------------ progress

    def _say(self, done: int, text: str) -> None:
        if self._progress:
            self._progress(done, 2 * self._plan.source.lines, text)

    def _saving(self, done: int, count: int) -> None:
        lines, saved = self._plan.source.lines, counted(self._plan.record, count)
        self._say(lines + done * lines // max(1, count), _("Saving {records}").format(records=saved))


def _stored(record: type[Record], keys: Sequence[object]) -> list[Record]:
    wanted = work.key_field(record).in_(keys)
    writes = database.proxy.in_transaction()
    return work.locked(record, wanted) if writes else list(record.select().where(wanted))
