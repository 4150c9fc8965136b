"""Set one field of many marked records: which field, to what, on how many."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.language import _, counted
from channergy_crm.services import bulk_changes
from ui.editors.choices import ChoiceEditor
from ui.editors.for_kind import chosen_from, stored
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.language import Named
    from channergy_crm.settings import Station
    from channergy_crm.work.record import Record


class SetFieldDialog(Dialog):
    """Nothing is preselected; what it will do stands above the button, with the count."""

    def __init__(
        self, record: type[Record], keys: Sequence[object], parent: QWidget | None = None,
        station: Station | None = None, *, by: str = "", called: type[Named] | None = None,
    ) -> None:  # fmt: skip
        title = _("Set a field of {records}").format(records=counted(called or record, len(keys)))
        super().__init__("set_field", title, parent, station, size=(520, 240))
        self._by, self._called = by, called or record
        self._record, self._keys, self._count = record, keys, len(keys)
        names = [name for name in bulk_changes.settable(record, by) if record.kind(name).edited_by != "lines"]
        self._field = ChoiceEditor([(name, record.kind(name).label) for name in names], self)
        self._field.setObjectName("set_field.field")
        self._field.setAccessibleName(_("Field"))
        self._editor: Any = None
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(Plain(_("Field"), self), 0, 0)
        self._grid.addWidget(self._field, 0, 1)
        self._grid.addWidget(Plain(_("Value"), self), 1, 0)
        self.body.addLayout(self._grid)
        self._said = Remark(_("Choose a field."), self)
        self._said.setObjectName("set_field.said")
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self._set: QPushButton = self.button(
            "set", _("Set"), _("Set the field on all of them, in one step that can be undone")
        )
        self.finish_with(self._set, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._field.changed.connect(self._field_chosen)
        self._tell()
        self._field.setFocus()

    def chosen(self) -> tuple[str, object]:
        """The field's python name and the value for all."""
        kind = self._record.kind(self._field.value())
        return kind.name, stored(kind, self._editor.value())

    def _field_chosen(self) -> None:
        if self._editor is not None:
            self._grid.removeWidget(self._editor)
            self._editor.deleteLater()
            self._editor = None
        name = self._field.value()
        if name:
            kind = self._record.kind(name)
            self._editor = chosen_from(self._labels(name), kind, self, by=lambda: self._by, in_grid=True)
            self._editor.setObjectName("set_field.value")
            self._editor.setAccessibleName(_("Value for {field}").format(field=kind.label))
            self._editor.changed.connect(self._tell)
            self._grid.addWidget(self._editor, 1, 1)
            self.setTabOrder(self._field, self._editor)
        self._tell()

    def _labels(self, name: str) -> Sequence[tuple[object, str]]:
        """What alone may be chosen for all of them (SI-37)."""
        with suppress(CRMError):  # whoever cannot ask now cannot set it either, which is said then
            return bulk_changes.labels(self._record, self._keys, name, self._by)
        return ()

    def _tell(self) -> None:
        wrong = self._wrong()
        self._set.setEnabled(wrong is None)
        if wrong is not None:
            self._said.say(wrong, "muted" if self._editor is None else "overdue")
            return
        name, value = self.chosen()
        kind = self._record.kind(name)
        shown = self._editor.currentText() if hasattr(self._editor, "currentText") else kind.show(value)
        said = _("{field} of {records} becomes “{value}”.") if shown else _("{field} of {records} becomes empty.")
        records = counted(self._called, self._count)
        self._said.say(said.format(field=kind.label, records=records, value=shown))

    def _wrong(self) -> str | None:
        if self._editor is None:
            return _("Choose a field.")
        problem: str | None = self._editor.text_problem()
        name, value = self.chosen()
        return problem or self._record.kind(name).check(value)
