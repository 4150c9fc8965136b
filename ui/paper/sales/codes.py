"""The QR code that pays an invoice: a transfer in euros, or the office's payment link (BX-26)."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from PySide6.QtGui import QImage

from channergy_crm.language import N_
from channergy_crm.records.sales_documents import DocumentKind
from channergy_crm.text.iban import bare, is_iban
from ui.paper.sales.saying import number_of
from ui.paper.sheet import MILLIMETRE, Picture, Words

if TYPE_CHECKING:
    from channergy_crm.services.sales_paper import OnPaper
    from ui.paper.sales.saying import Saying
    from ui.paper.sales.upon import Upon

SIDE = 30.0
"""millimetres"""
MOST_EURO = 99_999_999_999
"""cents a transfer can have"""
LARGE = 8
QUIET = 4
"""white squares around a code"""


def said_by(said: OnPaper) -> tuple[str, str]:
    """What the code says, "transfer" or "link" and all it needs; two empty words where there is none."""
    head, document = said.head, said.document
    if "qr" not in head.blocks or said.kind != DocumentKind.INVOICE or not document.is_issued:
        return "", ""
    named = bool(head.holder or head.office)
    if document.currency == "EUR" and named and is_iban(head.iban) and 0 < said.totals.total <= MOST_EURO:
        return "transfer", bare(head.iban)
    if head.link.startswith("https://"):
        amount = f"{said.totals.total // 100}.{said.totals.total % 100:02}"
        link = head.link.replace("{number}", quote(number_of(said), safe="")).replace("{amount}", amount)
        return "link", link
    return "", ""


def put(said: OnPaper, words: Saying, upon: Upon) -> None:
    """The code with a sentence beside it, both on one page."""
    what, text = said_by(said)
    if not what:
        return
    side = SIDE * MILLIMETRE
    if not upon.fits(side):
        upon.turn()
    image = _transfer(said, text) if what == "transfer" else _drawn(text)
    upon.page.pictures.append(Picture(image, upon.left - 1.5 * MILLIMETRE, upon.y, side, side))
    first = N_("Pay by transfer: scan this code with your banking app.")
    sentence = words(first if what == "transfer" else N_("Pay online: scan this code."))
    lines = [sentence, words.money(said.totals.total), number_of(said)]
    y = upon.y + side * 0.35
    for line in lines:
        upon.page.words.append(Words(line, upon.left + side + 3 * MILLIMETRE, y, "small"))
        y += upon.step("small")
    upon.y += side


def _transfer(said: OnPaper, iban: str) -> QImage:
    head = said.head
    amount = Decimal(said.totals.total) / 100
    return _epc((head.holder or head.office)[:70], iban, amount, number_of(said)[:140], bare(head.bic) or None)


@lru_cache(maxsize=8)
def _epc(name: str, iban: str, amount: Decimal, text: str, bic: str | None) -> QImage:
    from segno import helpers

    return _image(helpers.make_epc_qr(name=name, iban=iban, amount=amount, text=text, bic=bic))


@lru_cache(maxsize=8)
def _drawn(text: str) -> QImage:
    import segno

    return _image(segno.make_qr(text))


def _image(code: object) -> QImage:
    """Its squares, each of some pixels: smoothed by a viewer or a printer they stay squares."""
    rows = [list(row) for row in code.matrix_iter(border=QUIET)]  # type: ignore[attr-defined]
    image = QImage(len(rows[0]), len(rows), QImage.Format.Format_RGB32)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            image.setPixel(x, y, 0xFF000000 if dark else 0xFFFFFFFF)
    return image.scaled(len(rows[0]) * LARGE, len(rows) * LARGE)
