"""What the parts of Settings > Operators and rights have alike, and the columns they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import Group, GroupMember, HiddenField, OperatorRole, Role, RoleRight
from ui.look import paint, theme
from ui.setup.following_part import FollowingPart

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.session.session import Session

SHOWN = (Operator, Role, RoleRight, OperatorRole, HiddenField, Group, GroupMember)


class Part(FollowingPart):
    """About who works here and what they may do."""

    followed = frozenset(record._meta.table_name for record in SHOWN)

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(name, session, parent)
        self.setObjectName(f"rights.{name}")
        self._name = name


class Column(QWidget):
    """A column of a part on a ground of its own, as wide as look and feel says; `edge` is where a line ends it."""

    def __init__(self, wide: int, parent: QWidget, ground: str = "base", edge: str = "") -> None:
        super().__init__(parent)
        self._edge = edge
        theme.stand_on(self, ground)
        if wide:
            self.setFixedWidth(theme.px(wide, self))
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(12, 12, 12, 12)
        self.lines.setSpacing(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._edge:
            at = 0 if self._edge == "left" else self.width() - 1
            paint.begin_turned(self).fillRect(QRectF(at, 0, 1, self.height()), theme.colour(self, "line"))
