"""Small pictures in the rows of a list, read beside the window as they come into sight; large where one is pointed at.

Only the rows on the screen ask, so a list of 100,000 costs no more than one of twenty (VT-103).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.services import documents, reading
from ui.documents import pictures
from ui.look import paint, theme
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

SMALL, LARGE = 64, 420
"""pixels of the longer side: sharp in a row at every text size, and as large as a picture is shown"""
HELD, AT_ONCE = 400, 12
"""pictures that are kept; so many are read in one go"""
GATHER_MS = 30
"""until the rows that have come into sight are asked for together"""
HIDES = {QEvent.Type.Leave, QEvent.Type.Wheel, QEvent.Type.MouseButtonPress, QEvent.Type.Hide}


class Large(QWidget):
    """The whole picture, over everything, for as long as it is pointed at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.ToolTip)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        named(self, "contact_image.large", _("Contact Image"))
        self.image: QImage | None = None

    def show_at(self, image: QImage, at: QPoint) -> None:
        """Come beside this place, inside the screen."""
        self.image = image
        self.resize(image.size() + QSize(8, 8))
        room = self.screen().availableGeometry()
        place = at + QPoint(16, 16)
        place.setX(min(place.x(), room.right() - self.width()))
        place.setY(min(place.y(), room.bottom() - self.height()))
        self.move(place)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        painter.fillRect(room, theme.colour(self, "base"))
        if self.image is not None:
            painter.drawImage(QPoint(4, 4), self.image)
        paint.box(painter, room.adjusted(0.5, 0.5, -0.5, -0.5), edge=theme.colour(self, "line"))


class Faces(QObject):
    """The pictures of one list."""

    def __init__(self, table: Any, session: Session) -> None:
        super().__init__(table)
        self._grid, self._session = table.grid, session
        self._held: dict[int, QImage | None] = {}
        self._wanted: list[int] = []
        self._reading = False
        self._large: Large | None = None
        self._pointed = 0
        self._soon = later(self, self._read, GATHER_MS)
        self._grid.rows.picture = self.picture
        self._grid.viewport().installEventFilter(self)
        session.done.connect(self._heard)

    def picture(self, number: object) -> QImage | None:
        """The small picture of a document; None while it is not there yet: it is asked for."""
        key = int(str(int(number)))  # type: ignore[call-overload]
        if key in self._held:
            return self._held[key]
        if key not in self._wanted:
            self._wanted.append(key)
            if len(self._wanted) > HELD:
                del self._wanted[0]  # long out of sight
            self._soon.start()
        return None

    def _read(self) -> None:
        if self._reading or not self._wanted:
            return
        self._reading = True
        those = self._wanted[-AT_ONCE:][::-1]  # what came into sight last is looked at
        self._wanted = self._wanted[:-AT_ONCE]
        by = self._session.by
        self._session.work(
            lambda _progress: {key: _drawn(key, by, SMALL) for key in those}, label=_("Small pictures"),
            done=self._come, failed=lambda _error: self._come(dict.fromkeys(those)), progress=False,
        )  # fmt: skip

    def _come(self, found: dict[int, QImage | None]) -> None:
        self._reading = False
        self._held |= found
        for key in list(self._held)[: max(0, len(self._held) - HELD)]:
            del self._held[key]
        self._grid.viewport().update()
        self._read()

    def _heard(self, done: Done) -> None:
        for key in done.keys(Document._meta.table_name) if Document._meta.table_name in done.tables else ():
            self._held.pop(int(str(key)), None)

    # ---------------------------------------------------------------- large

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Where a picture is pointed at it comes large; it goes as soon as something else is done."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if number := self._under(event.pos()):
                self._enlarge(number, event.globalPos())
                return True
            self._hide()
        elif event.type() in HIDES or (event.type() == QEvent.Type.MouseMove and self._left(event)):
            self._hide()
        return False

    def _left(self, event: Any) -> bool:
        return bool(self._pointed) and self._under(event.position().toPoint()) != self._pointed

    def _under(self, at: QPoint) -> int:
        """The number of the picture that stands there; 0 for none."""
        index, model = self._grid.indexAt(at), self._grid.model()
        if not index.isValid() or not getattr(model.kind(index.column()), "pictured", False):
            return 0
        row = model.row(index.row())
        return int(row.values[index.column()] or 0) if row is not None else 0

    def _enlarge(self, number: int, at: QPoint) -> None:
        self._pointed, by = number, self._session.by

        def come(image: QImage | None) -> None:
            if image is not None and self._pointed == number and self._grid.isVisible():
                self._large = self._large or Large(self._grid)
                self._large.show_at(image, at)

        self._session.work(
            lambda _progress: _drawn(number, by, LARGE), label=_("Reading the picture"), done=come,
            failed=lambda _error: None, progress=False,
        )  # fmt: skip

    def _hide(self) -> None:
        self._pointed = 0
        if self._large is not None:
            self._large.hide()


def _drawn(number: int, by: str, side: int) -> QImage | None:
    """A picture of so many pixels; None where there is none any more, or it cannot be drawn."""
    try:
        held = reading.find(Document, number, by)
        if held is None or not pictures.can_be_shown(held):
            return None
        return pictures.small(held.type or "", documents.read(number, by), side)
    except CRMError:
        return None
