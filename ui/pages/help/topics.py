"""The topics of help by group, or what was found; gone through by key (VT-13)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem

from channergy_crm.language import _
from channergy_crm.text import help_pages
from ui.look import theme
from ui.look.plain import as_tip, kept_to_itself
from ui.widgets.views import calm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from channergy_crm.text.help_pages import Match

NAME = Qt.ItemDataRole.UserRole
HEAD = 30


class Topics(QListWidget):
    """A heading for each group, the pages under it; while something is looked for only what was found, best first."""

    chosen = Signal(str)
    """the name of a page"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        calm(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.viewport().setAutoFillBackground(False)
        self.setViewportMargins(theme.px(8, self), 0, theme.px(4, self), 0)
        self.currentItemChanged.connect(self._turned)

    def _turned(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME):
            self.chosen.emit(item.data(NAME))

    def show_all(self) -> None:
        """Every topic under its group."""
        self._fill([(group, [help_pages.page(name) for name in of_it]) for group, of_it in help_pages.GROUPS])

    def show_found(self, found: Sequence[Match]) -> None:
        """What was found, best first; the tip says where."""
        self.blockSignals(True)
        self.clear()
        for match in found:
            self._add(match.page.title, match.page.name, match.around)
        self.blockSignals(False)

    def _fill(self, groups: Sequence[tuple[str, Sequence[help_pages.HelpPage]]]) -> None:
        self.blockSignals(True)
        self.clear()
        for group, pages in groups:
            head = QListWidgetItem(_(group), self)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            head.setFont(theme.small(self.font()))
            head.setForeground(theme.colour(self, "muted"))
            head.setSizeHint(QSize(0, theme.px(HEAD, self)))
            head.setTextAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeading)
            for page in pages:
                self._add(page.title, page.name)
        self.blockSignals(False)

    def _add(self, title: str, name: str, around: str = "") -> None:
        item = QListWidgetItem(kept_to_itself(title), self)
        item.setData(NAME, name)
        item.setToolTip(as_tip(around))
        item.setSizeHint(QSize(0, theme.px(26, self)))

    def come_to(self, name: str) -> None:
        """Stand on this page without saying so, where it is listed."""
        self.blockSignals(True)
        found = [row for row in range(self.count()) if self.item(row).data(NAME) == name]
        self.setCurrentRow(found[0] if found else -1)
        self.blockSignals(False)

    def step(self, by: int) -> None:
        """To the next page, or the one before; headings are passed by."""
        row = self.currentRow() + by
        while 0 <= row < self.count() and not self.item(row).data(NAME):
            row += by
        if 0 <= row < self.count():
            self.setCurrentRow(row)
