"""What is about to happen to many records at once, before it does (BX-14)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.language import _
from ui.widgets.dialog import Dialog, Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PreviewDialog(Dialog):
    """One sentence with the count; Enter does it, Esc leaves everything as it is."""

    def __init__(self, name: str, title: str, said: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent, size=(420, 120))
        self.body.addWidget(self.named(Remark(said, self, ink="text"), "said", _("What it will do")))
        self.body.addStretch(1)
        do = self.button("do", verb, _("{title} (Enter)").format(title=title))
        self.finish_with(do, self.button("cancel", _("Cancel"), _("Change nothing (Esc)")))
        do.setFocus()
