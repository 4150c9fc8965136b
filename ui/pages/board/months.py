"""The board by month: what was won, what of the open deals is likely, what is possible (SI-19…SI-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import theme
from ui.look.plain import Label
from ui.widgets.dialog import Remark

if TYPE_CHECKING:
    from channergy_crm.services.board import Board
    from ui.charts.months import MonthBars

HIGH, LOW = 168, 44
"""pixels: with bars, and with the sentence that there are none"""


class Months(QWidget):
    """A bar for each month, as the forecast has it; `opened` tells the first and the last month of the bar, and whether
    anything was won in it. The chart is made when somebody wants it: the board is there sooner.
    """

    opened = Signal(object, object, bool)
    bars: MonthBars
    none: Remark

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.stand_on(self, "base")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def _build(self) -> None:
        from ui.charts.legend import Legend
        from ui.charts.months import MonthBars

        title = Label(_("By month"), self)
        title.setFont(theme.section(self.font()))
        parts = [("done", _("won")), ("bar", _("weighted")), ("rest", _("projected"))]
        self.bars = MonthBars("board.by_month", _("Deals by month"), self)
        self.bars.opened.connect(self._open)
        self.none = Remark(_("None of these deals has a date."), self)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(title)
        head.addWidget(self.none, 1)
        head.addStretch(1)
        head.addWidget(Legend(parts, self))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 4)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.bars, 1)

    def show_months(self, held: Board, *, wanted: bool) -> None:
        """Show those of this board, where somebody wants to see them and there are deals at all."""
        seen = wanted and held.deals + held.orders > 0
        if seen:
            self._show(held)
        self.setVisible(seen)

    def _show(self, held: Board) -> None:
        from channergy_crm.services import board_months

        if self.layout() is None:
            self._build()
        spans = board_months.spans(held.months)
        self.bars.show_months(spans)
        self.bars.setVisible(bool(spans))
        self.none.setVisible(not spans)
        self.setFixedHeight(theme.px(HIGH if spans else LOW, self))

    def _open(self, span: object) -> None:
        mark = self.bars.current()
        self.opened.emit(*span, mark is not None and mark.done > 0)  # type: ignore[misc]
