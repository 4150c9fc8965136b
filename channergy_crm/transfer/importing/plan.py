"""How a file is to be imported: as a value that can be shown, corrected, saved as a preset and run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from channergy_crm import records
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, source
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing import mapping, optouts, programs
from channergy_crm.transfer.reading.cells import ORDERS, Reading, weigher
from channergy_crm.transfer.reading.framing import joined_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from channergy_crm.text.days import Order as DayOrder
    from channergy_crm.transfer.reading.source import Row, Source
    from channergy_crm.work.record import Record

OnMatch = Literal["skip", "update", "create"]
MissingLinks = Literal["create", "skip", "report"]

T = TypeVar("T")

SAMPLE_ROWS = 200
REASON = N_("Why it was not taken")
"""the column that is put before rows that failed"""


def importable() -> dict[str, type[Record]]:
    """The records that files can bring, by the word the commands have for them."""
    known = records.those(lambda record: record.about.known_by)
    return {record.about.file or source(record, "plural").lower(): record for record in known}


@dataclass(frozen=True)
class Plan:
    """What becomes of a file: which column goes where, what fills the rest, and what happens to who is there already.

    `columns` are places in the file and python names of fields. `order` is how days are written where a column does
    not decide it itself. `match_by` are the fields a record is known again by, instead of the record's own rule.
    `sign` is the decimal sign where a column of numbers does not tell. `replaced` holds, by field, what is taken for
    what is written: `{"industry": {"technolgy": "Technology"}}`. `mended` holds, by row and place, the cells somebody
    has typed anew. `needs` are the fields without which the program whose export it is knows no such record.
    `keep_in_notes` says that what has no field becomes a line of the notes.
    `keep_in_notes` says that what has no field becomes a line of the notes.
    """

    record: type[Record]
    source: Source
    columns: Mapping[int, str]
    defaults: Mapping[str, str] = field(default_factory=dict)
    on_match: OnMatch = "skip"
    missing_links: MissingLinks = "report"
    order: DayOrder | None = None
    match_by: tuple[str, ...] = ()
    replaced: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    preset: str = ""
    sign: str = ""
    mended: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    doubts: Mapping[int, str] = field(default_factory=dict)
    answered: frozenset[int] = frozenset()
    keep_in_notes: bool = False

    def rows(self) -> Iterator[Row]:
        """The rows of the file, with what was mended."""
        rows = self.source.rows()
        return map(self.as_mended, rows) if self.mended else rows

    def as_mended(self, row: Row) -> Row:
        """A row with the cells somebody has typed anew; what was wrong with the whole of it may be so no more."""
        typed = self.mended.get(row.number)
        if not typed:
            return row
        width = max(len(row.values), *(place + 1 for place in typed))
        values = [typed.get(place, row.values[place] if place < len(row.values) else "") for place in range(width)]
        still = any(values[len(self.source.header) :]) or any("\ufffd" in value for value in values)
        return row._replace(values=values, problem=row.problem if still else "")

    def nowhere(self) -> dict[int, str]:
        """The columns that go nowhere, and their titles; the reasons beside rows that failed are no part of a file."""
        ours = {REASON, _(REASON)}
        places = (place for place in range(len(self.source.header)) if place not in self.columns)
        return {place: title for place in places if (title := self.title(place)) not in ours}

    @property
    def unanswered(self) -> dict[int, str]:
        """The columns that go nowhere though they seem to say who refuses, until somebody has decided (F-27)."""
        settled = {*self.columns, *self.answered}
        return {place: example for place, example in self.doubts.items() if place not in settled}

    def title(self, place: int) -> str:
        """The title of a column."""
        header = self.source.header
        return mapping.titled(header[place] if place < len(header) else "", place)

    def mapped(self, said: Mapping[str, str]) -> Plan:
        """The same plan with columns, by title or by number, mapped to the fields somebody names; to '' is nowhere."""
        plan = self
        for title, name in said.items():
            plan = plan.placed(_place(self.source.header, title), mapping.target(self.record, name) if name else "")
        return plan

    def placed(self, place: int, name: str) -> Plan:
        """The same plan with one column going into another field, or nowhere; a field takes one column only."""
        columns = {
            other: held for other, held in self.columns.items()
            if other != place and (held != name or name in mapping.JOINED)
        }  # fmt: skip
        placed = {**columns, place: name} if name else columns
        return replace(self, columns=dict(sorted(placed.items())), answered=self.answered | {place})

    def filled(self, said: Mapping[str, str]) -> Plan:
        """The same plan with values for what the file leaves empty."""
        defaults = {mapping.target(self.record, name): text for name, text in said.items()}
        return replace(self, defaults={**self.defaults, **defaults})

    def saved(self) -> dict[str, object]:
        """The plan without its file, as a preset keeps it: columns by their titles."""
        return {
            "columns": {self.title(place): name for place, name in self.columns.items()},
            "ignored": [title for place, title in self.nowhere().items() if place not in self.unanswered],
            "defaults": dict(self.defaults), "on_match": self.on_match,
            "missing_links": self.missing_links, "order": self.order or "", "sign": self.sign,
            "keep_in_notes": self.keep_in_notes,
            "match_by": list(self.match_by), "needs": list(self.needs),
            "replaced": {name: dict(held) for name, held in self.replaced.items()},
        }  # fmt: skip

    def following(self, name: str, saved: Mapping[str, Any]) -> Plan:
        """The same file imported as a preset says; columns the preset does not know stay as they were guessed."""
        known = {fold(title): held for title, held in saved.get("columns", {}).items()}
        ignored = {fold(title) for title in saved.get("ignored", ())}
        columns: dict[int, str] = {}
        titles = [(place, fold(title)) for place, title in enumerate(self.source.header)]
        guessed = [(place, self.columns.get(place, "")) for place, title in titles if title not in ignored]
        for place, held in [*((place, known.get(title, "")) for place, title in titles), *guessed]:
            more = held in mapping.JOINED or mapping.takes_more(self.record, held)
            free = place not in columns and (more or held not in columns.values())
            if free and held in mapping.targets(self.record):
                columns[place] = held
        return replace(
            self, columns=dict(sorted(columns.items())), preset=name,
            answered=self.answered | {place for place, title in titles if title in ignored},
            defaults={**self.defaults, **saved.get("defaults", {})},
            on_match=_one_of(saved.get("on_match"), get_args(OnMatch), self.on_match),
            missing_links=_one_of(saved.get("missing_links"), get_args(MissingLinks), self.missing_links),
            order=_one_of(saved.get("order"), tuple(ORDERS.values()), self.order),
            sign=_one_of(saved.get("sign"), (".", ","), self.sign),
            keep_in_notes=bool(saved.get("keep_in_notes", self.keep_in_notes)),
            match_by=tuple(saved.get("match_by", self.match_by)), needs=tuple(saved.get("needs", self.needs)),
            replaced={**self.replaced, **saved.get("replaced", {})},
        )  # fmt: skip

    def readings(self) -> dict[int, Reading]:
        """How the columns of days and of numbers are written, by all of their cells; looked at once, row by row."""
        kinds = {place: self.record.kinds().get(name) for place, name in self.columns.items()}
        weighed = {place: weigh for place, kind in kinds.items() if kind is not None and (weigh := weigher(kind))}
        cells: dict[int, set[str]] = {place: set() for place in weighed}
        for row in self.rows() if weighed else ():
            for place, held in cells.items():
                if place < len(row.values) and (text := row.values[place].strip()):
                    held.add(text)
        found = {place: weigh(sorted(cells[place])) for place, weigh in weighed.items()}
        return {place: self._answered(reading) for place, reading in found.items()}

    def _answered(self, reading: Reading) -> Reading:
        """What somebody has said about the days and the numbers decides where the column does not, then the language of
        the titles.
        """
        order = self.order or ("DMY" if vocabulary.day_first(self.source.header) else None)
        open_still = reading.example if reading.numeric or not order else ""
        return reading._replace(order=reading.order or order, sign=reading.sign or self.sign, example=open_still)

    def undecided(self) -> dict[int, Reading]:
        """The columns that read in two ways, whatever has been said: for each place an example of it."""
        return {place: each for place, each in replace(self, order=None, sign="").readings().items() if each.example}

    def settled(self) -> dict[int, Reading]:
        """The same. `Mistake` names the column whose days read both ways and asks for their order."""
        readings = self.readings()
        for place, reading in readings.items():
            if reading.example and not reading.order and not reading.numeric:
                raise Mistake(
                    _(
                        "The days in column {column} can be read in two ways, such as {example}. "
                        "Say how they are written: --dates dmy, mdy or ymd."
                    ).format(column=self.title(place), example=reading.example)
                )
        return readings


def propose(record: type[Record], source: Source, *, titled: bool | None = None, title_row: int = 0) -> Plan:
    """The plan the file itself suggests: by its titles, then by what stands below them.

    `titled` is what somebody says about the file having titles, `title_row` in which row they are; what nobody says
    is found by the titles that are known. `Mistake` when there is no such row.
    """
    source = source.untitled() if titled is False else _with_titles(record, source, title_row)
    program = programs.columns(record, source.header)
    found = mapping.match(source.header, record, program=program)
    if not (titled or title_row or (titled is None and (found.columns or not _looks_like_values(source.header)))):
        source = source.untitled()
        found, program = mapping.Mapping([], list(source.header)), {}
    sample = [row.values for row in islice(source.rows(), SAMPLE_ROWS) if not row.problem]
    if found.columns and (empty := _empty(source, sample)):
        contested = mapping.match(source.header, record, empty, program)
        if contested != found:
            found = mapping.match(source.header, record, _empty(source, (row.values for row in source.rows())), program)
    columns = dict(mapping.by_contents(found, sample, record).columns)
    return Plan(record, source, columns, doubts=_doubts(record, source, sample))


def _empty(source: Source, rows: Iterable[Sequence[str]]) -> set[int]:
    """The columns in which nothing stands."""
    empty = set(range(len(source.header)))
    for row in rows:
        empty -= {place for place in empty if place < len(row) and row[place].strip()}
        if not empty:
            break
    return empty


def _doubts(record: type[Record], source: Source, sample: Sequence[Sequence[str]]) -> dict[int, str]:
    """The columns that seem to say who refuses; those whose titles say so are read to the end."""
    if not optouts.concerns(record):
        return {}
    asking = {place for place, title in enumerate(source.header) if optouts.asks(title)}
    found: dict[int, dict[str, None]] = {place: {} for place in range(len(source.header))}
    for row in sample:
        for place, cell in enumerate(row[: len(source.header)]):
            found[place].setdefault(cell)
    for line in source.rows() if asking and len(sample) >= SAMPLE_ROWS else ():
        for place in asking:
            if place < len(line.values):
                found[place].setdefault(line.values[place])
    examples = {place: optouts.looks_like_one(source.header[place], cells) for place, cells in found.items()}
    return {place: example for place, example in examples.items() if example}


def _with_titles(record: type[Record], source: Source, title_row: int) -> Source:
    """The source with its titles in the row somebody names, or in that of its first rows with the most known ones.

    Where the row above groups them, as “Address” does “Street” and “City”, both say it together if that says more.
    """
    first = [row for row in source.beginning() if not row.problem]
    if not first or not source.titled:
        return source
    known = {row.number: len(mapping.match(row.values, record).columns) for row in first}
    wanted = title_row or max(known, key=lambda number: (known[number], number == source.title_row, -number))
    place = next((place for place, row in enumerate(first) if row.number == wanted), None)
    if place is None or not (title_row or known[wanted]):
        return source.titled_in(title_row) if title_row else source
    below, above = first[place], first[place - 1].values if place else []
    both = joined_titles(above, below.values) if _groups(above, below.values) else []
    if both and len(mapping.match(both, record).columns) >= known[wanted]:
        return source.titled_in(wanted, both)
    return source if source.title_row == wanted else source.titled_in(wanted)


def _groups(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row may hold titles for several columns of the row below it."""
    filled = [cell for cell in above if cell.strip()]
    return 1 < len(filled) < sum(map(bool, below)) and not _looks_like_values(above)


def _looks_like_values(header: Sequence[str]) -> bool:
    return any("@" in cell or sum(sign.isdigit() for sign in cell) > 6 for cell in header)


def _place(header: Sequence[str], said: str) -> int:
    wanted = fold(said.strip())
    for place, title in enumerate(header):
        if fold(title) == wanted:
            return place
    if said.isdecimal() and len(said) < 10 and 1 <= int(said) <= len(header):
        return int(said) - 1
    sentence = _("The file has no column {column}. It has {columns}.")
    raise Mistake(sentence.format(column=said, columns=", ".join(title for title in header if title)))


def _one_of(said: object, allowed: tuple[T, ...], otherwise: T) -> T:
    return next((each for each in allowed if each == said), otherwise)
