"""One row of a file becomes the values of a record, or says of every cell why it does not."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from channergy_crm.errors import Mistake
from channergy_crm.fields.days import without_its_day
from channergy_crm.fields.multi_lookup import together
from channergy_crm.language import _
from channergy_crm.records import lookups
from channergy_crm.services import leads
from channergy_crm.text.folding import fold
from channergy_crm.text.vocabulary import FULL_NAME
from channergy_crm.transfer.importing.beginnings import always
from channergy_crm.transfer.importing.links import carried, links_for, links_of
from channergy_crm.transfer.importing.mapping import JOINED
from channergy_crm.transfer.reading.cells import Reading, reader
from channergy_crm.work import bulk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.fields import Kind
    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.transfer.reading.tables import Row
    from channergy_crm.work.record import Record

V = TypeVar("V")

REMEMBERED = 5_000  # different values of a column that are read once
NOTHING = {"null", "NULL", "(null)", "\\N", "#N/A"}  # how databases and spreadsheets write that there is none
FEW = 300  # so few different values are a list, in which two spellings of one are a slip
# Where a ZIP code can begin with a zero that a spreadsheet has dropped.
STATES_WITH_ZERO = {
    "ct", "ma", "me", "nh", "nj", "ri", "vt", "pr", "vi", "ae", "connecticut", "massachusetts", "maine",
    "new hampshire", "new jersey", "rhode island", "vermont", "puerto rico",  # unsaid: stands in files
}  # fmt: skip
UNITED_STATES = {"", "us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"}  # unsaid: the same


class Problem(NamedTuple):
    """Why a row cannot be taken: where, what stands there, and a sentence. The column is '' when it is the row."""

    row: int
    column: str
    value: str
    sentence: str


class Slip(NamedTuple):
    """A value of a field that is taken as it is, although something else may be meant."""

    name: str
    text: str
    meant: str
    sentence: str


class Values(NamedTuple):
    """What a row says: the fields it fills itself, and the whole new record it would make."""

    given: dict[str, object]
    held: dict[str, object]


class Rows:
    """Reads the rows of a file as its plan says."""

    def __init__(self, plan: Plan, operator: str, readings: Mapping[int, Reading]) -> None:
        self.many = bulk.Many(plan.record)
        self.problems: list[Problem] = []
        self._plan = plan
        self._kinds = plan.record.kinds()
        wanted = {*plan.columns.values(), *plan.defaults}
        self.links = {
            name: links_for(kind, plan.missing_links, operator)
            for name, kind in links_of(plan.record).items() if name in wanted
        }  # fmt: skip
        self.unlisted: Counter[tuple[str, str]] = Counter()
        self._columns = [
            (place, name, self._taker(name, readings.get(place, Reading(plan.order, plan.sign)), plan.title(place)), {})
            for place, name in plan.columns.items() if name in self._kinds
        ]  # type: list[tuple[int, str, Callable[[str], object], dict[str, object]]]  # fmt: skip
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
        self.key = next((name for _place, name, *_rest in self._columns if self._kinds[name].counted), "")
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
        return Values(given, held)

    def problems_of(self, row: Row) -> list[Problem]:
        """What is wrong with one row now; nothing is noted."""
        before = len(self.problems)
        self.read(row)
        found = self.problems[before:]
        del self.problems[before:]
        return found

    def _given(self, row: Row) -> dict[str, object]:
        """What the cells of the row say; what cannot be read is noted cell by cell."""
        given: dict[str, object] = {}
        cells, width = row.values, len(row.values)
        for place, name, take, known in self._columns:
            text = cells[place].strip() if place < width else ""
            if not text:
                continue
            try:
                if text in known:
                    value = known[text]
                else:
                    value = take(text)
                    if len(known) < REMEMBERED:
                        known[text] = value
                if value is None or value == "":
                    continue
                if name in JOINED and name in given:
                    value = checked(self._kinds[name], f"{given[name]}{JOINED[name]}{value}")
                given[name] = value
            except Mistake as mistake:
                self.problems.append(Problem(row.number, self._plan.title(place), text[:200], mistake.message))
        if self._full_name is not None and self._full_name < width:
            self._take_apart(row, given)
        if "postal_code" in given:
            given["postal_code"] = with_zero(given)
        return given

    def _take_apart(self, row: Row, given: dict[str, object]) -> None:
        text = row.values[self._full_name or 0]
        try:
            for name, part in zip(("first_name", "last_name"), split_name(text), strict=True):
                if part:
                    given[name] = checked(self._kinds[name], part)
        except Mistake as mistake:
            title = self._plan.title(self._full_name or 0)
            self.problems.append(Problem(row.number, title, text[:200], mistake.message))

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
            if kind.goes_with and (sentence := without_its_day(kind, values)):
                raise Mistake(sentence, name)

    def _taker(self, name: str, reading: Reading, title: str = "") -> Callable[[str], object]:
        """What turns the text of a cell of this field into a value that may be saved."""
        held: Any = self._kinds[name]
        if held.brought:
            return lambda text: checked(held, held.tagged(title, text))
        kind, take = self._kinds[name], self._reader_of(name, reading)
        if kind.required or (kind.textual and not kind.list_key):
            return take  # somebody may be called Null
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
                text = replaced.get(fold(text), text)
                if spellings and fold(text) not in spellings:
                    self.unlisted[name, text] += 1
                return checked(kind, read(spellings.get(fold(text), text)))

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
        found = []
        for name, text in sorted(self.unlisted):
            kind = self._kinds[name]
            listed = lookups.choices(*kind.list_key) if kind.list_key else []
            choices = {fold(choice.description): choice.description for choice in listed}
            near = get_close_matches(fold(text), list(choices), 1, 0.8)
            meant = choices[near[0]] if near else ""
            sentence = _("“{text}” is not in the list {field}; it is taken as it is.")
            if meant:
                sentence = _("“{text}” is not in the list {field}; it is taken as it is. Is it {meant}?")
            said = sentence.format(text=text, field=kind.label, meant=meant)
            found.append(Slip(name, text, meant, said))
        for _place, name, _take, known in self._columns:
            kind = self._kinds[name]
            if kind.shared and len(known) <= FEW:
                replaced = {fold(text) for text in self._plan.replaced.get(name, ())}
                for group in _alike(text for text in known if fold(text) not in replaced):
                    found += [Slip(name, text, group[0], _in_ways(kind, group)) for text in group[1:]]
        return found


def needed(record: type[Record]) -> list[str]:
    """The fields that every new record needs and the program does not fill in itself (VT-109, VT-120)."""
    given = always(record, "")
    return [name for name, kind in record.kinds().items() if kind.required and name not in given]


def lacking(plan: Plan) -> list[str]:
    """What new records need and neither a column nor a default gives, in words (VT-109)."""
    there = {*plan.columns.values(), *plan.defaults}
    kinds = plan.record.kinds()
    if any(kind.counted for name, kind in kinds.items() if name in plan.columns.values()):
        return []  # it names records that are there
    about = plan.record.about
    full = {"first_name", "last_name"} if FULL_NAME in there else set()
    lacks = [kinds[name].label for name in needed(plan.record) if name not in there and name not in about.one_of]
    lacks += [kinds[name].label for name in plan.needs if name not in there | full]
    if about.one_of and not there & {*about.one_of, FULL_NAME}:
        lacks.append(about.one_of_said)
    return lacks


def default_problem(plan: Plan, name: str, text: str) -> str:
    """Why a field cannot be filled with this where the file says nothing; '' when it can. Links are looked up later."""
    kind = plan.record.kind(name)
    try:
        if kind.linked_to is None:
            checked(kind, reader(kind, Reading(plan.order, plan.sign))(text))
    except Mistake as mistake:
        return mistake.message
    return ""


def _in_ways(kind: Kind[object], group: list[str]) -> str:
    if len(group) == 2:
        return _("{field} is written in two ways: {one} and {other}.").format(
            field=kind.label, one=group[0], other=group[1]
        )
    ways = _("{field} is written in {count} ways: {spellings}.")
    return ways.format(field=kind.label, count=len(group), spellings=", ".join(group))


def _alike(texts: Iterable[str]) -> list[list[str]]:
    """Values that differ in spaces and signs only: GTX Pro and GTXPro."""
    groups: dict[str, list[str]] = {}
    for text in texts:
        groups.setdefault("".join(sign for sign in fold(text) if sign.isalnum()), []).append(text)
    return [sorted(group) for group in groups.values() if len(group) > 1]


def checked(kind: Kind[object], value: V) -> V:
    """The value, if it may be saved; `Mistake` says why not."""
    if (sentence := kind.check(value)) and value not in (None, ""):
        raise Mistake(sentence, kind.name)
    return value


def several(kind: Any, text: str, take: Callable[[str], object]) -> str:
    """Several values out of one cell; with commas between them only when the list knows every one."""
    spellings = kind.spellings(lookups.choices)
    parts = kind.parts(kind.read(text))
    by_comma = text.split(",")
    if fold(text) in spellings:
        parts = [text]
    elif len(parts) == 1 and all(fold(part.strip()) in spellings for part in by_comma):
        parts = by_comma
    return together(part for one in parts for part in kind.parts(take(one.strip())))


def split_name(text: str) -> tuple[str, str]:
    """First and last name out of one cell: "Ann Lee Miller" and "Miller, Ann Lee" are the same person."""
    words = " ".join(text.split())
    if "," in words:
        last, _comma, first = words.partition(",")
        return first.strip(), last.strip()
    first, _space, last = words.rpartition(" ")
    return first, last


def with_zero(values: Mapping[str, object]) -> str:
    """A ZIP code with the zero a spreadsheet dropped: 8014 in New Jersey is 08014."""
    code = str(values["postal_code"])
    country, state = (str(values.get(name, "")) for name in ("country", "state"))
    digits, dash, rest = code.partition("-")
    at_home = fold(country) in UNITED_STATES and fold(state) in STATES_WITH_ZERO
    lost = at_home and digits.isdigit() and 3 <= len(digits) <= 4
    return f"{digits:0>5}{dash}{rest}" if lost else code
