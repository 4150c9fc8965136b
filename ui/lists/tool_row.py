"""The small parts over a list: the drop-down of what is shown, the pills of pinned views, what it is sorted by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetrics
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolButton, QWidget

from channergy_crm.language import _, ngettext
from channergy_crm.query.listing import label
from ui.editors.choices import BESIDE, GAP, ValueBeside
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.widgets.controls import SMALLEST, IconButton
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent

    from ui.lists.table import RecordTable

AROUND, ANGLE, BELL, INSIDE = 4, 16, 14, 6
"""pixels beside the words, for the angle behind them, of the bell of a view that is watched, and inside a tag"""
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _new(count: int) -> str:
    return ngettext("{count:,} new", "{count:,} new", count).format(count=count) if count else ""


class ShownBox(QComboBox):
    """What of a list is shown, as words with an angle behind them, and a tag with what is new in the views that are
    watched; it has no edge until pointed at.
    """

    appeared = Signal()
    _new = ""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.show")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(lambda _place: self.updateGeometry())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.appeared.emit()

    def showPopup(self) -> None:
        """Drop down, with rows that can be hit, and what is new in a view at the end of its row."""
        if not isinstance(self.view().itemDelegate(), ValueBeside):
            self.view().setItemDelegate(ValueBeside(self.view()))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + GAP)
        super().showPopup()

    def say_watched(self, place: int, on: bool, new: int) -> None:
        """Whether somebody is told when rows of the view in this row come or go, and how many are new to them."""
        beside = _new(new) or (_("watched") if on else "")
        self.setItemData(place, beside, BESIDE)
        heard = ", ".join(filter(None, (self.itemText(place), beside)))
        self.setItemData(place, heard, Qt.ItemDataRole.AccessibleTextRole)

    def say_news(self, new: int, sentences: str) -> None:
        """How many rows are new in views that are not seen beside it; `sentences` say in which."""
        self._new = _new(new)
        self.setToolTip(as_tip(sentences))
        self.setAccessibleDescription(sentences)
        self.updateGeometry()
        self.update()

    @property
    def _tag(self) -> int:
        """How wide the tag is with what is new; 0 for none."""
        if not self._new:
            return 0
        return QFontMetrics(theme.small(self.font())).horizontalAdvance(self._new) + 2 * INSIDE

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        tag = self._tag + AROUND if self._new else 0
        return QSize(words + 2 * AROUND + tag + ANGLE, theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.px(SMALLEST, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = paint.begin_turned(self), theme.colour(self, "text")
        if self.underMouse():
            paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()), paint.FIELD)
        room = self.rect().adjusted(AROUND, 0, -ANGLE - (self._tag + AROUND if self._new else 0), 0)
        painter.setPen(ink)
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room, MIDDLE, words)
        paint.chevron(painter, QPointF(self.width() - 9, self.height() / 2), ink)
        if self._new:
            self._paint_tag(painter)
        painter.end()

    def _paint_tag(self, painter: QPainter) -> None:
        painter.setFont(theme.small(self.font()))
        high = painter.fontMetrics().height() + 2
        box = QRectF(self.width() - ANGLE - self._tag, (self.height() - high) / 2, self._tag, high)
        paint.box(painter, box, ground=theme.colour(self, "chip"), round_by=paint.TAG)
        painter.setPen(theme.colour(self, "chip_text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._new)


class ViewPill(QToolButton):
    """A pinned view: pressed to look at the list through it. One whose changes are told has a bell before its name."""

    name = ""
    _watched = False
    _said_new = ""

    def say_watched(self, on: bool, new: int) -> None:
        """Whether somebody is told when its rows come or go, and how many are new to them."""
        self._watched, self._said_new = on, _new(new)
        said = _("View {name}, you are told when rows come or go") if on else _("View {name}")
        name = said.format(name=self.name)
        self.setAccessibleName(f"{name}, {self._said_new}" if new else name)
        self.setToolTip(as_tip(_("You are told when rows come or go.")) if on else "")
        self.updateGeometry()
        self.update()

    @property
    def _bell(self) -> int:
        return BELL + AROUND if self._watched else 0

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._words) + 24 + self._bell, theme.px(SMALLEST, self))

    @property
    def _words(self) -> str:
        words = self.text().replace("&&", "&")
        return f"{words} · {self._said_new}" if self._said_new else words

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin_turned(self), theme.theme_of(self)
        room = QRectF(self.rect())
        chosen = self.isChecked() or self.isDown()
        inner = paint.within_ring(self, room) if self.hasFocus() else room
        ground = "soft" if chosen else "hover" if self.underMouse() else "field"
        paint.box(painter, inner, ground=theme.colour(self, ground),
                  edge=theme.colour(self, "accent" if chosen else "border"), round_by=inner.height() / 2)  # fmt: skip
        if self.hasFocus():
            paint.ring(painter, self, room, room.height() / 2)
        painter.setPen(QColor(worn.accent_text if chosen else worn.text))
        words = self._words
        if self.width() < self.sizeHint().width():  # a name longer than the list is wide
            words = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width() - 24 - self._bell)
        if self._watched:
            worn_icon = icon("reminder", self).pixmap(QSize(BELL, BELL), self.devicePixelRatioF())
            painter.drawPixmap(QPointF(12, (self.height() - BELL) / 2), worn_icon)
        painter.drawText(self.rect().adjusted(self._bell, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


class SortButton(IconButton):
    """What a list without headings is sorted by, and which way; its menu changes that."""

    def __init__(self, table: RecordTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setObjectName(f"{table.name}.sort")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._menu = Menu(self)
        self._menu.setObjectName(f"{table.name}.sort_menu")
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        table.model.modelReset.connect(self.tell)
        table.grid.resized.connect(self.tell)
        self.tell()

    def sizeHint(self) -> QSize:
        words = QFontMetrics(theme.small(self.font())).horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(words + 2 * AROUND + ANGLE, theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def tell(self) -> None:
        """Say what it is sorted by now; a table says that in its headings."""
        name, descending = self._table.order[0]
        text = label(self._table.record, name)
        self.setText(unmarked(text))
        self._descending = descending
        way = _("downwards") if descending else _("upwards")
        self.setAccessibleName(_("Sorted by {column}, {way}").format(column=text, way=way))
        self.setToolTip(as_tip(self.accessibleName()))
        self.setVisible(self._table.grid.rows.in_two_lines)
        self.updateGeometry()
        self.update()

    def _fill(self) -> None:
        self._menu.clear()
        now, descending = self._table.order[0]
        for name in self._table.model.columns:
            action = QAction(unmarked(label(self._table.record, name)), self._menu)
            action.setCheckable(True)
            action.setChecked(name == now)
            turned = not descending if name == now else False
            action.triggered.connect(partial(self._sort, name, turned))
            self._menu.addAction(action)

    def _sort(self, name: str, descending: bool, _checked: bool = False) -> None:
        self._table.sort_by([(name, descending)])
        self.tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = paint.begin_turned(self), theme.colour(self, "muted")
        if self.underMouse() or self.isDown():
            paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()), paint.FIELD)
        painter.setFont(theme.small(self.font()))
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(AROUND, 0, -ANGLE, 0), MIDDLE, self.text().replace("&&", "&"))
        paint.chevron(painter, QPointF(self.width() - 9, self.height() / 2), ink, down=self._descending)
        painter.end()
