"""Words of the call bar: painted in the colour of what they mean, cut with a sign where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter

from channergy_crm.language import _
from channergy_crm.services.events import origins
from ui.look import theme
from ui.look.plain import Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from ui.pages.page import ListPage
    from ui.session.session import Session


class Words(Label):
    """One line; `ink` is the meaning of its colour."""

    def __init__(self, text: str, parent: QWidget, *, ink: str = "text", small: bool = False) -> None:
        super().__init__(text, parent)
        self.ink = ink
        if small:
            self.setFont(theme.small(self.font()))

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.colour(self, self.ink))
        said = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, said)


def follow_up(lead: int, session: Session) -> str:
    """What an event wants of a lead, if anything: the open task that is due first, and where it comes from."""
    what, came = session.attempt(lambda: origins.of_lead(lead, session.by)) or ("", "")
    return _("{task} ({origin})").format(task=what, origin=came) if what else ""


def to_something_instead(end: Callable[[], None], page: ListPage) -> None:
    """The list is through: calling ends, and what is useful meanwhile is shown (VS-22)."""
    from ui.pages import something_to_do

    end()
    something_to_do.open_(page.session, page)
