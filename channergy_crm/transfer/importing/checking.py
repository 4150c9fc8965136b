"""What an import would do, before it does it: the counts, and the rows that cannot be taken, mended cell by cell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.text.folding import fold
from channergy_crm.transfer.importing.links import links_of
from channergy_crm.transfer.importing.outcome import Outcome, write_rows
from channergy_crm.transfer.importing.run import Progress, rehearse
from channergy_crm.transfer.reading.tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.transfer.importing.rows import Problem, Rows


@dataclass
class Failing:
    """One row that could not be taken: its cells, and what is wrong, by place; -1 is the row as a whole."""

    number: int
    cells: list[str]
    wrong: dict[int, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """What is wrong with it, in a sentence for each; nothing when it can be taken now."""
        return " ".join(self.wrong.values())

    def cell(self, place: int) -> str:
        """What stands in one of its cells."""
        return self.cells[place] if place < len(self.cells) else ""


class Checked:
    """A plan that was tried out. A cell that is typed anew is checked at once; the counts wait for the next check."""

    def __init__(self, plan: Plan, outcome: Outcome, rows: Rows) -> None:
        self.plan, self.outcome = plan, outcome
        self._rows = rows
        found: dict[int, Failing] = {}
        for problem in outcome.problems:
            row = found.setdefault(problem.row, Failing(problem.row, list(outcome.cells(problem.row))))
            self._note(row, problem)
        self.failing = [found[number] for number in sorted(found)]

    def mend(self, row: Failing, place: int, text: str) -> None:
        """Take this for what stands in a cell, and check its row again."""
        typed = {**self.plan.mended.get(row.number, {}), place: text}
        self.plan = replace(self.plan, mended={**self.plan.mended, row.number: typed})
        row.cells += [""] * (place + 1 - len(row.cells))
        row.cells[place] = text
        row.wrong.clear()
        for problem in self._rows.problems_of(Row(row.number, row.cells, self._too_wide(row))):
            self._note(row, problem)

    def alike(self, place: int, text: str) -> list[Failing]:
        """The rows in which the same cell is wrong in the same way."""
        return [row for row in self.failing if place in row.wrong and row.cell(place).strip() == text.strip()]

    def mend_alike(self, place: int, old: str, new: str) -> int:
        """Take `new` for `old` in all rows, and in the next file imported by the same preset; how many rows there are.

        A column that is no field itself, such as the full name, is mended in this file only.
        """
        rows = self.alike(place, old)
        for row in rows:
            self.mend(row, place, new)
        name = self.plan.columns.get(place, "")
        if name in self.plan.record.kinds():
            self.take_as(name, old.strip(), new)
        return len(rows)

    def take_as(self, name: str, text: str, meant: str) -> None:
        """Take this for what is written in a field, in all rows, and in the next file imported by the same preset."""
        known = {held: value for held, value in self.plan.replaced.get(name, {}).items() if held != text}
        if meant != text:
            known[text] = meant
        self.plan = replace(self.plan, replaced={**self.plan.replaced, name: known})

    def nameless(self) -> set[tuple[str, str]]:
        """The linked records that rows name and nobody finds: the field, and how they are called."""
        links = links_of(self.plan.record)
        places = {place for place, name in self.plan.columns.items() if name in links}
        return {
            (self.plan.columns[place], fold(row.cell(place).strip()))
            for row in self.failing for place in places & row.wrong.keys()
        }  # fmt: skip

    def keeping(self, mended: Iterable[Failing]) -> None:
        """Go on showing the rows of an earlier check that can be taken now."""
        numbers = {row.number for row in self.failing}
        kept = [Failing(row.number, row.cells) for row in mended if row.number not in numbers]
        self.failing = sorted([*self.failing, *kept], key=lambda row: row.number)

    def write_failed(self, path: Path) -> int:
        """Save the rows that cannot be taken as they stand now, each with the reasons; how many."""
        title = self.plan.title
        reasons = {
            row.number: [f"{title(place)}: {said}" if place >= 0 else said for place, said in row.wrong.items()]
            for row in self.failing if row.wrong
        }  # fmt: skip
        cells = {row.number: row.cells for row in self.failing}
        return write_rows(path, self.plan.source.header, reasons, cells)

    def _too_wide(self, row: Failing) -> str:
        width = len(self.plan.source.header)
        return _("It has values beyond its {count} columns.").format(count=width) if any(row.cells[width:]) else ""

    def _note(self, row: Failing, problem: Problem) -> None:
        place = next((each for each in self.plan.columns if self._is_about(row, each, problem)), -1)
        row.wrong[place] = problem.sentence

    def _is_about(self, row: Failing, place: int, problem: Problem) -> bool:
        same = problem.column and self.plan.title(place) == problem.column
        return bool(same and row.cell(place).strip()[:200] == problem.value.strip())


def check(plan: Plan, *, operator: str, progress: Progress | None = None) -> Checked:
    """Try a plan out; nothing is written."""
    outcome, rows = rehearse(plan, operator=operator, progress=progress)
    return Checked(plan, outcome, rows)
