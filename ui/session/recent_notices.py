"""What was said in passing lately, to be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.session.notice import Notice, sign

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class RecentNotices(QListWidget):
    """The list of recent notices, the newest first; it closes with Esc or a click elsewhere."""

    def __init__(self, notices: list[Notice], at: QWidget) -> None:
        super().__init__(at)
        self.setWindowFlags(Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("notices.recent.list")
        self.setAccessibleName(_("Recent notices"))
        self.setProperty("popup", True)
        self.setWordWrap(True)
        self.setIconSize(QSize(16, 16))
        self.setSpacing(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for notice in notices:
            self._add(notice)
        if not notices:
            self.addItem(_("Nothing has been said yet. What the program tells in passing is kept here."))
        self.setCurrentRow(0)
        self._place(at)

    def _add(self, notice: Notice) -> None:
        item = QListWidgetItem(f"{notice.at:%H:%M}  {notice.text}", self)
        item.setToolTip(as_tip(notice.text))
        item.setIcon(sign(notice.level, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _place(self, at: QWidget) -> None:
        self.resize(460, 100)  # lines are broken by the width there is
        self.doItemsLayout()
        rows = sum(self.sizeHintForRow(row) + 4 for row in range(min(self.count(), 14)))
        self.resize(460, rows + 2 * self.frameWidth() + 12)
        corner = at.mapToGlobal(QPoint(at.width() - self.width(), -self.height() - 4))
        room = at.screen().availableGeometry()
        self.move(max(room.left(), corner.x()), max(room.top(), corner.y()))
