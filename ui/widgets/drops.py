"""Files that are dropped on a window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDropEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

OURS = "application/x-channergy-crm-document"
"""what is said of a file that is dragged out of this program: dropped here again it is no new one"""


class Drops(QObject):
    """Takes a file that is dropped anywhere on a window."""

    def __init__(self, window: QWidget, take: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take one file; anything else goes its own way."""
        if isinstance(event, QDropEvent):  # entering and moving are, too
            path = file_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self._take(path)
                return True
        return False


def dropped_files(event: QEvent, take: Callable[[Sequence[str]], object]) -> bool:
    """Whether files are dragged or dropped; they are copied, and `take` is given their paths when they are let go."""
    if not isinstance(event, QDropEvent):  # entering and moving are, too
        return False
    paths = files_in(event.mimeData()) if not event.mimeData().hasFormat(OURS) else []
    if paths:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            take(paths)
    return bool(paths)


def files_in(held: QMimeData) -> list[str]:
    """The paths of the files somebody drags or has copied; what lies on no disk here is none."""
    return [url.toLocalFile() for url in held.urls() if url.isLocalFile()]


def file_in(held: QMimeData) -> Path | None:
    """The one file somebody drags; several are none."""
    urls = held.urls() if not held.hasFormat(OURS) else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.is_file() else None
