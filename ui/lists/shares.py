"""Who gets how many shares of something: a number beside each operator and group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.services import operators
from ui.editors.base import NumberEditor
from ui.widgets.dialog import Plain, named

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

MOST = 99
WIDE = 90


class Shares(QWidget):
    """Everybody who may own records, but for some; who is given nothing gets nothing."""

    changed = Signal()

    def __init__(self, name: str, by: str, parent: QWidget, *, without: Collection[str] = ()) -> None:
        super().__init__(parent)
        self._editors: dict[str, NumberEditor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        for row, each in enumerate(one for one in operators.owners(by) if one.id not in without):
            editor = named(NumberEditor(self, minimum=0, maximum=MOST), f"{name}.{each.id}", each.caption())
            editor.setMaximumWidth(WIDE)
            editor.changed.connect(self.changed)
            self._editors[each.id] = editor
            grid.addWidget(Plain(each.caption(), self), row, 0)
            grid.addWidget(editor, row, 1)
        grid.setRowStretch(grid.rowCount(), 1)

    def chosen(self) -> Mapping[str, int]:
        """The shares of those who get some."""
        held = {id: editor.value() for id, editor in self._editors.items() if not editor.text_problem()}
        return {id: int(value) for id, value in held.items() if value}
