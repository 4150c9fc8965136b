"""The small parts over a list: the drop-down of what is shown, the pills of pinned views, what it is sorted by."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFontMetrics
from PySide6.QtWidgets import QComboBox, QSizePolicy, QToolButton, QWidget

from channergy_crm.language import _
from channergy_crm.query.listing import label
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import as_tip, unmarked
from ui.widgets.controls import SMALLEST, IconButton
from ui.widgets.menu import Menu

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from ui.lists.table import RecordTable

AROUND, ANGLE, BELL = 4, 16, 14
"""pixels beside the words, for the angle behind them, and of the bell of a view that is watched"""
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class ShownBox(QComboBox):
    """What of a list is shown, as words with an angle behind them; it has no edge until pointed at."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.show")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.currentIndexChanged.connect(lambda _place: self.updateGeometry())

    def showPopup(self) -> None:
        """Drop down, with rows that can be hit."""
        from ui.widgets.drop_rows import rows_to_hit  # most are never opened

        rows_to_hit(self)
        super().showPopup()

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.currentText())
        return QSize(words + 2 * AROUND + ANGLE, theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, theme.px(SMALLEST, self))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = paint.begin(self), theme.colour(self, "text")
        if self.underMouse():
            paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()), paint.FIELD)
        room = self.rect().adjusted(AROUND, 0, -ANGLE, 0)
        painter.setPen(ink)
        words = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room, MIDDLE, words)
        paint.chevron(painter, QPointF(self.width() - 9, self.height() / 2), ink)
        painter.end()


class ViewPill(QToolButton):
    """A pinned view: pressed to look at the list through it. One whose changes are told has a bell before its name."""

    name = ""
    _watched = False

    def say_watched(self, on: bool) -> None:
        """Whether somebody is told when its rows come or go."""
        self._watched = on
        said = _("View {name}, you are told when rows come or go") if on else _("View {name}")
        self.setAccessibleName(said.format(name=self.name))
        self.setToolTip(as_tip(_("You are told when rows come or go.")) if on else "")
        self.updateGeometry()
        self.update()

    @property
    def _bell(self) -> int:
        return BELL + AROUND if self._watched else 0

    def sizeHint(self) -> QSize:
        words = self.fontMetrics().horizontalAdvance(self.text().replace("&&", "&"))
        return QSize(words + 24 + self._bell, theme.px(SMALLEST, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, worn = paint.begin(self), theme.theme_of(self)
        room = QRectF(self.rect())
        chosen = self.isChecked() or self.isDown()
        inner = room.adjusted(3, 3, -3, -3) if self.hasFocus() else room
        ground = "soft" if chosen else "hover" if self.underMouse() else "field"
        paint.box(painter, inner, ground=theme.colour(self, ground),
                  edge=theme.colour(self, "accent" if chosen else "border"), round_by=inner.height() / 2)  # fmt: skip
        if self.hasFocus():
            paint.ring(painter, self, room, room.height() / 2)
        painter.setPen(QColor(worn.accent_text if chosen else worn.text))
        words = self.text().replace("&&", "&")
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
        painter, ink = paint.begin(self), theme.colour(self, "muted")
        if self.underMouse() or self.isDown():
            paint.box(painter, QRectF(self.rect()), ground=theme.colour(self, "hover"))
        if self.hasFocus():
            paint.ring(painter, self, QRectF(self.rect()), paint.FIELD)
        painter.setFont(theme.small(self.font()))
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(AROUND, 0, -ANGLE, 0), MIDDLE, self.text().replace("&&", "&"))
        paint.chevron(painter, QPointF(self.width() - 9, self.height() / 2), ink, down=self._descending)
        painter.end()
