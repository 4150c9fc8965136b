"""*Try on one…*: choose a record and see what the rule, as it is typed, would make for it. Nothing is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.fields import Link
from channergy_crm.language import _, closing, one
from channergy_crm.services.events import activating
from ui.editors.record_picker import RecordPicker
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from channergy_crm.fields import Kind
    from channergy_crm.records.events import Event
    from channergy_crm.services.events.activating import Planned
    from channergy_crm.work.record import Record
    from ui.session.session import Session

FIELD = 320


class Trying(QWidget):
    """A line to choose a record in, and below it what would be made for it."""

    closed = Signal()
    turned = Signal()
    """another line to choose in"""

    def __init__(self, session: Session, draft: Callable[[], Event | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._draft = session, draft
        self._record: type[Record] | None = None
        self.picker: RecordPicker | None = None
        self._said = Remark("", self)
        self._said.setObjectName("events.tried")
        close = self._shut = named(IconButton(self), "events.try_close", closing())
        close.setIcon(icon("close", close))
        close.setToolTip(as_tip(closing()))
        close.clicked.connect(self._close)
        self._row = QHBoxLayout()
        self._row.setSpacing(4)
        self._row.addWidget(close)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 2)
        column.setSpacing(4)
        column.addLayout(self._row)
        column.addWidget(self._said)
        self.hide()

    def ask(self, record: type[Record]) -> None:
        """Ask for one of these records."""
        picker = self._picker_of(record)
        picker.set_value(None)
        self._said.say(_("Choose one: what the rule would make for it is shown here. Nothing is made."), "muted")
        self.show()
        picker.setFocus()

    def _picker_of(self, record: type[Record]) -> RecordPicker:
        if self.picker is None or record is not self._record:
            if self.picker is not None:
                self.picker.setParent(None)
                self.picker.deleteLater()
            self._record, self.picker = record, self._made(record)
            self._row.insertWidget(0, self.picker)
            self.turned.emit()
        return self.picker

    def _made(self, record: type[Record]) -> RecordPicker:
        kind: Kind[object] = Link(record, record.singular)
        picker = RecordPicker(kind, self, bare=True)
        picker.by = lambda: self._session.by
        named(picker, "events.try_record", _("Try it on this {record}").format(record=one(record)))
        picker.setFixedWidth(theme.px(FIELD, self))
        picker.changed.connect(self._try)
        picker.editingFinished.connect(self._try)
        return picker

    def _try(self) -> None:
        picker = self.picker
        if picker is None or self.isHidden() or not picker.text().strip() or picker.text_problem() is not None:
            return
        key, draft = picker.value(), self._draft()
        if draft is None:
            self._said.say(_("The rule cannot be read yet; see the form."), "overdue")
            return
        if key is None:
            return
        try:
            found = activating.try_on(draft, key, self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            return
        self._said.say(self._words(found, picker.text()), "text" if found is not None else "muted")

    def _words(self, found: Planned | None, who: str) -> str:
        if found is None:
            return _("Nothing is made for {who}: it does not fall under the rule now.").format(who=who)
        if not found.receiver:
            return _("{who}: “{text}”, but nobody would get it.").format(who=found.who, text=found.said)
        return _("{who}: “{text}”, for {receiver}.").format(who=found.who, text=found.said, receiver=found.receiver)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._close()
        else:
            super().keyPressEvent(event)

    def in_order(self) -> list[QWidget]:
        """What Tab goes through."""
        return [*([self.picker] if self.picker is not None else []), self._shut]

    def _close(self) -> None:
        self.hide()
        self.closed.emit()
