"""The tab Pipeline: it comes when somebody wants it, and goes when it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import Opportunity
from ui.screen import Tab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import Page
    from ui.session.session import Session


def _build(session: Session, parent: QWidget) -> Page:
    from ui.pages.pipeline.page import PipelinePage

    return PipelinePage(session, parent)


PIPELINE: Tab[Page] = Tab("pipeline", "Pipeline", "figures", _build, closable=True, records=(Opportunity,))
