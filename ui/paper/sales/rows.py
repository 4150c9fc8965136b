"""The lines of a document as rows of its table: what belongs together is one block, which no page end tears."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from channergy_crm.language import N_
from channergy_crm.money.totals import subtotals
from channergy_crm.records.sales_documents import LineKind
from ui.paper.sales.upon import Cell, Row
from ui.paper.sheet import POINT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from channergy_crm.records import SalesLine
    from channergy_crm.services.sales_paper import OnPaper
    from ui.paper.sales.saying import Saying
    from ui.paper.sales.upon import Upon

GAP = 8 * POINT
TOGETHER = 8
"""lines of a description that stay together"""
FIGURES = ("text", "small", "foot")
"""the letters of figures, as large as there is room for"""
LEAST_TEXT = 0.27
"""of a line is for its text"""
MOST_NAME = 2
"""lines beside the numbers; a longer name goes on below them"""
TITLES = {
    "place": N_("#"), "text": N_("Description"), "quantity": N_("Quantity"), "unit": N_("Unit"), "price": N_("Price"),
    "discount": N_("Discount"), "rate": N_("Tax"), "total": N_("Total"),
}  # fmt: skip
LEFT = ("text", "unit")
"""columns whose texts begin below each other; those of all others end so"""


class Block(NamedTuple):
    """Rows that stay together, and what the items in them come to."""

    rows: list[Row]
    amount: int = 0


class Table:
    """The columns of a document, as wide as what stands in them, and its lines as blocks."""

    def __init__(self, said: OnPaper, saying: Saying, upon: Upon) -> None:
        self._said, self._saying, self._upon = said, saying, upon
        self._texts = list(self._cells())
        self._ends = self._columns()

    def head(self) -> Row:
        """The titles of the columns, on every page."""
        return [self._cell(name, self._saying(TITLES[name]), self._titles) for name in self._ends]

    def sum_row(self, label: str, amount: int, style: str = "text") -> Row:
        """A sum below the column of sums."""
        return [Cell(label, self._ends["text"], style), self._cell("total", self._saying.amount(amount), style)]

    def blocks(self) -> Iterator[Block]:
        """Every line in its order; a heading stays with what follows it, a sum with what it is of."""
        sums, lines = self._said.totals.items, self._said.lines
        ends = self._ends_of_groups()
        waiting: list[Row] = []
        for place, line in enumerate(lines):
            rows = self._rows(line, self._texts[place])
            if line.what == LineKind.HEADING:
                waiting += [[], *rows] if place else rows
                continue
            first, *rest = [rows[at : at + TOGETHER] for at in range(0, len(rows), TOGETHER)]
            pieces = [Block([*waiting, *first], sums[place]), *(Block(each) for each in rest)]
            waiting = []
            if place in ends:
                name, amount = ends[place]
                pieces[-1].rows.extend(self._subtotal(name, amount))
            yield from pieces
        if waiting:
            yield Block(waiting)

    def _subtotal(self, group: str, amount: int) -> list[Row]:
        label = self._saying(N_("Subtotal {group}"), group=group)
        (said,) = self._upon.sheet.fitted(label, self._below, "strong", 1)
        return [[Cell("", self._ends["text"], "tiny")], self.sum_row(said, amount, "strong")]

    # ---------------------------------------------------------------- what stands in the columns

    def _cells(self) -> Iterator[dict[str, str]]:
        saying, number = self._saying, 0
        for line, amount in zip(self._said.lines, self._said.totals.items, strict=True):
            if line.item is None:
                yield {}
                continue
            number += 1
            off = saying.rate(line.discount) if line.discount else ""
            less = saying.amount(line.less) if line.less else ""
            yield {
                "place": str(number), "quantity": saying.quantity(line.quantity or 0), "unit": line.unit or "",
                "price": saying.amount(line.price or 0), "discount": " + ".join(each for each in (off, less) if each),
                "rate": saying.rate(line.rate or 0), "total": saying.amount(amount),
            }  # fmt: skip

    def _columns(self) -> dict[str, float]:
        """Where the texts of each column end, or begin. Where figures leave the text too little they are smaller."""
        upon = self._upon
        always = ("place", "text", "quantity", "price", "rate", "total")
        names = [name for name in TITLES if name in always or any(each.get(name) for each in self._texts)]
        for self._figures in FIGURES:
            wide = self._widths(names)
            if wide["text"] >= LEAST_TEXT * upon.room:
                break
        self._wide, found, x = wide, dict[str, float](), upon.left
        for name in names:
            found[name] = x if name in LEFT else x + wide[name]
            x += wide[name] + GAP
        return found

    def _widths(self, names: Sequence[str]) -> dict[str, float]:
        sheet, figures = self._upon.sheet, self._figures
        wide = {
            name: max(sheet.width_of(self._saying(TITLES[name]), self._titles),
                      *(sheet.width_of(text, figures) for text in {each.get(name, "") for each in self._texts}), 0.0)
            for name in names if name != "text"
        }  # fmt: skip
        whole = self._saying.amount(self._said.totals.lines)
        wide["total"] = max(wide["total"], sheet.width_of(whole, "strong"))
        wide["text"] = self._upon.room - sum(wide.values()) - GAP * (len(names) - 1)
        return wide

    @property
    def _titles(self) -> str:
        return "head" if self._figures == FIGURES[0] else self._figures

    @property
    def _below(self) -> float:
        """How wide what stands below the first line may be, where no quantity and no price is beside it."""
        return self._upon.right - self._wide["total"] - GAP - self._ends["text"]

    def _cell(self, name: str, text: str, style: str = "text") -> Cell:
        return Cell(text, self._ends[name], style, name not in LEFT)

    # ---------------------------------------------------------------- a line

    def _rows(self, line: SalesLine, texts: dict[str, str]) -> list[Row]:
        x, room, fitted = self._ends["text"], self._wide["text"], self._upon.sheet.fitted
        if line.what == LineKind.HEADING:
            return [[Cell(text, self._upon.left, "section")]
                    for text in fitted(line.name or "", self._upon.room, "section")]  # fmt: skip
        if line.item is None:
            room = self._below
        said = " ".join((line.name or "").split())
        name = fitted(said, room)
        if len(name) > MOST_NAME:  # a column that numbers have made narrow
            name = [name[0], *fitted(said[len(name[0]) :].strip(), self._below)]
        more = [text for part in (line.code, line.description) if part
                for text in fitted(part.strip(), self._below, "small")]  # fmt: skip
        rows = [[Cell(text, x)] for text in name] + [[Cell(text, x, "small")] for text in more]
        rows[0] = [self._cell(column, text, self._figures) for column, text in texts.items() if text] + rows[0]
        return rows

    def _ends_of_groups(self) -> dict[int, tuple[str, int]]:
        """The last line of each group that has items, with its name and what it comes to."""
        lines, sums = self._said.lines, self._said.totals.items
        headings = [place for place, line in enumerate(lines) if line.what == LineKind.HEADING]
        found: dict[int, tuple[str, int]] = {}
        ends: Sequence[int] = [*headings[1:], len(lines)]
        by_heading = subtotals(headings, sums) if headings else {}
        for first, end in zip(headings, ends, strict=True) if headings else ():
            if any(line.item is not None for line in lines[first:end]):
                found[end - 1] = (lines[first].name or "", by_heading[first])
        return found
