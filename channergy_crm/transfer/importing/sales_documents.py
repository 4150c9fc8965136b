"""Documents with their lines and payments out of a file, one row for each line (VT-86, VT-106, VT-137).

They come in as drafts. One that has a number and a state was issued elsewhere: it comes in as issued, with that number
outside the circles of this office, and does not change any more. Sums are reckoned here; a file that says otherwise is
told so. A document of which a row cannot be read is not taken. Every row becomes a line or a payment, or is told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from channergy_crm import clock, work
from channergy_crm.errors import Mistake
from channergy_crm.language import N_, _, counted, ngettext
from channergy_crm.records import Payment, SalesDocument, SalesLine
from channergy_crm.records.sales_documents import DocumentKind, LineKind, State
from channergy_crm.services import imports, rights
from channergy_crm.services.sales_documents import drafts, payments
from channergy_crm.transfer.importing.sales_links import Links
from channergy_crm.transfer.importing.sales_rows import Reader, titles_known
from channergy_crm.transfer.reading.sources import open_source
from channergy_crm.transfer.sales_columns import COMPUTED, HEAD, LINES, LINK, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from channergy_crm.records import Product
    from channergy_crm.text.days import Order
    from channergy_crm.transfer.importing.sales_rows import Gathered, Part

    Progress = Callable[[int, int, str], object]

SUMS = {"net": N_("Net"), "tax": N_("Tax"), "total": N_("Total")}
PLAIN = {column.key for column in HEAD if not column.how} - {*COMPUTED, "issued_on", "state", "document_no"}


@dataclass
class Taken:
    """What became of the rows of a file: documents, of them issued ones, lines and payments; what is to be told of
    which row; the rows that are not taken. `unit` is the step, 0 where nothing was written.
    """

    documents: int = 0
    issued: int = 0
    lines: int = 0
    payments: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    already: list[tuple[int, str]] = field(default_factory=list)
    unit: int = 0

    def sentences(self) -> list[str]:
        """What is said of it, most important first."""
        made = ngettext("{count:,} document taken in", "{count:,} documents taken in", self.documents)
        if not self.unit:
            made = ngettext("{count:,} document can be taken in", "{count:,} documents can be taken in", self.documents)
        lines = ngettext("{count:,} line", "{count:,} lines", self.lines)
        paid = ngettext("{count:,} payment", "{count:,} payments", self.payments)
        head = _("{documents}, with {lines} and {payments}.").format(
            documents=made.format(count=self.documents), lines=lines.format(count=self.lines),
            payments=paid.format(count=self.payments))  # fmt: skip
        row_said = _("Row {row}: {sentence}")
        rest = (*self.refused, *self.already, *self.told)
        return [head, *(row_said.format(row=row, sentence=sentence) for row, sentence in sorted(rest))]


def take_in(
    path: Path, by: str, progress: Progress | None = None, *, kind: DocumentKind | None = None,
    order: Order | None = None, dry_run: bool = False,
) -> Taken:  # fmt: skip
    """Take the documents of a file in, in one step; a dry run only tells what would become of them.

    `kind` is what they are where the file does not say it.
    """
    rights.require(by, "import", SalesDocument)
    rights.require(by, "create", SalesDocument)
    reader = Reader(open_source(path), order)
    if not titles_known(reader.columns.values()):
        said = _("{file} holds no documents with lines: it needs columns such as Customer, Product, Quantity, Price.")
        raise Mistake(said.format(file=path.name))
    for record in {each.record for each in reader.columns.values()}:
        rights.require_shown(record, [each.field for each in reader.columns.values() if each.record is record], by)
    found, taken = reader.documents(), Taken(told=reader.told)
    maker = _Maker(Links(by), taken, kind, by)
    ready = [made for each in found if (made := maker.make(each)) is not None]
    if dry_run or not ready:
        maker.count(ready)
        return taken
    message = N_("Import {records} from {file}")
    with work.unit(message, by=by, records=counted(SalesDocument, len(ready)), file=path.name) as unit:
        for done, each in enumerate(ready):
            if progress is not None and not done % 20:
                progress(done, len(ready), _("Taking in documents"))
            each.write(by)
        run = imports.Run(record=SalesDocument, file=path.name, by=by, created=len(ready), updated=0,
                          skipped=len({row for row, _said in taken.already}),
                          refused=len({row for row, _said in taken.refused}))  # fmt: skip
        unit.finishing.append(run.note)
    maker.count(ready)
    taken.unit = unit.number
    return taken


@dataclass
class _Ready:
    """A document that can be written."""

    document: SalesDocument
    lines: list[SalesLine]
    payments: list[Payment]
    number: str
    state: str
    issued_on: datetime | None

    def write(self, by: str) -> None:
        """Write it within a unit: as a draft, and then as issued, for what is issued does not change."""
        document = self.document
        document.save()
        for line in self.lines:
            line.document = document.number
            line.save()
        if self.issued_on is None:
            return
        owed = document.what == DocumentKind.INVOICE and self.state in (State.OPEN, State.PAID)
        document.document_no, document.state, document.issued_on = self.number, self.state, self.issued_on
        document.issued_by, document.open_amount = by, document.total if owed else 0
        document.save()
        for payment in self.payments:
            payment.document = document.number
            payment.save()
        if owed and self.payments:
            payments.settle(document)


class _Maker:
    """Makes documents of what was gathered, and tells what is to be told."""

    def __init__(self, links: Links, taken: Taken, kind: DocumentKind | None, by: str) -> None:
        self._links, self._taken, self._kind, self._by = links, taken, kind, by

    def count(self, ready: list[_Ready]) -> None:
        """How many there are."""
        taken = self._taken
        taken.documents, taken.issued = len(ready), sum(each.issued_on is not None for each in ready)
        taken.lines = sum(len(each.lines) for each in ready)
        taken.payments = sum(len(each.payments) for each in ready)

    def make(self, found: Gathered) -> _Ready | None:
        """One document; None where it cannot be taken, and then every one of its rows is told why."""
        if found.problems:
            first = found.problems[0]
            also = _("Row {row} of this document cannot be read, so it is not taken.").format(row=first[0])
            wrong = dict(reversed(found.problems))
            self._taken.refused += [(row, wrong.get(row, also)) for row in found.rows]
            return None
        try:
            made = self._made(found)
        except Mistake as mistake:
            self._taken.refused += [(row, mistake.message) for row in found.rows]
            return None
        if there := self._there(made):
            said = _("It is there already, as {name}.").format(name=there.caption())
            self._taken.already += [(row, said) for row in found.rows]
            return None
        self._compare(found, made.document)
        return made

    def _made(self, found: Gathered) -> _Ready:
        head, row = found.head, found.row
        what = str(head.get("what") or self._kind or "")
        if not what:
            raise Mistake(_("Nothing says what kind of document it is: name it in a column Kind."))
        document = SalesDocument(what=what, owner=self._by, created_on=clock.today())
        for key in PLAIN & head.keys():
            setattr(document, key, head[key])
        document.what = what
        self._point(document, head, row)
        number, state = str(head.get("document_no") or ""), str(head.get("state") or "")
        issued = bool(number and state and state != State.DRAFT)
        self._unissued(document, number, state, issued, row)
        if document.dated is None:
            if issued:
                raise Mistake(_("A document that was issued has a date."))
            document.dated = clock.today()
        lines = [self._line(part, document, place, NUMBER in head) for place, part in enumerate(self._of_lines(found))]
        drafts.reckoned(document, lines)
        paid = self._paid(found, document, state if issued else "")
        for each in (document, *lines):
            wrong = [sentence for name, sentence in each.problems().items() if name != "document"]
            if wrong:
                raise Mistake(wrong[0])
        said = head.get("issued_on")
        when = said if isinstance(said, datetime) else datetime.combine(document.dated, time())
        return _Ready(document, lines, paid, number, state, when if issued else None)

    def _point(self, document: SalesDocument, head: dict[str, object], row: int) -> None:
        """Whom it is for, which deal it is of, whose it is."""
        for column in HEAD:
            if column.how != LINK or not (name := str(head.get(column.key) or "")):
                continue
            found, said = self._links.find(column.key, name)
            if found is not None:
                setattr(document, column.key, found)
            else:
                self._taken.told.append((row, said))
                if column.key in ("account", "vendor") and not document.name:
                    document.name = name
        if not document.name:
            document.name = self._links.name_of(document)

    def _unissued(self, document: SalesDocument, number: str, state: str, issued: bool, row: int) -> None:
        """A draft has neither number nor state; what the file says of them is not lost."""
        if issued or not (number or state not in ("", State.DRAFT)):
            return
        told = _("It comes in as a draft: only with a number and a state was it issued elsewhere.")
        self._taken.told.append((row, told))
        if number:
            said = _("Document # {number}").format(number=number)
            document.internal_notes = "\n".join(filter(None, (document.internal_notes, said)))

    @staticmethod
    def _of_lines(found: Gathered) -> list[Part]:
        return [part for part in found.parts if not part.is_payment]

    def _line(self, part: Part, document: SalesDocument, place: int, ours: bool) -> SalesLine:
        values = part.values
        line = SalesLine(place=place, what=values.get("SalesLine.what") or LineKind.ITEM.value)
        for column in LINES:
            if not column.how and column.key not in COMPUTED and column.key in values:
                setattr(line, column.field, values[column.key])
        if line.what != LineKind.ITEM:
            return line
        named = str(values.get("SalesLine.product") or "")
        product, said = self._links.product(str(line.code or ""), named)
        if product is not None:
            line.product = product.number
            if not ours:
                self._complete(line, product, document, given=values.keys())
        elif said:
            self._taken.told.append((part.row, said))
        line.name = line.name or (product.name if product is not None and not ours else named)
        line.quantity = 1_000 if line.quantity is None else line.quantity
        return line

    @staticmethod
    def _complete(line: SalesLine, product: Product, document: SalesDocument, given: Collection[str]) -> None:
        """What a file of another program leaves open, as the product has it; a file of ours says what is empty."""
        line.name = line.name or product.name
        line.unit = line.unit or product.unit
        if line.price is None:
            line.price = product.list_price
        if "SalesLine.rate" not in given:
            line.rate = drafts.rate_of(product, document.dated or clock.today())

    def _paid(self, found: Gathered, document: SalesDocument, state: str) -> list[Payment]:
        """The payments; an invoice that is said to be paid without one gets one on its own day."""
        held = []
        for part in found.parts:
            if not part.is_payment:
                continue
            if document.what != DocumentKind.INVOICE or not state:
                raise Mistake(_("Only an invoice that was issued has payments."))
            held.append(self._payment(part))
        if state == State.PAID and document.what == DocumentKind.INVOICE and not held and document.total:
            day = min(document.dated or clock.today(), clock.today())
            held.append(Payment(paid_on=day, amount=document.total, by=self._by, entered=clock.now()))
            said = _("It is paid, and the file has no payment: one of all of it is put down for {day}.")
            self._taken.told.append((found.row, said.format(day=day.isoformat())))
        return held

    def _payment(self, part: Part) -> Payment:
        values = part.values
        held = Payment(amount=values.get("SalesLine.price"), by=self._by, entered=clock.now())
        for name in ("paid_on", "means", "reference"):
            if f"Payment.{name}" in values:
                setattr(held, name, values[f"Payment.{name}"])
        if held.amount is None or held.paid_on is None:
            raise Mistake(_("A payment needs a price and the day it was paid on."))
        return held

    def _there(self, made: _Ready) -> SalesDocument | None:
        """The same one, where it is in the office already."""
        document = made.document
        same: Any = SalesDocument.what == document.what
        if made.issued_on is not None:
            same &= (SalesDocument.document_no == made.number) & (SalesDocument.revision == (document.revision or 1))
        else:
            same &= SalesDocument.issued_on.is_null() & (SalesDocument.dated == document.dated)
            same &= (SalesDocument.name == document.name) & (SalesDocument.total == document.total)
            same &= SalesDocument.subject == (document.subject or "")
        found: SalesDocument | None = SalesDocument.select().where(same).first()
        return found

    def _compare(self, found: Gathered, document: SalesDocument) -> None:
        """A sum the file states that its lines do not come to."""
        for key, said in SUMS.items():
            stated: Any = found.head.get(key)
            if stated is not None and stated != getattr(document, key):
                kind = SalesDocument.kind(key)
                told = _("{sum} is {stated} in the file; the lines come to {reckoned}.")
                self._taken.told.append((found.row, told.format(
                    sum=_(said), stated=kind.show(stated), reckoned=kind.show(getattr(document, key)))))  # fmt: skip
