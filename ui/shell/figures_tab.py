"""The tab Figures: it comes when somebody wants it, and goes when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Lead
from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.figures.page import FiguresPage

    return FiguresPage(session, parent)


FIGURES: Tab[Page] = Tab("figures", "Figures", "figures", _build, closable=True, records=(Lead,))
