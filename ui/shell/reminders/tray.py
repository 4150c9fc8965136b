"""The sign in the tray: how many reminders were missed, and a quiet word when one comes up (BX-15)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPainter
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from channergy_crm.language import _, ngettext
from ui.look import theme
from ui.look.icons import app_icon
from ui.look.plain import as_tip, kept_to_itself

if TYPE_CHECKING:
    from channergy_crm.services.due import Come
    from ui.shell.window import MainWindow

SIDE = 32
MOST_SAID = 99


class Tray(QObject):
    """There as soon as the system has a tray, which may come later than the program."""

    reminders_wanted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._sign: QSystemTrayIcon | None = None
        self._menu: QMenu | None = None
        self._reminders: QAction | None = None
        self._missed = -1

    def look(self) -> None:
        """Whether there is a tray by now."""
        if self._sign is None and QSystemTrayIcon.isSystemTrayAvailable():
            self._build()

    def _build(self) -> None:
        self._menu = QMenu(self._window)
        self._menu.setObjectName("tray.menu")
        self._menu.addAction(_("Open")).triggered.connect(self._open)
        self._reminders = self._menu.addAction("")
        self._reminders.triggered.connect(lambda: self.reminders_wanted.emit())
        self._menu.addSeparator()
        self._menu.addAction(_("Quit")).triggered.connect(lambda: self._window.close())
        self._sign = QSystemTrayIcon(app_icon(), self)
        self._sign.setContextMenu(self._menu)
        self._sign.activated.connect(self._pressed)
        self._sign.messageClicked.connect(self._open)
        self._missed = -1

    def tell(self, come: Come) -> None:
        """How many there are, and of what has just come up the first."""
        self.look()
        if self._sign is None or self._reminders is None:
            return
        if come.missed != self._missed:
            self._missed = come.missed
            said = ngettext("{count:,} reminder", "{count:,} reminders", come.missed).format(count=come.missed)
            told = [self._window.windowTitle(), said if come.missed else ""]
            self._sign.setToolTip(as_tip("\n".join(filter(None, told))))
            self._reminders.setText(_("Reminders ({count:,})").format(count=come.missed))
            self._sign.setIcon(with_count(app_icon(), come.missed))
            self._sign.show()
        if come.new and come.first:
            one = come.first[0]
            self._sign.showMessage(kept_to_itself(one.title), kept_to_itself(one.who or one.phone), app_icon())

    def hide(self) -> None:
        """The window goes, and the sign with it."""
        if self._sign is not None:
            self._sign.hide()

    def _pressed(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.Trigger:
            self._open()

    def _open(self) -> None:
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def with_count(sign: QIcon, count: int) -> QIcon:
    """The sign of the program with a number on it; without one for none."""
    if not count:
        return sign
    picture = sign.pixmap(SIDE, SIDE)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = QRect(SIDE // 3, SIDE // 3, SIDE - SIDE // 3, SIDE - SIDE // 3)
    painter.setBrush(QColor(theme.LIGHT.overdue))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(room)
    painter.setPen(QColor(theme.LIGHT.on_accent))
    font = theme.strong(QApplication.font())
    font.setPixelSize(SIDE // 3 + 1)
    painter.setFont(font)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, str(min(count, MOST_SAID)))
    painter.end()
    return QIcon(picture)
