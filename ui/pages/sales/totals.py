"""What a document comes to, under its lines: lines, discount, each rate of tax with its base, the total (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from channergy_crm.language import _
from channergy_crm.records import SalesDocument
from ui.look import paint, theme
from ui.look.plain import Label
from ui.look.wording import shown, written_money
from ui.pages.sales.cells import tax_said
from ui.widgets.views import RIGHT

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from channergy_crm.money.totals import Totals, Way

MOST_RATES, WIDE, HIGH = 6, 340, 22


class TotalsBox(QWidget):
    """The sums. Each amount is a label with a name: `<kind>.net`, `<kind>.tax`, `<kind>.total`."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._lines = self._row("lines_sum")
        self._discount = self._row("discount_sum")
        self._net = self._row("net")
        self._rates = [self._row(f"tax_{place}") for place in range(1, MOST_RATES + 1)]
        self._tax = self._row("tax")
        self._total = self._row("total", big=True)
        self._said: tuple[object, ...] = ()

    def _row(self, name: str, *, big: bool = False) -> tuple[Label, Label]:
        caption, amount = Label(parent=self), Label(parent=self)
        caption.muted(not big)
        amount.setObjectName(f"{self._name}.{name}")
        amount.setAlignment(RIGHT)
        amount.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        amount.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if big:
            caption.setFont(theme.strong(self.font()))
            amount.setFont(theme.fact(self.font()))
        at = self._grid.rowCount()
        for column, label in enumerate((caption, amount)):
            label.setMinimumHeight(theme.px(HIGH + (10 if big else 0), self))
            self._grid.addWidget(label, at, column)
        return caption, amount

    def show_totals(self, totals: Totals, way: Way, currency: str) -> None:
        """Show these."""
        said = (totals.lines, totals.discount, totals.rates, totals.total, way, currency)
        if said == self._said:
            return
        self._said = said
        self._say(self._lines, _("Lines"), totals.lines)
        share = shown(SalesDocument.kind("discount"), way.discount) if way.discount else ""
        word = _("Discount on all, {share}").format(share=share) if share else _("Discount on all")
        self._say(self._discount, word, -totals.discount, there=bool(totals.discount))
        self._say(self._net, _("Net"), totals.net, there=totals.net != totals.lines)
        several = len(totals.rates) > 1
        for place, row in enumerate(self._rates):
            there = several and place < len(totals.rates)
            each = totals.rates[place] if there else None
            self._say(row, _rate_said(each.rate, each.net) if each else "", each.tax if each else 0, there=there)
        only = totals.rates[0] if len(totals.rates) == 1 else None
        word = _rate_said(only.rate, only.net) if only else _("Tax in all") if several else _("Tax")
        self._say(self._tax, word, totals.tax)
        word = _("Total {currency}").format(currency=currency) if currency else _("Total")
        self._say(self._total, word, totals.total)
        self.update()

    def _say(self, row: tuple[Label, Label], word: str, cents: int, *, there: bool = True) -> None:
        caption, amount = row
        text = written_money(cents, QLocale())
        caption.setText(word)
        amount.setText(text)
        amount.setAccessibleName(f"{word}: {text}")
        for label in row:
            label.setVisible(there)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line over the total."""
        top = self._total[0].geometry().top()
        paint.begin(self).fillRect(QRectF(0, top + 1, self.width(), 1.5), theme.colour(self, "border"))


def _rate_said(rate: int, base: int) -> str:
    return _("Tax {rate} on {base}").format(rate=tax_said(rate), base=written_money(base, QLocale()))
