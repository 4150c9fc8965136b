"""The fields of the records: what they are called, which are seen, and the office's own (VT-91, VT-96, CH-114)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QWidget

from channergy_crm.language import _, closing
from channergy_crm.services import custom_fields
from ui.setup.fields_of_record import FieldsOfRecord
from ui.widgets.dialog import Dialog
from ui.widgets.views import calm

if TYPE_CHECKING:
    from channergy_crm.settings import Station
    from channergy_crm.store.database import Office
    from channergy_crm.work.record import Record


class FieldsDialog(Dialog):
    """Left the record types, right the fields of one. What is changed is saved at once and can be undone afterwards."""

    def __init__(
        self, station: Station, by: str, parent: QWidget | None = None, record: type[Record] | None = None,
        *, office: Office | None = None,
    ) -> None:  # fmt: skip
        super().__init__("fields", _("Fields"), parent, station, size=(940, 600))
        self._records = self.named(calm(QListWidget(self)), "records", _("Record types"))
        for each in custom_fields.records():
            QListWidgetItem(each.plural, self._records).setSizeHint(QSize(0, 26))
        self._fields = FieldsOfRecord(station, by, office, self)
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setObjectName("fields.halves")
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._records)
        halves.addWidget(self._fields)
        halves.setStretchFactor(1, 1)
        halves.setSizes([160, 780])
        self.body.addWidget(halves, 1)
        self.finish_with(None, self.button("close", closing(), _("Everything is saved already (Esc)")))
        self._records.currentRowChanged.connect(lambda row: self._fields.open(custom_fields.records()[row]))
        self._records.setCurrentRow(custom_fields.records().index(record) if record and record.about.extendable else 0)
        self._records.setFocus()
