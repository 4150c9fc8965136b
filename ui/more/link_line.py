"""The line in which an existing record is chosen that shall be linked: typed, or taken from the latest (VT-164)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.fields import Link
from channergy_crm.language import _, closing, one
from channergy_crm.services.linked import changing
from ui.editors.record_picker import RecordPicker
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.widgets.controls import IconButton
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from channergy_crm.services.linked.reading import Group
    from channergy_crm.work.record import Record
    from ui.session.session import Session

T = TypeVar("T")
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LinkLine(QWidget):
    """It comes when something shall be linked. Enter takes, Esc gives up; what is wrong is said under it."""

    chosen = Signal(object, object)
    """the group, and the number of the record"""
    given_up = Signal()

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._session = name, session
        self._group: Group | None = None
        self.picker: RecordPicker | None = None
        self._label = Label(parent=self)
        self._away = named(IconButton(self), f"{name}.link_give_up", _("Give up"))
        self._away.setIcon(icon("close", self._away))
        self._away.setToolTip(as_tip(closing()))
        self._away.clicked.connect(lambda _checked=False: self.give_up())
        self.wrong = named(Remark("", self, ink="overdue"), f"{name}.link_said", _("What is wrong"))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self._label)
        self._row.addWidget(self._away)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(2)
        column.addLayout(self._row)
        column.addWidget(self.wrong)
        self.wrong.hide()
        self.hide()

    def ask(self, record: Record, group: Group) -> None:
        """Come into sight for this group, with the cursor in the line."""
        assert group.record is not None  # noqa: S101  only records are linked
        if self.picker is not None:
            self._row.removeWidget(self.picker)
            self.picker.hide()
            self.picker.deleteLater()
        self._group = group
        kind, key, by = type(record), record.key, self._session.by
        self._label.setText(_("Link an existing {record}").format(record=one(group.record)))
        picker = RecordPicker(Link(group.record), self, bare=True)
        picker.by = lambda: by
        picker.among = lambda: changing.among(kind, key, group.name, by)
        self.picker = named(picker, f"{self._name}.link", self._label.text())
        picker.taken.connect(self._take)
        picker.installEventFilter(self)
        self._row.insertWidget(1, picker, 1)
        self.wrong.say("")
        self.show()
        picker.setFocus()

    def attempt(self, what: Callable[[], T]) -> T | None:
        """Do it; what keeps it from being done is said under the line."""
        try:
            return what()
        except CRMError as error:
            self.wrong.say(error.message)
        return None

    def give_up(self) -> None:
        """Nothing is linked."""
        self.hide()
        self.given_up.emit()

    def _take(self, key: object) -> None:
        if self._group is not None and key is not None:
            self.chosen.emit(self._group, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While its list is open the keys are the picker's; otherwise Enter takes what is typed, Esc gives up."""
        if not isinstance(event, QKeyEvent) or self.picker is None or self.picker.is_choosing:
            return False
        ours = event.key() in ENTER or event.key() == Qt.Key.Key_Escape
        if event.type() == QEvent.Type.ShortcutOverride and ours:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress or not ours:
            return False
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        elif problem := self.picker.text_problem():
            self.wrong.say(problem)
        else:
            self._take(self.picker.value())
        return True
