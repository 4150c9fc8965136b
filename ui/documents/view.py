"""The documents of a record with their verbs: dropped, pasted, chosen; read beside the window, kept right (SI-26)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records import Document
from channergy_crm.services import areas, documents
from channergy_crm.services.timeline import documents as shown_documents
from channergy_crm.text.amounts import of_bytes
from ui.documents import pictures, taking
from ui.documents.document_list import DocumentList
from ui.documents.dragging import Dragging
from ui.documents.working import Working
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.wording import key_name
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named, offer
from ui.widgets.drops import dropped_files
from ui.widgets.menu import Menu
from ui.widgets.timers import later

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage

    from channergy_crm.errors import CRMError
    from channergy_crm.services.timeline.documents import Shown
    from channergy_crm.work import Done
    from channergy_crm.work.record import Record
    from ui.session.session import Session

SOON_MS = 150
"""until they are read: whoever walks down a list reads no documents of what they pass"""
NOTHING = N_(
    "No documents yet. Drop files here, paste a copied file or picture with {key}, or press Add. Up to {most} each."
)
NOT_SAVED = N_("Documents can be added when the record is saved.")


class DocumentsView(QWidget):
    """It knows no page: `show_record` is all it takes. `name` begins the names of its parts."""

    filled = Signal()
    """they are read"""

    def __init__(self, session: Session, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self._session, self._name = session, name
        self.record: Record | None = None
        self.found: Sequence[Shown] = ()
        self._asked = 0
        self._stand_on = 0
        self._why_not = ""
        self.list = DocumentList(f"{name}.hidden_documents", self)
        self.working = Working(session, self)
        self._dragging = Dragging(session, self.list)
        self._said = named(Remark("", self), f"{name}.documents_said", _("About the documents"))
        self._said.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.add_button = named(Button(_("Add…"), self), f"{name}.documents_add", _("Add documents"))
        self._open = named(Button(_("Open"), self), f"{name}.documents_open", _("Open the document"))
        self._save = named(Button(_("Save as…"), self), f"{name}.documents_save", _("Save the document as"))
        self._more = named(IconButton(self), f"{name}.documents_more", _("More about the document"))
        self._soon = later(self, self.reload, SOON_MS)
        self._build()
        self._connect()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._said.setContentsMargins(12, 4, 12, 4)
        column.addWidget(self._said)
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setContentsMargins(12, 0, 12, 4)
        line.setSpacing(4)
        self._more.setIcon(icon("more", self))
        self._more.setToolTip(as_tip(_("More about the document")))
        for button in (self.add_button, self._open, self._save, self._more):
            line.addWidget(button)
            if button in (self._open, self._save, self._more):
                button.hide()
        self._open.quiet()
        self._save.quiet()
        line.addStretch(1)
        column.addLayout(line)
        column.addStretch(0)

    def _connect(self) -> None:
        self.add_button.clicked.connect(lambda _checked=False: self.add(taking.files(self.working.choose())))
        self._open.clicked.connect(lambda _checked=False: self.open())
        self._save.clicked.connect(lambda _checked=False: self.save_as())
        self._more.clicked.connect(lambda _checked=False: self._open_menu(None))
        self.list.turned.connect(self._offer)
        self.list.opened.connect(self.open)
        self.list.removed.connect(self.remove)
        self.list.changed.connect(self.change)
        self.list.pasted.connect(self.paste)
        self.list.dragged.connect(self.drag)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        for target in (self, self.list.viewport()):
            target.setAcceptDrops(True)
            target.installEventFilter(self)
        self.working.added.connect(self._come_to)
        self._session.done.connect(self._heard)

    # ---------------------------------------------------------------- what is shown

    def show_record(self, record: Record | None) -> None:
        """Show the documents of this record, in a moment; nothing for a new one, or for none."""
        held = record if record is not None and not record.is_new else None
        before = self.record
        if before is None or held is None or (type(before), before.key) != (type(held), held.key):
            self.found = ()
            self._asked += 1
            self.list.show_documents([])
            self._say("" if held is not None or record is None else _(NOT_SAVED))
        self.record = held
        self.add_button.setVisible(held is not None)
        if held is not None:
            self._soon.start()

    def reload(self) -> None:
        """Read them now, beside the window."""
        self._soon.stop()
        record, by = self.record, self._session.by
        if record is None:
            return
        self._asked += 1
        asked = self._asked

        def read(_progress: object) -> tuple[list[Shown], str, int]:
            found = shown_documents.of(record, by)
            return found, documents.why_not_added(record, by) or "", documents.most(by)

        self._session.work(
            read, label=_("Reading the documents"), done=lambda told: self._show(asked, *told),
            failed=lambda error: self._fail(asked, error), progress=False,
        )  # fmt: skip

    def _show(self, asked: int, found: Sequence[Shown], why_not: str, most: int) -> None:
        if asked != self._asked:
            return
        self.found, self._why_not = found, why_not
        offer(self.add_button, why_not)
        self.list.show_documents(found)
        if self._stand_on:
            self.list.stand_on(self._stand_on)
            self._stand_on = 0
        self._say("" if found else why_not or _(NOTHING).format(key=key_name("Ctrl+V"), most=of_bytes(most)))
        self.filled.emit()
        self._picture_next(asked)

    def _fail(self, asked: int, error: CRMError) -> None:
        if asked == self._asked:
            self._say(error.message)

    def _say(self, sentence: str) -> None:
        self._said.say(sentence)
        self.list.setVisible(not sentence)
        self._offer()

    def _heard(self, done: Done) -> None:
        record = self.record
        if record is None or not self.isVisible():
            return
        if Document._meta.table_name in done.tables or done.touches(record._meta.table_name, record.key):
            self._soon.start()

    def _picture_next(self, asked: int) -> None:
        """One small picture after the other, as long as this list is looked at."""
        held = self.list.rows.pictures
        wanted = (each.document for each in self.found)
        document = next((one for one in wanted if one.hash not in held and pictures.can_be_shown(one)), None)
        if document is None or asked != self._asked or not self.isVisible():
            return
        number, kind, hash, by = int(document.number), document.type or "", document.hash or "", self._session.by

        def come(picture: QImage | None) -> None:
            self.list.rows.put_picture(hash, picture)
            self._picture_next(asked)

        self._session.work(
            lambda _progress: pictures.small(kind, documents.read(number, by)), label=_("Small pictures"), done=come,
            failed=lambda _error: come(None), progress=False,
        )  # fmt: skip

    # ---------------------------------------------------------------- what can be done

    def event(self, event: QEvent) -> bool:
        """Pasting is for the documents whichever of these parts has the keyboard, also while there is none yet."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Paste):
            if event.type() == QEvent.Type.KeyPress:
                self.paste()
            event.accept()
            return True
        return super().event(event)

    def add(self, taken: Sequence[taking.Taken]) -> None:
        """Put these on the record."""
        record = self.record
        if record is None or not taken:
            return
        if self._why_not:
            self._session.notices.warn(self._why_not)
            return
        self.working.add(type(record), record.key, taken)

    def paste(self) -> None:
        """The copied files, or the picture in the clipboard."""
        found = taking.taken(QGuiApplication.clipboard().mimeData())
        if found:
            self.add(found)
        else:
            self._session.notices.warn(_("The clipboard holds neither a file nor a picture."))

    def open(self) -> None:
        """The document the cursor is on, in the system's program."""
        if (held := self.list.document()) is not None:
            self.working.open(held.document)

    def save_as(self) -> None:
        """Ask where, and write it there."""
        if (held := self.list.document()) is not None:
            self.working.save_as(held.document)

    def drag(self) -> None:
        """The document the cursor is on goes with the pointer, to a folder or another program."""
        if (held := self.list.document()) is not None:
            self._dragging.begin(held.document)

    def _offer(self) -> None:
        there = self.list.document() is not None and not self.list.isHidden()
        for button in (self._open, self._save, self._more):
            button.setVisible(there)

    def remove(self) -> None:
        """Take it away."""
        if (held := self.list.document()) is not None and self._allowed():
            self.working.remove(held.document)

    def change(self) -> None:
        """Its name, its note, its older versions."""
        from ui.documents.details_dialog import DetailsDialog

        if (held := self.list.document()) is not None:
            DetailsDialog(held.document, self.working, self._session, self).exec()

    def replace(self) -> None:
        """Another file in its place."""
        held = self.list.document()
        if held is not None and self._allowed() and (path := self.working.choose_one()):
            self.working.replace(held.document, path)

    def _allowed(self) -> bool:
        if self._why_not:
            self._session.notices.warn(self._why_not)
        return not self._why_not

    def _come_to(self, number: int) -> None:
        self._stand_on = number
        self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files; anything else goes its own way."""
        return self.record is not None and dropped_files(event, lambda paths: self.add(taking.files(paths)))

    def _open_menu(self, at: QPoint | None) -> None:
        held = self.list.document()
        if held is None:
            return
        menu = Menu(self)
        menu.setObjectName(f"{self._name}.documents_menu")
        menu.addAction(icon("open", menu), _("Open"), self.open)
        menu.addAction(icon("save", menu), _("Save as…"), self.save_as)
        if held.opens is not None:
            menu.addAction(icon("goto", menu), _("Go to {name}").format(name=held.where), partial(self._go_to, held))
        menu.addSeparator()
        for sign, said, what in (
            ("edit", _("Name, note, versions…"), self.change), ("convert", _("Replace…"), self.replace),
            ("remove", _("Remove"), self.remove),
        ):  # fmt: skip
            menu.addAction(icon(sign, menu), said, what).setEnabled(not self._why_not or what == self.change)
        menu.addAction(icon("copy", menu), _("Copy the name"), self.list.copy)
        below = self._more.mapToGlobal(QPoint(0, self._more.height()))
        menu.popup(self.list.viewport().mapToGlobal(at) if at is not None else below)

    def _go_to(self, held: Shown) -> None:
        table, key = held.opens or ("", None)
        record = areas.every_table().get(table)
        if record is not None and (found := self._session.find(record, key)) is not None and record.about.target:
            self._session.go_to(*record.opened_at(key, found.caption()))
