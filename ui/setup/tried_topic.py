"""A topic of Settings that names a service of another company: its secret, what is missing, and a way to try it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from channergy_crm.services import rights
from ui.session.background import Background
from ui.session.beside import Beside
from ui.setup.settings_rows import CONTROL, Hint, TopicPage
from ui.setup.settings_secret import SecretLine
from ui.widgets.dialog import named

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.chosen import Chosen


class TriedTopic(TopicPage):
    """SMS, E-mail, Watched folder: each adds its rows, its secret, and at last its foot."""

    def __init__(self, title: str, chosen: Chosen, parent: QWidget, prefix: str) -> None:
        super().__init__(title, chosen, parent, prefix)
        self._prefix, self._session, self._is_whole = prefix, chosen.session, False
        self._work = Beside(Background(self), chosen.session.office, chosen.session.tell)
        if refused := rights.may(self._session.by, "administer"):
            self.add_word(refused, "overdue")

    def look_whole(self) -> None:
        """Everything as it is now; asked once all rows are there."""
        self._secret.look()
        self.check()

    def check(self) -> None:
        """What is missing, in words."""
        raise TypeError("each says what it needs")

    def try_out(self) -> None:
        """Somebody wants to see whether it works."""
        raise TypeError("each tries in its own way")

    def look(self) -> None:
        super().look()
        if self._is_whole:
            self.look_whole()

    def finish(self) -> None:
        """Whoever goes away has chosen, and typed a secret to be kept."""
        super().finish()
        self._secret.finish()

    def add_secret(self, part: str, label: str, key: str, hint: str) -> None:
        """The line for the secret, which the key store of this workstation keeps under `key`."""
        below = Hint(hint, self._middle)
        self._secret = SecretLine(f"{self._prefix}.{part}", label, key, below, self._work, self)
        self._widths[self._secret] = CONTROL
        self._put(label, self._secret, below)
        self._secret.turned.connect(self.check)

    def add_foot(self, verb: str, hint: str = "") -> None:
        """The button that tries it, and under it whether anything is missing; nothing comes after that."""
        self._stands = named(Hint("", self._middle), f"{self._prefix}.stands", _("Whether anything is missing"))
        self._try = self.add_verb("try", "", verb, self._try_it, sign="email", hint=hint)
        self._column.addWidget(self._stands)
        self._is_whole = True
        self.close_up()
        self.look()

    def _try_it(self) -> None:
        self.finish()
        self.try_out()


def is_port(value: object) -> bool:
    """Whether a port can have that number."""
    text = str(value or "")
    return text.isdecimal() and 0 < int(text) < 65_536
