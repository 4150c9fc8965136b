"""On top of a timeline: a note or a task is written there, saved with Ctrl+Enter; Esc gives up and keeps it begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _, closing
from ui.editors.base import LineEditor
from ui.editors.dates import DateEditor, TimeEditor
from ui.editors.lines import TextEditor
from ui.editors.offers import NAMES_PEOPLE
from ui.look import theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.timeline.note_text import ITEM
from ui.widgets.controls import Button, IconButton
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from datetime import date, time

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OURS = (Qt.Key.Key_B, Qt.Key.Key_I)


class NoteLines(TextEditor):
    """The lines of a note: Ctrl+B and Ctrl+I stress what is chosen, a list goes on by itself in the next line."""

    def stress(self, sign: str) -> None:
        """Put these signs around what is chosen, or take them off; without a choice the cursor stands between them."""
        cursor = self.textCursor()
        text = cursor.selectedText()
        if len(text) > 2 * len(sign) and text.startswith(sign) and text.endswith(sign):
            cursor.insertText(text[len(sign) : -len(sign)])
        else:
            cursor.insertText(f"{sign}{text}{sign}")
            if not text:
                cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.MoveAnchor, len(sign))
        self.setTextCursor(cursor)
        self.setFocus()

    def begin_list(self) -> None:
        """The line becomes one of a list."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.insertText("- ")
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl, bare = event.modifiers() == CTRL, event.modifiers() == Qt.KeyboardModifier.NoModifier
        if ctrl and event.key() == Qt.Key.Key_B:
            self.stress("**")
        elif ctrl and event.key() == Qt.Key.Key_I:
            self.stress("*")
        elif bare and event.key() in ENTER and (item := ITEM.fullmatch(self.textCursor().block().text())):
            self._go_on(bool(item[1].strip()))
        else:
            super().keyPressEvent(event)

    def _go_on(self, filled: bool) -> None:
        """The next line of a list; an empty one ends it."""
        cursor = self.textCursor()
        if filled:
            cursor.insertText("\n- ")
        else:
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        self.setTextCursor(cursor)


class Composer(QWidget):
    """What both have in common: a line with *Save* and ×, and the sentence about what is wrong."""

    saved = Signal()
    given_up = Signal()

    def __init__(self, name: str, word: str, save: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.save = named(Button(save, self, key=_("Ctrl+Enter")), f"{name}.save_{word}", save)
        self.save.clicked.connect(lambda _checked=False: self.saved.emit())
        self.away = named(IconButton(self), f"{name}.give_up_{word}", _("Give up"))
        self.away.setIcon(icon("close", self.away))
        self.away.setToolTip(as_tip(closing()))
        self.away.clicked.connect(lambda _checked=False: self.given_up.emit())
        self.wrong = named(Remark("", self, ink="overdue"), f"{name}.{word}_said", _("What is wrong"))
        self.wrong.hide()
        self.foot = QHBoxLayout()
        self.foot.setSpacing(2)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(12, 2, 12, 6)
        self.column.setSpacing(4)

    def finish(self) -> None:
        """The foot stands below what is filled in."""
        self.foot.addStretch(1)
        self.foot.addWidget(self.away)
        self.foot.addWidget(self.save)
        self.column.addWidget(self.wrong)
        self.column.addLayout(self.foot)
        self.hide()

    def hear_keys_of(self, *fields: QWidget) -> None:
        """In these fields Ctrl+Enter saves and Esc gives up what is written here, not the record around it."""
        for field in fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the page are ours while somebody writes here."""
        if event.type() not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        ctrl, key = event.modifiers() & CTRL, event.key()
        signal = self.saved if key in ENTER and ctrl else self.given_up if key == Qt.Key.Key_Escape else None
        if event.type() == QEvent.Type.ShortcutOverride:
            ours = signal is not None or (ctrl and key in OURS)
            if ours:
                event.accept()
            return bool(ours)
        if signal is not None:
            signal.emit()
        return signal is not None


class NoteComposer(Composer):
    """A note: its lines, bold, italic, a list."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, "note", _("Save Note"), parent)
        self.lines = named(NoteLines(self, lines=3, most_lines=12), f"{name}.note", _("Note"))
        self.lines.setProperty(NAMES_PEOPLE, True)
        self.lines.setPlaceholderText(_("Write a note; @ANN tells Ann"))
        self.hear_keys_of(self.lines)
        self.column.addWidget(self.lines)
        for word, sign, text, what in (
            ("bold", "B", _("Bold (Ctrl+B)"), lambda: self.lines.stress("**")),
            ("italic", "I", _("Italic (Ctrl+I)"), lambda: self.lines.stress("*")),
            ("bullets", "•", _("List"), self.lines.begin_list),
        ):
            button = named(IconButton(self), f"{name}.{word}", text)
            button.setText(sign)
            button.setToolTip(as_tip(text))
            font = theme.strong(button.font()) if word == "bold" else button.font()
            font.setItalic(word == "italic")
            button.setFont(font)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, what=what: what())
            self.foot.addWidget(button)
        self.finish()

    def open_with(self, text: str) -> None:
        """Come into sight with this text, the cursor at its end."""
        self.wrong.say("")
        self.lines.set_value(text)
        self.show()
        self.lines.setFocus()
        self.lines.moveCursor(QTextCursor.MoveOperation.End)


class TaskComposer(Composer):
    """A task: what is to be done, on which day, at what time."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(name, "task", _("Save Task"), parent)
        self.action = named(LineEditor(self), f"{name}.task_action", _("What is to be done"))
        self.action.setPlaceholderText(_("What is to be done"))
        self.day = named(DateEditor(self), f"{name}.task_day", _("Reminder Dt"))
        self.day.setPlaceholderText(_("Day, if there is one"))
        self.at = named(TimeEditor(self), f"{name}.task_time", _("Reminder Time"))
        self.day.goes_with(self.at)
        self.hear_keys_of(self.action, self.day, self.at)
        self.column.addWidget(self.action)
        line = QHBoxLayout()
        line.addWidget(self.day, 3)
        line.addWidget(self.at, 2)
        self.column.addLayout(line)
        self.finish()

    def open_empty(self) -> None:
        """Come into sight, the cursor where it is said what is to be done."""
        self.wrong.say("")
        for part in (self.action, self.day, self.at):
            part.set_value(None)
        self.show()
        self.action.setFocus()

    def problem(self) -> str:
        """What of it cannot be read; "" where all of it can."""
        if not str(self.action.value() or "").strip():
            return _("Say what is to be done.")
        return self.day.text_problem() or self.at.text_problem() or ""

    def values(self) -> tuple[str, date | None, time | None]:
        """What was typed."""
        return str(self.action.value()).strip(), self.day.value(), self.at.value()
