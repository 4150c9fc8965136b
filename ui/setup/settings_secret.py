"""A row of Settings for a password: kept in the key store, never shown again, never among the other settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm import secrets
from channergy_crm.language import _
from ui.widgets.controls import Button
from ui.widgets.dialog import named
from ui.widgets.password import PasswordField

if TYPE_CHECKING:
    from ui.session.beside import Beside
    from ui.setup.settings_rows import Hint


class SecretLine(QWidget):
    """Where a password is typed; once it is kept the line is empty again, and *Forget it* stands beside."""

    turned = Signal()
    """a password is kept now that was not, or no longer"""

    def __init__(self, name: str, label: str, kept_as: str, hint: Hint, work: Beside, parent: QWidget) -> None:
        super().__init__(parent)
        self._kept_as, self._hint, self._work, self._usual = kept_as, hint, work, hint.text()
        self.under_way = False
        """whether one is just being kept"""
        self._field = PasswordField(name, label, self)
        self._forget = named(Button(_("Forget it"), self), f"{name}.forget", _("Forget it"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(self._forget)
        self.setFocusProxy(self._field)
        self._field.editingFinished.connect(self.finish)
        self._forget.clicked.connect(self._drop)
        self.look()

    def keep_as(self, name: str) -> None:
        """What is typed from now on is kept under another name, for it is for another address."""
        if name != self._kept_as:
            self.finish()
            self._kept_as = name
            self.look()

    def look(self) -> None:
        """Whether one is kept."""
        kept = secrets.is_kept(self._kept_as)
        self._forget.setVisible(kept)
        self._field.setPlaceholderText(_("Kept; type another to replace it") if kept else "")

    def finish(self) -> None:
        """Keep what is typed; the key store may take its time, so beside the window."""
        if typed := self._field.text():
            self._field.clear()
            self.under_way, kept_as = True, self._kept_as

            def keep(_progress: object) -> str:
                secrets.keep(kept_as, typed)
                return secrets.where()

            self._work(
                keep, label=_("Keep the password"), done=self._say, failed=lambda error: self._say(error.message),
                connected=False, finishes=True,
            )  # fmt: skip

    def _drop(self) -> None:
        self._field.setFocus()
        self._work(
            lambda _progress: secrets.forget(self._kept_as), label=_("Forget the password"),
            done=lambda _was: self._say(self._usual), connected=False,
        )  # fmt: skip

    def _say(self, text: str) -> None:
        self.under_way = False
        self._hint.say(text)
        self.look()
        self.turned.emit()
