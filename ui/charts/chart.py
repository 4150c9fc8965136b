"""What every chart has in common: marks one walks by arrow, presses, hears by name and copies as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QFontMetrics, QGuiApplication, QKeySequence, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from channergy_crm.language import _
from ui.look import paint, theme
from ui.look.plain import as_tip
from ui.look.turned import turned_point
from ui.widgets.dialog import named
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

Where = tuple[int, int]
"""column and row of a mark"""


class Mark(NamedTuple):
    """A bar or a cell: what it stands for, where, its label and figure, what is heard, how long or how hot it is.

    `part` of its `value` is the first series, the rest the second one; `meaning` is a colour of the theme where it has
    one, such as "done" for what was won. What of the value is `done` comes before both. `cells` are what stands in the
    copied table where the figure is shortened.
    """

    key: Any
    at: Where
    label: str
    figure: str
    said: str
    value: float
    part: float | None = None
    meaning: str = ""
    more: str = ""
    done: float = 0.0
    cells: tuple[str, ...] = ()

    def pieces(self) -> list[tuple[float, str]]:
        """The pieces of its bar, from the base: how much, and the colour by its name."""
        left, first = self.value - self.done, self.meaning or "bar"
        parts = [(left, first)] if self.part is None else [(self.part, first), (left - self.part, "rest")]
        return [(self.done, "done"), *parts]


class Chart(QWidget):
    """Paints its marks, one of which is chosen or none. `opened` tells whose rows somebody wants to see."""

    opened = Signal(object)

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, name, said)
        self._said = said
        self.marks: Sequence[Mark] = ()
        self.titles: tuple[str, ...] = ()
        self.chosen: Any = None
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_marks(self, marks: Sequence[Mark], titles: tuple[str, ...]) -> None:
        """Show these; `titles` are those of the copied table. The cursor stays on what it stood on."""
        held = self.marks[self._at].key if self._at < len(self.marks) else None
        self.marks, self.titles = marks, titles
        self._at = next((place for place, mark in enumerate(marks) if mark.key == held), 0)
        self._tell()
        self.updateGeometry()
        self.update()

    def choose(self, key: Any) -> None:
        """Paint this one as the one whose rows are shown; None for none."""
        self.chosen = key
        self._at = next((place for place, mark in enumerate(self.marks) if mark.key == key), self._at)
        self._tell()
        self.update()

    def current(self) -> Mark | None:
        """The mark the arrows stand on."""
        return self.marks[self._at] if self._at < len(self.marks) else None

    def as_table(self) -> str:
        """All of it as text, a tab between the columns."""
        lines = [self.titles, *(self.row(mark) for mark in self.marks)]
        return "\n".join("\t".join(line) for line in lines)

    def copy(self) -> None:
        """All of it onto the clipboard."""
        QGuiApplication.clipboard().setText(self.as_table())

    # ---------------------------------------------------------------- what each kind of chart says otherwise

    def row(self, mark: Mark) -> tuple[str, ...]:
        """A mark in the copied table."""
        if mark.cells:
            return mark.cells
        return (mark.label, mark.figure, mark.more) if mark.more else (mark.label, mark.figure)

    def room_of(self, mark: Mark) -> QRectF:
        """Where a mark is painted, and pressed."""
        raise TypeError("each kind of chart says where its marks are")

    def draw(self, painter: QPainter) -> None:
        """Paint all of it."""
        raise TypeError("each kind of chart says how it is painted")

    # ---------------------------------------------------------------- hands

    def _tell(self) -> None:
        mark = self.current()
        self.setAccessibleDescription(mark.said if mark is not None else _("Nothing to show."))
        if self.hasFocus():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _walk(self, across: int, down: int) -> None:
        """To the next mark in that direction; a gap is stepped over."""
        mark = self.current()
        if mark is None:
            return
        column, row = mark.at
        ahead = [(abs(each.at[0] - column) + abs(each.at[1] - row), place) for place, each in enumerate(self.marks)
                 if (each.at[0] == column or not down) and (each.at[1] == row or not across)
                 and (each.at[0] - column) * across >= 0 and (each.at[1] - row) * down >= 0
                 and each.at != mark.at]  # fmt: skip
        if ahead:
            self._at = min(ahead)[1]
            self._tell()
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
        if key in steps:
            across, down = steps[key]
            self._walk(-across if self.isRightToLeft() else across, down)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self.marks:
            self._at = 0 if key == Qt.Key.Key_Home else len(self.marks) - 1
            self._tell()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        if (mark := self.current()) is not None:
            self.opened.emit(mark.key)

    def _under(self, event: QMouseEvent) -> int | None:
        at = turned_point(self, event.position())
        return next((place for place, mark in enumerate(self.marks) if self.room_of(mark).contains(at)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._under(event)
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._at = place
            self._tell()
            self._open()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._under(event)
        self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
        self.setToolTip("" if place is None else as_tip(self.marks[place].said))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = Menu(self)
        menu.addAction(_("Copy as table"), self.copy)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    # ---------------------------------------------------------------- paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        self.draw(painter)
        mark = self.current()
        if mark is not None and self.hasFocus():
            paint.ring(painter, self, self.room_of(mark), paint.TAG)

    def small(self) -> QFont:
        """The letters of labels."""
        return theme.small(self.font())

    def small_bold(self) -> QFont:
        """The letters of what is chosen."""
        return theme.strong(self.small())

    def wide(self, text: str, font: QFont | None = None) -> int:
        """How wide that is in these letters, the small ones where nothing is said."""
        return QFontMetrics(font or self.small()).horizontalAdvance(text)

    def say(self, painter: QPainter, room: QRectF, text: str, ink: str, where: Qt.AlignmentFlag, font: QFont) -> None:
        """Write into a place, in a colour by its meaning."""
        painter.setFont(font)
        painter.setPen(theme.colour(self, ink))
        painter.drawText(room, where | Qt.AlignmentFlag.AlignVCenter, text)
