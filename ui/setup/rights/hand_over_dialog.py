"""Somebody leaves: everything goes to one or several others, in turn or by share, seen before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _, counted
from channergy_crm.services import handing_over, operators
from ui.editors.base import NumberEditor
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Plain, Remark, named, scrolling

if TYPE_CHECKING:
    from channergy_crm.records.operators import Operator
    from ui.session.session import Session


class HandOverDialog(Dialog):
    """Who gets how many shares; what that comes to stands below."""

    def __init__(self, who: Operator, session: Session, parent: QWidget) -> None:
        super().__init__("hand_over", _("Hand over"), parent, session.station, size=(520, 480))
        self._who, self._session = who, session
        said = _("All records of {name} go to others, one after the other; whoever has two shares gets twice as many.")
        self.body.addWidget(Remark(said.format(name=who.name), self))
        self._shares: dict[str, NumberEditor] = {}
        self.body.addWidget(scrolling(self._receivers()), 1)
        self._retire = self.named(CheckBox(_("Retire {name} as well").format(name=who.name), self), "retire", "")
        self._retire.setAccessibleName(self._retire.text())
        self._retire.setChecked(True)
        self.body.addWidget(self._retire)
        self._plan = self.named(Remark("", self, ink="text"), "plan", _("What goes to whom"))
        self.body.addWidget(self._plan)
        self._do = self.button("do", _("Hand over"))
        self.finish_with(self._do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._count()

    def _receivers(self) -> QWidget:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        others = [each for each in operators.owners(self._session.by) if each.id != self._who.id]
        for row, each in enumerate(others):
            editor = named(NumberEditor(holder, minimum=0, maximum=99), f"hand_over.{each.id}", each.caption())
            editor.setMaximumWidth(90)
            editor.changed.connect(self._count)
            self._shares[each.id] = editor
            grid.addWidget(Plain(each.caption(), holder), row, 0)
            grid.addWidget(editor, row, 1)
        return holder

    def _chosen(self) -> dict[str, int]:
        return {id: int(editor.value() or 0) for id, editor in self._shares.items() if editor.value()}

    def _count(self) -> None:
        try:
            plan = handing_over.plan(self._who.id, self._chosen(), self._session.by)
        except Mistake as mistake:
            self._plan.say(mistake.message, "muted")
            self._do.setEnabled(False)
            return
        lines = []
        for owner in self._chosen():
            told = [counted(share.record, share.records) for share in plan if share.owner == owner and share.records]
            gets = ", ".join(told) or _("nothing")
            lines.append(f"{owner}: {gets}")
        self._plan.say("\n".join(lines), "text")
        self._do.setEnabled(True)

    def accept(self) -> None:
        """Do it: one step, which undo takes back."""
        shares, retire = self._chosen(), self._retire.isChecked()
        try:
            done = handing_over.hand_over(self._who.id, shares, self._session.by, retire=retire)
        except CRMError as error:
            self._plan.say(error.message, "overdue")
            return
        said = _("{count:n} records of {name} are handed over.")
        self._session.say_done(said.format(count=done.records, name=self._who.name))
        super().accept()
