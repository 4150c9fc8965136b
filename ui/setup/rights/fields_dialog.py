"""Which fields a role is shown: of each record type a list with check boxes (VT-96)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.services import roles
from ui.editors.choices import ChoiceEditor
from ui.look.plain import as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Dialog, Remark, named, offer
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.records.roles import Role
    from channergy_crm.work.record import Record
    from ui.session.session import Session

NAME = Qt.ItemDataRole.UserRole
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
ROW = 26


class FieldsLine(QWidget):
    """What the role that is looked at hides, and the way to change it."""

    def __init__(self, session: Session, changed: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._changed = session, changed
        self._role: Role | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._said = named(Remark("", self), "roles.hidden", _("Hidden fields"))
        self._choose = named(Button(_("Fields…"), self), "roles.fields", _("Fields…"))
        self._choose.setToolTip(as_tip(_("Choose which fields this role is shown")))
        self._choose.quiet()
        self._choose.clicked.connect(self._open)
        row.addWidget(self._said, 1)
        row.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignTop)

    def show_role(self, role: Role | None, refused: str) -> None:
        """This role is looked at; `refused` says why it may not be changed."""
        self._role = role
        kept = roles.fields_said(roles.hidden_fields(role.number, self._session.by)) if role is not None else ""
        self._said.say(_("Hidden: {fields}.").format(fields=kept) if kept else _("Every field is shown."), "muted")
        offer(self._choose, refused)

    def _open(self) -> None:
        if self._role is not None and FieldsDialog(self._role, self._session, self).exec():
            self._changed()


class FieldsDialog(Dialog):
    """Checked is shown; what is not checked is in no form, list, filter, export or history of whoever has the role."""

    def __init__(self, role: Role, session: Session, parent: QWidget) -> None:
        super().__init__("role_fields", _("Fields of {role}").format(role=role.name), parent, session.station,
                         size=(420, 520))  # fmt: skip
        self._role, self._session = role, session
        self._offered = {record: kinds for record, kinds in roles.fields_offered(session.by).items() if kinds}
        self._kept: dict[type[Record], set[str]] = {
            record: set(names) for record, names in roles.hidden_fields(role.number, session.by).items()
        }
        said = _("Checked fields are shown. What names a record, whose it is and when it is due always is.")
        self.body.addWidget(Remark(said, self))
        tables = [(record._meta.table_name, record.plural) for record in self._offered]
        self._record = self.named(ChoiceEditor(tables, self), "record", _("Records"))
        self._record.set_value(tables[0][0])
        self.body.addWidget(self._record)
        self._list = self.named(calm(QListWidget(self)), "list", _("Fields"))
        self.body.addWidget(self._list, 1)
        self._said = self.named(Remark("", self, ink="overdue"), "said", "")
        self.body.addWidget(self._said)
        self.finish_with(self.button("keep", _("Show these")),
                         self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))  # fmt: skip
        self._record.changed.connect(self._fill)
        self._list.itemChanged.connect(self._turned)
        self._fill()
        self._list.setFocus()

    def _chosen(self) -> type[Record]:
        return next(record for record in self._offered if record._meta.table_name == self._record.value())

    def _fill(self) -> None:
        record = self._chosen()
        self._list.blockSignals(True)
        self._list.clear()
        for kind in self._offered[record]:
            item = QListWidgetItem(kind.label, self._list)
            item.setData(NAME, kind.name)
            item.setSizeHint(QSize(0, ROW))
            item.setCheckState(UNCHECKED if kind.name in self._kept.get(record, ()) else CHECKED)
        self._list.setCurrentRow(0)
        self._list.blockSignals(False)

    def _turned(self, item: QListWidgetItem) -> None:
        kept = self._kept.setdefault(self._chosen(), set())
        (kept.discard if item.checkState() == CHECKED else kept.add)(item.data(NAME))

    def accept(self) -> None:
        """Keep it, in one step."""
        offered = {record: {kind.name for kind in kinds} for record, kinds in self._offered.items()}
        kept = {record: self._kept.get(record, set()) & names for record, names in offered.items()}
        try:
            roles.hide(self._role.number, kept, self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            return
        super().accept()
