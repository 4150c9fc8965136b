"""The office's head and foot, the address in the window of an envelope, and the block of facts beside it (BX-26)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from channergy_crm.language import N_
from channergy_crm.text.iban import written as iban_written
from ui.paper.sheet import MILLIMETRE, Picture, Rule, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.services.sales_paper import Letterhead
    from ui.paper.sales.saying import Saying
    from ui.paper.sales.upon import Upon

    Fact = tuple[str, str]

LOGO = (62.0, 24.0)
"""millimetres: as wide and as high as a logo may be"""
FACTS, FACTS_Y = 75.0, 50.0
MOST_FACTS, MOST_ADDRESS = 12, 9
PAGE = N_("Page {number} of {count}")


def put(upon: Upon, address: str, facts: Sequence[Fact]) -> None:
    """All that stands above the text of the first page; the text begins below it."""
    head, page, form, sheet = upon.head, upon.page, upon.form, upon.sheet
    lines = [" ".join(line.split()) for line in head.address.splitlines() if line.strip()]
    y, room = form.head * MILLIMETRE, upon.room * 0.56
    end = (form.sender or form.address[1]) * MILLIMETRE - upon.step("small")
    for line in sheet.fitted(head.office, room, "brand", 3):
        page.words.append(Words(line, upon.left, y, "brand"))
        y += upon.step("brand") * 0.85
    for line in lines:
        if y > end:
            break
        page.words.append(Words(sheet.fitted(line, room, "small", 1)[0], upon.left, y, "small"))
        y += upon.step("small")
    _logo(upon)
    if "sender" in head.blocks and form.sender:
        said = head.sender or " · ".join([head.office, *lines])
        text = sheet.fitted(said, form.width * MILLIMETRE, "tiny", 1)[0]
        page.words.append(Words(text, upon.left, form.sender * MILLIMETRE, "tiny"))
    low = max(_address(upon, address), _facts(upon, facts)) + upon.step("small")
    upon.y = max(form.text * MILLIMETRE, low)
    for mark in form.marks:
        page.rules.append(Rule(4 * MILLIMETRE, mark * MILLIMETRE, 4 * MILLIMETRE))


def _logo(upon: Upon) -> None:
    image = _picture(upon.head.logo) if upon.head.logo else None
    if image is None or image.isNull():
        return
    share = min(LOGO[0] / image.width(), LOGO[1] / image.height()) * MILLIMETRE
    width, height = image.width() * share, image.height() * share
    upon.page.pictures.append(Picture(image, upon.right - width, 13 * MILLIMETRE, width, height))


@lru_cache(maxsize=4)
def _picture(logo: bytes) -> QImage:
    return QImage.fromData(logo)


def _address(upon: Upon, address: str) -> float:
    """To whom it goes; where that ends. A name longer than the window goes on in the next line."""
    x, y = (side * MILLIMETRE for side in upon.form.address)
    lines = [" ".join(line.split()) for line in address.splitlines() if line.strip()]
    broken = [text for line in lines for text in upon.sheet.fitted(line, upon.form.width * MILLIMETRE, "text", 2)]
    for text in broken[:MOST_ADDRESS]:
        y += 1.15 * upon.sheet.height_of("text")
        upon.page.words.append(Words(text, x, y, "text"))
    return y


def _facts(upon: Upon, facts: Sequence[Fact]) -> float:
    begun, y, gap = upon.right - FACTS * MILLIMETRE, FACTS_Y * MILLIMETRE, 3 * MILLIMETRE
    known = [(label, " ".join(value.split())) for label, value in facts if value][:MOST_FACTS]
    sheet, style, labels, room = upon.sheet, "small", 0.0, 0.0
    for style in ("small", "foot"):  # smaller where something of it is too long
        labels = max((sheet.width_of(label, style) for label, _value in known), default=0.0)
        room = upon.right - begun - labels - gap
        if all(sheet.width_of(value, style) <= room for _label, value in known):
            break
    for label, value in known:
        upon.page.words.append(Words(label, begun, y, style))
        for line in sheet.fitted(value, room, style, 2):
            upon.page.words.append(Words(line, begun + labels + gap, y, style))
            y += upon.step(style)
    return y


# ---------------------------------------------------------------- on every page


def finish(upon: Upon, saying: Saying, title: str, *, draft: bool) -> None:
    """What every page has, now that it is known how many there are."""
    count = len(upon.pages)
    for number, page in enumerate(upon.pages, 1):
        foot = upon.bottom + 6 * MILLIMETRE
        if count > 1:
            upon.at_end(page, saying(PAGE, number=number, count=count), foot, "small")
        if number > 1:
            said = upon.sheet.fitted(title, upon.room, "small", 1)[0]
            page.words.append(Words(said, upon.left, 17 * MILLIMETRE, "small"))
        if upon.foot:
            page.rules.append(Rule(upon.left, foot + 2 * MILLIMETRE, upon.room))
        for place, lines in enumerate(upon.foot):
            x, y = upon.left + place * upon.room / len(upon.foot), foot + 6 * MILLIMETRE
            for line in lines:
                page.words.append(Words(line, x, y, "foot"))
                y += upon.step("foot")
        if draft:
            _mark(upon, page_words=page.words, text=saying(N_("Draft")))


def _mark(upon: Upon, page_words: list[Words], text: str) -> None:
    x = (upon.sheet.width - upon.sheet.width_of(text, "draft")) / 2
    page_words.append(Words(text, x, upon.sheet.height * 0.6, "draft"))


def footer(head: Letterhead, saying: Saying) -> list[list[str]]:
    """The columns at the foot: the office, its bank, its numbers; those of which something is known."""
    address = [" ".join(line.split()) for line in head.address.splitlines() if line.strip()]
    bank = [head.holder, head.bank, saying(N_("IBAN {number}"), number=iban_written(head.iban)) if head.iban else "",
            saying(N_("BIC {number}"), number=head.bic) if head.bic else ""]  # fmt: skip
    numbers = [saying(N_("Tax number {number}"), number=head.tax) if head.tax else "",
               saying(N_("VAT ID {number}"), number=head.vat) if head.vat else "",
               *head.register.splitlines()]  # fmt: skip
    columns = [[line for line in lines if line] for lines in ([head.office, *address], bank, numbers)]
    return [lines for lines in columns if lines]
