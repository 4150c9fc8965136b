"""Switching Security on or off: what it does and cannot do, the administrator's password, the recovery file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from channergy_crm.services import security
from ui.editors.base import LineEditor
from ui.widgets.dialog import Dialog, Plain, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

RECOVERY = "channergy-crm-recovery.txt"


class SecurityDialog(Dialog):
    """On: the password twice and where the recovery file goes. Off: only the question."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        on = security.is_on()
        title = _("Switch Security off") if on else _("Switch Security on")
        super().__init__("security", title, parent, session.station, size=(520, 420))
        self._session, self._on = session, on
        said = _("Nobody is asked any more who they are; whoever sits down chooses in the header.")
        if not on:
            said = _("From now on everybody signs in with user name and password and does what the roles allow.")
        self.body.addWidget(Plain(said, self))
        if not on:
            self.body.addWidget(Remark(security.limits(), self))
            self._ask()
        self._wrong = self.named(Remark("", self, ink="overdue"), "wrong", "")
        self._wrong.say("")
        self.body.addWidget(self._wrong)
        self.body.addStretch(1)
        do = self.button("do", _("Switch off") if on else _("Switch on"))
        self.finish_with(do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))

    def _ask(self) -> None:
        self._new, self._again = self._line("new", _("Your password")), self._line("again", _("Once more"))
        for line in (self._new, self._again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        about = _("The recovery file lets you in when no administrator can sign in any more: print it, lock it away.")
        self.body.addWidget(Remark(about, self))
        self._file = self._line("file", _("Recovery file"))
        self._file.setText(str(Path.home() / RECOVERY))
        browse = self.button("browse", _("Another place…"))
        browse.clicked.connect(self._browse)
        self.body.addWidget(browse)
        self._new.setFocus()

    def _line(self, word: str, label: str) -> LineEditor:
        line = self.named(LineEditor(self), word, label)
        self.body.addWidget(Plain(label, self))
        self.body.addWidget(line)
        return line

    def _browse(self) -> None:
        chosen, _form = QFileDialog.getSaveFileName(self, _("Recovery file"), self._file.text(), _("Text (*.txt)"))
        if chosen:
            self._file.setText(chosen)

    def accept(self) -> None:
        """Do it, or say what is wrong beside what was typed."""
        if not self._on and self._new.text() != self._again.text():
            self._refuse(_("The two are not the same."), "again")
            return
        try:
            if self._on:
                security.switch_off(self._session.by)
            else:
                security.switch_on(self._session.by, self._new.text(), Path(self._file.text()).expanduser())
        except CRMError as error:
            self._refuse(error.message, getattr(error, "field", None))
        except OSError as error:
            reason = error.strerror or str(error)
            self._refuse(_("The recovery file cannot be written: {reason}.").format(reason=reason), "recovery")
        else:
            self._session.say_done(_("Security is off.") if self._on else _("Security is on."))
            super().accept()

    def _refuse(self, sentence: str, field: str | None) -> None:
        self._wrong.say(sentence, "overdue")
        if not self._on:
            line = {"recovery": self._file, "again": self._again}.get(field or "", self._new)
            line.setFocus()
            line.selectAll()
