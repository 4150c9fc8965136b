"""Somebody is away: from a day to a day, and why if anybody should know (BX-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from channergy_crm import clock
from channergy_crm.errors import Mistake
from channergy_crm.language import _
from channergy_crm.records.preferences import Absence
from channergy_crm.services import absences
from ui.editors import receivers
from ui.editors.for_kind import editor_for
from ui.editors.receivers import ReceiversEditor
from ui.look.wording import day_in_words
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from channergy_crm.records.operators import Operator
    from ui.session.session import Session


class AwayDialog(Dialog):
    """The days somebody is away; those that are to come can be taken back."""

    def __init__(self, who: Operator, session: Session, parent: QWidget) -> None:
        super().__init__("away", _("Away"), parent, session.station, size=(460, 380))
        self._who, self._session = who, session
        said = _("{name} is not at work. Whoever may take the reminders is offered them meanwhile.")
        self.body.addWidget(Remark(said.format(name=who.name), self))
        self._held = absences.of(who.id, session.by)
        for held in self._held:
            line = self.button(f"end.{held.number}", _("Take back {days}").format(days=_days(held)))
            line.clicked.connect(lambda _on, number=held.number: self._end(number))
            self.body.addWidget(line)
        self._editors: dict[str, Any] = {}
        for name in ("first", "last", "note"):
            kind = Absence.kind(name)
            editor = self._editors[name] = self.named(editor_for(kind, self, by=lambda: session.by), name, kind.label)
            self.body.addWidget(Plain(kind.label, self))
            self.body.addWidget(editor)
        for name in ("first", "last"):
            self._editors[name].set_value(clock.today())
        lent = Absence.kind("reroutes_to").label
        self._receivers = self.named(ReceiversEditor(who.id, session.by, self), "receivers", lent)
        self.body.addWidget(Plain(lent, self))
        self.body.addWidget(self._receivers)
        self.body.addWidget(Remark(receivers.explained(), self))
        self._wrong = Remark("", self, ink="overdue")
        self._wrong.say("")
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        cancel = self.button("cancel", _("Cancel"), _("Change nothing (Esc)"))
        self.finish_with(self.button("mark", _("Mark away")), cancel)
        self._editors["first"].setFocus()

    def _end(self, number: int) -> None:
        if self._do(lambda: absences.end(number, self._session.by)):
            super().accept()

    def accept(self) -> None:
        """Keep it, or say what is wrong."""
        for editor in self._editors.values():
            if problem := editor.text_problem():
                self._wrong.say(problem, "overdue")
                editor.setFocus()
                return
        first, last = self._editors["first"].value(), self._editors["last"].value()
        if first is None or last is None:
            self._wrong.say(_("Say from which day to which."), "overdue")
            return
        why = self._editors["note"].value() or ""
        named = self._receivers.chosen()
        if self._do(lambda: absences.mark(self._who.id, first, last, self._session.by, why, named)):
            super().accept()

    def _do(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except Mistake as mistake:
            self._wrong.say(mistake.message, "overdue")
            return False
        return True


def _days(held: Absence) -> str:
    if held.first is None or held.last is None:
        return ""
    return _("{first} to {last}").format(
        first=day_in_words(held.first, inside=True), last=day_in_words(held.last, inside=True)
    )
