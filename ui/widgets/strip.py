"""The strip over a form: name and line at the left, pager and last result at the right, the facts below or beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.look import paint, theme
from ui.look.plain import Label, as_tip
from ui.widgets.controls import Tag
from ui.widgets.summary import Tile, is_low

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from ui.widgets.controls import Button, IconButton
    from ui.widgets.summary import Summary

BESIDE_THE_NAME = 1100
"""pixels; in a wider strip the facts stand beside the name"""
WIDTHS = (332, 216, 480)
"""the most that the number, the time and the reminder take"""
MORE = 232
"""and what stands between them, where there is more to say"""
SIDES, NARROW_SIDES, NARROW = 24, 16, 720
BESIDE = 90
"""pixels that what is said beside the name of a low strip must have, else it stands below"""
RIGHT = Qt.AlignmentFlag.AlignRight
ALWAYS = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
ALWAYS_LEFT, ALWAYS_RIGHT = ALWAYS | Qt.AlignmentFlag.AlignLeft, ALWAYS | Qt.AlignmentFlag.AlignRight
"""an Arabic name as well: text turns the field it is typed into, not the page; the language turns that"""


class OneLine(Label):
    """What is said under a name: where there is no room for all of it a sign says so, and the tip the rest."""

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if shown == self.text() or self.hasSelectedText():
            super().paintEvent(event)
            return
        painter = paint.begin(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), self.alignment(), shown)


class SummaryStrip(QWidget):
    """Shows a summary; it stays while the form under it scrolls."""

    opened = Signal(str)
    """somebody pressed a fact: the field it stands for"""
    beside_the_name = BESIDE_THE_NAME
    """from which width on the facts stand beside the name"""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.summary")
        self._said: Summary | None = None
        self._name = self._label(theme.title(self.font()), f"{name}.summary_name")
        self._line = self._label(self.font(), f"{name}.summary_line", muted=True, made=OneLine(parent=self))
        self._last = self._label(theme.small(self.font()), f"{name}.summary_last", muted=True)
        self._tag = Tag("", self)
        self._tag.setObjectName(f"{name}.summary_tag")
        self.tiles = [Tile(self) for _width in WIDTHS]
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(4)
        self._wide = self._low = False
        self._lay_out()

    def _label(self, font: object, name: str, *, muted: bool = False, made: Label | None = None) -> Label:
        label = made or Label(parent=self)
        label.setObjectName(name)
        label.setFont(font)  # type: ignore[arg-type]
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        label.setMinimumWidth(10)
        label.setAlignment(ALWAYS_RIGHT if self.isRightToLeft() else ALWAYS_LEFT)
        label.muted(muted)
        return label

    def _lay_out(self) -> None:
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.setSpacing(2)
        self._words.addWidget(self._name)
        self._words.addWidget(self._line, 1)
        self._line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # it gives way, no name
        under = QHBoxLayout()
        under.setSpacing(8)
        under.addStretch(1)
        under.addWidget(self._last)
        under.addWidget(self._tag)
        self._right = right = QVBoxLayout()
        right.setSpacing(4)
        self.buttons.insertStretch(0, 1)
        right.addLayout(self.buttons)
        right.addLayout(under)
        self._facts = QHBoxLayout()
        self._facts.setSpacing(8)
        for place, (tile, width) in enumerate(zip(self.tiles, WIDTHS, strict=True)):
            self._put_tile(place, tile, width)
        self._facts.addStretch(0)
        self._grid = grid = QGridLayout(self)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.addLayout(self._words, 0, 0)
        grid.addLayout(right, 0, 2)
        grid.addLayout(self._facts, 1, 0, 1, 3)
        self._pad()

    def _put_tile(self, place: int, tile: Tile, width: int) -> None:
        tile.setObjectName(f"{self.objectName()}.fact_{place + 1}")
        tile.setMaximumWidth(theme.px(width, self))
        tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tile.pressed.connect(self.opened)
        self._facts.insertWidget(place, tile, width)

    def _have_tiles(self, count: int) -> None:
        """So many facts have room; one more stands before the last, which is the widest."""
        while len(self.tiles) < count:
            place, tile = len(self.tiles) - 1, Tile(self)
            self.tiles.insert(place, tile)
            self._put_tile(place, tile, MORE)
            self.tiles[-1].setObjectName(f"{self.objectName()}.fact_{len(self.tiles)}")

    def _pad(self) -> None:
        sides = NARROW_SIDES if self.width() < theme.px(NARROW, self) else SIDES
        self._grid.setContentsMargins(sides, 10, sides, 8)

    def hold(self, button: Button | IconButton) -> None:
        """The button that dials stands beside the number."""
        self.tiles[0].room.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Facts give way to what they are brief, else nobody could make the window narrower."""
        least = sum(tile.least() + 8 for tile in self.tiles if not tile.isHidden())
        return QSize(least + 2 * NARROW_SIDES, super().minimumSizeHint().height())

    def _fit(self) -> None:
        wide, low = self.width() >= theme.px(self.beside_the_name, self), is_low(self)
        if wide != self._wide:
            self._wide = wide
            self._grid.removeItem(self._facts)
            self._grid.addLayout(self._facts, *((0, 1, 1, 1) if wide else (1, 0, 1, 3)))
        if low != self._low:
            self._low = low
            for tile in self.tiles:
                tile.updateGeometry()
        self._pad()
        self._say_as_much_as_fits()

    def _say_as_much_as_fits(self) -> None:
        """Names, numbers, times and reminders are whole; what is said beside them gives way."""
        if self._said is None:
            return
        shown = [tile for tile in self.tiles if not tile.isHidden()]
        for tile in shown:
            tile.brief(False)
        margins = self._grid.contentsMargins()
        whole = room = self.width() - margins.left() - margins.right()
        if self._wide:
            room -= QFontMetrics(self._name.font()).horizontalAdvance(self._said.name) + 16
        if _width(shown) > room:
            for tile in shown:
                tile.brief(True)
        self._put_last_below(not self._wide and _width(shown) > room)
        narrow = self.width() < theme.px(NARROW, self)
        self._last.setText(self._said.last[1 if narrow else 0])
        taken = self._right.sizeHint().width() + 16 + (_width(shown) + 16 if self._wide else 0)
        named = QFontMetrics(self._name.font()).horizontalAdvance(self._said.name)
        wraps, beside = named > whole - taken, named + theme.px(BESIDE, self) <= whole - taken
        direction = QBoxLayout.Direction.LeftToRight if self._low and beside else QBoxLayout.Direction.TopToBottom
        self._words.setDirection(direction)
        self._words.setSpacing(12 if direction == QBoxLayout.Direction.LeftToRight else 2)
        if self._name.wordWrap() != wraps:
            self._name.setWordWrap(wraps)
        self._name.setMinimumHeight(self._name.heightForWidth(max(10, whole - taken)) if wraps else 0)

    def _put_last_below(self, below: bool) -> None:
        """Large letters: what is promised stands under the number and the time."""
        last = self.tiles[-1]
        if below != (self._facts.indexOf(last) < 0):
            if below:
                self._facts.removeWidget(last)
                self._grid.addWidget(last, 2, 0, 1, 3)
            else:
                self._grid.removeWidget(last)
                self._facts.insertWidget(len(self.tiles) - 1, last, WIDTHS[-1])

    def show_summary(self, summary: Summary) -> None:
        """Say it."""
        self._said = summary
        self._name.setText(summary.name)
        self._line.setText(summary.line)
        self._line.setToolTip(as_tip(summary.line))
        self._line.setVisible(bool(summary.line))
        self._last.setVisible(bool(summary.last[0]))
        self._tag.setText(summary.tag)
        self._tag.meaning = summary.meaning
        self._tag.setVisible(bool(summary.tag))
        self._have_tiles(len(summary.facts))
        for place, tile in enumerate(self.tiles):
            there = place < len(summary.facts)
            tile.setVisible(there)
            if there:
                tile.show_fact(summary.facts[place])
        self._say_as_much_as_fits()


def _width(tiles: Sequence[Tile]) -> int:
    return sum(tile.sizeHint().width() + 8 for tile in tiles)
