"""One row of a file becomes the values of a record, or says of every cell why it does not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.services import leads
from channergy_crm.text import vocabulary
from channergy_crm.text.folding import fold
from channergy_crm.text.names import split_name as split_name
from channergy_crm.text.names import taken_apart
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing import leftovers, optouts, spelling
from channergy_crm.transfer.importing.beginnings import always
from channergy_crm.transfer.importing.leftovers import Leftovers, Second, Told
from channergy_crm.transfer.importing.links import carried, links_for, links_of
from channergy_crm.transfer.importing.mapping import JOINED, in_order
from channergy_crm.transfer.importing.mending import checked, meant, several, with_zero
from channergy_crm.transfer.importing.rough import is_rough
from channergy_crm.transfer.importing.spelling import FEW, Slip
from channergy_crm.transfer.reading.cells import Reading, clock_of, reader
from channergy_crm.transfer.reading.values import is_nothing, taker_apart
from channergy_crm.work import bulk
from channergy_crm.work.record import at_odds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.transfer.reading.tables import Row

REMEMBERED = 5_000  # different values of a column that are read once
NOTHING = {"null", "NULL", "(null)", "\\N", "#N/A"}  # how databases and spreadsheets write that there is none


class Problem(NamedTuple):
    """Why a row cannot be taken: where, what stands there, and a sentence. The column is '' when it is the row."""

    row: int
    column: str
    value: str
    sentence: str


class Values(NamedTuple):
    """What a row says: the fields it fills itself, the whole new record it would make, and what went elsewhere."""

    given: dict[str, object]
    held: dict[str, object]
    told: tuple[Told, ...] = ()


class Cell(NamedTuple):
    """What was understood of a cell: its values, and whether it holds more than these."""

    values: tuple[Second, ...]
    rest: str = ""
    what: str = ""


class Column(NamedTuple):
    """One column that goes to a field: where it stands, what reads its cells, and those that were read."""

    place: int
    name: str
    title: str
    read: Callable[[str], Cell]
    known: dict[str, Cell]


class Rows:
    """Reads the rows of a file as its plan says."""

    def __init__(self, plan: Plan, operator: str, readings: Mapping[int, Reading]) -> None:
        self.many = bulk.Many(plan.record)
        self.problems: list[Problem] = []
        self.left = Leftovers(plan.record, keep=plan.keep_in_notes)
        self._plan = plan
        self._kinds = plan.record.kinds()
        wanted = {*plan.columns.values(), *plan.defaults}
        titles = {name: plan.title(place) for place, name in plan.columns.items()}
        self.links = {
            name: links_for(kind, plan.missing_links, operator, titles.get(name, ""))
            for name, kind in links_of(plan.record).items() if name in wanted
        }  # fmt: skip
        self.unlisted: Counter[tuple[str, str]] = Counter()
        placed = in_order(plan.columns, plan.source.header, plan.record)
        refused = plan.record.about.refusing.keys() & optouts.SAID  # what such a column says, a flag cannot read
        self._columns = [
            self._column(place, name, readings.get(place, Reading(plan.order, plan.sign)))
            for place, name in placed if name in self._kinds and name not in refused
        ]  # fmt: skip
        read = {column.name for column in self._columns}
        self._refusals = [(place, name) for place, name in placed if name in optouts.SAID and name not in read]
        self._nowhere = [(place, title, leftovers.column(title)) for place, title in plan.nowhere().items()]
        self._full_name = next((place for place, name in plan.columns.items() if name == FULL_NAME), None)
        self._always = always(plan.record, operator)
        self._defaults = {
            name: self._taker(name, Reading(plan.order, plan.sign))(text) for name, text in plan.defaults.items()
        }
        self._always |= {name: value for name, value in self._defaults.items() if name in self._always}
        self._carry = carried(plan.record)
        self._required = [
            (name, kind) for name, kind in self._kinds.items() if kind.required and name not in self._always
        ]
        self.fixed = plan.record.about.fixed_anywhere()
        self.key = next((column.name for column in self._columns if self._kinds[column.name].counted), "")
        self._zones: dict[str, str] = {}

    def read(self, row: Row) -> Values | None:
        """The values of this row; None when it cannot be taken, and then `problems` has grown."""
        before = len(self.problems)
        if row.problem:
            self.problems.append(Problem(row.number, "", "", row.problem))
            return None
        given = self._given(row)
        if len(self.problems) > before:
            return None
        values = {**self._always, **given}
        for name, value in self._defaults.items():
            if values.get(name) in (None, "", False):
                values[name] = value
        if not given.get(self.key) and self._lacks(row, values):  # otherwise it names a record that has all it needs
            return None
        try:
            if not given.get(self.key):
                self._complete(values)
        except Mistake as mistake:
            self.problems.append(Problem(row.number, "", "", mistake.message))
            return None
        held = self.many.complete(values)
        if held.get("phone_e164") and "time_zone" in held and not held["time_zone"]:
            held["time_zone"] = self.zone(str(held["phone_e164"]))
        return Values(given, held, tuple(self.left.told))

    def unfit(self, number: int, held: Mapping[str, object]) -> Problem | None:
        """Why no record can be made of what a row says; a row about one that is there may say what stands in it."""
        for name in self.fixed:
            if sentence := at_odds(self._kinds[name], held):
                title = next((each.title for each in self._columns if each.name == name), "")
                return Problem(number, title, self._kinds[name].show(held.get(name)), sentence)
        return None

    def problems_of(self, row: Row) -> list[Problem]:
        """What is wrong with one row now; nothing is noted."""
        before = len(self.problems)
        values = self.read(row)
        found = self.problems[before:]
        if values is not None and (unfit := self.unfit(row.number, values.held)):
            found.append(unfit)
        del self.problems[before:]
        return found

    def _given(self, row: Row) -> dict[str, object]:
        """What the cells of the row say; what cannot be read is noted cell by cell."""
        given: dict[str, object] = {}
        cells, width = row.values, len(row.values)
        self.left.start(row.number)
        for column in self._columns:
            text = cells[column.place].strip() if column.place < width else ""
            if not text:
                continue
            try:
                cell = column.known.get(text)
                if cell is None:
                    cell = column.read(text)
                    if len(column.known) < REMEMBERED:
                        column.known[text] = cell
                self._put(column, cell, text, given, row)
            except Mistake as mistake:
                self.problems.append(Problem(row.number, column.title, text[:200], mistake.message))
        if self._full_name is not None and self._full_name < width:
            self._take_apart(row, given)
        if "postal_code" in given:
            given["postal_code"] = with_zero(given)
        self._conclude(row, given)
        self._leave(row)
        self.left.place(given)
        return given

    def _leave(self, row: Row) -> None:
        """What no column takes, and what goes nowhere."""
        width = len(row.values)
        for place, title, name in self._nowhere:
            if place < width and (text := row.values[place].strip()):
                self.left.beside(title, name, text)
        for title, text in row.beside:
            self.left.beside(title, title, text)

    def _put(self, column: Column, cell: Cell, text: str, given: dict[str, object], row: Row) -> None:
        """The first value into its field, what more there is to what is left over."""
        for place, each in enumerate(cell.values):
            name, value = each.name, each.value
            held = given.get(name)
            if held is None or held is False or held == "":
                given[name] = value
            elif name in JOINED and not place:
                if fold(str(value)) not in fold(str(held)):
                    given[name] = checked(self._kinds[name], f"{held}{JOINED[name]}{value}")
            elif value != held and value is not False:
                self.left.second(each)
        labels = " ".join(each.label for each in cell.values if each.label)
        if (cell.rest and not self._is_said(cell.rest, column.place, row)) or labels:
            self.left.line(cell.what, f"{column.title}: {' '.join(text.split())}")
        elif cell.what == leftovers.TIMES:
            self.left.lost.tell(leftovers.said(leftovers.TIMES), row.number, text)
        elif not cell.values and not cell.rest:
            what = leftovers.NOT_THERE if column.name in self.links else leftovers.NOTHING
            self.left.lost.tell(leftovers.said(what), row.number, text)

    @staticmethod
    def _is_said(rest: str, place: int, row: Row) -> bool:
        """Whether other cells say it too, such as the name before an e-mail address."""
        others = fold(" ".join(cell for other, cell in enumerate(row.values) if other != place))
        return all(word in others for word in fold(rest).split())

    def _take_apart(self, row: Row, given: dict[str, object]) -> None:
        """First and last name out of the whole one; where they have columns of their own, these come first."""
        text, title = row.values[self._full_name or 0].strip(), self._plan.title(self._full_name or 0)
        found = taken_apart(text)
        if given.get("first_name") or given.get("last_name"):
            known = fold(f"{given.get('first_name') or ''} {given.get('last_name') or ''}").split()
            if not {*fold(f"{found.first} {found.last}").split()} <= {*known}:
                self.left.line(leftovers.WORDS, f"{title}: {text}")
            return
        try:
            for name, part in (("first_name", found.first), ("last_name", found.last)):
                if part:
                    given[name] = checked(self._kinds[name], part)
        except Mistake as mistake:
            self.problems.append(Problem(row.number, title, text[:200], mistake.message))
        learned = found.title
        if learned and "title" in self._kinds and not given.get("title"):
            given["title"], learned = learned, ""
            self.left.tell(leftovers.TITLES, f"{title}: {text}")
        for part in filter(None, (learned, found.greeting, found.beside)):
            self.left.line(leftovers.TITLES, f"{title}: {part}")

    def _conclude(self, row: Row, given: dict[str, object]) -> None:
        """What a state and a refusal mean for the rest of the record."""
        about = self._plan.record.about
        for name, flag in about.ended_by.items():
            if vocabulary.plain(str(given.get(name) or "")) in vocabulary.DONE:
                given[flag] = True
        for place, name in self._refusals:
            text = row.values[place].strip() if place < len(row.values) else ""
            title = self._plan.title(place)
            if optouts.refused(text, title):
                self._refuse(name, title, text, given)
            elif text and not optouts.is_plain(text):
                self.left.beside(title, leftovers.column(title), text)

    def _refuse(self, name: str, title: str, text: str, given: dict[str, object]) -> None:
        """Somebody refuses to be called, or to be written to (F-27)."""
        about = self._plan.record.about
        refusing = about.refusing if name == optouts.NO_CALL else {}
        if name == optouts.REFUSAL and about.unwritten and optouts.is_about_mail(title):
            given[about.unwritten] = True
        if name == optouts.REFUSAL and about.untexted and optouts.of_sms(title):
            given[about.untexted] = True
        placed = self._plan.columns.values()
        if (
            optouts.NO_CALL in refusing
            and title == self._kinds[optouts.NO_CALL].label
            and any(field in placed for field in refusing.keys() - {optouts.NO_CALL})
        ):
            refusing = {optouts.NO_CALL: refusing[optouts.NO_CALL]}  # our own columns: each says what it holds
        note = optouts.noted(name, title, text)
        for field, value in refusing.items():
            if given.get(field) not in (None, "", value):
                self.left.line(leftovers.CALL_CODE, f"{self._kinds[field].label}: {given[field]}")
            given[field] = value
        if refusing and note == optouts.noted(name, title, "1"):
            self.left.tell(leftovers.REFUSED, note)  # the code says it all
        else:
            self.left.line(leftovers.REFUSED if name == optouts.NO_CALL else leftovers.REFUSED_MORE, note)

    def _lacks(self, row: Row, values: dict[str, object]) -> bool:
        """Whether a column is empty that must not be, said in the words of the file."""
        self._carry(values)
        before = len(self.problems)
        for place, name, *_rest in self._columns:
            kind, title = self._kinds[name], self._plan.title(place)
            if kind.linked_to is not None and kind.required and values.get(name) is None:
                named = f"{title[:1].upper()}{title[1:]}"
                self.problems.append(Problem(row.number, title, "", _("{column} is empty.").format(column=named)))
        for name in self._plan.needs:
            if not values.get(name):
                title = next(
                    (self._plan.title(place) for place, held in self._plan.columns.items() if held == name), ""
                )
                sentence = _("{column} is empty.").format(column=title or self._kinds[name].label)
                self.problems.append(Problem(row.number, title, "", sentence))
        return len(self.problems) > before

    def _complete(self, values: dict[str, object]) -> None:
        """What the row says without a column of its own; `Mistake` when what it needs is missing."""
        self._plan.record.about.complete(values)
        for name, kind in self._required:
            if sentence := kind.check(values.get(name)):
                raise Mistake(sentence, name)
        for name, kind in self._kinds.items():
            if (kind.goes_with or kind.minds) and (sentence := at_odds(kind, values)):
                raise Mistake(sentence, name)

    def _column(self, place: int, name: str, reading: Reading) -> Column:
        """What reads the cells of a column, several values in one of them included."""
        title, kind = self._plan.title(place), self._kinds[name]
        take = self._taker(name, reading, title)
        as_it_is = name in JOINED or kind.several or kind.brought or name in self.links
        apart = None if as_it_is else taker_apart(kind.written_as)
        replaced = {fold(text): value for text, value in self._plan.replaced.get(name, {}).items()}

        def whole(text: str) -> Cell:
            try:
                value = take(text)
            except Mistake:
                if kind.required or kind.written_as != "number" or not is_rough(text):
                    raise
                return Cell((), text, leftovers.ROUGH)
            return Cell(() if value is None or value == "" else (Second(name, title, "", text, value),))

        def with_clock(text: str) -> Cell:
            found, clock = whole(text), clock_of(text)
            at = name.replace("_date", "_time")
            if clock is None or not found.values:
                return found
            if at not in self._kinds or at == name:
                return found._replace(what=leftovers.TIMES)
            return Cell((*found.values, Second(at, title, "", text, clock)))

        def parted(text: str) -> Cell:
            parts = apart(replaced.get(fold(text), text)) if apart else None
            if parts is None:
                return whole(text)
            values = [(one, label, take(one)) for one, label in zip(parts.values, parts.labels, strict=True)]
            seconds = (
                Second(name, title, label, one, value) for one, label, value in values if value not in (None, "")
            )
            what = leftovers.SPOILT if parts.spoilt else leftovers.WORDS if parts.rest else leftovers.SECOND
            return Cell(tuple(seconds), parts.rest, what)

        read = with_clock if kind.written_as == "day" else parted if apart else whole
        return Column(place, name, title, read, {})

    def _taker(self, name: str, reading: Reading, title: str = "") -> Callable[[str], object]:
        """What turns the text of a cell of this field into a value that may be saved."""
        held: Any = self._kinds[name]
        if held.brought:
            return lambda text: checked(held, held.tagged(title, text))
        kind, take = self._kinds[name], self._reader_of(name, reading)
        if kind.required or (kind.textual and not kind.list_key):
            return take  # somebody may be called Null
        if kind.written_as in ("number", "day", "time", "moment"):
            return lambda text: None if text in NOTHING or is_nothing(text) else take(text)
        return lambda text: None if text in NOTHING else take(text)

    def _reader_of(self, name: str, reading: Reading) -> Callable[[str], object]:
        kind: Any = self._kinds[name]
        links = self.links.get(name)
        replaced = {fold(text): value for text, value in self._plan.replaced.get(name, {}).items()}
        if links:
            return lambda text: links.find(" ".join(replaced.get(fold(text), text).split()))
        read = reader(kind, reading)
        if kind.list_key:
            spellings = kind.spellings(lookups.choices)

            def take(text: str) -> object:
                text = meant(replaced.get(fold(text), text), spellings)
                if spellings and text not in spellings.values():
                    self.unlisted[name, text] += 1
                return checked(kind, read(text))

            return take if not kind.several else lambda text: checked(kind, several(kind, text, take))
        if replaced:
            return lambda text: checked(kind, read(replaced.get(fold(text), text)))
        return lambda text: checked(kind, read(text))

    def zone(self, e164: str) -> str:
        """The time zone a number tells; in North America the first six digits after +1 decide."""
        start = e164[:8] if e164.startswith("+1") else e164
        if start not in self._zones:
            self._zones[start] = leads.zone_for(e164)
        return self._zones[start]

    def slips(self) -> list[Slip]:
        """What looks like a slip but is taken: values no list knows, two spellings of one value."""
        found = [spelling.unlisted(self._kinds[name], text) for name, text in sorted(self.unlisted)]
        for column in self._columns:
            kind = self._kinds[column.name]
            if kind.shared and len(column.known) <= FEW:
                replaced = {fold(text) for text in self._plan.replaced.get(column.name, ())}
                found += spelling.written_twice(kind, (text for text in column.known if fold(text) not in replaced))
        return found
