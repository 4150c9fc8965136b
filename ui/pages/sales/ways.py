"""What stands on the grid of lines: the verbs of its last row, and why a cell cannot be taken (VT-142)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import Label, as_tip
from ui.look.turned import across
from ui.pages.sales import cells
from ui.widgets.controls import Button, IconButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.pages.sales.view import LinesView

WIDEST_SENTENCE = 420


class Ways(QWidget):
    """*Group heading*, *Sentence*, *From an older document…* at the end of the row where more is typed."""

    heading = Signal()
    sentence = Signal()
    older = Signal()

    def __init__(self, grid: LinesView) -> None:
        super().__init__(grid.viewport())
        self._grid = grid
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 4, 0)
        row.setSpacing(0)
        made = (("add_heading", _("Group heading"), self.heading), ("add_sentence", _("Sentence"), self.sentence),
                ("from_older", _("From an older document…"), self.older))  # fmt: skip
        self.buttons = [self._button(grid, *each) for each in made]
        for button in self.buttons:
            row.addWidget(button)
        self.add = IconButton(grid.viewport())
        self.add.setObjectName(f"{grid.objectName().rpartition('.')[0]}.add_line")
        self.add.setAccessibleName(_("Add line"))
        self.add.setToolTip(as_tip(_("Add line (Insert)")))
        self.add.setIcon(icon("add", self.add))
        self.add.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _button(self, grid: LinesView, name: str, word: str, deed: object) -> Button:
        button = Button(word, self)
        button.quiet()
        button.setObjectName(f"{grid.objectName().rpartition('.')[0]}.{name}")
        button.setAccessibleName(word)
        button.clicked.connect(lambda: deed.emit())  # type: ignore[attr-defined]
        return button

    def place(self) -> None:
        """Over the last row, at its end."""
        cells_ = self._grid.cells
        self.setVisible(not cells_.lines.locked)
        self.add.setVisible(not cells_.lines.locked)
        last = cells_.rowCount() - 1
        if cells_.lines.locked or last < 0:
            return
        wide = self.sizeHint().width()
        high = theme.px(26, self)
        for button in self.buttons:
            button.setFixedHeight(high)
        top = self._grid.rowViewportPosition(last)
        held, most = self._grid.viewport(), max(self._grid.viewport().width() - wide, 0)
        self.add.setGeometry(across(held, QRect(0, top + 1, self._grid.columnWidth(cells.PLACE), high)))
        self.setGeometry(across(held, QRect(most, top + 1, wide, high)))


class Said(Label):
    """Why what was typed into a cell cannot be taken, right under it: of the current line, otherwise of the first."""

    def __init__(self, grid: LinesView) -> None:
        super().__init__("", grid.viewport())
        self._grid = grid
        self.setObjectName(f"{grid.objectName()}.said")
        self.setContentsMargins(8, 3, 8, 3)
        self.setFont(theme.small(self.font()))
        self.setWordWrap(True)
        self.wear("overdue")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """On a ground of its own, since it stands over the next row."""
        painter = paint.begin(self)
        painter.fillRect(self.rect(), theme.colour(self, "base"))
        paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "overdue_soft"))
        painter.end()
        super().paintEvent(event)

    def look(self) -> None:
        """Say it where it is so now."""
        grid, lines = self._grid, self._grid.cells.lines
        if not lines.wrong:
            self.hide()
            return
        found = lines.first_wrong()
        at = grid.current_place()
        if 0 <= at < len(lines.lines):
            own = next(
                ((name, wrong) for (held, name), wrong in lines.wrong.items() if held == lines.lines[at].id), None
            )
            found = (at, *own) if own is not None else found
        if found is None:
            return
        place, name, wrong = found
        self.setText(wrong.why)
        self.setAccessibleName(wrong.why)
        index = grid.cells.index(lines.row_of(place), cells.NAMES.index(name))
        cell = across(grid.viewport(), grid.visualRect(index))
        wide = min(theme.px(WIDEST_SENTENCE, self), grid.viewport().width())
        self.setFixedWidth(wide)
        high = self.heightForWidth(wide)
        left = max(min(cell.left(), grid.viewport().width() - wide), 0)
        top = cell.bottom() + 1
        if top + high > grid.viewport().height():
            top = max(cell.top() - high, 0)
        self.setGeometry(across(grid.viewport(), QRect(left, top, wide, high)))
        self.show()
        self.raise_()
