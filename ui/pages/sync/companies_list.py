"""The companies of the site an account may be: one is chosen, or none of them (VP-16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from channergy_crm.language import _, ngettext
from ui.history.sheet import Column, Line, Sheet
from ui.look import theme
from ui.widgets.dialog import Remark, named

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from channergy_crm.sync.companies import Candidates

HIGH = 188
"""pixels: four companies, none of them, and the titles; more are scrolled to"""


class CompaniesList(QWidget):
    """`chosen` tells the id of the company, "" for none of them; `left` that Esc was pressed."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = named(Remark("", self), "sync.companies_said", _("Which company it is"))
        columns = [Column(_("Company in Viper"), 240, True), Column(_("Address"), 220), Column(_("City"), 150),
                   Column(_("ID"), 90)]  # fmt: skip
        self.grid = _Companies("sync.companies", _("Which company it is"), columns, self)
        self.grid.setFixedHeight(theme.px(HIGH, self))
        self.grid.opened.connect(self._choose)
        self.grid.left.connect(self.left)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self.grid)
        self.hide()

    def show_those(self, found: Candidates | None) -> None:
        """Offer these; nothing where None."""
        self.setVisible(found is not None)
        if found is None:
            return
        said = _("Which of these is it? Enter or a double-click chooses; until then nothing of the account is sent.")
        more = ngettext(
            "{count:,} more company is not listed.", "{count:,} more companies are not listed.", found.more
        ).format(count=found.more)
        self._said.say(f"{said} {more}" if found.more else said)
        lines = [Line((each.name or _("nothing"), each.address, each.city, each.id), each.id) for each in found.listed]
        lines.append(Line((_("None of them: make it there"), "", "", ""), ""))
        if lines != self.grid.rows.lines:
            self.grid.show_lines(lines)
            self.grid.selectRow(0)

    def take_focus(self) -> None:
        """The keys go to them."""
        if self.isVisible():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self) -> None:
        one = self.grid.about()
        if one is not None:
            self.chosen.emit(one)


class _Companies(Sheet):
    """Esc goes back to the list above."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
