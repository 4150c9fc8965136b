"""Looks once a day whether a newer version is there, and says so quietly in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from channergy_crm.errors import CRMError
from channergy_crm.language import _
from ui.look.plain import as_tip
from ui.session.notice import sign
from ui.widgets.controls import IconButton
from ui.widgets.dialog import named
from ui.widgets.timers import later

if TYPE_CHECKING:
    from channergy_crm.outgoing.newer import Version
    from ui.session.chosen import Chosen
    from ui.shell.window import MainWindow

FIRST_LOOK_MS, EVERY_MS = 40_000, 3_600_000
"""who has just opened the window has other things to do; a window may stay open for days"""


class Newer(QObject):
    """Looks, remembers what it heard, and offers to open the page where people find the new version."""

    def __init__(self, window: MainWindow, chosen: Chosen) -> None:
        super().__init__(window)
        self._session = window.session
        self._sign = _sign(window)
        self._sign.clicked.connect(lambda: self.say())
        self._soon = later(self, self.look, FIRST_LOOK_MS)
        self._again = QTimer(self, interval=EVERY_MS)
        self._again.timeout.connect(self.look)
        chosen.changed.connect(self.tell)
        self._session.closing.connect(self._stop)
        self._soon.start()
        self._again.start()

    @Slot()
    def look(self) -> None:
        """Beside the window, where it is due; what was heard stands in Settings, where the place is typed."""
        from channergy_crm.outgoing import newer

        at = self._session.attempt(newer.place) or ""
        if newer.LastLook(self._session.station).is_due(at):
            self._session.work(
                lambda _progress: newer.look(at), label=_("Looking for a new version"), progress=False, connected=False,
                asker=self, done=lambda found: self._note(at, found), failed=lambda error: self._fail(at, error),
            )  # fmt: skip
        else:
            self.tell()

    @Slot()
    def tell(self) -> None:
        """The word in the status line, as long as this program is the older one."""
        found = self._newer()
        self._sign.setVisible(found is not None)
        if found is not None:
            text = _("Version {version} is there").format(version=found.number)
            self._sign.setText(text)
            self._sign.setAccessibleName(text)
            self._sign.setToolTip(as_tip(found.said))

    def say(self) -> None:
        """What is new in it, with the way to its page; nothing is loaded by itself."""
        if (found := self._newer()) is None:
            return
        way = (_("Open"), lambda: self._open(found.address)) if found.address else None
        self._session.notices.say(found.said, action=way)

    def _open(self, address: str) -> None:
        if not QDesktopServices.openUrl(QUrl(address)):
            self._session.notices.warn(_("No browser answers on this workstation."))

    def _newer(self) -> Version | None:
        from channergy_crm.outgoing import newer

        try:
            return newer.LastLook(self._session.station).newer(newer.place())
        except CRMError:  # the store does not answer just now
            return None

    def _fail(self, at: str, error: CRMError) -> None:
        self._note(at, error.message)

    def _note(self, at: str, heard: Version | str) -> None:
        from channergy_crm.outgoing import newer

        newer.LastLook(self._session.station).note(at, heard)
        self.tell()

    def _stop(self) -> None:
        self._soon.stop()
        self._again.stop()


def _sign(window: MainWindow) -> IconButton:
    line = window.statusBar()
    button = named(IconButton(line), "main.newer", _("New version"))
    button.setIconSize(QSize(14, 14))
    button.setIcon(sign("news", button))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.hide()
    line.insertPermanentWidget(1, button)
    return button
