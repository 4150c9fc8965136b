"""The page of the tab Help (VT-13)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from channergy_crm.text import help_pages
from ui.pages.help.view import HelpView
from ui.pages.page import PlainPage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QLineEdit, QWidget

    from ui.session.session import Session

REMEMBERED = "help.page"


def _print(session: Session, view: HelpView) -> None:
    from ui.pages.help import on_paper

    on_paper.preview(view, session)


class HelpTab(PlainPage):
    """The view, and the page that was read last at this workstation."""

    def __init__(
        self, keys_of: Callable[[str], Sequence[tuple[str, str]]], does: Callable[[str], object], session: Session,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._session = session
        self.view = HelpView("help", keys_of, self, prints=partial(_print, session))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view)
        last = session.station.recall(REMEMBERED, help_pages.FIRST)
        self.view.show_page(last if last in help_pages.names() else help_pages.FIRST)
        self.view.turned.connect(self._turned)
        self.view.wanted.connect(does)

    def _turned(self, name: str) -> None:
        self._session.station.remember(REMEMBERED, name)
        self.tell_window()

    def take_focus(self) -> None:
        """The keys go to the line."""
        self.view.take_focus()

    def show_target(self, what: str, key: object) -> None:
        """To a page, by its name."""
        self.view.line.clear()
        self.view.show_page(str(key) if key in help_pages.names() else help_pages.FIRST)
        self.take_focus()

    def parts(self) -> Sequence[QWidget]:
        """The line, the topics, the page."""
        return [self.view.line, self.view.topics, self.view.text]

    def filter_line(self) -> QLineEdit | None:
        """Where the help is looked through."""
        return self.view.line

    def standing(self) -> str:
        """The page that is read."""
        return help_pages.page(self.view.shown).title
