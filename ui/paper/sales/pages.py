"""A quote, an order, an invoice or a credit note laid out: one painter for all of them (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import N_
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import sales_texts
from channergy_crm.text import placeholders
from ui.paper.sales import codes, saying, top
from ui.paper.sales.rows import GAP, Table
from ui.paper.sales.upon import Cell, Upon
from ui.paper.sheet import MILLIMETRE, Paper, size_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from channergy_crm.services.sales_paper import OnPaper
    from ui.paper.sales.saying import Saying
    from ui.paper.sales.upon import Row

    Tell = Callable[[int, int], None]

STEPS = 100
NOTHING = "-"
"""who writes that wants no text there"""
CARRIED, NUMBER = N_("Carried over"), N_("Document no.")
UNTIL = {DocumentKind.QUOTE: N_("Valid until"), DocumentKind.INVOICE: N_("Due")}
THEIRS = {DocumentKind.PURCHASE_ORDER: N_("Our customer number")}


def title(said: OnPaper, words: Saying) -> str:
    """What it is headed, and what its file is called where no pattern says so."""
    return " ".join(part for part in (words(sales_texts.KINDS[said.kind]), saying.number_of(said)) if part)


def laid_out(said: OnPaper, texts: Mapping[str, str], tell: Tell, paper: str = "") -> Paper:
    """The pages of a document. `texts` are the office's own, by part, for a document that has none itself."""
    words = saying.of(said)
    upon = Upon(said.head, top.footer(said.head, words), paper)
    held = saying.values(said, words)
    top.put(upon, said.document.addressee or said.document.name or "", facts(said, words))
    upon.paragraph(title(said, words), "brand")
    upon.paragraph(" ".join((said.document.subject or "").split()), "strong")
    upon.paragraph(_text(said.document.opening, texts.get(sales_texts.OPENING, ""), held))
    below = _below(said, words, _text(said.document.closing, texts.get(sales_texts.CLOSING, ""), held))
    _Lines(said, words, upon, tell).fill(_high(said, upon, below))
    upon.y += upon.step() * 0.6
    for text in below:
        upon.paragraph(text)
    codes.put(said, words, upon)
    top.finish(upon, words, title(said, words), draft=not said.document.is_issued)
    return Paper(title(said, words), upon.sheet, upon.pages, size_named(upon.paper))


def _text(own: str | None, offices: str, held: Mapping[str, str]) -> str:
    wanted = (own or "").strip() or offices
    return "" if wanted == NOTHING else placeholders.fill(placeholders.parse(wanted), held).text.strip()


def facts(said: OnPaper, words: Saying) -> list[tuple[str, str]]:
    """The block beside the address; what is not known is left out."""
    document, head, kind = said.document, said.head, DocumentKind(said.kind)
    person = said.person if "contact" in head.blocks else None
    return [
        (words(NUMBER), saying.number_of(said)),
        (words(N_("Date")), words.day(document.dated)),
        (words(N_("For invoice")), said.corrects),
        (words(THEIRS.get(kind, N_("Your customer number"))), said.their_number),
        (words(UNTIL[kind]) if kind in UNTIL else "", words.day(document.until) if kind in UNTIL else ""),
        (words(N_("Delivery")), words.day(document.delivery)),
        (words(N_("Your reference")), document.their_reference or ""),
        (words(N_("Your tax number")), document.their_tax_number or ""),
        (words(N_("Contact person")), person.name if person else ""),
        (words(N_("Phone")), person.phone if person else ""),
        (words(N_("E-mail")), person.email if person else ""),
        (words(N_("Our tax number")), head.vat or head.tax),
    ]


def _below(said: OnPaper, words: Saying, closing: str) -> list[str]:
    """What stands under the sums: why nothing is taken, terms, where it goes, the closing text."""
    document = said.document
    found = [words(sales_texts.UNTAXED[why]) for why in dict.fromkeys(said.untaxed.values())]
    if document.terms:
        found.append(words(N_("Terms: {terms}"), terms=document.terms))
    if document.delivered_to and document.delivered_to != document.addressee:
        there = ", ".join(" ".join(line.split()) for line in document.delivered_to.splitlines() if line.strip())
        found.append(words(N_("Delivered to: {address}"), address=there))
    return [*found, closing] if closing else found


def _high(said: OnPaper, upon: Upon, below: Sequence[str]) -> float:
    """How high that is with the code that pays it; nothing where it would fill half a page."""
    lines = [upon.sheet.fitted(text, upon.room) for text in below]
    high = sum((len(each) + 0.6) * upon.step() for each in lines) + 0.6 * upon.step()
    high += codes.SIDE * MILLIMETRE if codes.said_by(said)[0] else 0.0
    return high if high < upon.sheet.height / 3 else 0.0


class _Lines:
    """The table and its sums, on as many pages as they take, with what was carried over."""

    def __init__(self, said: OnPaper, words: Saying, upon: Upon, tell: Tell) -> None:
        self._said, self._words, self._upon, self._tell = said, words, upon, tell
        self._table = Table(said, words, upon)
        self._carries = "carried" in said.head.blocks
        self._sum, self._begun = 0, False

    def fill(self, below: float) -> None:
        """`below` is how high what follows the sums is: the last line goes with all of it to the next page."""
        upon, count = self._upon, len(self._said.lines)
        if not upon.fits(4 * upon.step()):
            upon.turn()
        self._head()
        reserved = 1.5 * upon.step() if self._carries else 0.0
        blocks = list(self._table.blocks())
        for done, block in enumerate(blocks, 1):
            if done % STEPS == 1:
                self._tell(done - 1, count)
            rest = reserved if done < len(blocks) else self._high_sums() + below
            if not upon.fits(self._height(block.rows) + rest):
                self._turn()
            for row in block.rows:
                upon.row(row)
            upon.y += 0.25 * upon.step()
            self._sum, self._begun = self._sum + block.amount, True
        self._sums()

    def _height(self, rows: list[Row]) -> float:
        step = self._upon.step
        return sum(max((step(cell.style) for cell in row), default=step()) for row in rows) + 0.25 * step()

    def _head(self) -> None:
        self._upon.row(self._table.head())
        self._upon.rule(strong=True)
        self._upon.y += 0.5 * self._upon.step("small")

    def _turn(self) -> None:
        """The next page: the sum so far at the end of this one and at the beginning of that."""
        carried = self._table.sum_row(self._words(CARRIED), self._sum, "strong")
        told = self._carries and self._begun
        if told:
            self._upon.rule()
            self._upon.y += 0.3 * self._upon.step()
            self._upon.row(carried)
        self._upon.turn()
        self._head()
        if told:
            self._upon.row(carried)
            self._upon.y += 0.4 * self._upon.step()

    def _sums(self) -> None:
        """What it comes to, all of it on one page."""
        upon, rows = self._upon, list(self._said_sums())
        if not upon.fits(self._high_sums()):
            self._turn()
        upon.rule(strong=True)
        upon.y += 0.4 * upon.step()
        wide = max(upon.sheet.width_of(amount, style) for _label, amount, style in rows)
        x = upon.right - max(upon.room * 0.24, wide + GAP)
        for label, amount, style in rows:
            upon.row([Cell(label, x, style, right=True), Cell(amount, upon.right, style, right=True)])

    def _high_sums(self) -> float:
        """They stay with the last line: a total never stands alone on a page."""
        step = self._upon.step
        return sum(step(style) for _label, _amount, style in self._said_sums()) + step()

    def _said_sums(self) -> list[tuple[str, str, str]]:
        totals, words, document = self._said.totals, self._words, self._said.document
        found: list[tuple[str, str, str]] = []
        if totals.discount:
            off = words.rate(document.discount) if document.discount else ""
            label = words(N_("Discount {percent}"), percent=off).strip()
            found += [(words(N_("Sum of the lines")), words.amount(totals.lines), "text"),
                      (label, words.amount(-totals.discount), "text")]  # fmt: skip
        taxes = [(words(N_("{rate} tax on {net}"), rate=words.rate(each.rate), net=words.amount(each.net)),
                  words.amount(each.tax)) for each in totals.rates if each.rate or len(totals.rates) > 1]  # fmt: skip
        whole = (words(N_("Total")), words.money(totals.total), "fact")
        if document.gross:
            included = [(words(N_("including {tax}"), tax=label), tax, "small") for label, tax in taxes]
            return [*found, whole, *included]
        net = [(words(N_("Net")), words.amount(totals.net), "text")] if taxes else []
        return [*found, *net, *((label, tax, "text") for label, tax in taxes), whole]
