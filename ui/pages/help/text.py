"""Where a page of help is read: nothing is loaded from anywhere, a link asks the program (VT-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QUrl, Signal
from PySide6.QtWidgets import QFrame, QTextBrowser

from ui.look import theme
from ui.pages.help import drawn
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from channergy_crm.text.help_pages import HelpPage

WIDEST, SIDES = 680, 24
"""pixels: how wide a line may be to be read well, and what stands beside it"""


class HelpText(QTextBrowser):
    """One page, dressed anew when the theme or the size of letters changes."""

    followed = Signal(str)
    """somebody chose a link: the name of a page, or what is to be done"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: tuple[HelpPage, Sequence[tuple[str, str]], str] | None = None
        self._typed = ""
        calm(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(theme.px(SIDES, self), theme.px(16, self), theme.px(12, self), 0)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))

    def show_page(self, page: HelpPage, keys: Sequence[tuple[str, str]], note: str, typed: str = "") -> None:
        """Show this from its beginning, or from the first word that is looked for."""
        self._shown, self._typed = (page, keys, note), typed
        self._draw()
        self.verticalScrollBar().setValue(0)
        found = self.extraSelections()
        if found:
            cursor = found[0].cursor
            cursor.clearSelection()
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _draw(self) -> None:
        if self._shown is None:
            return
        page, keys, note = self._shown
        drawn.draw(self.document(), page, keys, self.font(), self.palette(), note)
        self.setExtraSelections(drawn.marks(self.document(), self._typed, theme.colour(self, "soon_soft")))

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Nothing: a page is words alone."""
        return None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines that are not too long to be read, and never longer than the page is wide."""
        room = self.viewport().width() - theme.px(4, self)
        self.setLineWrapColumnOrWidth(max(120, min(room, theme.px(WIDEST, self))))
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Light or dark, larger or smaller."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and hasattr(self, "_shown"):
            place = self.verticalScrollBar().value()
            self._draw()
            self.verticalScrollBar().setValue(place)
