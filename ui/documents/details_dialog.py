"""The name and note of a document, what is known of it, and its older versions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem

from channergy_crm.errors import CRMError
from channergy_crm.language import _, closing
from channergy_crm.records import Document
from channergy_crm.services import documents
from channergy_crm.text.amounts import of_bytes
from ui.documents import rows
from ui.editors.for_kind import editor_for
from ui.look.plain import as_tip
from ui.look.wording import shown
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Plain, Remark, offer
from ui.widgets.views import calm

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.documents.working import Working
    from ui.session.session import Session


class DetailsDialog(Dialog):
    """Changes the name and the note; opens and saves what stood there before."""

    def __init__(self, document: Document, working: Working, session: Session, parent: QWidget) -> None:
        super().__init__("document", document.caption(), parent, session.station, size=(520, 420))
        self._document, self._working, self._session = document, working, session
        by = session.by
        self.body.addWidget(Remark(rows.what(document), self))
        self._called = self.named(editor_for(Document.kind("name"), self, by=lambda: by), "name", _("Name"))
        self._noted = self.named(editor_for(Document.kind("note"), self, by=lambda: by), "note", _("Note"))
        for said, editor, value in ((_("Name"), self._called, document.name), (_("Note"), self._noted, document.note)):
            self.body.addWidget(Plain(said, self))
            self.body.addWidget(editor)
            editor.set_value(value)
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What is wrong"))
        self._said.hide()
        self.body.addWidget(self._said)
        self._versions = session.attempt(lambda: documents.versions(document.number, by)) or []
        if self._versions:
            self._add_versions()
        self.body.addStretch(1)
        self._save = self.button("save", _("Save"))
        self.finish_with(self._save, self.button("cancel", closing()))
        held = session.attempt(lambda: documents.subject(*_stands(document), by))
        offer(self._save, documents.why_not_added(held, by) or "" if held is not None else "")
        self._called.setFocus()

    def _add_versions(self) -> None:
        self.body.addWidget(Plain(_("Older versions"), self))
        self._list = self.named(calm(QTreeWidget(self)), "versions", _("Older versions"))
        self._list.setHeaderLabels([_("When"), _("By"), _("Size"), _("Name")])
        self._list.setRootIsDecorated(False)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for each in self._versions:
            item = QTreeWidgetItem(
                [shown(None, each.created), each.__data__["author"] or "", of_bytes(each.size or 0), each.caption()]
            )
            item.setData(0, Qt.ItemDataRole.UserRole, each.number)
            item.setToolTip(3, as_tip(each.caption()))
            self._list.addTopLevelItem(item)
        for place in range(3):
            self._list.resizeColumnToContents(place)
        if (first := self._list.topLevelItem(0)) is not None:
            self._list.setCurrentItem(first)
        self._list.itemActivated.connect(lambda *_: self._with_version(self._working.open))
        self.body.addWidget(self._list, 1)
        line = QHBoxLayout()
        for word, said, what in (
            ("open_version", _("Open"), self._working.open), ("save_version", _("Save as…"), self._working.save_as),
        ):  # fmt: skip
            button = self.named(Button(said, self), word, said)
            button.clicked.connect(partial(self._with_version, what))
            line.addWidget(button)
        line.addStretch(1)
        self.body.addLayout(line)

    def _with_version(self, what: object, _checked: bool = False) -> None:
        item = self._list.currentItem()
        number = item.data(0, Qt.ItemDataRole.UserRole) if item is not None else 0
        version = next((each for each in self._versions if each.number == number), None)
        if version is not None and callable(what):
            what(version)

    def accept(self) -> None:
        """Keep it; what is wrong is said."""
        name, note = str(self._called.value() or ""), str(self._noted.value() or "")
        if (name, note) == (self._document.name, self._document.note or ""):
            super().accept()
            return
        try:
            changed = documents.change(int(self._document.number), self._session.by, name=name, note=note)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            self._called.setFocus()
            return
        self._session.say_done(_("“{name}” changed.").format(name=changed.caption()))
        super().accept()


def _stands(document: Document) -> tuple[type, object]:
    from channergy_crm.services import areas

    return areas.every_table()[document.table or ""], document.of
