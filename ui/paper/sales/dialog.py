"""The pages of a document before they go anywhere: *Print…*, *Save as PDF…*, *E-mail…* (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from channergy_crm.language import _
from ui.paper.preview_dialog import TOOLS, PreviewDialog
from ui.widgets.dialog import Remark, offer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MAIL = "mail"  # unsaid: an answer of the dialog


class SalesPreview(PreviewDialog):
    """The usual preview, with a way to mail what is `issued`. `lacks` says what an e-invoice of it would need: it
    stands above the pages, and such an invoice goes nowhere before.
    """

    def __init__(
        self, title: str, lay_out: Callable[[Progress], Paper], session: Session, parent: QWidget, *, issued: bool,
        lacks: Callable[[], Sequence[str]] = tuple,
    ) -> None:  # fmt: skip
        self._issued, self._lacks, self._short, self._whole = issued, lacks, "", False
        super().__init__(title, lay_out, session, parent, quick=True)
        self._mail = self._verb(MAIL, _("E-mail…"), _("Write a mail with it (Ctrl+M)"), "email")
        self._lacking = self.named(Remark("", self), "lacking", _("What is lacking"))
        self._lacking.setContentsMargins(16, 0, 16, 0)
        self._lacking.hide()
        self.body.insertWidget(1, self._lacking)
        tools = self.findChild(QHBoxLayout, TOOLS)
        if tools is not None:
            tools.insertWidget(2, self._mail)
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self._mail.click)
        self._whole = True
        self._say()

    def _came(self, paper: Paper) -> None:
        super()._came(paper)
        if self._whole:  # pages that are there at once come before the rest of the dialog
            self._say()

    def _tell(self) -> None:
        super()._tell()
        if self._short:
            self._refuse()

    def _say(self) -> None:
        """What is lacking, once the pages are there."""
        found = list(self._lacks())
        if found:
            said = _("As an e-invoice it lacks:") if self._issued else _("Before it is issued, an e-invoice lacks:")
            self._lacking.say("\n".join([said, *(f"•  {each}" for each in found)]), "overdue")
        self._short = " ".join(found) if self._issued else ""
        offer(self._mail, self._short if self._issued else _("Issue the document first: what is sent has its number."))
        if self._short:
            self._refuse()

    def _refuse(self) -> None:
        for button in (self._print, self._save):
            offer(button, self._short)
