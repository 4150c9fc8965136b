"""The pages of a document before they go anywhere: *Print…*, *Save as PDF…*, *E-mail…* (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout

from channergy_crm.language import _
from ui.paper.preview_dialog import TOOLS, PreviewDialog
from ui.widgets.dialog import offer

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.paper.sheet import Paper
    from ui.session.background import Progress
    from ui.session.session import Session

MAIL = "mail"  # unsaid: an answer of the dialog


class SalesPreview(PreviewDialog):
    """The usual preview, with a way to mail what is issued."""

    def __init__(
        self, title: str, lay_out: Callable[[Progress], Paper], session: Session, parent: QWidget, *, mails: bool
    ) -> None:
        super().__init__(title, lay_out, session, parent, quick=True)
        self._mail = self._verb(MAIL, _("E-mail…"), _("Write a mail with it (Ctrl+M)"), "email")
        tools = self.findChild(QHBoxLayout, TOOLS)
        if tools is not None:
            tools.insertWidget(2, self._mail)
        offer(self._mail, "" if mails else _("Issue the document first: what is sent has its number."))
        QShortcut(QKeySequence("Ctrl+M"), self).activated.connect(self._mail.click)
