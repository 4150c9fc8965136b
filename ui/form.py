"""The form of a record: titled sections of two columns, each wrong value said under its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from channergy_crm.fields import LongText, Lookup
from channergy_crm.record import Record
from channergy_crm.settings import Station
from ui import theme
from ui.choice_editors import ChoiceEditor, SuggestEditor
from ui.field_editors import editor_for, refresh_choices, stored, width_of
from ui.icons import icon
from ui.screen import Section

LABEL_WIDTH = 140
FIELD_HEIGHT = 28


class FieldRow(QWidget):
    """An editor, what may stand beside it, and the sentence under it."""

    def __init__(self, kind: Any, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind = kind
        self.editor = editor_for(kind, self)
        self.editor.setObjectName(name)
        self.editor.setAccessibleName(kind.label)
        self._said = QLabel(self)
        self._said.setWordWrap(True)
        self._said.setFont(theme.small(self.font()))
        self._said.setObjectName(f"{name}.said")
        self._said.hide()
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(self.editor, 1)
        self.line = line
        if not isinstance(kind, LongText):
            self.editor.setMaximumWidth(width_of(kind))
            self.editor.setMinimumWidth(min(width_of(kind), 130))
            policy = self.editor.sizePolicy()
            policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
            self.editor.setSizePolicy(policy)
            line.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._said)

    def say(self, sentence: str, *, wrong: bool) -> None:
        """Say something about the value under it; nothing when there is nothing to say."""
        if not sentence and not self.sentence:
            return
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        theme.mark(self.editor, "problem", bool(sentence) and wrong)
        palette = self._said.palette()
        palette.setColor(self._said.foregroundRole(), theme.colour(self, "overdue" if wrong else "muted"))
        self._said.setPalette(palette)
        self.editor.setAccessibleDescription(sentence)

    @property
    def sentence(self) -> str:
        """What is said under the field now."""
        return self._said.text()


class Form(QScrollArea):
    """Shows one record and takes what people type; it writes nothing itself."""

    edited = Signal()
    left = Signal(str)
    """the python name of a field the focus has just left"""
    add_requested = Signal(str, str)
    """field name and what was typed: a new value for the list behind a drop-down"""

    def __init__(
        self, name: str, record: type[Record], sections: Sequence[Section], station: Station,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._name = name
        self._record_type = record
        self._station = station
        self.record: Record | None = None
        self.rows: dict[str, FieldRow] = {}
        self._held: dict[str, Any] = {}  # as the record has it
        self._loaded: dict[str, Any] = {}  # as the editors give it back: without blanks around it, for one
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget(self)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(12, 4, 12, 12)
        self._column.setSpacing(4)
        for section in sections:
            self._add_section(section)
        self._column.addStretch(1)
        self.setWidget(self._body)

    def _add_section(self, section: Section) -> None:
        body = QWidget(self._body)
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 2, 0, 6)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        self._column.addWidget(self._heading(section, body))  # before its fields, also for the Tab key
        self._column.addWidget(body)
        place = 0
        for name in section.fields:
            place = self._add_field(grid, name, place)

    def _heading(self, section: Section, body: QWidget) -> QToolButton:
        memory = f"{self._name}.folded.{section.title}"
        button = QToolButton(self._body)
        button.setObjectName(f"{self._name}.section_{section.title.lower().replace(' ', '_')}")
        button.setAccessibleName(section.title)
        button.setText(section.title)
        button.setFont(theme.strong(self.font()))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setAutoRaise(True)
        # One that starts folded can be opened by key; the others would only stand in the way of Tab.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus if section.folded else Qt.FocusPolicy.NoFocus)

        def fold(folded: bool) -> None:
            body.setVisible(not folded)
            button.setIcon(icon("chevron_right" if folded else "chevron_down", button))
            button.setAccessibleDescription("Folded" if folded else "Open")

        def toggle() -> None:
            folded = body.isVisibleTo(self._body)
            fold(folded)
            self._station.remember(memory, folded)

        fold(bool(self._station.recall(memory, section.folded)))
        button.clicked.connect(toggle)
        return button

    def _add_field(self, grid: QGridLayout, name: str, place: int) -> int:
        kind = self._record_type.kind(name)
        row = FieldRow(kind, f"{self._name}.{name}", self._body)
        self.rows[name] = row
        label = QLabel(f"{kind.label} *" if kind.required and not kind.system else kind.label, self._body)
        label.setFixedWidth(LABEL_WIDTH)
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        label.setFixedHeight(FIELD_HEIGHT)
        label.setBuddy(row.editor)
        across = isinstance(kind, LongText)
        if across and place % 2:
            place += 1
        grid.addWidget(label, place // 2, (place % 2) * 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(row, place // 2, (place % 2) * 2 + 1, 1, 3 if across else 1, Qt.AlignmentFlag.AlignTop)
        row.editor.changed.connect(lambda: self._changed(name))
        if isinstance(row.editor, ChoiceEditor) and isinstance(kind, Lookup):
            row.editor.add_requested.connect(lambda typed: self.add_requested.emit(name, typed))
        row.editor.installEventFilter(self)
        return place + (2 if across else 1)

    def load(self, record: Record | None) -> None:
        """Show a record; what was typed before is gone, so ask first."""
        self.record = record
        self._body.setEnabled(record is not None)
        for name, row in self.rows.items():
            value = getattr(record, name) if record is not None else None
            row.editor.set_value(value)
            row.say("", wrong=False)
            self._held[name], self._loaded[name] = value, stored(row.kind, row.editor.value())

    def changes(self) -> dict[str, Any]:
        """What was typed and differs from the record, by field."""
        if self.record is None:
            return {}
        typed = {name: stored(row.kind, row.editor.value()) for name, row in self.rows.items() if not row.kind.system}
        return {name: value for name, value in typed.items() if value != self._loaded[name]}

    def values(self) -> dict[str, Any]:
        """What the record shall hold: what was typed, and everything else as it was."""
        held = {name: self._held[name] for name, row in self.rows.items() if not row.kind.system}
        return held | self.changes()

    @property
    def is_edited(self) -> bool:
        """Whether there is something to save, or something that cannot be read yet."""
        return bool(self.changes()) or any(row.editor.text_problem() for row in self.rows.values())

    def put(self, values: dict[str, Any]) -> None:
        """Type these values for somebody: a draft, or what a number tells."""
        for name, value in values.items():
            if name in self.rows:
                self.rows[name].editor.set_value(value)
        self.edited.emit()

    def unreadable(self) -> dict[str, str]:
        """What is typed and cannot be read: one sentence by field."""
        found = {name: row.editor.text_problem() for name, row in self.rows.items()}
        return {name: sentence for name, sentence in found.items() if sentence}

    def say(self, problems: dict[str, str]) -> None:
        """Say what is wrong under each field and go to the first of them."""
        for name, row in self.rows.items():
            if name in problems:
                row.say(problems[name], wrong=True)
        first = next((name for name in self.rows if name in problems), None)
        if first:
            self.focus(first)

    def focus(self, name: str) -> None:
        """Bring a field into view and the cursor into it."""
        editor = self.rows[name].editor
        self.ensureWidgetVisible(editor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh_choices(self) -> None:
        """Offer what the office's lists hold now."""
        for row in self.rows.values():
            refresh_choices(row.editor, row.kind)

    def learn(self) -> None:
        """What is typed into a field with suggestions is suggested from now on."""
        for row in self.rows.values():
            if isinstance(row.editor, SuggestEditor):
                row.editor.learn()

    def _changed(self, name: str) -> None:
        row = self.rows[name]
        if row.sentence and not row.editor.text_problem():
            row.say("", wrong=False)
        self.edited.emit()

    def check(self, name: str) -> None:
        """Say what is wrong or odd about one field, without taking the text away."""
        row = self.rows[name]
        value = stored(row.kind, row.editor.value())
        wrong = row.editor.text_problem() or (row.kind.check(value) if not row.kind.system else None)
        row.say(wrong or row.kind.advice(value) or "", wrong=bool(wrong))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self.record is not None:
            name = next((name for name, row in self.rows.items() if row.editor is watched), None)
            if name and watched.property("readOnly") is not True:
                if not self.rows[name].sentence or name in self.changes():
                    self.check(name)
                self.left.emit(name)
        return super().eventFilter(watched, event)
