"""*Merge…*: two tickets or more about the same become one; which one is kept is chosen (VT-184)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.fields import Link
from channergy_crm.language import _
from channergy_crm.records import Ticket
from channergy_crm.services.tickets import deeds
from ui.editors.record_picker import RecordPicker
from ui.look.plain import unmarked
from ui.look.wording import shown
from ui.widgets.controls import RadioButton
from ui.widgets.dialog import Dialog, Plain, Remark, named, scrolling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from channergy_crm.fields import Kind
    from ui.session.session import Session


class JoinDialog(Dialog):
    """The tickets that become one; another one can be added by its title or number."""

    def __init__(self, keys: Sequence[int], session: Session, parent: QWidget) -> None:
        super().__init__("merge_tickets", _("Merge tickets"), parent, session.station, size=(560, 380))
        self._session = session
        self.kept: Ticket | None = None
        self._tickets: dict[int, RadioButton] = {}
        self._group = QButtonGroup(self)
        kind: Kind[object] = Link(Ticket, Ticket.singular)
        self.picker = RecordPicker(kind, self, bare=True)
        self.picker.by = lambda: session.by
        self.named(self.picker, "other", _("Another ticket"))
        self.picker.setPlaceholderText(_("Title or number of the other ticket"))
        self._wrong = self.named(Remark("", self, ink="overdue"), "wrong", _("What is wrong"))
        self._wrong.hide()
        self._list = QWidget(self)
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addStretch(1)
        self._lay_out()
        for key in keys:
            self._add(key)
        self.picker.changed.connect(self._picked)
        self.picker.setFocus()

    def _lay_out(self) -> None:
        self.body.addWidget(Plain(_("Which one is kept"), self))
        self.body.addWidget(scrolling(self._list), 1)
        self.body.addWidget(Plain(_("Another ticket"), self))
        self.body.addWidget(self.picker)
        self.body.addWidget(self._wrong)
        said = _("All that was said about them, their notes, tasks and documents stand in the one that is kept, in "
                 "order. The others are gone; Undo brings them back.")  # fmt: skip
        self.body.addWidget(self.named(Remark(said, self), "said", _("What it will do")))
        self.finish_with(self.button("merge", _("Merge")), self.button("cancel", _("Cancel")))

    def _add(self, key: int) -> None:
        held = self._session.find(Ticket, key)
        if held is None or held.number in self._tickets:
            return
        parts = (_("Ticket {number}").format(number=held.number), held.caption(),
                 shown(Ticket.kind("status"), held.status))  # fmt: skip
        said = " · ".join(part for part in parts if part)
        button = named(RadioButton(unmarked(said), self._list), f"merge_tickets.keep_{held.number}", said)
        button.setChecked(not self._tickets)
        button.clicked.connect(partial(self._wrong.say, ""))
        self._group.addButton(button)
        self._column.insertWidget(len(self._tickets), button)
        self._tickets[held.number] = button

    def _picked(self) -> None:
        key = self.picker.value()
        if not isinstance(key, int):
            return
        if key in self._tickets:
            self._wrong.say(_("That ticket stands above already."))
            return
        self._wrong.say("")
        self._add(key)
        self.picker.set_value(None)

    def accept(self) -> None:
        """Make one of them; what is wrong is said and the dialog stays."""
        self._picked()
        keys = list(self._tickets)
        kept = next((key for key, button in self._tickets.items() if button.isChecked()), None)
        if kept is None or len(keys) < 2:
            self._wrong.say(_("Choose at least two tickets to make one of."))
            self.picker.setFocus()
            return
        try:
            self.kept = deeds.join(kept, [key for key in keys if key != kept], self._session.by)
        except CRMError as error:
            self._wrong.say(error.message)
            return
        super().accept()
