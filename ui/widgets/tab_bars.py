"""Two rows of tabs that nobody mixes up: main tabs are cards of the page, sub-tabs a tray with a raised piece."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QTabBar, QTabWidget, QWidget

from channergy_crm.language import figures
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip
from ui.look.turned import across, draw_icon
from ui.widgets.controls import IconButton, sign_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
CLOSER = QTabBar.ButtonPosition.RightSide
GAP, BESIDE = 8, 13
ROOMY = 1100
"""pixels of a page; in a narrower one its parts stand closer"""
BADGE = 19
"""pixels: how high a badge is"""


class PaintedTabs(QTabBar):
    """What both have in common: words, and behind them a count with its meaning."""

    INDENT = 8

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: list[tuple[str, str]] = []
        self._over = -1
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_count(self, place: int, count: int, meaning: str = "") -> None:
        """A count behind the words of a tab, "overdue" or "soon" if it means that; none for 0."""
        wanted = (figures(count) if count else "", meaning)
        while len(self._counts) < self.count():
            self._counts.append(("", ""))
        if 0 <= place < len(self._counts) and self._counts[place] != wanted:
            self._counts[place] = wanted
            self.setIconSize(self.iconSize())  # lays the tabs out anew
            self.updateGeometry()
            self.update()

    def count_of(self, place: int) -> tuple[str, str]:
        """The count behind a tab, and what it means."""
        return self._counts[place] if place < len(self._counts) else ("", "")

    def tabRemoved(self, place: int) -> None:
        """Its count goes with it."""
        if place < len(self._counts):
            del self._counts[place]

    def tabInserted(self, place: int) -> None:
        """A new one has no count yet."""
        if place < len(self._counts):
            self._counts.insert(place, ("", ""))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point_at(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point_at(-1)

    def _point_at(self, place: int) -> None:
        if place != self._over:
            self._over = place
            self.update()

    def room_of(self, place: int) -> QRectF:
        """Where a tab is painted, as from the left: the first one keeps away from the edge."""
        return QRectF(across(self, self.tabRect(place))).adjusted(0 if place else self.INDENT, 0, 0, 0)

    def _words(self, place: int) -> str:
        return self.tabText(place).replace("&&", "\0").replace("&", "").replace("\0", "&")


class MainTabs(PaintedTabs):
    """The tabs of the window: the selected one is a card in the ground of the page, with a bar in the accent on top."""

    HIGH = 38
    DIVIDER = 17
    """pixels before the first tab that can be closed; a thin line stands in them"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draws = True

    def add_closer(self, place: int, name: str, said: str) -> IconButton:
        """A cross on a tab that can be closed; a key does it as well, so the focus does not go there."""
        closer = IconButton(self)
        closer.setObjectName(name)
        closer.setAccessibleName(said)
        closer.setToolTip(as_tip(said))
        closer.setIcon(icon("close", closer))
        closer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTabButton(place, CLOSER, closer)
        return closer

    def is_divided(self, place: int) -> bool:
        """Whether those that can be closed begin here."""
        return self.tabButton(place, CLOSER) is not None and not (place and self.tabButton(place - 1, CLOSER))

    def room_of(self, place: int) -> QRectF:
        """Where a tab is painted: behind the divider, if it is the first one there."""
        return super().room_of(place).adjusted(self.DIVIDER if self.is_divided(place) else 0, 0, 0, 0)

    def fit(self, room: int) -> None:
        """Where there is no room for all of it the words stay and the drawings go."""
        drawn = self.count() * (sign_of(self) + GAP)
        words = sum(self.tabSizeHint(place).width() for place in range(self.count())) - drawn * self._draws
        draws = words + drawn <= room
        if draws != self._draws:
            self._draws = draws
            self.setIconSize(self.iconSize())  # lays the tabs out anew
            self.updateGeometry()
            self._unroll()
            self.update()

    def _unroll(self) -> None:
        """Qt leaves the tabs where they were rolled to, also when there is room again."""
        stood, before = self.currentIndex(), self.blockSignals(True)
        self.setCurrentIndex(0)
        self.setCurrentIndex(stood)
        self.blockSignals(before)

    def tabLayoutChange(self) -> None:
        """The cross stands at the end of its tab."""
        for place in range(self.count()):
            if (closer := self.tabButton(place, CLOSER)) is not None:
                room, side = self.tabRect(place), closer.sizeHint()
                corner = QPoint(room.right() - side.width() - 5, (room.height() - side.height()) // 2 + 1)
                closer.setGeometry(QRect(corner, side))

    def tabSizeHint(self, place: int) -> QSize:
        """As wide as its words, bold or not, so that nothing moves when another one is chosen."""
        words = QFontMetrics(theme.strong(self.font())).horizontalAdvance(self._words(place))
        count = self._counts[place][0] if place < len(self._counts) else ""
        badge = self._badge_width(count) + GAP if count else 0
        closer = self.tabButton(place, CLOSER)
        closing = closer.sizeHint().width() if closer is not None else 0
        before = (0 if place else self.INDENT) + (self.DIVIDER if self.is_divided(place) else 0)
        drawn = sign_of(self) + GAP if self._draws else 0
        return QSize(before + 2 * BESIDE + drawn + words + badge + closing, theme.px(self.HIGH, self))

    def minimumTabSizeHint(self, place: int) -> QSize:
        """Never less: words are not shortened."""
        return self.tabSizeHint(place)

    def _badge_width(self, count: str) -> int:
        return max(theme.px(BADGE, self), QFontMetrics(theme.small(self.font())).horizontalAdvance(count) + 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin_turned(self)
        for place in range(self.count()):
            self._paint_tab(painter, place)

    def _paint_tab(self, painter: QPainter, place: int) -> None:
        worn, room = theme.theme_of(self), self.room_of(place)
        chosen = place == self.currentIndex()
        if chosen:
            card = QPainterPath()
            card.addRoundedRect(room.adjusted(0, 0, 0, 8), paint.TILE, paint.TILE)
            painter.setClipRect(room)
            painter.fillPath(card, QColor(worn.side))
            painter.setClipping(False)
            painter.fillRect(QRectF(room.left() + 12, room.top(), room.width() - 24, 3), QColor(worn.accent))
        elif place == self._over:
            paint.box(painter, room.adjusted(2, 4, -2, -4), ground=QColor(worn.hover))
        if chosen and self.hasFocus():
            paint.ring(painter, self, room.adjusted(2, 4, -2, -2), paint.FIELD)
        if self.is_divided(place):
            at = room.left() - self.DIVIDER / 2 - 1
            painter.fillRect(QRectF(at, room.center().y() - 8, 1, 16), QColor(worn.faint))
        at = room.left() + BESIDE
        if self._draws:
            side = sign_of(self)
            draw_icon(painter, self.tabIcon(place), QRectF(at, room.center().y() - side / 2, side, side).toRect())
            at += side + GAP
        font = theme.strong(self.font()) if chosen else QFont(self.font())
        painter.setFont(font)
        painter.setPen(QColor(worn.text if chosen else worn.muted))
        words = QFontMetrics(font).horizontalAdvance(self._words(place))
        painter.drawText(QRectF(at, room.top(), words + 2, room.height()), LEFT, self._words(place))
        self._paint_badge(painter, place, at + words + GAP, room.center().y())

    def _paint_badge(self, painter: QPainter, place: int, at: float, middle: float) -> None:
        count, meaning = self.count_of(place)
        if not count:
            return
        worn = theme.theme_of(self)
        high = theme.px(BADGE, self)
        spot = QRectF(at, middle - high / 2, self._badge_width(count), high)
        if meaning == "overdue":
            ground, ink, edge = worn.overdue, worn.base, None
        else:
            ground, ink, edge = worn.soon_soft, worn.soon, QColor(worn.soon)
        paint.box(painter, spot, ground=QColor(ground), edge=edge, round_by=high / 2)
        painter.setFont(theme.small(theme.strong(self.font())))
        painter.setPen(QColor(ink))
        painter.drawText(spot, CENTRE, count)


class Tray(PaintedTabs):
    """The parts of a page: a tray with a raised piece, counts behind the words."""

    HIGH, AROUND, BETWEEN, INDENT = 30, 8, 14, 24
    TIGHT = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._between = self.BETWEEN

    def tighten(self, on: bool) -> None:
        """Stand closer where there is little room."""
        wanted = self.TIGHT if on else self.BETWEEN
        if wanted != self._between:
            self._between = wanted
            self.setIconSize(self.iconSize())  # lays the tabs out anew

    def needs(self) -> int:
        """How wide it is where it need not stand closer."""
        closer = 2 * (self.BETWEEN - self._between) * self.count()
        return sum(self.tabSizeHint(place).width() for place in range(self.count())) + closer

    def tabSizeHint(self, place: int) -> QSize:
        """As wide as its words, bold or not, so that nothing moves when another one is chosen."""
        words = QFontMetrics(theme.strong(self.font())).horizontalAdvance(self._words(place))
        count = self._counts[place][0] if place < len(self._counts) else ""
        more = QFontMetrics(theme.strong(self.font())).horizontalAdvance(count) + GAP if count else 0
        indent = 0 if place else self.INDENT
        return QSize(indent + words + more + 2 * self._between, theme.px(self.HIGH, self) + 2 * self.AROUND)

    def minimumTabSizeHint(self, place: int) -> QSize:
        """Never less: words are not shortened."""
        return self.tabSizeHint(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        shown = [place for place in range(self.count()) if self.isTabVisible(place)]
        if not shown:
            return
        whole = self.room_of(shown[0]).united(self.room_of(shown[-1]))
        whole.adjust(0, self.AROUND, 0, -self.AROUND)
        paint.box(painter, whole, ground=QColor(worn.chrome if worn.dark else worn.idle), round_by=paint.TILE)
        for place in shown:
            self._paint_piece(painter, place)

    def _paint_piece(self, painter: QPainter, place: int) -> None:
        worn = theme.theme_of(self)
        room = self.room_of(place).adjusted(0, self.AROUND, 0, -self.AROUND)
        chosen = place == self.currentIndex()
        if chosen:
            raised = QColor(worn.tile if worn.dark else worn.field)
            paint.box(painter, room.adjusted(2, 2, -2, -2), ground=raised, edge=QColor(worn.border))
            if self.hasFocus():
                paint.ring(painter, self, room, paint.FIELD + 1)
        elif place == self._over:
            paint.box(painter, room.adjusted(2, 2, -2, -2), ground=QColor(worn.hover))
        elif place and place - 1 != self.currentIndex():
            painter.fillRect(QRectF(room.left(), room.center().y() - 6, 1, 12), QColor(worn.line).darker(110))
        font = theme.strong(self.font()) if chosen else QFont(self.font())
        words = QFontMetrics(font).horizontalAdvance(self._words(place))
        painter.setFont(font)
        painter.setPen(QColor(worn.text if chosen else worn.muted))
        painter.drawText(room.adjusted(self._between, 0, 0, 0), LEFT, self._words(place))
        count, meaning = self.count_of(place)
        if count:
            painter.setFont(theme.strong(self.font()) if meaning else theme.small(self.font()))
            painter.setPen(QColor(getattr(worn, meaning or "muted")))
            painter.drawText(room.adjusted(self._between + words + GAP, 0, 0, 0), LEFT, count)


class Segments(Tray):
    """A few values side by side of which one is chosen, without a page behind them."""

    AROUND = INDENT = 0

    def offer(self, choices: Sequence[tuple[object, str]], chosen: object) -> None:
        """Offer these (value, words) pairs; nobody is told of it."""
        blocked = self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        for place, (value, words) in enumerate(choices):
            self.addTab(words)
            self.setTabData(place, value)
            if value == chosen:
                self.setCurrentIndex(place)
        self.blockSignals(blocked)

    def value(self) -> object:
        """The one that is chosen."""
        return self.tabData(self.currentIndex())


class Parts(QTabWidget):
    """The parts of a page under a tray; nothing is drawn around them."""

    def __init__(self, name: str, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.tray = Tray(self)
        self.setTabBar(self.tray)
        self.setDocumentMode(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        beside = self.cornerWidget(Qt.Corner.TopRightCorner)
        taken = beside.sizeHint().width() if beside is not None else 0
        self.tray.tighten(self.tray.needs() + taken > event.size().width())
        super().resizeEvent(event)

    def stand_beside(self, widget: QWidget) -> None:
        """Put something at the other end of the line of the tray; Qt lets it stand on the edge of the page."""
        widget.setContentsMargins(4, 0, 16, Tray.AROUND + 1)
        self.setCornerWidget(widget, Qt.Corner.TopRightCorner)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would draw a line beside the tabs."""
