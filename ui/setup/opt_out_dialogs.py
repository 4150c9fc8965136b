"""Taking down who does not want to be reached, several at once, and taking one off again with a reason (DP-9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.errors import CRMError, Mistake
from channergy_crm.language import N_, _
from channergy_crm.services.privacy import refusals
from channergy_crm.services.privacy.refusals import EMAIL, PHONE, SMS, Added
from ui.editors.base import LineEditor
from ui.editors.choices import ChoiceEditor
from ui.editors.lines import TextEditor
from ui.widgets.dialog import Dialog, Plain, Remark
from ui.widgets.fields import LineField

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.privacy.refusals import Entry
    from ui.session.session import Session

ADDED = {
    PHONE: N_("They do not want to be called: the phone numbers"),
    SMS: N_("They answered STOP: the numbers that get no SMS any more"),
    EMAIL: N_("They do not want to be written to: the e-mail addresses"),
}
HINTS = {
    PHONE: N_("One a line. Only an administrator takes one off again, with a reason."),
    SMS: N_("One a line. That is kept for ever; they may still be called."),
    EMAIL: N_("One a line, also with the name before it: Ann Lee <ann@acme.com>."),
}
UNREAD = 6
"""lines that are said one by one"""


class AddDialog(Dialog):
    """Lines that are typed or pasted; what could not be read stays in it and is said, the rest is taken down."""

    def __init__(self, session: Session, way: str, text: str, parent: QWidget) -> None:
        super().__init__("opt_out", _("Who does not want to be reached"), parent, session.station, size=(520, 380))
        self._session = session
        self.added: Added | None = None
        """what was taken down, also where some lines were given up; None for nothing"""
        ways = [(each, _(said)) for each, said in ADDED.items()]
        self._way = self.named(ChoiceEditor(ways, self, allow_empty=False), "way", _("What is not wanted"))
        self._way.set_value(way)
        self._lines = self.named(TextEditor(self, lines=6), "lines", _("Numbers or addresses, one a line"))
        self._lines.set_value(text)
        self._hint = Remark("", self)
        self._reason = self.named(LineEditor(self, max_length=250), "reason", _("How they said so, if it is known"))
        self._reason.setPlaceholderText(self._reason.accessibleName())
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What could not be read"))
        for part in (self._way, self._lines, self._hint, self._reason, self._said):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self._said.say("")
        self.finish_with(self.button("go", _("Take down")), self.button("cancel", _("Cancel")))
        self._way.changed.connect(self._hint_at)
        self._hint_at()
        self._lines.setFocus()

    def _hint_at(self) -> None:
        self._hint.say(_(HINTS[str(self._way.value())]))

    def accept(self) -> None:
        """What can be read is taken down; the dialog stays as long as something could not be."""
        way, text, reason = str(self._way.value()), self._lines.value(), str(self._reason.value() or "")
        try:
            found = refusals.add(way, text, reason, self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            self._lines.setFocus()
            return
        before = self.added or Added(0, 0, (), 0)
        self.added = Added(
            before.added + found.added, before.there + found.there, found.unread, found.unit or before.unit
        )
        if not found.unread:
            super().accept()
            return
        left = found.unread[:UNREAD]
        said = [_("Line {line}: {why}").format(line=line, why=each.why) for line, each in enumerate(left, 1)]
        if (more := len(found.unread) - UNREAD) > 0:
            said.append(_("… and {count:,} more.").format(count=more))
        if found.added or found.there:
            said.insert(0, _("The others are taken down. These are left:"))
        self._said.say("\n".join(said), "overdue")
        self._lines.set_value("\n".join(each.text for each in found.unread))
        self._lines.setFocus()


class TakeOffDialog(Dialog):
    """The reason for which somebody is reached again."""

    def __init__(self, session: Session, entry: Entry, parent: QWidget) -> None:
        super().__init__("opt_out_again", _("Take off the list"), parent, session.station, size=(460, 220))
        self._session, self._entry, self.unit = session, entry, 0
        said = (
            _("{address} may be written to again.") if entry.channel == EMAIL else _("{address} may be called again.")
        )
        self.body.addWidget(Plain(said.format(address=entry.address), self))
        self.body.addWidget(Plain(_("Reason, which is kept"), self))
        self._reason = self.named(LineField(self), "reason", _("Reason, which is kept"))
        self.body.addWidget(self._reason)
        self._said = self.named(Remark("", self, ink="overdue"), "said", _("What is missing"))
        self._said.say("")
        self.body.addWidget(self._said)
        self.body.addStretch(1)
        self.finish_with(self.button("go", _("Take off")), self.button("cancel", _("Cancel")))
        self._reason.setFocus()

    def accept(self) -> None:
        """Only when it could be done."""
        try:
            self.unit = refusals.take_off(self._entry, self._reason.text(), self._session.by)
        except CRMError as error:
            self._said.say(error.message, "overdue")
            if isinstance(error, Mistake):
                self._reason.setFocus()
            return
        super().accept()
