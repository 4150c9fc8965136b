"""Puts laid out pages onto a printer, into a PDF or on the screen: one way of painting for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QMarginsF, QPointF, QRectF, QSaveFile
from PySide6.QtGui import QColor, QPagedPaintDevice, QPageLayout, QPainter, QPdfWriter, QPen

from channergy_crm.errors import Surroundings
from channergy_crm.language import _
from ui.paper.sheet import MUTED, POINT, font

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.paper.sheet import Page, Paper

BLACK, GREY, RULE, HEAD_RULE, AMISS, FAINT = "#000000", "#4a4a4a", "#c8c8c8", "#6e6e6e", "#a8480a", "#ececec"
"""paper is white whatever the program wears"""
DOTS = 600
"""an inch"""


def paint(painter: QPainter, page: Page, size: float) -> None:
    """One page; the painter's unit is a twentieth of a point. `size` is that of the letters."""
    for picture in page.pictures:
        painter.drawImage(QRectF(picture.x, picture.y, picture.width, picture.height), picture.image)
    for rule in page.rules:
        strong = rule.strong
        painter.setPen(QPen(QColor((page.accent or HEAD_RULE) if strong else RULE), (0.9 if strong else 0.5) * POINT))
        painter.drawLine(QLineF(rule.x, rule.y, rule.x + rule.width, rule.y))
    for style in sorted({words.style for words in page.words}, key=lambda each: (each != "draft", each)):
        painter.setFont(font(size, style))
        painter.setPen(QColor(_ink(style, page.accent)))
        for words in page.words:
            if words.style == style:
                painter.drawText(QPointF(words.x, words.y), words.text)


def _ink(style: str, accent: str) -> str:
    inks = {"missing": AMISS, "draft": FAINT, "brand": accent or BLACK}
    return inks.get(style, GREY if style in MUTED else BLACK)


def put_on(paper: Paper, device: QPagedPaintDevice, tell: Callable[[int, int], None], pages: range) -> None:
    """Pages one after the other onto a printer or into a file; `tell` hears how far it is, and stops it by raising."""
    painter = QPainter()
    if not painter.begin(device):
        raise Surroundings(_("The printer does not answer."))
    try:
        scale = _scale(paper, device)
        for done, number in enumerate(pages):
            tell(done, len(pages))
            if done:
                device.newPage()
            painter.resetTransform()
            painter.scale(scale, scale)
            paint(painter, paper.pages[number], paper.sheet.size)
        tell(len(pages), len(pages))
    finally:
        painter.end()


def _scale(paper: Paper, device: QPagedPaintDevice) -> float:
    """The device's dots in a twentieth of a point; smaller where its paper is smaller than what was laid out."""
    there = device.pageLayout().fullRect(QPageLayout.Unit.Point)
    fits = min(there.width() * POINT / paper.sheet.width, there.height() * POINT / paper.sheet.height)
    return device.logicalDpiX() / 72 / POINT * min(fits, 1.0)


def save_pdf(paper: Paper, path: Path, tell: Callable[[int, int], None]) -> int:
    """All pages into a PDF; the file is there whole or not at all. How many pages it has."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise Surroundings(_("{file} cannot be written: {reason}.").format(file=path, reason=file.errorString()))
    try:
        _write_pdf(paper, file, tell)
    except BaseException:
        file.cancelWriting()
        file.commit()
        raise
    if not file.commit():
        raise Surroundings(_("{file} cannot be written: {reason}.").format(file=path, reason=file.errorString()))
    return len(paper.pages)


def pdf(paper: Paper, tell: Callable[[int, int], None]) -> bytes:
    """All pages as a PDF that is no file yet."""
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    _write_pdf(paper, held, tell)
    return bytes(held.data().data())


def _write_pdf(paper: Paper, device: QIODevice, tell: Callable[[int, int], None]) -> None:
    writer = QPdfWriter(device)
    writer.setResolution(DOTS)
    writer.setTitle(paper.title)
    writer.setCreator("Channergy CRM")  # unsaid: a name
    writer.setPageLayout(paper.layout())
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Point)
    put_on(paper, writer, tell, range(len(paper.pages)))
