"""The tag cloud: pills in the colours of the tags, larger where more wears them, by name (VT-29, BX-40)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from channergy_crm.language import _, figures, ngettext
from ui.look import paint, tag_colours, theme
from ui.look.plain import as_tip, unmarked
from ui.widgets.dialog import Remark, named
from ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent

    from channergy_crm.services.tags import Weighed

SIZES = (11 / 12, 13 / 12, 15 / 12)
"""three sizes of letters: of what fewer, more and most wear"""
HEIGHT, BESIDE = 28, 12


class CloudPill(QPushButton):
    """One tag. `size` is its place among the three sizes."""

    def __init__(self, name: str, colour: str, size: int, parent: QWidget) -> None:
        super().__init__(unmarked(name), parent)
        self.name, self.colour, self.size_ = name, colour, size
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _letters(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(8, round(theme.px(12, self) * SIZES[self.size_])))
        return font

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self._letters()).horizontalAdvance(self.name)
        return QSize(words + 2 * BESIDE, theme.px(HEIGHT, self))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room = paint.begin(self), QRectF(self.rect())
        ground, ink = tag_colours.inks(self, self.colour)
        inner = paint.within_ring(self, room) if self.hasFocus() else room
        hover = theme.colour(self, "hover") if self.underMouse() else ground
        paint.box(painter, inner, ground=hover, edge=ink, round_by=inner.height() / 2)
        if self.hasFocus():
            paint.ring(painter, self, room, room.height() / 2)
        painter.setFont(self._letters())
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.name)


class TagCloud(QWidget):
    """The cloud itself; without any tags it says where they come from."""

    pressed = Signal(object)
    """a tag, and how often it is worn"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        named(self, "tags.cloud", _("Tag cloud"))
        self._pills = QWidget(self)
        self._row = WrappingRow(self._pills, one_line=0)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._nothing = Remark(
            _("Tags that stand on leads, accounts, contacts and deals stand here. Type one at a record, with {key}.")
            .format(key="Ctrl+Shift+T"), self,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._nothing)
        column.addWidget(self._pills)
        column.addStretch(1)
        self.show_tags([])

    def show_tags(self, cloud: Sequence[Weighed]) -> None:
        """Show these, in their order."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        most = max((each.count for each in cloud), default=0)
        for each in cloud:
            size = min(2, 3 * each.count // (most + 1))
            pill = CloudPill(str(each.tag.name), str(each.tag.colour), size, self._pills)
            said = ngettext("{tag}: {count} record", "{tag}: {count} records", each.count)
            named(pill, f"tags.cloud_{each.tag.number}", said.format(tag=each.tag.name, count=figures(each.count)))
            pill.setToolTip(as_tip(pill.accessibleName()))
            pill.clicked.connect(partial(self.pressed.emit, each))
            self._row.addWidget(pill)
            pill.show()
        self._nothing.setVisible(not cloud)
        self._pills.setVisible(bool(cloud))
        self._row.invalidate()
        self._row.activate()
