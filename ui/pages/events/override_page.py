"""*Follow-up Override* of CRM Management: somebody else does what an operator had to do (VS-15, VS-21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.page import PlainPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class OverridePage(PlainPage):
    """Of one operator's open work."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
