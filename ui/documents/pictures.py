"""Small pictures of documents: of a picture itself, and of the first page of a PDF."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from channergy_crm.text.file_kinds import is_picture

if TYPE_CHECKING:
    from channergy_crm.records import Document

SIDE = 160
"""pixels: sharp on a tile at every text size, and large enough for a photograph in a form"""
LARGEST = 24 << 20
"""bytes; of a larger document no picture is made"""
WORTH = 16
"""bytes of the smallest picture there is"""
_one_at_a_time = threading.Lock()  # the library that reads PDF knows no threads


def can_be_shown(document: Document) -> bool:
    """Whether there may be a small picture of it."""
    kind = document.type or ""
    return WORTH < (document.size or 0) <= LARGEST and (is_picture(kind) or kind == "application/pdf")


def small(type: str, data: bytes, side: int = SIDE) -> QImage | None:
    """A picture of what is in a document, its longer side so many pixels; None where it cannot be read. It may take a
    while and belongs beside the window.
    """
    return _of_pdf(data, side) if type == "application/pdf" else _of_picture(data, side)


def _of_picture(data: bytes, side: int) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        least = QSize(side, side)
        reader.setScaledSize(size.scaled(least, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > side:
        return image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return image


def _of_pdf(data: bytes, side: int) -> QImage | None:
    import pypdfium2

    with _one_at_a_time:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return None
        try:
            page = document[0]
            drawn = page.render(scale=side / max(*page.get_size(), 1.0))
            image = QImage(drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_BGR888)
            return image.copy()
        except (pypdfium2.PdfiumError, ValueError, IndexError):
            return None
        finally:
            document.close()
