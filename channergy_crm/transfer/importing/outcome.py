"""What became of the rows of a file, or would: how many were taken, and what is to be said of the others."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from channergy_crm.errors import Surroundings
from channergy_crm.language import N_, Message, _, counted, ngettext
from channergy_crm.transfer.importing.plan import REASON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from channergy_crm.transfer.importing.plan import Plan
    from channergy_crm.transfer.importing.rows import Problem
    from channergy_crm.transfer.importing.spelling import Slip
    from channergy_crm.transfer.reading.losses import Loss
    from channergy_crm.work.record import Record

EXAMPLES = 5  # rows that are named where many are alike


@dataclass
class Outcome:
    """What became of the rows of a file, or would. Rows are numbered as a spreadsheet numbers them."""

    taken: int = 0
    updated: int = 0
    already: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    missing: dict[type[Record], int] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)
    """what the file holds and no record takes: columns, properties, rows, sheets, ends that are cut off"""
    kept: list[Loss] = field(default_factory=list)
    """what was read otherwise, or went into another field than its column's, or into the notes"""
    slips: list[Slip] = field(default_factory=list)
    forgotten: int = 0
    """new ones who asked not to be called before they were forgotten: they are marked so"""
    unit: int = 0
    run: int = 0
    _failed: dict[int, Sequence[str]] = field(default_factory=dict)

    @property
    def made(self) -> dict[str, int]:
        """The missing ones that were made, or would be, by what their records are called."""
        return {record.plural: count for record, count in self.missing.items()}

    @property
    def skipped(self) -> int:
        """How many rows were there already and were left as they are."""
        return len(self.already)

    @property
    def advice(self) -> list[str]:
        """What looks like a slip, in sentences."""
        said = ngettext(
            "{count:,} of them asked this office not to be called, and is marked so.",
            "{count:,} of them asked this office not to be called, and are marked so.", self.forgotten,
        ).format(count=self.forgotten)  # fmt: skip
        return [*([said] if self.forgotten else []), *dict.fromkeys(slip.sentence for slip in self.slips)]

    @property
    def refused(self) -> list[tuple[int, str]]:
        """The rows that could not be taken, each with its first problem."""
        first: dict[int, str] = {}
        for problem in self.problems:
            first.setdefault(problem.row, problem.sentence)
        return list(first.items())

    def lines(self) -> Iterator[str]:
        """What cannot be taken and what is there already, equal reasons in one line with examples."""
        alike: dict[object, list[tuple[int, str]]] = {}
        for problem in sorted(self.problems):
            said = _("Row {row}, {column} “{value}”: {sentence}") if problem.column else _("Row {row}: {sentence}")
            alike.setdefault(problem[1:], []).append((problem.row, said.format(**problem._asdict())))
        for row, sentence in sorted(self.already):
            said = _("Row {row}: {sentence}").format(row=row, sentence=sentence)
            alike.setdefault(re.sub(r"\d+", "", sentence), []).append((row, said))
        return map(_in_one, alike.values())

    def title(self, record: type[Record], file: str) -> Message:
        """What the journal says of it."""
        taken, updated = counted(record, self.taken), counted(record, self.updated)
        if not self.updated:
            return Message(N_("Import {records} from {file}"), {"records": taken, "file": file})
        if not self.taken:
            return Message(N_("Update {records} from {file}"), {"records": updated, "file": file})
        both = {"records": taken, "changed": updated, "file": file}
        return Message(N_("Import {records} and update {changed} from {file}"), both)

    def write_failed(self, path: Path, plan: Plan) -> int:
        """Save the rows that could not be taken, each with the reasons, to be mended and imported again; how many."""
        reasons: dict[int, list[str]] = {}
        for row, column, _value, sentence in self.problems:
            reasons.setdefault(row, []).append(f"{column}: {sentence}" if column else sentence)
        return write_rows(path, plan.source.header, reasons, self._failed)

    def cells(self, row: int) -> Sequence[str]:
        """The cells of a row that could not be taken."""
        return self._failed.get(row, ())

    def failed(self, row: int, cells: Sequence[str]) -> None:
        """Keep the cells of a row that could not be taken."""
        self._failed[row] = cells


def _in_one(alike: Sequence[tuple[int, str]]) -> str:
    (_row, line), *others = alike
    if not others:
        return line
    rows = ", ".join(str(row) for row, _line in others[:EXAMPLES]) + (", …" if len(others) > EXAMPLES else "")
    said = ngettext(
        "{line} And {count:,} more like it: row {rows}.", "{line} And {count:,} more like it: rows {rows}.", len(others)
    )
    return said.format(line=line, count=len(others), rows=rows)


def write_rows(
    path: Path, header: Sequence[str], reasons: Mapping[int, Sequence[str]], cells: Mapping[int, Sequence[str]]
) -> int:
    """Save rows with the reasons why they were not taken in the first column; how many."""
    try:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow([_(REASON), *header])
            for row, said in reasons.items():
                writer.writerow([" ".join(said), *cells.get(row, ())])
    except OSError as error:
        sentence = _("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)
        raise Surroundings(sentence) from error
    return len(reasons)
