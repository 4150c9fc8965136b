"""How a call went: nine results laid out as on a telephone, each with its digit, and the others in a menu."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import as_tip, unmarked
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.services.calls import Result

PITCH, ROW, BETWEEN, CHIP = 36, 30, 6, 18
"""pixels: from row to row, a row, between columns, the ground of a digit"""
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -3, Qt.Key.Key_Down: 3}
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ResultButton(QAbstractButton):
    """One result with its digit."""

    def __init__(self, result: Result, parent: QWidget) -> None:
        super().__init__(parent)
        self.result = result
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setText(unmarked(result.label))
        self.setToolTip(as_tip(_("{result} ({digit})").format(result=result.label, digit=result.digit)))
        named(self, f"call.result.{result.code}", f"{result.digit} {result.label}")

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.strong(self.font())).horizontalAdvance(self.result.label)
        return QSize(theme.px(CHIP + 24, self) + words, theme.px(ROW, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(90, self), theme.px(ROW, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar choose it; every other key is for all of them."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn, chosen = paint.begin_turned(self), theme.theme_of(self), self.isChecked() or self.isDown()
        room = QRectF(self.rect())
        inner = paint.within_ring(self, room) if self.hasFocus() else room
        resting = worn.hover if self.underMouse() else worn.tile if worn.dark else worn.field
        ground, edge = (worn.soft, worn.accent) if chosen else (resting, worn.border)
        wide = worn.ring if chosen and worn.high else 1
        paint.box(painter, inner, ground=QColor(ground), edge=QColor(edge), width=wide)
        if self.hasFocus():
            paint.ring(painter, self, room, paint.FIELD + 1)
        side = theme.px(CHIP, self)
        chip = QRectF(6, (self.height() - side) / 2, side, side)
        paint.box(painter, chip, ground=QColor(worn.accent if chosen else worn.chip), round_by=paint.TAG)
        painter.setFont(theme.strong(theme.small(self.font())))
        painter.setPen(QColor(worn.on_accent if chosen else worn.chip_text))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, str(self.result.digit))
        painter.setFont(theme.strong(self.font()) if chosen else self.font())
        painter.setPen(QColor(worn.accent_text if chosen else worn.text))
        words = QRectF(chip.right() + 6, 0, self.width() - chip.right() - 9, self.height())
        said = painter.fontMetrics().elidedText(self.result.label, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, LEFT, said)


class Results(QWidget):
    """All of them: one is chosen by its digit, by arrow and Enter, or by a click; the keys of the bar work here too."""

    chosen = Signal()
    pill_wanted = Signal(int)
    """the next pill (1) or the one before (-1)"""
    next_try_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.results", _("How the call went"))
        self._buttons: dict[int, ResultButton] = {}
        self._others: list[Result] = []
        self._chosen: Result | None = None
        self.other = Button(parent)
        self.other.quiet()
        self.other.setCheckable(True)
        self.other.clicked.connect(self._ask_for_another)
        named(self.other, "call.result.other", _("Other results"))

    # Which there are, and which it is

    def offer(self, results: Sequence[Result]) -> None:
        """Offer these from now on; none of them is chosen."""
        for button in self._buttons.values():
            button.setParent(None)
            button.deleteLater()
        self._buttons = {result.digit: ResultButton(result, self) for result in results if result.digit}
        self._others = [result for result in results if not result.digit]
        for button in self._buttons.values():
            button.clicked.connect(partial(self.choose, button.result))
            button.show()
        self.other.setVisible(bool(self._others))
        self._show(None)
        self._place()

    @property
    def result(self) -> Result | None:
        """The one that is chosen, or None."""
        return self._chosen

    def choose(self, result: Result | None) -> None:
        """Choose this one; a click on the chosen one leaves it chosen."""
        self._show(result)
        if result is not None:
            self.chosen.emit()

    def choose_code(self, code: str) -> None:
        """Choose the one of this code, if it is offered."""
        known = [*(button.result for button in self._buttons.values()), *self._others]
        self.choose(next((result for result in known if result.code == code), None))

    def choose_digit(self, digit: int) -> None:
        """Choose by digit; 0 opens the menu of the others."""
        if digit == 0:
            self._ask_for_another()
        elif digit in self._buttons:
            self.choose(self._buttons[digit].result)

    def _show(self, result: Result | None) -> None:
        self._chosen = result
        for button in self._buttons.values():
            button.setChecked(button.result == result)
        under_other = result is not None and not result.digit
        self.other.setChecked(under_other)
        label = result.label if result is not None and under_other else _("other…")
        self.other.setText(unmarked(_("0  {result}").format(result=label)))
        here = next((button for button in self._buttons.values() if button.isChecked()), None)
        self._stand_on(here or next(iter(self._buttons.values()), None))

    def _stand_on(self, button: ResultButton | None) -> None:
        """Tab comes to one of them only."""
        policy = Qt.FocusPolicy
        for each in self._buttons.values():
            each.setFocusPolicy(policy.StrongFocus if each is button else policy.ClickFocus)
        had_focus = any(each.hasFocus() for each in self._buttons.values())
        self.setFocusProxy(button or self.other)
        if had_focus and button is not None:
            button.setFocus()

    def _ask_for_another(self) -> None:
        """A list of the others under the button; a digit chooses one."""
        menu = Menu(self)
        menu.setObjectName("call.others")
        for place, result in enumerate(self._others, 1):
            words = unmarked(result.label)
            menu.addAction(f"&{place}  {words}" if place < 10 else words, partial(self.choose, result))
        self.other.setChecked(self._chosen is not None and not self._chosen.digit)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.other.mapToGlobal(self.other.rect().bottomLeft()))

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose; + and − go through the pills of the next try, T types it, arrows go from one to another."""
        text = event.text()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif text.isdigit() and text.isascii():
            self.choose_digit(int(text))
        elif text in ("+", "-", "−"):
            self.pill_wanted.emit(1 if text == "+" else -1)
        elif event.key() == Qt.Key.Key_T:
            self.next_try_wanted.emit()
        elif (step := ARROWS.get(Qt.Key(event.key()))) is not None:
            self._walk(step)
        else:
            super().keyPressEvent(event)

    def _walk(self, step: int) -> None:
        here = next((digit for digit, button in self._buttons.items() if button.hasFocus()), 1)
        if abs(step) == 1 and (here - 1) // 3 != (here + step - 1) // 3:
            return
        if (button := self._buttons.get(here + step)) is not None:
            self._stand_on(button)

    # Where they stand

    def sizeHint(self) -> QSize:
        return QSize(3 * theme.px(164, self), theme.px(2 * PITCH + ROW, self))

    def resizeEvent(self, event: object) -> None:
        self._place()

    def _place(self) -> None:
        gap, pitch, row = BETWEEN, theme.px(PITCH, self), theme.px(ROW, self)
        wide = (self.width() - 2 * gap) // 3
        for digit, button in self._buttons.items():
            down, across = divmod(digit - 1, 3)
            button.setGeometry(across * (wide + gap), down * pitch, wide, row)
