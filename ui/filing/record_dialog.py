"""Asks with which record a mail is to be filed: of which kind, and which one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.fields import Link
from channergy_crm.language import _, one
from channergy_crm.records import Account, Contact, Customer, Lead, Opportunity
from channergy_crm.services.filing.whom import Person
from ui.editors.choices import ChoiceEditor
from ui.editors.record_picker import RecordPicker
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session

KINDS: dict[str, type[Record]] = {each.__name__: each for each in (Lead, Contact, Account, Opportunity, Customer)}


class RecordDialog(Dialog):
    """The kind of record, and a line that finds it by name or number."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__("filing_record", _("Choose a record"), parent, session.station, size=(460, 220))
        self._session = session
        self.person: Person | None = None
        self._kind = self.named(ChoiceEditor([(name, one(each)) for name, each in KINDS.items()], self,
                                             allow_empty=False), "kind", _("Kind of record"))  # fmt: skip
        self._room = QWidget(self)
        QVBoxLayout(self._room).setContentsMargins(0, 0, 0, 0)
        self._picker: RecordPicker | None = None
        self._said = self.named(Remark("", self), "said", _("What is wrong"))
        for part in (Plain(_("Kind of record"), self), self._kind, Plain(_("Record"), self), self._room, self._said):
            self.body.addWidget(part)
        self._said.say("")
        self.body.addStretch(1)
        self.finish_with(self.button("take", _("Take it")), self.button("cancel", _("Cancel")))
        self._kind.set_value(Lead.__name__)
        self._kind.changed.connect(self._turn)
        self._turn()

    def _turn(self) -> None:
        """Another kind of record: the line looks among those."""
        if self._picker is not None:
            self._picker.hide()
            self._picker.deleteLater()
        link: Any = Link(KINDS[str(self._kind.value())])
        self._picker = self.named(RecordPicker(link, self._room, bare=True), "record", _("Record"))
        self._picker.by = lambda: self._session.by
        layout = self._room.layout()
        if layout is not None:
            layout.addWidget(self._picker)
        self._picker.setFocus()

    def accept(self) -> None:
        """Take the record that is named; one that cannot be found is said."""
        picker = self._picker
        if picker is None or (problem := picker.text_problem()) or picker.value() is None:
            self._said.say(problem if picker is not None and problem else _("Type a name or a number."), "overdue")
            return
        self.person = Person(picker.target, picker.value(), picker.text())
        super().accept()
