"""A new record, made where a link asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm.language import _, one
from channergy_crm.services import saving
from ui.forms.record_panel import RecordPanel
from ui.forms.reference import reference_for
from ui.screen import Screen, Section
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from channergy_crm.work.record import Record
    from ui.session.session import Session


class NewRecordDialog(Dialog):
    """The fields of a new record; Create saves it, and `key` is its number then."""

    def __init__(
        self, record: type[Record], typed: str, session: Session, parent: QWidget,
        start: Callable[[], Record] | None = None, save: Callable[[Any, str], object] = saving.save, said: str = "",
    ) -> None:  # fmt: skip
        """`start` makes the record that is not saved yet, where it hangs on something else; `save` is how it is
        saved, where more is made with it. `said` stands above the fields.
        """
        super().__init__(
            "new_record", _("New {record}").format(record=one(record)), parent, session.station, size=(620, 560)
        )
        self.key: object = None
        names = [name for name, kind in record.kinds().items() if not (kind.system or kind.own or kind.primary_key)]
        screen = Screen(record, "new_record", [], [Section(record.singular, names)])
        self._panel = RecordPanel(
            screen, session, save=save, start=start or (lambda: saving.start(record, session.by)), parent=self
        )
        for fold in (self._panel.along, self._panel.past, self._panel.noted, self._panel.linked):
            fold.hide()  # nothing has happened to it yet
        self._panel.new()
        first = next((name for name in names if record.kind(name).searched), None)
        if typed and first is not None:
            self._panel.form.put({first: typed})
        self.reference = reference_for("new_record", self._panel.record, session, self)
        if self.reference is not None:
            self.body.addWidget(self.reference)
        if said:
            self.body.addWidget(Remark(said, self))
        self.body.addWidget(self._panel, 1)
        create = self.button("create", _("Create"), _("Save the new record and link to it"))
        self.finish_with(create, self.button("cancel", _("Cancel"), _("Make nothing (Esc)")))

    def accept(self) -> None:
        """Save it; what is wrong is said beside the field and the dialog stays."""
        if self.reference is not None and not self.reference.settle(self._panel.record):
            return
        if self._panel.save_changes():
            self.key = self._panel.record.key
            super().accept()

    def reject(self) -> None:
        self.close_quietly()
        super().reject()

    def close_quietly(self) -> None:
        """Nothing is made, so no draft of it is kept."""
        self._panel.show_record(None)
        self._panel.save_draft()
