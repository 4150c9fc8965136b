"""Settings as a dialog shows them: label left, editor right, and under it what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.editors.base import FlagEditor
from ui.look.theme import mark
from ui.widgets.dialog import Plain, Remark

if TYPE_CHECKING:
    from channergy_crm.settings import Setting

LABELS = 170
Check = Callable[[Any], str | None]
"""A sentence when a value cannot be, otherwise None."""


class SettingFields(QWidget):
    """One row for each setting; an editor is named after its dialog and its setting."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._editors: dict[Setting[object], Any] = {}
        self._checks: dict[Setting[object], Check | None] = {}
        self._remarks: dict[Setting[object], tuple[Remark, str]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, LABELS)
        self._grid.setColumnStretch(2, 1)

    def add(
        self,
        setting: Setting[object],
        editor: Any,
        value: object,
        *,
        width: int = 0,
        check: Check | None = None,
        hint: str = "",
    ) -> None:
        """A row for this setting, showing this value; what is wrong with it takes the place of the hint."""
        row = self._grid.rowCount()
        editor.setObjectName(f"{self._name}.{setting.name.rpartition('.')[2]}")
        editor.setAccessibleName(setting.label)
        editor.set_value(value)
        editor.changed.connect(self.changed)
        label = Plain("" if isinstance(editor, FlagEditor) else setting.label, self)
        label.setBuddy(editor)
        remark = Remark("", self)
        remark.say(hint)
        editor.setAccessibleDescription(hint)
        if width:
            editor.setFixedWidth(width)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(editor, row, 1, 1, 1 if width else 2)
        self._grid.addWidget(remark, row + 1, 1, 1, 2)
        self._editors[setting], self._checks[setting], self._remarks[setting] = editor, check, (remark, hint)
        if hasattr(editor, "editingFinished"):
            editor.editingFinished.connect(lambda: self._look(setting))

    def set_read_only(self) -> None:
        """Let all of it be read, not changed."""
        for editor in self._editors.values():
            editor.set_read_only(True)

    def values(self) -> dict[Setting[object], object]:
        """What is typed, by setting; what cannot be is left out."""
        return {one: editor.value() for one, editor in self._editors.items() if self.problem(one) is None}

    def problem(self, setting: Setting[object]) -> str | None:
        """What is wrong with one of them."""
        editor, check = self._editors[setting], self._checks[setting]
        return editor.text_problem() or (check(editor.value()) if check else None)

    def settle(self) -> bool:
        """Say what is wrong beside each field; True when nothing is, otherwise the first wrong one is gone to."""
        wrong = [setting for setting in self._editors if self._look(setting)]
        if wrong:
            self._editors[wrong[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _look(self, setting: Setting[object]) -> bool:
        sentence = self.problem(setting)
        remark, hint = self._remarks[setting]
        remark.say(sentence or hint, "overdue" if sentence else "muted")
        mark(self._editors[setting], "problem", bool(sentence))
        return bool(sentence)
