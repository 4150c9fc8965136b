"""One of the people a number may belong to: who, where from, when they were spoken to last, and Open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.plain import as_tip
from ui.look.wording import day_in_words
from ui.pages.call.words import Words
from ui.widgets.controls import Button
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from channergy_crm.services.callers import Caller

AROUND = 14


class CallerRow(QWidget):
    """Nothing in it takes the keys when it is clicked."""

    wanted = Signal(object)

    def __init__(self, place: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._caller: Caller | None = None
        self.name, self.about = Words("", self), Words("", self, ink="muted", small=True)
        self.name.setFont(theme.section(self.font()))
        self.name.setObjectName(f"incoming.{place + 1}.name")
        self.about.setObjectName(f"incoming.{place + 1}.about")
        self.open = named(Button("", self), "incoming.open" if not place else f"incoming.open.{place + 1}", "")
        self.open.clicked.connect(lambda: self.wanted.emit(self._caller))
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(self.name)
        words.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(AROUND, 10, AROUND, 10)
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self.open)

    def show_caller(self, caller: Caller, verb: str, *, loud: bool) -> None:
        """Be about them from now on."""
        self._caller = caller
        self.name.setText(caller.name)
        self.name.setToolTip(as_tip(caller.name))
        self.about.ink = "overdue" if caller.refuses else "muted"
        self.about.setText(self._about(caller))
        self.about.setToolTip(as_tip(self.about.text()))
        self.open.setText(verb)
        self.open.setAccessibleName(f"{verb}: {caller.name}")
        self.open.loud(loud)
        self.setAccessibleName(f"{caller.name}, {self.about.text()}")

    def _about(self, caller: Caller) -> str:
        last = ""
        if caller.last is not None:
            said = _("last call {day}, {result}") if caller.result else _("last call {day}")
            last = said.format(day=day_in_words(caller.last.date(), inside=True), result=caller.result)
        refuses = _("Do Not Call") if caller.refuses else ""
        company = caller.company if caller.company != caller.name else ""
        kind = type(caller.record).singular
        return " · ".join(part for part in (refuses, company or kind, last, caller.owner) if part)
