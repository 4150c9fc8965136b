"""The tab CRM and contacts (GDPR): it comes when somebody wants it, and goes when it is closed (SI-39)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.privacy.page import PrivacyPage

    return PrivacyPage(session, parent)


PRIVACY: Tab[Page] = Tab("privacy", "CRM and contacts", "lock", _build, targets=("privacy_too_old",), closable=True)
