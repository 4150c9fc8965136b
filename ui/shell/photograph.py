"""The own photograph in My Preferences: seen, chosen, dropped, pasted, taken away (VT-54)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainterPath
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Document
from channergy_crm.services import documents, photographs, reading
from ui.documents import pictures, taking
from ui.look import paint, theme
from ui.look.icons import icon
from ui.session.beside import Told
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.drops import dropped_files

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from channergy_crm.errors import CRMError
    from ui.session.background import Progress
    from ui.session.session import Session

SIDE, SIGN = 72, 24
NONE_YET = N_("Choose a picture, drop one here or paste it.")


class Picture(QWidget):
    """The photograph, or a sign for somebody."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        named(self, "preferences.photograph", _("Photograph"))
        self.setFixedSize(QSize(theme.px(SIDE, self), theme.px(SIDE, self)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.image is None:
            paint.box(painter, room, ground=theme.colour(self, "tile"), edge=theme.colour(self, "line"))
            at = room.center()
            icon("operator", self).paint(painter, QRect(int(at.x()) - SIGN // 2, int(at.y()) - SIGN // 2, SIGN, SIGN))
            return
        shape = QPainterPath()
        shape.addRoundedRect(room, paint.FIELD, paint.FIELD)
        painter.save()
        painter.setClipPath(shape)
        painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
        side = min(self.image.width(), self.image.height())
        middle = QRect((self.image.width() - side) // 2, (self.image.height() - side) // 2, side, side)
        painter.drawImage(room, self.image, QRectF(middle))
        painter.restore()
        paint.box(painter, room, edge=theme.colour(self, "line"))


class Photograph(QWidget):
    """What is chosen is kept at once; Undo takes it back."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.picture = Picture(self)
        self._choose = named(Button(_("Choose…"), self), "preferences.photograph_choose", _("Choose a photograph"))
        self._remove = named(Button(_("Remove"), self), "preferences.photograph_remove", _("Remove the photograph"))
        self._said = named(Remark("", self), "preferences.photograph_said", _("About the photograph"))
        self._remove.quiet()
        self._choose.clicked.connect(lambda _checked=False: self.choose())
        self._remove.clicked.connect(lambda _checked=False: self.remove())
        row, beside, line = QHBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.picture)
        row.addLayout(beside, 1)
        beside.addWidget(self._said)
        beside.addLayout(line)
        beside.addStretch(1)
        for button in (self._choose, self._remove):
            line.addWidget(button)
            button.installEventFilter(self)
        line.addStretch(1)
        self.setAcceptDrops(True)
        self.installEventFilter(self)
        self._show(None)
        self.reload()

    def reload(self) -> None:
        """Look at what there is, beside the window."""
        by = self._session.by

        def read(_progress: object) -> QImage | None:
            found = photographs.of(by, by)
            return (
                pictures.small(found.type or "", documents.read(int(found.number), by)) if found is not None else None
            )

        self._session.work(
            read, label=_("Reading the photograph"), done=self._show, failed=self._fail, progress=False
        )  # fmt: skip

    def _show(self, image: QImage | None) -> None:
        self.picture.image = image
        self.picture.update()
        self._remove.setVisible(image is not None)
        self._said.say(_(NONE_YET) if image is None else "")

    def _fail(self, error: CRMError) -> None:
        self._said.say(error.message, "overdue")

    def choose(self) -> None:
        """Ask for a picture."""
        chosen, _form = QFileDialog.getOpenFileName(self, _("Choose a photograph"), str(Path.home()))
        if chosen:
            self.take(taking.files([chosen]))

    def take(self, found: list[taking.Taken]) -> None:
        """The first of these is the photograph from now on; what is no picture is said."""
        if not found:
            self._said.say(_("The clipboard holds neither a file nor a picture."), "overdue")
            return
        one, by = found[0], self._session.by

        def put(progress: Progress) -> Told:
            made = photographs.take(by, one.source, by, name=one.name, tell=progress.step)
            unit = reading.latest_unit(Document, made.number, by)
            return Told(_("Photograph kept."), unit.number if unit is not None else None)

        self._session.work(
            put, label=_("Adding {name}").format(name=one.name), told=lambda told: told,
            done=lambda _told: self.reload(), failed=self._fail,
        )  # fmt: skip

    def remove(self) -> None:
        """Take it away."""
        by = self._session.by
        self._session.attempt(lambda: photographs.remove(by, by))
        self._session.say_done(_("Photograph removed."))
        self._choose.setFocus()
        self.reload()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A picture is dropped here, or pasted while one of the buttons has the keyboard."""
        if dropped_files(event, lambda paths: self.take(taking.files(paths))):
            return True
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            self.take(taking.taken(QGuiApplication.clipboard().mimeData()))
            return True
        return False
