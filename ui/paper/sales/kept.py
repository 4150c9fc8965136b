"""The PDF of a document: laid out while it is a draft, kept when it first goes anywhere, then those bytes (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QImage

from channergy_crm.outgoing import einvoice
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.services import sales_paper, sales_texts
from channergy_crm.text import label_sheets
from ui.paper import painting
from ui.paper.sales import pages, reminder, saying
from ui.paper.sheet import MILLIMETRE, POINT, Page, Paper, Picture, Sheet, size_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.sales_paper import OnPaper

    Tell = Callable[[int, int], None]

DOTS = 200
"""an inch, of a kept page that is shown or printed"""
MOST_DOTS = 4_000
"""of the longer side of a page"""


class Ready(NamedTuple):
    """A document on paper: its pages, what its file is called, and its bytes where they are kept already."""

    paper: Paper
    name: str
    said: OnPaper
    pdf: bytes | None
    lacks: tuple[str, ...] = ()
    """what an e-invoice of it needs and nobody has typed"""


def nobody(done: int, total: int) -> None:
    """Where nobody waits."""


def ready(number: int, by: str, tell: Tell = nobody, level: int = 0) -> Ready:
    """The pages of a document, or of one of its reminders: those that were kept, or as they are now."""
    kind, said = reminder.kind_of(level) if level else "", sales_paper.read(number, by)
    words = saying.of(said)
    title = pages.title(said, words) if not level else f"{words(sales_texts.KINDS[kind])} {saying.number_of(said)}"
    name = sales_texts.file_name(kind or said.kind, saying.values(said, words, kind), title, ".pdf", by)
    held = sales_paper.kept_bytes(number, by, level)
    if held is not None:
        return Ready(of_pdf(held, title), name, said, held)
    texts = {part: sales_texts.text(kind or said.kind, words.code, part, by)
             for part in (sales_texts.OPENING, sales_texts.CLOSING)}  # fmt: skip
    if level:
        return Ready(reminder.laid_out(sales_paper.reminding(number, level, by), texts), name, said, None)
    return Ready(pages.laid_out(said, texts, tell), name, said, None, lacks(said))


def lacks(said: OnPaper) -> tuple[str, ...]:
    """What an invoice or a credit note lacks where the office sends e-invoices, each in a sentence; else nothing."""
    if not said.head.einvoice or said.kind not in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE):
        return ()
    missing = einvoice.why_missing()
    return (missing,) if missing else tuple(einvoice.lacking(said))


def settled(number: int, by: str, found: Ready, tell: Tell = nobody, level: int = 0) -> bytes:
    """The bytes that go out: those that are kept; of an issued document they are kept now. A draft is not."""
    if found.pdf is not None:
        return found.pdf
    pdf = painting.pdf(found.paper, tell)
    if not found.said.document.is_issued:
        return pdf
    if found.said.head.einvoice and not level and found.said.kind in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE):
        pdf = einvoice.put_into(pdf, found.said)
    return sales_paper.keep(number, pdf, found.name, by, level)


def pdf_of(number: int, by: str, level: int = 0) -> bytes:
    """The PDF of a document by its number; that of an issued one is kept from now on."""
    return settled(number, by, ready(number, by, level=level), level=level)


def of_pdf(pdf: bytes, title: str) -> Paper:
    """The pages of a PDF that was kept, as pictures: what is shown and printed is what was issued."""
    import pypdfium2

    found = list[Page]()
    with pypdfium2.PdfDocument(pdf) as document:
        width, height = document[0].get_size()
        for place in range(len(document)):
            scale = min(DOTS / 72, MOST_DOTS / max(*document[place].get_size(), 1.0))
            drawn = document[place].render(scale=scale)
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_BGR888).copy()
            found.append(Page(pictures=[Picture(image, 0, 0, width * POINT, height * POINT)]))
    letters = abs(width - 215.9 * MILLIMETRE / POINT) < 2
    return Paper(
        title,
        Sheet(width * POINT, height * POINT),
        found,
        size_named(label_sheets.LETTER if letters else label_sheets.A4),
    )
