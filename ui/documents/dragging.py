"""Dragging a document out of its list, to a folder of the system or into another program (SI-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QApplication

from channergy_crm.language import _
from ui.widgets.drops import OURS

if TYPE_CHECKING:
    from pathlib import Path

    from channergy_crm.records import Document
    from ui.documents.document_list import DocumentList
    from ui.session.session import Session

PICTURE = QSize(64, 64)


class Dragging(QObject):
    """Hands a private copy over by its path. Whoever takes it gets a copy of its own; nothing is opened or run."""

    def __init__(self, session: Session, listed: DocumentList) -> None:
        super().__init__(listed)
        self._session, self._list = session, listed
        self._written: dict[tuple[int, str], Path] = {}
        """by document and content, the copies that are there already"""

    def begin(self, document: Document) -> None:
        """Write the copy beside the window, then let it go with the pointer, if the button is still held by then."""
        by, session, which = self._session.by, self._session, (int(document.number), document.hash or "")
        path = self._written.get(which)
        if path is not None and path.is_file() and path.stat().st_size == document.size:
            self._go(document, path)
            return

        def written(path: Path) -> None:
            self._written[which] = path
            self._go(document, path)

        session.work(
            lambda progress: session.copies.copy(document, by, progress), done=written,
            label=_("Copying {name}").format(name=document.caption()), cancelled=_("Stopped."),
        )  # fmt: skip

    def _go(self, document: Document, path: Path) -> None:
        if not QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            self._session.notices.say(_("“{name}” can be dragged now.").format(name=document.caption()))
            return
        held = QMimeData()
        held.setUrls([QUrl.fromLocalFile(str(path))])
        held.setData(OURS, str(document.number).encode())
        drag = QDrag(self._list)
        drag.setMimeData(held)
        picture = self._list.rows.pictures.get(document.hash or "")
        if picture is not None:
            drag.setPixmap(QPixmap.fromImage(picture).scaled(PICTURE, Qt.AspectRatioMode.KeepAspectRatio))
        drag.exec(Qt.DropAction.CopyAction)
