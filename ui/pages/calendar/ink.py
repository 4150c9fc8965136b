"""How an entry of the calendar is painted, wherever it stands."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPalette, QPixmap

from ui.look import paint, theme
from ui.look.icons import icon
from ui.pages.calendar import words
from ui.widgets.controls import LEFT

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from channergy_crm.services.calendar.entries import Entry

SIGN, INSIDE, MOST_WIDTHS = 13, 6, 4_000
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


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
TASK = Wear("base", "line", "text", "muted")


def wear(entry: Entry) -> Wear:
    """How an entry stands decides first, then what it is."""
    return STATES.get(entry.state) or KINDS.get(entry.kind, TASK)


class Ink:
    """The letters, colours and drawings of one widget, in its theme; made anew when that turns."""

    def __init__(self, widget: QWidget) -> None:
        self.worn = theme.theme_of(widget)
        self.ratio = widget.devicePixelRatioF()
        self.base = QFont(widget.font())
        self.small, self.strong = theme.small(self.base), theme.strong(self.base)
        self.section, self.small_strong = theme.section(self.base), theme.small(self.strong)
        self.metrics = QFontMetricsF(self.small)
        self.line = self.metrics.height()
        self.colour = cache(self._colour)
        self.picture = cache(self._picture)
        self._palette = QPalette(widget.palette())
        self._heights: dict[tuple[str, int], float] = {}
        self._fitted: dict[tuple[str, int], str] = {}

    def _colour(self, name: str) -> QColor:
        return QColor(getattr(self.worn, name))

    def _picture(self, name: str, ink: str) -> QPixmap:
        palette = QPalette(self._palette)
        palette.setColor(QPalette.ColorRole.ButtonText, self.colour(ink))
        return icon(name, palette).pixmap(QSize(SIGN, SIGN), self.ratio)

    def height(self, text: str, width: int) -> float:
        """How high a text is that turns into lines of this width."""
        key = text, width
        if key not in self._heights:
            if len(self._heights) > MOST_WIDTHS:
                self._heights.clear()
            self._heights[key] = self.metrics.boundingRect(QRectF(0, 0, width, 10_000), WRAPPED, text).height()
        return self._heights[key]

    def fitted(self, text: str, width: int) -> str:
        """A text in one line of this width."""
        key = text, width
        if key not in self._fitted:
            if len(self._fitted) > MOST_WIDTHS:
                self._fitted.clear()
            self._fitted[key] = self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return self._fitted[key]


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
        wide = 2.0 if cursor == "accent" else 1.0
    paint.box(painter, room, ground=ground, edge=edge, width=wide)
    text = "text" if cursor else style.text
    first, below = words.lines(one)
    if before:
        first = f"{before}  {first}"
    single = room.height() < 2 * ink.line + 4
    top = room.center().y() - ink.line / 2 if single else room.top() + 3
    painter.drawPixmap(
        QPointF(room.left() + INSIDE, top + (ink.line - SIGN) / 2), ink.picture(words.sign(one), style.sign)
    )
    left = room.left() + INSIDE + SIGN + 5
    free = QRectF(left, top, room.right() - left - 4, room.bottom() - top - 2)
    if free.width() > 8:
        _words(painter, free, first, below, ink, text, single=single)


def _words(
    painter: QPainter, free: QRectF, first: str, below: str, ink: Ink, text: str, *, single: bool
) -> None:  # fmt: skip
    painter.setFont(ink.small)
    painter.setPen(ink.colour(text))
    if single:
        painter.drawText(
            QRectF(free.left(), free.top(), free.width(), ink.line), LEFT, ink.fitted(first, int(free.width()))
        )
        return
    high = ink.height(first, int(free.width()))
    painter.save()
    painter.setClipRect(free, Qt.ClipOperation.IntersectClip)
    painter.drawText(free, WRAPPED, first)
    if below and free.height() - high >= ink.line - 1:
        painter.setPen(ink.colour("muted" if text == "text" else text))
        painter.drawText(free.adjusted(0, high, 0, 0), WRAPPED, below)
    painter.restore()
