"""A key that works in every program: it dials the number that is selected there."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication

from channergy_crm import phones, settings
from channergy_crm.dialing import keyboard
from channergy_crm.dialing.bridge import pause
from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.language import _
from channergy_crm.services import callers, office
from ui.session.line import Line
from ui.shell.lock import Lock

if TYPE_CHECKING:
    from channergy_crm.services.callers import Caller
    from ui.session.background import Progress
    from ui.shell.incoming.calls import Calls
    from ui.shell.window import MainWindow

COPIED_AFTER_MS = 200
"""until another program has put onto the clipboard what is selected there"""
SETTLED_AFTER = 0.25
"""seconds until it may be told to: one that is still introducing itself there would not hear it, and stay"""
COPY = Hotkey.read("cmd+c" if sys.platform == "darwin" else "ctrl+c")


def as_listened(text: str) -> str:
    """A key as the listener is told it: "ctrl+alt+j" is "<ctrl>+<alt>+j"; a `Mistake` when there is no such key."""
    hotkey = Hotkey.read(text)
    return "+".join(
        [*(f"<{held}>" for held in hotkey.pressed_with), f"<{hotkey.named}>" if hotkey.named else hotkey.key]
    )


class Selected(QObject):
    """Listens as long as a key is chosen and the window is there; the listener itself only says that it was pressed."""

    pressed = Signal()

    def __init__(self, window: MainWindow, calls: Calls) -> None:
        super().__init__(window)
        self._window, self._session, self._calls = window, window.session, calls
        self._listener: Any = None
        self._key: tuple[str, ...] = ()
        self.pressed.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._session.closing.connect(self.stop)

    def follow(self) -> None:
        """Listen for the key this workstation has chosen now."""
        wanted = str(self._session.station.get(settings.SELECTED_KEY))
        taken = settings.dialers_keys(self._session.station)
        if (wanted, *taken) == self._key:
            return
        self.stop()
        self._key = (wanted, *taken)
        if not wanted or keyboard.everywhere_problem(wanted, taken) or keyboard.obstacle():
            return
        told = as_listened(wanted)
        from pynput.keyboard import GlobalHotKeys

        self._line = Line(self)
        self._listener = GlobalHotKeys({told: partial(self._line.tell, lambda: self.pressed.emit())})
        self._listener.daemon = True
        self._listener.start()
        self._since = monotonic()

    @property
    def listens(self) -> bool:
        """Whether the key is heard."""
        return self._listener is not None

    def stop(self) -> None:
        """Nobody listens any more."""
        self._key = ()
        listener, self._listener = self._listener, None
        if listener is not None:
            self._line.cut()
            pause(max(0, round((self._since + SETTLED_AFTER - monotonic()) * 1000)))
            with suppress(Exception):  # its thread may have ended by itself, and its connection to the screen with it
                keyboard.end(listener)

    def _take(self) -> None:
        """The key was pressed, in whatever program."""
        if self._window.findChild(Lock) is not None:
            return
        clipboard = QGuiApplication.clipboard()
        if clipboard.supportsSelection():
            self._dial(clipboard.text(QClipboard.Mode.Selection))
            return
        before, held = QMimeData(), clipboard.mimeData()
        for form in held.formats():
            before.setData(form, held.data(form))
        clipboard.clear()  # where nothing is selected nothing is copied, and what lay there is not dialed

        def copy(_progress: Progress) -> None:
            keyboard.wait_for_release()
            keyboard.press(COPY)

        self._session.work(
            copy, label=_("Dialing"), progress=False, connected=False,
            done=lambda _nothing: QTimer.singleShot(COPIED_AFTER_MS, self, lambda: self._copied(before)),
        )  # fmt: skip

    def _copied(self, before: QMimeData) -> None:
        clipboard = QGuiApplication.clipboard()
        text = clipboard.text()
        clipboard.setMimeData(before)
        self._dial(text)

    def _dial(self, text: str) -> None:
        number, by = phones.first_number(text, office.region()), self._session.by
        if not number:
            self._session.notices.say(_("No phone number is selected there."), level="news")
            return

        def ask(_progress: Progress) -> list[Caller]:
            return callers.who(number, by)

        def found(who: list[Caller]) -> None:
            if len(who) == 1:
                self._calls.call(who[0], number)
            else:
                self._session.dial(number, noted=False)

        self._session.work(ask, label=_("Who is that?"), progress=False, done=found)
