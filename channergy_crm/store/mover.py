"""An office goes from a file to a server, or from a server into a file, with everything in it.

What is read is the office as it stands at one moment, though people go on working in it. Every table is counted and
its contents are summed up on both sides; where they differ nothing is left of the new office.
"""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from channergy_crm.errors import CRMError, Mistake, Surroundings
from channergy_crm.language import N_, _
from channergy_crm.store import ends
from channergy_crm.store.addresses import sqlite_path
from channergy_crm.store.database import known_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from channergy_crm.store.ends import Source, Target
    from channergy_crm.store.tables import Table

    Progress = Callable[[int, int, str], object]

STEPS = "schema_migration"
COPYING, COMPARING, FINISHING = N_("Copying"), N_("Comparing"), N_("Preparing the search")
MANY = 1 << 64


class Moved(NamedTuple):
    """One table: how many rows it has, and a sum over all that stands in them, whatever their order."""

    table: str
    rows: int
    sum: str


class _Sum:
    """Adds up rows as they pass by."""

    def __init__(self, tell: Callable[[int], object]) -> None:
        self._tell = tell
        self.rows = self._sum = 0

    def over(self, batches: Iterable[list[tuple[Any, ...]]]) -> Iterator[list[tuple[Any, ...]]]:
        """The same rows again, added up."""
        for rows in batches:
            for row in rows:
                held = repr(row).encode("utf-8", "surrogatepass")
                self._sum += int.from_bytes(blake2b(held, digest_size=8).digest(), "big")
            self.rows += len(rows)
            self._tell(len(rows))
            yield rows

    def of(self, table: str) -> Moved:
        """What came of it."""
        return Moved(table, self.rows, f"{self._sum % MANY:016x}")


def move(
    source: str, target: str, progress: Progress | None = None, *, instead: Callable[[], object] | None = None
) -> list[Moved]:
    """Make a new office at the address `target` of all that stands in `source`, which stays as it is.

    The tables with their figures, the same on both sides. What `progress` raises ends the move; nothing is left then.
    With `instead` it takes the place of what a server holds; that is called when nobody writes there any more.
    """
    here, there = sqlite_path(source), sqlite_path(target)
    if source == target or (here and there and here.absolute() == there.absolute()):
        raise Mistake(_("Both addresses name the same office."))
    with ends.reading(source) as held:
        found = held.tables()
        steps = _steps(held, found)
        with ends.making(target, steps, found, instead) as new:
            return _Move(held, new, found, progress or (lambda done, total, text: None)).all()


def _steps(source: Source, found: dict[str, Table]) -> frozenset[str]:
    names = (row[0] for rows in source.rows(found[STEPS].narrowed(["name"])) for row in rows)
    steps = frozenset(str(name) for name in names)
    if steps - known_steps():
        raise Mistake(_("This office was made by a newer version of the program. Update this workstation first."))
    return steps


class _Move:
    """One move on its way."""

    def __init__(self, source: Source, target: Target, found: dict[str, Table], tell: Progress) -> None:
        self._source, self._target, self._found, self._tell_out = source, target, found, tell
        there = target.tables()
        self._there = {name: there[name].narrowed(c.name for c in table.columns) for name, table in found.items()}
        self._done, self._total = 0, 2 * sum(source.count(name) for name in found)
        self._text = ""

    def all(self) -> list[Moved]:
        """Everything, table after table, and whether it arrived."""
        sent = [self._copy(table) for table in self._found.values()]
        for before in sent:
            self._compare(before)
        self._say(_(FINISHING))
        with _said_of(_(FINISHING)):
            self._target.finish(self._source.last_numbers())
        return sent

    def _copy(self, table: Table) -> Moved:
        self._say(f"{_(COPYING)}: {table.name}")
        adding = _Sum(self._tell)
        with _said_of(table.name):
            self._target.write(self._there[table.name], adding.over(self._source.rows(table)))
        return adding.of(table.name)

    def _compare(self, before: Moved) -> None:
        self._say(f"{_(COMPARING)}: {before.table}")
        adding = _Sum(self._tell)
        for _rows in adding.over(self._target.rows(self._there[before.table])):
            pass
        after = adding.of(before.table)
        if after != before:
            said = _("What stands in {table} did not arrive as it was ({sent:,} rows sent, {came:,} came). "
                     "Nothing was kept of it; see main.py check.")  # fmt: skip
            raise Surroundings(said.format(table=before.table, sent=before.rows, came=after.rows))

    def _say(self, text: str) -> None:
        self._text = text
        self._tell(0)

    def _tell(self, rows: int) -> None:
        self._done += rows
        self._tell_out(min(self._done, self._total), self._total, self._text)


@contextmanager
def _said_of(what: str) -> Iterator[None]:
    """What an engine does not take is said with the table it stood in; everything else goes on as it is."""
    try:
        yield
    except Exception as error:
        kind = type(error).__module__.partition(".")[0]
        state = str(getattr(error, "sqlstate", None) or "")
        surroundings = "full" in str(error) if kind == "sqlite3" else state[:2] not in ("22", "23", "42", "")
        if isinstance(error, CRMError) or kind not in ("psycopg", "peewee", "sqlite3") or surroundings:
            raise
        said = _("{table} cannot be moved: {reason}. Nothing was kept of it; see main.py check.")
        reason = (str(error).strip().splitlines() or [""])[0].rstrip(".")
        raise Mistake(said.format(table=what, reason=reason)) from error
