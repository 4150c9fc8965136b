"""Leads out of a table file: all of it in one unit of work, each row once, whatever cannot be taken said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from channergy_crm import access, bulk, clock, lookups, work
from channergy_crm.errors import Mistake
from channergy_crm.fields import Kind, Lookup
from channergy_crm.folding import fold
from channergy_crm.records import Lead
from channergy_crm.records.names import person_name
from channergy_crm.services import leads
from channergy_crm.transfer.mapping import FULL_NAME, JOINED, Mapping, match
from channergy_crm.transfer.reading import Row, Table, open_table

Progress = Callable[[int, int, str], None]

STEP = 250  # rows between two words of progress
# Where a ZIP code can begin with a zero that a spreadsheet has dropped.
STATES_WITH_ZERO = {
    "ct", "ma", "me", "nh", "nj", "ri", "vt", "pr", "vi", "ae", "connecticut", "massachusetts", "maine",
    "new hampshire", "new jersey", "rhode island", "vermont", "puerto rico",
}  # fmt: skip
UNITED_STATES = {"", "us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"}


@dataclass
class Outcome:
    """What became of the rows of a file. Rows are numbered as a spreadsheet numbers them."""

    taken: int = 0
    already: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    unit: int = 0

    @property
    def skipped(self) -> int:
        """How many rows were there already."""
        return len(self.already)


class _Wanted(NamedTuple):
    """One row that can be taken, unless the office has it already."""

    number: int
    signs: list[str]
    columns: tuple[Any, ...]


def import_leads(path: Path, *, operator: str, progress: Progress | None = None, encoding: str = "") -> Outcome:
    """Take the leads of a CSV file into the office, as one unit of work that Undo takes back.

    A row without a description gets the company, the person's name or the e-mail address as its description; one with
    none of these is refused. A row is there already when the office has a lead, also a removed or converted one, or
    the file has an earlier row, with

    - the same phone number, the same person's name and the same company, or
    - the same e-mail address and the same person's name, or
    - where neither phone nor e-mail is known: the same person's name, company and description;

    upper and lower case, accents and the way a number is written do not matter. So a second run takes nothing.

    Leads belong to `operator`, unless the file has a column with IDs of operators. `progress` is told how far it is,
    of how much, and at what; what it raises ends the import with nothing changed.
    """
    access.require(operator, "import", Lead)
    table = open_table(path, encoding)
    mapping = match(table.header, Lead)
    if not mapping.columns:
        raise Mistake(
            f"None of the columns of {path.name} is known ({', '.join(table.header[:6])}). "
            "Its first row must hold the column titles, such as First Name, Company, Phone."
        )
    outcome = Outcome(unmapped=mapping.unmapped)
    many = bulk.Many(Lead)
    wanted = _read(table, _Reader(mapping, operator), many, outcome, progress)
    _write(wanted, table, many, operator, outcome, progress)
    return outcome


def _read(table: Table, reader: _Reader, many: bulk.Many, outcome: Outcome, progress: Progress | None) -> list[_Wanted]:
    """Read and check every row, before anything is locked."""
    wanted = []
    for count, row in enumerate(table.rows()):
        if progress and count % STEP == 0:
            progress(min(row.number, table.lines), 2 * table.lines, f"Reading row {row.number} of {table.path.name}")
        try:
            values = reader.values(row)
        except Mistake as mistake:
            outcome.refused.append((row.number, mistake.message))
            continue
        held = many.complete(values)
        if held["phone_e164"] and not held["time_zone"]:
            held["time_zone"] = reader.zone(held["phone_e164"])
        wanted.append(_Wanted(row.number, signs(held), tuple(held.values())))
    return wanted


def _write(
    wanted: list[_Wanted], table: Table, many: bulk.Many, operator: str, outcome: Outcome, progress: Progress | None
) -> None:
    def report(done: int) -> None:
        if progress:
            progress(table.lines + done * table.lines // len(new), 2 * table.lines, f"Saving {len(new):,} leads")

    known = _Known()
    with work.unit("Import leads", by=operator) as unit:
        bulk.alone()
        new = known.sort_out(wanted, outcome)
        unit.name = f"Import {len(new):,} {'lead' if len(new) == 1 else 'leads'} from {table.path.name}"
        many.insert(unit, [each.columns for each in new], bulk.reserve(Lead, len(new)), report)
    outcome.taken, outcome.unit = len(new), unit.number


# ---------------------------------------------------------------- one row


class _Reader:
    """Turns the cells of a row into the values of a lead."""

    def __init__(self, mapping: Mapping, operator: str) -> None:
        kinds = Lead.kinds()
        self._full_name = next((place for place, name in mapping.columns if name == FULL_NAME), None)
        self._cells = [(place, name, kinds[name]) for place, name in mapping.columns if name in kinds]
        self._lists = {name: _spellings(kind) for _, name, kind in self._cells if isinstance(kind, Lookup)}
        self._operators = {fold(one.id): one.id for one in access.operators()}
        self._always = {"owner": operator, "created_by": operator, "created_on": clock.now()}
        self._zones: dict[str, str] = {}

    def values(self, row: Row) -> dict[str, Any]:
        """The values of the lead this row holds. `Mistake` says why it holds none."""
        if row.problem:
            raise Mistake(row.problem)
        values = dict(self._always)
        cells = row.values
        for place, name, kind in self._cells:
            text = cells[place].strip() if place < len(cells) else ""
            if text:
                value = kind.read(self._listed(name, text))
                if name in JOINED and name in values:
                    value = f"{values[name]}{JOINED[name]}{value}"
                values[name] = _checked(kind, value)
        self._complete(values, cells)
        return values

    def _listed(self, name: str, text: str) -> str:
        """The value of a list for what people call it; the ID of an operator in any case."""
        if name == "owner":
            found = self._operators.get(fold(text))
            if found is None:
                raise Mistake(f"There is no active operator {text} in this office.")
            return found
        return self._lists[name].get(fold(text), text) if name in self._lists else text

    def _complete(self, values: dict[str, Any], cells: list[str]) -> None:
        """What the row says without a column of its own: names, ZIP code, description."""
        if self._full_name is not None and self._full_name < len(cells):
            first, last = split_name(cells[self._full_name])
            values["first_name"] = _checked(Lead.kind("first_name"), first)
            values["last_name"] = _checked(Lead.kind("last_name"), last)
        if "postal_code" in values:
            values["postal_code"] = _with_zero(values)
        if not values.get("description"):
            values["description"] = _describe(values)

    def zone(self, e164: str) -> str:
        """The time zone a number tells; in North America the first six digits after +1 decide."""
        start = e164[:8] if e164.startswith("+1") else e164
        if start not in self._zones:
            self._zones[start] = leads.zone_for(e164)
        return self._zones[start]


def _checked(kind: Kind[Any], value: Any) -> Any:
    if sentence := kind.check(value):
        raise Mistake(sentence)
    return value


def _spellings(kind: Lookup) -> dict[str, str]:
    choices = lookups.choices(*kind.list_key)
    return {fold(text): choice.value for choice in reversed(choices) for text in (choice.description, choice.value)}


def split_name(text: str) -> tuple[str, str]:
    """First and last name out of one cell: "Ann Lee Miller" and "Miller, Ann Lee" are the same person."""
    words = " ".join(text.split())
    if "," in words:
        last, _, first = words.partition(",")
        return first.strip(), last.strip()
    first, _, last = words.rpartition(" ")
    return first, last


def _with_zero(values: dict[str, Any]) -> str:
    """A ZIP code with the zero a spreadsheet dropped: 8014 in New Jersey is 08014."""
    code = str(values["postal_code"])
    digits, dash, rest = code.partition("-")
    at_home = fold(values.get("country", "")) in UNITED_STATES and fold(values.get("state", "")) in STATES_WITH_ZERO
    lost = at_home and digits.isdigit() and 3 <= len(digits) <= 4
    return f"{digits:0>5}{dash}{rest}" if lost else code


def _describe(values: dict[str, Any]) -> str:
    name = person_name(values.get("first_name", ""), values.get("last_name", ""))
    found = values.get("company") or name or values.get("email")
    if not found:
        raise Mistake("It has neither a description nor a company, a name or an e-mail address.")
    return str(found)


# ---------------------------------------------------------------- there already?


def signs(values: dict[str, Any]) -> list[str]:
    """What a lead is known again by; leads that share one sign are the same. The rule is told at `import_leads`."""
    name = fold(person_name(values["first_name"], values["last_name"]))
    company = fold(values["company"] or "")
    phone = values["phone_e164"] or values["phone_digits"]
    email = (values["email"] or "").lower()
    found = [f"{phone}\n{name}\n{company}"] if phone else []
    if email:
        found.append(f"{email}\n{name}")
    return found or [f"\n{name}\n{company}\n{fold(values['description'] or '')}"]


class _Known:
    """The leads of the office by their signs. Those there before the lock is taken are read before it."""

    NAMES = ("number", "first_name", "last_name", "company", "phone_e164", "phone_digits", "email", "description")

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._last = 0
        self._read()

    def _read(self) -> None:
        fields = [Lead.kind(name) for name in self.NAMES]
        for row in Lead.select(*fields).where(Lead.number > self._last).tuples().iterator():
            held = dict(zip(self.NAMES, row, strict=True))
            self._last = max(self._last, held["number"])
            for sign in signs(held):
                self._numbers.setdefault(sign, held["number"])

    def sort_out(self, wanted: list[_Wanted], outcome: Outcome) -> list[_Wanted]:
        """The rows the office does not have yet; of the others the outcome tells which lead they are."""
        self._read()
        rows: dict[str, int] = {}
        new = []
        for each in wanted:
            lead = next((self._numbers[sign] for sign in each.signs if sign in self._numbers), None)
            row = next((rows[sign] for sign in each.signs if sign in rows), None)
            if lead is not None:
                outcome.already.append((each.number, f"It is there already, as lead {lead}."))
            elif row is not None:
                outcome.already.append((each.number, f"It is the same as row {row}."))
            else:
                new.append(each)
            for sign in each.signs:
                rows.setdefault(sign, each.number)
        return new
