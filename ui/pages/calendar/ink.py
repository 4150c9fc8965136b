"""How an entry of the calendar is painted, wherever it stands."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QPixmap

from channergy_crm.records.guests import NO
from ui.look import paint, theme
from ui.look.icons import icon
from ui.pages.calendar import words
from ui.widgets.controls import LEFT

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry

SIGN, INSIDE, MOST_KEPT, NARROW = 13, 6, 4_000, 5


class Wear(NamedTuple):
    """The colours of an entry by their names: ground, edge ("" for none), words, sign."""

    ground: str
    edge: str
    text: str
    sign: str


DONE = Wear("side", "line", "muted", "done")
STATES = {
    "done": DONE, "overdue": Wear("overdue_soft", "", "overdue", "overdue"),
    "soon": Wear("soon_soft", "", "soon", "soon"),
}  # fmt: skip
KINDS = {"call": Wear("base", "border", "text", "muted"), "meeting": Wear("chip", "", "text", "muted")}
DECLINED = Wear("side", "hair", "faint", "faint")
TASK = Wear("base", "line", "text", "muted")


def wear(entry: Entry) -> Wear:
    """How an entry stands decides first, then what it is; what somebody does not come to stands back."""
    if entry.answer == NO:
        return DECLINED
    return STATES.get(entry.state) or KINDS.get(entry.kind, TASK)


class Ink:
    """The letters, colours and drawings of one widget, in its theme; made anew when that turns."""

    def __init__(self, widget: QWidget) -> None:
        self.worn = theme.theme_of(widget)
        self.ratio = widget.devicePixelRatioF()
        self.base = QFont(widget.font())
        self.small, self.strong = theme.small(self.base), theme.strong(self.base)
        self.section, self.small_strong = theme.section(self.base), QFont(self.small)
        self.small_strong.setBold(True)
        self.metrics = QFontMetricsF(self.small)
        self.line = self.metrics.height()
        self.colour = cache(self._colour)
        self.picture = cache(self._picture)
        self._palette = QPalette(widget.palette())
        self._lines: dict[tuple[str, int, int], tuple[str, ...]] = {}

    def _colour(self, name: str) -> QColor:
        return QColor(getattr(self.worn, name))

    def _picture(self, name: str, ink: str) -> QPixmap:
        palette = QPalette(self._palette)
        palette.setColor(QPalette.ColorRole.ButtonText, self.colour(ink))
        return icon(name, palette).pixmap(QSize(SIGN, SIGN), self.ratio)

    def lines(self, text: str, width: int, most: int) -> tuple[str, ...]:
        """A text in lines of this width, so many at most; what has no room is cut short."""
        key = text, width, most
        if key not in self._lines:
            if len(self._lines) > MOST_KEPT:
                self._lines.clear()
            self._lines[key] = tuple(self._broken(text.split(), width, most))
        return self._lines[key]

    def _broken(self, left: list[str], width: int, most: int) -> list[str]:
        found: list[str] = []
        while left and len(found) < most - 1:
            line = left.pop(0)
            if (fits := self._letters(line, width)) < len(line):  # a word too long for a line goes on in the next one
                left.insert(0, line[fits:])
                line = line[:fits]
            while left and self.metrics.horizontalAdvance(f"{line} {left[0]}") <= width:
                line = f"{line} {left.pop(0)}"
            found.append(self.fitted(line, width))
        return [*found, self.fitted(" ".join(left), width)] if left else found

    def _letters(self, word: str, width: int) -> int:
        """How many letters of a word fit into a line, one at least."""
        count = len(word)
        while count > 1 and self.metrics.horizontalAdvance(word[:count]) > width:
            count -= 1
        return count

    def fitted(self, text: str, width: int) -> str:
        """A text in one line of this width."""
        if self.metrics.horizontalAdvance(text) <= width:
            return text
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


class Worn:
    """The ink of a widget, kept until its theme or letters change."""

    def __init__(self) -> None:
        self._held: tuple[object, Ink] | None = None

    def of(self, widget: QWidget) -> Ink:
        """The ink for what is painted now."""
        worn = theme.theme_of(widget), widget.font().key(), widget.devicePixelRatioF()
        if self._held is None or self._held[0] != worn:
            self._held = worn, Ink(widget)
        return self._held[1]


def entry(painter: QPainter, room: QRectF, one: Entry, ink: Ink, *, cursor: str = "", before: str = "") -> None:
    """Paint an entry: its ground, its sign, what it says in as many lines as there are.

    `cursor` is "accent" where somebody stands on it with the focus, "idle" without; `before` is a time said first.
    """
    style = wear(one)
    ground, edge, wide = ink.colour(style.ground), ink.colour(style.edge) if style.edge else None, 1.0
    if cursor:
        ground, edge = ink.colour("soft" if cursor == "accent" else "idle"), ink.colour("accent")
        wide = float(ink.worn.ring) if cursor == "accent" else 1.0
    paint.box(painter, room, ground=ground, edge=edge, width=wide)
    text = "text" if cursor else style.text
    first, below = words.lines(one)
    if before:
        first = f"{before}  {first}"
    left, high, narrow = room.left() + INSIDE + SIGN + 5, room.height(), room.width() < NARROW * ink.line
    low = high < 3 * ink.line
    over = ink.line if narrow and not low else 0  # the words stand under the sign where there is no room beside it
    left -= SIGN + 5 if over else 0
    across = int(room.right() - left - 3)
    most = max(1, int((high + (1 if low else -3) - over) // ink.line)) if across > 8 else 0
    said = ink.lines(first, across, most) if most else ()
    more = ink.lines(below, across, most - len(said)) if below and most > len(said) and not low else ()
    top = room.center().y() - len(said) * ink.line / 2 if low else room.top() + 3
    sign = QPointF(room.left() + INSIDE, room.center().y() - SIGN / 2 if low else top + (ink.line - SIGN) / 2)
    painter.drawPixmap(sign, ink.picture(words.sign(one), style.sign))
    painter.setFont(ink.small)
    painter.setPen(ink.colour(text))
    for place, line in enumerate((*said, *more)):
        if place == len(said):
            painter.setPen(ink.colour("muted" if text == "text" else text))
        painter.drawText(QRectF(left, top + over + place * ink.line, across + 2, ink.line), LEFT, line)
