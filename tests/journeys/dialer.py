"""A dialer as offices have them: another program that comes to the front on a key and takes the number by pasting.

It is a process of its own. It takes Alt+C from the whole screen, shows a window with one field, and writes a line for
everything that happens in it: {"pasted": "+1650…"} when a number was pasted, {"called": "+1650…"} on Enter.
"""

from __future__ import annotations

import json
import signal
import threading

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit
from Xlib import XK, X
from Xlib.display import Display

LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)


def say(**what: str) -> None:
    """One line to whoever started the dialer."""
    print(json.dumps(what), flush=True)


class Key(QObject):
    """Alt+C, wherever on this screen it is pressed."""

    pressed = Signal()

    def listen(self) -> None:
        """Take the key for ourselves and wait for it, for ever."""
        display = Display()
        root = display.screen().root
        code = display.keysym_to_keycode(XK.string_to_keysym("c"))
        for locks in LOCKS:
            root.grab_key(code, X.Mod1Mask | locks, True, X.GrabModeAsync, X.GrabModeAsync)
        display.sync()
        say(ready="listening")
        while True:
            if display.next_event().type == X.KeyPress:
                self.pressed.emit()


class Field(QLineEdit):
    """The window of the dialer: one field for the number."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Dialer")
        self.textChanged.connect(lambda text: text and say(pasted=text))
        self.returnPressed.connect(lambda: say(called=self.text()))

    def come_to_the_front(self) -> None:
        """Ready for the next number."""
        self.clear()
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()


def main() -> None:
    """Run until ended."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application = QApplication([])
    application.setQuitOnLastWindowClosed(False)
    field, key = Field(), Key()
    key.pressed.connect(field.come_to_the_front)
    threading.Thread(target=key.listen, daemon=True).start()
    application.exec()


if __name__ == "__main__":
    main()
