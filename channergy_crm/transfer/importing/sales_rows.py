"""The rows of a file of documents, gathered into documents: what each cell says, and which rows belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import SalesDocument, SalesLine
from channergy_crm.records.sales_documents import LineKind, State
from channergy_crm.text.folding import fold
from channergy_crm.transfer.reading.cells import Reading, reader, weigher
from channergy_crm.transfer.sales_columns import HEAD, NUMBER, PAYMENT, placed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from channergy_crm.text.days import Order
    from channergy_crm.transfer.reading.source import Row, Source
    from channergy_crm.transfer.sales_columns import Column

HEADS = {column.key for column in HEAD}
STATES = {
    "created": State.OPEN, "autocreated": State.OPEN, "delivered": State.OPEN, "reviewed": State.OPEN,
    "sent": State.OPEN, "approved": State.OPEN, "rejected": State.DECLINED, "cancel": State.CANCELLED,
    "canceled": State.CANCELLED, "closed": State.DONE, "received": State.DONE,
}  # fmt: skip
"""what another program says of a state, and we do otherwise"""


@dataclass
class Part:
    """One row: where it stands, what it says of its line or payment, and the text of its cells."""

    row: int
    values: dict[str, object]
    is_payment: bool = False


@dataclass
class Gathered:
    """The rows of one document: what they say of it, and its lines and payments; why it cannot be taken."""

    row: int
    head: dict[str, object]
    parts: list[Part] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


class Reader:
    """Reads the cells of a file, column by column in its own way of writing days and numbers."""

    def __init__(self, source: Source, order: Order | None) -> None:
        self.columns = placed(list(source.header))
        self.told: list[tuple[int, str]] = []
        self._source = source
        self._nowhere = {place: title for place, title in enumerate(source.header) if place not in self.columns}
        self._said: set[int] = set()
        self._read = {place: self._taker(place, column, order) for place, column in self.columns.items()}

    def _taker(self, place: int, column: Column, order: Order | None) -> Callable[[str], object]:
        if column.how:
            return str
        if column.key == "SalesLine.what":
            return _line_kind
        if column.key == "state":
            return _state
        weigh = weigher(column.kind)
        reading = Reading(order)
        if weigh is not None:
            cells = {row.values[place].strip() for row in self._source.rows() if place < len(row.values)}
            reading = weigh(sorted(cells - {""}))
            if not reading.numeric:
                reading = reading._replace(order=reading.order or order)
            if reading.example and not reading.order and not reading.numeric:
                said = _("The days in column {column} can be read in two ways, such as {example}.")
                raise Mistake(said.format(column=column.title, example=reading.example))
        return reader(column.kind, reading)

    def documents(self) -> list[Gathered]:
        """The documents of the file, each with all of its rows; what no column takes is told."""
        found: dict[object, Gathered] = {}
        last: Gathered | None = None
        for row in self._source.rows():
            if row.problem:
                self.told.append((row.number, row.problem))
                continue
            cells, problems = self._cells(row)
            self._leave(row)
            head = {key: value for key, value in cells.items() if key in HEADS}
            key = _key(head)
            if last is None or key is not None:
                held = found.get(key) if key is not None else None
                last = held or Gathered(row.number, head)
                found.setdefault(key if key is not None else row.number, last)
            self._put(last, row.number, cells, head, problems)
        return list(found.values())

    def _put(
        self, into: Gathered, row: int, cells: dict[str, object], head: dict[str, object],
        problems: list[tuple[int, str]],
    ) -> None:  # fmt: skip
        into.rows.append(row)
        into.problems += problems
        for key, value in head.items():
            if (before := into.head.setdefault(key, value)) != value:
                title = next(column.title for column in HEAD if column.key == key)
                said = _("{column} says “{value}”; the first row of the document says “{first}”, and that holds.")
                self.told.append((row, said.format(column=title, value=value, first=before)))
        values = {key: value for key, value in cells.items() if key not in HEADS}
        if values:
            into.parts.append(Part(row, values, values.get("SalesLine.what") == PAYMENT))

    def _cells(self, row: Row) -> tuple[dict[str, object], list[tuple[int, str]]]:
        found: dict[str, object] = {}
        problems = []
        for place, column in self.columns.items():
            text = row.values[place].strip() if place < len(row.values) else ""
            if not text:
                continue
            try:
                value = self._read[place](text)
            except Mistake as mistake:
                said = _("{column}: {sentence}").format(column=column.title, sentence=mistake.message)
                problems.append((row.number, mistake.message if mistake.message.startswith(column.title) else said))
                continue
            if value not in (None, ""):
                found[column.key] = value
        return found, problems

    def _leave(self, row: Row) -> None:
        """A column nobody knows is told once, with the first of what stands in it."""
        for place, title in self._nowhere.items():
            text = row.values[place].strip() if place < len(row.values) else ""
            if text and place not in self._said:
                self._said.add(place)
                said = _("The column {column} is not known; it is left out. It begins with “{text}”.")
                self.told.append((row.number, said.format(column=title or place + 1, text=text[:80])))
        beyond = [text for text in row.values[len(self._source.header) :] if text.strip()]
        if beyond:
            self.told.append((row.number, _("Cells beyond the last title are left out: {text}.").format(
                text=", ".join(beyond)[:80])))  # fmt: skip


def _key(head: Mapping[str, object]) -> object:
    """By what rows of one document are known: its number here, the one on its paper, else all that is said of it; None
    for a row that says nothing of its document and so belongs to the one above.
    """
    if not head:
        return None
    if NUMBER in head:
        return "here", head[NUMBER]
    if "document_no" in head:
        return "paper", head.get("what"), fold(str(head["document_no"])), head.get("revision")
    return tuple(sorted((key, str(value)) for key, value in head.items()))


def _line_kind(text: str) -> object:
    if fold(text) in {fold("Payment"), fold(_("Payment"))}:
        return PAYMENT
    kind: Any = SalesLine.kind("what")
    return kind.read(text) or LineKind.ITEM.value


def _state(text: str) -> object:
    theirs = STATES.get(fold("".join(text.split())).removesuffix("shipment"))
    return theirs.value if theirs is not None else SalesDocument.kind("state").read(text)


def titles_known(columns: Iterable[Column]) -> bool:
    """Whether a file with these columns can be one of documents: it says something of a line, and of a document."""
    keys = {column.key for column in columns}
    lines = keys & {"SalesLine.price", "SalesLine.product", "SalesLine.code", "SalesLine.name", "SalesLine.quantity"}
    return bool(lines and keys & {"document_no", "account", "vendor", "name", "subject"})
