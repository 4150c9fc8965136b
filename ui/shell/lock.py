"""The lock: nothing of the office is readable, nothing typed is lost, until whoever works here types the password."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from shiboken6 import isValid

from channergy_crm import clock
from channergy_crm.language import _
from channergy_crm.records import OfficeSetting
from channergy_crm.services import office, operators, rights, signing_in
from channergy_crm.services.rights import Program
from channergy_crm.settings import LOCK_AFTER
from ui.look import paint, theme
from ui.look.icons import icon
from ui.look.plain import titled
from ui.session.remembered import station_name
from ui.shell.going import sign_out
from ui.shell.sign_in_cards import LockedCard

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from channergy_crm.errors import CRMError
    from channergy_crm.work import Done
    from ui.shell.window import MainWindow

LOOK_MS, OPENED_MS, SIDE = 10_000, 50, 48
TOUCHING = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
}  # fmt: skip


def lock(window: MainWindow) -> Lock | None:
    """Lock this workstation, while Security is on; it is locked once."""
    held: Lock | None = next(iter(window.findChildren(Lock)), None)
    if held is not None or not rights.is_secured():
        return held
    window.save_drafts()
    return Lock(window)


class Curtain(QWidget):
    """Hangs over a whole window: what stands in it is not to be read."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("lock.curtain")
        theme.stand_on(self, "chrome")
        over.installEventFilter(self)
        self._hang()
        self.show()

    def _hang(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """However the window changes, it hangs over all of it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.ChildPolished):
            self._hang()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        side = min(SIDE, self.width(), self.height())
        place = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        icon("lock", self).paint(paint.begin(self), place)


class Lock(QWidget):
    """Asks for the password of whoever works here, over everything that is open."""

    def __init__(self, window: MainWindow) -> None:
        hints = Qt.WindowType.CustomizeWindowHint | Qt.WindowType.WindowTitleHint  # without a cross
        super().__init__(window, Qt.WindowType.Dialog | hints)
        self._window, self._session, self._left = window, window.session, False
        self._had_focus = QApplication.focusWidget()
        by = self._session.by
        name = next((each.name for each in operators.everybody(Program.ITSELF, retired=True) if each.id == by), by)
        self.setObjectName("lock.window")
        self.setWindowTitle(titled(_("Locked")))
        self.setAccessibleName(_("Locked"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.card = LockedCard(name, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.card.submitted.connect(self._try)
        self.card.sign_out.connect(self._sign_out)
        self._curtains: list[Curtain] = []
        self._cover_all()
        self._look_out = QTimer(self)
        self._look_out.timeout.connect(self._cover_all)
        self._look_out.start(OPENED_MS)
        self._appear()

    def _cover_all(self) -> None:
        """Everything that is open, and what opens meanwhile."""
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QToolTip.hideText()
        covered = {curtain.parentWidget() for curtain in self._curtains if isValid(curtain)}
        for each in QApplication.topLevelWidgets():
            if each.isVisible() and each.isWindow() and each is not self and each not in covered:
                self._curtains.append(Curtain(each))
                if self.isVisible():
                    self.raise_()
                    self.activateWindow()

    def _appear(self) -> None:
        self.adjustSize()
        self.move(self._window.frameGeometry().center() - self.rect().center())
        before = QApplication.activeModalWidget()
        self.create()
        if before is not None and (handle := self.windowHandle()) is not None:
            handle.setTransientParent(before.windowHandle())
        self.show()
        self.raise_()
        self.activateWindow()
        self.card.password.setFocus()

    def _try(self) -> None:
        password, by = self.card.password.text(), self._session.by
        if self.card.busy or not password:
            return
        self.card.occupy(True)
        self._session.work(
            lambda _progress: signing_in.sign_in(by, password, station_name()), label=_("Unlocking"), progress=False,
            done=lambda _by: self._unlock(), failed=self._refused,
        )  # fmt: skip

    def _refused(self, error: CRMError) -> None:
        self.card.occupy(False)
        self.card.said.say(error.message)
        self.card.password.empty()

    def _unlock(self) -> None:
        self.take_off()
        self._window.activateWindow()
        if self._had_focus is not None:
            self._had_focus.setFocus()

    def take_off(self) -> None:
        """Everything is to be seen again."""
        self._left = True
        self._look_out.stop()
        for curtain in filter(isValid, self._curtains):
            curtain.hide()
            curtain.setParent(None)
            curtain.deleteLater()
        self.close()
        self.setParent(None)
        self.deleteLater()

    def _sign_out(self) -> None:
        """Somebody else wants to work here: what was typed waits for whoever typed it."""
        dialogs = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not self._window]
        for each in dialogs:
            if each is not self:
                each.close()
        self._left = True
        self._look_out.stop()
        self.close()
        sign_out(self._window, without=True)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.setAccepted(self._left)


class Idle(QObject):
    """Locks a workstation that nobody has touched for as long as the office says (DP-14)."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._touched = window, clock.now()
        self._secured = rights.is_secured()
        self._minutes = self._asked()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        window.session.done.connect(self._something_done)
        window.session.closing.connect(self._timer.stop)
        self._watch()

    def _asked(self) -> int:
        held = office.get(LOCK_AFTER, Program.ITSELF)
        return int(held) if held.isdecimal() else int(LOCK_AFTER.default)

    def _watch(self) -> None:
        """Of a window the system tells where somebody types or points; a hundredth of what its parts hear."""
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody is there."""
        if event.type() in TOUCHING:
            self._touched = clock.now()
        return False

    def look(self) -> None:
        """Lock, if nobody has been here for long enough."""
        self._watch()
        idle = clock.now() - self._touched
        if idle < timedelta(0):  # the clock was set back
            self._touched = clock.now()
        elif self._secured and self._minutes and idle >= timedelta(minutes=self._minutes):
            lock(self._window)

    def _something_done(self, done: Done) -> None:
        if OfficeSetting._meta.table_name in done.tables:
            before, self._secured = self._secured, rights.is_secured()
            self._minutes = self._asked()
            if self._secured and not before and done.elsewhere:  # who sits here has shown nobody who they are
                lock(self._window)
