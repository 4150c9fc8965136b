"""Keeps the keys that open the dialer out of our own fields and menus while a number is on its way (CH-46)."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from channergy_crm.dialing.keyboard import Hotkey
from channergy_crm.errors import Mistake
from ui.session.line import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MILLISECONDS_AFTER = 300
"""how long after the dial a key that was sent may still arrive"""
_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride}
_HELD = {
    "ctrl": (Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier),
    "alt": (Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier),
    "shift": (Qt.Key.Key_Shift, Qt.KeyboardModifier.ShiftModifier),
    "cmd": (Qt.Key.Key_Meta, Qt.KeyboardModifier.MetaModifier),
    "alt_gr": (Qt.Key.Key_AltGr, Qt.KeyboardModifier.NoModifier),
}
_NAMED = {
    "enter": Qt.Key.Key_Return, "space": Qt.Key.Key_Space, "tab": Qt.Key.Key_Tab, "esc": Qt.Key.Key_Escape,
    "insert": Qt.Key.Key_Insert, "delete": Qt.Key.Key_Delete, "backspace": Qt.Key.Key_Backspace,
    "home": Qt.Key.Key_Home, "end": Qt.Key.Key_End, "page_up": Qt.Key.Key_PageUp, "page_down": Qt.Key.Key_PageDown,
    "up": Qt.Key.Key_Up, "down": Qt.Key.Key_Down, "left": Qt.Key.Key_Left, "right": Qt.Key.Key_Right,
    "pause": Qt.Key.Key_Pause,
    **{f"f{number}": Qt.Key(Qt.Key.Key_F1 + number - 1) for number in range(1, 21)},
}  # fmt: skip
_NONE = Qt.KeyboardModifier.NoModifier


class DialKeys(QObject):
    """Takes the dialer's keys away from our own windows, from `hold` until a moment after they were sent.

    Somebody may go on typing meanwhile: a letter is only taken away together with the keys that are held with it.
    """

    sent = Signal()

    def __init__(self, keys: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._line = Line(self)
        self._taken: dict[int, list[Qt.KeyboardModifier]] = {}
        self._alone: set[int] = set()
        for text in keys:
            self._take(text)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(MILLISECONDS_AFTER)
        self._later.timeout.connect(self.deleteLater)
        self.sent.connect(self._later.start)

    def _take(self, text: str) -> None:
        try:
            hotkey = Hotkey.read(text)
        except Mistake:  # it is never pressed either
            return
        held = _NONE
        for name in hotkey.pressed_with:
            own, modifier = _HELD[name]
            held |= modifier
            self._alone.add(own.value)
        key = _NAMED.get(hotkey.named)
        self._taken.setdefault(key.value if key else ord(hotkey.key.upper()), []).append(held)

    def hold(self) -> None:
        """From now on the keys do not reach our own windows."""
        for window in QGuiApplication.allWindows() if self._taken else ():
            window.installEventFilter(self)

    @contextmanager
    def on_their_way(self) -> Iterator[None]:
        """Around the work that sends them, on whatever thread it is done."""
        try:
            yield
        finally:
            self._line.tell(lambda: self.sent.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key of the dialer ends here: it neither types, nor opens a menu, nor is a shortcut."""
        if event.type() not in _KEYS or not isinstance(event, QKeyEvent) or not self._is_dialers(event):
            return False
        event.accept()  # so that no shortcut is looked up for it
        return True

    def _is_dialers(self, event: QKeyEvent) -> bool:
        key, now = event.key(), event.modifiers()
        if key in self._alone:
            return True
        released = event.type() == QEvent.Type.KeyRelease
        return any(released or now & held == held for held in self._taken.get(key, ()))
