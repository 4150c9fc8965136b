"""A part of a topic of the settings: it follows what is done, and says what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from channergy_crm.errors import CRMError
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


class FollowingPart(QWidget):
    """Shown anew whenever somebody has changed what it shows."""

    followed: ClassVar[frozenset[str]]
    """the tables it shows something of"""

    def __init__(self, name: str, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.session = session
        self._heads: list[Plain] = []
        self.said = named(Remark("", self), f"{name}.said", "")
        self.said.say("")
        session.done.connect(self._done)

    def _done(self, done: Done) -> None:
        if self.followed & done.tables and self.isVisible():
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
