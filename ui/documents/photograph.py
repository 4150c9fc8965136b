"""The picture of somebody: seen, chosen, dropped, pasted, taken away (VT-54, VT-103)."""

from __future__ import annotations

import io
from collections.abc import Callable  # noqa: TC003  a NamedTuple is made of it
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainterPath
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records import Document
from channergy_crm.services import documents, reading
from channergy_crm.text.file_kinds import is_picture, sniffed
from ui.documents import pictures, taking
from ui.look import paint, theme
from ui.look.icons import icon
from ui.session.beside import Told
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.drops import dropped_files

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent

    from channergy_crm.errors import CRMError
    from ui.session.background import Progress
    from ui.session.session import Session

SIDE, SIGN = 72, 24


class Kept(NamedTuple):
    """Whose picture it is and how it is kept: the one there is, another one in its place, none any more; what people
    call it, what is said of it, and the deed in words where it was taken away.
    """

    of: Callable[[], Document | None]
    take: Callable[..., Document]
    remove: Callable[[], None]
    name: str
    called: str
    nothing: str
    taken: str
    gone: str
    filter: str = ""
    sign: str = "operator"
    """what is drawn where there is none"""


class Picture(QWidget):
    """The picture, or a sign for somebody."""

    def __init__(self, kept: Kept, parent: QWidget) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._sign = kept.sign
        named(self, kept.name, kept.called)
        self.setFixedSize(QSize(theme.px(SIDE, self), theme.px(SIDE, self)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.image is None:
            paint.box(painter, room, ground=theme.colour(self, "tile"), edge=theme.colour(self, "line"))
            at = room.center()
            place = QRect(int(at.x()) - SIGN // 2, int(at.y()) - SIGN // 2, SIGN, SIGN)
            icon(self._sign, self).paint(painter, place)
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

    def __init__(self, session: Session, parent: QWidget, kept: Kept) -> None:
        super().__init__(parent)
        self._session, self._kept, self._why_not = session, kept, ""
        self._gone = False
        self.picture = Picture(kept, self)
        told = {"choose": _("{what}: choose a picture"), "remove": _("{what}: remove it"), "said": _("About: {what}")}
        said = {word: sentence.format(what=kept.called) for word, sentence in told.items()}
        self._choose = named(Button(_("Choose…"), self), f"{kept.name}_choose", said["choose"])
        self._remove = named(Button(_("Remove"), self), f"{kept.name}_remove", said["remove"])
        self._said = named(Remark("", self), f"{kept.name}_said", said["said"])
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

    def only_show(self, why_not: str) -> None:
        """It is another one's to change; why, in a sentence."""
        self._why_not = why_not
        for button in (self._choose, self._remove):
            offer(button, why_not)

    def forget(self) -> None:
        """It goes: what is still being read comes to nobody."""
        self._gone = True

    def reload(self) -> None:
        """Look at what there is, beside the window."""
        by, kept = self._session.by, self._kept

        def read(_progress: object) -> QImage | None:
            found = kept.of()
            return (
                pictures.small(found.type or "", documents.read(int(found.number), by)) if found is not None else None
            )

        self._session.work(
            read, label=_("Reading the picture"), done=self._show, failed=self._fail, progress=False
        )  # fmt: skip

    def _show(self, image: QImage | None) -> None:
        if self._gone:
            return
        self.picture.image = image
        self.picture.update()
        self._remove.setVisible(image is not None)
        self._said.say(self._kept.nothing if image is None else "")

    def _fail(self, error: CRMError) -> None:
        if self._gone:
            return
        self._said.say(error.message, "overdue")

    def choose(self) -> None:
        """Ask for a picture."""
        chosen, _form = QFileDialog.getOpenFileName(
            self, self._choose.accessibleName(), str(Path.home()), self._kept.filter
        )
        if chosen:
            self.take(taking.files([chosen]))

    def take(self, found: list[taking.Taken]) -> None:
        """The first of these is the picture from now on; what is no picture is said beside it."""
        if self._why_not:
            self._said.say(self._why_not, "overdue")
            return
        if not found:
            self._said.say(_("The clipboard holds neither a file nor a picture."), "overdue")
            return
        one, by, kept = found[0], self._session.by, self._kept

        def put(progress: Progress) -> Told:
            _require_whole(one.source)
            made = kept.take(one.source, name=one.name, tell=progress.step)
            unit = reading.latest_unit(Document, made.number, by)
            return Told(kept.taken, unit.number if unit is not None else None)

        self._session.work(
            put, label=_("Adding {name}").format(name=one.name), told=lambda told: told,
            done=lambda _told: None if self._gone else self.reload(), failed=self._fail,
        )  # fmt: skip

    def remove(self) -> None:
        """Take it away."""
        if self._session.attempt(lambda: (self._kept.remove(),)) is not None:
            self._session.say_done(self._kept.gone)
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


def _require_whole(source: Path | bytes) -> None:
    """What begins like a picture and cannot be drawn is damaged; what is none at all is said by whoever keeps it."""
    data = source if isinstance(source, bytes) else _small_enough(source)
    kind = sniffed(io.BytesIO(data))
    if is_picture(kind) and pictures.small(kind, data) is None:
        raise Mistake(_("This picture cannot be read; the file is damaged."))


def _small_enough(path: Path) -> bytes:
    with suppress(OSError):  # said by whoever keeps it
        return path.read_bytes() if path.stat().st_size <= pictures.LARGEST else b""
    return b""
