"""What the parts of Settings > Operators and rights have alike: they follow what is done and say what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.errors import CRMError
from channergy_crm.records.operators import Operator
from channergy_crm.records.roles import Group, GroupMember, HiddenField, OperatorRole, Role, RoleRight
from ui.look import paint, theme
from ui.look.plain import as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

T = TypeVar("T")
FOLLOWED = {
    record._meta.table_name
    for record in (
        Operator,
        Role,
        RoleRight,
        OperatorRole,
        HiddenField,
        Group,
        GroupMember,
    )
}


class Part(QWidget):
    """One part: shown anew whenever somebody has changed who works here or what they may do."""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"rights.{name}")
        self.session, self._name = session, name
        self.said = named(Remark("", self), f"{name}.said", "")
        self.said.say("")
        session.done.connect(self._done)

    def _done(self, done: Done) -> None:
        if FOLLOWED & done.tables and self.isVisible():
            self.show_all()

    def show_all(self) -> None:
        """Everything as the office has it now."""
        raise TypeError("each part says what it shows")

    def attempt(self, deed: Callable[[], T]) -> T | None:
        """Do something; what keeps it from being done is said here."""
        try:
            done = deed()
        except CRMError as error:
            self.said.say(error.message, "overdue")
            return None
        self.said.say("")
        return done

    def button(self, word: str, text: str, tip: str, deed: Callable[[], object]) -> Button:
        """A button of this part."""
        button = named(Button(text, self), f"{self._name}.{word}", text)
        button.setToolTip(as_tip(tip))
        button.clicked.connect(lambda: deed())
        return button

    def head(self, text: str, parent: QWidget) -> Plain:
        """A heading inside the part."""
        head = Plain(text, parent, bold=True)
        head.setFont(theme.section(self.font()))
        return head


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
            paint.begin(self).fillRect(QRectF(at, 0, 1, self.height()), theme.colour(self, "line"))
