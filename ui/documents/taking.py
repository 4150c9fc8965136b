"""Files that come from elsewhere: dropped, or out of the clipboard, where a picture may lie as well."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from channergy_crm import clock
from channergy_crm.language import _
from ui.widgets.drops import files_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QMimeData


class Taken(NamedTuple):
    """What becomes a document: a file, or these bytes under a name."""

    source: Path | bytes
    name: str


def files(paths: Sequence[str]) -> list[Taken]:
    """Files by their paths."""
    return [Taken(Path(path), Path(path).name) for path in paths]


def taken(held: QMimeData) -> list[Taken]:
    """The files out of the clipboard, or the picture in it, such as one from a scanner or of the screen."""
    if found := files(files_in(held)):
        return found
    image = QImage(held.imageData()) if held.hasImage() else QImage()
    if image.isNull():
        return []
    name = _("Picture of {now:%Y-%m-%d %H.%M.%S}").format(now=clock.now())
    return [Taken(_as_png(image), f"{name}.png")]


def _as_png(image: QImage) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(held.data())
