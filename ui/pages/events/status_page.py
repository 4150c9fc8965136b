"""*Status* of CRM Management: how the follow-ups of the events stand (VS-12, VS-13, VS-20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages.page import PlainPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session


class StatusPage(PlainPage):
    """Of the follow-ups of a period."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
