"""A picture somebody chose as the logo of the office, made small and safe: always a PNG, never the file itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.services.sales_paper import LARGEST_LOGO
from channergy_crm.text.amounts import of_bytes

if TYPE_CHECKING:
    from pathlib import Path

FORMS = "*.png *.jpg *.jpeg *.svg"  # unsaid: endings of files
MOST_BYTES, MOST_DOTS = 8 << 20, 8_000
"""of the file that is read, and of a side of its picture"""
SIDE = QSize(1_240, 480)
"""dots it is kept with: sharp at the size a letterhead has"""
_OUTSIDE = (b"<!entity", b"<script", b"<foreignobject", b"<image", b"@import", b"url(http", b"url(file", b"url(//")
"""what in a drawing would fetch something from elsewhere, or run"""


def picture(path: Path) -> bytes:
    """The picture at a path as a small PNG. `Mistake` where it is none, or too large."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Mistake(_("That picture is too large; {most} are enough.").format(most=of_bytes(MOST_BYTES)), "logo")
        data = path.read_bytes()
    except OSError as error:
        said = _("{file} cannot be read: {reason}.").format(file=path.name, reason=error.strerror or error)
        raise Mistake(said, "logo") from error
    image = _drawing(data) if path.suffix.lower() == ".svg" else _photograph(data)
    if image is None or image.isNull():
        raise Mistake(_("{file} is no picture: choose a PNG, a JPEG or an SVG.").format(file=path.name), "logo")
    return _small(image)


def _photograph(data: bytes) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    if bytes(reader.format().data()) not in (b"png", b"jpeg"):
        return None
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > MOST_DOTS:
        return None
    reader.setAutoTransform(True)
    return reader.read()


def _drawing(data: bytes) -> QImage | None:
    from PySide6.QtSvg import QSvgRenderer

    if any(each in data.lower() for each in _OUTSIDE):
        raise Mistake(_("That drawing takes something from elsewhere. Save it as a plain SVG, or as a PNG."), "logo")
    renderer = QSvgRenderer(QByteArray(data))
    size = renderer.defaultSize().scaled(SIDE, Qt.AspectRatioMode.KeepAspectRatio)
    if not renderer.isValid() or size.isEmpty():
        return None
    image = QImage(size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    return image


def _small(image: QImage) -> bytes:
    wanted = SIDE
    while True:
        within = image.width() <= wanted.width() and image.height() <= wanted.height()
        made = image if within else image.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatio,
                                                 Qt.TransformationMode.SmoothTransformation)  # fmt: skip
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(made)
        data = bytes(buffer.data().data())
        if len(data) <= LARGEST_LOGO:
            return data
        wanted = QSize(wanted.width() * 3 // 4, wanted.height() * 3 // 4)
