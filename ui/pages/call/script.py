"""What is said in a call: the script of the list, step by step, with the lead's own words in it (BX-28)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import N_, _
from channergy_crm.records.scripts import Script
from channergy_crm.records.views import ListView
from channergy_crm.services import filling, scripts
from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.look.wording import spoken
from ui.widgets.controls import ScrollBar
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.fields import ComboBox
from ui.widgets.filled_text import LINE, FilledText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from channergy_crm.records import Lead
    from channergy_crm.services.scripts import Step
    from channergy_crm.text.placeholders import Filled
    from channergy_crm.work import Done
    from ui.session.session import Session

WORDS, BETWEEN = 52, 8
"""pixels: the name of a step, and what lies between two steps"""
STEP_NAMES = {"opening": N_("Opening"), "why": N_("Why"), "ask": N_("Ask"), "closing": N_("Closing")}
NONE_YET = N_("There is no script yet. They are written in Settings, under Scripts and snippets.")
TABLES = {record._meta.table_name for record in (Script, ListView)}


class ScriptView(QWidget):
    """The script at the left of a call. It scrolls as a whole; the drop-down shows another one."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.script", _("Script"))
        self._session = session
        self._lead: Lead | None = None
        self._list_name, self._next_try = "", None  # type: str, datetime | None
        self._chosen: dict[str, int] = {}
        self._offered: Sequence[Script] = ()
        self.title = Plain(_("Script"), self, bold=True)
        self.title.setFont(theme.section(self.font()))
        self.title.setWordWrap(False)
        self.title.setContentsMargins(0, 0, 12, 0)
        self.which = named(ComboBox(self), "call.script.which", _("Which script"))
        self.which.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.which.setMinimumContentsLength(8)
        self.which.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.activated.connect(self._choose)
        self.steps = Steps(self)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.which, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.steps, 1)
        self.setFocusProxy(self.steps)
        session.done.connect(self._follow)

    def show_lead(self, lead: Lead | None, list_name: str = "", next_try: datetime | None = None) -> None:
        """Say it for this lead, who stands in this list; `next_try` is the call promised, on the office's clock."""
        self._lead, self._list_name, self._next_try = lead, list_name, next_try
        self._look()
        self.steps.verticalScrollBar().setValue(0)

    def say_next_try(self, moment: datetime | None) -> None:
        """Another moment is promised now."""
        if moment != self._next_try:
            self._next_try = moment
            self._say()

    def _follow(self, done: Done) -> None:
        if TABLES & done.tables and self.isVisible():
            self._look()

    def _look(self) -> None:
        by, held = self._session.by, (self._list_name, self._lead)
        self._offered = self._session.attempt(lambda: scripts.for_list(held[0], by, held[1])) or ()
        self.which.clear()
        for script in self._offered:
            self.which.addItem(script.called(), script.number)
        wanted = self.which.findData(self._chosen.get(self._list_name))
        self.which.setCurrentIndex(max(0, wanted) if self._offered else -1)
        self.which.setVisible(bool(self._offered))
        self._say()

    def _choose(self, _place: int) -> None:
        self._chosen[self._list_name] = self.which.currentData()
        self._say()

    def _say(self) -> None:
        script = next((each for each in self._offered if each.number == self.which.currentData()), None)
        self.which.setToolTip(as_tip(self.which.currentText()))
        if script is None:
            self.steps.say(_(NONE_YET))
            return
        by, lead, moment = self._session.by, self._lead, self._next_try
        said = self._session.attempt(lambda: scripts.filled_script(script, lead, by, moment, spoken))
        self.steps.show_steps(said or [], labels_of([step.said for step in said or []], self._session))


def labels_of(texts: Sequence[Filled], session: Session) -> Mapping[str, str]:
    """What people call the fields of which nothing is known in these texts."""
    if not any(text.missing for text in texts):
        return {}
    offered = session.attempt(lambda: filling.offered(session.by)) or []
    return {each.name: each.label for each in offered}


class Steps(QScrollArea):
    """The steps one under the other; with the focus the arrows scroll them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "call.script.steps", _("Steps of the script"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar(Qt.Orientation.Vertical, self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setViewportMargins(2, 2, 2, 2)
        self._rows: list[tuple[Label, FilledText]] = []
        self._holder = QWidget(self)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(2, 2, 8, 2)
        self._column.setSpacing(BETWEEN)
        self._instead = Remark("", self._holder)
        self._instead.say("")
        self._column.addWidget(self._instead)
        self._column.addStretch(1)
        self.setWidget(self._holder)
        self.viewport().setAutoFillBackground(False)
        self._holder.setAutoFillBackground(False)

    def say(self, text: str) -> None:
        """There are no steps, and this is why."""
        self.show_steps([], {})
        self._instead.say(text)

    def show_steps(self, steps: Sequence[Step], labels: Mapping[str, str]) -> None:
        """These steps from now on."""
        self._instead.say("")
        while len(self._rows) < len(steps):
            self._rows.append(self._row())
        for place, (word, text) in enumerate(self._rows):
            there = place < len(steps)
            word.setVisible(there)
            text.setVisible(there)
            if there:
                word.setText(_(STEP_NAMES[steps[place].name]))
                text.show_text(steps[place].said, labels)
        said = "\n".join(f"{word.text()}: {text.text()}" for word, text in self._rows[: len(steps)])
        self.setAccessibleDescription(said)

    def text(self) -> str:
        """All that is said, as a screen reader reads it."""
        return self.accessibleDescription()

    def _row(self) -> tuple[Label, FilledText]:
        word, text = Label(parent=self._holder), FilledText(self._holder)
        word.setFont(theme.small(self.font()))
        word.muted()
        word.setFixedWidth(max(theme.px(WORDS, self), word.fontMetrics().horizontalAdvance(_widest(word)) + 8))
        word.setFixedHeight(theme.px(LINE, self))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(word, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(text, 1)
        self._column.insertLayout(self._column.count() - 1, row)
        return word, text

    def event(self, event: QEvent) -> bool:
        """The ring of the focus is the area's own; what scrolls inside it is not."""
        if event.type() == QEvent.Type.Paint:
            if self.hasFocus():
                paint.ring(paint.begin(self), self, QRectF(self.rect()), paint.FIELD)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)


def _widest(word: Label) -> str:
    return max((_(name) for name in STEP_NAMES.values()), key=word.fontMetrics().horizontalAdvance)
