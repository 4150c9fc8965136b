"""What the parts of Settings > CRM have alike: they follow what is done, and say why nothing can be changed (SI-7)."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from channergy_crm.errors import CRMError
from channergy_crm.records import CustomLookup, OfficeSetting, Process, ProcessStage, Project
from channergy_crm.services import rights
from ui.look import theme
from ui.look.plain import as_tip
from ui.widgets.controls import Button
from ui.widgets.dialog import Plain, Remark, named

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from channergy_crm.work import Done
    from ui.session.session import Session

T = TypeVar("T")
FOLLOWED = {each._meta.table_name for each in (Process, ProcessStage, Project, CustomLookup, OfficeSetting)}


class CrmPart(QWidget):
    """One part: shown anew whenever somebody has changed what it shows."""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"crm.{name}")
        self.session = session
        self._heads: list[Plain] = []
        self.said = named(Remark("", self), f"crm.{name}.said", "")
        self.refused = Remark("", self, ink="overdue")
        self.said.say("")
        self.refused.say("")
        session.done.connect(self._done)

    def _done(self, done: Done) -> None:
        if FOLLOWED & done.tables and self.isVisible():
            self.show_all()

    def show_all(self) -> None:
        """Everything as the office has it now."""
        raise TypeError("each part says what it shows")

    def why_not(self) -> str:
        """Why whoever is here may change nothing; "" when they may. Said at the head of the part."""
        reason = rights.may(self.session.by, "administer") or ""
        self.refused.say(reason)
        return reason

    def attempt(self, deed: Callable[[], T]) -> T | None:
        """Do something; what keeps it from being done is said here."""
        try:
            done = deed()
        except CRMError as error:
            self.said.say(error.message, "overdue")
            return None
        self.said.say("")
        return done

    def verb(self, name: str, text: str, tip: str, deed: Callable[[], object]) -> Button:
        """A button of this part."""
        button = named(Button(text, self), name, text)
        button.setToolTip(as_tip(tip))
        button.clicked.connect(lambda: deed())
        return button

    def heading(self, text: str, parent: QWidget) -> Plain:
        """A heading inside the part."""
        head = Plain(text, parent, bold=True)
        self._heads.append(head)
        self._write()
        return head

    def _write(self) -> None:
        for head in self._heads:
            head.setFont(theme.section(self.font()))

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters, larger headings."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_heads"):
            self._write()

    def showEvent(self, event: QShowEvent) -> None:
        """In the letters there are by now."""
        super().showEvent(event)
        self._write()
