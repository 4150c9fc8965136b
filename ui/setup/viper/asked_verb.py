"""Something that cannot be taken back: the button asks once more in its own place before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Callable


class AskedVerb(QWidget):
    """A button `name`; pressed, it makes room for the question, `name_yes` and `name_no`."""

    def __init__(
        self, name: str, text: str, question: str, yes: str, run: Callable[[], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._first = named(Button(text, self), name, text)
        self._question = named(Remark(question, self, ink="soon"), f"{name}_question", question)
        self._yes = named(Button(yes, self), f"{name}_yes", yes)
        self._no = named(Button(_("Cancel"), self), f"{name}_no", _("Cancel"))
        self._no.quiet()
        buttons = QWidget(self)
        row = WrappingRow(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self._first, self._yes, self._no):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._question)
        column.addWidget(buttons)
        self._first.clicked.connect(lambda: self._ask(asks=True))
        self._no.clicked.connect(lambda: self._ask(asks=False))
        self._yes.clicked.connect(self._do)
        self._ask(asks=False, focus=False)

    def _ask(self, *, asks: bool, focus: bool = True) -> None:
        for part in (self._question, self._yes, self._no):
            part.setVisible(asks)
        self._first.setVisible(not asks)
        if focus:
            (self._no if asks else self._first).setFocus()

    def _do(self) -> None:
        self._ask(asks=False)
        self._run()
