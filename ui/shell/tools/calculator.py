"""The calculator: a sum is typed, Enter works it out, and the tape keeps the last ones (VT-42)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.text import arithmetic
from ui.look import theme
from ui.shell.tools.panel import ToolPanel
from ui.widgets.dialog import Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from decimal import Decimal

    from ui.shell.menu import Menu

TAPE, ROWS_SEEN = 50, 6
LAST_STEP = re.compile(r"[-+*/×÷]\s*[^-+*/×÷()]+$")
GOES_ON = "+-*/×÷%)"
RESULT = Qt.ItemDataRole.UserRole


class Calculator(ToolPanel):
    """Typed into like a desk calculator: an operator goes on with the result, Enter once more repeats the last step."""

    def __init__(self, menu: Menu) -> None:
        super().__init__("calculator", _("Calculator"), menu.session, menu.window)
        self._last_step, self._is_result = "", False
        self.tape = QListWidget(self)
        self.named(self.tape, "tape", _("The last sums"))
        self.tape.setFrameShape(QFrame.Shape.NoFrame)
        self.tape.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tape.setFixedHeight(theme.px(22 * ROWS_SEEN, self))
        self.tape.itemActivated.connect(self._take_up)
        self.line = LineField(self)
        self.named(self.line, "sum", _("Sum"))
        self.line.setPlaceholderText(_("Such as 12*49 + 19%"))
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.setFont(theme.fact(self.font()))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._typed)
        self._said = Remark("", self)
        self._said.setMinimumHeight(theme.px(18, self))
        for part in (self.tape, self.line, self._said):
            self.column.addWidget(part)
        self.foot(self.button("copy", _("Copy"), self.copy), self.button("clear", _("Empty the tape"), self.tape.clear))
        self.setFixedWidth(theme.px(300, self))

    def first(self) -> QWidget:
        return self.line

    def copied(self) -> str:
        """The last result, or what is marked."""
        first = self.tape.item(self.tape.count() - 1) if self.tape.count() else None
        return self.line.selectedText() or (str(first.data(RESULT)) if first is not None else self.line.text())

    def _signs(self) -> tuple[str, str]:
        return self.locale().decimalPoint(), self.locale().groupSeparator()

    def _worked_out(self, text: str) -> Decimal:
        return arithmetic.work_out(text, *self._signs())

    def _typed(self, text: str) -> None:
        """What it comes to so far stands below; what is not finished yet is no mistake."""
        self._is_result = False
        try:
            said = arithmetic.written(self._worked_out(text), *self._signs()) if text.strip() else ""
        except Mistake:
            said = ""
        self._said.setText(f"= {said}" if said else "")

    def _enter(self) -> None:
        typed = self.line.text().strip()
        if not typed:
            return
        if self._is_result and self._last_step:
            typed = f"{typed} {self._last_step}"
        try:
            result = arithmetic.written(self._worked_out(typed), *self._signs())
        except Mistake as mistake:
            self._said.setText(mistake.message)
            return
        step = LAST_STEP.search(typed)
        self._last_step = step[0] if step else ""
        plain = result.replace(self._signs()[1], "")
        item = QListWidgetItem(f"{typed} = {result}", self.tape)
        item.setData(RESULT, plain)
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight)
        while self.tape.count() > TAPE:
            self.tape.takeItem(0)
        self.tape.scrollToBottom()
        self.line.setText(plain)
        self._said.setText("")
        self._is_result = True

    def _take_up(self, item: QListWidgetItem) -> None:
        """Enter or a double-click on the tape: the result goes into the line."""
        self.line.insert(str(item.data(RESULT)))
        self._is_result = False
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter works it out; a figure after a result begins anew, Up goes to the tape."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key, typed = event.key(), event.text()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Equal):
            self._enter()
            return True
        if key == Qt.Key.Key_Up and self.tape.count():
            self.tape.setFocus()
            self.tape.setCurrentRow(self.tape.count() - 1)
            return True
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if self._is_result and typed.isprintable() and typed and not held:
            if typed not in GOES_ON:
                self.line.clear()
            self._is_result = False
        if event.matches(QKeySequence.StandardKey.Copy) and not self.line.hasSelectedText():
            self.copy()
            return True
        return False
