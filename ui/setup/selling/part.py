"""What the parts of Settings > CRM have alike: they say why nothing can be changed (SI-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from channergy_crm.records import CustomLookup, OfficeSetting, Process, ProcessStage, Project
from channergy_crm.services import rights
from ui.setup.following_part import FollowingPart
from ui.widgets.dialog import Remark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.session.session import Session

SHOWN = (Process, ProcessStage, Project, CustomLookup, OfficeSetting)


class CrmPart(FollowingPart):
    """About processes and projects."""

    followed = frozenset(record._meta.table_name for record in SHOWN)

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(f"crm.{name}", session, parent)
        self.setObjectName(f"crm.{name}")
        self.refused = Remark("", self, ink="overdue")
        self.refused.say("")

    def why_not(self) -> str:
        """Why whoever is here may change nothing; "" when they may. Said at the head of the part."""
        reason = rights.may(self.session.by, "administer") or ""
        self.refused.say(reason)
        return reason
