"""Somebody leaves: everything goes to one or several others, in turn or by share, seen before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import _, counted
from channergy_crm.services import handing_over
from ui.lists.shares import Shares
from ui.widgets.controls import CheckBox
from ui.widgets.dialog import Dialog, Remark, scrolling

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.records.operators import Operator
    from ui.session.session import Session


class HandOverDialog(Dialog):
    """Who gets how many shares; what that comes to stands below."""

    def __init__(self, who: Operator, session: Session, parent: QWidget) -> None:
        super().__init__("hand_over", _("Hand over"), parent, session.station, size=(520, 480))
        self._who, self._session = who, session
        said = _("All records of {name} go to others, one after the other; whoever has two shares gets twice as many.")
        self.body.addWidget(Remark(said.format(name=who.name), self))
        self._shares = Shares("hand_over", session.by, self, without=(who.id,))
        self.body.addWidget(scrolling(self._shares), 1)
        self._retire = self.named(CheckBox(_("Retire {name} as well").format(name=who.name), self), "retire", "")
        self._retire.setAccessibleName(self._retire.text())
        self._retire.setChecked(True)
        self.body.addWidget(self._retire)
        self._plan = self.named(Remark("", self, ink="text"), "plan", _("What goes to whom"))
        self.body.addWidget(self._plan)
        self._do = self.button("do", _("Hand over"))
        self.finish_with(self._do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        self._shares.changed.connect(self._count)
        self._count()

    def _count(self) -> None:
        try:
            plan = handing_over.plan(self._who.id, self._shares.chosen(), self._session.by)
        except Mistake as mistake:
            self._plan.say(mistake.message, "muted")
            self._do.setEnabled(False)
            return
        lines = []
        for owner in self._shares.chosen():
            told = [counted(share.record, share.records) for share in plan if share.owner == owner and share.records]
            gets = ", ".join(told) or _("nothing")
            lines.append(f"{owner}: {gets}")
        self._plan.say("\n".join(lines), "text")
        self._do.setEnabled(True)

    def accept(self) -> None:
        """Do it: one step, which undo takes back."""
        shares, retire = self._shares.chosen(), self._retire.isChecked()
        try:
            done = handing_over.hand_over(self._who.id, shares, self._session.by, retire=retire)
        except CRMError as error:
            self._plan.say(error.message, "overdue")
            return
        said = _("{count:n} records of {name} are handed over.")
        self._session.say_done(said.format(count=done.records, name=self._who.name))
        super().accept()
