"""Settings > Daily goals: what is to be done in a day, by everybody and by those with goals of their own (BX-22)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records.goals import MOST, Goal
from channergy_crm.services import goals, operators
from ui.editors.base import NumberEditor
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.dialog import Plain, Remark, named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.work import Done
    from ui.session.session import Session

PARTS = ("calls", "reached", "appointments")
NAMES, FIELD, LEAST, SOON_MS = 240, 110, 56, 600
EVERYBODY = ""


class GoalsTopic(QWidget):
    """A line for everybody and one for each operator: three numbers, saved as changed. Others read their own."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        named(self, "settings.goals", _("Daily goals"))
        self._editors: dict[str, list[NumberEditor]] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._said = Remark("", self)
        self._said.setObjectName("settings.goals_said")
        if reason := goals.may_set(session.by):
            column.addWidget(Remark(reason, self))
            self._own = Plain("", self)
            self._own.setObjectName("settings.goals_own")
            column.addWidget(self._own)
        else:
            column.addWidget(Remark(_("Per day. An empty field is no goal; an empty line follows everybody's."), self))
            row = QHBoxLayout()
            row.addLayout(self._grid(), 1000)
            row.addStretch(1)
            column.addLayout(row)
        column.addWidget(self._said)
        session.done.connect(self._heard)
        self.look()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 2)
        for place, name in enumerate(PARTS, 1):
            head = Label(Goal.kind(name).label, self)
            head.muted()
            grid.addWidget(head, 0, place)
        people = [(EVERYBODY, _("Everybody"))]
        people += [(each.id, each.name or each.id) for each in operators.everybody(self._session.by)]
        for row, (operator, caption) in enumerate(people, 1):
            words = Plain(caption, self)
            words.setMaximumWidth(theme.px(NAMES, self))
            grid.addWidget(words, row, 0)
            self._editors[operator] = [self._field(operator, caption, name) for name in PARTS]
            for place, editor in enumerate(self._editors[operator], 1):
                grid.addWidget(editor, row, place)
        return grid

    def _field(self, operator: str, caption: str, name: str) -> NumberEditor:
        editor = NumberEditor(self, minimum=1, maximum=MOST)
        label = Goal.kind(name).label
        named(editor, f"settings.goals.{operator or 'everybody'}.{name}", f"{caption}: {label}")
        editor.setMinimumWidth(theme.px(LEAST, self))
        editor.setMaximumWidth(theme.px(FIELD, self))
        soon = later(self, partial(self._save, operator), SOON_MS)
        editor.changed.connect(soon.start)
        editor.editingFinished.connect(partial(self._save, operator))
        return editor

    def look(self) -> None:
        """Everything as it is now; what somebody is typing stays."""
        if not self._editors:
            self._show_own()
            return
        held = self._session.attempt(lambda: goals.every(self._session.by))
        by_operator: dict[str, Any] = {goal.__data__.get("operator") or EVERYBODY: goal for goal in held or ()}
        for operator, editors in self._editors.items():
            goal = by_operator.get(operator)
            for name, editor in zip(PARTS, editors, strict=True):
                value = getattr(goal, name) if goal is not None else None
                if not editor.hasFocus() and editor.value() != value:
                    editor.set_value(value)

    def _show_own(self) -> None:
        held = self._session.attempt(lambda: goals.today(self._session.by))
        if held is not None:
            self._own.setText(goals.said(held) or _("No goals are set for you."))

    def _heard(self, done: Done) -> None:
        if Goal._meta.table_name in done.tables:
            self.look()

    def _save(self, operator: str) -> None:
        editors = self._editors[operator]
        problem = next((said for editor in editors if (said := editor.text_problem())), "")
        self._said.say(problem, "overdue")
        if problem:
            return
        session = self._session
        goal = session.attempt(lambda: goals.of(operator, session.by))
        wanted = [editor.value() for editor in editors]
        if goal is None or wanted == [getattr(goal, name) for name in PARTS]:
            return
        for name, value in zip(PARTS, wanted, strict=True):
            setattr(goal, name, value)
        if session.attempt(lambda: goals.save(goal, session.by)) is not None:
            session.say_done(_("The daily goals of {name} are set.").format(name=goal.caption()))
