"""What stands on a page that counts while there is nothing to count: why, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look.icons import icon
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable


class Nothing(QWidget):
    """A sentence, and below it what can be done."""

    def __init__(self, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._word = word
        self._said = Remark("", self)
        self._said.setObjectName(f"{word}.empty")
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self._row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._said)
        column.addLayout(self._row)
        column.addStretch(2)

    def way(self, word: str, said: str, go: Callable[[], object], sign: str = "") -> Button:
        """One more thing that can be done; quiet without a picture."""
        button = named(Button(said, self), f"{self._word}.{word}", said)
        if sign:
            button.setIcon(icon(sign, button))
        else:
            button.quiet()
        button.clicked.connect(lambda: go())
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def say(self, text: str, ink: str = "muted") -> None:
        """Say this."""
        self._said.say(text, ink)
