"""What a new entry is about: the kind of record and the record itself, chosen before it is saved (VT-164)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.fields import Link
from channergy_crm.language import _
from channergy_crm.services.linked import changing
from ui.editors.choices import ChoiceEditor
from ui.editors.record_picker import RecordPicker
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from channergy_crm.work.record import Record
    from ui.session.session import Session

KIND = 140
"""pixels of the kind of record"""


class Reference(QWidget):
    """A line over the fields of a new entry: *About*, a lead, an account, a deal, and its name or number."""

    def __init__(self, name: str, made: Record, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._session, self._made = name, session, made
        self._kinds = changing.referring(type(made), session.by)
        label = Label(_("About"), self)
        label.muted()
        said = [(kind.__name__, kind.singular) for kind in self._kinds]
        self._kind = named(ChoiceEditor(said, self, allow_empty=False), f"{name}.about_kind", _("About what"))
        self._kind.setFixedWidth(theme.px(KIND, self))
        self.picker: RecordPicker | None = None
        self.wrong = named(Remark("", self, ink="overdue"), f"{name}.about_said", _("What is wrong"))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(label)
        self._row.addWidget(self._kind)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._row)
        column.addWidget(self.wrong)
        self.wrong.hide()
        self._begun = held = changing.referred(made, session.by)
        self._kind.set_value((type(held) if held is not None else self._kinds[0]).__name__)
        self._kind.changed.connect(self._turn)
        self._turn()
        self._show(held)

    def _show(self, held: Record | None) -> None:
        if held is not None and self.picker is not None:
            self.picker.set_value(held.key)

    def _target(self) -> type[Record]:
        chosen = self._kind.value()
        return next((kind for kind in self._kinds if kind.__name__ == chosen), self._kinds[0])

    def _turn(self) -> None:
        """Another kind of record: the line looks among those."""
        if self.picker is not None:
            if self.picker.target is self._target():
                return
            self._row.removeWidget(self.picker)
            self.picker.hide()
            self.picker.deleteLater()
        by = self._session.by
        link: Any = Link(self._target())
        self.picker = named(RecordPicker(link, self, bare=True), f"{self._name}.about", _("About"))
        self.picker.by = lambda: by
        self._row.addWidget(self.picker, 1)

    def settle(self, made: Record) -> bool:
        """Let the entry point at what was chosen; False where that cannot be read, which is said under the line."""
        self.wrong.say("")
        picker = self.picker
        if picker is None:
            return True
        if problem := picker.text_problem():
            self.wrong.say(problem)
            picker.setFocus()
            return False
        key = picker.value()
        before = self._begun
        if key is None or (before is not None and (type(before), before.key) == (picker.target, key)):
            return True
        chosen = self._session.find(picker.target, key)
        if chosen is None:
            return False
        return self._session.attempt(lambda: self._refer(made, chosen)) is True

    def _refer(self, made: Record, chosen: Record) -> bool:
        changing.refer(made, chosen, self._session.by)
        return True


def reference_for(name: str, made: Record | None, session: Session, parent: QWidget) -> Reference | None:
    """The line, for records that can be about several kinds of records; None for the others."""
    if made is None or len(session.attempt(lambda: changing.referring(type(made), session.by)) or []) <= 1:
        return None
    return Reference(name, made, session, parent)
