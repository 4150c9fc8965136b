"""The strip at the top of a record: who it is, the number to dial, and how things stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.look import theme
from ui.look.plain import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

ROOMY = 760
"""pixels; what is said in a narrower strip goes on in a second line, which takes longer to lay out"""


@dataclass(frozen=True)
class Fact:
    """One short statement: a caption, what is so, and its colour by meaning when it has one."""

    caption: str
    text: str
    ink: str = ""


@dataclass(frozen=True)
class Summary:
    """What the strip says of a record."""

    name: str
    line: str = ""
    phone: str = ""
    facts: Sequence[Fact] = field(default=())


class SummaryStrip(QWidget):
    """Shows a summary; buttons may stand at its right end."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.summary")
        self._name = self._label(theme.title(self.font()))
        self._name.setObjectName(f"{name}.summary_name")
        self._line = self._label(self.font())
        self._facts = self._label(theme.small(self.font()))
        self._facts.take_markup()
        self._phone = self._label(theme.strong(self.font()))
        words = QVBoxLayout()
        words.setSpacing(1)
        for label in (self._name, self._line, self._facts):
            words.addWidget(label)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._phone)
        row.addLayout(self.buttons)

    def _label(self, font: object) -> Label:
        label = Label(parent=self)
        label.setFont(font)  # type: ignore[arg-type]
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setMinimumWidth(10)
        return label

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < ROOMY
        for label in (self._line, self._facts):
            if label.wordWrap() != narrow:  # Qt would measure it anew either way
                label.setWordWrap(narrow)

    def show_summary(self, summary: Summary) -> None:
        """Say it."""
        self._name.setText(summary.name)
        self._line.setText(summary.line)
        self._line.setVisible(bool(summary.line))
        self._phone.setText(summary.phone)
        self._facts.setText(
            " &nbsp;·&nbsp; ".join(  # unsaid: a sign between facts
                self._written(fact) for fact in summary.facts if fact.text
            )
        )
        self._facts.setVisible(bool(summary.facts))

    def _written(self, fact: Fact) -> str:
        from html import escape

        muted = theme.colour(self, "muted").name()
        ink = theme.colour(self, fact.ink or "text").name()
        sign = "⚠ " if fact.ink == "overdue" else ""
        caption, text = escape(fact.caption), escape(fact.text)
        said = f'<span style="color:{muted}">{caption}</span> '  # unsaid: the caption comes translated
        return f'{said}<span style="color:{ink}">{sign}{text}</span>'  # unsaid: the same
