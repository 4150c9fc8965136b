"""A topic of Settings: its title, groups with bold heads, in each row name, control and hint, whole (F-54)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.editors.base import FlagEditor
from ui.editors.choices import ChoiceEditor
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label
from ui.widgets.controls import Button
from ui.widgets.dialog import Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent, QResizeEvent

    from channergy_crm.settings import Setting
    from ui.session.chosen import Chosen

WIDTH, NAMES, CONTROL, SHORT, HIGH = 720, 240, 300, 120, 28
"""pixels: a topic at most, the names at its left, what is chosen, a number, and how high"""
WALKING_MS = 500
"""who goes through the choices of the office by arrow key chooses the one they stay on"""
Check = Callable[[Any], str | None]
"""A sentence when a value cannot be, otherwise None."""


class Words(Label):
    """Words in a size of look and feel, which follow when the letters become larger."""

    def __init__(self, text: str, parent: QWidget, size: Callable[[QFont], QFont]) -> None:
        super().__init__(text, parent)
        self._size = size
        self.setWordWrap(True)
        self.write()

    def write(self) -> None:
        """In the letters there are now."""
        holder = self.parentWidget()
        self.setFont(self._size(holder.font() if holder is not None else self.font()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines: a grid gives no more than it must."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(event.size().width())))


class Hint(Remark):
    """A sentence under a control: small; what is wrong there takes its place."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__("", parent)
        self.write()
        self.say(text)

    def write(self) -> None:
        """In the letters there are now."""
        holder = self.parentWidget()
        self.setFont(theme.small(holder.font() if holder is not None else self.font()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        super().resizeEvent(event)
        self.setMinimumHeight(max(0, self.heightForWidth(event.size().width())) if self.text() else 0)


class Line(QWidget):
    """Between two groups."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.begin(self).fillRect(QRectF(self.rect()), theme.colour(self, "line"))


class SettingRow(QObject):
    """One setting: what is chosen is stored as soon as it is chosen; what cannot be is said under it, not stored."""

    def __init__(self, chosen: Chosen, setting: Setting[Any], editor: Any, hint: Hint, check: Check | None) -> None:
        super().__init__(editor)
        self._chosen, self.setting, self.editor, self._hint, self._check = chosen, setting, editor, hint, check
        self._usual = hint.text()
        editor.set_value(chosen.get(setting))
        slow = setting.scope == "office" or (isinstance(editor, QComboBox) and editor.isEditable())
        self._soon = later(self, self.settle, WALKING_MS)
        if hasattr(editor, "editingFinished"):
            editor.editingFinished.connect(self.settle)
            editor.installEventFilter(self)
        else:
            editor.changed.connect(self._soon.start if slow else self.settle)

    def problem(self) -> str | None:
        """What is wrong with what stands there."""
        value: str | None = self.editor.text_problem() or (self._check(self.editor.value()) if self._check else None)
        return value

    def settle(self) -> None:
        """Store what is chosen, or say why it cannot be."""
        self._soon.stop()
        sentence = self.problem()
        if sentence is None:
            sentence = self._chosen.choose(self.setting, self._value(), self._said())
        self._tell(sentence)

    def finish(self) -> None:
        """Whoever goes away has chosen."""
        if self._soon.isActive():
            self.settle()

    def look(self) -> None:
        """As it is now; what is typed and cannot be stays."""
        self.editor.set_read_only(self._chosen.why_not(self.setting) is not None)
        if self._soon.isActive() or self.problem() is not None or self.editor.property("problem"):
            return
        self.editor.set_value(self._chosen.get(self.setting))

    def say(self, text: str, ink: str = "muted") -> None:
        """What is usually said under it, from now on."""
        self._usual = text
        if not self.editor.property("problem"):
            self._hint.say(text, ink)

    def _value(self) -> object:
        value = self.editor.value()
        return "" if value is None else value

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts back what is stored."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if self._value() == self._chosen.get(self.setting) and self.problem() is None:
                return False
            self._soon.stop()
            self.editor.set_value(self._chosen.get(self.setting))
            self._tell(None)
            return True
        return False

    def _said(self) -> str:
        if isinstance(self.editor, FlagEditor):
            return _("yes") if self.editor.value() else _("no")
        return str(self.editor.currentText() if isinstance(self.editor, ChoiceEditor) else self.editor.value())

    def _tell(self, sentence: str | None) -> None:
        wrong = sentence is not None
        if wrong or self.editor.property("problem"):
            theme.mark(self.editor, "problem", wrong)
            self._hint.say(sentence or self._usual, "overdue" if wrong else "muted")


class TopicPage(QWidget):
    """A topic: at most 720 wide, names left, controls right, lines between its groups.

    `part` is what the names of its controls begin with.
    """

    def __init__(self, title: str, chosen: Chosen, parent: QWidget, part: str = "settings") -> None:
        super().__init__(parent)
        self.chosen, self._part = chosen, part
        self.rows: dict[Setting[Any], SettingRow] = {}
        self._grids: list[QGridLayout] = []
        self._names: list[Words] = []
        self._widths: dict[QWidget, int] = {}
        self._cells: dict[QObject, tuple[QWidget, QWidget]] = {}
        self._middle = QWidget(self)
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 24)
        self._column.setSpacing(12)
        if title:
            self._column.addWidget(Words(title, self._middle, theme.title))
        around = QHBoxLayout(self)
        around.setContentsMargins(24, 20, 24, 0)
        around.addWidget(self._middle, 1000)
        around.addStretch(1)
        self._measure()

    def begin(self, head: str) -> None:
        """A group of settings."""
        self._column.addWidget(Line(self._middle))
        self._column.addWidget(Words(head, self._middle, theme.section))
        grid = QGridLayout()
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(1, 1)
        self._grids.append(grid)
        self._column.addLayout(grid)
        self._column.addSpacing(4)

    def add(
        self, setting: Setting[Any], editor: Any, *, hint: str = "", check: Check | None = None, width: int = CONTROL
    ) -> SettingRow:
        """A row for a setting."""
        named(editor, f"{self._part}.{setting.name.rpartition('.')[2]}", setting.label)
        editor.setAccessibleDescription(hint)
        said = Hint(hint, self._middle)
        self._widths[editor] = width
        self._put(setting.label, editor, said)
        self.rows[setting] = row = SettingRow(self.chosen, setting, editor, said, check)
        row.look()
        return row

    def add_verb(
        self, name: str, label: str, text: str, run: Callable[[], object], *, hint: str = "", sign: str = ""
    ) -> Button:
        """A row with something to do."""
        button = named(Button(text, self._middle), f"{self._part}.{name}", text)
        button.setAccessibleDescription(hint)
        if sign:
            button.setIcon(icon(sign, button))
        button.clicked.connect(lambda: run())
        self._put(label, button, Hint(hint, self._middle))
        return button

    def add_word(self, text: str, ink: str = "muted") -> None:
        """A sentence across the whole width."""
        self._column.addWidget(Remark(text, self._middle, ink=ink))

    def add_whole(self, widget: QWidget) -> None:
        """Something that takes the whole width."""
        self._column.addWidget(Line(self._middle))
        self._column.addWidget(widget)

    def close_up(self) -> None:
        """There is nothing more to come."""
        self._column.addStretch(1)

    def look(self) -> None:
        """Everything as it is now."""
        for row in self.rows.values():
            row.look()

    def finish(self) -> None:
        """Whoever goes away has chosen."""
        for row in self.rows.values():
            row.finish()

    def show_row(self, setting: Setting[Any], on: bool) -> None:
        """Have a row, or not."""
        for part in self._cells[self.rows[setting].editor]:
            part.setVisible(on)

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, wider names."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_middle"):
            self._measure()
            for words in self.findChildren(Words):
                words.write()
            for hint in self.findChildren(Hint):
                hint.write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is less room the names take less of it."""
        super().resizeEvent(event)
        self._measure()

    def _measure(self) -> None:
        self._middle.setMaximumWidth(theme.px(WIDTH, self))
        names = min(theme.px(NAMES, self), max(self.width() - 48, 0) * 2 // 5)
        for words in self._names:
            words.setFixedWidth(names)
        for control, width in self._widths.items():
            control.setMaximumWidth(theme.px(width, self))

    def _put(self, label: str, control: QWidget, hint: Hint) -> None:
        if not self._grids:
            self.begin("")
        grid = self._grids[-1]
        words, cell = Words(label, self._middle, theme.normal), QWidget(self._middle)
        words.setBuddy(control)
        words.setContentsMargins(0, 6, 16, 0)
        control.setMinimumHeight(theme.px(HIGH, self))
        under = QVBoxLayout(cell)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(control, 1000 if not isinstance(control, Button) else 0)
        line.addStretch(1)
        under.addLayout(line)
        under.addWidget(hint)
        self._names.append(words)
        self._cells[control] = (words, cell)
        place = grid.rowCount()
        grid.addWidget(words, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(cell, place, 1)
        self._measure()
