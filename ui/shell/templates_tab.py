"""The tab Templates: it comes when somebody wants it, and goes when it is closed (BX-26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Account, Contact, Lead
from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.templates.page import TemplatesPage

    return TemplatesPage(session, parent)


TEMPLATES: Tab[Page] = Tab(
    "templates", "Templates", "note", _build, targets=("template",), closable=True, records=(Lead, Account, Contact)
)
