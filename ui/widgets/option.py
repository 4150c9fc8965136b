"""One of several answers: a round button with words beside it that may take several lines and can be clicked too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.controls import RadioButton
from ui.widgets.dialog import Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent


class Option(QWidget):
    """A round button, its words, and in a second line what is known about it."""

    double_clicked = Signal()

    def __init__(
        self, words: str, group: QButtonGroup, name: str, said: str, *, more: str = "", bold: bool = False
    ) -> None:
        super().__init__()
        self.radio = RadioButton(self)
        self.radio.setObjectName(name)
        self.radio.setAccessibleName(said)
        self.radio.setAccessibleDescription(more)
        group.addButton(self.radio)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.setContentsMargins(0, 3, 0, 3)
        self._words = Plain(words, self, bold=bold)
        lines.addWidget(self._words)
        if more:
            lines.addWidget(Remark(more, self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(lines, 1)

    def quiet(self, on: bool) -> None:
        """Muted: there is nothing in it."""
        self._words.wear("muted" if on else "text")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the words chooses."""
        if not self.radio.isEnabled():
            return
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.setChecked(True)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks choose and go on."""
        self.radio.setChecked(True)
        self.double_clicked.emit()
